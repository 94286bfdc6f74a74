// python/src/debug/origin.rs: where a handle was made or closed: the function of HPy, the call of the module, the stack.

use std::fmt::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::frames::Frame;
use crate::names;

/// Where something was done to a handle.
#[derive(Clone, Debug)]
pub struct Origin {
    /// The function of HPy, or what the loader does itself.
    pub function: &'static str,
    /// The call of the module that did it.
    pub frame: Frame,
    /// The addresses of the C stack, if they are asked for.
    stack: Option<Arc<[usize]>>,
}

/// How many addresses of the stack are kept.
static LIMIT: AtomicUsize = AtomicUsize::new(0);

/// Sets how many addresses of the stack each handle keeps; 0 is none.
pub fn set_stack_limit(limit: usize) {
    LIMIT.store(limit, Ordering::Relaxed);
}

impl Origin {
    pub const NONE: Origin = Origin { function: "", frame: Frame::NONE, stack: None };

    /// By nobody whom a message could name.
    pub fn of(frame: Frame) -> Origin {
        Origin { frame, ..Origin::NONE }
    }

    /// Here and now.
    pub fn here(function: &'static str, frame: Frame) -> Origin {
        let limit = LIMIT.load(Ordering::Relaxed);
        let stack = (limit != 0).then(|| stack(limit));
        Origin { function, frame, stack }
    }

    /// `by HPy_Add in mymodule.add`, and the stack on further lines.
    pub fn describe(&self) -> String {
        let mut text = format!("by {}", self.function);
        if let Some(name) = names::shown(self.frame.implementation) {
            let _ = write!(text, " in {name}");
        }
        if let Some(stack) = &self.stack {
            let _ = write!(text, "\n{}", symbols(stack));
        }
        text
    }

    pub fn has_stack(&self) -> bool {
        self.stack.is_some()
    }

    /// The stack, a line for each function.
    pub fn stack(&self) -> Option<String> {
        self.stack.as_ref().map(|stack| symbols(stack))
    }
}

/// The addresses of the C stack in the module's call: those between this loader's function at its top and the one that called the
/// module.
fn stack(limit: usize) -> Arc<[usize]> {
    let mut addresses = Vec::new();
    backtrace::trace(|frame| {
        let address = frame.ip() as usize;
        match (is_own(address), addresses.is_empty()) {
            (true, is_at_top) => return is_at_top,
            (false, _) => addresses.push(address),
        }
        addresses.len() < limit
    });
    addresses.into()
}

/// Whether an address is in this loader's own library.
fn is_own(address: usize) -> bool {
    let own = library(is_own as *const () as usize);
    own.is_some() && library(address) == own
}

/// The file of the library that an address is in.
#[cfg(unix)]
fn library(address: usize) -> Option<std::path::PathBuf> {
    // SAFETY: zeroes are a value of the struct, which the function fills; the name is the dynamic linker's.
    unsafe {
        let mut info: libc::Dl_info = core::mem::zeroed();
        let found = libc::dladdr(std::ptr::without_provenance(address), &mut info) != 0 && !info.dli_fname.is_null();
        let name = found.then(|| core::ffi::CStr::from_ptr(info.dli_fname).to_string_lossy().into_owned());
        name.map(std::path::PathBuf::from)
    }
}

/// The file of the library that an address is in: nothing tells it here.
#[cfg(not(unix))]
fn library(_address: usize) -> Option<std::path::PathBuf> {
    None
}

/// Whether a file is one of Rust's standard library, between the function of a module and what it guards.
fn is_of_standard_library(file: &std::path::Path) -> bool {
    file.starts_with("/rustc")
}

/// The stack, a line for each address: the function, and its file and line where there is debug information.
fn symbols(stack: &[usize]) -> String {
    let mut text = String::new();
    for address in stack {
        let mut found = false;
        // The address is that behind the call.
        backtrace::resolve((*address - 1) as *mut core::ffi::c_void, |symbol| {
            found = true;
            let name = symbol.name().map_or("?".to_owned(), |name| format!("{name:#}"));
            if symbol.filename().is_some_and(is_of_standard_library) || name == "__rust_try" {
                return;
            }
            let _ = write!(text, "    {name}");
            if let (Some(file), Some(line)) = (symbol.filename(), symbol.lineno()) {
                let _ = write!(text, " at {}:{line}", file.display());
            }
            if let Some(name) = library(*address).as_deref().and_then(std::path::Path::file_name) {
                let _ = write!(text, " in {}", name.to_string_lossy());
            }
            text.push('\n');
        });
        if !found {
            let _ = writeln!(text, "    {address:#x}");
        }
    }
    text.truncate(text.trim_end().len());
    text
}
