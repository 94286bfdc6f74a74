// python/src/lib.rs: the module hpy.universal: the loader of HPy's universal ABI, an extension of the native ABI.

#![allow(non_snake_case, non_upper_case_globals)]

mod bootstrap;
mod context;
mod debug;
mod library;
mod load;
mod mode;
mod names;
mod plain;
mod raise;
mod trace;

use hpy_sys::*;

HPyDef_SLOT!(exec, HPy_mod_exec, |ctx, module| unsafe {
    context::fill();
    if mode::add_constants(ctx, module) < 0 {
        return -1;
    }
    static DEBUG: ModuleInit = ModuleInit::new();
    static TRACE: ModuleInit = ModuleInit::new();
    let added = add_module(module, "debug", "_debug", &debug::module::MODULE, &DEBUG)
        .and_then(|()| add_module(module, "trace", "_trace", &trace::module::MODULE, &TRACE));
    match added {
        Ok(()) => 0,
        Err(raise::Raised) => -1,
    }
});

/// Adds a module of this library to `parent`. Its full name has the package that has its functions, as in HPy.
///
/// # Safety
/// `parent` is an open handle, and `init` is always for this definition.
unsafe fn add_module(
    parent: HPy,
    package: &str,
    name: &str,
    definition: &'static HPyModuleDef,
    init: &'static ModuleInit,
) -> Result<(), raise::Raised> {
    let ctx = context::native();
    // SAFETY: the caller's promise; the handles are closed when they go.
    unsafe {
        let machinery = raise::Owned::new(HPyImport_ImportModule(ctx, c"importlib.machinery".as_ptr()))?;
        let class = raise::Owned::new(HPy_GetAttr_s(ctx, machinery.get(), c"ModuleSpec".as_ptr()))?;
        let full = raise::c_text(&format!("hpy.{package}.{name}"));
        let text = raise::Owned::new(HPyUnicode_FromString(ctx, full.as_ptr()))?;
        let arguments = [text.get(), ctx.h_None];
        let spec = raise::Owned::new(HPy_Call(ctx, class.get(), arguments.as_ptr(), 2, HPy_NULL))?;
        let made = load::make(definition, init, spec.get())?;
        match HPy_SetAttr_s(ctx, parent, raise::c_text(name).as_ptr(), made.get()) {
            0 => Ok(()),
            _ => Err(raise::Raised),
        }
    }
}

static MODULE: HPyModuleDef = HPyModuleDef!(
    doc = "Loads modules of HPy's universal ABI.",
    defines = [load::load, bootstrap::load_bootstrap, load::get_version, exec, interpreters, gil]
);

HPyDef_MULTIPLE_INTERPRETERS!(interpreters, unsafe { HPy_MOD_PER_INTERPRETER_GIL_SUPPORTED });
HPyDef_GIL!(gil, unsafe { HPy_MOD_GIL_NOT_USED });

HPy_MODINIT!(universal, MODULE);
