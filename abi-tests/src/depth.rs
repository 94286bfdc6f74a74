// abi-tests/src/depth.rs: a repr that meets itself: CPython's limit has to come before the end of the stack.

use hpy_sys::*;

HPyDef_SLOT!(repr, HPy_tp_repr, |ctx, self_| unsafe { HPyUnicode_FromFormat!(ctx, "R(%R)", self_) });
HPyDef_SLOT!(str, HPy_tp_str, |ctx, self_| unsafe { HPyErr_Format!(ctx, ctx.h_ValueError, "S(%S)", self_) });

static DEEP: HPyType_Spec =
    HPyType_Spec!(name = "hpy_abi_tests.depth.Deep", flags = HPy_TPFLAGS_DEFAULT, defines = [repr, str],);

HPyDef_SLOT!(exec, HPy_mod_exec, |ctx, module| unsafe {
    match HPyHelpers_AddType(ctx, module, c"Deep".as_ptr(), &DEEP, core::ptr::null()) {
        0 => -1,
        _ => 0,
    }
});

unsafe fn parsed(ctx: &HPyContext, arg: HPy) -> HPy {
    let mut value = 0;
    match HPyArg_ParseKeywords!(ctx, None, &arg, 1, HPy_NULL, "l", ["a"], &mut value) {
        true => HPyLong_FromLong(ctx, value),
        false => HPy_NULL,
    }
}

functions! {
    DEPTH(ctx) + [exec] {
        parse(arg) => parsed(ctx, arg);
        build(arg) => HPy_BuildValue!(ctx, "{O:i}", arg, 1);
    }
}

HPy_MODINIT!(depth, DEPTH);
