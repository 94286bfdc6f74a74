use hpy_sys::*;

HPyDef_METH!(f, "f", HPyFunc_O, |ctx, _self, arg| unsafe { HPy_Dup(ctx, arg) });

fn main() {
    let _ = &f;
}
