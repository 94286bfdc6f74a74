// src/helpers/build_value/macros.rs: HPy_BuildValue for Rust: format and types are checked at compile time.

use super::BuildValueItem;
use crate::*;

/// What a value has to be for the unit `UNIT` of a `HPy_BuildValue!` format.
#[diagnostic::on_unimplemented(
    message = "the format unit {UNIT} of HPy_BuildValue does not take a value of type `{Self}`",
    label = "a value of this call has type `{Self}`",
    note = "the units take: i c_int, I c_uint, l c_long, k c_ulong, L c_longlong, K c_ulonglong, n HPy_ssize_t",
    note = "and: f f32 or f64, d f64, s *const c_char, O and S HPy"
)]
pub trait BuildValueUnit<const UNIT: char> {
    /// The value as the run time takes it.
    fn item(self) -> BuildValueItem;
}

macro_rules! values {
    ($($unit:literal $type:ty => $field:ident as $wide:ty;)*) => {
        $(
            impl BuildValueUnit<$unit> for $type {
                #[inline(always)]
                fn item(self) -> BuildValueItem {
                    BuildValueItem { $field: self as $wide }
                }
            }
        )*
    };
}

values! {
    'i' c_int => i as i64;
    'I' c_uint => u as u64;
    'l' c_long => i as i64;
    'k' c_ulong => u as u64;
    'L' c_longlong => i as i64;
    'K' c_ulonglong => u as u64;
    'n' HPy_ssize_t => i as i64;
    'f' f32 => d as f64;
    'f' f64 => d as f64;
    'd' f64 => d as f64;
    's' *const c_char => s as *const c_char;
    'O' HPy => o as HPy;
    'S' HPy => o as HPy;
}

/// The value of a unit.
#[inline(always)]
pub fn build_value_item<const UNIT: char, T: BuildValueUnit<UNIT>>(value: T) -> BuildValueItem {
    value.item()
}

/// The values of a call, each as its unit wants it.
#[doc(hidden)]
#[macro_export]
macro_rules! __hpy_build_value_items {
    ($spec:ident, $index:expr, [$($item:tt)*];) => {
        [$($item)*]
    };
    ($spec:ident, $index:expr, [$($item:tt)*]; $value:expr, $($rest:tt)*) => {
        $crate::__hpy_build_value_items!(
            $spec, $index + 1,
            [$($item)* $crate::__helpers::build_value_item::<{ $spec.unit($index) }, _>($value),];
            $($rest)*
        )
    };
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
/// | unit | value | Python |
/// |---|---|---|
/// | `i` `l` `L` `n` | [`c_int`], [`c_long`], [`c_longlong`], [`HPy_ssize_t`] | `int` |
/// | `I` `k` `K` | [`c_uint`], [`c_ulong`], [`c_ulonglong`] | `int` |
/// | `f` | `f32` or `f64` | `float` |
/// | `d` | `f64` | `float` |
/// | `s` | `*const c_char`, UTF-8 with a NUL at the end | `str` |
/// | `O` `S` | [`HPy`] | the object |
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
///
/// [`HPy`]: crate::HPy
/// [`HPy_ssize_t`]: crate::HPy_ssize_t
/// [`c_int`]: crate::c_int
/// [`c_long`]: crate::c_long
/// [`c_longlong`]: crate::c_longlong
/// [`c_uint`]: crate::c_uint
/// [`c_ulong`]: crate::c_ulong
/// [`c_ulonglong`]: crate::c_ulonglong
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
            &$crate::__hpy_build_value_items!(__HPY_VALUES, 0, []; $($value,)*),
        )
    }};
}
