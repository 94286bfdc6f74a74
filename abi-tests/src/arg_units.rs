// abi-tests/src/arg_units.rs: the units of the argument parsers beyond HPy 0.9's, with formats that are read at compile time.

use core::ptr;

use crate::support::{Give, close_all};
use hpy_sys::*;

/// A function that parses one argument and gives back what it got.
macro_rules! unit {
    ($name:ident, $python:literal, $format:literal, $initial:expr, |$ctx:ident, $value:ident| $back:expr) => {
        HPyDef_METH!($name, $python, HPyFunc_VARARGS, |$ctx, _self, args, nargs| unsafe {
            let mut $value = $initial;
            if !HPyArg_Parse!($ctx, None, args, nargs, $format, &mut $value) {
                return HPy_NULL;
            }
            $back
        });
    };
}

/// The bytes at an address, and `None` for none.
unsafe fn bytes(ctx: &HPyContext, (data, size): (*const c_char, HPy_ssize_t)) -> HPy {
    if data.is_null() { HPy_Dup(ctx, ctx.h_None) } else { HPyBytes_FromStringAndSize(ctx, data, size) }
}

/// The bytes of a view, which is released.
unsafe fn released(ctx: &HPyContext, mut view: HPy_buffer) -> HPy {
    let result = bytes(ctx, (view.buf.cast(), view.len));
    if !HPy_IsNull(view.obj) {
        HPyBuffer_Release(ctx, &mut view);
    }
    result
}

unsafe fn c_text(ctx: &HPyContext, text: *const c_char) -> HPy {
    if text.is_null() { HPy_Dup(ctx, ctx.h_None) } else { HPyUnicode_FromString(ctx, text) }
}

/// The converter of the tests: the double of an integer.
unsafe extern "C" fn double(ctx: &HPyContext, h: HPy, address: *mut c_void) -> c_int {
    let value = HPyLong_AsInt64_t(ctx, h);
    if value == -1 && HPyErr_Occurred(ctx) != 0 {
        return 0;
    }
    *address.cast::<i64>() = 2 * value;
    1
}

unit!(sized_text, "s#", "s#:f", (ptr::null(), 0), |ctx, value| bytes(ctx, value));
unit!(text_or_none, "z", "z:f", ptr::null(), |ctx, value| c_text(ctx, value));
unit!(sized_text_or_none, "z#", "z#:f", (ptr::null(), 0), |ctx, value| bytes(ctx, value));
unit!(c_bytes, "y", "y:f", ptr::null(), |ctx, value| HPyBytes_FromString(ctx, value));
unit!(sized_bytes, "y#", "y#:f", (ptr::null(), 0), |ctx, value| bytes(ctx, value));
unit!(text_view, "s*", "s*:f", HPy_buffer::EMPTY, |ctx, value| released(ctx, value));
unit!(text_view_or_none, "z*", "z*:f", HPy_buffer::EMPTY, |ctx, value| released(ctx, value));
unit!(bytes_view, "y*", "y*:f", HPy_buffer::EMPTY, |ctx, value| released(ctx, value));
unit!(writable, "w*", "w*:f", HPy_buffer::EMPTY, |ctx, value| {
    ptr::write_bytes(value.buf.cast::<u8>(), b'w', value.len as usize);
    released(ctx, value)
});
unit!(str_object, "U", "U:f", HPy_NULL, |ctx, value| HPy_Dup(ctx, value));
unit!(bytes_object, "S", "S:f", HPy_NULL, |ctx, value| HPy_Dup(ctx, value));
unit!(bytearray_object, "Y", "Y:f", HPy_NULL, |ctx, value| HPy_Dup(ctx, value));
unit!(byte, "c", "c:f", 0, |ctx, value| HPyLong_FromLong(ctx, (value as u8).into()));
unit!(character, "C", "C:f", 0, |ctx, value| HPyLong_FromLong(ctx, value.into()));
unit!(complex, "D", "D:f", (0.0, 0.0), |ctx, value| HPyComplex_FromDoubles(ctx, value.0, value.1));

HPyDef_METH!(instance, "O!", HPyFunc_VARARGS, |ctx, _self, args, nargs| unsafe {
    let mut value = (ctx.h_LongType, HPy_NULL);
    if HPyArg_Parse!(ctx, None, args, nargs, "O!:f", &mut value) { HPy_Dup(ctx, value.1) } else { HPy_NULL }
});

HPyDef_METH!(converted, "O&", HPyFunc_VARARGS, |ctx, _self, args, nargs| unsafe {
    let mut doubled = 0_i64;
    let mut value = (double as HPyArg_Converter, (&raw mut doubled).cast());
    if HPyArg_Parse!(ctx, None, args, nargs, "O&:f", &mut value) { doubled.give(ctx) } else { HPy_NULL }
});

HPyDef_METH!(encoded, "es", HPyFunc_VARARGS, |ctx, _self, args, nargs| unsafe {
    let mut value = (c"latin-1".as_ptr(), ptr::null_mut());
    if !HPyArg_Parse!(ctx, None, args, nargs, "es:f", &mut value) {
        return HPy_NULL;
    }
    let result = HPyBytes_FromString(ctx, value.1);
    HPyMem_Free(ctx, value.1.cast());
    result
});

// A later argument that fails, and one that is left out.
HPyDef_METH!(then_int, "then_int", HPyFunc_KEYWORDS, |ctx, _self, args, nargs, kwnames| unsafe {
    let (mut view, mut text, mut number) = (HPy_buffer::EMPTY, (ptr::null(), ptr::null_mut()), 0);
    if !HPyArg_ParseKeywords!(
        ctx,
        None,
        args,
        nargs,
        kwnames,
        "y*es|l:then_int",
        ["view", "text", "number"],
        &mut view,
        &mut text,
        &mut number
    ) {
        assert!(HPy_IsNull(view.obj) && text.1.is_null(), "it has been given back");
        return HPy_NULL;
    }
    HPyMem_Free(ctx, text.1.cast());
    released(ctx, view)
});

HPyDef_METH!(options, "options", HPyFunc_VARARGS, |ctx, _self, args, nargs| unsafe {
    let (mut number, mut text, mut object) = (None::<c_long>, None::<(*const c_char, HPy_ssize_t)>, None::<HPy>);
    if !HPyArg_Parse!(ctx, None, args, nargs, "|ls#O:options", &mut number, &mut text, &mut object) {
        return HPy_NULL;
    }
    let parts = [
        number.map_or_else(|| HPy_Dup(ctx, ctx.h_None), |number| HPyLong_FromLong(ctx, number)),
        bytes(ctx, text.unwrap_or((ptr::null(), 0))),
        HPy_Dup(ctx, object.unwrap_or(ctx.h_None)),
    ];
    let result = HPyTuple_FromArray(ctx, parts.as_ptr(), 3);
    close_all(ctx, parts.to_vec());
    result
});

static DEFINITION: HPyModuleDef = HPyModuleDef!(
    defines = [
        sized_text,
        text_or_none,
        sized_text_or_none,
        c_bytes,
        sized_bytes,
        text_view,
        text_view_or_none,
        bytes_view,
        writable,
        str_object,
        bytes_object,
        bytearray_object,
        byte,
        character,
        complex,
        instance,
        converted,
        encoded,
        then_int,
        options,
    ],
);

HPy_MODINIT!(arg_units, DEFINITION);
