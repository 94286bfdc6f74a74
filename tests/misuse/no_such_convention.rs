use hpy_sys::*;

HPyDef_METH!(f, "f", HPyFunc_ONE, |ctx, _self, arg| HPy_Dup(ctx, arg));

fn main() {}
