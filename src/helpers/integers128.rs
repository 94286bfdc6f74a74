// src/helpers/integers128.rs: integers of 128 bits.

use crate::*;

/// Whether the first byte of a number is the lowest.
const LITTLE: bool = cfg!(target_endian = "little");

macro_rules! wide {
    ($($type:ident, $what:literal, $short:ident, $is_signed:literal: $from:ident $from_short:ident, $as:ident;)*) => {
        $(
            #[doc = concat!("Makes an `int` from `value`, ", $what, " of 128 bits.")]
            ///
            /// Returns a new handle, which the caller closes, or `HPy_NULL` with `MemoryError` set.
            ///
            /// # Safety
            /// `ctx` is the context of the running call.
            #[inline]
            pub unsafe fn $from(ctx: &HPyContext, value: $type) -> HPy {
                // SAFETY: the caller's promise.
                unsafe {
                    match $short::try_from(value) {
                        Ok(value) => $from_short(ctx, value),
                        Err(_) => HPyLong_FromBytes(ctx, value.to_ne_bytes().as_ptr(), 16, LITTLE, $is_signed),
                    }
                }
            }

            #[doc = concat!("Writes the value of the number `h` as ", $what, " of 128 bits. An object that is no `int` is asked by")]
            /// `__index__`.
            ///
            /// Returns 0, or -1 with an exception set: `OverflowError` if it has no room, `TypeError` if it is no integer.
            ///
            /// # Safety
            /// The handle is open.
            pub unsafe fn $as(ctx: &HPyContext, h: HPy, value: &mut $type) -> c_int {
                let mut overflow = 0;
                // SAFETY: the caller's promise; the number is one's own.
                unsafe {
                    let short = HPyLong_AsInt64AndOverflow(ctx, h, &mut overflow);
                    if overflow == 0 {
                        if short == -1 && HPyErr_Occurred(ctx) != 0 {
                            return -1;
                        }
                        if $is_signed || short >= 0 {
                            *value = short as $type;
                            return 0;
                        }
                    }
                    let index = HPy_Index(ctx, h);
                    if HPy_IsNull(index) {
                        return -1;
                    }
                    let mut bytes = [0; 16];
                    let failed = HPyLong_AsBytes(ctx, index, bytes.as_mut_ptr(), 16, LITTLE, $is_signed);
                    HPy_Close(ctx, index);
                    if failed == 0 {
                        *value = $type::from_ne_bytes(bytes);
                    }
                    failed
                }
            }
        )*
    };
}

wide! {
    i128, "an integer", i64, true: HPyLong_FromInt128 HPyLong_FromInt64_t, HPyLong_AsInt128;
    u128, "an integer without a sign", u64, false: HPyLong_FromUInt128 HPyLong_FromUInt64_t, HPyLong_AsUInt128;
}
