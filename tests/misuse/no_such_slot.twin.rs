use hpy_sys::*;

HPyDef_SLOT!(repr, HPy_tp_repr, |ctx, self_| unsafe { HPy_Str(ctx, self_) });

fn main() {
    let _ = &repr;
}
