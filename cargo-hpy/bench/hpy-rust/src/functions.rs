// hpy-rust/src/functions.rs: calls, arguments, containers, attributes.

use hpy_sys::*;

use crate::NAME_VALUE;

HPyDef_METH!(pub noargs, "noargs", HPyFunc_NOARGS, |ctx, _self| unsafe { HPy_Dup(ctx, ctx.h_None) });

HPyDef_METH!(pub one, "one", HPyFunc_O, |ctx, _self, arg| unsafe { HPy_Dup(ctx, arg) });

HPyDef_METH!(pub third, "third", HPyFunc_VARARGS, |ctx, _self, args, nargs| unsafe {
    if !has_count(ctx, c"third", nargs, 3) {
        return HPy_NULL;
    }
    HPy_Dup(ctx, *args.add(2))
});

HPyDef_METH!(pub add, "add", HPyFunc_VARARGS, unsafe { add_longs });
HPyDef_METH!(pub add_parsed, "add_parsed", HPyFunc_VARARGS, unsafe { add_longs });

unsafe fn add_longs(ctx: &HPyContext, _: HPy, args: *const HPy, nargs: usize) -> HPy {
    let (mut a, mut b) = (0, 0);
    unsafe {
        if !HPyArg_Parse!(ctx, None, args, nargs, "ll", &mut a, &mut b) {
            return HPy_NULL;
        }
        HPyLong_FromLong(ctx, a + b)
    }
}

HPyDef_METH!(pub add_objects, "add_objects", HPyFunc_VARARGS, |ctx, _self, args, nargs| unsafe {
    let (mut a, mut b) = (HPy_NULL, HPy_NULL);
    if !HPyArg_Parse!(ctx, None, args, nargs, "OO", &mut a, &mut b) {
        return HPy_NULL;
    }
    HPy_Add(ctx, a, b)
});

HPyDef_METH!(pub scale, "scale", HPyFunc_KEYWORDS, unsafe { scaled });
HPyDef_METH!(pub scale_parsed, "scale_parsed", HPyFunc_KEYWORDS, unsafe { scaled });

unsafe fn scaled(ctx: &HPyContext, _: HPy, args: *const HPy, nargs: usize, kwnames: HPy) -> HPy {
    let (mut value, mut factor) = (0, 2);
    unsafe {
        if !HPyArg_ParseKeywords!(ctx, None, args, nargs, kwnames, "l|l:scale", ["", "factor"], &mut value, &mut factor)
        {
            return HPy_NULL;
        }
        HPyLong_FromLong(ctx, value * factor)
    }
}

HPyDef_METH!(pub build, "build", HPyFunc_NOARGS, |ctx, _self| unsafe {
    HPy_BuildValue!(ctx, "(lds)", 1, 2.5, c"three".as_ptr())
});

HPyDef_METH!(pub text, "text", HPyFunc_O, |ctx, _self, arg| unsafe {
    let number = HPyLong_AsLong(ctx, arg);
    if number == -1 && HPyErr_Occurred(ctx) != 0 {
        return HPy_NULL;
    }
    HPyUnicode_FromFormat!(ctx, "number %ld of %s", number, c"many".as_ptr())
});

HPyDef_METH!(pub fail, "fail", HPyFunc_NOARGS, |ctx, _self| unsafe {
    HPyErr_SetString(ctx, ctx.h_ValueError, c"this function fails".as_ptr())
});

HPyDef_METH!(pub get_value, "get_value", HPyFunc_O, |ctx, _self, arg| unsafe {
    let name = HPyGlobal_Borrow(ctx, &NAME_VALUE);
    let value = HPy_GetAttr(ctx, arg, name);
    HPyGlobal_EndBorrow(ctx, name);
    value
});

HPyDef_METH!(pub get_value_s, "get_value_s", HPyFunc_O, |ctx, _self, arg| unsafe {
    HPy_GetAttr_s(ctx, arg, c"value".as_ptr())
});

HPyDef_METH!(pub set_value, "set_value", HPyFunc_VARARGS, |ctx, _self, args, nargs| unsafe {
    if !has_count(ctx, c"set_value", nargs, 2) {
        return HPy_NULL;
    }
    let name = HPyGlobal_Borrow(ctx, &NAME_VALUE);
    let status = HPy_SetAttr(ctx, *args, name, *args.add(1));
    HPyGlobal_EndBorrow(ctx, name);
    if status < 0 { HPy_NULL } else { HPy_Dup(ctx, ctx.h_None) }
});

HPyDef_METH!(pub first, "first", HPyFunc_O, |ctx, _self, arg| unsafe { HPy_GetItem_i(ctx, arg, 0) });

HPyDef_METH!(pub item, "item", HPyFunc_VARARGS, |ctx, _self, args, nargs| unsafe {
    if has_count(ctx, c"item", nargs, 2) { HPy_GetItem(ctx, *args, *args.add(1)) } else { HPy_NULL }
});

HPyDef_METH!(pub set_first, "set_first", HPyFunc_VARARGS, |ctx, _self, args, nargs| unsafe {
    if !has_count(ctx, c"set_first", nargs, 2) || HPy_SetItem_i(ctx, *args, 0, *args.add(1)) < 0 {
        return HPy_NULL;
    }
    HPy_Dup(ctx, ctx.h_None)
});

HPyDef_METH!(pub call, "call", HPyFunc_VARARGS, |ctx, _self, args, nargs| unsafe {
    if !has_count(ctx, c"call", nargs, 2) {
        return HPy_NULL;
    }
    HPy_CallOneArg(ctx, *args, *args.add(1))
});

HPyDef_METH!(pub make_list, "make_list", HPyFunc_O, |ctx, _self, arg| unsafe {
    let size = HPyLong_AsLong(ctx, arg);
    if size == -1 && HPyErr_Occurred(ctx) != 0 {
        return HPy_NULL;
    }
    let builder = HPyListBuilder_i64_New(ctx, size as HPy_ssize_t);
    for index in 0..size {
        if HPyListBuilder_i64_Set(ctx, builder, index as HPy_ssize_t, index as i64) < 0 {
            HPyListBuilder_i64_Cancel(ctx, builder);
            return HPy_NULL;
        }
    }
    HPyListBuilder_i64_Build(ctx, builder)
});

HPyDef_METH!(pub make_tuple, "make_tuple", HPyFunc_O, |ctx, _self, arg| unsafe {
    HPyTuple_FromArray(ctx, [arg, arg, arg].as_ptr(), 3)
});

HPyDef_METH!(pub sum_list, "sum_list", HPyFunc_O, |ctx, _self, arg| unsafe {
    let size = HPy_Length(ctx, arg);
    if size < 0 {
        return HPy_NULL;
    }
    let mut sum = 0;
    for index in 0..size {
        let number = HPy_GetItem_i(ctx, arg, index);
        if HPy_IsNull(number) {
            return HPy_NULL;
        }
        let value = HPyLong_AsLong(ctx, number);
        HPy_Close(ctx, number);
        if value == -1 && HPyErr_Occurred(ctx) != 0 {
            return HPy_NULL;
        }
        sum += value;
    }
    HPyLong_FromLong(ctx, sum)
});

// The sum of what a function gives for the numbers below a size.
HPyDef_METH!(pub sum_of, "sum_of", HPyFunc_VARARGS, |ctx, _self, args, nargs| unsafe {
    if !has_count(ctx, c"sum_of", nargs, 2) {
        return HPy_NULL;
    }
    let (size, mut sum) = (HPyLong_AsLong(ctx, *args.add(1)), 0);
    if size == -1 && HPyErr_Occurred(ctx) != 0 {
        return HPy_NULL;
    }
    for index in 0..size {
        let number = HPyLong_FromLong(ctx, index);
        if HPy_IsNull(number) {
            return HPy_NULL;
        }
        let result = HPy_CallOneArg(ctx, *args, number);
        HPy_Close(ctx, number);
        if HPy_IsNull(result) {
            return HPy_NULL;
        }
        let value = HPyLong_AsLong(ctx, result);
        HPy_Close(ctx, result);
        if value == -1 && HPyErr_Occurred(ctx) != 0 {
            return HPy_NULL;
        }
        sum += value;
    }
    HPyLong_FromLong(ctx, sum)
});

/// Raises TypeError unless the count of arguments is right.
pub unsafe fn has_count(ctx: &HPyContext, function: &core::ffi::CStr, found: usize, expected: usize) -> bool {
    let fits = found == expected;
    if !fits {
        unsafe { wrong_count(ctx, function, found, expected) };
    }
    fits
}

#[cold]
#[inline(never)]
unsafe fn wrong_count(ctx: &HPyContext, function: &core::ffi::CStr, found: usize, expected: usize) {
    unsafe {
        HPyErr_Format!(
            ctx,
            ctx.h_TypeError,
            "%s() takes %zd arguments (%zd given)",
            function.as_ptr(),
            expected as HPy_ssize_t,
            found as HPy_ssize_t
        );
    }
}
