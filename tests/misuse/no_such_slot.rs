use hpy_sys::*;

HPyDef_SLOT!(iter, HPy_tp_iter, |ctx, self_| unsafe { HPy_Dup(ctx, self_) });

fn main() {}
