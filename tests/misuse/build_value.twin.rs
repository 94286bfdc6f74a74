use hpy_sys::*;

HPyDef_METH!(f, "f", HPyFunc_NOARGS, |ctx, _self| unsafe { HPy_BuildValue!(ctx, "(i)", 1) });

fn main() {
    let _ = &f;
}
