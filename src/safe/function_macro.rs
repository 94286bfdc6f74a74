// src/safe/function_macro.rs: reads the parameters of a function of `HPyType!` and `HPyModule!`, and writes what CPython calls.
//
// A parameter is one of Rust, so that the function is an ordinary one; the marks `/` and `*` and the defaults are Python's.

/// Reads parameters: `{ @parse [NEXT [PASS]] STATE; PARAMETERS }` becomes `NEXT! { PASS STATE }`.
///
/// The state: `ids` are the names that the code in `reads` and `call` uses; `mode` is how the last parameter was passed, and
/// `style` how all are; `recv` is the receiver; `rust` are the parameters in Rust, `fmt` the units, `names` and `sig` what Python
/// calls them, `reads` the statements that convert them, and `call` the arguments of the call.
#[doc(hidden)]
#[macro_export]
macro_rules! __hpy_function {
    // The end.
    (
        @parse [$next:ident [$($pass:tt)*]] $ids:tt $mode:tt $style:tt $recv:tt $rust:tt $fmt:tt $names:tt $sig:tt $reads:tt
        $call:tt;
    ) => {
        $crate::$next! { $($pass)* $ids $style $recv $rust $fmt $names $sig $reads $call }
    };
    // The receiver.
    (
        @parse $next:tt $ids:tt $mode:tt $style:tt [] [] $fmt:tt $names:tt $sig:tt $reads:tt $call:tt;
        & mut $self:ident $(, $($rest:tt)*)?
    ) => {
        $crate::__hpy_function! {
            @parse $next $ids $mode $style [exclusive $self] [] $fmt $names $sig $reads $call; $($($rest)*)?
        }
    };
    (
        @parse $next:tt $ids:tt $mode:tt $style:tt [] [] $fmt:tt $names:tt $sig:tt $reads:tt $call:tt;
        & $self:ident $(, $($rest:tt)*)?
    ) => {
        $crate::__hpy_function! {
            @parse $next $ids $mode $style [shared $self] [] $fmt $names $sig $reads $call; $($($rest)*)?
        }
    };
    // What Python does not pass: the context, and the instance as an object.
    (
        @parse $next:tt [$ctx:ident $($ids:tt)*] $mode:tt $style:tt $recv:tt [$($rust:tt)*] $fmt:tt $names:tt $sig:tt
        $reads:tt [$($call:tt)*];
        $name:ident: & $($lifetime:lifetime)? HPyContext $(, $($rest:tt)*)?
    ) => {
        $crate::__hpy_function! {
            @parse $next [$ctx $($ids)*] $mode $style $recv [$($rust)* $name: & $($lifetime)? $crate::HPyContext,]
            $fmt $names $sig $reads [$($call)* $ctx,]; $($($rest)*)?
        }
    };
    (
        @parse $next:tt [$ctx:ident $this:ident $($ids:tt)*] $mode:tt $style:tt $recv:tt [$($rust:tt)*] $fmt:tt $names:tt $sig:tt
        $reads:tt [$($call:tt)*];
        $name:ident: This<$lifetime:lifetime> $(, $($rest:tt)*)?
    ) => {
        $crate::__hpy_function! {
            @parse $next [$ctx $this $($ids)*] $mode $style $recv [$($rust)* $name: $crate::safe::This<$lifetime>,]
            $fmt $names $sig $reads [$($call)* $this,]; $($($rest)*)?
        }
    };
    (
        @parse $next:tt [$ctx:ident $this:ident $($ids:tt)*] $mode:tt $style:tt $recv:tt [$($rust:tt)*] $fmt:tt $names:tt $sig:tt
        $reads:tt [$($call:tt)*];
        $name:ident: State<$lifetime:lifetime, $type:ty> $(, $($rest:tt)*)?
    ) => {
        $crate::__hpy_function! {
            @parse $next [$ctx $this $($ids)*] $mode $style $recv [$($rust)* $name: $crate::safe::State<$lifetime, $type>,]
            $fmt $names $sig $reads [$($call)* $crate::safe::__private::state::find::<$type>(&$this)?,]; $($($rest)*)?
        }
    };
    // The marks.
    (
        @parse $next:tt $ids:tt $mode:tt [keywords] $recv:tt $rust:tt $fmt:tt [$($name:expr,)*] [$($sig:tt)*] $reads:tt
        $call:tt;
        / $(,)?
    ) => {
        $crate::__hpy_function! {
            @parse $next $ids $mode [positional] $recv $rust $fmt [$($name,)*] [$($sig)* ", /",] $reads $call;
        }
    };
    (
        @parse $next:tt $ids:tt $mode:tt [keywords] $recv:tt $rust:tt $fmt:tt [$($name:expr,)*] [$($sig:tt)*] $reads:tt
        $call:tt;
        /, $($rest:tt)+
    ) => {
        $crate::__hpy_function! {
            @parse $next $ids $mode [keywords] $recv $rust $fmt [$($crate::__hpy_or!([""], $name),)*] [$($sig)* ", /",]
            $reads $call; $($rest)+
        }
    };
    (
        @parse $next:tt $ids:tt [$mode:ident] $style:tt $recv:tt $rust:tt [$($fmt:tt)*] $names:tt [$($sig:tt)*] $reads:tt
        $call:tt;
        *, $($rest:tt)+
    ) => {
        $crate::__hpy_function! {
            @parse $next $ids [named] $style $recv $rust [$($fmt)* "$",] $names [$($sig)* ", *",] $reads $call; $($rest)+
        }
    };
    // A default, as Python writes it.
    (@parse $next:tt $ids:tt $mode:tt $style:tt $recv:tt $rust:tt $fmt:tt $names:tt $sig:tt $reads:tt $call:tt;
        $name:ident: $type:ty = true $(, $($rest:tt)*)?
    ) => {
        $crate::__hpy_function! { @default $next $ids $mode $style $recv $rust $fmt $names $sig $reads $call;
            $name $type = true, "True"; $($($rest)*)?
        }
    };
    (@parse $next:tt $ids:tt $mode:tt $style:tt $recv:tt $rust:tt $fmt:tt $names:tt $sig:tt $reads:tt $call:tt;
        $name:ident: $type:ty = false $(, $($rest:tt)*)?
    ) => {
        $crate::__hpy_function! { @default $next $ids $mode $style $recv $rust $fmt $names $sig $reads $call;
            $name $type = false, "False"; $($($rest)*)?
        }
    };
    (@parse $next:tt $ids:tt $mode:tt $style:tt $recv:tt $rust:tt $fmt:tt $names:tt $sig:tt $reads:tt $call:tt;
        $name:ident: $type:ty = None $(, $($rest:tt)*)?
    ) => {
        $crate::__hpy_function! { @default $next $ids $mode $style $recv $rust $fmt $names $sig $reads $call;
            $name $type = $crate::__private::None, "None"; $($($rest)*)?
        }
    };
    (@parse $next:tt $ids:tt $mode:tt $style:tt $recv:tt $rust:tt $fmt:tt $names:tt $sig:tt $reads:tt $call:tt;
        $name:ident: $type:ty = $default:literal $(, $($rest:tt)*)?
    ) => {
        $crate::__hpy_function! { @default $next $ids $mode $style $recv $rust $fmt $names $sig $reads $call;
            $name $type = $default, $crate::__private::core::stringify!($default); $($($rest)*)?
        }
    };
    (@parse $next:tt $ids:tt $mode:tt $style:tt $recv:tt $rust:tt $fmt:tt $names:tt $sig:tt $reads:tt $call:tt;
        $name:ident: $type:ty = $default:expr $(, $($rest:tt)*)?
    ) => {
        $crate::__hpy_function! { @default $next $ids $mode $style $recv $rust $fmt $names $sig $reads $call;
            $name $type = $default, "..."; $($($rest)*)?
        }
    };
    // A parameter with a default: the first one ends those that are required.
    (@default $next:tt $ids:tt [required] $style:tt $recv:tt $rust:tt [$($fmt:tt)*] $names:tt $sig:tt $reads:tt $call:tt;
        $($rest:tt)*
    ) => {
        $crate::__hpy_function! { @default $next $ids [optional] $style $recv $rust [$($fmt)* "|",] $names $sig $reads $call;
            $($rest)*
        }
    };
    (
        @default $next:tt [$ctx:ident $this:ident $arguments:ident] $mode:tt $style:tt $recv:tt [$($rust:tt)*] [$($fmt:tt)*]
        [$($names:expr,)*] [$($sig:tt)*] [$($reads:tt)*] [$($call:tt)*];
        $name:ident $type:ty = $default:expr, $python:expr; $($rest:tt)*
    ) => {
        $crate::__hpy_function! {
            @parse $next [$ctx $this $arguments] $mode $style $recv [$($rust)* $name: $type,] [$($fmt)* "O",]
            [$($names,)* $crate::__private::core::stringify!($name),]
            [$($sig)* ", ", $crate::__private::core::stringify!($name), "=", $python,]
            [
                $($reads)*
                let __hpy_held = $arguments.optional($crate::__hpy_count!($($names),*));
                let $name = match &__hpy_held {
                    $crate::__private::Some(__hpy_held) => $crate::safe::FromObject::from_object(&**__hpy_held)?,
                    $crate::__private::None => $default,
                };
            ]
            [$($call)* $name,]; $($rest)*
        }
    };
    // A parameter without one.
    (
        @parse $next:tt [$ctx:ident $this:ident $arguments:ident] [required] $style:tt $recv:tt [$($rust:tt)*] [$($fmt:tt)*]
        [$($names:expr,)*] [$($sig:tt)*] [$($reads:tt)*] [$($call:tt)*];
        $name:ident: $type:ty $(, $($rest:tt)*)?
    ) => {
        $crate::__hpy_function! {
            @parse $next [$ctx $this $arguments] [required] $style $recv [$($rust)* $name: $type,] [$($fmt)* "O",]
            [$($names,)* $crate::__private::core::stringify!($name),]
            [$($sig)* ", ", $crate::__private::core::stringify!($name),]
            [
                $($reads)*
                let __hpy_held = $arguments.required($crate::__hpy_count!($($names),*));
                let $name = $crate::safe::FromObject::from_object(&*__hpy_held)?;
            ]
            [$($call)* $name,]; $($($rest)*)?
        }
    };
    (
        @parse $next:tt $ids:tt [$mode:ident] $style:tt $recv:tt $rust:tt $fmt:tt $names:tt $sig:tt $reads:tt $call:tt;
        $name:ident: $type:ty $(, $($rest:tt)*)?
    ) => {
        $crate::__private::core::compile_error!($crate::__private::core::concat!(
            "the parameter `", $crate::__private::core::stringify!($name),
            "` needs a default, `", $crate::__private::core::stringify!($name), ": ", $crate::__private::core::stringify!($type),
            " = ..`: one before it has a default, or it comes after `*`"
        ));
    };
    (@parse $next:tt $ids:tt $mode:tt $style:tt $recv:tt $rust:tt $fmt:tt $names:tt $sig:tt $reads:tt $call:tt; $($rest:tt)+) => {
        $crate::__private::core::compile_error!($crate::__private::core::concat!(
            "no parameter of a function for Python: `", $crate::__private::core::stringify!($($rest)+),
            "`; write `name: Type`, `name: Type = default`, `/`, `*`, `ctx: &HPyContext`, `state: State<'_, Type>` or, in a method, `this: This<'_>`"
        ));
    };
}

/// What CPython calls for a method or a function: a definition of the convention that fits its parameters, as an expression.
///
/// `reads` are statements that need the arguments, and `call` is an expression with the function's outcome. A class or static method
/// has its kind at the end.
#[doc(hidden)]
#[macro_export]
macro_rules! __hpy_callable {
    // Nothing to pass.
    (
        $name:expr, $doc:expr, [$ctx:ident $this:ident $arguments:ident] $style:tt [] [] [] $self:ident [$($call:tt)*] $($kind:ident)?
    ) => {
        $crate::HPyDef_METH! {
            @define [#[allow(clippy::all, unused)] static __HPY_DEFINITION, $name, HPyFunc_NOARGS $($kind)?]
            [promised |$ctx, $self| $crate::safe::__private::outcome::object(|| { $($call)* })], doc = $doc
        }
    };
    // One argument without a name.
    (
        $name:expr, $doc:expr, [$ctx:ident $this:ident $arguments:ident] [positional] ["O",] [$one:expr,] [$($reads:tt)*]
        $self:ident [$($call:tt)*] $($kind:ident)?
    ) => {
        $crate::HPyDef_METH! {
            @define [#[allow(clippy::all, unused)] static __HPY_DEFINITION, $name, HPyFunc_O $($kind)?]
            [promised |$ctx, $self, __hpy_one| $crate::safe::__private::outcome::object(|| {
                let __hpy_one = [__hpy_one];
                // SAFETY: the argument is open for the time of the call.
                let $arguments = unsafe { $crate::safe::__private::Arguments::fixed($ctx, &__hpy_one) };
                $($reads)*
                $($call)*
            })], doc = $doc
        }
    };
    // Arguments without names.
    (
        $name:expr, $doc:expr, [$ctx:ident $this:ident $arguments:ident] [positional] [$($fmt:expr,)*] [$($names:expr,)*]
        [$($reads:tt)*] $self:ident [$($call:tt)*] $($kind:ident)?
    ) => {
        $crate::HPyDef_METH! {
            @define [#[allow(clippy::all, unused)] static __HPY_DEFINITION, $name, HPyFunc_VARARGS $($kind)?]
            [promised |$ctx, $self, __hpy_args, __hpy_count| $crate::safe::__private::outcome::object(|| {
                const __HPY_ARGS: $crate::__helpers::ArgSpec = $crate::__helpers::ArgSpec::positional(
                    $crate::__hpy_terminated!($crate::__private::core::concat!($($fmt,)* ":", $name)),
                    $crate::__hpy_count!($($names),*),
                );
                // SAFETY: they are the arguments of this call.
                let $arguments = unsafe {
                    $crate::safe::__private::Arguments::positional($ctx, &__HPY_ARGS, __hpy_args, __hpy_count)
                }?;
                $($reads)*
                $($call)*
            })], doc = $doc
        }
    };
    // Arguments with names.
    (
        $name:expr, $doc:expr, [$ctx:ident $this:ident $arguments:ident] [keywords] [$($fmt:expr,)*] [$($names:expr,)*]
        [$($reads:tt)*] $self:ident [$($call:tt)*] $($kind:ident)?
    ) => {
        $crate::HPyDef_METH! {
            @define [#[allow(clippy::all, unused)] static __HPY_DEFINITION, $name, HPyFunc_KEYWORDS $($kind)?]
            [promised |$ctx, $self, __hpy_args, __hpy_count, __hpy_names| $crate::safe::__private::outcome::object(|| {
                $crate::__hpy_callable! {
                    @keywords $name, $ctx $arguments [$($fmt,)*] [$($names,)*] __hpy_args __hpy_count __hpy_names
                }
                $($reads)*
                $($call)*
            })], doc = $doc
        }
    };
    (
        @keywords $name:expr, $ctx:ident $arguments:ident [$($fmt:expr,)*] [$($names:expr,)*] $args:ident $count:ident
        $kwnames:ident
    ) => {
        const __HPY_ARGS: $crate::__helpers::ArgSpec = $crate::__hpy_arg_keywords!(
            $crate::__private::core::concat!($($fmt,)* ":", $name), [$($names),*], [$($names,)*]
        );
        let mut __hpy_storage = [$crate::HPy_NULL; __HPY_ARGS.parameters];
        // SAFETY: they are the arguments of this call.
        let $arguments = unsafe {
            $crate::safe::__private::Arguments::keywords($ctx, &__HPY_ARGS, $args, $count, $kwnames, &mut __hpy_storage)
        }?;
    };
}
