// hpy-rust/src/lib.rs: the measured module, written with HPy in Rust.

mod algebra;
mod array;
mod codec;
mod containers;
mod decode;
mod document;
mod encode;
mod functions;
mod node;
mod point;

use algebra::{SUM, SYMBOL, TERM};
use containers::*;
use decode::decode;
use document::write_document;
use encode::encode;
use functions::*;
use hpy_sys::*;

/// A name that is looked up more than once.
static NAME_VALUE: HPyGlobal = HPyGlobal::NULL;

/// The one string of this value: with it a lookup compares pointers.
unsafe fn interned(ctx: &HPyContext, string: &core::ffi::CStr) -> HPy {
    unsafe {
        let name = HPyUnicode_FromString(ctx, string.as_ptr());
        let sys = HPyImport_ImportModule(ctx, c"sys".as_ptr());
        let mut result = HPy_NULL;
        if !HPy_IsNull(name) && !HPy_IsNull(sys) {
            let intern = HPy_GetAttr_s(ctx, sys, c"intern".as_ptr());
            if !HPy_IsNull(intern) {
                result = HPy_Call(ctx, intern, &name, 1, HPy_NULL);
            }
            HPy_Close(ctx, intern);
        }
        HPy_Close(ctx, sys);
        HPy_Close(ctx, name);
        result
    }
}

HPyDef_SLOT!(exec, HPy_mod_exec, |ctx, module| unsafe {
    let value = interned(ctx, c"value");
    if HPy_IsNull(value) {
        return -1;
    }
    HPyGlobal_Store(ctx, &NAME_VALUE, value);
    HPy_Close(ctx, value);
    let added = algebra::add_to(ctx, module)
        && HPyHelpers_AddType(ctx, module, c"Point".as_ptr(), &point::SPEC, core::ptr::null()) != 0
        && HPyHelpers_AddType(ctx, module, c"Node".as_ptr(), &node::SPEC, core::ptr::null()) != 0
        && HPyHelpers_AddType(ctx, module, c"Array".as_ptr(), &array::SPEC, core::ptr::null()) != 0;
    if added { 0 } else { -1 }
});

static SAMPLE: HPyModuleDef = HPyModuleDef!(
    defines = [
        exec,
        noargs,
        one,
        third,
        add,
        add_parsed,
        add_objects,
        scale,
        scale_parsed,
        build,
        text,
        fail,
        get_value,
        get_value_s,
        set_value,
        first,
        item,
        set_first,
        call,
        make_list,
        make_tuple,
        sum_list,
        find,
        sum_values,
        sum_int64,
        sum_double,
        last_byte,
        sum_of,
        encode,
        decode,
        write_document,
    ],
    globals = [NAME_VALUE, SYMBOL, TERM, SUM],
);

HPy_MODINIT!(sample, SAMPLE);
