// src/native/entry.rs: the entry of a global, with a value for each interpreter.
//
//     word | IS_ENTRY -> Entry { first: Slot, .. } -> Slot -> Slot
//
// Slots are never removed while an interpreter uses the extension, so a load walks them without a lock.

use core::ptr;
use core::sync::atomic::{AtomicI64, AtomicPtr, Ordering};

use super::interpreters::{NONE, are_several, current, first, with_state};
use super::raise::{Raised, Result};
use crate::*;

/// The lowest bit of a word that points to an entry: objects are aligned.
const IS_ENTRY: usize = 1;

pub(super) struct Entry {
    global: *const HPyGlobal,
    first: Slot,
    /// The entry of another global.
    pub(super) next: *mut Entry,
}

/// The value of one interpreter.
pub(super) struct Slot {
    interpreter: AtomicI64,
    pub(super) value: AtomicPtr<cpy_PyObject>,
    next: AtomicPtr<Slot>,
}

impl Entry {
    /// The entry that a word points to; `None` for an object.
    pub(super) fn of_word<'a>(word: *mut cpy_PyObject) -> Option<&'a Entry> {
        // SAFETY: such a word is the address of an entry, which lives as long as an interpreter uses the extension.
        (word.addr() & IS_ENTRY != 0).then(|| unsafe { &*word.cast::<u8>().sub(IS_ENTRY).cast::<Entry>() })
    }

    /// The running interpreter's slot, if it has one.
    pub(super) fn slot(&self) -> Option<&Slot> {
        if are_several() { self.find(current()) } else { Some(&self.first) }
    }

    /// The slot of an interpreter; `NONE` finds a free one.
    pub(super) fn find(&self, number: i64) -> Option<&Slot> {
        let mut slot = Some(&self.first);
        while let Some(found) = slot {
            if found.interpreter.load(Ordering::Acquire) == number {
                return slot;
            }
            // SAFETY: a slot lives as long as its entry.
            slot = unsafe { found.next.load(Ordering::Acquire).as_ref() };
        }
        None
    }

    /// Frees the slot of an interpreter that ends, after its value was removed.
    pub(super) fn leave(&self, number: i64) {
        if let Some(slot) = self.find(number) {
            slot.interpreter.store(NONE, Ordering::Release);
        }
    }
}

/// The running interpreter's slot of a global; makes the word an entry if it is none. Fails without an exception if memory
/// is missing.
pub(super) fn make_slot(global: &HPyGlobal) -> Result<&Slot> {
    let number = current();
    with_state(|state| {
        let entry = make_entry(global, &mut state.entries)?;
        if let Some(slot) = entry.find(number) {
            return Ok(slot);
        }
        if let Some(slot) = entry.find(NONE) {
            slot.interpreter.store(number, Ordering::Release);
            return Ok(slot);
        }
        // SAFETY: the memory is checked before use; only the holder of the state adds slots.
        unsafe {
            let slot = ffi::PyMem_RawMalloc(size_of::<Slot>()).cast::<Slot>();
            if slot.is_null() {
                return Err(Raised);
            }
            let next = AtomicPtr::new(entry.first.next.load(Ordering::Acquire));
            slot.write(Slot { interpreter: AtomicI64::new(number), value: AtomicPtr::new(ptr::null_mut()), next });
            entry.first.next.store(slot, Ordering::Release);
            Ok(&*slot)
        }
    })
}

/// The entry of a global. The word's previous value is that of the first interpreter, which may store concurrently.
fn make_entry<'a>(global: &HPyGlobal, entries: &mut *mut Entry) -> Result<&'a Entry> {
    let mut word = global.word().load(Ordering::Acquire);
    if let Some(entry) = Entry::of_word(word) {
        return Ok(entry);
    }
    // SAFETY: the memory is checked before it is used.
    unsafe {
        let made = ffi::PyMem_RawMalloc(size_of::<Entry>()).cast::<Entry>();
        if made.is_null() {
            return Err(Raised);
        }
        let slot = |value| Slot {
            interpreter: AtomicI64::new(first()),
            value: AtomicPtr::new(value),
            next: AtomicPtr::new(ptr::null_mut()),
        };
        made.write(Entry { global, first: slot(word), next: *entries });
        let tagged = made.cast::<u8>().add(IS_ENTRY).cast();
        while let Err(found) = global.word().compare_exchange(word, tagged, Ordering::AcqRel, Ordering::Acquire) {
            word = found;
            (*made).first.value.store(word, Ordering::Release);
        }
        *entries = made;
        Ok(&*made)
    }
}

/// Frees all entries, when no interpreter uses the extension: each global is as before its first use.
///
/// # Safety
/// Nobody has an entry or a slot of the list, or ever will.
pub(super) unsafe fn free_all(entries: &mut *mut Entry) {
    // SAFETY: the caller's promise: no thread uses an entry or a slot.
    unsafe {
        while let Some(entry) = entries.as_ref() {
            (*entry.global).word().store(ptr::null_mut(), Ordering::Release);
            let mut slot = entry.first.next.load(Ordering::Acquire);
            while !slot.is_null() {
                let next = (*slot).next.load(Ordering::Acquire);
                ffi::PyMem_RawFree(slot.cast());
                slot = next;
            }
            let next = entry.next;
            ffi::PyMem_RawFree((*entries).cast());
            *entries = next;
        }
    }
}
