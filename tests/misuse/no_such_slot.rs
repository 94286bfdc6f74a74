use hpy_sys::*;

HPyDef_SLOT!(getattr, HPy_tp_getattr, |ctx, self_| unsafe { HPy_Dup(ctx, self_) });

fn main() {}
