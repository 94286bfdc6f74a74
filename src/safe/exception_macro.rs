// src/safe/exception_macro.rs: HPyException!: an exception of the extension's own.

/// Declares an exception of the extension's own, whose base is one of [`safe`](crate::safe)'s exceptions:
///
/// ```no_run
/// use hpy_sys::safe::*;
///
/// hpy_sys::HPyException! {
///     /// There is nothing to count.
///     pub struct EmptyError as "module.EmptyError": ValueError;
/// }
///
/// fn first(ctx: &HPyContext) -> Result<()> {
///     EmptyError::raise(ctx, "there is no first item")
/// }
/// ```
///
/// [`HPyModule!`](crate::HPyModule) makes it: `use EmptyError;`.
#[macro_export]
macro_rules! HPyException {
    ($(#[$($attribute:tt)*])* $vis:vis struct $name:ident as $python:literal: $base:ty $(;)?) => {
        $(#[$($attribute)*])*
        #[derive(Debug)]
        $vis struct $name;

        const _: () = {
            static __HPY_CLASS: $crate::HPyGlobal = $crate::HPyGlobal::NULL;

            impl $crate::safe::Exception for $name {
                fn with_class<R>(
                    ctx: &$crate::HPyContext,
                    f: impl $crate::__private::core::ops::FnOnce($crate::HPy) -> R,
                ) -> $crate::safe::Result<R> {
                    $crate::safe::__private::module::with_exception(ctx, &__HPY_CLASS, $python, f)
                }
            }

            // SAFETY: the global is a static.
            unsafe impl $crate::safe::__private::module::Item for $name {
                const GLOBAL: *const $crate::HPyGlobal = &raw const __HPY_CLASS;

                fn add(
                    ctx: &$crate::HPyContext,
                    module: &$crate::safe::Object<'_>,
                    _: $crate::__private::core::primitive::bool,
                ) -> $crate::safe::Result<()> {
                    $crate::safe::__private::module::add_exception::<$base>(
                        ctx,
                        module,
                        &__HPY_CLASS,
                        $crate::__hpy_c_str!($crate::__private::core::stringify!($name)),
                        $crate::__hpy_c_str!($python),
                        $crate::__hpy_c_str!($crate::__hpy_docstring!([""] [$(#[$($attribute)*])*])),
                    )
                }
            }
        };
    };
}

/// A constant text as a C string, checked at compile time.
#[doc(hidden)]
#[macro_export]
macro_rules! __hpy_c_str {
    ($text:expr) => {
        const { $crate::__private::c_string($crate::__hpy_terminated!($text)) }
    };
}
