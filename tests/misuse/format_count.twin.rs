use hpy_sys::*;

HPyDef_METH!(f, "f", HPyFunc_VARARGS, |ctx, _self, args, nargs| unsafe {
    let (mut a, mut b): (c_long, c_long) = (0, 0);
    if !HPyArg_Parse!(ctx, None, args, nargs, "ll", &mut a, &mut b) {
        return HPy_NULL;
    }
    HPyLong_FromLong(ctx, a + b)
});

fn main() {
    let _ = &f;
}
