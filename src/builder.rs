// src/builder.rs: builders of `bytes` and `str` that grow: their layout, and how characters of different widths are stored.

use core::ptr;

use crate::{HPy_UCS4, HPy_ssize_t, c_void};

/// `bytes` that is being built; see [`HPyBytesBuilder_New`](crate::HPyBytesBuilder_New).
///
/// It has room for `_capacity` bytes from `_data` on, of which `_size` are written. A negative capacity is that of a builder
/// without memory: -1 less the number of bytes that it begins with.
#[repr(C)]
#[derive(Debug)]
pub struct HPyBytesBuilder {
    pub(crate) _data: *mut u8,
    pub(crate) _size: HPy_ssize_t,
    pub(crate) _capacity: HPy_ssize_t,
    /// What the memory belongs to, as the ABI has it.
    pub(crate) _i: *mut c_void,
}

/// `str` that is being built; see [`HPyStrBuilder_New`](crate::HPyStrBuilder_New).
///
/// As [`HPyBytesBuilder`], in characters of `_kind` bytes.
#[repr(C)]
#[derive(Debug)]
pub struct HPyStrBuilder {
    pub(crate) _data: *mut c_void,
    pub(crate) _size: HPy_ssize_t,
    pub(crate) _capacity: HPy_ssize_t,
    /// What the memory belongs to, as the ABI has it.
    pub(crate) _i: *mut c_void,
    /// The greatest character that has room: that of a [`class`], or 0 without memory.
    pub(crate) _max: HPy_UCS4,
    /// The number of bytes of each: 1, 2 or 4, or 0 without memory.
    pub(crate) _kind: u8,
    /// Whether no character may be as great as `_max` says: it was reserved for, and the author wrote others.
    pub(crate) _inexact: u8,
}

impl HPyBytesBuilder {
    /// One without memory.
    #[inline(always)]
    pub(crate) const fn empty(size: HPy_ssize_t) -> HPyBytesBuilder {
        HPyBytesBuilder { _data: ptr::null_mut(), _size: 0, _capacity: first(size), _i: ptr::null_mut() }
    }
}

impl HPyStrBuilder {
    /// One without memory.
    #[inline(always)]
    pub(crate) const fn empty(size: HPy_ssize_t) -> HPyStrBuilder {
        HPyStrBuilder {
            _data: ptr::null_mut(),
            _size: 0,
            _capacity: first(size),
            _i: ptr::null_mut(),
            _max: 0,
            _kind: 0,
            _inexact: 0,
        }
    }
}

/// The capacity of a builder without memory.
const fn first(size: HPy_ssize_t) -> HPy_ssize_t {
    if size < 0 { -1 } else { -1 - size }
}

/// The first capacity where the author says none.
const FIRST: HPy_ssize_t = 64;

/// The capacity that has room for `more` behind `size`: what was asked for at first, and later twice as much. None if
/// there is no such number.
pub(crate) fn grown(size: HPy_ssize_t, capacity: HPy_ssize_t, more: HPy_ssize_t) -> Option<HPy_ssize_t> {
    let needed = size.checked_add(more)?;
    match capacity < 0 {
        true if capacity == -1 => Some(needed.max(FIRST)),
        true => Some(needed.max(-1 - capacity)),
        false => Some(needed.max(capacity.saturating_mul(2))),
    }
}

/// The greatest character of those that are stored as this one is; none if it is no code point.
#[inline(always)]
pub(crate) const fn class(character: HPy_UCS4) -> Option<HPy_UCS4> {
    match character {
        0..=0x7f => Some(0x7f),
        0x80..=0xff => Some(0xff),
        0x100..=0xffff => Some(0xffff),
        0x10000..=0x10_ffff => Some(0x10_ffff),
        _ => None,
    }
}

/// The number of bytes of each character of a class.
#[inline(always)]
pub(crate) const fn width(class: HPy_UCS4) -> u8 {
    match class {
        0..=0xff => 1,
        0x100..=0xffff => 2,
        _ => 4,
    }
}

/// Stores a character.
///
/// # Safety
/// There is room for it at `index` of characters of `kind` bytes, and it fits them.
#[inline(always)]
pub(crate) unsafe fn put(data: *mut c_void, kind: u8, index: HPy_ssize_t, character: HPy_UCS4) {
    // SAFETY: the caller's promise.
    unsafe {
        match kind {
            1 => *data.cast::<u8>().offset(index) = character as u8,
            2 => *data.cast::<u16>().offset(index) = character as u16,
            _ => *data.cast::<u32>().offset(index) = character,
        }
    }
}

/// Copies `count` characters to memory of the same or wider ones.
///
/// # Safety
/// There are as many characters, and room for them, which is not where they are.
pub(crate) unsafe fn copy(from: *const c_void, from_kind: u8, to: *mut c_void, to_kind: u8, count: usize) {
    /// # Safety
    /// As of [`copy`].
    unsafe fn widen<A: Copy, B: From<A>>(from: *const c_void, to: *mut c_void, count: usize) {
        for index in 0..count {
            // SAFETY: the caller's promise.
            unsafe { *to.cast::<B>().add(index) = B::from(*from.cast::<A>().add(index)) }
        }
    }
    // SAFETY: the caller's promise.
    unsafe {
        match (from_kind, to_kind) {
            (1, 2) => widen::<u8, u16>(from, to, count),
            (1, 4) => widen::<u8, u32>(from, to, count),
            (2, 4) => widen::<u16, u32>(from, to, count),
            _ => ptr::copy_nonoverlapping(from.cast::<u8>(), to.cast(), count * from_kind as usize),
        }
    }
}

/// The class of the greatest of `count` characters, which are of the class `limit` or less. It stops where one has that.
///
/// # Safety
/// There are as many characters.
#[cfg(feature = "cpython")]
pub(crate) unsafe fn greatest(data: *const c_void, kind: u8, count: usize, limit: HPy_UCS4) -> HPy_UCS4 {
    // SAFETY: the caller's promise.
    unsafe {
        match kind {
            1 => {
                let bytes = core::slice::from_raw_parts(data.cast::<u8>(), count);
                if limit <= 0x7f || bytes.is_ascii() { 0x7f } else { 0xff }
            }
            2 => greatest_of(core::slice::from_raw_parts(data.cast::<u16>(), count), limit),
            _ => greatest_of(core::slice::from_raw_parts(data.cast::<u32>(), count), limit),
        }
    }
}

/// A number that is no code point is of the class of all ones.
#[cfg(feature = "cpython")]
fn greatest_of<T: Copy + Into<u32>>(characters: &[T], limit: HPy_UCS4) -> HPy_UCS4 {
    let mut greatest = 0x7f;
    for &character in characters {
        let character = character.into();
        if character > greatest {
            greatest = class(character).unwrap_or(!0);
            // All that follow may be no code points.
            if greatest >= limit && limit < 0x10_ffff {
                return limit;
            }
        }
    }
    greatest
}
