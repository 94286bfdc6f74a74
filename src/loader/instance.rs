// src/loader/instance.rs: makes instances, and asks the loader for their structs.

use crate::*;

/// The alignment of an object's memory: PyPy's, the least of the loaders'.
pub(crate) const ALIGNMENT: usize = 8;

/// The struct of an instance.
///
/// # Safety
/// `h` is an open handle of an instance of a type that was made for this struct.
#[inline(always)]
pub(crate) unsafe fn as_struct<T: HPyStruct>(ctx: &HPyContext, h: HPy) -> *mut T {
    // SAFETY: the caller's promise. The shape is a constant, so the match compiles to one call.
    unsafe {
        match const { T::SHAPE } {
            HPyType_BuiltinShape_Legacy => _HPy_AsStruct_Legacy(ctx, h),
            HPyType_BuiltinShape_Type => _HPy_AsStruct_Type(ctx, h),
            HPyType_BuiltinShape_Long => _HPy_AsStruct_Long(ctx, h),
            HPyType_BuiltinShape_Float => _HPy_AsStruct_Float(ctx, h),
            HPyType_BuiltinShape_Unicode => _HPy_AsStruct_Unicode(ctx, h),
            HPyType_BuiltinShape_Tuple => _HPy_AsStruct_Tuple(ctx, h),
            HPyType_BuiltinShape_List => _HPy_AsStruct_List(ctx, h),
            HPyType_BuiltinShape_Dict => _HPy_AsStruct_Dict(ctx, h),
            HPyType_BuiltinShape_Opaque => match super::context::host() {
                Some(host) => (host.struct_of)(ctx, h),
                None => {
                    HPy_FatalError(ctx, c"only hpy-sys' loader makes types with HPyType_BuiltinShape_Opaque".as_ptr())
                }
            },
            _ => match super::context::struct_offset() {
                Some(offset) => h._i.byte_add(offset).cast(),
                None => _HPy_AsStruct_Object(ctx, h),
            },
        }
        .cast()
    }
}

/// Makes an instance of the type `cls` and returns its struct in `data`.
///
/// The struct is zeroed, and is one of plain values: [`HPyStruct::New`] is for any. `cls` may be a subtype of the type that
/// was made for `T`, as in a `HPy_tp_new` that a Python class inherits; `data` is set to the struct, or to null on failure.
///
/// Returns a new handle, which the caller closes, or `HPy_NULL` with an exception set: `TypeError` if `cls` is no type,
/// `MemoryError`.
///
/// # Safety
/// `cls` is an open handle, and if it is a type, one that was made for the struct `T` or a subtype of it.
///
/// # Source
/// HPy: `HPy_New`, `_HPy_New`, context index 170.
#[inline]
pub unsafe fn HPy_New<T: HPyPlainStruct>(ctx: &HPyContext, cls: HPy, data: &mut *mut T) -> HPy {
    // SAFETY: the caller's promise.
    unsafe { new_instance(ctx, cls, data) }
}

/// [`HPy_New`] for a struct of any kind: zeroes may be no value of it.
///
/// # Safety
/// As for [`HPy_New`].
#[inline]
pub(crate) unsafe fn new_instance<T: HPyStruct>(ctx: &HPyContext, cls: HPy, data: &mut *mut T) -> HPy {
    let mut made = core::ptr::null_mut();
    // SAFETY: the caller's promise. The loader does not get the address of `data`, so LLVM may keep it in a register.
    unsafe {
        let h = _HPy_New(ctx, cls, &mut made);
        *data = if HPy_IsNull(h) { core::ptr::null_mut() } else { made.cast() };
        h
    }
}
