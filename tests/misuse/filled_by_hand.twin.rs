use hpy_sys::*;

unsafe fn add_to_itself(ctx: &HPyContext, _self: HPy, arg: HPy) -> HPy {
    unsafe { HPy_Add(ctx, arg, arg) }
}

HPyDef_METH!(twice, "twice", HPyFunc_O, unsafe { add_to_itself });
HPyDef_METH!(double, "double", HPyFunc_O, unsafe { add_to_itself });

fn main() {}
