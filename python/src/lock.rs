// python/src/lock.rs: on a CPython without a global lock, switches the lock on for a module that does not say it needs none.
//
// CPython does that where it imports an extension itself, and has no function for it. So the loader imports a module of its own
// library that says nothing about the lock.

use hpy_sys::host::needs_no_lock;
use hpy_sys::*;

use crate::context::native;
use crate::raise::{Owned, Raised, c_text};

/// Switches the lock on for the module `name`, if it is off and the definition does not say that the module needs none.
///
/// # Safety
/// The thread is in the interpreter.
pub unsafe fn prepare(name: &str, definition: &HPyModuleDef) -> Result<(), Raised> {
    // SAFETY: the caller's promise; the handles are closed when they go.
    unsafe {
        if needs_no_lock(definition) || is_on()? {
            return Ok(());
        }
        // CPython's warning has the name of what is imported, which ends with that of the library's module.
        let name = text(&format!("{name}.{WITH_LOCK}"))?;
        let own = import("hpy.universal")?;
        let file = Owned::new(HPy_GetAttr_s(native(), own.get(), c"__file__".as_ptr()))?;
        let util = import("importlib.util")?;
        let spec = call(&util, c"spec_from_file_location", &[name.get(), file.get()])?;
        call(&util, c"module_from_spec", &[spec.get()]).map(drop)
    }
}

/// The name of the module that says nothing.
const WITH_LOCK: &str = "_with_lock";

static MODULE: HPyModuleDef = HPyModuleDef!(doc = "Switches the global lock on.");

HPy_MODINIT!(_with_lock, MODULE);

/// Whether the interpreter has its lock; before CPython 3.13 it always has.
///
/// # Safety
/// The thread is in the interpreter.
unsafe fn is_on() -> Result<bool, Raised> {
    // SAFETY: the caller's promise.
    unsafe {
        let sys = import("sys")?;
        let ask = c"_is_gil_enabled";
        if HPy_HasAttr_s(native(), sys.get(), ask.as_ptr()) == 0 {
            return Ok(true);
        }
        let answer = call(&sys, ask, &[])?;
        match HPy_IsTrue(native(), answer.get()) {
            -1 => Err(Raised),
            answer => Ok(answer != 0),
        }
    }
}

/// # Safety
/// The thread is in the interpreter.
unsafe fn import(name: &str) -> Result<Owned, Raised> {
    // SAFETY: the caller's promise.
    Owned::new(unsafe { HPyImport_ImportModule(native(), c_text(name).as_ptr()) })
}

/// # Safety
/// The thread is in the interpreter.
unsafe fn text(value: &str) -> Result<Owned, Raised> {
    // SAFETY: the caller's promise.
    Owned::new(unsafe { HPyUnicode_FromString(native(), c_text(value).as_ptr()) })
}

/// Calls a function of a module.
///
/// # Safety
/// The handles are open, and the thread is in the interpreter.
unsafe fn call(module: &Owned, function: &core::ffi::CStr, arguments: &[HPy]) -> Result<Owned, Raised> {
    // SAFETY: the caller's promise.
    unsafe {
        let function = Owned::new(HPy_GetAttr_s(native(), module.get(), function.as_ptr()))?;
        Owned::new(HPy_Call(native(), function.get(), arguments.as_ptr(), arguments.len(), HPy_NULL))
    }
}
