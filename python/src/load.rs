// python/src/load.rs: hpy.universal.load: makes a module from a library of the universal or the hybrid ABI.

// The contract of a definition's function is that of its convention.
#![allow(clippy::undocumented_unsafe_blocks)]

use std::path::{Path, PathBuf};

use hpy_sys::host::{creates_module, lists_of};
use hpy_sys::*;

use crate::context::native;
use crate::debug;
use crate::library::{self, Entered};
use crate::lock;
use crate::mode::Mode;
use crate::names;
use crate::raise::{Owned, Raised, raise};

HPyDef_METH!(
    pub load,
    "load",
    HPyFunc_KEYWORDS,
    |ctx, _self, args, nargs, kwnames| unsafe {
        let (mut name, mut path, mut spec) = (core::ptr::null(), HPy_NULL, HPy_NULL);
        let (mut debug, mut mode) = (0 as c_int, -1 as c_long);
        if !HPyArg_ParseKeywords!(
            ctx, None, args, nargs, kwnames, "sOO|il:load", ["name", "path", "spec", "debug", "mode"],
            &mut name, &mut path, &mut spec, &mut debug, &mut mode
        ) {
            return HPy_NULL;
        }
        let name = core::ffi::CStr::from_ptr(name).to_string_lossy();
        let mode = match mode {
            0 | -1 if debug != 0 => 1,
            -1 => 0,
            given => given,
        };
        let made = path_of(path)
            .and_then(|path| Ok((path, Mode::of_number(mode, ctx)?)))
            .and_then(|(path, mode)| module(&name, &path, spec, mode));
        made.map_or(HPy_NULL, Owned::into_handle)
    },
    doc = "load(name, path, spec, debug=False, mode=-1)\n--\n\nLoads the module `name` of the file `path` for the import `spec`."
);

HPyDef_METH!(
    pub get_version,
    "get_version",
    HPyFunc_NOARGS,
    |ctx, _self| unsafe {
        let version = HPyUnicode_FromString(ctx, VERSION.as_ptr());
        let revision = HPyUnicode_FromString(ctx, REVISION.as_ptr());
        let both = match HPy_IsNull(version) || HPy_IsNull(revision) {
            true => HPy_NULL,
            false => HPyTuple_Pack!(ctx, version, revision),
        };
        HPy_Close(ctx, version);
        HPy_Close(ctx, revision);
        both
    },
    doc = "get_version()\n--\n\nReturns the version of HPy that the loader provides, and what provides it."
);

/// The version of HPy whose API this loader has.
const VERSION: &core::ffi::CStr = c"0.9.0";
/// What HPy has a revision of its sources for.
const REVISION: &core::ffi::CStr =
    match core::ffi::CStr::from_bytes_with_nul(concat!("hpy-sys-", env!("CARGO_PKG_VERSION"), "\0").as_bytes()) {
        Ok(text) => text,
        Err(_) => panic!("a version has no NUL"),
    };

/// Loads the module `name` of the file at `path`. The name may be dotted; the library has functions with its last part.
///
/// # Safety
/// `spec` is an open handle, and the thread holds the interpreter.
pub unsafe fn module(name: &str, path: &Path, spec: HPy, mode: Mode) -> Result<Owned, Raised> {
    let short = name.rsplit('.').next().unwrap_or(name).replace('-', "_");
    let Entered { definition, init } = library::enter(path, &short, mode)?;
    // SAFETY: the caller's promise.
    unsafe { lock::prepare(name, definition)? };
    if mode != Mode::Universal {
        let (defines, globals) = lists_of(definition);
        // SAFETY: the lists of a definition end with null.
        unsafe {
            names::note_module(name, defines);
            debug::fields::note_globals(globals);
        }
    }
    // SAFETY: the definition is the module's own, always the same for `init`; CPython reads `name` and more of `spec`.
    unsafe { make(definition, init, spec) }
}

/// Makes the module of a definition.
///
/// # Safety
/// The definition is valid, and always the same for `init`; `spec` is an open handle.
pub unsafe fn make(definition: &'static HPyModuleDef, init: &ModuleInit, spec: HPy) -> Result<Owned, Raised> {
    // SAFETY: the caller's promise.
    unsafe {
        let cpython = init.init(definition);
        if cpython.is_null() {
            return Err(Raised);
        }
        let module = Owned::new(HPy { _i: pyo3_ffi::PyModule_FromDefAndSpec(cpython.cast(), spec._i) })?;
        if pyo3_ffi::PyModule_Check(module.get()._i) == 0 {
            return Ok(module);
        }
        if creates_module(definition) {
            let message = "HPy_mod_create slot returned a builtin module object. This is currently not supported.";
            return Err(raise(native().h_SystemError, message));
        }
        match pyo3_ffi::PyModule_ExecDef(module.get()._i, cpython.cast()) {
            0 => Ok(module),
            _ => Err(Raised),
        }
    }
}

/// A path of Python's, which is a text.
///
/// # Safety
/// `path` is an open handle, and the thread holds the interpreter.
pub unsafe fn path_of(path: HPy) -> Result<PathBuf, Raised> {
    // SAFETY: the caller's promise. The converter gives a new bytes object.
    unsafe {
        if pyo3_ffi::PyUnicode_Check(path._i) == 0 {
            let name = core::ffi::CStr::from_ptr((*pyo3_ffi::Py_TYPE(path._i)).tp_name).to_string_lossy();
            return Err(raise(native().h_TypeError, &format!("the path of a module is a str, and not {name}")));
        }
        let mut bytes = core::ptr::null_mut::<pyo3_ffi::PyObject>();
        if pyo3_ffi::PyUnicode_FSConverter(path._i, (&raw mut bytes).cast()) == 0 {
            return Err(Raised);
        }
        let bytes = Owned::new(HPy { _i: bytes })?;
        let (start, length) = (pyo3_ffi::PyBytes_AsString(bytes.get()._i), pyo3_ffi::PyBytes_Size(bytes.get()._i));
        let bytes = core::slice::from_raw_parts(start.cast::<u8>(), length as usize);
        #[cfg(unix)]
        let path = <std::ffi::OsStr as std::os::unix::ffi::OsStrExt>::from_bytes(bytes);
        #[cfg(not(unix))]
        let path = String::from_utf8_lossy(bytes).into_owned();
        Ok(PathBuf::from(path))
    }
}
