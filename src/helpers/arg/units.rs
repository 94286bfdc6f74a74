// src/helpers/arg/units.rs: the units of the argument parsers: each turns an object into one C value.

use core::ffi::CStr;

use super::conversions::*;
use super::error::raise;
use super::in_place;
use crate::helpers::units::arg;
use crate::raised::Raised;
use crate::*;

/// The number that stands for an error, -1, which may also be a result.
trait Number: Copy + PartialOrd {
    const FAILED: Self;
    const ZERO: Self;
}

macro_rules! numbers {
    ($($type:ty)*) => {
        $(impl Number for $type {
            const FAILED: $type = -1i8 as $type;
            const ZERO: $type = 0i8 as $type;
        })*
    };
}

numbers! { i32 u32 i64 u64 isize f64 }

/// The result of a function that converts to a number.
///
/// # Safety
/// The thread holds the interpreter.
#[inline(always)]
unsafe fn call<N: Number>(ctx: &HPyContext, number: N) -> Result<N, Raised> {
    // SAFETY: the caller's promise.
    if number == N::FAILED && unsafe { HPyErr_Occurred(ctx) } != 0 { Err(Raised) } else { Ok(number) }
}

/// A number in the range of a narrower type.
///
/// # Safety
/// `format` is a C string.
#[inline(always)]
unsafe fn range<N: Number, T: TryFrom<N>>(
    ctx: &HPyContext,
    format: *const c_char,
    number: N,
    less: &CStr,
    greater: &CStr,
) -> Result<T, Raised> {
    // SAFETY: the caller's promise.
    unsafe {
        let number = call(ctx, number)?;
        match T::try_from(number) {
            Ok(number) => Ok(number),
            Err(_) => {
                raise(ctx, format, ctx.h_OverflowError, if number < N::ZERO { less } else { greater });
                Err(Raised)
            }
        }
    }
}

/// `HPyLong_AsSsize_t`, also for what has `__index__`: CPython's function wants an `int`, and its argument parser does not.
///
/// # Safety
/// `h` is an open handle.
#[inline(always)]
unsafe fn as_ssize(ctx: &HPyContext, h: HPy) -> HPy_ssize_t {
    // SAFETY: the caller's promise.
    unsafe {
        match HPy_TypeCheck(ctx, h, ctx.h_LongType) {
            0 => index_as_ssize(ctx, h),
            _ => HPyLong_AsSsize_t(ctx, h),
        }
    }
}

/// # Safety
/// `h` is an open handle.
#[cold]
#[inline(never)]
unsafe fn index_as_ssize(ctx: &HPyContext, h: HPy) -> HPy_ssize_t {
    // SAFETY: the caller's promise; the number is one's own.
    unsafe {
        let index = HPy_Index(ctx, h);
        if HPy_IsNull(index) {
            return -1;
        }
        let value = HPyLong_AsSsize_t(ctx, index);
        HPy_Close(ctx, index);
        value
    }
}

/// The value of a unit, as the table says how it is converted.
macro_rules! converted {
    ($ctx:ident, $format:ident, $h:ident, $type:ty, call($function:ident)) => {
        call($ctx, $function($ctx, $h)).map(|number| number as $type)
    };
    ($ctx:ident, $format:ident, $h:ident, $type:ty, range($function:ident, $less:literal, $greater:literal)) => {
        range::<_, $type>($ctx, $format, $function($ctx, $h), $less, $greater)
    };
    ($ctx:ident, $format:ident, $h:ident, $type:ty, convert($function:ident)) => {
        $function($ctx, $format, $h)
    };
}

/// The trait for the types of a unit; those that read their variables are in `in_place.rs`.
macro_rules! implement {
    ($unit:literal $types:tt in_place $what:tt $($undo:ident)?) => {};
    ($unit:literal ($($type:ty),+) $how:ident $what:tt $($undo:ident)?) => {
        // SAFETY: this is the unit's type.
        #[allow(unused_parens)]
        unsafe impl ArgUnit<$unit> for ($($type),+) {
            #[inline(always)]
            unsafe fn convert(&mut self, ctx: &HPyContext, format: *const c_char, h: HPy) -> bool {
                let _ = format;
                // SAFETY: the caller's promise.
                match unsafe { converted!(ctx, format, h, ($($type),+), $how $what) } {
                    Ok(value) => {
                        *self = value;
                        true
                    }
                    Err(Raised) => false,
                }
            }

            $(
                /// # Safety
                /// As of the trait.
                #[inline(always)]
                unsafe fn undo(&mut self, ctx: &HPyContext) {
                    // SAFETY: the caller's promise.
                    unsafe { in_place::$undo(ctx, [(&raw mut *self).cast()].as_ptr()) }
                }
            )?
        }

        #[allow(unused_parens)]
        impl Plain<$unit> for ($($type),+) {}
    };
}

/// What a unit does at run time with the C arguments.
macro_rules! run {
    ($ctx:ident, $format:ident, $h:ident, $outputs:ident, $unit:literal $variables:tt in_place($function:ident)) => {
        in_place::$function($ctx, $format, $h, $outputs)
    };
    (
        $ctx:ident, $format:ident, $h:ident, $outputs:ident,
        $unit:literal ($($index:literal $name:ident: $type:ty),+) $how:ident $what:tt
    ) => {{
        // Read before the conversion calls anything, so that fewer registers are saved.
        let variables = [$(*$outputs.add($index)),+];
        let mut value: ($($type),+) = core::mem::zeroed();
        if !ArgUnit::<$unit>::convert(&mut value, $ctx, $format, $h) {
            return false;
        }
        let ($($name),+) = value;
        $(*variables[$index].cast::<$type>() = $name;)+
        true
    }};
}

/// A type of which zeros are a value.
pub trait Plain<const UNIT: char>: ArgUnit<UNIT> {}

/// `Some` of the value; of an argument that is left out, it stays what it is.
// SAFETY: it writes to the variable what the unit gives.
unsafe impl<const UNIT: char, T: Plain<UNIT>> ArgUnit<UNIT> for Option<T> {
    #[inline(always)]
    unsafe fn convert(&mut self, ctx: &HPyContext, format: *const c_char, h: HPy) -> bool {
        // SAFETY: the caller's promise; the types of such units are C's, of which zeros are a value.
        unsafe {
            let mut value: T = core::mem::zeroed();
            if !value.convert(ctx, format, h) {
                return false;
            }
            *self = Some(value);
        }
        true
    }

    #[inline(always)]
    unsafe fn undo(&mut self, ctx: &HPyContext) {
        if let Some(value) = self {
            // SAFETY: the caller's promise.
            unsafe { value.undo(ctx) }
        }
    }
}

/// Defines what follows from the rows of the table.
macro_rules! define {
    (
        notes [$($note:tt)*]
        $($unit:literal ($($index:literal $name:ident: $type:ty),+) = $how:ident $what:tt $(undo $undo:ident)?;)*
    ) => {
        /// What a variable has to be that the unit with the code `UNIT` of a `HPyArg_Parse!` format writes to. That of a
        /// unit with several variables in C is a tuple of them; of one variable, it is the variable alone.
        ///
        /// # Safety
        /// It is implemented once for each unit, for the type that the table gives it.
        #[diagnostic::on_unimplemented(
            message = "the argument unit {UNIT} does not write to a variable of type `{Self}`",
            label = "an output of this call has type `{Self}`",
            $(note = $note),*
        )]
        pub unsafe trait ArgUnit<const UNIT: char> {
            /// Writes the value of `h` to this variable; or returns false with an exception set, and leaves it alone.
            ///
            /// # Safety
            /// `h` is an open handle, and `format` a C string: that of the whole call.
            unsafe fn convert(&mut self, ctx: &HPyContext, format: *const c_char, h: HPy) -> bool;

            /// Gives back what was written to this variable, where the parser fails afterwards.
            ///
            /// # Safety
            /// [`convert`](ArgUnit::convert) has written it, or it needs nothing.
            #[inline(always)]
            unsafe fn undo(&mut self, _ctx: &HPyContext) {}
        }

        $(implement!($unit ($($type),+) $how $what $($undo)?);)*

        /// Writes the value of `h` to the variables at `outputs`, for a unit that is known at run time only.
        ///
        /// # Safety
        /// As for [`ArgUnit::convert`]; `unit` is the code of a unit, and the outputs point to variables of its types.
        #[allow(unused_parens)]
        pub(crate) unsafe fn convert_unit(
            ctx: &HPyContext,
            format: *const c_char,
            unit: u8,
            h: HPy,
            outputs: *const *mut c_void,
        ) -> bool {
            // SAFETY: the caller's promise; each type is C's, of which zeros are a value.
            unsafe {
                match unit as char {
                    $($unit => run!(ctx, format, h, outputs, $unit ($($index $name: $type),+) $how $what),)*
                    _ => false,
                }
            }
        }

        /// Gives back what the variables at `outputs` got, for a unit that is known at run time only.
        ///
        /// # Safety
        /// As of [`convert_unit`], which has written them.
        pub(crate) unsafe fn undo_unit(ctx: &HPyContext, unit: u8, outputs: *const *mut c_void) {
            // SAFETY: the caller's promise.
            unsafe {
                match unit as char {
                    $($($unit => in_place::$undo(ctx, outputs),)?)*
                    _ => {}
                }
            }
        }
    };
}

arg::units!(define);
