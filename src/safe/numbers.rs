// src/safe/numbers.rs: conversions of Python's numbers: integers of every width, floats, bool.

use super::exceptions::{Exception, OverflowError, TypeError};
use super::{FromObject, IntoObject, Object, Result};
use crate::raised::Raised;
use crate::*;

/// Numbers that HPy converts by one call.
macro_rules! by_call {
    ($($type:ty as $c_type:ty: $from:ident, $as:ident, $failed:expr;)*) => {
        $(
            impl<'c> IntoObject<'c> for $type {
                #[inline(always)]
                fn into_object(self, ctx: &'c HPyContext) -> Result<Object<'c>> {
                    // SAFETY: the context is that of the running call, and the handle is new.
                    unsafe { Object::from_handle(ctx, $from(ctx, self as $c_type)) }
                }
            }

            impl FromObject<'_, '_> for $type {
                #[inline(always)]
                fn from_object(object: &Object<'_>) -> Result<Self> {
                    let ctx = object.context();
                    // SAFETY: the object's handle is open.
                    unsafe {
                        let value = $as(ctx, object.handle());
                        if value == $failed && HPyErr_Occurred(ctx) != 0 { Err(Raised) } else { Ok(value as $type) }
                    }
                }
            }
        )*
    };
}

by_call! {
    i32 as i32: HPyLong_FromInt32_t, HPyLong_AsInt32_t, -1;
    u32 as u32: HPyLong_FromUInt32_t, HPyLong_AsUInt32_t, u32::MAX;
    i64 as i64: HPyLong_FromInt64_t, HPyLong_AsInt64_t, -1;
    u64 as u64: HPyLong_FromUInt64_t, HPyLong_AsUInt64_t, u64::MAX;
    isize as isize: HPyLong_FromSsize_t, HPyLong_AsSsize_t, -1;
    usize as usize: HPyLong_FromSize_t, HPyLong_AsSize_t, usize::MAX;
    f64 as f64: HPyFloat_FromDouble, HPyFloat_AsDouble, -1.0;
}

/// Integers that are narrower than what HPy converts.
macro_rules! narrow {
    ($($type:ident by $wide:ident;)*) => {
        $(
            impl<'c> IntoObject<'c> for $type {
                #[inline(always)]
                fn into_object(self, ctx: &'c HPyContext) -> Result<Object<'c>> {
                    $wide::from(self).into_object(ctx)
                }
            }

            impl FromObject<'_, '_> for $type {
                #[inline(always)]
                fn from_object(object: &Object<'_>) -> Result<Self> {
                    let value = $wide::from_object(object)?;
                    $type::try_from(value).or_else(|_| does_not_fit(object, stringify!($type)))
                }
            }
        )*
    };
}

narrow! {
    i8 by i32;
    i16 by i32;
    u8 by u32;
    u16 by u32;
}

#[cold]
#[inline(never)]
fn does_not_fit<T>(object: &Object<'_>, name: &str) -> Result<T> {
    OverflowError::raise(object.context(), format_args!("Python int too large to convert to {name}"))
}

/// Integers of 128 bits, in two halves.
macro_rules! halves {
    ($($type:ident, $high:ident;)*) => {
        $(
            impl<'c> IntoObject<'c> for $type {
                fn into_object(self, ctx: &'c HPyContext) -> Result<Object<'c>> {
                    if let Ok(value) = $high::try_from(self) {
                        return value.into_object(ctx);
                    }
                    ((self >> 64) as $high).into_object(ctx)?.shift_left(64)?.bit_or(self as u64)
                }
            }

            impl FromObject<'_, '_> for $type {
                fn from_object(object: &Object<'_>) -> Result<Self> {
                    let ctx = object.context();
                    let high = object.shift_right(64)?.extract::<$high>()?;
                    // SAFETY: the object's handle is open.
                    let low = unsafe { HPyLong_AsUInt64_tMask(ctx, object.handle()) };
                    // SAFETY: as above.
                    if low == u64::MAX && unsafe { HPyErr_Occurred(ctx) } != 0 {
                        return Err(Raised);
                    }
                    Ok($type::from(high) << 64 | $type::from(low))
                }
            }
        )*
    };
}

halves! {
    i128, i64;
    u128, u64;
}

impl<'c> IntoObject<'c> for f32 {
    #[inline(always)]
    fn into_object(self, ctx: &'c HPyContext) -> Result<Object<'c>> {
        f64::from(self).into_object(ctx)
    }
}

impl FromObject<'_, '_> for f32 {
    #[inline(always)]
    fn from_object(object: &Object<'_>) -> Result<Self> {
        Ok(f64::from_object(object)? as f32)
    }
}

impl<'c> IntoObject<'c> for bool {
    #[inline(always)]
    fn into_object(self, ctx: &'c HPyContext) -> Result<Object<'c>> {
        // SAFETY: the context is that of the running call, and the handle is new.
        unsafe { Object::from_handle(ctx, HPyBool_FromBool(ctx, self)) }
    }
}

/// `True` and `False` alone; [`Object::is_true`] asks any object.
impl FromObject<'_, '_> for bool {
    #[inline(always)]
    fn from_object(object: &Object<'_>) -> Result<Self> {
        let ctx = object.context();
        if object.is(ctx.h_True) {
            Ok(true)
        } else if object.is(ctx.h_False) {
            Ok(false)
        } else {
            TypeError::raise(ctx, "a bool is needed")
        }
    }
}
