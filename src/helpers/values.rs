// src/helpers/values.rs: the values of HPy_BuildValue, HPyUnicode_FromFormat and HPyErr_Format, which are of any type.

use core::slice;

use crate::*;

/// A value of a format; its unit tells which member it is. C has the same union, `_HPy_Value`.
#[repr(C)]
#[derive(Clone, Copy)]
pub union Value {
    /// An integer with a sign.
    pub i: i64,
    /// An integer without a sign.
    pub u: u64,
    /// A `float` or `double`.
    pub d: f64,
    /// A C string.
    pub s: *const c_char,
    /// An address.
    pub p: *const c_void,
    /// An object.
    pub o: HPy,
}

/// Reads the next variable argument of a call in C, of the type that the letter stands for in the C header's
/// `_HPY_VALUE_TYPES`.
#[cfg(feature = "c-library")]
pub(crate) type NextValue = unsafe extern "C" fn(arguments: *mut c_void, ty: c_char) -> Value;

/// The source of a format's values.
pub(crate) enum Values<'a> {
    /// The values themselves.
    Array(slice::Iter<'a, Value>),
    /// The variable arguments of a call in C.
    #[cfg(feature = "c-library")]
    Variable(NextValue, *mut c_void),
}

impl Values<'_> {
    /// The next value, or none after the last one.
    ///
    /// # Safety
    /// Variable arguments are those of the format, and `ty` is the letter for the type of the next one.
    #[inline]
    pub(crate) unsafe fn next(&mut self, ty: char) -> Option<Value> {
        let _ = ty;
        match self {
            Values::Array(values) => values.next().copied(),
            #[cfg(feature = "c-library")]
            // SAFETY: the caller's promise.
            Values::Variable(next, arguments) => Some(unsafe { next(*arguments, ty as c_char) }),
        }
    }
}

/// Defines a trait for what a value has to be for a unit, from the rows of the units' table.
macro_rules! value_trait {
    (
        $(#[doc = $doc:tt])* $trait:ident, message = $message:tt, label = $label:tt,
        notes [$($note:tt)*]
        $($unit:literal = $by:ident(
            $($index:literal $code:literal $member:ident [$([$($generic:ident)?] $type:ty)|+]),+
        );)*
    ) => {
        $(#[doc = $doc])*
        #[diagnostic::on_unimplemented(message = $message, label = $label, $(note = $note),*)]
        pub trait $trait<const UNIT: char, const VALUE: usize> {
            /// The value as the run time takes it.
            fn value(self) -> $crate::__helpers::Value;
        }
        $($($(
            impl$(<$generic>)? $trait<$unit, $index> for $type {
                #[inline(always)]
                fn value(self) -> $crate::__helpers::Value {
                    $crate::__helpers::Value { $member: self as _ }
                }
            }
        )+)+)*
    };
}
pub(crate) use value_trait;

/// The values of a call in an array, each converted by `$convert` as its unit wants it.
#[doc(hidden)]
#[macro_export]
macro_rules! __hpy_values {
    ($convert:ident, $spec:ident, $index:expr, [$($value:tt)*];) => {
        [$($value)*]
    };
    ($convert:ident, $spec:ident, $index:expr, [$($value:tt)*]; $next:expr, $($rest:tt)*) => {
        $crate::__hpy_values!(
            $convert, $spec, $index + 1,
            [$($value)* $crate::__helpers::$convert::<{ $spec.unit($index).0 }, { $spec.unit($index).1 }, _>($next),];
            $($rest)*
        )
    };
}
