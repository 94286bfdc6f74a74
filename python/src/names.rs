// python/src/names.rs: the names of modules, and of their implementations, for messages and figures.

use std::collections::BTreeMap;
use std::ffi::CStr;
use std::ptr;
use std::sync::{Mutex, MutexGuard, PoisonError};

use hpy_sys::host::each_implementation;
use hpy_sys::*;

/// A module that was loaded in debug or trace mode.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ModuleId(usize);

impl ModuleId {
    /// No module: code that is called otherwise.
    pub const UNKNOWN: ModuleId = ModuleId(0);

    pub fn index(self) -> usize {
        self.0
    }

    pub fn at(index: usize) -> ModuleId {
        ModuleId(index)
    }
}

struct Names {
    /// The full names; the first is that of no module.
    modules: Vec<String>,
    /// The module and the name of each implementation, by its address.
    implementations: BTreeMap<usize, (ModuleId, String)>,
}

static NAMES: Mutex<Names> = Mutex::new(Names { modules: Vec::new(), implementations: BTreeMap::new() });

fn names() -> MutexGuard<'static, Names> {
    let mut names = NAMES.lock().unwrap_or_else(PoisonError::into_inner);
    if names.modules.is_empty() {
        names.modules.push("?".to_owned());
    }
    names
}

/// The name of an implementation: `module.function` or `module.Type.method`.
pub fn of(implementation: usize) -> Option<String> {
    names().implementations.get(&implementation).map(|(_, name)| name.clone())
}

/// The same for messages: of a function that no definition names, it is the symbol.
pub fn shown(implementation: usize) -> Option<String> {
    of(implementation).or_else(|| symbol(implementation))
}

/// The symbol of a function, if its library has one.
fn symbol(function: usize) -> Option<String> {
    let mut found = None;
    if function != 0 {
        backtrace::resolve(ptr::without_provenance_mut(function), |symbol| {
            found = found.take().or_else(|| symbol.name().map(|name| name.to_string()));
        });
    }
    found
}

/// The same where the names may be locked: nothing then.
pub fn of_fault(implementation: usize) -> Option<String> {
    let names = NAMES.try_lock().ok()?;
    names.implementations.get(&implementation).map(|(_, name)| name.clone())
}

/// The module of an implementation.
pub fn module_of(implementation: usize) -> ModuleId {
    names().implementations.get(&implementation).map_or(ModuleId::UNKNOWN, |(module, _)| *module)
}

/// The full name of a module.
pub fn of_module(module: ModuleId) -> String {
    names().modules.get(module.0).cloned().unwrap_or_default()
}

/// The full names of all modules, in the order in which they were loaded.
pub fn of_modules() -> Vec<String> {
    names().modules[1..].to_vec()
}

/// Notes a module that is loaded, and its functions.
///
/// # Safety
/// `defines` is null, or a list that ends with null.
pub unsafe fn note_module(name: &str, defines: *const *const HPyDef) {
    let mut names = names();
    let known = names.modules.iter().position(|module| module == name);
    let module = ModuleId(known.unwrap_or_else(|| {
        names.modules.push(name.to_owned());
        names.modules.len() - 1
    }));
    // SAFETY: the caller's promise.
    unsafe { note(&mut names, module, name, defines) }
}

/// Notes the methods and slots of a type that the function of a module makes.
///
/// # Safety
/// The spec is valid, and its list of definitions is null or ends with null.
pub unsafe fn note_type(spec: *const HPyType_Spec, module: Option<ModuleId>) {
    // SAFETY: the caller's promise.
    unsafe {
        if let Some(name) = (*spec).name.as_ref().map(|name| CStr::from_ptr(name)) {
            let module = module.unwrap_or(ModuleId::UNKNOWN);
            note(&mut names(), module, &name.to_string_lossy(), (*spec).defines);
        }
    }
}

/// # Safety
/// As of [`note_module`].
unsafe fn note(names: &mut Names, module: ModuleId, owner: &str, defines: *const *const HPyDef) {
    // SAFETY: the caller's promise.
    unsafe {
        each_implementation(defines, |implementation, name| {
            let name = match name {
                Ok(name) if name.is_null() => "?".to_owned(),
                Ok(name) => CStr::from_ptr(name).to_string_lossy().into_owned(),
                Err(slot) => crate::context::slot_name(slot).map_or_else(|| format!("slot {slot}"), str::to_owned),
            };
            names.implementations.entry(implementation).or_insert_with(|| (module, format!("{owner}.{name}")));
        });
    }
}
