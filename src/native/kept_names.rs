// src/native/kept_names.rs: the `str` of a name that an extension spells as C text, kept from its second use on.
//
// CPython makes and hashes a new `str` in each call with a C text, and its cache of attributes knows interned ones alone. What is
// kept stays until its interpreter ends, so a call needs no reference of its own. A name that finds no place goes CPython's way, and
// so do those of all interpreters but the first.

use core::ffi::CStr;
use core::ptr;
use core::sync::atomic::{AtomicU64, Ordering};

use super::borrowed::ascii;
use super::globals::fill;
use super::interpreters::is_first;
use crate::*;

/// The number of places, as a power of two.
const PLACES_LOG2: u32 = 7;
/// The length of the longest text that is kept: the longest name that CPython's cache of attributes takes.
const LONGEST: usize = 100;

/// The place of a name.
struct Place {
    /// The hash of a text that was asked for in vain.
    asked: AtomicU64,
    /// The interned `str`, of ASCII, once there is one.
    name: HPyGlobal,
}

static NAMES: [Place; 1 << PLACES_LOG2] =
    [const { Place { asked: AtomicU64::new(0), name: HPyGlobal::NULL } }; 1 << PLACES_LOG2];

/// The `str` of a C text, borrowed until the interpreter ends; null without an exception if it is not kept.
///
/// It is a C function since callers need not prepare for one that unwinds.
///
/// # Safety
/// The thread holds the interpreter, and `text` is a C string.
pub(crate) unsafe extern "C" fn kept_name(text: *const c_char) -> *mut cpy_PyObject {
    if !is_first() {
        return ptr::null_mut();
    }
    // SAFETY: the caller's promise.
    let text = unsafe { CStr::from_ptr(text) };
    let hash = hash(text.to_bytes());
    let number = (hash >> (u64::BITS - PLACES_LOG2)) as usize;
    let places = [&NAMES[number], &NAMES[number ^ 1]];
    for place in places {
        let name = place.name.borrowed();
        // SAFETY: the global has the object, a compact `str` of ASCII.
        if !name.is_null() && unsafe { ascii(name) } == text.to_bytes() {
            return name;
        }
    }
    // SAFETY: the caller's promise.
    unsafe { keep(text, hash, places) }
}

/// Keeps the name of a text that is not in its places, if it was asked for before and one of them is free.
///
/// # Safety
/// The thread holds the interpreter.
#[cold]
unsafe fn keep(text: &CStr, hash: u64, places: [&Place; 2]) -> *mut cpy_PyObject {
    let Some(free) = places.into_iter().find(|place| place.name.borrowed().is_null()) else { return ptr::null_mut() };
    if places.iter().all(|place| place.asked.load(Ordering::Relaxed) != hash) {
        // Of two texts that take turns, each is remembered.
        places[1].asked.store(places[0].asked.swap(hash, Ordering::Relaxed), Ordering::Relaxed);
        return ptr::null_mut();
    }
    if text.to_bytes().len() > LONGEST || !text.to_bytes().is_ascii() {
        return ptr::null_mut();
    }
    // SAFETY: the caller's promise. A `str` that finds no place is released.
    unsafe {
        let name = ffi::PyUnicode_InternFromString(text.as_ptr());
        if name.is_null() {
            // The call of CPython raises it again.
            ffi::PyErr_Clear();
        } else if fill(&free.name, name) {
            return name;
        } else {
            ffi::Py_DECREF(name);
        }
    }
    ptr::null_mut()
}

/// A number for a text: Knuth's multiplication of its length, its first and its last bytes.
#[inline(always)]
fn hash(text: &[u8]) -> u64 {
    let (first, last) = if let (Some(first), Some(last)) = (text.first_chunk::<8>(), text.last_chunk::<8>()) {
        (u64::from_le_bytes(*first), u64::from_le_bytes(*last))
    } else if let (Some(first), Some(last)) = (text.first_chunk::<4>(), text.last_chunk::<4>()) {
        (u32::from_le_bytes(*first).into(), u32::from_le_bytes(*last).into())
    } else {
        (
            text.first().copied().unwrap_or_default().into(),
            text.iter().fold(0, |last, &byte| last << 8 | u64::from(byte)),
        )
    };
    (first ^ last.rotate_left(29) ^ text.len() as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}
