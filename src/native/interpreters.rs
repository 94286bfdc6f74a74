// src/native/interpreters.rs: the interpreters that use the extension, and the globals that each has values for.
//
// A capsule in the dictionary of each interpreter represents its use of the extension. CPython destroys the capsule at the end
// of the interpreter, after all modules, while objects can still be released: its destructor clears the globals of this
// interpreter. When the last interpreter has ended, the statics are as before the first use, and the process may start
// Python again.

use core::cell::UnsafeCell;
use core::ptr;
use core::sync::atomic::{AtomicBool, AtomicI64, Ordering};

use super::entry::{Entry, free_all};
use super::raise::{Raised, Result, made};
use crate::*;

/// The number of the interpreter whose values are the words of the globals themselves, or `NONE`.
static FIRST: AtomicI64 = AtomicI64::new(NONE);
/// Whether two interpreters have used the extension at the same time, since the last time that none did.
static SEVERAL: AtomicBool = AtomicBool::new(false);
static STATE: Lock<State> = Lock::new(State { all: ptr::null_mut(), entries: ptr::null_mut() });

/// No interpreter has this number.
pub(super) const NONE: i64 = -1;

pub(super) struct State {
    all: *mut Interpreter,
    /// The entries of all globals.
    pub(super) entries: *mut Entry,
}

/// An interpreter that uses the extension.
struct Interpreter {
    number: i64,
    /// The globals that it may have a value for.
    globals: *mut *const HPyGlobal,
    count: usize,
    capacity: usize,
    /// Its values are being released: a value stored now would leak.
    ends: bool,
    next: *mut Interpreter,
}

/// The result of a request to release a value at the end of the interpreter.
#[derive(PartialEq)]
pub(super) enum Noted {
    Yes,
    /// The interpreter ends: it accepts no value.
    Ends,
}

/// The number of the running interpreter.
#[inline]
pub(super) fn current() -> i64 {
    // SAFETY: a caller that uses a global holds the interpreter.
    unsafe { ffi::PyInterpreterState_GetID(ffi::PyInterpreterState_Get()) }
}

/// The number of the interpreter whose values are the words themselves.
pub(super) fn first() -> i64 {
    FIRST.load(Ordering::Acquire)
}

/// Whether an entry may have the values of several interpreters.
pub(super) fn are_several() -> bool {
    SEVERAL.load(Ordering::Acquire)
}

/// Whether the running interpreter is the one whose values are the words themselves.
#[inline]
pub(super) fn is_first() -> bool {
    !are_several() || first() == current()
}

/// Calls `change` with the state that all interpreters share. `change` does not call Python.
pub(super) fn with_state<R>(change: impl FnOnce(&mut State) -> R) -> R {
    STATE.with(change)
}

/// Notes that the running interpreter uses the extension.
///
/// # Safety
/// The thread holds the interpreter.
pub(super) unsafe fn enter() -> Result<()> {
    let number = current();
    // SAFETY: the caller's promise. The dictionary is the interpreter's own, and keeps the capsule to its end.
    unsafe {
        let dict = ffi::PyInterpreterState_GetDict(ffi::PyInterpreterState_Get());
        if dict.is_null() {
            ffi::PyErr_NoMemory();
            return Err(Raised);
        }
        let key = made(ffi::PyLong_FromVoidPtr((&raw const STATE).cast_mut().cast()))?;
        match ffi::PyDict_Contains(dict, key.as_ptr()) {
            0 => {}
            1 => return Ok(()),
            _ => return Err(Raised),
        }
        let new = ffi::PyMem_RawCalloc(1, size_of::<Interpreter>()).cast::<Interpreter>();
        if new.is_null() {
            ffi::PyErr_NoMemory();
            return Err(Raised);
        }
        (*new).number = number;
        // Another thread of the interpreter may be here too.
        if !with_state(|state| state.link(new)) {
            ffi::PyMem_RawFree(new.cast());
            return Ok(());
        }
        let capsule = made(ffi::PyCapsule_New(new.cast(), NAME.as_ptr(), Some(leave)));
        let kept = match &capsule {
            Ok(capsule) => ffi::PyDict_SetItem(dict, key.as_ptr(), capsule.as_ptr()) == 0,
            Err(Raised) => false,
        };
        if kept {
            return Ok(());
        }
        // The destructor of a failed attempt's capsule has removed the interpreter.
        if capsule.is_err() {
            with_state(|state| state.unlink(new));
            ffi::PyMem_RawFree(new.cast());
        }
        Err(Raised)
    }
}

/// The name of the capsule.
const NAME: &core::ffi::CStr = c"hpy_sys.interpreter";

/// Requests the release of a global's value at the end of the running interpreter. Fails without an exception if memory is
/// missing.
pub(super) fn note(global: &HPyGlobal) -> Result<Noted> {
    let number = current();
    with_state(|state| {
        // SAFETY: the interpreters of the list live, and this one is the running one.
        match unsafe { state.find(number).as_mut() } {
            None => Err(Raised),
            Some(interpreter) if interpreter.ends => Ok(Noted::Ends),
            Some(interpreter) => interpreter.note(global).map(|()| Noted::Yes),
        }
    })
}

/// The destructor of the capsule: releases the values of the interpreter that ends.
///
/// # Safety
/// CPython calls it for the capsule of an interpreter that ends.
unsafe extern "C" fn leave(capsule: *mut cpy_PyObject) {
    // SAFETY: the capsule has an interpreter, which is linked until it is freed here.
    unsafe {
        let interpreter = ffi::PyCapsule_GetPointer(capsule, NAME.as_ptr()).cast::<Interpreter>();
        let number = (*interpreter).number;
        with_state(|_| (*interpreter).ends = true);
        // From now on no request is accepted. A released object may run any code, which finds the globals empty.
        for index in 0..(*interpreter).count {
            let value = (**(*interpreter).globals.add(index)).take(number);
            if !value.is_null() {
                ffi::Py_DECREF(value);
            }
        }
        with_state(|state| {
            state.unlink(interpreter);
            let mut entry = state.entries;
            while let Some(found) = entry.as_ref() {
                found.leave(number);
                entry = found.next;
            }
            if state.all.is_null() {
                free_all(&mut state.entries);
            }
        });
        ffi::PyMem_RawFree((*interpreter).globals.cast());
        ffi::PyMem_RawFree(interpreter.cast());
    }
}

impl State {
    /// The interpreter of a number, or null.
    fn find(&self, number: i64) -> *mut Interpreter {
        let mut found = self.all;
        // SAFETY: the interpreters of the list live.
        unsafe {
            while !found.is_null() && (*found).number != number {
                found = (*found).next;
            }
        }
        found
    }

    /// Adds an interpreter to the list, unless the list has one of this number.
    ///
    /// # Safety
    /// `new` is an interpreter that is in no list.
    unsafe fn link(&mut self, new: *mut Interpreter) -> bool {
        // SAFETY: the caller's promise: a new interpreter.
        unsafe {
            if !self.find((*new).number).is_null() {
                return false;
            }
            if self.all.is_null() {
                FIRST.store((*new).number, Ordering::Release);
                SEVERAL.store(false, Ordering::Release);
            } else {
                SEVERAL.store(true, Ordering::Release);
            }
            (*new).next = self.all;
        }
        self.all = new;
        true
    }

    /// # Safety
    /// `gone` is an interpreter of this list.
    unsafe fn unlink(&mut self, gone: *mut Interpreter) {
        // SAFETY: the caller's promise: an interpreter of the list.
        unsafe {
            let _ = FIRST.compare_exchange((*gone).number, NONE, Ordering::AcqRel, Ordering::Acquire);
            let mut link = &mut self.all;
            while !(*link).is_null() {
                if *link == gone {
                    *link = (*gone).next;
                    return;
                }
                link = &mut (**link).next;
            }
        }
    }
}

impl Interpreter {
    fn note(&mut self, global: &HPyGlobal) -> Result<()> {
        // SAFETY: `count` globals were written, and there is room for `capacity`.
        unsafe {
            let mut noted = (0..self.count).map(|index| *self.globals.add(index));
            if noted.any(|other| ptr::eq(other, global)) {
                return Ok(());
            }
            if self.count == self.capacity {
                let capacity = self.capacity * 2 + 8;
                let globals = ffi::PyMem_RawRealloc(self.globals.cast(), capacity * size_of::<*const HPyGlobal>());
                if globals.is_null() {
                    return Err(Raised);
                }
                (self.globals, self.capacity) = (globals.cast(), capacity);
            }
            self.globals.add(self.count).write(global);
            self.count += 1;
        }
        Ok(())
    }
}

/// A spin lock: interpreters with their own locks may call concurrently. Its holder does not wait for Python.
struct Lock<T> {
    is_taken: AtomicBool,
    value: UnsafeCell<T>,
}

// SAFETY: only the holder of the lock accesses the value.
unsafe impl<T> Sync for Lock<T> {}

impl<T> Lock<T> {
    const fn new(value: T) -> Lock<T> {
        Lock { is_taken: AtomicBool::new(false), value: UnsafeCell::new(value) }
    }

    fn with<R>(&self, change: impl FnOnce(&mut T) -> R) -> R {
        while self.is_taken.compare_exchange_weak(false, true, Ordering::Acquire, Ordering::Relaxed).is_err() {
            core::hint::spin_loop();
        }
        // SAFETY: this thread has taken the lock.
        let result = change(unsafe { &mut *self.value.get() });
        self.is_taken.store(false, Ordering::Release);
        result
    }
}
