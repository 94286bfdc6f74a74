// src/native/context.rs: the context of an extension, which module initialisation fills and nothing changes afterwards.

use core::cell::UnsafeCell;
use core::sync::atomic::{AtomicU8, Ordering};

use super::ffi;
use crate::{HPy, HPyContext};

#[repr(transparent)]
struct Shared(UnsafeCell<HPyContext>);

// SAFETY: the context is written under `STATE` before the first call that reads it, and holds what all interpreters share.
unsafe impl Sync for Shared {}

#[cfg_attr(feature = "c-library", unsafe(export_name = "_HPy_context"))]
static CONTEXT: Shared = Shared(UnsafeCell::new(HPyContext::empty()));
static STATE: AtomicU8 = AtomicU8::new(EMPTY);

const EMPTY: u8 = 0;
const FILLING: u8 = 1;
const FILLED: u8 = 2;

/// The context: a constant address, without a check that it is filled.
#[inline(always)]
pub(crate) fn context() -> &'static HPyContext {
    // SAFETY: module initialisation has filled it, and no code writes it afterwards.
    unsafe { &*CONTEXT.0.get() }
}

/// The dictionary of the module `builtins`, for C: every interpreter has its own.
///
/// # Safety
/// The thread holds the interpreter.
pub(crate) unsafe extern "C" fn h_Builtins() -> HPy {
    // SAFETY: a caller with a context holds the interpreter.
    HPy { _i: unsafe { ffi::PyEval_GetBuiltins() } }
}

/// Fills the context at the first initialisation of a module of the extension, in any interpreter.
pub(crate) fn fill() {
    match STATE.compare_exchange(EMPTY, FILLING, Ordering::Acquire, Ordering::Acquire) {
        // SAFETY: only this thread went from EMPTY to FILLING; the others wait for FILLED.
        Ok(_) => unsafe {
            (*CONTEXT.0.get()).fill();
            STATE.store(FILLED, Ordering::Release);
        },
        Err(FILLED) => {}
        Err(_) => {
            while STATE.load(Ordering::Acquire) != FILLED {
                core::hint::spin_loop();
            }
        }
    }
}
