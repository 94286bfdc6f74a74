// src/native/globals.rs: references from statics, with a value for each interpreter.
//
// With a global lock, the word of a global is the object itself while only the first interpreter uses the extension: a load
// is a test and an incref. When another interpreter imports a module that names the global, or stores a value, the word
// becomes the address of an entry (`entry.rs`). Without a global lock it always is one, so a copy of the word works like the
// global.

use core::ptr;
use core::sync::atomic::{AtomicPtr, Ordering};

use super::entry::{Entry, make_slot};
use super::interpreters::{self, Noted, current, first, note};
use super::raise::{Raised, Result};
use super::readers;
use crate::*;

/// Prepares the globals of a list for the running interpreter, which imports their module.
///
/// # Safety
/// The thread holds the interpreter, and the list is null or ends with null.
pub(super) unsafe fn share(globals: *const *const HPyGlobal) -> Result<()> {
    // SAFETY: the caller's promise.
    unsafe {
        interpreters::enter()?;
        let mut next = globals;
        while let Some(global) = next.as_ref().and_then(|global| global.as_ref()) {
            let ready = note(global).and_then(|_| if in_word() { Ok(()) } else { make_slot(global).map(drop) });
            if let Err(Raised) = ready {
                ffi::PyErr_NoMemory();
                return Err(Raised);
            }
            next = next.add(1);
        }
    }
    Ok(())
}

/// Whether the running interpreter's values are the words of the globals, unless a word is an entry already.
fn in_word() -> bool {
    cfg!(not(cpython_free_threaded)) && first() == current()
}

impl HPyGlobal {
    /// The word, which several interpreters may read and write.
    #[inline(always)]
    pub(super) fn word(&self) -> &AtomicPtr<cpy_PyObject> {
        // SAFETY: the cell is a pointer, and it is only accessed through this function.
        unsafe { AtomicPtr::from_ptr(self._i.get()) }
    }

    /// The value, borrowed, or null.
    #[inline(always)]
    pub(super) fn borrowed(&self) -> *mut cpy_PyObject {
        let word = self.word().load(Ordering::Acquire);
        // SAFETY: such a word is that of an entry.
        if word.addr() & 1 != 0 { unsafe { borrow_entry(word)._i } } else { word }
    }

    /// Removes the value of an interpreter that ends.
    pub(super) fn take(&self, interpreter: i64) -> *mut cpy_PyObject {
        let mut word = self.word().load(Ordering::Acquire);
        loop {
            if let Some(entry) = Entry::of_word(word) {
                let taken = entry.find(interpreter).map(|slot| slot.value.swap(ptr::null_mut(), Ordering::AcqRel));
                return taken.unwrap_or(ptr::null_mut());
            }
            if first() != interpreter {
                return ptr::null_mut();
            }
            match self.word().compare_exchange(word, ptr::null_mut(), Ordering::AcqRel, Ordering::Acquire) {
                Ok(taken) => return taken,
                Err(found) => word = found,
            }
        }
    }
}

#[doc = table_doc!("HPyGlobal_Load")]
#[inline]
pub unsafe fn HPyGlobal_Load(_ctx: &HPyContext, global: &HPyGlobal) -> HPy {
    let word = global.word().load(Ordering::Acquire);
    // One unsigned compare: an entry, and without a global lock anything but null.
    if cfg!(cpython_free_threaded) && !word.is_null() || word.addr() & 1 != 0 {
        // SAFETY: the caller holds the interpreter.
        return unsafe { load_entry(word) };
    }
    if !word.is_null() {
        // SAFETY: the global has a reference to the object.
        unsafe { ffi::Py_INCREF(word) };
    }
    HPy { _i: word }
}

/// Gives the object that `global` holds for a short use, which the native ABI does not count: for a type test, a lookup by a name,
/// a new instance. The counterpart is [`HPyGlobal_EndBorrow`].
///
/// Returns a handle, or `HPy_NULL` without an exception if the global is empty.
///
/// # Safety
/// [`HPyGlobal_EndBorrow`] ends the use, not [`HPy_Close`]; until then, nothing stores another value in the global.
#[inline]
pub unsafe fn HPyGlobal_Borrow(ctx: &HPyContext, global: &HPyGlobal) -> HPy {
    // SAFETY: the caller's promise, which holds the interpreter.
    unsafe {
        if cfg!(cpython_free_threaded) {
            return HPyGlobal_Load(ctx, global);
        }
        HPy { _i: global.borrowed() }
    }
}

/// Ends the use of a handle that [`HPyGlobal_Borrow`] gave.
///
/// # Safety
/// `h` is such a handle, and this is its last use.
#[inline]
pub unsafe fn HPyGlobal_EndBorrow(ctx: &HPyContext, h: HPy) {
    if cfg!(cpython_free_threaded) {
        // SAFETY: the caller's promise.
        unsafe { HPy_Close(ctx, h) }
    }
}

/// The value of a global whose word is the address of an entry, borrowed.
///
/// # Safety
/// `word` is the word of a global that has an entry.
#[cold]
pub(crate) unsafe fn borrow_entry(word: *mut cpy_PyObject) -> HPy {
    let slot = Entry::of_word(word).and_then(Entry::slot);
    slot.map_or(HPy_NULL, |slot| HPy { _i: slot.value.load(Ordering::Acquire) })
}

/// The value of a global whose word is the address of an entry.
///
/// # Safety
/// `word` is the word of a global that has an entry.
#[cold]
pub(crate) unsafe fn load_entry(word: *mut cpy_PyObject) -> HPy {
    let slot = Entry::of_word(word).and_then(Entry::slot);
    let Some(slot) = slot else { return HPy_NULL };
    // No store releases the value during the load.
    readers::read(|| {
        let object = slot.value.load(Ordering::SeqCst);
        if !object.is_null() {
            // SAFETY: the global has a reference to the object.
            unsafe { ffi::Py_INCREF(object) };
        }
        HPy { _i: object }
    })
}

/// Stores `object`, a reference of the caller's own, where there is no value yet and the interpreter has begun to use the extension;
/// says whether it did. The caller's reference is the global's then.
///
/// # Safety
/// The thread holds the interpreter.
pub(super) unsafe fn fill(global: &HPyGlobal, object: *mut cpy_PyObject) -> bool {
    if note(global).is_ok_and(|noted| noted == Noted::Yes) {
        let place = if in_word() { Ok(global.word()) } else { make_slot(global).map(|slot| &slot.value) };
        return place.is_ok_and(|place| {
            place.compare_exchange(ptr::null_mut(), object, Ordering::AcqRel, Ordering::Acquire).is_ok()
        });
    }
    false
}

#[doc = table_doc!("HPyGlobal_Store")]
pub unsafe fn HPyGlobal_Store(ctx: &HPyContext, global: &HPyGlobal, h: HPy) {
    // SAFETY: the caller holds the interpreter. A store releases the old value after the new one is in place.
    unsafe {
        HPy_Dup(ctx, h);
        let replaced = match replace(global, h._i) {
            Ok(replaced) => replaced,
            Err(Raised) => {
                ffi::Py_FatalError(c"HPyGlobal_Store: no memory to keep the value of this interpreter".as_ptr())
            }
        };
        if !replaced.is_null() {
            readers::wait();
            ffi::Py_DECREF(replaced);
        }
    }
}

/// Stores a value, and returns the old one; the new one itself, if the interpreter ends.
///
/// HPyGlobal_Store reports no error, so it ends the process if memory is missing. The globals that a module names got their
/// memory at the import.
///
/// # Safety
/// The thread holds the interpreter, and `object` is a reference of the caller's own, or null.
unsafe fn replace(global: &HPyGlobal, object: *mut cpy_PyObject) -> Result<*mut cpy_PyObject> {
    let mut word = global.word().load(Ordering::Acquire);
    let slot = Entry::of_word(word).and_then(Entry::slot);
    let is_empty = slot.map_or(word, |slot| slot.value.load(Ordering::Acquire)).is_null();
    if !object.is_null() && (is_empty || slot.is_none() && !in_word()) {
        // SAFETY: the caller holds the interpreter.
        let noted = note(global).or_else(|Raised| unsafe { interpreters::enter() }.and_then(|()| note(global)));
        if noted? == Noted::Ends {
            return Ok(object);
        }
    }
    if let Some(slot) = slot {
        return Ok(slot.value.swap(object, Ordering::SeqCst));
    }
    if in_word() {
        while Entry::of_word(word).is_none() {
            // Another interpreter may have turned the word into an entry since the load.
            match global.word().compare_exchange(word, object, Ordering::AcqRel, Ordering::Acquire) {
                Ok(replaced) => return Ok(replaced),
                Err(found) => word = found,
            }
        }
    }
    Ok(make_slot(global)?.value.swap(object, Ordering::SeqCst))
}
