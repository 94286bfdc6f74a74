// src/loader/borrowed.rs: reads nothing in place, since handles are opaque.

use crate::*;

/// # Safety
/// As in the native ABI: the handle is open, or `HPy_NULL`.
pub(crate) unsafe fn item(_: HPy, _: HPy_ssize_t) -> Option<HPy> {
    None
}

/// # Safety
/// As in the native ABI: the handle is open, or `HPy_NULL`.
pub(crate) unsafe fn items_of_tuple<'a>(_: HPy) -> Option<&'a [HPy]> {
    None
}

/// # Safety
/// As in the native ABI: the handle is open, or `HPy_NULL`.
pub(crate) unsafe fn items_of_dict(_: HPy) -> Option<core::iter::Empty<(HPy, HPy)>> {
    None
}

/// # Safety
/// As in the native ABI: the handle is open.
pub(crate) unsafe fn length_of_tuple(_: HPy) -> Option<HPy_ssize_t> {
    None
}

/// # Safety
/// As in the native ABI: the handle is open, and stays so for as long as the text is used.
pub(crate) unsafe fn text<'a>(_: HPy) -> Option<&'a [u8]> {
    None
}
