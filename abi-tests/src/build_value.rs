// abi-tests/src/build_value.rs: HPy_BuildValue: each unit, each shape, and the same at run time as C calls it.

use core::ptr;

use hpy_sys::*;

HPyDef_METH!(integers, "integers", HPyFunc_NOARGS, |ctx, _self| unsafe {
    HPy_BuildValue!(
        ctx,
        "iIlkLKn",
        c_int::MIN,
        c_uint::MAX,
        c_long::MIN,
        c_ulong::MAX,
        c_longlong::MIN,
        c_ulonglong::MAX,
        HPy_ssize_t::MIN
    )
});

HPyDef_METH!(floats, "floats", HPyFunc_NOARGS, |ctx, _self| unsafe {
    HPy_BuildValue!(ctx, "[fdf]", 2.75, 0.1, 0.5f32)
});

HPyDef_METH!(texts, "texts", HPyFunc_NOARGS, |ctx, _self| unsafe {
    HPy_BuildValue!(ctx, "ss", c"".as_ptr(), c"né".as_ptr())
});

HPyDef_METH!(objects, "objects", HPyFunc_O, |ctx, _self, arg| unsafe { HPy_BuildValue!(ctx, "O,S", arg, arg) });

HPyDef_METH!(one, "one", HPyFunc_O, |ctx, _self, arg| unsafe { HPy_BuildValue!(ctx, "O", arg) });

HPyDef_METH!(none, "none", HPyFunc_NOARGS, |ctx, _self| unsafe { HPy_BuildValue!(ctx, "") });

HPyDef_METH!(nested, "nested", HPyFunc_O, |ctx, _self, arg| unsafe {
    HPy_BuildValue!(ctx, "(i[ii(O)],{s:i, O : {}})", 1, 2, 3, arg, c"k".as_ptr(), 4, arg,)
});

HPyDef_METH!(null_object, "null_object", HPyFunc_NOARGS, |ctx, _self| unsafe {
    HPy_BuildValue!(ctx, "(iO)", 1, HPy_NULL)
});

HPyDef_METH!(pending, "pending", HPyFunc_NOARGS, |ctx, _self| unsafe {
    HPy_BuildValue!(ctx, "[O]", HPyErr_SetString(ctx, ctx.h_KeyError, c"the first error".as_ptr()))
});

HPyDef_METH!(null_text, "null_text", HPyFunc_NOARGS, |ctx, _self| unsafe {
    HPy_BuildValue!(ctx, "{i:s}", 1, ptr::null())
});

HPyDef_METH!(many, "many", HPyFunc_O, |ctx, _self, arg| unsafe {
    HPy_BuildValue!(
        ctx,
        "(isfOlkdnIdLSdKdsdddfdi)",
        -1,
        c"two".as_ptr(),
        3.5,
        arg,
        -5,
        6,
        7.5,
        -8,
        9,
        10.5,
        -11,
        arg,
        13.5,
        14,
        15.5,
        c"sixteen".as_ptr(),
        17.5,
        18.5,
        19.5,
        20.5,
        21.5,
        -22
    )
});

HPyDef_METH!(numbered, "numbered", HPyFunc_O, |ctx, _self, arg| unsafe {
    let mut last = 0;
    __helpers::build_value(ctx, HPyUnicode_AsUTF8AndSize(ctx, arg, ptr::null_mut()), |_| {
        last += 1;
        __helpers::Value { i: last }
    })
});

HPyDef_METH!(text_at, "text_at", HPyFunc_O, |ctx, _self, arg| unsafe {
    HPy_BuildValue!(ctx, "is", 1, HPyBytes_AsString(ctx, arg))
});

HPyDef_METH!(no_text, "no_text", HPyFunc_NOARGS, |ctx, _self| unsafe { HPy_BuildValue!(ctx, "s", ptr::null()) });

HPyDef_METH!(no_object, "no_object", HPyFunc_NOARGS, |ctx, _self| unsafe { HPy_BuildValue!(ctx, "S", HPy_NULL) });

HPyDef_METH!(pending_alone, "pending_alone", HPyFunc_NOARGS, |ctx, _self| unsafe {
    HPy_BuildValue!(ctx, "iO", 1, HPyErr_SetString(ctx, ctx.h_KeyError, c"the first error".as_ptr()))
});

/// `run(format, *values)` builds at run time: an `int`, a `float`, a `bytes` for a C string, `...` for a null, and an
/// object in a tuple of its own.
unsafe fn run(ctx: &HPyContext, args: *const HPy, nargs: usize) -> HPy {
    // SAFETY: the tests pass what is said above; texts live as long as the arguments.
    unsafe {
        let mut items = [__helpers::Value { u: 0 }; 8];
        let count = nargs - 1;
        let tracker = HPyTracker_New(ctx, 8);
        for (index, item) in items.iter_mut().enumerate().take(count) {
            let arg = *args.add(index + 1);
            if HPy_TypeCheck(ctx, arg, ctx.h_FloatType) != 0 {
                item.d = HPyFloat_AsDouble(ctx, arg);
            } else if HPy_TypeCheck(ctx, arg, ctx.h_LongType) != 0 {
                item.u = HPyLong_AsUInt64_tMask(ctx, arg);
            } else if HPyBytes_Check(ctx, arg) != 0 {
                item.s = HPyBytes_AsString(ctx, arg);
            } else if HPyTuple_Check(ctx, arg) != 0 {
                item.o = HPy_GetItem_i(ctx, arg, 0);
                HPyTracker_Add(ctx, tracker, item.o);
            }
        }
        let format = HPyUnicode_AsUTF8AndSize(ctx, *args, ptr::null_mut());
        let mut items = items[..count].iter();
        let made = __helpers::build_value(ctx, format, |_| *items.next().expect("a value for each unit"));
        HPyTracker_Close(ctx, tracker);
        made
    }
}

HPyDef_METH!(run_, "run", HPyFunc_VARARGS, |ctx, _self, args, nargs| unsafe { run(ctx, args, nargs) });

static DEFINITION: HPyModuleDef = HPyModuleDef!(
    doc = "HPy_BuildValue.",
    defines = [
        integers,
        floats,
        texts,
        objects,
        one,
        none,
        nested,
        null_object,
        pending,
        null_text,
        many,
        numbered,
        text_at,
        no_text,
        no_object,
        pending_alone,
        run_
    ],
);

HPy_MODINIT!(build_value, DEFINITION);
