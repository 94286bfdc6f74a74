// abi-tests/src/format.rs: HPyUnicode_FromFormat and HPyErr_Format: each unit, and the same at run time as C calls it.

use core::ptr;

use hpy_sys::*;

HPyDef_METH!(integers, "integers", HPyFunc_NOARGS, |ctx, _self| unsafe {
    HPyUnicode_FromFormat!(
        ctx,
        "%d %i %ld %lld %zd %u %lu %llu %zu %x %x",
        c_int::MIN,
        -1,
        c_long::MIN,
        c_longlong::MIN,
        HPy_ssize_t::MIN,
        c_uint::MAX,
        c_ulong::MAX,
        c_ulonglong::MAX,
        usize::MAX,
        -123,
        255u32
    )
});

HPyDef_METH!(layout, "layout", HPyFunc_NOARGS, |ctx, _self| unsafe {
    HPyUnicode_FromFormat!(ctx, "%5d|%05d|%.5d|%8.5d|%08.5d|%.0d|%2d|100%%", -42, -42, -42, -42, -42, 0, 12345)
});

HPyDef_METH!(characters, "characters", HPyFunc_NOARGS, |ctx, _self| unsafe {
    HPyUnicode_FromFormat!(ctx, "%c%c%c%c", 'a', 'é', 0x1f40d, '\0')
});

HPyDef_METH!(pointers, "pointers", HPyFunc_NOARGS, |ctx, _self| unsafe {
    HPyUnicode_FromFormat!(ctx, "%p %p", ptr::without_provenance::<u8>(0xabc), ptr::null_mut::<c_int>())
});

HPyDef_METH!(texts, "texts", HPyFunc_O, |ctx, _self, arg| unsafe {
    HPyUnicode_FromFormat!(
        ctx,
        "%s|%U|%S|%R|%A|%V|%V",
        c"né".as_ptr(),
        arg,
        arg,
        arg,
        arg,
        arg,
        c"unused".as_ptr(),
        HPy_NULL,
        c"used".as_ptr()
    )
});

HPyDef_METH!(empty, "empty", HPyFunc_NOARGS, |ctx, _self| unsafe { HPyUnicode_FromFormat!(ctx, "") });

HPyDef_METH!(raise, "raise_", HPyFunc_O, |ctx, _self, arg| unsafe {
    HPyErr_Format!(ctx, ctx.h_LookupError, "%R is not among %d", arg, 3)
});

/// The values of a call at run time: an `int`, a `bytes` for a C string, `...` for a null, and an object in a tuple of
/// its own, whose handle goes to the tracker.
unsafe fn values(ctx: &HPyContext, tracker: HPyTracker, args: *const HPy, count: usize) -> [__helpers::Value; 8] {
    let mut values = [__helpers::Value { u: 0 }; 8];
    for (index, value) in values.iter_mut().enumerate().take(count) {
        // SAFETY: the tests pass what is said above; texts and objects live as long as the arguments.
        unsafe {
            let arg = *args.add(index);
            if HPy_TypeCheck(ctx, arg, ctx.h_LongType) != 0 {
                value.u = HPyLong_AsUInt64_tMask(ctx, arg);
            } else if HPyBytes_Check(ctx, arg) != 0 {
                value.s = HPyBytes_AsString(ctx, arg);
            } else if HPyTuple_Check(ctx, arg) != 0 {
                value.o = HPy_GetItem_i(ctx, arg, 0);
                HPyTracker_Add(ctx, tracker, value.o);
            }
        }
    }
    values
}

// run(format, *values), where the format is a bytes
HPyDef_METH!(run, "run", HPyFunc_VARARGS, |ctx, _self, args, nargs| unsafe {
    let tracker = HPyTracker_New(ctx, 8);
    let values = values(ctx, tracker, args.add(1), nargs - 1);
    let made = __helpers::unicode_from_format(ctx, HPyBytes_AsString(ctx, *args), &values[..nargs - 1]);
    HPyTracker_Close(ctx, tracker);
    made
});

// run_error(exception, format, *values)
HPyDef_METH!(run_error, "run_error", HPyFunc_VARARGS, |ctx, _self, args, nargs| unsafe {
    let tracker = HPyTracker_New(ctx, 8);
    let values = values(ctx, tracker, args.add(2), nargs - 2);
    let raised = __helpers::err_format(ctx, *args, HPyBytes_AsString(ctx, *args.add(1)), &values[..nargs - 2]);
    HPyTracker_Close(ctx, tracker);
    raised
});

static DEFINITION: HPyModuleDef = HPyModuleDef!(
    doc = "HPyUnicode_FromFormat and HPyErr_Format.",
    defines = [integers, layout, characters, pointers, texts, empty, raise, run, run_error],
);

HPy_MODINIT!(format, DEFINITION);
