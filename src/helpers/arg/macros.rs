// src/helpers/arg/macros.rs: the argument parsers for Rust: a format read at compile time, and straight code.

use super::parse::wrong_positional;
use super::place::{values_from_dict, values_from_names};
use super::spec::ArgSpec;
use super::units::ArgUnit;
use crate::*;

/// Makes the tracker, if one is wanted.
///
/// # Safety
/// `ctx` is the context of the running call.
#[inline(always)]
pub unsafe fn begin(ctx: &HPyContext, tracker: &mut Option<&mut HPyTracker>) -> bool {
    match tracker {
        None => true,
        Some(tracker) => {
            // SAFETY: the caller's promise.
            **tracker = unsafe { HPyTracker_New(ctx, 0) };
            !tracker.is_null()
        }
    }
}

/// Closes the tracker after a failure.
///
/// # Safety
/// The tracker comes from [`begin`].
#[inline(always)]
pub unsafe fn end(ctx: &HPyContext, tracker: Option<&mut HPyTracker>, parsed: bool) -> bool {
    if !parsed {
        if let Some(tracker) = tracker {
            // SAFETY: the caller's promise.
            unsafe { abandon(ctx, tracker) };
        }
    }
    parsed
}

#[cold]
#[inline(never)]
unsafe fn abandon(ctx: &HPyContext, tracker: &mut HPyTracker) {
    if !tracker.is_null() {
        // SAFETY: the tracker is not used again.
        unsafe { HPyTracker_Close(ctx, core::mem::replace(tracker, HPyTracker::NULL)) };
    }
}

/// Whether a call has as many arguments as the format wants, which is one comparison.
#[inline(always)]
fn fits(spec: &ArgSpec, nargs: usize) -> bool {
    nargs.wrapping_sub(spec.required) <= spec.positional - spec.required
}

/// Whether a call has as many arguments as the format wants, or else an exception is set.
///
/// # Safety
/// There are `nargs` open handles at `args`.
#[inline(always)]
pub unsafe fn count_fits(ctx: &HPyContext, spec: &ArgSpec, args: *const HPy, nargs: usize) -> bool {
    let fits = fits(spec, nargs);
    if !fits {
        // SAFETY: the caller's promise.
        unsafe { wrong_positional(ctx, spec, args, nargs) };
    }
    fits
}

/// The arguments in the order of the parameters, and their number: where they are if all are positional, or in
/// `storage`.
///
/// # Safety
/// The arguments are those of a call with the convention `HPyFunc_KEYWORDS`, and `storage` is `HPy_NULL` for each unit.
#[inline(always)]
pub unsafe fn order_names(
    ctx: &HPyContext,
    spec: &ArgSpec,
    args: *const HPy,
    nargs: usize,
    kwnames: HPy,
    storage: &mut [HPy],
) -> Option<(*const HPy, usize)> {
    // SAFETY: the caller's promise.
    unsafe {
        if HPy_IsNull(kwnames) && fits(spec, nargs) {
            return Some((args, nargs));
        }
        values_from_names(ctx, spec, args, nargs, kwnames, storage).then_some((storage.as_ptr(), storage.len()))
    }
}

/// As [`order_names`], for keyword arguments in a dictionary; without a tracker, `storage` is to be released.
///
/// # Safety
/// The arguments are those of a call with the convention `HPyFunc_INITPROC`, and `storage` is `HPy_NULL` for each unit.
#[inline(always)]
pub unsafe fn order_dict(
    ctx: &HPyContext,
    spec: &ArgSpec,
    args: *const HPy,
    nargs: usize,
    kw: HPy,
    tracker: Option<&HPyTracker>,
    storage: &mut [HPy],
) -> Option<(*const HPy, usize)> {
    // SAFETY: the caller's promise.
    unsafe {
        if HPy_IsNull(kw) && fits(spec, nargs) && !(spec.gives_handles && tracker.is_none()) {
            return Some((args, nargs));
        }
        values_from_dict(ctx, spec, args, nargs, kw, tracker.copied(), storage)
            .then_some((storage.as_ptr(), storage.len()))
    }
}

/// Converts the argument `index`, which may be left out unless it is `REQUIRED`: then the output stays as it is.
///
/// # Safety
/// There are `count` handles at `values`, and those that are required are among them; `UNIT` is the format's unit
/// `index`.
#[inline(always)]
pub unsafe fn unit<const UNIT: char, const REQUIRED: bool, T: ArgUnit<UNIT>>(
    ctx: &HPyContext,
    spec: &ArgSpec,
    values: *const HPy,
    count: usize,
    index: usize,
    output: &mut T,
) -> bool {
    // SAFETY: the caller's promise.
    unsafe {
        if !REQUIRED && (index >= count || HPy_IsNull(*values.add(index))) {
            return true;
        }
        output.convert(ctx, spec.format(), *values.add(index))
    }
}

/// Converts the arguments one after the other, until one fails.
#[doc(hidden)]
#[macro_export]
macro_rules! __hpy_arg_units {
    ($spec:ident, $ctx:ident, $values:ident, $count:ident, $index:expr;) => {
        true
    };
    ($spec:ident, $ctx:ident, $values:ident, $count:ident, $index:expr; $output:expr, $($rest:tt)*) => {
        $crate::__helpers::unit::<{ $spec.unit($index) }, { $spec.required > $index }, _>(
            $ctx, &$spec, $values, $count, $index, $output,
        ) && $crate::__hpy_arg_units!($spec, $ctx, $values, $count, $index + 1; $($rest)*)
    };
}

/// The names of parameters, as text and as a list for the run time, for `ArgSpec::keywords`.
#[doc(hidden)]
#[macro_export]
macro_rules! __hpy_arg_keywords {
    ($format:literal, [$($name:literal),*], [$($output:expr,)*]) => {{
        static NAMES: $crate::NullTerminated<$crate::c_char, { <[&str]>::len(&[$($name),*]) + 1 }> =
            $crate::NullTerminated([$(concat!($name, "\0").as_ptr().cast(),)* $crate::__private::ptr::null()]);
        $crate::__helpers::ArgSpec::keywords(
            concat!($format, "\0"),
            &[$(concat!($name, "\0")),*],
            (&raw const NAMES).cast(),
            <[&str]>::len(&[$(stringify!($output)),*]),
        )
    }};
}

/// Parses positional arguments: `HPyArg_Parse!(ctx, tracker, args, nargs, "ll|O:name", &mut a, &mut b, &mut o)`.
///
/// It is `true` if all went well, or else `false` with an exception set. The format is read at compile time, and a
/// mistake in it, or an output of another type, is a compile error; what runs is one conversion for each unit.
///
/// - `ctx`: the context.
/// - `tracker`: `None`, or `Some(&mut tracker)` with a [`HPyTracker`]. If there is one, it is made here; after a
///   failure it is closed here, and otherwise the caller closes it with [`HPyTracker_Close`]. This macro has no need of
///   one: it is there for code that keeps handles of its own in it.
/// - `args`, `nargs`: the arguments, as the implementation got them.
/// - format: a string literal of units, with `|` before the first argument that may be left out. `:name` at its end
///   names the function in messages; `;text` is said in place of any message of this macro.
/// - one `&mut` variable for each unit. That of an argument that is left out stays as it is, and after a failure some
///   may be written.
///
/// | unit | Python | variable |
/// |---|---|---|
/// | `b` | `int` | [`c_uchar`], checked |
/// | `B` | `int` | [`c_uchar`], the lowest bits |
/// | `h` | `int` | [`c_short`], checked |
/// | `H` | `int` | [`c_ushort`], the lowest bits |
/// | `i` | `int` | [`c_int`], checked |
/// | `I` | `int` | [`c_uint`], the lowest bits |
/// | `l` | `int` | [`c_long`], checked |
/// | `k` | `int` | [`c_ulong`], the lowest bits |
/// | `L` | `int` | [`c_longlong`], checked |
/// | `K` | `int` | [`c_ulonglong`], the lowest bits |
/// | `n` | `int` | [`HPy_ssize_t`], checked |
/// | `f` | number | [`c_float`] |
/// | `d` | number | [`c_double`] |
/// | `s` | `str` | `*const c_char`: UTF-8 without a NUL, valid for as long as the argument |
/// | `O` | any | [`HPy`]: the caller's handle, which is not closed |
/// | `p` | any | [`c_int`]: its truth, 0 or 1 |
///
/// Exceptions: `TypeError` if there are too few or too many arguments, or one is of another type; `OverflowError` if
/// a number does not fit; `ValueError` if a text has a NUL, `UnicodeEncodeError` if it has no UTF-8; and what
/// `__index__`, `__float__` or `__bool__` of an argument raises.
///
/// # Safety
/// There are `nargs` open handles at `args`.
///
/// ```no_run
/// use hpy_sys::*;
///
/// HPyDef_METH!(add, "add", HPyFunc_VARARGS, |ctx, _self, args, nargs| {
///     let (mut a, mut b) = (0, 0);
///     if !HPyArg_Parse!(ctx, None, args, nargs, "l|l:add", &mut a, &mut b) {
///         return HPy_NULL;
///     }
///     HPyLong_FromLong(ctx, a + b)
/// });
/// ```
///
/// Source: HPy `HPyArg_Parse`.
///
/// [`HPyTracker`]: crate::HPyTracker
/// [`HPyTracker_Close`]: crate::HPyTracker_Close
/// [`HPy`]: crate::HPy
/// [`HPy_ssize_t`]: crate::HPy_ssize_t
/// [`c_uchar`]: crate::c_uchar
/// [`c_short`]: crate::c_short
/// [`c_ushort`]: crate::c_ushort
/// [`c_int`]: crate::c_int
/// [`c_uint`]: crate::c_uint
/// [`c_long`]: crate::c_long
/// [`c_ulong`]: crate::c_ulong
/// [`c_longlong`]: crate::c_longlong
/// [`c_ulonglong`]: crate::c_ulonglong
/// [`c_float`]: crate::c_float
/// [`c_double`]: crate::c_double
#[macro_export]
macro_rules! HPyArg_Parse {
    ($ctx:expr, $tracker:expr, $args:expr, $nargs:expr, $format:literal $(, $output:expr)* $(,)?) => {{
        const __HPY_ARGS: $crate::__helpers::ArgSpec =
            $crate::__helpers::ArgSpec::positional(concat!($format, "\0"), <[&str]>::len(&[$(stringify!($output)),*]));
        let __hpy_ctx: &$crate::HPyContext = $ctx;
        let (__hpy_args, __hpy_nargs): (*const $crate::HPy, usize) = ($args, $nargs as usize);
        let mut __hpy_tracker: Option<&mut $crate::HPyTracker> = $tracker;
        let __hpy_parsed = $crate::__helpers::begin(__hpy_ctx, &mut __hpy_tracker)
            && $crate::__helpers::count_fits(__hpy_ctx, &__HPY_ARGS, __hpy_args, __hpy_nargs)
            && $crate::__hpy_arg_units!(__HPY_ARGS, __hpy_ctx, __hpy_args, __hpy_nargs, 0; $($output,)*);
        $crate::__helpers::end(__hpy_ctx, __hpy_tracker, __hpy_parsed)
    }};
}

/// Parses the arguments of a function with keywords:
/// `HPyArg_ParseKeywords!(ctx, tracker, args, nargs, kwnames, "l|l$O:name", ["a", "b", "c"], &mut a, &mut b, &mut c)`.
///
/// As [`HPyArg_Parse!`](crate::HPyArg_Parse), for the convention `HPyFunc_KEYWORDS`:
///
/// - `kwnames`: the names of the keyword arguments as the implementation got them, a tuple or `HPy_NULL`.
/// - format: besides `|`, a `$` comes before the first parameter that is for keywords only. It may be left out, with or
///   without `|`.
/// - the names of the parameters, one for each unit. Those that come first may be empty: they are positional only.
///
/// The handles that `O` gives are the caller's: they are not closed, and are valid for as long as the arguments. So no
/// tracker is needed here, where HPy in C demands one; with one, the code is the same as for
/// [`HPyArg_ParseKeywordsDict!`](crate::HPyArg_ParseKeywordsDict).
///
/// Exceptions: those of [`HPyArg_Parse!`](crate::HPyArg_Parse); and `TypeError` if a keyword argument is for no
/// parameter, or for one that has a value already.
///
/// # Safety
/// The arguments are those of a call with the convention `HPyFunc_KEYWORDS`.
///
/// ```no_run
/// use hpy_sys::*;
///
/// HPyDef_METH!(scale, "scale", HPyFunc_KEYWORDS, |ctx, _self, args, nargs, kwnames| {
///     let (mut value, mut factor) = (0.0, 2.0);
///     if !HPyArg_ParseKeywords!(ctx, None, args, nargs, kwnames, "d$d:scale", ["", "by"], &mut value, &mut factor) {
///         return HPy_NULL;
///     }
///     HPyFloat_FromDouble(ctx, value * factor)
/// });
/// ```
///
/// Source: HPy `HPyArg_ParseKeywords`.
#[macro_export]
macro_rules! HPyArg_ParseKeywords {
    (
        $ctx:expr, $tracker:expr, $args:expr, $nargs:expr, $kwnames:expr, $format:literal,
        [$($name:literal),* $(,)?] $(, $output:expr)* $(,)?
    ) => {{
        const __HPY_ARGS: $crate::__helpers::ArgSpec =
            $crate::__hpy_arg_keywords!($format, [$($name),*], [$($output,)*]);
        let __hpy_ctx: &$crate::HPyContext = $ctx;
        let (__hpy_args, __hpy_nargs): (*const $crate::HPy, usize) = ($args, $nargs as usize);
        let mut __hpy_tracker: Option<&mut $crate::HPyTracker> = $tracker;
        let mut __hpy_storage = [$crate::HPy_NULL; __HPY_ARGS.units];
        let __hpy_parsed = $crate::__helpers::begin(__hpy_ctx, &mut __hpy_tracker)
            && match $crate::__helpers::order_names(
                __hpy_ctx, &__HPY_ARGS, __hpy_args, __hpy_nargs, $kwnames, &mut __hpy_storage,
            ) {
                #[allow(unused_variables)]
                Some((__hpy_values, __hpy_count)) => {
                    $crate::__hpy_arg_units!(__HPY_ARGS, __hpy_ctx, __hpy_values, __hpy_count, 0; $($output,)*)
                }
                None => false,
            };
        $crate::__helpers::end(__hpy_ctx, __hpy_tracker, __hpy_parsed)
    }};
}

/// Parses the arguments of a constructor:
/// `HPyArg_ParseKeywordsDict!(ctx, Some(&mut tracker), args, nargs, kw, "O|l:Type", ["a", "b"], &mut a, &mut b)`.
///
/// As [`HPyArg_ParseKeywords!`](crate::HPyArg_ParseKeywords), for the conventions `HPyFunc_NEWFUNC` and
/// `HPyFunc_INITPROC`:
///
/// - `kw`: the keyword arguments as the implementation got them, a dictionary or `HPy_NULL`.
/// - `tracker`: needed if a unit is `O`, or `s` where the caller changes the dictionary. Whatever is read from the
///   dictionary is kept by the tracker, so the handles are not closed, and are valid until the tracker is.
///
/// Exceptions: those of [`HPyArg_ParseKeywords!`](crate::HPyArg_ParseKeywords); `SystemError` if `kw` is no dictionary,
/// or if a unit is `O` and `tracker` turns out to be `None`. If it is the word `None`, that is a compile error.
///
/// # Safety
/// The arguments are those of a call with the convention `HPyFunc_NEWFUNC` or `HPyFunc_INITPROC`.
///
/// ```no_run
/// use hpy_sys::*;
///
/// #[repr(C)]
/// struct Point {
///     x: f64,
///     y: f64,
/// }
/// HPyType_HELPERS!(Point);
///
/// HPyDef_SLOT!(Point_init, HPy_tp_init, |ctx, this, args, nargs, kw| {
///     let Point { x, y } = &mut *Point::AsStruct(ctx, this);
///     match HPyArg_ParseKeywordsDict!(ctx, None, args, nargs, kw, "dd:Point", ["x", "y"], x, y) {
///         true => 0,
///         false => -1,
///     }
/// });
/// ```
///
/// Source: HPy `HPyArg_ParseKeywordsDict`.
#[macro_export]
macro_rules! HPyArg_ParseKeywordsDict {
    (
        @with $spec:expr; $ctx:expr, $tracker:expr, $args:expr, $nargs:expr, $kw:expr $(, $output:expr)*
    ) => {{
        const __HPY_ARGS: $crate::__helpers::ArgSpec = $spec;
        let __hpy_ctx: &$crate::HPyContext = $ctx;
        let (__hpy_args, __hpy_nargs): (*const $crate::HPy, usize) = ($args, $nargs as usize);
        let __hpy_kw: $crate::HPy = $kw;
        let mut __hpy_tracker: Option<&mut $crate::HPyTracker> = $tracker;
        let mut __hpy_storage = [$crate::HPy_NULL; __HPY_ARGS.units];
        let __hpy_parsed = $crate::__helpers::begin(__hpy_ctx, &mut __hpy_tracker)
            && match $crate::__helpers::order_dict(
                __hpy_ctx, &__HPY_ARGS, __hpy_args, __hpy_nargs, __hpy_kw, __hpy_tracker.as_deref(), &mut __hpy_storage,
            ) {
                #[allow(unused_variables)]
                Some((__hpy_values, __hpy_count)) => {
                    $crate::__hpy_arg_units!(__HPY_ARGS, __hpy_ctx, __hpy_values, __hpy_count, 0; $($output,)*)
                }
                None => false,
            };
        if __hpy_tracker.is_none() && !$crate::HPy_IsNull(__hpy_kw) {
            $crate::__helpers::release(__hpy_ctx, &__hpy_storage, __hpy_nargs);
        }
        $crate::__helpers::end(__hpy_ctx, __hpy_tracker, __hpy_parsed)
    }};
    (
        $ctx:expr, None, $args:expr, $nargs:expr, $kw:expr, $format:literal,
        [$($name:literal),* $(,)?] $(, $output:expr)* $(,)?
    ) => {
        $crate::HPyArg_ParseKeywordsDict!(
            @with $crate::__hpy_arg_keywords!($format, [$($name),*], [$($output,)*]).without_tracker();
            $ctx, None, $args, $nargs, $kw $(, $output)*
        )
    };
    (
        $ctx:expr, $tracker:expr, $args:expr, $nargs:expr, $kw:expr, $format:literal,
        [$($name:literal),* $(,)?] $(, $output:expr)* $(,)?
    ) => {
        $crate::HPyArg_ParseKeywordsDict!(
            @with $crate::__hpy_arg_keywords!($format, [$($name),*], [$($output,)*]);
            $ctx, $tracker, $args, $nargs, $kw $(, $output)*
        )
    };
}
