use hpy_sys::*;

HPyDef_METH!(same, "same", HPyFunc_O, |ctx, self_, arg| unsafe { HPyBool_FromBool(ctx, HPy_Is(ctx, self_, arg) != 0) });

fn main() {
    let _ = &same;
}
