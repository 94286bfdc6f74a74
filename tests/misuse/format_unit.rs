use hpy_sys::*;

HPyDef_METH!(f, "f", HPyFunc_VARARGS, |ctx, _self, args, nargs| unsafe {
    let mut a = 0;
    if !HPyArg_Parse!(ctx, None, args, nargs, "x", &mut a) {
        return HPy_NULL;
    }
    HPyLong_FromLong(ctx, a)
});

fn main() {}
