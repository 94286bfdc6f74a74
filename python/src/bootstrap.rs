// python/src/bootstrap.rs: hpy.universal._load_bootstrap: what the Python stub of a module calls, which chooses the mode.

// The contract of a definition's function is that of its convention.
#![allow(clippy::undocumented_unsafe_blocks)]

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
        let (mut name, mut ext_name) = (core::ptr::null(), HPy_NULL);
        let (mut package, mut file, mut loader, mut spec, mut env) = (HPy_NULL, HPy_NULL, HPy_NULL, HPy_NULL, HPy_NULL);
        if !HPyArg_ParseKeywords!(
            ctx, None, args, nargs, kwnames, "sOOOOOO:_load_bootstrap",
            ["name", "ext_name", "package", "file", "loader", "spec", "env"],
            &mut name, &mut ext_name, &mut package, &mut file, &mut loader, &mut spec, &mut env
        ) {
            return HPy_NULL;
        }
        let name = core::ffi::CStr::from_ptr(name).to_string_lossy();
        let stub = Stub { ext_name, package, file, loader, spec, env };
        stub.load(&name).map_or(HPy_NULL, Owned::into_handle)
    },
    doc = "_load_bootstrap(name, ext_name, package, file, loader, spec, env)\n--\n\nLoads a module for its Python stub, in the mode that the environment chooses."
);

/// What a stub says of itself.
struct Stub {
    ext_name: HPy,
    package: HPy,
    file: HPy,
    loader: HPy,
    spec: HPy,
    env: HPy,
}

impl Stub {
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
                log(name, mode);
            }
            let module = self.module(name, &path, mode)?;
            let attributes = [
                ("__file__", self.file),
                ("__loader__", self.loader),
                ("__name__", self.ext_name),
                ("__package__", self.package),
                ("__spec__", self.spec),
            ];
            for (attribute, value) in attributes {
                set(module.get(), attribute, value)?;
            }
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
        let value = HPy_GetItem_s(native(), env, name.as_ptr());
        if HPy_IsNull(value) && HPyErr_ExceptionMatches(native(), native().h_KeyError) != 0 {
            HPyErr_Clear(native());
            return Ok(None);
        }
        let value = Owned::new(value)?;
        if pyo3_ffi::PyUnicode_Check(value.get()._i) == 0 {
            let name = name.to_string_lossy();
            return Err(raise(native().h_TypeError, &format!("{name} in the environment of a module is a str")));
        }
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
    let found = if text.contains([':', ',']) {
        let own = text.split(',').map(|part| part.split_once(':')).find(|part| match part {
            Some((module, _)) => name.starts_with(module),
            None => true,
        });
        own.flatten().and_then(|(_, mode)| of_name(mode))
    } else {
        of_name(text)
    };
    found.ok_or_else(|| {
        let known = MODES.map(|(_, _, known)| known).join(", ");
        raise(
            native().h_ValueError,
            &format!("invalid HPy mode: {text}; write one of {known}, or NAME:MODE for each module"),
        )
    })
}

/// The mode whose name begins so, debug first.
fn of_name(text: &str) -> Option<Mode> {
    let text = text.to_lowercase();
    let order = [Mode::Debug, Mode::Trace, Mode::Universal];
    let name = |mode| MODES.iter().find(|(of, ..)| *of == mode).map_or("", |(_, _, name)| *name);
    order.into_iter().find(|mode| name(*mode).starts_with(&text))
}

/// Prints what is loaded.
fn log(name: &str, mode: Mode) {
    let with = match mode {
        Mode::Universal => "",
        Mode::Debug => " with a debug context",
        Mode::Trace => " with a trace context",
    };
    let text = c_text(&format!("Loading '{name}' in HPy universal mode{with}\n"));
    // SAFETY: the thread holds the interpreter. The format takes one text.
    unsafe { pyo3_ffi::PySys_FormatStdout(c"%s".as_ptr(), text.as_ptr()) };
}
