// src/native/types/handed_on.rs: notes, while a foreign type's function runs for an object, where to resume above it.
//
// A foreign type between two types of HPy runtimes has functions of its own, which call those of their base. So CPython
// enters the runtime twice for one object, and the second time must not start at the object's own type. Each hand-over is a
// note on the stack, in a linked list whose head is a thread-local word.

use core::ffi::c_void;
use core::ptr;
use core::sync::atomic::{AtomicU8, Ordering};

use super::operation::{Operation, Type};
use crate::native::raise::{Raised, Result};
use crate::*;

/// The thread-local head of the list. Extensions share it through the records of their types.
#[repr(C)]
pub(crate) struct Notes {
    key: core::cell::UnsafeCell<ffi::Py_tss_t>,
    state: AtomicU8,
}

/// The states of the key.
const EMPTY: u8 = 0;
const MAKING: u8 = 1;
const MADE: u8 = 2;

// SAFETY: CPython's functions for the key may be called from any thread once it exists.
unsafe impl Sync for Notes {}

/// The notes of this extension's runtime, for chains of types whose highest level is its own.
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

/// The parts of an instance that were visited before the hand-over. If a field is visited twice, the garbage collector
/// takes its object for dead while it is alive.
#[repr(C)]
#[derive(Clone, Copy)]
pub(super) struct Visited {
    /// The lowest field within the object.
    pub lowest: usize,
    /// Whether a field outside the object was visited.
    pub elsewhere: bool,
    /// Whether an author's function has visited the instance's dictionary.
    pub dict: bool,
}

impl Visited {
    pub(super) const NOTHING: Visited = Visited { lowest: usize::MAX, elsewhere: false, dict: false };
}

impl Notes {
    /// Creates the thread-local word, before the first type that needs it.
    ///
    /// # Safety
    /// The caller holds the interpreter.
    pub(super) unsafe fn prepare(&self) -> Result<()> {
        // Interpreters with their own locks, and threads without a lock, make types concurrently. A second concurrent
        // `PyThread_tss_create` would replace the key, and lose the notes under it.
        loop {
            match self.state.compare_exchange(EMPTY, MAKING, Ordering::Acquire, Ordering::Acquire) {
                Ok(_) => {
                    // SAFETY: only this thread went from EMPTY to MAKING; the others wait.
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

    /// Calls the function of the type `foreign` for `object`, with a note that the operation resumes above that type.
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
        // SAFETY: the caller's promise. The note lives on the stack until the call has returned, and leaves the list then.
        unsafe {
            let key = self.key.get();
            let mut note = Note { object, operation, foreign, visited, next: ffi::PyThread_tss_get(key).cast() };
            ffi::PyThread_tss_set(key, (&raw mut note).cast());
            let result = call();
            ffi::PyThread_tss_set(key, note.next.cast::<c_void>());
            result
        }
    }

    /// The foreign type whose function has called back with `object`, and the parts visited before, or `None`. Each note
    /// counts once: another object may be at this address later.
    ///
    /// # Safety
    /// The caller holds the interpreter.
    pub(super) unsafe fn consume(&self, object: *mut cpy_PyObject, operation: Operation) -> Option<(Type, Visited)> {
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
