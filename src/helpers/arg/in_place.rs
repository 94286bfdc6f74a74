// src/helpers/arg/in_place.rs: the units of the argument parsers that read an argument of the call, and what gives back what a
// unit gave.

use core::mem::{replace, transmute};

use super::error::{raise, raise_with};
use super::units::ArgUnit;
use crate::helpers::values::Value;
use crate::*;

/// `O!`: the object, if it is an instance of the class at the first address.
///
/// # Safety
/// `h` is an open handle, `format` a C string, and there are the addresses of two handles, of which the first is open.
pub(super) unsafe fn instance(ctx: &HPyContext, format: *const c_char, h: HPy, arguments: *const *mut c_void) -> bool {
    // SAFETY: the caller's promise.
    unsafe {
        let class = *(*arguments).cast::<HPy>();
        if HPy_TypeCheck(ctx, h, class) == 0 {
            let found = HPy_Type(ctx, h);
            let (needed, name) = (HPyType_GetName(ctx, class), HPyType_GetName(ctx, found));
            if !needed.is_null() && !name.is_null() {
                let values = [Value { s: needed }, Value { s: name }];
                raise_with(
                    ctx,
                    format,
                    ctx.h_TypeError,
                    c"an object of the type %.50s is required, not %.50s",
                    &values,
                );
            }
            HPy_Close(ctx, found);
            return false;
        }
        *(*arguments.add(1)).cast::<HPy>() = h;
        true
    }
}

/// `O&`: what the converter makes of it.
///
/// # Safety
/// `h` is an open handle, and there are a converter and the address that it takes.
pub(super) unsafe fn converted_by(
    ctx: &HPyContext,
    _format: *const c_char,
    h: HPy,
    arguments: *const *mut c_void,
) -> bool {
    // SAFETY: the caller's promise: the first is a function, and not its address.
    unsafe { transmute::<*mut c_void, HPyArg_Converter>(*arguments)(ctx, h, *arguments.add(1)) != 0 }
}

/// `es`: the text in an encoding, in memory of the caller's own.
///
/// # Safety
/// `h` is an open handle, `format` a C string, and there are the name of an encoding, or null, and the address of a pointer.
pub(super) unsafe fn encoded(ctx: &HPyContext, format: *const c_char, h: HPy, arguments: *const *mut c_void) -> bool {
    // SAFETY: the caller's promise; the bytes are one's own, and a NUL that their size does not count follows them.
    unsafe {
        if HPyUnicode_Check(ctx, h) == 0 {
            return raise(ctx, format, ctx.h_TypeError, c"a str is required");
        }
        let bytes = HPyUnicode_AsEncodedString(ctx, h, (*arguments).cast(), core::ptr::null());
        if HPy_IsNull(bytes) {
            return false;
        }
        let (data, size) = (HPyBytes_AsString(ctx, bytes), HPyBytes_Size(ctx, bytes) as usize);
        let memory = HPyMem_Malloc(ctx, size + 1).cast::<c_char>();
        let parsed = if memory.is_null() {
            HPyErr_NoMemory(ctx);
            false
        } else if core::ffi::CStr::from_ptr(data).count_bytes() != size {
            HPyMem_Free(ctx, memory.cast());
            raise(ctx, format, ctx.h_ValueError, c"embedded null byte")
        } else {
            memory.copy_from_nonoverlapping(data, size + 1);
            *(*arguments.add(1)).cast::<*mut c_char>() = memory;
            true
        };
        HPy_Close(ctx, bytes);
        parsed
    }
}

/// Releases a view.
///
/// # Safety
/// There is the address of a view that is filled or empty.
pub(super) unsafe fn release_buffer(ctx: &HPyContext, arguments: *const *mut c_void) {
    // SAFETY: the caller's promise. An empty view needs no release, for which a loader may have no function.
    unsafe {
        let view = (*arguments).cast::<HPy_buffer>();
        if !HPy_IsNull((*view).obj) {
            HPyBuffer_Release(ctx, view);
        }
    }
}

/// Frees what `es` gave.
///
/// # Safety
/// The second argument is the address of what `es` gave, or of null.
pub(super) unsafe fn free_encoded(ctx: &HPyContext, arguments: *const *mut c_void) {
    // SAFETY: the caller's promise.
    unsafe { HPyMem_Free(ctx, replace(&mut *(*arguments.add(1)).cast::<*mut c_char>(), core::ptr::null_mut()).cast()) }
}

/// A class, and the object.
// SAFETY: they are the unit's types.
unsafe impl ArgUnit<'8'> for (HPy, HPy) {
    #[inline(always)]
    unsafe fn convert(&mut self, ctx: &HPyContext, format: *const c_char, h: HPy) -> bool {
        // SAFETY: the caller's promise; the author gives a handle that is open.
        unsafe { instance(ctx, format, h, [(&raw mut self.0).cast(), (&raw mut self.1).cast()].as_ptr()) }
    }
}

/// A converter, and what it takes.
// SAFETY: they are the unit's types.
unsafe impl ArgUnit<'9'> for (HPyArg_Converter, *mut c_void) {
    #[inline(always)]
    unsafe fn convert(&mut self, ctx: &HPyContext, _format: *const c_char, h: HPy) -> bool {
        // SAFETY: the caller's promise; the author gives the address that the converter takes.
        unsafe { (self.0)(ctx, h, self.1) != 0 }
    }
}

/// The name of an encoding, or null for UTF-8, and the text.
// SAFETY: they are the unit's types.
unsafe impl ArgUnit<'0'> for (*const c_char, *mut c_char) {
    #[inline(always)]
    unsafe fn convert(&mut self, ctx: &HPyContext, format: *const c_char, h: HPy) -> bool {
        // SAFETY: the caller's promise; the author gives a C string, or null.
        unsafe { encoded(ctx, format, h, [self.0.cast_mut().cast(), (&raw mut self.1).cast()].as_ptr()) }
    }

    #[inline(always)]
    unsafe fn undo(&mut self, ctx: &HPyContext) {
        // SAFETY: the caller's promise.
        unsafe { free_encoded(ctx, [core::ptr::null_mut(), (&raw mut self.1).cast()].as_ptr()) }
    }
}
