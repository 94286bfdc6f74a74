// src/safe/module_macro.rs: HPyModule!: a module with its functions, classes, exceptions and constants.

/// Declares a module, and the extension that has it:
///
/// ```no_run
/// use hpy_sys::safe::*;
///
/// hpy_sys::HPyModule! {
///     /// Words.
///     mod words {
///         use WordError;
///         const LONGEST: usize = 64;
///
///         /// The words of a text, at most `limit`.
///         fn split(ctx: &HPyContext, text: &str, limit: Option<usize> = None) -> Result<Vec<String>> {
///             let words = text.split_whitespace().take(limit.unwrap_or(usize::MAX));
///             words.map(|word| match word.len() <= LONGEST {
///                 true => Ok(word.to_owned()),
///                 false => WordError::raise(ctx, format_args!("{word} is too long")),
///             }).collect()
///         }
///
///         exec(ctx, module) {
///             module.set_attr(c"__version__", "1.0")
///         }
///     }
/// }
///
/// hpy_sys::HPyException! {
///     /// A word is too long.
///     pub struct WordError as "words.WordError": ValueError;
/// }
/// # fn main() {}
/// ```
///
/// `use` names what [`HPyType!`](crate::HPyType) and [`HPyException!`](crate::HPyException) declare: each is made and becomes an
/// attribute. A `const` is one of Rust's and an attribute too. A function is one of Rust's, whose parameters and result are as in
/// [`HPyType!`](crate::HPyType). `exec`, which runs last, does what is left; it gets the context and the module, and returns a
/// [`Result`](crate::safe::Result) of nothing.
///
/// The module tells CPython that it works in every interpreter and without the global lock: no object gets into a `static`
/// or into another thread, and what a class holds is `Sync`. Whoever keeps state by `unsafe` code takes care of the same. In the
/// loader ABIs a module with a class that has a [`Field`](crate::safe::Field) keeps the lock.
///
/// Source: hpy-sys's own; in C it is `HPyModuleDef`, `HPyDef_METH`, `HPyDef_SLOT` and `HPy_MODINIT`.
#[macro_export]
macro_rules! HPyModule {
    ($(#[$($attribute:tt)*])* mod $module:ident { $($items:tt)* }) => {
        $crate::__hpy_module! { @items [$module [$(#[$($attribute)*])*]] [] [] [] []; $($items)* }
    };
    ($($rest:tt)*) => {
        $crate::__private::core::compile_error!(
            "a module is a name and what is in it: `HPyModule! { mod name { fn half(x: f64) -> f64 { x / 2.0 } } }`"
        );
    };
}

/// Reads the items of a module, and writes it.
#[doc(hidden)]
#[macro_export]
macro_rules! __hpy_module {
    (@items $module:tt [$($uses:tt)*] $constants:tt $functions:tt $exec:tt; use $($item:ident),+ $(,)?; $($rest:tt)*) => {
        $crate::__hpy_module! { @items $module [$($uses)* $($item)+] $constants $functions $exec; $($rest)* }
    };
    (
        @items $module:tt $uses:tt [$($constants:tt)*] $functions:tt $exec:tt;
        $(#[$($attribute:tt)*])* $vis:vis const $name:ident: $type:ty = $value:expr; $($rest:tt)*
    ) => {
        $(#[$($attribute)*])*
        $vis const $name: $type = $value;
        $crate::__hpy_module! { @items $module $uses [$($constants)* $name] $functions $exec; $($rest)* }
    };
    (@items $module:tt $uses:tt $constants:tt $functions:tt []; exec($ctx:ident, $of:ident) $body:block $($rest:tt)*) => {
        $crate::__hpy_module! { @items $module $uses $constants $functions [$ctx $of $body]; $($rest)* }
    };
    (
        @items $module:tt $uses:tt $constants:tt [$($functions:tt)*] $exec:tt;
        $(#[$($attribute:tt)*])* $vis:vis fn $name:ident $(<$lifetime:lifetime>)? ($($parameters:tt)*) $(-> $result:ty)? $body:block
        $($rest:tt)*
    ) => {
        $crate::__hpy_module! {
            @items $module $uses $constants [
                $($functions)*
                {[$(#[$($attribute)*])*] [$vis] $name [$(<$lifetime>)?] [$($parameters)*] [$(-> $result)?] $body}
            ] $exec;
            $($rest)*
        }
    };
    (@items [$module:ident $docs:tt] [$($uses:ident)*] [$($constants:ident)*] [$($function:tt)*] [$($exec:tt)*];) => {
        $($crate::__hpy_module! { @write $function })*

        const _: () = {
            $crate::HPyDef_SLOT! {
                @define [#[allow(clippy::all, unused)] static __HPY_EXEC, HPy_mod_exec]
                [promised |__hpy_ctx, __hpy_module| $crate::safe::__private::outcome::done(|| {
                    // SAFETY: the module is open for the time of the call.
                    let __hpy_module = unsafe { $crate::safe::Borrowed::from_handle(__hpy_ctx, __hpy_module) };
                    $(<$uses as $crate::safe::__private::module::Item>::add(__hpy_ctx, &__hpy_module)?;)*
                    $($crate::safe::__private::module::set(
                        __hpy_ctx, &__hpy_module, $crate::__hpy_c_str!($crate::__private::core::stringify!($constants)), $constants
                    )?;)*
                    $crate::__hpy_module!(@exec __hpy_ctx __hpy_module [$($exec)*])
                })]
            }
            // What an interpreter and a thread may share is `Sync`.
            $crate::HPyDef_MULTIPLE_INTERPRETERS! {
                @define [static __HPY_INTERPRETERS] [promised $crate::HPy_MOD_PER_INTERPRETER_GIL_SUPPORTED]
            }
            $crate::HPyDef_GIL! {
                @define [static __HPY_GIL] [promised $crate::safe::__private::module::gil(
                    false $(|| <$uses as $crate::safe::__private::module::Item>::HAS_FIELDS)*
                )]
            }
            const __HPY_COUNT: $crate::__private::core::primitive::usize = 4 $(+ $crate::__hpy_class!(@one $function))*;
            static __HPY_DEFINES: $crate::NullTerminated<$crate::HPyDef, __HPY_COUNT> =
                $crate::safe::__private::class::defines([
                    $($crate::__hpy_module!(@function $function),)*
                    &raw const __HPY_EXEC, &raw const __HPY_INTERPRETERS, &raw const __HPY_GIL, $crate::__private::ptr::null(),
                ]);
            static __HPY_GLOBALS: $crate::NullTerminated<$crate::HPyGlobal, { 1 $(+ $crate::__hpy_class!(@one $uses))* }> =
                $crate::NullTerminated([
                    $(<$uses as $crate::safe::__private::module::Item>::GLOBAL,)* $crate::__private::ptr::null()
                ]);
            static __HPY_DESCRIPTION: $crate::HPyModuleDef = {
                let __hpy_doc = $crate::__hpy_c_string!($crate::__hpy_docstring!([""] $docs));
                // SAFETY: the text is a constant, and the lists are statics that end with null.
                unsafe {
                    $crate::HPyModuleDef::EMPTY
                        .with_doc(__hpy_doc)
                        .with_defines((&raw const __HPY_DEFINES).cast())
                        .with_globals((&raw const __HPY_GLOBALS).cast())
                }
            };
            $crate::HPy_MODINIT!($module, __HPY_DESCRIPTION);
        };
    };
    (@items $module:tt $uses:tt $constants:tt $functions:tt $exec:tt; $($rest:tt)+) => {
        $crate::__private::core::compile_error!($crate::__private::core::concat!(
            "nothing of a module: `", $crate::__private::core::stringify!($($rest)+),
            "`; it has `use Class, Exception;`, `const NAME: Type = value;`, functions, and one `exec(ctx, module) { .. }`"
        ));
    };
    (@exec $ctx:ident $module:ident []) => {
        $crate::safe::__private::Ok(())
    };
    (@exec $ctx:ident $module:ident [$own_ctx:ident $own_module:ident $body:block]) => {{
        let $own_ctx: &$crate::HPyContext = $ctx;
        let $own_module: &$crate::safe::Object<'_> = &$module;
        $body
    }};
    // A function as one of Rust.
    (@write { $attributes:tt $vis:tt $name:ident $lifetime:tt [$($parameters:tt)*] $result:tt $body:block }) => {
        $crate::__hpy_function! {
            @parse [__hpy_module [@written $attributes $vis $name $lifetime $result $body]]
            [__hpy_ctx __hpy_this __hpy_arguments] [required] [keywords] [] [] [] [] [] [] []; $($parameters)*
        }
    };
    (
        @written [$($attributes:tt)*] [$vis:vis] $name:ident [$($lifetime:tt)*] [$($result:tt)*] $body:block $ids:tt $style:tt []
        [$($rust:tt)*] $($python:tt)*
    ) => {
        $($attributes)*
        $vis fn $name $($lifetime)* ($($rust)*) $($result)* $body
    };
    (@written $attributes:tt $vis:tt $name:ident $($rest:tt)*) => {
        $crate::__private::core::compile_error!($crate::__private::core::concat!(
            "the function `", $crate::__private::core::stringify!($name), "` of a module has no `self`"
        ));
    };
    // A function as the address of a definition.
    (@function { $docs:tt $vis:tt $name:ident $lifetime:tt [$($parameters:tt)*] $($rest:tt)* }) => {
        $crate::__hpy_function! {
            @parse [__hpy_module [@defined $name $docs]]
            [__hpy_ctx __hpy_this __hpy_arguments] [required] [keywords] [] [] [] [] [] [] []; $($parameters)*
        }
    };
    (
        @defined $name:ident $docs:tt [$ctx:ident $this:ident $arguments:ident] $style:tt $recv:tt $rust:tt $fmt:tt $names:tt
        [$($sig:expr,)*] $reads:tt [$($call:tt)*]
    ) => {{
        $crate::__hpy_callable! {
            $crate::__private::core::stringify!($name),
            $crate::__hpy_docstring!(
                [$crate::__private::core::stringify!($name), "($module", $($sig,)* ")\n--\n\n"] $docs
            ),
            [$ctx $this $arguments] $style $fmt $names $reads __hpy_self
            [$crate::safe::__private::Outcome::outcome($name($($call)*), $ctx)]
        }
        &raw const __HPY_DEFINITION
    }};
}
