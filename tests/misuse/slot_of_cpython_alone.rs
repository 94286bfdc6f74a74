use hpy_sys::*;

HPyDef_SLOT!(iterate, HPy_tp_iter, |ctx, self_| HPy_Dup(ctx, self_));

fn main() {}
