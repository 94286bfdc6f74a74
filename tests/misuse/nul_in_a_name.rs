use hpy_sys::*;

HPyDef_METH!(f, "f\0g", HPyFunc_NOARGS, |ctx, self_| unsafe { HPy_Dup(ctx, self_) });

fn main() {}
