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

/// The word of each thread that begins its list. Extensions share it, by the records of their types.
#[repr(C)]
pub(crate) struct Notes {
    key: core::cell::UnsafeCell<ffi::Py_tss_t>,
    exists: AtomicBool,
}

// SAFETY: CPython's functions for the key may be called from any thread once it exists.
unsafe impl Sync for Notes {}

/// The notes of this extension's runtime, for towers whose highest level is a type of its own.
pub(super) fn notes() -> &'static Notes {
    static NOTES: Notes =
        Notes { key: core::cell::UnsafeCell::new(ffi::Py_tss_NEEDS_INIT), exists: AtomicBool::new(false) };
    &NOTES
}

/// One hand-over to the function of `foreign`.
#[repr(C)]
struct Note {
    object: *mut cpy_PyObject,
    operation: Operation,
    foreign: Type,
    visited: Visited,
    next: *mut Note,
}

/// What of an instance was visited before the hand-over. A place that is visited twice is an object that the garbage
/// collector takes for dead while it is alive.
#[repr(C)]
#[derive(Clone, Copy)]
pub(super) struct Visited {
    /// The lowest field within the object.
    pub lowest: usize,
    /// Whether a field elsewhere was visited.
    pub elsewhere: bool,
    /// Whether an author's function has visited the place of the instance's dictionary.
    pub dict: bool,
}

impl Visited {
    pub(super) const NOTHING: Visited = Visited { lowest: usize::MAX, elsewhere: false, dict: false };
}

impl Notes {
    /// Makes the word of the threads exist, before the first type is made that needs it.
    ///
    /// # Safety
    /// The caller holds the interpreter.
    pub(super) unsafe fn prepare(&self) -> Result<()> {
        if !self.exists.load(Ordering::Acquire) {
            // SAFETY: CPython lets the second caller of two find the key that the first one made.
            unsafe {
                if ffi::PyThread_tss_create(self.key.get()) != 0 {
                    ffi::PyErr_NoMemory();
                    return Err(Raised);
                }
            }
            self.exists.store(true, Ordering::Release);
        }
        Ok(())
    }

    /// Calls the function of the type `foreign` for `object`, and notes that the operation is to go on above that type.
    ///
    /// # Safety
    /// [`Notes::prepare`] has been called, and the caller holds the interpreter.
    pub(super) unsafe fn hand_on<T>(
        &self,
        object: *mut cpy_PyObject,
        operation: Operation,
        foreign: Type,
        visited: Visited,
        call: impl FnOnce() -> T,
    ) -> T {
        // SAFETY: the caller's promise. The note lives on the stack until the call has returned, and is taken out then.
        unsafe {
            let key = self.key.get();
            let mut note = Note { object, operation, foreign, visited, next: ffi::PyThread_tss_get(key).cast() };
            ffi::PyThread_tss_set(key, (&raw mut note).cast());
            let result = call();
            ffi::PyThread_tss_set(key, note.next.cast::<c_void>());
            result
        }
    }

    /// The foreign type whose function has come back to the runtime with `object`, and what was visited before, or nothing.
    /// The note is used up: another object may be at this address later.
    ///
    /// # Safety
    /// The caller holds the interpreter.
    pub(super) unsafe fn take(&self, object: *mut cpy_PyObject, operation: Operation) -> Option<(Type, Visited)> {
        if !self.exists.load(Ordering::Acquire) {
            return None;
        }
        // SAFETY: the notes of the list are on this thread's stack.
        unsafe {
            let mut note = ffi::PyThread_tss_get(self.key.get()).cast::<Note>();
            while !note.is_null() {
                if (*note).object == object && (*note).operation == operation {
                    (*note).object = ptr::null_mut();
                    return Some(((*note).foreign, (*note).visited));
                }
                note = (*note).next;
            }
        }
        None
    }
}
