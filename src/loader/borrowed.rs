// src/loader/borrowed.rs: reads the contents of builtin objects through the table of this project's loader, where a handle is the
// object itself. Elsewhere handles are opaque.

use core::slice;

use super::context::reader;
use crate::*;

/// # Safety
/// As in the native ABI: the handle is open, or `HPy_NULL`.
#[inline(always)]
pub(crate) unsafe fn item(obj: HPy, idx: HPy_ssize_t) -> Option<HPy> {
    // SAFETY: the caller's promise.
    unsafe { items_of_tuple(obj)?.get(idx as usize).copied() }
}

/// # Safety
/// As in the native ABI: the handle is open, or `HPy_NULL`.
#[inline(always)]
pub(crate) unsafe fn items_of_tuple<'a>(obj: HPy) -> Option<&'a [HPy]> {
    let mut size = 0;
    // SAFETY: the caller's promise: the loader gives as many items as it says.
    unsafe {
        let items = (reader()?.tuple_items)(obj, &mut size);
        (!items.is_null()).then(|| slice::from_raw_parts(items, size as usize))
    }
}

/// An empty tuple has one item here, without a text.
///
/// # Safety
/// As in the native ABI: the handle is open, or `HPy_NULL`.
#[inline(always)]
pub(crate) unsafe fn texts_of_tuple<'a>(obj: HPy) -> Option<impl Iterator<Item = Option<&'a [u8]>>> {
    let table = reader()?;
    let (mut index, mut count) = (0, HPy_ssize_t::MAX);
    Some(core::iter::from_fn(move || {
        if index == count {
            return None;
        }
        let mut size = 0;
        // SAFETY: the caller's promise: the loader gives as many bytes as it says.
        unsafe {
            let text = (table.name)(obj, index, &mut size, &mut count);
            index += 1;
            Some((!text.is_null()).then(|| slice::from_raw_parts(text.cast(), size as usize)))
        }
    }))
}

/// # Safety
/// As in the native ABI: the handle is open, or `HPy_NULL`, and nothing changes the dictionary while its items are read.
pub(crate) unsafe fn items_of_dict(dict: HPy) -> Option<impl Iterator<Item = (HPy, HPy)>> {
    // SAFETY: the caller's promise.
    unsafe {
        let table = reader()?;
        let mut position = 0;
        let mut next = move || {
            let (mut key, mut value) = (HPy_NULL, HPy_NULL);
            match (table.dict_next)(dict, &mut position, &mut key, &mut value) {
                1 => Ok(Some((key, value))),
                0 => Ok(None),
                _ => Err(NotInPlace),
            }
        };
        let mut first = Some(next().ok()?);
        Some(core::iter::from_fn(move || first.take().unwrap_or_else(|| next().unwrap_or(None))))
    }
}

/// # Safety
/// As in the native ABI: the handle is open, or `HPy_NULL`.
pub(crate) unsafe fn length_of_dict(dict: HPy) -> Option<HPy_ssize_t> {
    // SAFETY: the caller's promise.
    unsafe { Some((reader()?.dict_size)(dict)).filter(|&size| size >= 0) }
}

/// The value for a key of ASCII that is this text, borrowed: one call in place of two for each item.
///
/// # Safety
/// The handle is open, of a dictionary with a length.
pub(crate) unsafe fn search_dict(dict: HPy, name: &[u8]) -> Option<HPy> {
    // SAFETY: the caller's promise.
    unsafe {
        let value = (reader()?.dict_value)(dict, name.as_ptr().cast(), name.len() as HPy_ssize_t);
        (!HPy_IsNull(value)).then_some(value)
    }
}

/// The loader does not read the object in place.
struct NotInPlace;

/// # Safety
/// As in the native ABI: the handle is open.
#[inline(always)]
pub(crate) unsafe fn length_of_tuple(obj: HPy) -> Option<HPy_ssize_t> {
    // SAFETY: the caller's promise.
    unsafe { items_of_tuple(obj).map(|items| items.len() as HPy_ssize_t) }
}

/// # Safety
/// As in the native ABI: the handle is open, and stays so for as long as the text is used.
#[inline(always)]
pub(crate) unsafe fn text<'a>(name: HPy) -> Option<&'a [u8]> {
    let mut size = 0;
    // SAFETY: the caller's promise: the loader gives as many bytes as it says.
    unsafe {
        let text = (reader()?.text)(name, &mut size);
        (!text.is_null()).then(|| slice::from_raw_parts(text.cast(), size as usize))
    }
}
