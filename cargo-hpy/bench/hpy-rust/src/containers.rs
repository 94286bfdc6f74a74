// hpy-rust/src/containers.rs: functions that read many items of an object, with what HPy 0.9 lacks.

use hpy_sys::*;

use crate::functions::has_count;

HPyDef_METH!(pub find, "find", HPyFunc_VARARGS, |ctx, _self, args, nargs| unsafe {
    let mut value = HPy_NULL;
    if !has_count(ctx, c"find", nargs as usize, 2) || HPyDict_GetItemRef(ctx, *args, *args.add(1), &mut value) < 0 {
        return HPy_NULL;
    }
    if HPy_IsNull(value) { HPy_Dup(ctx, ctx.h_None) } else { value }
});

HPyDef_METH!(pub sum_values, "sum_values", HPyFunc_O, |ctx, _self, arg| unsafe {
    if HPyDict_Check(ctx, arg) == 0 {
        return HPyErr_SetString(ctx, ctx.h_TypeError, c"a dict is needed".as_ptr());
    }
    let (mut position, mut key, mut item, mut sum) = (0, HPy_NULL, HPy_NULL, 0);
    while HPyDict_BorrowNext(ctx, arg, &mut position, &mut key, &mut item) != 0 {
        let value = HPyLong_AsLong(ctx, item);
        HPy_EndBorrow(ctx, key);
        HPy_EndBorrow(ctx, item);
        if value == -1 && HPyErr_Occurred(ctx) != 0 {
            return HPy_NULL;
        }
        sum += value;
    }
    HPyLong_FromLong(ctx, sum)
});

HPyDef_METH!(pub sum_int64, "sum_int64", HPyFunc_O, |ctx, _self, arg| unsafe {
    let size = HPy_Length(ctx, arg);
    if size < 0 {
        return HPy_NULL;
    }
    let mut values: Vec<i64> = Vec::with_capacity(size as usize);
    if HPySequence_AsInt64Array(ctx, arg, values.as_mut_ptr(), size) < 0 {
        return HPy_NULL;
    }
    values.set_len(size as usize);
    HPyLong_FromInt64_t(ctx, values.iter().sum())
});

HPyDef_METH!(pub sum_double, "sum_double", HPyFunc_O, |ctx, _self, arg| unsafe {
    let size = HPy_Length(ctx, arg);
    if size < 0 {
        return HPy_NULL;
    }
    let mut values: Vec<f64> = Vec::with_capacity(size as usize);
    if HPySequence_AsDoubleArray(ctx, arg, values.as_mut_ptr(), size) < 0 {
        return HPy_NULL;
    }
    values.set_len(size as usize);
    HPyFloat_FromDouble(ctx, values.iter().sum())
});

HPyDef_METH!(pub last_byte, "last_byte", HPyFunc_O, |ctx, _self, arg| unsafe {
    let mut view = HPy_buffer::EMPTY;
    if HPy_GetBuffer(ctx, arg, &mut view, HPyBUF_SIMPLE) < 0 {
        return HPy_NULL;
    }
    let byte = if view.len == 0 { -1 } else { c_long::from(*view.buf.cast::<u8>().add(view.len as usize - 1)) };
    HPyBuffer_Release(ctx, &mut view);
    HPyLong_FromLong(ctx, byte)
});
