use hpy_sys::*;

fn f_impl(ctx: &HPyContext, self_: HPy) -> HPy {
    unsafe { HPy_Dup(ctx, self_) }
}

HPyDef_METH!(f, "f", HPyFunc_NOARGS, unsafe { f_impl });

fn main() {
    let _ = &f;
}
