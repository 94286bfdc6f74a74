// src/native/global.rs: references from statics, with a value for each interpreter.
//
// The word of a global is the object itself as long as only the interpreter that first imported the extension uses it:
// then a load is a test and a new reference. When another interpreter imports a module that names the global among its
// own, or stores a value, the word becomes the address of an entry, with its lowest bit set: the entry keeps the first
// interpreter's object, and every other interpreter keeps its own in its dictionary, under the entry's address.

use core::ptr;
use core::sync::atomic::{AtomicI64, AtomicPtr, Ordering};

use super::handle::{decref, incref};
use super::raise::{Owned, made};
use crate::*;

/// The number of the interpreter that first imported the extension, or -1 before.
static FIRST: AtomicI64 = AtomicI64::new(-1);

/// What the word of a global points to once several interpreters use it. It stays for the life of the process.
struct Entry {
    of_first: AtomicPtr<cpy_PyObject>,
}

/// The lowest bit of a word that points to an entry: objects are aligned.
const IS_ENTRY: usize = 1;

/// Notes that the running interpreter imports the extension.
pub(super) fn enter_interpreter() {
    // SAFETY: module initialisation runs with the interpreter held.
    let number = unsafe { ffi::PyInterpreterState_GetID(ffi::PyInterpreterState_Get()) };
    let _ = FIRST.compare_exchange(-1, number, Ordering::AcqRel, Ordering::Acquire);
}

/// Makes the globals of a list ready for the running interpreter, which imports the module that they belong to.
pub(super) unsafe fn share(globals: *const *const HPyGlobal) {
    if in_first() {
        return;
    }
    let mut next = globals;
    // SAFETY: the caller's promise: a list that ends with null.
    unsafe {
        while let Some(global) = (*next).as_ref() {
            make_entry(global);
            next = next.add(1);
        }
    }
}

/// Whether the running interpreter was the first to import the extension.
fn in_first() -> bool {
    // SAFETY: whoever uses a global holds the interpreter.
    let number = unsafe { ffi::PyInterpreterState_GetID(ffi::PyInterpreterState_Get()) };
    FIRST.load(Ordering::Acquire) == number
}

impl HPyGlobal {
    /// The word, which several interpreters may read and write.
    #[inline(always)]
    fn word(&self) -> &AtomicPtr<cpy_PyObject> {
        // SAFETY: the cell is a pointer, and it is only accessed through this function.
        unsafe { AtomicPtr::from_ptr(self._i.get()) }
    }
}

fn entry<'a>(word: *mut cpy_PyObject) -> Option<&'a Entry> {
    // SAFETY: such a word is the address of an entry, which is never freed.
    (word.addr() & IS_ENTRY != 0).then(|| unsafe { &*word.cast::<u8>().sub(IS_ENTRY).cast::<Entry>() })
}

#[doc = table_doc!("HPyGlobal_Load")]
#[inline]
pub unsafe fn HPyGlobal_Load(_ctx: &HPyContext, global: &HPyGlobal) -> HPy {
    let _lock = lock::hold();
    let word = global.word().load(Ordering::Acquire);
    if word.addr() & IS_ENTRY != 0 {
        // SAFETY: the caller holds the interpreter.
        return unsafe { load_entry(word) };
    }
    if !word.is_null() {
        // SAFETY: the global has a reference to the object.
        unsafe { incref(word) };
    }
    HPy { _i: word }
}

/// The value of a global whose word is the address of an entry.
#[cold]
pub(crate) unsafe fn load_entry(word: *mut cpy_PyObject) -> HPy {
    let Some(entry) = entry(word) else { return HPy_NULL };
    // SAFETY: the caller holds the interpreter, whose own value is taken.
    unsafe {
        let object = if in_first() {
            entry.of_first.load(Ordering::Acquire)
        } else {
            match key(entry) {
                Some((dict, key)) => ffi::PyDict_GetItemWithError(dict, key.as_ptr()),
                None => ptr::null_mut(),
            }
        };
        if !object.is_null() {
            incref(object);
        }
        HPy { _i: object }
    }
}

#[doc = table_doc!("HPyGlobal_Store")]
pub unsafe fn HPyGlobal_Store(ctx: &HPyContext, global: &HPyGlobal, h: HPy) {
    // SAFETY: the caller holds the interpreter. What a store replaces is released after the new value is in place.
    unsafe {
        if !in_first() {
            return store_for_other(global, h);
        }
        HPy_Dup(ctx, h);
        let replaced = {
            let _lock = lock::hold();
            let mut word = global.word().load(Ordering::Acquire);
            loop {
                if let Some(entry) = entry(word) {
                    break entry.of_first.swap(h._i, Ordering::AcqRel);
                }
                // Another interpreter may have made an entry of the word meanwhile.
                match global.word().compare_exchange(word, h._i, Ordering::AcqRel, Ordering::Acquire) {
                    Ok(replaced) => break replaced,
                    Err(found) => word = found,
                }
            }
        };
        if !replaced.is_null() {
            decref(replaced);
        }
    }
}

/// Stores the value of an interpreter that is not the first one. HPyGlobal_Store reports no error: what cannot be stored
/// for lack of memory ends the process, as a later load would find nothing.
#[cold]
unsafe fn store_for_other(global: &HPyGlobal, h: HPy) {
    // SAFETY: the caller holds the interpreter, whose own dictionary is written.
    unsafe {
        let entry = make_entry(global);
        let stored = match key(entry) {
            None => -1,
            Some((dict, key)) if HPy_IsNull(h) => {
                if ffi::PyDict_Contains(dict, key.as_ptr()) == 1 {
                    ffi::PyDict_DelItem(dict, key.as_ptr())
                } else {
                    0
                }
            }
            Some((dict, key)) => ffi::PyDict_SetItem(dict, key.as_ptr(), h._i),
        };
        if stored < 0 {
            ffi::Py_FatalError(c"HPyGlobal_Store: no memory for the value of a subinterpreter".as_ptr());
        }
    }
}

/// The entry of a global, made if there is none yet.
unsafe fn make_entry<'a>(global: &HPyGlobal) -> &'a Entry {
    let mut word = global.word().load(Ordering::Acquire);
    loop {
        if let Some(entry) = entry(word) {
            return entry;
        }
        // SAFETY: the memory is checked before it is used, and freed if another interpreter was faster.
        unsafe {
            let made = ffi::PyMem_RawMalloc(size_of::<Entry>()).cast::<Entry>();
            if made.is_null() {
                ffi::Py_FatalError(c"HPyGlobal_Store: no memory for the value of a subinterpreter".as_ptr());
            }
            made.write(Entry { of_first: AtomicPtr::new(word) });
            let tagged = made.cast::<u8>().add(IS_ENTRY).cast();
            match global.word().compare_exchange(word, tagged, Ordering::AcqRel, Ordering::Acquire) {
                Ok(_) => return &*made,
                Err(found) => {
                    ffi::PyMem_RawFree(made.cast());
                    word = found;
                }
            }
        }
    }
}

/// The dictionary of the running interpreter and the key of an entry in it, or nothing for lack of memory.
unsafe fn key(entry: &Entry) -> Option<(*mut cpy_PyObject, Owned)> {
    // SAFETY: the caller holds the interpreter.
    unsafe {
        let dict = ffi::PyInterpreterState_GetDict(ffi::PyInterpreterState_Get());
        let key = made(ffi::PyLong_FromVoidPtr(ptr::from_ref(entry).cast_mut().cast())).ok()?;
        (!dict.is_null()).then_some((dict, key))
    }
}

/// With a global lock for each interpreter, nothing can happen between a load and its new reference.
#[cfg(not(cpython_free_threaded))]
mod lock {
    pub(super) struct Held;

    #[inline(always)]
    pub(super) fn hold() -> Held {
        Held
    }
}

/// Without a global lock, another thread could release the object between a load and its new reference.
#[cfg(cpython_free_threaded)]
mod lock {
    use core::cell::UnsafeCell;

    use crate::ffi;

    struct Mutex(UnsafeCell<ffi::PyMutex>);

    // SAFETY: PyMutex is made to be shared.
    unsafe impl Sync for Mutex {}

    static GLOBALS: Mutex = Mutex(UnsafeCell::new(ffi::PyMutex::new()));

    pub(super) struct Held;

    pub(super) fn hold() -> Held {
        // SAFETY: the thread is attached to an interpreter.
        unsafe { ffi::PyMutex_Lock(GLOBALS.0.get()) };
        Held
    }

    impl Drop for Held {
        fn drop(&mut self) {
            // SAFETY: `hold` has locked it in this thread.
            unsafe { ffi::PyMutex_Unlock(GLOBALS.0.get()) };
        }
    }
}
