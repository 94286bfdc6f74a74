use hpy_sys::*;

HPyDef_METH!(f, "f", HPyFunc_ONE, |ctx, _self, arg| unsafe { HPy_Dup(ctx, arg) });

fn main() {}
