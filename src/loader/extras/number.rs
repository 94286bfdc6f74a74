// src/loader/extras/number.rs: the extras about numbers through loaders that have none.

use core::ffi::CStr;

use crate::loader::call::*;
use crate::*;

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPyLong_FromString(ctx: &HPyContext, text: *const c_char, radix: c_int) -> HPy {
    // SAFETY: the caller's promise.
    unsafe {
        with(ctx, HPyUnicode_FromString(ctx, text), HPy_NULL, |text| {
            with(ctx, HPyLong_FromLong(ctx, radix.into()), HPy_NULL, |radix| {
                HPy_Call(ctx, ctx.h_LongType, [text, radix].as_ptr(), 2, HPy_NULL)
            })
        })
    }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPyLong_AsInt64AndOverflow(ctx: &HPyContext, h: HPy, overflow: *mut c_int) -> i64 {
    // SAFETY: the caller's promise.
    unsafe {
        *overflow = 0;
        with(ctx, HPy_Index(ctx, h), -1, |index| {
            let value = HPyLong_AsInt64_t(ctx, index);
            if value == -1 && HPyErr_ExceptionMatches(ctx, ctx.h_OverflowError) != 0 {
                HPyErr_Clear(ctx);
                let mut sign = 0;
                HPyLong_GetSign(ctx, index, &mut sign);
                *overflow = sign;
            }
            value
        })
    }
}

/// Calls `int.from_bytes` or `int.to_bytes` with the keyword argument `signed`.
///
/// # Safety
/// The handles are open.
unsafe fn call_with_signed(ctx: &HPyContext, name: &CStr, args: [HPy; 3], is_signed: bool) -> HPy {
    let [object, first, second] = args;
    let is_signed = if is_signed { ctx.h_True } else { ctx.h_False };
    // SAFETY: the caller's promise.
    unsafe {
        with(ctx, HPyUnicode_FromString(ctx, c"signed".as_ptr()), HPy_NULL, |signed| {
            with(ctx, HPyTuple_FromArray(ctx, &signed as *const HPy as *mut HPy, 1), HPy_NULL, |names| {
                with(ctx, HPy_GetAttr_s(ctx, object, name.as_ptr()), HPy_NULL, |method| {
                    HPy_Call(ctx, method, [first, second, is_signed].as_ptr(), 2, names)
                })
            })
        })
    }
}

fn order(little_endian: bool) -> &'static CStr {
    if little_endian { c"little" } else { c"big" }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPyLong_FromBytes(
    ctx: &HPyContext,
    bytes: *const c_uchar,
    size: usize,
    little_endian: bool,
    is_signed: bool,
) -> HPy {
    // SAFETY: the caller's promise.
    unsafe {
        let data = HPyBytes_FromStringAndSize(ctx, bytes.cast(), size as HPy_ssize_t);
        with(ctx, data, HPy_NULL, |data| {
            with(ctx, HPyUnicode_FromString(ctx, order(little_endian).as_ptr()), HPy_NULL, |order| {
                call_with_signed(ctx, c"from_bytes", [ctx.h_LongType, data, order], is_signed)
            })
        })
    }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPyLong_AsBytes(
    ctx: &HPyContext,
    h: HPy,
    bytes: *mut c_uchar,
    size: usize,
    little_endian: bool,
    is_signed: bool,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        if !is_int(ctx, h) {
            return -1;
        }
        with(ctx, HPyLong_FromSize_t(ctx, size), -1, |length| {
            with(ctx, HPyUnicode_FromString(ctx, order(little_endian).as_ptr()), -1, |order| {
                let data = call_with_signed(ctx, c"to_bytes", [h, length, order], is_signed);
                with(ctx, data, -1, |data| {
                    core::ptr::copy_nonoverlapping(HPyBytes_AsString(ctx, data).cast(), bytes, size);
                    0
                })
            })
        })
    }
}

/// Whether an object is an `int`, or `TypeError` is set.
///
/// # Safety
/// The handle is open.
unsafe fn is_int(ctx: &HPyContext, h: HPy) -> bool {
    // SAFETY: the caller's promise.
    unsafe {
        let is_it = HPy_TypeCheck(ctx, h, ctx.h_LongType) != 0;
        if !is_it {
            HPyErr_SetString(ctx, ctx.h_TypeError, c"an integer is required".as_ptr());
        }
        is_it
    }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPyLong_GetSign(ctx: &HPyContext, h: HPy, sign: *mut c_int) -> c_int {
    // SAFETY: the caller's promise. A subclass may compare otherwise.
    unsafe {
        if !is_int(ctx, h) {
            return -1;
        }
        with(ctx, HPyLong_FromLong(ctx, 0), -1, |zero| {
            let is_negative = truth(ctx, call_of_type(ctx, ctx.h_LongType, c"__lt__", &[h, zero]));
            let is_positive = truth(ctx, call_of_type(ctx, ctx.h_LongType, c"__gt__", &[h, zero]));
            if is_negative < 0 || is_positive < 0 {
                return -1;
            }
            *sign = is_positive - is_negative;
            0
        })
    }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPyFloat_FromString(ctx: &HPyContext, text: HPy) -> HPy {
    // SAFETY: the caller's promise.
    unsafe {
        // `float` takes numbers too.
        if HPyNumber_Check(ctx, text) != 0 {
            return HPyErr_SetString(ctx, ctx.h_TypeError, c"float() argument must be a string".as_ptr());
        }
        HPy_Call(ctx, ctx.h_FloatType, &text, 1, HPy_NULL)
    }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPyComplex_Check(ctx: &HPyContext, h: HPy) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { HPy_TypeCheck(ctx, h, ctx.h_ComplexType) }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPyComplex_FromDoubles(ctx: &HPyContext, real: f64, imag: f64) -> HPy {
    // SAFETY: the caller's promise.
    unsafe {
        with(ctx, HPyFloat_FromDouble(ctx, real), HPy_NULL, |real| {
            with(ctx, HPyFloat_FromDouble(ctx, imag), HPy_NULL, |imag| {
                HPy_Call(ctx, ctx.h_ComplexType, [real, imag].as_ptr(), 2, HPy_NULL)
            })
        })
    }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPyComplex_RealAsDouble(ctx: &HPyContext, h: HPy) -> f64 {
    // SAFETY: the caller's promise.
    unsafe {
        match HPyComplex_Check(ctx, h) != 0 {
            true => part(ctx, h, c"real"),
            false => HPyFloat_AsDouble(ctx, h),
        }
    }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPyComplex_ImagAsDouble(ctx: &HPyContext, h: HPy) -> f64 {
    // SAFETY: the caller's promise.
    unsafe {
        match HPyComplex_Check(ctx, h) != 0 {
            true => part(ctx, h, c"imag"),
            false => 0.0,
        }
    }
}

/// # Safety
/// The handle is open.
unsafe fn part(ctx: &HPyContext, h: HPy, name: &CStr) -> f64 {
    // SAFETY: the caller's promise.
    unsafe { with(ctx, HPy_GetAttr_s(ctx, h, name.as_ptr()), -1.0, |part| HPyFloat_AsDouble(ctx, part)) }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPyNumber_AsSsize_t(ctx: &HPyContext, h: HPy, exc: HPy) -> HPy_ssize_t {
    // SAFETY: the caller's promise.
    unsafe {
        with(ctx, HPy_Index(ctx, h), -1, |index| {
            let number = HPyLong_AsSsize_t(ctx, index);
            if number != -1 || HPyErr_ExceptionMatches(ctx, ctx.h_OverflowError) == 0 {
                return number;
            }
            HPyErr_Clear(ctx);
            if HPy_IsNull(exc) {
                let mut sign = 0;
                return match HPyLong_GetSign(ctx, index, &mut sign) {
                    -1 => -1,
                    _ if sign < 0 => HPy_ssize_t::MIN,
                    _ => HPy_ssize_t::MAX,
                };
            }
            with(ctx, HPy_Type(ctx, h), -1, |of| {
                HPyErr_Format!(ctx, exc, "cannot fit %R into an index-sized integer", of);
                -1
            })
        })
    }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPyIndex_Check(ctx: &HPyContext, h: HPy) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { type_has(ctx, h, c"__index__") }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPyLong_FromVoidPtr(ctx: &HPyContext, value: *mut c_void) -> HPy {
    // SAFETY: the caller's promise.
    unsafe { HPyLong_FromSize_t(ctx, value as usize) }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPyLong_Check(ctx: &HPyContext, h: HPy) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { HPy_TypeCheck(ctx, h, ctx.h_LongType) }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPyFloat_Check(ctx: &HPyContext, h: HPy) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { HPy_TypeCheck(ctx, h, ctx.h_FloatType) }
}
