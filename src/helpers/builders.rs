// src/helpers/builders.rs: what writes to builders of `bytes`, and builders of lists of C's numbers.

use core::ptr;

use crate::abi::{give_to_list, give_to_tuple};
use crate::*;

/// A builder of `bytes`, which has memory for `size` bytes from the first write on; it grows beyond that.
///
/// End it by [`HPyBytesBuilder_Build`] or [`HPyBytesBuilder_Cancel`]. No error is reported here.
///
/// # Safety
/// `ctx` is the context of the running call.
#[inline(always)]
pub unsafe fn HPyBytesBuilder_New(_ctx: &HPyContext, size: HPy_ssize_t) -> HPyBytesBuilder {
    HPyBytesBuilder::empty(size)
}

/// The memory behind the bytes that `builder` has, with room for `more`; `NULL` with an exception set.
///
/// The author writes there, and says by [`HPyBytesBuilder_Advance`] how much it was. The memory is valid until the builder is used
/// otherwise.
///
/// # Safety
/// `builder` comes from [`HPyBytesBuilder_New`].
#[inline(always)]
pub unsafe fn HPyBytesBuilder_Reserve(
    ctx: &HPyContext,
    builder: &mut HPyBytesBuilder,
    more: HPy_ssize_t,
) -> *mut c_char {
    // SAFETY: the caller's promise.
    unsafe {
        if more > builder._capacity - builder._size && HPyBytesBuilder_Grow(ctx, builder, more) != 0 {
            return ptr::null_mut();
        }
        builder._data.offset(builder._size).cast()
    }
}

/// Adds the `size` bytes that were written behind those that `builder` has.
///
/// # Safety
/// They were written where [`HPyBytesBuilder_Reserve`] said, and are no more than it gave room for.
#[inline(always)]
pub unsafe fn HPyBytesBuilder_Advance(_ctx: &HPyContext, builder: &mut HPyBytesBuilder, size: HPy_ssize_t) {
    builder._size += size;
}

/// Writes the `size` bytes at `data` to `builder`. Returns 0, or -1 with an exception set.
///
/// # Safety
/// `builder` comes from [`HPyBytesBuilder_New`], and there are as many bytes, which are not its own.
#[inline(always)]
pub unsafe fn HPyBytesBuilder_Write(
    ctx: &HPyContext,
    builder: &mut HPyBytesBuilder,
    data: *const c_char,
    size: HPy_ssize_t,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        let place = HPyBytesBuilder_Reserve(ctx, builder, size);
        if place.is_null() {
            return -1;
        }
        ptr::copy_nonoverlapping(data, place, size as usize);
        builder._size += size;
        0
    }
}

/// Changes the number of bytes of `builder` to `size`: cuts it, or adds bytes of any value. Returns 0, or -1 with an exception set.
///
/// # Safety
/// `builder` comes from [`HPyBytesBuilder_New`], and the author writes the bytes that are added.
#[inline]
pub unsafe fn HPyBytesBuilder_Resize(ctx: &HPyContext, builder: &mut HPyBytesBuilder, size: HPy_ssize_t) -> c_int {
    // SAFETY: the caller's promise. A negative size is refused as one that grows by less than nothing.
    unsafe {
        if (size < 0 || size > builder._capacity)
            && HPyBytesBuilder_Grow(ctx, builder, if size < 0 { size } else { size - builder._size }) != 0
        {
            return -1;
        }
    }
    builder._size = size;
    0
}

/// The number of bytes that `builder` has.
///
/// # Safety
/// `builder` comes from [`HPyBytesBuilder_New`].
#[inline(always)]
pub unsafe fn HPyBytesBuilder_Size(_ctx: &HPyContext, builder: &HPyBytesBuilder) -> HPy_ssize_t {
    builder._size
}

/// The bytes that `builder` has, which may be written to, until it is used otherwise. `NULL` if it has none and no memory.
///
/// # Safety
/// `builder` comes from [`HPyBytesBuilder_New`].
#[inline(always)]
pub unsafe fn HPyBytesBuilder_AsString(_ctx: &HPyContext, builder: &HPyBytesBuilder) -> *mut c_char {
    builder._data.cast()
}

/// [`HPyListBuilder_Set`] followed by [`HPy_Close`] of the handle, in one: natively no count changes.
///
/// # Safety
/// The builder is open and has the index, and `h_item` is a handle of the caller's own, which this is the last use of, or `HPy_NULL`.
#[inline(always)]
pub unsafe fn HPyListBuilder_Give(ctx: &HPyContext, builder: HPyListBuilder, index: HPy_ssize_t, h_item: HPy) {
    // SAFETY: the caller's promise.
    unsafe { give_to_list(ctx, builder, index, h_item) }
}

/// [`HPyTupleBuilder_Set`] followed by [`HPy_Close`] of the handle, in one: natively no count changes.
///
/// # Safety
/// The builder is open and has the index, and `h_item` is a handle of the caller's own, which this is the last use of, or `HPy_NULL`.
#[inline(always)]
pub unsafe fn HPyTupleBuilder_Give(ctx: &HPyContext, builder: HPyTupleBuilder, index: HPy_ssize_t, h_item: HPy) {
    // SAFETY: the caller's promise.
    unsafe { give_to_tuple(ctx, builder, index, h_item) }
}

macro_rules! typed_list {
    ($($builder:ident: $type:ty, $what:literal, $object:ident, $new:ident $set:ident $append:ident $build:ident $cancel:ident;)*) => {
        $(
            #[doc = concat!("A `list` of ", $what, " that is being built.")]
            #[repr(C)]
            #[derive(Clone, Copy, Debug)]
            pub struct $builder {
                _list: HPyListBuilder,
            }

            #[doc = concat!("As [`HPyListBuilder_New`], for ", $what, ".")]
            ///
            /// # Safety
            /// `ctx` is the context of the running call.
            #[inline(always)]
            pub unsafe fn $new(ctx: &HPyContext, size: HPy_ssize_t) -> $builder {
                // SAFETY: the caller's promise.
                $builder { _list: unsafe { HPyListBuilder_New(ctx, size) } }
            }

            #[doc = concat!("As [`HPyListBuilder_Set`], for ", $what, ": it makes the object.")]
            ///
            /// Returns 0, or -1 with `MemoryError` set, after which the builder is cancelled by the caller.
            ///
            /// # Safety
            /// The builder is open, and has the index.
            #[inline(always)]
            pub unsafe fn $set(ctx: &HPyContext, builder: $builder, index: HPy_ssize_t, value: $type) -> c_int {
                // SAFETY: the caller's promise; the new handle becomes the list's.
                unsafe {
                    let item = $object(ctx, value);
                    if HPy_IsNull(item) {
                        return -1;
                    }
                    give_to_list(ctx, builder._list, index, item);
                    0
                }
            }

            #[doc = concat!("As [`HPyListBuilder_Append`], for ", $what, ": it makes the object.")]
            ///
            /// Returns 0, or -1 with an exception set.
            ///
            /// # Safety
            /// The builder is open.
            #[inline(always)]
            pub unsafe fn $append(ctx: &HPyContext, builder: $builder, value: $type) -> c_int {
                // SAFETY: the caller's promise; the new handle is closed.
                unsafe {
                    let item = $object(ctx, value);
                    if HPy_IsNull(item) {
                        return -1;
                    }
                    let failed = HPyListBuilder_Append(ctx, builder._list, item);
                    HPy_Close(ctx, item);
                    failed
                }
            }

            /// As [`HPyListBuilder_Build`].
            ///
            /// # Safety
            /// The builder is open, and all items have been set.
            #[inline(always)]
            pub unsafe fn $build(ctx: &HPyContext, builder: $builder) -> HPy {
                // SAFETY: the caller's promise.
                unsafe { HPyListBuilder_Build(ctx, builder._list) }
            }

            /// As [`HPyListBuilder_Cancel`].
            ///
            /// # Safety
            /// The builder is open.
            #[inline(always)]
            pub unsafe fn $cancel(ctx: &HPyContext, builder: $builder) {
                // SAFETY: the caller's promise.
                unsafe { HPyListBuilder_Cancel(ctx, builder._list) }
            }
        )*
    };
}

typed_list! {
    HPyListBuilder_i: c_int, "C's `int`", from_int,
        HPyListBuilder_i_New HPyListBuilder_i_Set HPyListBuilder_i_Append HPyListBuilder_i_Build HPyListBuilder_i_Cancel;
    HPyListBuilder_i64: i64, "integers of 64 bits", HPyLong_FromInt64_t,
        HPyListBuilder_i64_New HPyListBuilder_i64_Set HPyListBuilder_i64_Append HPyListBuilder_i64_Build HPyListBuilder_i64_Cancel;
    HPyListBuilder_d: f64, "C's `double`", HPyFloat_FromDouble,
        HPyListBuilder_d_New HPyListBuilder_d_Set HPyListBuilder_d_Append HPyListBuilder_d_Build HPyListBuilder_d_Cancel;
}

/// # Safety
/// `ctx` is the context of the running call.
#[inline(always)]
unsafe fn from_int(ctx: &HPyContext, value: c_int) -> HPy {
    // SAFETY: the caller's promise. Each system has an `int` of 32 bits.
    unsafe { HPyLong_FromInt32_t(ctx, value) }
}
