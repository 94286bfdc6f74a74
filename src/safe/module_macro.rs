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
/// A `struct` is the state of the module: each module object has one, which `exec` returns, and which is dropped with the module. It
/// is `Send` and `Sync`, and a [`Field`](crate::safe::Field) in it refers to an object. A function, and a method of a class
/// that the module uses, has it as a parameter, `state: State<'_, Counts>`: see [`State`](crate::safe::State). HPy 0.9.0's loader
/// and PyPy refuse such a module.
///
/// The module tells CPython that it works in every interpreter and without the global lock: no object gets into a `static`
/// or into another thread, and what a class holds is `Sync`. Whoever keeps state by `unsafe` code takes care of the same. In the
/// loader ABIs a module with a class that has a [`Field`](crate::safe::Field) keeps the lock.
///
/// Source: hpy-sys's own; in C it is `HPyModuleDef`, `HPyDef_METH`, `HPyDef_SLOT` and `HPy_MODINIT`.
#[macro_export]
macro_rules! HPyModule {
    ($(#[$($attribute:tt)*])* mod $module:ident { $($items:tt)* }) => {
        $crate::__hpy_module! { @items [$module [$(#[$($attribute)*])*]] [] [] [] [] []; $($items)* }
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
    (@items $module:tt [$($uses:tt)*] $constants:tt $functions:tt $exec:tt $state:tt; use $($item:ident),+ $(,)?; $($rest:tt)*) => {
        $crate::__hpy_module! { @items $module [$($uses)* $($item)+] $constants $functions $exec $state; $($rest)* }
    };
    (
        @items $module:tt $uses:tt [$($constants:tt)*] $functions:tt $exec:tt $state:tt;
        $(#[$($attribute:tt)*])* $vis:vis const $name:ident: $type:ty = $value:expr; $($rest:tt)*
    ) => {
        $(#[$($attribute)*])*
        $vis const $name: $type = $value;
        $crate::__hpy_module! { @items $module $uses [$($constants)* $name] $functions $exec $state; $($rest)* }
    };
    (
        @items $module:tt $uses:tt $constants:tt $functions:tt [] $state:tt; exec($ctx:ident, $of:ident) $body:block $($rest:tt)*
    ) => {
        $crate::__hpy_module! { @items $module $uses $constants $functions [$ctx $of $body] $state; $($rest)* }
    };
    (
        @items $module:tt $uses:tt $constants:tt $functions:tt $exec:tt [];
        $(#[$($attribute:tt)*])* $vis:vis struct $name:ident {
            $($(#[$($of_field:tt)*])* $field_vis:vis $field:ident: $type:ty),* $(,)?
        }
        $($rest:tt)*
    ) => {
        $(#[$($attribute)*])*
        $vis struct $name {
            $($(#[$($of_field)*])* $field_vis $field: $type,)*
        }
        $crate::__hpy_module! { @items $module $uses $constants $functions $exec [$name $($field $type;)*]; $($rest)* }
    };
    (
        @items $module:tt $uses:tt $constants:tt [$($functions:tt)*] $exec:tt $state:tt;
        $(#[$($attribute:tt)*])* $vis:vis fn $name:ident $(<$lifetime:lifetime>)? ($($parameters:tt)*) $(-> $result:ty)? $body:block
        $($rest:tt)*
    ) => {
        $crate::__hpy_module! {
            @items $module $uses $constants [
                $($functions)*
                {[$(#[$($attribute)*])*] [$vis] $name [$(<$lifetime>)?] [$($parameters)*] [$(-> $result)?] $body}
            ] $exec $state;
            $($rest)*
        }
    };
    (
        @items [$module:ident $docs:tt] [$($uses:ident)*] [$($constants:ident)*] [$($function:tt)*] $exec:tt
        [$($state:ident $($field:ident $type:ty;)*)?];
    ) => {
        $($crate::__hpy_module! { @write $function })*

        const _: () = {
            $($crate::__hpy_module_state! { @describe $module $state __HPY_DESCRIPTION $($field $type;)* })?
            #[allow(unused_parens)]
            type __HpyState = ($($state)?);
            const __HPY_HAS_STATE: $crate::__private::core::primitive::bool = false $(|| $crate::__hpy_module_state!(@is $state))?;
            $crate::HPyDef_SLOT! {
                @define [#[allow(clippy::all, unused)] static __HPY_EXEC, HPy_mod_exec]
                [promised |__hpy_ctx, __hpy_module| $crate::safe::__private::outcome::done(|| {
                    // SAFETY: the module is open for the time of the call.
                    let __hpy_module = unsafe { $crate::safe::Borrowed::from_handle(__hpy_ctx, __hpy_module) };
                    $(<$uses as $crate::safe::__private::module::Item>::add(__hpy_ctx, &__hpy_module, __HPY_HAS_STATE)?;)*
                    $($crate::safe::__private::module::set(
                        __hpy_ctx, &__hpy_module, $crate::__hpy_c_str!($crate::__private::core::stringify!($constants)), $constants
                    )?;)*
                    $crate::__hpy_module!(@exec __hpy_ctx __hpy_module $exec [$($state)?])
                })]
            }
            // What an interpreter and a thread may share is `Sync`.
            $crate::HPyDef_MULTIPLE_INTERPRETERS! {
                @define [static __HPY_INTERPRETERS] [promised $crate::HPy_MOD_PER_INTERPRETER_GIL_SUPPORTED]
            }
            $crate::HPyDef_GIL! {
                @define [static __HPY_GIL] [promised $crate::safe::__private::module::gil(
                    false $(|| <$uses as $crate::safe::__private::module::Item>::HAS_FIELDS)*
                        $(|| !<$state as $crate::safe::ModuleState>::FIELDS.is_empty())?
                )]
            }
            const __HPY_COUNT: $crate::__private::core::primitive::usize =
                4 $(+ $crate::__hpy_class!(@one $function))* $(+ 2 * $crate::__hpy_class!(@one $state))?;
            static __HPY_DEFINES: $crate::NullTerminated<$crate::HPyDef, __HPY_COUNT> =
                $crate::safe::__private::class::defines([
                    $($crate::__hpy_module!(@function $function),)*
                    $($crate::__hpy_module_state!(@traverse $state), $crate::__hpy_module_state!(@destroy $state),)?
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
                        $(.with_size($crate::safe::__private::state::size::<$state>()))?
                }
            };
            $crate::HPy_MODINIT!($module, __HPY_DESCRIPTION);
        };
    };
    (@items $module:tt $uses:tt $constants:tt $functions:tt $exec:tt $state:tt; $($rest:tt)+) => {
        $crate::__private::core::compile_error!($crate::__private::core::concat!(
            "nothing of a module: `", $crate::__private::core::stringify!($($rest)+),
            "`; it has `use Class, Exception;`, `const NAME: Type = value;`, functions, one `exec(ctx, module) { .. }`, and one \
             `struct State { field: Type }`"
        ));
    };
    (@exec $ctx:ident $module:ident [] []) => {
        $crate::safe::__private::Ok(())
    };
    (@exec $ctx:ident $module:ident [] [$state:ident]) => {
        $crate::__private::core::compile_error!($crate::__private::core::concat!(
            "nothing makes the state of the module: write `exec(ctx, module) { Ok(", $crate::__private::core::stringify!($state),
            " { .. }) }`"
        ))
    };
    (@exec $ctx:ident $module:ident [$own_ctx:ident $own_module:ident $body:block] []) => {{
        let $own_ctx: &$crate::HPyContext = $ctx;
        let $own_module: &$crate::safe::Object<'_> = &$module;
        $body
    }};
    (@exec $ctx:ident $module:ident $exec:tt [$state:ident]) => {{
        let __hpy_state: $crate::safe::Result<$state> = (|| $crate::__hpy_module!(@exec $ctx $module $exec []))();
        // SAFETY: this is its `HPy_mod_exec`.
        unsafe { $crate::safe::__private::state::write::<$state>(&$module, __hpy_state?) }
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
    (@defined $name:ident $docs:tt $ids:tt $style:tt $recv:tt $rust:tt $fmt:tt $names:tt $sig:tt [] $call:tt) => {
        $crate::__hpy_module! { @callable $name $name $docs $ids $style $fmt $names $sig [] $call }
    };
    // A parameter may have the name of the function.
    (@defined $name:ident $docs:tt $ids:tt $style:tt $recv:tt $rust:tt $fmt:tt $names:tt $sig:tt [$($reads:tt)+] $call:tt) => {
        $crate::__hpy_module! {
            @callable $name __hpy_function $docs $ids $style $fmt $names $sig [let __hpy_function = $name; $($reads)+] $call
        }
    };
    (
        @callable $name:ident $function:ident $docs:tt [$ctx:ident $this:ident $arguments:ident] $style:tt $fmt:tt $names:tt
        [$($sig:expr,)*] $reads:tt [$($call:tt)*]
    ) => {{
        $crate::__hpy_callable! {
            $crate::__private::core::stringify!($name),
            $crate::__hpy_docstring!(
                [$crate::__private::core::stringify!($name), "($module", $($sig,)* ")\n--\n\n"] $docs
            ),
            [$ctx $this $arguments] $style $fmt $names $reads __hpy_self
            [{
                // SAFETY: CPython passes the module of this description.
                let $this = unsafe { $crate::safe::__private::state::OfModule::<__HpyState>::new($ctx, __hpy_self) };
                $crate::safe::__private::Outcome::outcome($function($($call)*), $ctx)
            }]
        }
        &raw const __HPY_DEFINITION
    }};
}

/// Describes the state of a module.
#[doc(hidden)]
#[macro_export]
macro_rules! __hpy_module_state {
    (@describe $module:ident $state:ident $description:ident $($field:ident $type:ty;)*) => {
        const __HPY_ALL: &[($crate::__private::core::primitive::bool, $crate::__private::core::primitive::usize)] = {
            #[allow(unused_imports)]
            use $crate::safe::__private::NoField as _;
            &[$((
                $crate::safe::__private::Probe::<$type>::IS_FIELD,
                $crate::__private::core::mem::offset_of!($state, $field),
            )),*]
        };
        const _: () = $crate::safe::__private::class::check(
            <$state as $crate::safe::ModuleState>::FIELDS, $crate::__private::core::mem::align_of::<$state>(), false
        );

        // SAFETY: the description has the struct's size, and visits its fields.
        unsafe impl $crate::safe::ModuleState for $state {
            const MODULE: &'static $crate::__private::core::primitive::str = $crate::__private::core::stringify!($module);
            const FIELDS: &'static [$crate::__private::core::primitive::usize] =
                &$crate::safe::__private::field::offsets::<{ $crate::safe::__private::field::count(__HPY_ALL) }>(__HPY_ALL);

            fn definition() -> &'static $crate::HPyModuleDef {
                &$description
            }
        }
    };
    (@is $state:ident) => { true };
    (@traverse $state:ident) => {
        $crate::__hpy_class!(@slot !<$state as $crate::safe::ModuleState>::FIELDS.is_empty(), HPy_mod_traverse,
            $crate::safe::__private::state::traverse::<$state>)
    };
    (@destroy $state:ident) => {
        $crate::__hpy_class!(@slot $crate::__private::core::mem::needs_drop::<$state>(), HPy_mod_destroy,
            $crate::safe::__private::state::destroy::<$state>)
    };
}
