// src/native/types/handed_on.rs: remembers, while a foreign type's function runs for an object, where to go on above it.
//
// A foreign type between two types of HPy runtimes has functions of its own, which call those of their base. So the
// runtime is entered twice for one object, and must not begin at the object's own type again. Each hand-over is noted
// on the stack, in a list that a word of the thread begins.

use core::ffi::c_void;
use core::ptr;
use core::sync::atomic::{AtomicU8, Ordering};

use super::operation::{Operation, Type};
use crate::native::raise::{Raised, Result};
use crate::*;

/// The word of each thread that begins its list. Extensions share it, by the records of their types.
#[repr(C)]
pub(crate) struct Notes {
    key: core::cell::UnsafeCell<ffi::Py_tss_t>,
    state: AtomicU8,
}

/// Whether there is the key: not yet, soon, or for good.
const EMPTY: u8 = 0;
const MAKING: u8 = 1;
const MADE: u8 = 2;

// SAFETY: CPython's functions for the key may be called from any thread once it exists.
unsafe impl Sync for Notes {}

/// The notes of this extension's runtime, for towers whose highest level is a type of its own.
pub(super) fn notes() -> &'static Notes {
    static NOTES: Notes =
        Notes { key: core::cell::UnsafeCell::new(ffi::Py_tss_NEEDS_INIT), state: AtomicU8::new(EMPTY) };
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
        // Interpreters with locks of their own make types at the same time, and so do threads without a lock: a second
        // `PyThread_tss_create` at the same time would replace the key, and the notes that a thread has under it would be lost.
        loop {
            match self.state.compare_exchange(EMPTY, MAKING, Ordering::Acquire, Ordering::Acquire) {
                Ok(_) => {
                    // SAFETY: this thread alone came from EMPTY to MAKING, and the others wait.
                    let failed = unsafe { ffi::PyThread_tss_create(self.key.get()) != 0 };
                    self.state.store(if failed { EMPTY } else { MADE }, Ordering::Release);
                    if failed {
                        // SAFETY: the caller holds the interpreter.
                        unsafe { ffi::PyErr_NoMemory() };
                        return Err(Raised);
                    }
                    return Ok(());
                }
                Err(MADE) => return Ok(()),
                Err(_) => core::hint::spin_loop(),
            }
        }
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
        if self.state.load(Ordering::Acquire) != MADE {
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
