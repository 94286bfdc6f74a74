use hpy_sys::*;

HPyDef_METH!(twice, "twice", HPyFunc_O, |ctx, _self, arg| unsafe { HPy_Add(ctx, arg, arg) });

static RENAMED: HPyDef = HPyDef {
    kind: HPyDef_Kind_Meth,
    of: HPyDef_Of { meth: HPyMeth { name: c"double".as_ptr(), ..unsafe { twice.of.meth } } },
};

fn main() {}
