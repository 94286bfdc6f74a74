// src/instance.rs: the struct of an instance: declaring it, making instances that have one, and dropping it.

use core::mem::{align_of, needs_drop, size_of};
use core::ptr;

use crate::*;

/// The struct of an instance of a type, declared with [`HPyType_HELPERS!`].
///
/// # Safety
/// `SHAPE` is the builtin shape of every type whose instances carry this struct.
pub unsafe trait HPyStruct: Sized {
    /// Which builtin type's struct comes before this one.
    const SHAPE: HPyType_BuiltinShape;

    /// The struct of the object `h`.
    ///
    /// In the native ABI it is a constant added to the object's address. No check is made. The pointer is valid for as
    /// long as the object lives.
    ///
    /// Source: HPy `TYPE_AsStruct`, `_HPy_AsStruct_SHAPE`.
    ///
    /// # Safety
    /// `h` is an open handle of an instance of a type that was made for this struct.
    #[inline]
    unsafe fn AsStruct(ctx: &HPyContext, h: HPy) -> *mut Self {
        const { check_alignment::<Self>() };
        // SAFETY: the caller's promise.
        unsafe { abi::as_struct(ctx, h) }
    }

    /// Makes an instance of the type `cls` whose struct is `value`: `Point::New(ctx, cls, Point { x, y })`.
    ///
    /// [`HPy_New`] gives zeroed memory instead, and is for structs of plain values alone: of any other, zeroes are no value.
    ///
    /// Returns a new handle, which the caller closes, or `HPy_NULL` with an exception set: `TypeError` if `cls` is no
    /// type, `MemoryError`. Then `value` is dropped.
    ///
    /// Source: hpy-sys's own.
    ///
    /// # Safety
    /// `cls` is an open handle, and if it is a type, one that was made for this struct or a subtype of it.
    #[inline]
    unsafe fn New(ctx: &HPyContext, cls: HPy, value: Self) -> HPy {
        const { check_alignment::<Self>() };
        let mut place = ptr::null_mut();
        // SAFETY: the caller's promise. The zeroes there are no value, so nothing is dropped.
        unsafe {
            let h = abi::new_instance::<Self>(ctx, cls, &mut place);
            if !HPy_IsNull(h) {
                place.write(value);
            }
            h
        }
    }
}

/// A struct of plain values, as [`HPy_New`] makes one: zeroed memory is a value of it, and nothing of it is dropped.
///
/// [`HPyType_HELPERS!`] implements it for every struct without `destroy = NAME`.
///
/// # Safety
/// Zeroed memory is a value of the struct, or the author writes all of it before anything else sees it.
#[diagnostic::on_unimplemented(
    message = "`HPy_New` makes no instance with the struct `{Self}`",
    label = "the struct of this call is `{Self}`",
    note = "a struct with fields that are dropped gets its value by `{Self}::New(ctx, cls, value)`: zeroes are none",
    note = "any other one is declared with `HPyType_HELPERS!({Self}, unsafe {{ HPyType_BuiltinShape_Object }})`"
)]
pub unsafe trait HPyPlainStruct: HPyStruct {}

/// Makes an instance of the type `cls` with room for `count` items, and returns its struct in `data`.
///
/// - `cls`: a type that was made for `T` with `itemsize` and the shape `HPyType_BuiltinShape_Opaque`, or a subtype.
/// - `data`: becomes the struct, which is zeroed as the items are; or null on failure. [`HPy_GetItemData`] gives the items.
///
/// Returns a new handle, which the caller closes, or `HPy_NULL` with an exception set: `TypeError` if `cls` is no such type,
/// `SystemError` if `count` is negative, `MemoryError`.
///
/// Source: an extra, HPy 0.9 has no such function. CPython: `PyObject_NewVar`.
///
/// # Safety
/// `cls` is an open handle, and if it is a type, one that was made for the struct `T` or a subtype of it.
#[inline]
pub unsafe fn HPy_NewVar<T: HPyPlainStruct>(ctx: &HPyContext, cls: HPy, count: HPy_ssize_t, data: &mut *mut T) -> HPy {
    let mut made = ptr::null_mut();
    // SAFETY: the caller's promise.
    let h = unsafe { _HPy_NewVar(ctx, cls, count, &mut made) };
    *data = made.cast();
    h
}

/// Refuses a struct that needs more alignment than the memory of an object has.
pub(crate) const fn check_alignment<T>() {
    assert!(
        align_of::<T>() <= abi::ALIGNMENT,
        "the struct of an instance is aligned too strictly: the memory of an object is aligned to 16 bytes in the native \
         ABI (8 on Windows, 32-bit systems and Apple's ARM), and to 8 in the loader ABIs; keep such a value in \
         a `Box`, or as bytes that are read with `read_unaligned`"
    );
}

/// What [`HPyType_HELPERS!`] makes sure of.
#[doc(hidden)]
pub const fn check_struct<T>(is_destroyed: bool) {
    check_alignment::<T>();
    assert!(
        is_destroyed || !needs_drop::<T>(),
        "the struct has fields that are dropped, and nothing drops them: write `HPyType_HELPERS!(Struct, unsafe {{ SHAPE }}, \
         destroy = Struct_destroy)`, and `Struct_destroy` among the `defines` of the type; or wrap them in `ManuallyDrop`"
    );
}

/// Drops the struct of an instance, for `HPy_tp_destroy`.
///
/// Memory that is zeroed all over was never written to: such an instance was made without [`HPyStruct::New`], as
/// `object.__new__` makes one.
///
/// # Safety
/// `data` is the struct of an instance that goes, a `T` or zeroed.
#[doc(hidden)]
pub unsafe fn destroy_struct<T>(data: *mut c_void) {
    // SAFETY: the caller's promise. Padding has no value in Rust's terms: a volatile read gives what is there.
    unsafe {
        let is_written = |at| data.cast::<u8>().add(at).read_volatile() != 0;
        if (0..size_of::<T>()).any(is_written) {
            data.cast::<T>().drop_in_place();
        }
    }
}

/// Declares the struct of a type: `HPyType_HELPERS!(Point, unsafe { HPyType_BuiltinShape_Object })`.
///
/// It implements [`HPyStruct`](crate::HPyStruct): `Point::AsStruct(ctx, h)` is the struct of the object `h`,
/// `Point::New(ctx, cls, Point { .. })` makes an instance, and `Point::SHAPE` is what the type's description gives as
/// `builtin_shape`.
///
/// A struct with fields that are dropped, such as a `String`, needs `destroy = NAME` at the end: it defines the slot
/// `HPy_tp_destroy` that drops them, as a `static` [`HPyDef`](crate::HPyDef) of that name for the type's `defines`.
///
/// ```no_run
/// use hpy_sys::*;
///
/// #[repr(C)]
/// struct Note {
///     text: String,
/// }
/// HPyType_HELPERS!(Note, unsafe { HPyType_BuiltinShape_Object }, destroy = Note_destroy);
///
/// HPyDef_SLOT!(Note_new, HPy_tp_new, |ctx, cls, _args, _nargs, _kw| unsafe {
///     Note::New(ctx, cls, Note { text: String::from("empty") })
/// });
///
/// static NOTE: HPyType_Spec = HPyType_Spec!(
///     name = "module.Note",
///     basicsize = size_of::<Note>(),
///     builtin_shape = Note::SHAPE,
///     defines = [Note_new, Note_destroy],
/// );
/// ```
///
/// # Safety
/// The shape is in an `unsafe` block, which promises that every type whose instances carry the struct has this builtin shape
/// and at least its size, and that `NAME` is among the `defines` of no other type. Without `destroy = NAME` it also promises
/// that zeroed memory, as [`HPy_New`](crate::HPy_New) gives it, is a value of the struct, or that the author writes all of it
/// before anything else sees it.
///
/// Source: HPy `HPyType_HELPERS`, `HPyType_LEGACY_HELPERS`, `SHAPE`.
#[macro_export]
macro_rules! HPyType_HELPERS {
    (@shape $type:ty; [promised $shape:expr] $(,)?) => {
        $crate::HPyType_HELPERS!(@struct $type, $shape, false);
        // SAFETY: the author's promise, in the same block as the shape.
        unsafe impl $crate::HPyPlainStruct for $type {}
    };
    (@shape $type:ty; [promised $shape:expr], destroy = $vis:vis $sym:ident $(,)?) => {
        $crate::HPyType_HELPERS!(@struct $type, $shape, true);
        // The definition is for types with this struct, which the author has promised.
        $crate::HPyDef_SLOT!($vis $sym, HPy_tp_destroy, unsafe { $crate::__private::destroy_struct::<$type> });
    };
    (@shape $type:ty; [safe $shape:expr] $($more:tt)*) => {
        $crate::HPyType_HELPERS!(@refuse);
    };
    (@struct $type:ty, $shape:expr, $destroyed:expr) => {
        const _: () = $crate::__private::check_struct::<$type>($destroyed);
        // SAFETY: the author's promise, in the block around the shape.
        unsafe impl $crate::HPyStruct for $type {
            #[allow(unused_unsafe)]
            const SHAPE: $crate::HPyType_BuiltinShape = $shape;
        }
    };
    (@refuse) => {
        $crate::__private::core::compile_error!(
            "which builtin shape the types with a struct have is a promise: write `HPyType_HELPERS!(Struct, unsafe { HPyType_BuiltinShape_Object })`, or another shape"
        );
    };
    ($type:ty $(,)?) => {
        $crate::HPyType_HELPERS!(@refuse);
    };
    ($type:ty, destroy = $($more:tt)*) => {
        $crate::HPyType_HELPERS!(@refuse);
    };
    ($type:ty, $($shape:tt)+) => {
        $crate::__hpy_promise! { HPyType_HELPERS [@shape $type;] [$($shape)+] $($shape)+ }
    };
}
