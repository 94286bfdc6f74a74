use hpy_sys::*;

HPyDef_SLOT!(length, HPy_sq_length, |ctx, self_| unsafe { HPy_Length(ctx, self_) });
HPyDef_METH!(double, "double", HPyFunc_O, |ctx, _self, arg| unsafe { HPy_Add(ctx, arg, arg) });

fn main() {}
