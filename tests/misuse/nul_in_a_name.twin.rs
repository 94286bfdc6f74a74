use hpy_sys::*;

HPyDef_METH!(f, "fg", HPyFunc_NOARGS, |ctx, self_| unsafe { HPy_Dup(ctx, self_) });

fn main() {
    let _ = &f;
}
