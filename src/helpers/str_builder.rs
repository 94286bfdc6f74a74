// src/helpers/str_builder.rs: what writes to builders of `str`: characters, UTF-8, objects, and the author in place.

use core::ptr;

use crate::abi::write_float;
use crate::builder::{copy, put};
use crate::*;

/// A builder of `str`, which has memory for `size` characters from the first write on; it grows beyond that.
///
/// End it by [`HPyStrBuilder_Build`] or [`HPyStrBuilder_Cancel`]. No error is reported here.
///
/// # Safety
/// `ctx` is the context of the running call.
#[inline(always)]
pub unsafe fn HPyStrBuilder_New(_ctx: &HPyContext, size: HPy_ssize_t) -> HPyStrBuilder {
    HPyStrBuilder::empty(size)
}

/// Writes one character to `builder`. Returns 0, or -1 with an exception set: `ValueError` if it is no code point.
///
/// # Safety
/// `builder` comes from [`HPyStrBuilder_New`].
#[inline(always)]
pub unsafe fn HPyStrBuilder_WriteChar(ctx: &HPyContext, builder: &mut HPyStrBuilder, character: HPy_UCS4) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        if character > builder._max || builder._size >= builder._capacity {
            return grow_and_write(ctx, builder, character);
        }
        put(builder._data, builder._kind, builder._size, character);
    }
    builder._size += 1;
    0
}

/// # Safety
/// `builder` comes from [`HPyStrBuilder_New`].
#[cold]
#[inline(never)]
unsafe fn grow_and_write(ctx: &HPyContext, builder: &mut HPyStrBuilder, character: HPy_UCS4) -> c_int {
    let is_widest = character > builder._max;
    // SAFETY: the caller's promise.
    unsafe {
        if HPyStrBuilder_Grow(ctx, builder, 1, character) != 0 {
            return -1;
        }
        put(builder._data, builder._kind, builder._size, character);
    }
    builder._size += 1;
    if is_widest {
        builder._inexact = 0;
    }
    0
}

/// Writes the `size` characters at `text`, which are ASCII and nothing else, to `builder`. Returns 0, or -1 with an exception set.
///
/// # Safety
/// `builder` comes from [`HPyStrBuilder_New`], and there are as many characters of ASCII.
#[inline(always)]
pub unsafe fn HPyStrBuilder_WriteASCII(
    ctx: &HPyContext,
    builder: &mut HPyStrBuilder,
    text: *const c_char,
    size: HPy_ssize_t,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        if size > builder._capacity - builder._size && HPyStrBuilder_Grow(ctx, builder, size, 0x7f) != 0 {
            return -1;
        }
        let place = builder._data.byte_offset(builder._size * HPy_ssize_t::from(builder._kind));
        match builder._kind {
            1 => ptr::copy_nonoverlapping(text, place.cast(), size as usize),
            kind => copy(text.cast(), 1, place, kind, size as usize),
        }
    }
    builder._size += size;
    0
}

/// Writes the text of the `size` bytes at `utf8`, which are UTF-8 and may hold zeros, to `builder`.
///
/// Returns 0, or -1 with an exception set: `UnicodeDecodeError` if they are not UTF-8; then nothing is written.
///
/// # Safety
/// `builder` comes from [`HPyStrBuilder_New`], and there are as many bytes.
pub unsafe fn HPyStrBuilder_WriteUTF8(
    ctx: &HPyContext,
    builder: *mut HPyStrBuilder,
    utf8: *const c_char,
    size: HPy_ssize_t,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        let builder = &mut *builder;
        if size <= 0 {
            return 0;
        }
        let bytes = core::slice::from_raw_parts(utf8.cast::<u8>(), size as usize);
        if bytes.is_ascii() {
            return HPyStrBuilder_WriteASCII(ctx, builder, utf8, size);
        }
        let size = builder._size;
        if write_bytes(ctx, builder, bytes) {
            return 0;
        }
        builder._size = size;
        if HPyErr_Occurred(ctx) == 0 {
            not_utf8(ctx, utf8, bytes.len() as HPy_ssize_t);
        }
        -1
    }
}

/// Writes UTF-8 that is not ASCII alone. Each character makes the builder as wide as it needs. False if it is no UTF-8, or with an
/// exception set.
///
/// # Safety
/// `builder` comes from [`HPyStrBuilder_New`].
unsafe fn write_bytes(ctx: &HPyContext, builder: &mut HPyStrBuilder, bytes: &[u8]) -> bool {
    let max = builder._max;
    let mut at = bytes.iter().position(|byte| !byte.is_ascii()).unwrap_or(bytes.len());
    // The first character that is not ASCII is often as wide as the others.
    let Some((first, _)) = decode(bytes, at) else { return false };
    // SAFETY: the caller's promise. There is room for each byte, and no character has less than one.
    unsafe {
        if HPyStrBuilder_Grow(ctx, builder, bytes.len() as HPy_ssize_t, first) != 0
            || HPyStrBuilder_WriteASCII(ctx, builder, bytes.as_ptr().cast(), at as HPy_ssize_t) != 0
        {
            return false;
        }
        // In variables of their own, as what is written could be the builder itself for all that the compiler knows.
        let (mut data, mut kind, mut widest, mut size) = (builder._data, builder._kind, builder._max, builder._size);
        while at < bytes.len() {
            let Some((character, length)) = decode(bytes, at) else { return false };
            if character > widest {
                builder._size = size;
                if HPyStrBuilder_Grow(ctx, builder, (bytes.len() - at) as HPy_ssize_t, character) != 0 {
                    return false;
                }
                (data, kind, widest) = (builder._data, builder._kind, builder._max);
            }
            put(data, kind, size, character);
            size += 1;
            at += length;
        }
        builder._size = size;
    }
    if builder._max > max {
        // The character that made it wider was written.
        builder._inexact = 0;
    }
    true
}

/// The character that begins at a place of UTF-8, and how many bytes it has; none if there is no such character. The function of
/// `core` would bring all of `core` into the library for C.
#[inline(always)]
fn decode(bytes: &[u8], at: usize) -> Option<(HPy_UCS4, usize)> {
    let byte = |index: usize| bytes.get(at + index).copied();
    let following = |index: usize| byte(index).filter(|byte| byte & 0xc0 == 0x80).map(|byte| u32::from(byte & 0x3f));
    let first = byte(0)?;
    let lead = u32::from(first);
    match first {
        0..=0x7f => Some((lead, 1)),
        0xc2..=0xdf => Some(((lead & 0x1f) << 6 | following(1)?, 2)),
        0xe0..=0xef => {
            let character = (lead & 0x0f) << 12 | following(1)? << 6 | following(2)?;
            (character >= 0x800 && !(0xd800..0xe000).contains(&character)).then_some((character, 3))
        }
        0xf0..=0xf4 => {
            let character = (lead & 0x07) << 18 | following(1)? << 12 | following(2)? << 6 | following(3)?;
            (0x10000..0x11_0000).contains(&character).then_some((character, 4))
        }
        _ => None,
    }
}

/// # Safety
/// There are as many bytes.
#[cold]
unsafe fn not_utf8(ctx: &HPyContext, utf8: *const c_char, size: HPy_ssize_t) {
    // SAFETY: the caller's promise. Python's decoder says what is wrong.
    unsafe { HPy_Close(ctx, HPyUnicode_DecodeUTF8(ctx, utf8, size, ptr::null())) };
}

/// Writes the text `str`, a `str`, to `builder`. Returns 0, or -1 with an exception set.
///
/// # Safety
/// `builder` comes from [`HPyStrBuilder_New`], and the handle is open.
#[inline(always)]
pub unsafe fn HPyStrBuilder_WriteStr(ctx: &HPyContext, builder: &mut HPyStrBuilder, str: HPy) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { HPyStrBuilder_WriteSubstring(ctx, builder, str, 0, HPy_ssize_t::MAX) }
}

/// Writes the text of the object `h` as `str(h)` gives it to `builder`. Returns 0, or -1 with an exception set.
///
/// # Safety
/// `builder` comes from [`HPyStrBuilder_New`], and the handle is open.
#[inline]
pub unsafe fn HPyStrBuilder_WriteObject(ctx: &HPyContext, builder: &mut HPyStrBuilder, h: HPy) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { write_and_close(ctx, builder, HPy_Str(ctx, h)) }
}

/// Writes the text of the object `h` as `repr(h)` gives it to `builder`. Returns 0, or -1 with an exception set.
///
/// # Safety
/// `builder` comes from [`HPyStrBuilder_New`], and the handle is open.
#[inline]
pub unsafe fn HPyStrBuilder_WriteRepr(ctx: &HPyContext, builder: &mut HPyStrBuilder, h: HPy) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { write_float(ctx, builder, h).unwrap_or_else(|| write_and_close(ctx, builder, HPy_Repr(ctx, h))) }
}

/// # Safety
/// `builder` comes from [`HPyStrBuilder_New`], and the handle is the caller's, or `HPy_NULL`.
unsafe fn write_and_close(ctx: &HPyContext, builder: &mut HPyStrBuilder, text: HPy) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        if HPy_IsNull(text) {
            return -1;
        }
        let failed = HPyStrBuilder_WriteStr(ctx, builder, text);
        HPy_Close(ctx, text);
        failed
    }
}

macro_rules! reserve {
    ($($name:ident: $type:ty, $kind:literal, $max:literal, $what:literal;)*) => {
        $(
            #[doc = concat!("The memory behind the text that `builder` has, with room for `more` characters of ", $what, ".")]
            ///
            /// The author writes there, and says by [`HPyStrBuilder_Advance`] how many it were. The memory is valid until the
            /// builder is used otherwise. `NULL` with an exception set: `ValueError` if the builder has wider characters already.
            ///
            /// # Safety
            /// `builder` comes from [`HPyStrBuilder_New`].
            #[inline]
            pub unsafe fn $name(ctx: &HPyContext, builder: &mut HPyStrBuilder, more: HPy_ssize_t) -> *mut $type {
                // SAFETY: the caller's promise.
                unsafe { reserve(ctx, builder, more, $max, $kind).cast() }
            }
        )*
    };
}

reserve! {
    HPyStrBuilder_ReserveASCII: c_char, 1, 0x7f, "ASCII: the author writes nothing else";
    HPyStrBuilder_Reserve1: u8, 1, 0xff, "one byte, those of Latin-1";
    HPyStrBuilder_Reserve2: u16, 2, 0xffff, "two bytes, those up to U+FFFF";
    HPyStrBuilder_Reserve4: HPy_UCS4, 4, 0x10_ffff, "four bytes, any code point";
}

/// # Safety
/// `builder` comes from [`HPyStrBuilder_New`].
#[inline(always)]
unsafe fn reserve(
    ctx: &HPyContext,
    builder: &mut HPyStrBuilder,
    more: HPy_ssize_t,
    max: HPy_UCS4,
    kind: u8,
) -> *mut c_void {
    // SAFETY: the caller's promise.
    unsafe {
        // A builder with memory has room for ASCII.
        if (max > 0x7f && max > builder._max || more > builder._capacity - builder._size)
            && HPyStrBuilder_Grow(ctx, builder, more, max) != 0
        {
            return ptr::null_mut();
        }
        if kind != builder._kind {
            return too_wide(ctx, kind, builder._kind);
        }
        builder._data.byte_offset(builder._size * HPy_ssize_t::from(kind))
    }
}

/// # Safety
/// `ctx` is the context of the running call.
#[cold]
unsafe fn too_wide(ctx: &HPyContext, wanted: u8, kind: u8) -> *mut c_void {
    let (wanted, kind) = (c_int::from(wanted), c_int::from(kind));
    // SAFETY: the caller's promise.
    unsafe {
        HPyErr_Format!(ctx, ctx.h_ValueError, "the builder has characters of %d bytes, and not of %d", kind, wanted)
    };
    ptr::null_mut()
}

/// Adds the `count` characters that were written behind those that `builder` has.
///
/// # Safety
/// They were written where one of the functions that reserve memory said, and are no more than it gave room for.
#[inline(always)]
pub unsafe fn HPyStrBuilder_Advance(_ctx: &HPyContext, builder: &mut HPyStrBuilder, count: HPy_ssize_t) {
    builder._size += count;
}

/// The number of characters that `builder` has.
///
/// # Safety
/// `builder` comes from [`HPyStrBuilder_New`].
#[inline(always)]
pub unsafe fn HPyStrBuilder_Size(_ctx: &HPyContext, builder: &HPyStrBuilder) -> HPy_ssize_t {
    builder._size
}

/// Cuts the text that `builder` has to its first `size` characters; a greater number leaves it as it is.
///
/// # Safety
/// `builder` comes from [`HPyStrBuilder_New`], and `size` is not negative.
#[inline(always)]
pub unsafe fn HPyStrBuilder_Truncate(_ctx: &HPyContext, builder: &mut HPyStrBuilder, size: HPy_ssize_t) {
    if size < builder._size {
        builder._size = size;
        // The widest character may be gone.
        builder._inexact = (builder._max > 0x7f) as u8;
    }
}
