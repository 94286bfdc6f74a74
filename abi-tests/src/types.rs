// abi-tests/src/types.rs: HPyType_FromSpec: a type of whatever definitions, flags and parameters Python asks for.

use core::ptr;

use crate::definitions::{self, All};
use crate::legacy;
use crate::support::{c_string, close_all, int, items, or_null, string};
use hpy_sys::*;

/// The values of a tuple of ints.
unsafe fn ints<const N: usize>(ctx: &HPyContext, tuple: HPy) -> [i64; N] {
    let all = items(ctx, tuple);
    let values: Vec<i64> = all.iter().map(|h| int(ctx, *h)).collect();
    close_all(ctx, all);
    values.try_into().expect("there are as many values as needed")
}

/// The parameters of a list of pairs, kind and object. The objects' handles are new.
unsafe fn parameters(ctx: &HPyContext, list: HPy) -> Vec<HPyType_SpecParam> {
    let pairs = items(ctx, list);
    let parameter = |pair: &HPy| {
        let kind = HPy_GetItem_i(ctx, *pair, 0);
        let parameter =
            HPyType_SpecParam { kind: int(ctx, kind) as HPyType_SpecParam_Kind, object: HPy_GetItem_i(ctx, *pair, 1) };
        HPy_Close(ctx, kind);
        parameter
    };
    let parameters = pairs.iter().map(parameter).chain([HPyType_SpecParam::END]).collect();
    close_all(ctx, pairs);
    parameters
}

/// The strings of a list.
unsafe fn names(ctx: &HPyContext, list: HPy) -> Vec<String> {
    let all = items(ctx, list);
    let names = all.iter().map(|h| string(ctx, *h).to_owned()).collect();
    close_all(ctx, all);
    names
}

functions! {
    TYPES(ctx) {
        make(name, numbers, doc, defines, legacy_slots, params) => {
            let [basicsize, itemsize, type_flags, builtin_shape] = ints(ctx, numbers);
            // The runtime has to copy what the type needs: the spec does not outlive this call.
            let name = core::ffi::CStr::from_ptr(c_string(ctx, name)).to_owned();
            let defines: Vec<*const HPyDef> = names(ctx, defines)
                .iter()
                .map(|name| ptr::from_ref(definitions::by_name(name)))
                .chain([ptr::null()])
                .collect();
            let mut slots = legacy::slots(&names(ctx, legacy_slots));
            let spec = HPyType_Spec {
                name: name.as_ptr(),
                basicsize: basicsize as c_int,
                itemsize: itemsize as c_int,
                flags: type_flags as c_ulong,
                builtin_shape: builtin_shape as HPyType_BuiltinShape,
                legacy_slots: if slots.len() == 1 { ptr::null_mut() } else { slots.as_mut_ptr().cast() },
                defines: defines.as_ptr(),
                doc: c_string(ctx, doc),
            };
            let params = parameters(ctx, params);
            let made = HPyType_FromSpec(ctx, &spec, params.as_ptr());
            params.iter().for_each(|parameter| HPy_Close(ctx, parameter.object));
            made
        };
        make_empty(name) => {
            let spec = HPyType_Spec { name: c_string(ctx, name), ..HPyType_Spec::EMPTY };
            HPyType_FromSpec(ctx, &spec, ptr::null())
        };
        struct_size() => size_of::<All>();
        new(class) => {
            let mut data: *mut All = ptr::without_provenance_mut(1);
            let h = HPy_New(ctx, class, &mut data);
            if HPy_IsNull(h) {
                assert!(data.is_null(), "a failure gives a null pointer");
                return HPy_NULL;
            }
            assert!(data == All::AsStruct(ctx, h));
            let bytes = core::slice::from_raw_parts(data.cast::<u8>(), size_of::<All>());
            assert!(bytes.iter().all(|&byte| byte == 0), "the struct is zeroed");
            h
        };
        new_untyped(class) => {
            let mut data = ptr::null_mut();
            let h = _HPy_New(ctx, class, &mut data);
            if HPy_IsNull(h) {
                return HPy_NULL;
            }
            assert!(data == All::AsStruct(ctx, h).cast());
            h
        };
        shape(h) => {
            let found = _HPyType_GetBuiltinShape(ctx, h);
            if found == -2 {
                return HPy_NULL;
            }
            HPyLong_FromInt32_t(ctx, found)
        };
        flags() => [HPy_TPFLAGS_DEFAULT, HPy_TPFLAGS_BASETYPE, HPy_TPFLAGS_HAVE_VECTORCALL, HPy_TPFLAGS_HAVE_GC, HPy_TPFLAGS_IMMUTABLETYPE];
        set_string(h, text) => {
            // The member keeps the address, and the text of a handle goes with it.
            static KEPT: std::sync::Mutex<Vec<std::ffi::CString>> = std::sync::Mutex::new(Vec::new());
            let mut kept = c_string(ctx, or_null(ctx, text));
            if !kept.is_null() {
                let text = core::ffi::CStr::from_ptr(kept).to_owned();
                kept = text.as_ptr();
                KEPT.lock().expect("nobody panics with it").push(text);
            }
            (*All::AsStruct(ctx, h)).string = kept;
        };
    }
}

HPy_MODINIT!(types, TYPES);
