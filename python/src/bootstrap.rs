// python/src/bootstrap.rs: hpy.universal._load_bootstrap: what the Python stub of a module calls, which chooses the mode.

use std::path::Path;

use hpy_sys::*;

use crate::context::native;
use crate::load;
use crate::mode::{MODES, Mode};
use crate::raise::{Owned, Raised, c_text, raise};

HPyDef_METH!(
    pub load_bootstrap,
    "_load_bootstrap",
    HPyFunc_KEYWORDS,
    |ctx, _self, args, nargs, kwnames| unsafe {
        let (mut name, mut ext_name) = (core::ptr::null(), core::ptr::null());
        let (mut package, mut file, mut loader, mut spec, mut env) = (HPy_NULL, HPy_NULL, HPy_NULL, HPy_NULL, HPy_NULL);
        if !HPyArg_ParseKeywords!(
            ctx, None, args, nargs, kwnames, "ssOOOOO:_load_bootstrap",
            ["name", "ext_name", "package", "file", "loader", "spec", "env"],
            &mut name, &mut ext_name, &mut package, &mut file, &mut loader, &mut spec, &mut env
        ) {
            return HPy_NULL;
        }
        let text = |text| core::ffi::CStr::from_ptr(text).to_string_lossy();
        let stub = Stub { ext_name: &text(ext_name), package, file, loader, spec, env };
        stub.load(&text(name)).map_or(HPy_NULL, Owned::into_handle)
    },
    doc = "_load_bootstrap(name, ext_name, package, file, loader, spec, env)\n--\n\nLoads a module for its Python stub, in the mode that the environment chooses."
);

/// What a stub says of itself.
struct Stub<'a> {
    ext_name: &'a str,
    package: HPy,
    file: HPy,
    loader: HPy,
    spec: HPy,
    env: HPy,
}

impl Stub<'_> {
    /// # Safety
    /// The handles are open.
    unsafe fn load(&self, name: &str) -> Result<Owned, Raised> {
        // SAFETY: the caller's promise.
        unsafe {
            let mode = match variable(self.env, "HPY")? {
                Some(text) => chosen(&text, name)?,
                None => Mode::Universal,
            };
            let path = load::path_of(self.file)?;
            if variable(self.env, "HPY_LOG")?.is_some() {
                log(name, mode)?;
            }
            let module = self.module(name, &path, mode)?;
            for (attribute, value) in [("__file__", self.file), ("__loader__", self.loader), ("__package__", self.package)]
            {
                set(module.get(), attribute, value)?;
            }
            let text = c_text(self.ext_name);
            let name = Owned::new(HPyUnicode_FromString(native(), text.as_ptr()))?;
            set(module.get(), "__name__", name.get())?;
            set(module.get(), "__spec__", self.spec)?;
            set(self.spec, "origin", self.file)?;
            Ok(module)
        }
    }

    /// # Safety
    /// The handles are open.
    unsafe fn module(&self, name: &str, path: &Path, mode: Mode) -> Result<Owned, Raised> {
        // SAFETY: the caller's promise.
        unsafe { load::module(name, path, self.spec, mode) }
    }
}

/// # Safety
/// The handles are open.
unsafe fn set(object: HPy, attribute: &str, value: HPy) -> Result<(), Raised> {
    // SAFETY: the caller's promise.
    match unsafe { HPy_SetAttr_s(native(), object, c_text(attribute).as_ptr(), value) } {
        0 => Ok(()),
        _ => Err(Raised),
    }
}

/// A variable of the environment that a stub passes, if it is set.
///
/// # Safety
/// `env` is an open handle of a mapping.
unsafe fn variable(env: HPy, name: &str) -> Result<Option<String>, Raised> {
    let name = c_text(name);
    // SAFETY: the caller's promise.
    unsafe {
        let key = Owned::new(HPyUnicode_FromString(native(), name.as_ptr()))?;
        match HPy_Contains(native(), env, key.get()) {
            0 => return Ok(None),
            1 => {}
            _ => return Err(Raised),
        }
        let value = Owned::new(HPy_GetItem(native(), env, key.get()))?;
        let mut length = 0;
        let text = HPyUnicode_AsUTF8AndSize(native(), value.get(), &mut length);
        if text.is_null() {
            return Err(Raised);
        }
        let bytes = core::slice::from_raw_parts(text.cast::<u8>(), length as usize);
        Ok(Some(String::from_utf8_lossy(bytes).into_owned()))
    }
}

/// The mode that `HPY` chooses for a module: one for all, `debug`, or one for each, `name:debug,other:trace`.
///
/// As in HPy, a mode may be shortened, and a module named in the list stands for each whose name begins with it.
fn chosen(text: &str, name: &str) -> Result<Mode, Raised> {
    let invalid = || {
        let known: Vec<_> = MODES.iter().map(|(_, _, known)| *known).collect();
        raise(native().h_ValueError, &format!("invalid HPy mode: {text} (the modes are {})", known.join(", ")))
    };
    if !text.contains(':') {
        return of_name(text).ok_or_else(invalid);
    }
    for part in text.split(',') {
        let Some((module, mode)) = part.split_once(':') else { continue };
        if module == name {
            return of_name(mode).ok_or_else(invalid);
        }
    }
    Err(invalid())
}

/// The mode whose name begins so, debug first.
fn of_name(text: &str) -> Option<Mode> {
    let text = text.trim().to_lowercase();
    let order = [Mode::Debug, Mode::Trace, Mode::Universal];
    let name = |mode| MODES.iter().find(|(of, ..)| *of == mode).map_or("", |(_, _, name)| *name);
    order.into_iter().find(|mode| name(*mode).starts_with(&text))
}

/// Prints what is loaded.
fn log(name: &str, mode: Mode) -> Result<(), Raised> {
    let with = match mode {
        Mode::Universal => "",
        Mode::Debug => " with a debug context",
        Mode::Trace => " with a trace context",
    };
    println!("Loading '{name}' in HPy universal mode{with}");
    Ok(())
}
