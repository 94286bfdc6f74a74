// python/src/mode.rs: the modes of the loader: which context a module gets.

use hpy_sys::*;

use crate::context::{Context, PLAIN, TRACE_CONTEXT};
use crate::raise::{Raised, raise};

/// A mode, by its number in HPy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mode {
    Universal,
    Debug,
    Trace,
}

/// Each mode with its number and the name that `HPY` has for it.
pub const MODES: [(Mode, c_long, &str); 3] =
    [(Mode::Universal, 0, "universal"), (Mode::Debug, 1, "debug"), (Mode::Trace, 2, "trace")];

impl Mode {
    /// The mode with this number; an unknown one is a `ValueError`.
    pub fn of_number(number: c_long, native: &HPyContext) -> Result<Mode, Raised> {
        let found = MODES.iter().find(|(_, of, _)| *of == number);
        found.map(|(mode, ..)| *mode).ok_or_else(|| {
            let known = MODES.map(|(_, number, name)| format!("MODE_{} ({number})", name.to_uppercase())).join(", ");
            raise(native.h_ValueError, &format!("invalid HPy mode: {number}; the modes are {known}"))
        })
    }

    /// The context of the mode.
    pub fn context(self) -> *mut Context {
        match self {
            Mode::Universal => PLAIN.get(),
            Mode::Debug => crate::debug::BASE.get(),
            Mode::Trace => TRACE_CONTEXT.get(),
        }
    }
}

/// Adds `MODE_UNIVERSAL`, `MODE_DEBUG` and `MODE_TRACE`.
///
/// # Safety
/// `module` is an open handle, and the thread holds the interpreter.
pub unsafe fn add_constants(ctx: &HPyContext, module: HPy) -> c_int {
    for (_, number, name) in MODES {
        let name = std::ffi::CString::new(format!("MODE_{}", name.to_uppercase())).expect("names have no NUL");
        // SAFETY: the caller's promise.
        unsafe {
            let value = HPyLong_FromLong(ctx, number);
            let result = if HPy_IsNull(value) { -1 } else { HPy_SetAttr_s(ctx, module, name.as_ptr(), value) };
            HPy_Close(ctx, value);
            if result < 0 {
                return -1;
            }
        }
    }
    0
}
