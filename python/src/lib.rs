// python/src/lib.rs: the module hpy.universal: the loader of HPy's universal ABI, an extension of the native ABI.

#![allow(non_snake_case, non_upper_case_globals)]

mod bootstrap;
mod context;
mod library;
mod load;
mod mode;
mod plain;
mod raise;

use hpy_sys::*;

HPyDef_SLOT!(exec, HPy_mod_exec, |ctx, module| unsafe {
    context::fill();
    mode::add_constants(ctx, module)
});

static MODULE: HPyModuleDef = HPyModuleDef!(
    doc = "Loads modules of HPy's universal ABI.",
    defines = [load::load, bootstrap::load_bootstrap, load::get_version, exec, interpreters, gil]
);

HPyDef_MULTIPLE_INTERPRETERS!(interpreters, unsafe { HPy_MOD_PER_INTERPRETER_GIL_SUPPORTED });
HPyDef_GIL!(gil, unsafe { HPy_MOD_GIL_NOT_USED });

HPy_MODINIT!(universal, MODULE);
