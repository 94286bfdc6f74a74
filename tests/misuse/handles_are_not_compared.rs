use hpy_sys::*;

HPyDef_METH!(same, "same", HPyFunc_O, |ctx, self_, arg| unsafe { HPyBool_FromBool(ctx, self_ == arg) });

fn main() {}
