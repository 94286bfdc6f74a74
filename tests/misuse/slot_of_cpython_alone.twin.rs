use hpy_sys::*;

HPyDef_SLOT!(item, HPy_sq_item, |ctx, self_, _index| HPy_Dup(ctx, self_));

fn main() {}
