// abi-tests/src/globals.rs: references from statics, one value for each interpreter; what a module says about interpreters.

use crate::support::or_null;
use hpy_sys::*;

static VALUE: HPyGlobal = HPyGlobal::NULL;
static OTHER: HPyGlobal = HPyGlobal::NULL;

unsafe fn load(ctx: &HPyContext, global: &HPyGlobal) -> HPy {
    let h = HPyGlobal_Load(ctx, global);
    if HPy_IsNull(h) { HPy_Dup(ctx, ctx.h_Ellipsis) } else { h }
}

unsafe fn borrow(ctx: &HPyContext, global: &HPyGlobal) -> HPy {
    let value = HPyGlobal_Borrow(ctx, global);
    let h = if HPy_IsNull(value) { HPy_Dup(ctx, ctx.h_Ellipsis) } else { HPyTuple_Pack!(ctx, value) };
    HPyGlobal_EndBorrow(ctx, value);
    h
}

HPyDef_MULTIPLE_INTERPRETERS!(interpreters, unsafe { HPy_MOD_PER_INTERPRETER_GIL_SUPPORTED });
HPyDef_GIL!(gil, unsafe { HPy_MOD_GIL_NOT_USED });

functions! {
    GLOBALS(ctx) + [interpreters, gil] globals [VALUE, OTHER] {
        store(value) => HPyGlobal_Store(ctx, &VALUE, or_null(ctx, value));
        get() => load(ctx, &VALUE);
        store_other(value) => HPyGlobal_Store(ctx, &OTHER, or_null(ctx, value));
        get_other() => load(ctx, &OTHER);
        borrowed() => borrow(ctx, &VALUE);
        builtins() => HPy_Dup(ctx, ctx.h_Builtins());
    }
}

HPy_MODINIT!(globals, GLOBALS);

/// It says nothing about interpreters.
static SILENT: HPyModuleDef = HPyModuleDef!();
HPy_MODINIT!(globals_silent, SILENT);

HPyDef_MULTIPLE_INTERPRETERS!(main_only, HPy_MOD_MULTIPLE_INTERPRETERS_NOT_SUPPORTED);
static MAIN_ONLY: HPyModuleDef = HPyModuleDef!(defines = [main_only]);
HPy_MODINIT!(globals_main_only, MAIN_ONLY);
