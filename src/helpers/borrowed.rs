// src/helpers/borrowed.rs: types, items and dictionaries for a short use, without a count.
//
// Each gives handles that the native ABI does not count where there is a global lock, and that `HPy_EndBorrow` ends.

use crate::abi::borrowed;
use crate::*;

/// Ends the use of a handle that [`HPy_BorrowType`], [`HPyList_BorrowItem`], [`HPyTuple_BorrowItem`] or [`HPyDict_BorrowNext`] gave.
///
/// # Safety
/// `h` is such a handle, or `HPy_NULL`, and this is its last use.
#[inline(always)]
pub unsafe fn HPy_EndBorrow(ctx: &HPyContext, h: HPy) {
    if !borrowed::IS_FREE {
        // SAFETY: the caller's promise.
        unsafe { HPy_Close(ctx, h) }
    }
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
    unsafe { if borrowed::IS_FREE { borrowed::type_of(obj) } else { HPy_Type(ctx, obj) } }
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
                // SAFETY: the caller's promise. A negative index would count from the end.
                unsafe {
                    if !borrowed::IS_FREE {
                        return HPy_GetItem_i(ctx, h, if index < 0 { HPy_ssize_t::MAX } else { index });
                    }
                    match borrowed::$item(h, index) {
                        Some(item) => item,
                        None => no_item(ctx),
                    }
                }
            }
        )*
    };
}

item! {
    HPyList_BorrowItem: "list", item_of_list;
    HPyTuple_BorrowItem: "tuple", item_of_tuple;
}

/// # Safety
/// `ctx` is the context of the running call.
#[cold]
unsafe fn no_item(ctx: &HPyContext) -> HPy {
    // SAFETY: the caller's promise.
    unsafe { HPyErr_SetString(ctx, ctx.h_IndexError, c"there is no item of this index".as_ptr()) }
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
    unsafe {
        match borrowed::IS_FREE {
            true => borrowed::next_of_dict(h, position, key, value),
            false => HPyDict_Next(ctx, h, position, key, value),
        }
    }
}
