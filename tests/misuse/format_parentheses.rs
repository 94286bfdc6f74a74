//! Parentheses of formats that are wrong, or need a tracker.
use hpy_sys::*;

HPyDef_METH!(open, "open", HPyFunc_VARARGS, |ctx, _self, args, nargs| unsafe {
    let mut a = 0;
    if !HPyArg_Parse!(ctx, None, args, nargs, "(l", &mut a) {
        return HPy_NULL;
    }
    HPyLong_FromLong(ctx, a)
});

HPyDef_METH!(empty, "empty", HPyFunc_VARARGS, |ctx, _self, args, nargs| unsafe {
    let mut a = 0;
    if !HPyArg_Parse!(ctx, None, args, nargs, "l()", &mut a) {
        return HPy_NULL;
    }
    HPyLong_FromLong(ctx, a)
});

HPyDef_METH!(untracked, "untracked", HPyFunc_VARARGS, |ctx, _self, args, nargs| unsafe {
    let mut a = HPy_NULL;
    if !HPyArg_Parse!(ctx, None, args, nargs, "(O)", &mut a) {
        return HPy_NULL;
    }
    HPy_Dup(ctx, a)
});

fn main() {}
