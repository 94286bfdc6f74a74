// src/helpers/build_value/macros.rs: HPy_BuildValue for Rust: format and types are checked at compile time.

use crate::helpers::units::value;
use crate::helpers::values::{Value, value_trait};
use crate::*;

value::units! { value_trait
    /// What a value has to be for the unit with the code `UNIT` of a `HPy_BuildValue!` format, whose value number `VALUE` it
    /// is.
    BuildValueUnit,
    message = "the format unit {UNIT} of HPy_BuildValue does not take a value of type `{Self}`",
    label = "a value of this call has type `{Self}`",
}

/// The value of a unit.
#[inline(always)]
pub fn build_value_item<const UNIT: char, const VALUE: usize, T: BuildValueUnit<UNIT, VALUE>>(value: T) -> Value {
    value.value()
}

/// Builds an object from values: `HPy_BuildValue!(ctx, "(is)", 1, c"x".as_ptr())` is the tuple `(1, "x")`.
///
/// The format is read at compile time, and a mistake in it, or a value of another type, is a compile error.
///
/// - `ctx`: the context.
/// - format: a constant text. No unit at all is `None`, one is the object itself, more are a tuple. `(...)` is a
///   tuple, `[...]` a list, where a comma may stand between items, and `{key:value, key:value}` a dictionary, where
///   it has to. Spaces may stand in a dictionary alone.
/// - a value for each unit. Handles and strings stay the caller's.
///
#[doc = include_str!(concat!(env!("OUT_DIR"), "/docs/value_units.md"))]
///
/// It is a new handle, which the caller closes, or `HPy_NULL` with an exception set: `SystemError` if a handle is
/// `HPy_NULL` or a string null, or whatever exception was set already; `UnicodeDecodeError` if a string is no UTF-8;
/// `TypeError` if a key is not hashable; `MemoryError`.
///
/// # Safety
/// Handles are open or `HPy_NULL`; strings are C strings or null.
///
/// ```no_run
/// use hpy_sys::*;
///
/// HPyDef_METH!(version, "version", HPyFunc_NOARGS, |ctx, _self| unsafe {
///     HPy_BuildValue!(ctx, "{s:(ii),s:s}", c"number".as_ptr(), 1, 2, c"name".as_ptr(), c"first".as_ptr())
/// });
/// ```
///
/// Source: HPy `HPy_BuildValue`.
#[macro_export]
macro_rules! HPy_BuildValue {
    ($ctx:expr, $format:expr $(, $value:expr)* $(,)?) => {{
        const __HPY_VALUES: $crate::__helpers::BuildValueSpec = $crate::__helpers::BuildValueSpec::new(
            $crate::__private::c_string($crate::__hpy_terminated!($format)),
            $crate::__hpy_count!($($value),*),
        );
        $crate::__helpers::build_read_value(
            $ctx,
            &__HPY_VALUES,
            &$crate::__hpy_values!(build_value_item, __HPY_VALUES, 0, []; $($value,)*),
        )
    }};
}
