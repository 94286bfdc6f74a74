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

/// The functions that a module named NAME exports, beside those that say its version.
struct Exports {
    enter: unsafe extern "C" fn(*mut Context),
    init: unsafe extern "C" fn() -> *const HPyModuleDef,
}

type Version = unsafe extern "C" fn() -> u32;

impl Exports {
    fn find(library: &Library, path: &str, name: &str) -> Result<Exports, Raised> {
        let (major, minor) =
            (format!("get_required_hpy_major_version_{name}"), format!("get_required_hpy_minor_version_{name}"));
        let (enter, init) = (format!("HPyInitGlobalContext_{name}"), format!("HPyInit_{name}"));
        let no_versions = |error| {
            // SAFETY: the symbol is only looked for.
            let is_native = unsafe { find::<*const ()>(library, &format!("PyInit_{name}")) }.is_ok();
            let said = format!(
                "Cannot locate the required minimal HPy versions as symbols '{minor}' and `{major}`. Error message from \
                 dlopen/WinAPI: {}{}",
                cause(&error),
                if is_native { NATIVE } else { "" }
            );
            loading(path, &format!(". {said}"))
        };
        let no_function = |symbol: &str, error| {
            let said = format!(
                "while trying to find symbol '{symbol}'. Did you use the HPy_MODINIT macro to register your module? Error \
                 message from dlsym/WinAPI: {}",
                cause(&error)
            );
            loading(path, &format!(" {said}"))
        };
        // SAFETY: a library with functions of these names is a module, whose functions have these types.
        unsafe {
            let major = find::<Version>(library, &major).map_err(no_versions)?;
            let minor = find::<Version>(library, &minor).map_err(no_versions)?;
            check_version(name, major(), minor())?;
            Ok(Exports {
                enter: find(library, &enter).map_err(|error| no_function(&enter, error))?,
                init: find(library, &init).map_err(|error| no_function(&init, error))?,
            })
        }
    }
}

const NATIVE: &str = "\nIt is a module of CPython's ABI, which has no modes and is imported without this loader; \
                      `--abi universal` builds one that has";

/// Raises HPy's error about the library of a module.
fn loading(path: &str, what: &str) -> Raised {
    raise(native().h_RuntimeError, &format!("Error during loading of the HPy extension module at path '{path}'{what}"))
}

/// What the dynamic linker says.
fn cause(error: &libloading::Error) -> String {
    match std::error::Error::source(error) {
        Some(source) => source.to_string(),
        None => error.to_string(),
    }
}

/// # Safety
/// The symbol, if there is one, is a function of this type.
unsafe fn find<F: Copy>(library: &Library, name: &str) -> Result<F, libloading::Error> {
    // SAFETY: the caller's promise.
    unsafe { library.get::<F>(name).map(|function| *function) }
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
        return Err(no_definition(path, name));
    };
    let entered = Entered { definition, init: Box::leak(Box::new(ModuleInit::new())) };
    all.insert(key, entered);
    Ok(entered)
}

fn no_definition(path: &Path, name: &str) -> Raised {
    // SAFETY: the thread holds the interpreter.
    match unsafe { hpy_sys::HPyErr_Occurred(native()) } {
        0 => loading(&path.display().to_string(), &format!(". Function 'HPyInit_{name}' returned NULL.")),
        _ => Raised,
    }
}

/// Opens the library, and finds its module of a version that this loader has.
fn open(path: &Path, name: &str) -> Result<(Library, Exports), Raised> {
    let library = open_library(path)?;
    let exports = Exports::find(&library, &path.display().to_string(), name)?;
    check_tag(path, name)?;
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
    opened.map_err(|error| {
        let said = format!(". Error message from dlopen/WinAPI: {}", cause(&error));
        loading(&path.display().to_string(), &said)
    })
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

/// Refuses a module of another version.
fn check_version(name: &str, major: u32, minor: u32) -> Result<(), Raised> {
    if major == VERSION.0 && minor <= VERSION.1 {
        return Ok(());
    }
    let message = format!(
        "HPy extension module '{name}' requires unsupported version of the HPy runtime. Requested version: {major}.{minor}. \
         Current HPy version: {}.{}.",
        VERSION.0, VERSION.1
    );
    Err(raise(native().h_RuntimeError, &message))
}

/// Refuses a file whose path says another version of the ABI, or none: `name.hpy0.so`, `name.hpy0-cp312.so`.
fn check_tag(path: &Path, name: &str) -> Result<(), Raised> {
    let shown = path.display().to_string();
    let digits = |text: &str| text.chars().take_while(char::is_ascii_digit).collect::<String>();
    let tag = shown.match_indices(".hpy").map(|(at, tag)| digits(&shown[at + tag.len()..])).find(|tag| !tag.is_empty());
    let (major, minor) = VERSION;
    let what = match tag {
        Some(tag) if tag.parse() == Ok(major) => return Ok(()),
        Some(tag) => format!(
            "mismatch between the HPy ABI tag encoded in the filename and the major version requested by the HPy extension \
             itself. Major version tag parsed from filename: {tag}. Requested version: {major}.{minor}."
        ),
        None => format!(
            "could not find HPy ABI tag encoded in the filename. The extension claims to be compiled with HPy ABI version: \
             {major}.{minor}."
        ),
    };
    Err(raise(native().h_RuntimeError, &format!("HPy extension module '{name}' at path '{shown}': {what}")))
}
