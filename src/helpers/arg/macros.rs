// src/helpers/arg/macros.rs: the argument parsers for Rust: a format read at compile time, and straight code.

/// Converts the arguments one after the other, until one fails.
#[doc(hidden)]
#[macro_export]
macro_rules! __hpy_arg_units {
    ($spec:ident, $ctx:ident, $ordered:ident, $items:ident, $index:expr;) => {
        true
    };
    ($spec:ident, $ctx:ident, $ordered:ident, $items:ident, $index:expr; $output:expr, $($rest:tt)*) => {
        $crate::__helpers::unit::<
            { $spec.unit($index).code }, { $spec.unit($index).packed() }, _, _,
        >(
            $ctx, &$spec, &$ordered, &$items, $index, $output,
            || $crate::__hpy_arg_units!($spec, $ctx, $ordered, $items, $index + 1; $($rest)*),
        )
    };
}

/// The names of parameters, as text and as a list for the run time, for `ArgSpec::keywords`.
#[doc(hidden)]
#[macro_export]
macro_rules! __hpy_arg_keywords {
    ($format:expr, [$($name:expr),*], [$($output:expr,)*]) => {{
        static __HPY_NAMES: $crate::NullTerminated<$crate::c_char, { $crate::__hpy_count!($($name),*) + 1 }> =
            $crate::NullTerminated([
                $($crate::__hpy_terminated!($name).as_ptr().cast(),)* $crate::__private::ptr::null()
            ]);
        $crate::__helpers::ArgSpec::keywords(
            $crate::__hpy_terminated!($format),
            &[$($crate::__hpy_terminated!($name)),*],
            (&raw const __HPY_NAMES).cast(),
            $crate::__hpy_count!($($output),*),
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
/// - format: a constant text of units, with `|` before the first argument that may be left out. `:name` at its end
///   names the function in messages; `;text` is said in place of any message of this macro.
///   `(ii)` is a sequence of two integers: a variable for each of its units.
/// - one `&mut` variable for each unit. That of an argument that is left out stays as it is, and after a failure some
///   may be written.
///
#[doc = include_str!(concat!(env!("OUT_DIR"), "/docs/arg_units.md"))]
///
/// Who owns what a unit gives, and how long it is valid:
///
/// | parser, tracker | a handle | a text |
/// |---|---|---|
/// | `HPyArg_Parse!`, any | the handle among the arguments: its owner closes it, and it is valid until then | as long as the argument lives |
/// | `HPyArg_ParseKeywords!`, `None` | the same | the same |
/// | `HPyArg_ParseKeywords!`, `Some` | a handle of its own, valid until the tracker is closed, whatever becomes of the arguments | as long as the argument lives |
/// | `HPyArg_ParseKeywordsDict!`, `None` | does not compile | as long as the argument, or the dictionary with the value, lives |
/// | `HPyArg_ParseKeywordsDict!`, `Some` | a handle of its own, valid until the tracker is closed | as long as the argument lives; of a keyword argument, until the tracker is closed |
///
/// None of them is closed with [`HPy_Close`](crate::HPy_Close) by whoever parses. A view is released by
/// [`HPyBuffer_Release`](crate::HPyBuffer_Release), and the text of `es` freed by [`HPyMem_Free`](crate::HPyMem_Free); a parser
/// that fails has done that. All other units copy a value.
///
/// In parentheses each unit is for an item of the argument, a sequence other than text. A handle or a text that belongs to an item needs
/// a tracker, which keeps the items: it is valid until that is closed.
///
/// A variable may also be an `Option`: `None` stays where the argument is left out.
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
/// HPyDef_METH!(add, "add", HPyFunc_VARARGS, |ctx, _self, args, nargs| unsafe {
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
#[macro_export]
macro_rules! HPyArg_Parse {
    ($ctx:expr, None, $args:expr, $nargs:expr, $format:expr $(, $output:expr)* $(,)?) => {
        $crate::HPyArg_Parse!(
            @with $crate::__helpers::ArgSpec::positional(
                $crate::__hpy_terminated!($format), $crate::__hpy_count!($($output),*),
            ).without_items();
            $ctx, $crate::__private::None, $args, $nargs $(, $output)*
        )
    };
    (@with $spec:expr; $ctx:expr, $tracker:expr, $args:expr, $nargs:expr $(, $output:expr)*) => {{
        const __HPY_ARGS: $crate::__helpers::ArgSpec = $spec;
        let __hpy_ctx: &$crate::HPyContext = $ctx;
        let (__hpy_args, __hpy_nargs): (*const $crate::HPy, usize) = ($args, $nargs as usize);
        let mut __hpy_tracker: $crate::__private::Option<&mut $crate::HPyTracker> = $tracker;
        let __hpy_items = $crate::__helpers::Items::<{ __HPY_ARGS.items }>::new();
        let __hpy_parsed = $crate::__helpers::begin(__hpy_ctx, &mut __hpy_tracker)
            && $crate::__helpers::count_fits(__hpy_ctx, &__HPY_ARGS, __hpy_args, __hpy_nargs)
            && {
                #[allow(unused_variables)]
                let __hpy_ordered =
                    $crate::__helpers::Ordered::positional(__hpy_args, __hpy_nargs, __hpy_tracker.as_deref());
                $crate::__hpy_arg_units!(__HPY_ARGS, __hpy_ctx, __hpy_ordered, __hpy_items, 0; $($output,)*)
            };
        if __hpy_tracker.is_none() {
            __hpy_items.close(__hpy_ctx);
        }
        $crate::__helpers::end(__hpy_ctx, __hpy_tracker, __hpy_parsed)
    }};
    ($ctx:expr, $tracker:expr, $args:expr, $nargs:expr, $format:expr $(, $output:expr)* $(,)?) => {
        $crate::HPyArg_Parse!(
            @with $crate::__helpers::ArgSpec::positional(
                $crate::__hpy_terminated!($format), $crate::__hpy_count!($($output),*),
            );
            $ctx, $tracker, $args, $nargs $(, $output)*
        )
    };
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
/// Without a tracker, where HPy in C demands one, a unit gives the handle among the arguments, which costs nothing. With one, it
/// gives a handle of its own, as HPy in C does: at the cost of a tracker, and of a reference for each.
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
/// HPyDef_METH!(scale, "scale", HPyFunc_KEYWORDS, |ctx, _self, args, nargs, kwnames| unsafe {
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
        $ctx:expr, None, $args:expr, $nargs:expr, $kwnames:expr, $format:expr,
        [$($name:expr),* $(,)?] $(, $output:expr)* $(,)?
    ) => {
        $crate::HPyArg_ParseKeywords!(
            @with $crate::__hpy_arg_keywords!($format, [$($name),*], [$($output,)*]).without_items();
            $ctx, $crate::__private::None, $args, $nargs, $kwnames $(, $output)*
        )
    };
    (@with $spec:expr; $ctx:expr, $tracker:expr, $args:expr, $nargs:expr, $kwnames:expr $(, $output:expr)*) => {{
        const __HPY_ARGS: $crate::__helpers::ArgSpec = $spec;
        let __hpy_ctx: &$crate::HPyContext = $ctx;
        let (__hpy_args, __hpy_nargs): (*const $crate::HPy, usize) = ($args, $nargs as usize);
        let mut __hpy_tracker: $crate::__private::Option<&mut $crate::HPyTracker> = $tracker;
        let mut __hpy_storage = [$crate::HPy_NULL; __HPY_ARGS.parameters];
        let __hpy_items = $crate::__helpers::Items::<{ __HPY_ARGS.items }>::new();
        let __hpy_parsed = $crate::__helpers::begin(__hpy_ctx, &mut __hpy_tracker)
            && match $crate::__helpers::order_names(
                __hpy_ctx, &__HPY_ARGS, __hpy_args, __hpy_nargs, $kwnames, __hpy_tracker.as_deref(), &mut __hpy_storage,
            ) {
                #[allow(unused_variables)]
                $crate::__private::Some(__hpy_ordered) => {
                    $crate::__hpy_arg_units!(__HPY_ARGS, __hpy_ctx, __hpy_ordered, __hpy_items, 0; $($output,)*)
                }
                $crate::__private::None => false,
            };
        if __hpy_tracker.is_none() {
            __hpy_items.close(__hpy_ctx);
        }
        $crate::__helpers::end(__hpy_ctx, __hpy_tracker, __hpy_parsed)
    }};
    (
        $ctx:expr, $tracker:expr, $args:expr, $nargs:expr, $kwnames:expr, $format:expr,
        [$($name:expr),* $(,)?] $(, $output:expr)* $(,)?
    ) => {
        $crate::HPyArg_ParseKeywords!(
            @with $crate::__hpy_arg_keywords!($format, [$($name),*], [$($output,)*]);
            $ctx, $tracker, $args, $nargs, $kwnames $(, $output)*
        )
    };
}

/// Parses the arguments of a constructor:
/// `HPyArg_ParseKeywordsDict!(ctx, Some(&mut tracker), args, nargs, kw, "O|l:Type", ["a", "b"], &mut a, &mut b)`.
///
/// As [`HPyArg_ParseKeywords!`](crate::HPyArg_ParseKeywords), for the conventions `HPyFunc_NEWFUNC` and
/// `HPyFunc_INITPROC`:
///
/// - `kw`: the keyword arguments as the implementation got them, a dictionary or `HPy_NULL`.
/// - `tracker`: needed if a unit gives a handle, or a text where the caller changes the dictionary. The tracker keeps whatever
///   is read from the dictionary, and the handles that units give: they are valid until it is closed.
///
/// Exceptions: those of [`HPyArg_ParseKeywords!`](crate::HPyArg_ParseKeywords); `SystemError` if `kw` is no dictionary,
/// or if a unit gives a handle and `tracker` turns out to be `None`. If it is the word `None`, that is a compile error.
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
/// HPyType_HELPERS!(Point, unsafe { HPyType_BuiltinShape_Object });
///
/// HPyDef_SLOT!(Point_init, HPy_tp_init, |ctx, this, args, nargs, kw| unsafe {
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
        let mut __hpy_tracker: $crate::__private::Option<&mut $crate::HPyTracker> = $tracker;
        let mut __hpy_storage = [$crate::HPy_NULL; __HPY_ARGS.parameters];
        let __hpy_items = $crate::__helpers::Items::<{ __HPY_ARGS.items }>::new();
        let __hpy_parsed = $crate::__helpers::begin(__hpy_ctx, &mut __hpy_tracker)
            && match $crate::__helpers::order_dict(
                __hpy_ctx, &__HPY_ARGS, __hpy_args, __hpy_nargs, __hpy_kw, __hpy_tracker.as_deref(), &mut __hpy_storage,
            ) {
                #[allow(unused_variables)]
                $crate::__private::Some(__hpy_ordered) => {
                    $crate::__hpy_arg_units!(__HPY_ARGS, __hpy_ctx, __hpy_ordered, __hpy_items, 0; $($output,)*)
                }
                $crate::__private::None => false,
            };
        if __hpy_tracker.is_none() {
            __hpy_items.close(__hpy_ctx);
        }
        if __hpy_tracker.is_none() && !$crate::HPy_IsNull(__hpy_kw) {
            $crate::__helpers::release(__hpy_ctx, &__hpy_storage, __hpy_nargs);
        }
        $crate::__helpers::end(__hpy_ctx, __hpy_tracker, __hpy_parsed)
    }};
    (
        $ctx:expr, None, $args:expr, $nargs:expr, $kw:expr, $format:expr,
        [$($name:expr),* $(,)?] $(, $output:expr)* $(,)?
    ) => {
        $crate::HPyArg_ParseKeywordsDict!(
            @with $crate::__hpy_arg_keywords!($format, [$($name),*], [$($output,)*]).without_tracker();
            $ctx, $crate::__private::None, $args, $nargs, $kw $(, $output)*
        )
    };
    (
        $ctx:expr, $tracker:expr, $args:expr, $nargs:expr, $kw:expr, $format:expr,
        [$($name:expr),* $(,)?] $(, $output:expr)* $(,)?
    ) => {
        $crate::HPyArg_ParseKeywordsDict!(
            @with $crate::__hpy_arg_keywords!($format, [$($name),*], [$($output,)*]);
            $ctx, $tracker, $args, $nargs, $kw $(, $output)*
        )
    };
}
