// src/helpers/borrowed.rs: types, items and dictionaries for a short use, without a count.
//
// Each gives handles that the native ABI does not count where there is a global lock, and that `HPy_EndBorrow` ends.

use crate::abi::short_use;
use crate::*;

/// Ends the use of a handle that [`HPy_BorrowType`], [`HPyList_BorrowItem`], [`HPyTuple_BorrowItem`] or [`HPyDict_BorrowNext`] gave.
///
/// # Safety
/// `h` is such a handle, or `HPy_NULL`, and this is its last use.
#[inline(always)]
pub unsafe fn HPy_EndBorrow(ctx: &HPyContext, h: HPy) {
    // SAFETY: the caller's promise.
    unsafe { short_use::end(ctx, h) }
}

/// Gives the type of the object `obj` for a short use, which the native ABI does not count: for a type test, a new instance. The
/// counterpart is [`HPy_EndBorrow`].
///
/// Never gives `HPy_NULL`.
///
/// # Safety
/// [`HPy_EndBorrow`] ends the use, not [`HPy_Close`]; until then `obj` lives, and nothing assigns its `__class__`: no Python code
/// runs that could.
#[inline(always)]
pub unsafe fn HPy_BorrowType(ctx: &HPyContext, obj: HPy) -> HPy {
    // SAFETY: the caller's promise.
    unsafe { short_use::type_of(ctx, obj) }
}

macro_rules! item {
    ($($name:ident: $what:literal, $item:ident;)*) => {
        $(
            #[doc = concat!("Gives an item of the `", $what, "` for a short use, which the native ABI does not count. The counterpart is")]
            /// [`HPy_EndBorrow`].
            ///
            /// `index` is from 0 on. Returns a handle, or `HPy_NULL` with `IndexError` set if there is no such item.
            ///
            /// # Safety
            #[doc = concat!("The object is a `", $what, "`. [`HPy_EndBorrow`] ends the use, not [`HPy_Close`]; until then the object is")]
            /// open, and nothing takes the item from it: no Python code runs that could.
            #[inline(always)]
            pub unsafe fn $name(ctx: &HPyContext, h: HPy, index: HPy_ssize_t) -> HPy {
                // SAFETY: the caller's promise.
                unsafe { short_use::$item(ctx, h, index) }
            }
        )*
    };
}

item! {
    HPyList_BorrowItem: "list", item_of_list;
    HPyTuple_BorrowItem: "tuple", item_of_tuple;
}

/// Gives the next item of the dictionary `h` for a short use, as [`HPyDict_Next`] does: the native ABI counts neither key nor
/// value. The counterpart is [`HPy_EndBorrow`], for both.
///
/// # Safety
/// `h` is a `dict`. [`HPy_EndBorrow`] ends the use, not [`HPy_Close`]; until then the dictionary is open, and nothing takes the item
/// from it: no Python code runs that could.
#[inline(always)]
pub unsafe fn HPyDict_BorrowNext(
    ctx: &HPyContext,
    h: HPy,
    position: &mut HPy_ssize_t,
    key: &mut HPy,
    value: &mut HPy,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { short_use::next_of_dict(ctx, h, position, key, value) }
}
