// src/native/types/handed_on.rs: remembers, while a foreign type's function runs for an object, where to go on above it.
//
// A foreign type between two types of HPy runtimes has functions of its own, which call those of their base. So the
// runtime is entered twice for one object, and must not begin at the object's own type again. Each hand-over is noted
// on the stack, in a list that a word of the thread begins.

use core::ffi::c_void;
use core::ptr;
use core::sync::atomic::{AtomicBool, Ordering};

use super::levels::{Operation, Type};
use crate::native::raise::{Raised, Result};
use crate::*;

/// The word of each thread.
struct Word {
    key: core::cell::UnsafeCell<ffi::Py_tss_t>,
    exists: AtomicBool,
}

// SAFETY: CPython's functions for the key may be called from any thread once it exists.
unsafe impl Sync for Word {}

static WORD: Word = Word { key: core::cell::UnsafeCell::new(ffi::Py_tss_NEEDS_INIT), exists: AtomicBool::new(false) };

/// One hand-over to the function of `foreign`.
struct Note {
    object: *mut cpy_PyObject,
    operation: Operation,
    foreign: Type,
    next: *mut Note,
}

/// Makes the word of the threads exist, before the first type is made that needs it.
///
/// # Safety
/// The caller holds the interpreter.
pub(super) unsafe fn prepare() -> Result<()> {
    if !WORD.exists.load(Ordering::Acquire) {
        // SAFETY: CPython lets the second caller of two find the key that the first one made.
        unsafe {
            if ffi::PyThread_tss_create(WORD.key.get()) != 0 {
                ffi::PyErr_NoMemory();
                return Err(Raised);
            }
        }
        WORD.exists.store(true, Ordering::Release);
    }
    Ok(())
}

/// Calls the function of the type `foreign` for `object`, and notes that the operation is to go on above that type.
///
/// # Safety
/// [`prepare`] has been called, and the caller holds the interpreter.
pub(super) unsafe fn hand_on<T>(
    object: *mut cpy_PyObject,
    operation: Operation,
    foreign: Type,
    call: impl FnOnce() -> T,
) -> T {
    // SAFETY: the caller's promise. The note lives on the stack until the call has returned, and is taken out then.
    unsafe {
        let key = WORD.key.get();
        let mut note = Note { object, operation, foreign, next: ffi::PyThread_tss_get(key).cast() };
        ffi::PyThread_tss_set(key, (&raw mut note).cast());
        let result = call();
        ffi::PyThread_tss_set(key, note.next.cast::<c_void>());
        result
    }
}

/// The foreign type whose function has come back to the runtime with `object`, or null. The note is used up: what is
/// at this address later is another object.
///
/// # Safety
/// The caller holds the interpreter.
pub(super) unsafe fn take(object: *mut cpy_PyObject, operation: Operation) -> Type {
    if !WORD.exists.load(Ordering::Acquire) {
        return ptr::null_mut();
    }
    // SAFETY: the notes of the list are on this thread's stack.
    unsafe {
        let mut note = ffi::PyThread_tss_get(WORD.key.get()).cast::<Note>();
        while !note.is_null() {
            if (*note).object == object && (*note).operation == operation {
                (*note).object = ptr::null_mut();
                return (*note).foreign;
            }
            note = (*note).next;
        }
    }
    ptr::null_mut()
}
