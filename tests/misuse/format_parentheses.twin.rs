//! Parentheses of formats.
use hpy_sys::*;

HPyDef_METH!(closed, "closed", HPyFunc_VARARGS, |ctx, _self, args, nargs| unsafe {
    let mut a = 0;
    if !HPyArg_Parse!(ctx, None, args, nargs, "(l)", &mut a) {
        return HPy_NULL;
    }
    HPyLong_FromLong(ctx, a)
});

HPyDef_METH!(tracked, "tracked", HPyFunc_VARARGS, |ctx, _self, args, nargs| unsafe {
    let (mut a, mut tracker) = (HPy_NULL, HPyTracker::NULL);
    if !HPyArg_Parse!(ctx, Some(&mut tracker), args, nargs, "(O)", &mut a) {
        return HPy_NULL;
    }
    let result = HPy_Dup(ctx, a);
    HPyTracker_Close(ctx, tracker);
    result
});

fn main() {}
