// python/src/library.rs: the library of a module: opened once for each mode, and never closed.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use hpy_sys::{HPyModuleDef, ModuleInit};
use libloading::Library;

use crate::context::{Context, native};
use crate::mode::Mode;
use crate::raise::{Raised, raise};

/// The version of the ABI that this loader has.
const VERSION: (u32, u32) = (hpy_sys::HPY_ABI_VERSION as u32, hpy_sys::HPY_ABI_VERSION_MINOR as u32);

/// A module of a library that knows its context.
#[derive(Clone, Copy)]
pub struct Entered {
    pub definition: &'static HPyModuleDef,
    /// CPython's definition, which the first import makes.
    pub init: &'static ModuleInit,
}

/// The modules that were entered, by the address of their `HPyInit_NAME` in the file itself, and the mode.
static ENTERED: Mutex<BTreeMap<(usize, Mode), Entered>> = Mutex::new(BTreeMap::new());

/// The functions that a module named NAME exports.
struct Exports {
    major: unsafe extern "C" fn() -> u32,
    minor: unsafe extern "C" fn() -> u32,
    enter: unsafe extern "C" fn(*mut Context),
    init: unsafe extern "C" fn() -> *const HPyModuleDef,
}

impl Exports {
    fn find(library: &Library, path: &str, name: &str) -> Result<Exports, Raised> {
        let (major, minor) =
            (format!("get_required_hpy_major_version_{name}"), format!("get_required_hpy_minor_version_{name}"));
        let (enter, init) = (format!("HPyInitGlobalContext_{name}"), format!("HPyInit_{name}"));
        let missing = |what: String| {
            raise(
                native().h_RuntimeError,
                &format!("Error during loading of the HPy extension module at path '{path}' and name '{name}'. {what}"),
            )
        };
        // SAFETY: a library with functions of these names is a module, whose functions have these types.
        unsafe {
            let (Ok(major_function), Ok(minor_function)) = (find(library, &major), find(library, &minor)) else {
                return Err(missing(format!(
                    "Cannot locate the required minimal HPy versions as symbols '{major}' and `{minor}`. Error message from dlopen/WinAPI: {}",
                    message(library, &major, &minor)
                )));
            };
            let (Ok(enter_function), Ok(init_function)) = (find(library, &enter), find(library, &init)) else {
                return Err(missing(format!(
                    "Cannot locate the symbols '{enter}' and '{init}' of a module. Error message from dlopen/WinAPI: {}",
                    message(library, &enter, &init)
                )));
            };
            Ok(Exports { major: major_function, minor: minor_function, enter: enter_function, init: init_function })
        }
    }
}

/// # Safety
/// The symbol, if there is one, is a function of this type.
unsafe fn find<F: Copy>(library: &Library, name: &str) -> Result<F, libloading::Error> {
    // SAFETY: the caller's promise.
    unsafe { library.get::<F>(name).map(|function| *function) }
}

/// Why the first of two symbols that is missing is missing.
fn message(library: &Library, first: &str, second: &str) -> String {
    let missing = [first, second].into_iter().find_map(|name| {
        // SAFETY: the address is not used.
        unsafe { library.get::<*const ()>(name) }.err()
    });
    missing.map(|error| error.to_string()).unwrap_or_default()
}

/// Opens the library at `path` and tells its module `name` the context of the mode.
///
/// A module keeps one context for its trampolines. So a file that is loaded in a second mode is copied: the copy has functions
/// and variables of its own.
pub fn enter(path: &Path, name: &str, mode: Mode) -> Result<Entered, Raised> {
    let (library, exports) = open(path, name)?;
    let mut all = ENTERED.lock().unwrap_or_else(PoisonError::into_inner);
    let key = (exports.init as usize, mode);
    if let Some(known) = all.get(&key) {
        return Ok(*known);
    }
    let is_in_other_mode = all.keys().any(|(init, _)| *init == key.0);
    let (library, exports) = match is_in_other_mode {
        true => open(&Duplicate::of(path)?.path, name)?,
        false => (library, exports),
    };
    // SAFETY: the functions are those of a module, and the context lives as long as the process.
    let definition = unsafe {
        (exports.enter)(mode.context());
        (exports.init)()
    };
    // Its functions are called for as long as the process lives.
    core::mem::forget(library);
    // SAFETY: a module gives a definition that lives as long as its library, or null.
    let Some(definition) = (unsafe { definition.as_ref() }) else {
        return Err(no_definition(name));
    };
    let entered = Entered { definition, init: Box::leak(Box::new(ModuleInit::new())) };
    all.insert(key, entered);
    Ok(entered)
}

fn no_definition(name: &str) -> Raised {
    // SAFETY: the thread holds the interpreter.
    match unsafe { hpy_sys::HPyErr_Occurred(native()) } {
        0 => raise(native().h_SystemError, &format!("HPyInit_{name} returned no definition, and set no exception")),
        _ => Raised,
    }
}

/// Opens the library, and finds its module of a version that this loader has.
fn open(path: &Path, name: &str) -> Result<(Library, Exports), Raised> {
    let library = open_library(path)?;
    let exports = Exports::find(&library, &path.display().to_string(), name)?;
    // SAFETY: the functions are those of a module.
    let (major, minor) = unsafe { ((exports.major)(), (exports.minor)()) };
    if major != VERSION.0 || minor > VERSION.1 {
        let message = format!(
            "HPy extension module '{name}' requires unsupported version of the HPy runtime. Requested version: \
             {major}.{minor}. Current HPy version: {}.{}.",
            VERSION.0, VERSION.1
        );
        return Err(raise(native().h_RuntimeError, &message));
    }
    Ok((library, exports))
}

/// Opens a library with all its symbols bound, so that one that is missing is an error here.
fn open_library(path: &Path) -> Result<Library, Raised> {
    #[cfg(unix)]
    // SAFETY: to import a module is to run the code of its library.
    let opened = unsafe {
        use libloading::os::unix::{Library, RTLD_LOCAL, RTLD_NOW};
        Library::open(Some(path), RTLD_NOW | RTLD_LOCAL).map(libloading::Library::from)
    };
    #[cfg(not(unix))]
    // SAFETY: to import a module is to run the code of its library.
    let opened = unsafe { Library::new(path) };
    opened.map_err(|error| raise(native().h_ImportError, &error.to_string()))
}

/// A copy of a library, which is removed once it is open.
struct Duplicate {
    path: PathBuf,
}

impl Duplicate {
    fn of(path: &Path) -> Result<Duplicate, Raised> {
        use std::sync::atomic::{AtomicUsize, Ordering};
        static NUMBER: AtomicUsize = AtomicUsize::new(0);
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let copy = std::env::temp_dir().join(format!("hpy-{}-{number}-{name}", std::process::id()));
        match std::fs::copy(path, &copy) {
            Ok(_) => Ok(Duplicate { path: copy }),
            Err(error) => Err(raise(
                native().h_ImportError,
                &format!(
                    "'{}' is loaded in another mode, and cannot be copied to '{}' to load it once more: {error}",
                    path.display(),
                    copy.display()
                ),
            )),
        }
    }
}

impl Drop for Duplicate {
    fn drop(&mut self) {
        // Where an open library cannot be removed, it stays in the folder for temporary files.
        let _ = std::fs::remove_file(&self.path);
    }
}
