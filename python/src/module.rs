// python/src/module.rs: the module hpy.universal, and the modules in it.

// The contract of a definition's function is that of its convention.
#![allow(clippy::undocumented_unsafe_blocks)]

use hpy_sys::*;

use crate::context::{self, native};
use crate::raise::{Owned, Raised, c_text};
use crate::{bootstrap, debug, load, mode, trace};

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
        Err(Raised) => -1,
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
) -> Result<(), Raised> {
    let ctx = native();
    // SAFETY: the caller's promise; the handles are closed when they go.
    unsafe {
        let machinery = Owned::new(HPyImport_ImportModule(ctx, c"importlib.machinery".as_ptr()))?;
        let class = Owned::new(HPy_GetAttr_s(ctx, machinery.get(), c"ModuleSpec".as_ptr()))?;
        let full = c_text(&format!("hpy.{package}.{name}"));
        let text = Owned::new(HPyUnicode_FromString(ctx, full.as_ptr()))?;
        let arguments = [text.get(), ctx.h_None];
        let spec = Owned::new(HPy_Call(ctx, class.get(), arguments.as_ptr(), 2, HPy_NULL))?;
        let made = load::make(definition, init, spec.get())?;
        match HPy_SetAttr_s(ctx, parent, c_text(name).as_ptr(), made.get()) {
            0 => Ok(()),
            _ => Err(Raised),
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
