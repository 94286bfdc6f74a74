// src/loader/module.rs: the functions that loaders look up in a module.

use core::ptr;
use core::sync::atomic::{AtomicPtr, Ordering};

use super::memory;
use crate::*;

/// The definition of a module without the slots that loaders do not know, made at the first import. [`HPy_MODINIT!`] defines one.
#[doc(hidden)]
#[repr(transparent)]
pub struct ModuleInit {
    definition: AtomicPtr<HPyModuleDef>,
}

impl ModuleInit {
    #[doc(hidden)]
    #[allow(clippy::new_without_default)]
    pub const fn new() -> ModuleInit {
        ModuleInit { definition: AtomicPtr::new(ptr::null_mut()) }
    }

    /// The result of `HPyInit_name`: the definition, without this crate's own slots, which are advice for some interpreters.
    /// This project's loader gives it to CPython, with these slots. If allocation fails it returns the definition unchanged, and the loader names the slots that it does not know.
    ///
    /// # Safety
    /// The definition is valid, and always the same.
    #[doc(hidden)]
    pub unsafe fn init(&self, definition: &'static HPyModuleDef) -> *const HPyModuleDef {
        // SAFETY: the caller's promise: a list that ends with null, or none.
        unsafe {
            if super::context::host().is_some() {
                return definition;
            }
            if definition.size > 0 {
                return &raw const WITH_STATE;
            }
            let (all, advice) = count(definition.defines);
            if advice == 0 {
                return definition;
            }
            let made = self.definition.load(Ordering::Acquire);
            if !made.is_null() {
                return made;
            }
            let (Some(list), Some(module)) = (
                memory::allocate((all - advice + 1) * size_of::<*const HPyDef>()),
                memory::allocate(size_of::<HPyModuleDef>()),
            ) else {
                return definition;
            };
            let list = list.as_ptr().cast::<*const HPyDef>();
            let mut last = list;
            for index in 0..all {
                let definition = *definition.defines.add(index);
                if !is_advice(&*definition) {
                    last.write(definition);
                    last = last.add(1);
                }
            }
            last.write(ptr::null());
            let module = module.as_ptr().cast::<HPyModuleDef>();
            module.write(HPyModuleDef {
                doc: definition.doc,
                size: definition.size,
                legacy_methods: definition.legacy_methods,
                defines: list,
                globals: definition.globals,
            });
            self.definition.store(module, Ordering::Release);
            module
        }
    }
}

HPyDef_SLOT!(
    refuse_state,
    HPy_mod_exec,
    // SAFETY: the text ends with a zero.
    |ctx, _module| unsafe {
        HPyErr_SetString(ctx, ctx.h_ImportError, REFUSED.as_ptr());
        -1
    }
);
const REFUSED: &core::ffi::CStr =
    c"the state of a module, `size` in its HPyModuleDef, needs hpy-sys' loader, which has not loaded \
                                    this module: install the package hpy-sys";
/// Takes the place of a definition with state, which other loaders refuse.
static WITH_STATE: HPyModuleDef = HPyModuleDef!(defines = [refuse_state]);

/// The number of definitions, and of advice among them.
///
/// # Safety
/// `defines` is null, or a list that ends with null.
unsafe fn count(defines: *const *const HPyDef) -> (usize, usize) {
    let (mut all, mut advice) = (0, 0);
    // SAFETY: the caller's promise.
    unsafe {
        while let Some(definition) = defines.as_ref().and_then(|_| (*defines.add(all)).as_ref()) {
            all += 1;
            advice += usize::from(is_advice(definition));
        }
    }
    (all, advice)
}

fn is_advice(definition: &HPyDef) -> bool {
    // SAFETY: the kind tells the union's member.
    definition.kind == HPyDef_Kind_Slot
        && matches!(unsafe { definition.of.slot }.slot, HPy_mod_multiple_interpreters | HPy_mod_gil)
}

/// Makes the library an extension module: `HPy_MODINIT!(name, DEFINITION)`, with a `static` [`HPyModuleDef`](struct@crate::HPyModuleDef).
///
/// The name is the last part of the module's name, which may be a keyword: `async`, or `r#async`. One library may have
/// several modules.
///
/// CPython asks for the function of a module whose name is not ASCII by its Punycode name, with `_` for `-` (PEP 489). It
/// is given as well: `HPy_MODINIT!(größe = "gre_6ka8i", DEFINITION)`. If it is not right, the error says what is.
///
/// Source: HPy `HPy_MODINIT`: the functions `HPyInit_name`, `HPyInitGlobalContext_name`,
/// `get_required_hpy_major_version_name` and `get_required_hpy_minor_version_name`.
#[macro_export]
macro_rules! HPy_MODINIT {
    ($name:ident = $encoded:literal, $definition:expr $(,)?) => {
        $crate::__private::core::compile_error!(
            "loaders look for the name of a module as it is, and linkers take no symbol that is not ASCII: in the universal \
             and the hybrid ABI the name is ASCII"
        );
    };
    ($name:tt, $definition:expr $(,)?) => {
        const _: () = $crate::__private::check_module_name($crate::__hpy_module_name!($name), "");
        $crate::HPy_MODINIT!(@export $crate::__hpy_module_name!($name), $definition);
    };
    (@export $name:expr, $definition:expr) => {
        const _: () = {
            #[unsafe(export_name = $crate::__private::core::concat!("get_required_hpy_major_version_", $name))]
            extern "C" fn major() -> u32 {
                $crate::HPY_ABI_VERSION as u32
            }
            #[unsafe(export_name = $crate::__private::core::concat!("get_required_hpy_minor_version_", $name))]
            extern "C" fn minor() -> u32 {
                $crate::HPY_ABI_VERSION_MINOR as u32
            }
            /// # Safety
            /// The loader calls it, with its context.
            #[unsafe(export_name = $crate::__private::core::concat!("HPyInitGlobalContext_", $name))]
            unsafe extern "C" fn enter(ctx: *mut $crate::HPyContext) {
                // SAFETY: the loader passes its context.
                unsafe { $crate::__private::enter(ctx) }
            }
            /// # Safety
            /// The loader calls it for each import.
            #[unsafe(export_name = $crate::__private::core::concat!("HPyInit_", $name))]
            unsafe extern "C" fn init() -> *const $crate::HPyModuleDef {
                static __HPY_MODULE: $crate::ModuleInit = $crate::ModuleInit::new();
                let definition: &'static $crate::HPyModuleDef = &$definition;
                // SAFETY: the definition is a static.
                unsafe { __HPY_MODULE.init(definition) }
            }
        };
    };
}
