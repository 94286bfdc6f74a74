// src/safe/definition_macro.rs: the definitions of a class: its constructor, its attributes, its methods.

/// The constructor of a class, as the address of a definition, or its signature.
#[doc(hidden)]
#[macro_export]
macro_rules! __hpy_constructor {
    (
        $class:ident [$ctx:ident $this:ident $arguments:ident] [$($fmt:expr,)*] [$($names:expr,)*] [$($reads:tt)*] [$($call:tt)*]
    ) => {{
        $crate::HPyDef_SLOT! {
            @define [static __HPY_DEFINITION, HPy_tp_new]
            [promised |$ctx, __hpy_class, __hpy_args, __hpy_count, __hpy_kw| $crate::safe::__private::outcome::object(|| {
                const __HPY_ARGS: $crate::__helpers::ArgSpec = $crate::__hpy_arg_keywords!(
                    $crate::__private::core::concat!($($fmt,)* ":", $crate::__private::core::stringify!($class)),
                    [$($names),*], [$($names,)*]
                ).untracked();
                // SAFETY: they are the arguments of this call; what is kept outlives them.
                let mut __hpy_kept = unsafe { $crate::safe::__private::Kept::<{ __HPY_ARGS.parameters }>::new($ctx, __hpy_kw) };
                // SAFETY: as above.
                let $arguments = unsafe {
                    $crate::safe::__private::Arguments::dict(&__HPY_ARGS, __hpy_args, __hpy_count, &mut __hpy_kept)
                }?;
                // SAFETY: CPython passes the class of this description, or a subclass.
                let $this = unsafe { $crate::safe::__private::state::OfClass::new($ctx, __hpy_class) };
                $($reads)*
                let __hpy_value: $class = $crate::safe::__private::Returned::returned($class::new($($call)*))?;
                // SAFETY: CPython passes the class of this description, or a subclass.
                unsafe { $crate::safe::__private::class::new($ctx, __hpy_class, __hpy_value) }
            })]
        }
        &raw const __HPY_DEFINITION
    }};
    (@signature $class:ident { $attributes:tt $vis:tt new $lifetime:tt [$($parameters:tt)*] $($rest:tt)* }) => {
        $crate::__hpy_function! {
            @parse [__hpy_constructor [@parsed $class]]
            [__hpy_ctx __hpy_this __hpy_arguments] [required] [keywords] [] [] [] [] [] [] []; $($parameters)*
        }
    };
    (@signature $class:ident $function:tt) => { "" };
    (@parsed $class:ident $ids:tt $style:tt $recv:tt $rust:tt $fmt:tt $names:tt [$($first:tt, $($sig:expr,)*)?] $reads:tt $call:tt) => {
        $crate::__private::core::concat!(
            $crate::__private::core::stringify!($class), "(", $($crate::__hpy_constructor!(@begin $first), $($sig,)*)? ")\n--\n\n"
        )
    };
    // The first piece begins with a comma.
    (@begin ", *") => { "*" };
    (@begin ", ") => { "" };
}

/// A field of a struct as an attribute: the address of a definition, or null.
#[doc(hidden)]
#[macro_export]
macro_rules! __hpy_attribute {
    ($class:ident $field:ident $docs:tt []) => {
        $crate::__private::ptr::null()
    };
    ($class:ident $field:ident $docs:tt [get]) => {{
        $crate::HPyDef_GET! {
            @define [static __HPY_DEFINITION, $crate::__private::core::stringify!($field)]
            [promised |__hpy_ctx, __hpy_self, _| $crate::__hpy_attribute!(@read $class $field __hpy_ctx __hpy_self)],
            doc = $crate::__hpy_docstring!([""] $docs)
        }
        &raw const __HPY_DEFINITION
    }};
    ($class:ident $field:ident $docs:tt [get set]) => {{
        $crate::HPyDef_GETSET! {
            @define [static __HPY_DEFINITION, $crate::__private::core::stringify!($field)]
            [promised |__hpy_ctx, __hpy_self, _| $crate::__hpy_attribute!(@read $class $field __hpy_ctx __hpy_self)]
            [promised |__hpy_ctx, __hpy_self, __hpy_value, _| $crate::safe::__private::outcome::done(|| {
                if $crate::HPy_IsNull(__hpy_value) {
                    return $crate::safe::__private::class::not_deleted(
                        __hpy_ctx, $crate::__private::core::stringify!($field)
                    );
                }
                // SAFETY: both are open for the time of the call, and the instance is one of this class.
                let (__hpy_self, __hpy_value) = unsafe {(
                    $crate::safe::Borrowed::from_handle(__hpy_ctx, __hpy_self),
                    $crate::safe::Borrowed::from_handle(__hpy_ctx, __hpy_value),
                )};
                let __hpy_value = $crate::safe::FromObject::from_object(&*__hpy_value)?;
                // SAFETY: as above.
                let mut __hpy_struct = unsafe { $crate::safe::__private::class::exclusive::<$class>(&__hpy_self) }?;
                __hpy_struct.$field = __hpy_value;
                $crate::safe::__private::Ok(())
            })],
            doc = $crate::__hpy_docstring!([""] $docs)
        }
        &raw const __HPY_DEFINITION
    }};
    ($class:ident $field:ident $docs:tt $access:tt) => {
        $crate::__private::core::compile_error!("a field is an attribute by `[get]`, or by `[get, set]`")
    };
    (@read $class:ident $field:ident $ctx:ident $self:ident) => {
        $crate::safe::__private::outcome::object(|| {
            // SAFETY: the instance is open for the time of the call, and one of this class.
            let __hpy_self = unsafe { $crate::safe::Borrowed::from_handle($ctx, $self) };
            // SAFETY: as above.
            let __hpy_struct = unsafe { $crate::safe::__private::class::shared::<$class>(&__hpy_self) }?;
            $crate::safe::IntoObject::copy_into_object(&__hpy_struct.$field, $ctx)
        })
    };
}

/// A function of a class as the address of a definition.
#[doc(hidden)]
#[macro_export]
macro_rules! __hpy_definition {
    ($class:ident { [$(#[doc = $doc:expr])* #[getter] $(#[doc = $more:expr])*] $vis:tt $name:ident $lifetime:tt [$($parameters:tt)*] $($rest:tt)* }) => {
        $crate::__hpy_function! {
            @parse [__hpy_definition [@getter $class $name [$(#[doc = $doc])* $(#[doc = $more])*]]]
            [__hpy_ctx __hpy_this __hpy_arguments] [required] [keywords] [] [] [] [] [] [] []; $($parameters)*
        }
    };
    ($class:ident { [$(#[doc = $doc:expr])* #[getter(set = $setter:ident)] $(#[doc = $more:expr])*] $vis:tt $name:ident $lifetime:tt [$($parameters:tt)*] $($rest:tt)* }) => {
        $crate::__hpy_function! {
            @parse [__hpy_definition [@property $class $name $setter [$(#[doc = $doc])* $(#[doc = $more])*]]]
            [__hpy_ctx __hpy_this __hpy_arguments] [required] [keywords] [] [] [] [] [] [] []; $($parameters)*
        }
    };
    // A getter names it.
    ($class:ident { [$(#[doc = $doc:expr])* #[setter] $(#[doc = $more:expr])*] $($rest:tt)* }) => {
        $crate::__private::ptr::null()
    };
    ($class:ident { [$(#[doc = $doc:expr])* #[staticmethod] $(#[doc = $more:expr])*] $vis:tt $name:ident $lifetime:tt [$($parameters:tt)*] $($rest:tt)* }) => {
        $crate::__hpy_function! {
            @parse [__hpy_definition [@static $class $name [$(#[doc = $doc])* $(#[doc = $more])*]]]
            [__hpy_ctx __hpy_this __hpy_arguments] [required] [keywords] [] [] [] [] [] [] []; $($parameters)*
        }
    };
    ($class:ident { [$(#[doc = $doc:expr])* #[classmethod] $(#[doc = $more:expr])*] $vis:tt $name:ident $lifetime:tt [$cls:ident: &Object<$of:lifetime> $(, $($parameters:tt)*)?] $($rest:tt)* }) => {
        $crate::__hpy_function! {
            @parse [__hpy_definition [@class $class $name [$(#[doc = $doc])* $(#[doc = $more])*]]]
            [__hpy_ctx __hpy_this __hpy_arguments] [required] [keywords] [] [] [] [] [] [] []; $($($parameters)*)?
        }
    };
    ($class:ident { [$(#[doc = $doc:expr])* #[classmethod] $(#[doc = $more:expr])*] $vis:tt $name:ident $($rest:tt)* }) => {
        $crate::__private::core::compile_error!($crate::__private::core::concat!(
            "the class method `", $crate::__private::core::stringify!($name), "` gets its class first: `class: &Object<'_>`"
        ))
    };
    ($class:ident { $docs:tt $vis:tt $name:ident $lifetime:tt [$($parameters:tt)*] $($rest:tt)* }) => {
        $crate::__hpy_function! {
            @parse [__hpy_definition [@function $class $name $docs]]
            [__hpy_ctx __hpy_this __hpy_arguments] [required] [keywords] [] [] [] [] [] [] []; $($parameters)*
        }
    };
    // An attribute that is a function.
    (
        @getter $class:ident $name:ident $docs:tt [$ctx:ident $this:ident $arguments:ident] $style:tt
        [$borrow:ident $self:ident] $rust:tt [] [] [] [] [$($call:tt)*]
    ) => {{
        $crate::HPyDef_GET! {
            @define [static __HPY_DEFINITION, $crate::__private::core::stringify!($name)]
            [promised |$ctx, __hpy_self, _| $crate::safe::__private::outcome::object(|| {
                $crate::__hpy_definition!(@call $class $name $borrow $ctx $this __hpy_self [$($call)*])
            })],
            doc = $crate::__hpy_docstring!([""] $docs)
        }
        &raw const __HPY_DEFINITION
    }};
    (@getter $class:ident $name:ident $($rest:tt)*) => {
        $crate::__private::core::compile_error!($crate::__private::core::concat!(
            "the getter `", $crate::__private::core::stringify!($name),
            "` gets `&self`, and beside it at most `ctx: &HPyContext`, `this: This<'_>` and `state: State<'_, Type>`"
        ))
    };
    // An attribute that a function reads, and another one writes.
    (
        @property $class:ident $name:ident $setter:ident $docs:tt [$ctx:ident $this:ident $arguments:ident] $style:tt
        [$borrow:ident $self:ident] $rust:tt [] [] [] [] [$($call:tt)*]
    ) => {{
        $crate::HPyDef_GETSET! {
            @define [static __HPY_DEFINITION, $crate::__private::core::stringify!($name)]
            [promised |$ctx, __hpy_self, _| $crate::safe::__private::outcome::object(|| {
                $crate::__hpy_definition!(@call $class $name $borrow $ctx $this __hpy_self [$($call)*])
            })]
            [promised |$ctx, __hpy_self, __hpy_value, _| $crate::safe::__private::outcome::done(|| {
                if $crate::HPy_IsNull(__hpy_value) {
                    return $crate::safe::__private::class::not_deleted($ctx, $crate::__private::core::stringify!($name));
                }
                // SAFETY: both are open for the time of the call, and the instance is one of this class.
                let (__hpy_self, __hpy_value) = unsafe {(
                    $crate::safe::Borrowed::from_handle($ctx, __hpy_self),
                    $crate::safe::Borrowed::from_handle($ctx, __hpy_value),
                )};
                let __hpy_value = $crate::safe::FromObject::from_object(&*__hpy_value)?;
                // SAFETY: as above.
                let mut __hpy_struct = unsafe { $crate::safe::__private::class::for_setter::<$class>(&__hpy_self) }?;
                $crate::safe::__private::Returned::<()>::returned(__hpy_struct.$setter($ctx, __hpy_value))
            })],
            doc = $crate::__hpy_docstring!([""] $docs)
        }
        &raw const __HPY_DEFINITION
    }};
    (@property $class:ident $name:ident $setter:ident $($rest:tt)*) => {
        $crate::__hpy_definition! { @getter $class $name }
    };
    // A method without an instance.
    (
        @static $class:ident $name:ident $docs:tt [$ctx:ident $this:ident $arguments:ident] $style:tt [] $rust:tt $fmt:tt
        $names:tt [$($first:tt, $($sig:expr,)*)?] $reads:tt [$($call:tt)*]
    ) => {
        $crate::__hpy_definition! {
            @callable $name $docs [$ctx $this $arguments] $style $fmt $names
            [$($crate::__hpy_constructor!(@begin $first), $($sig,)*)?] $reads __hpy_self [{
                let $this = $crate::safe::__private::state::Nowhere;
                $crate::safe::__private::Outcome::outcome($class::$name($($call)*), $ctx)
            }] HPyMeth_STATIC
        }
    };
    (
        @class $class:ident $name:ident $docs:tt [$ctx:ident $this:ident $arguments:ident] $style:tt [] $rust:tt $fmt:tt
        $names:tt [$($sig:expr,)*] $reads:tt [$($call:tt)*]
    ) => {
        $crate::__hpy_definition! {
            @callable $name $docs [$ctx $this $arguments] $style $fmt $names ["$type", $($sig,)*] $reads __hpy_self [{
                // SAFETY: the class is open for the time of the call.
                let __hpy_class = unsafe { $crate::safe::Borrowed::from_handle($ctx, __hpy_self) };
                // SAFETY: as above.
                let $this = unsafe { $crate::safe::__private::state::OfClass::new($ctx, __hpy_self) };
                $crate::safe::__private::Outcome::outcome($class::$name(&__hpy_class, $($call)*), $ctx)
            }] HPyMeth_CLASS
        }
    };
    (@static $class:ident $name:ident $($rest:tt)*) => {
        $crate::__private::core::compile_error!($crate::__private::core::concat!(
            "the static method `", $crate::__private::core::stringify!($name), "` has no `self`"
        ))
    };
    (@class $class:ident $name:ident $($rest:tt)*) => {
        $crate::__private::core::compile_error!($crate::__private::core::concat!(
            "the class method `", $crate::__private::core::stringify!($name), "` has no `self`, but its class"
        ))
    };
    // The constructor.
    (
        @function $class:ident new $docs:tt $ids:tt $style:tt [] $rust:tt $fmt:tt $names:tt $sig:tt $reads:tt $call:tt
    ) => {
        $crate::__hpy_constructor!($class $ids $fmt $names $reads $call)
    };
    // A slot, or else a method.
    (
        @function $class:ident $name:ident $docs:tt $ids:tt $style:tt [$borrow:ident $self:ident] $rust:tt $fmt:tt $names:tt $sig:tt
        $reads:tt $call:tt
    ) => {
        $crate::__hpy_slot_method! { $name; $class $docs $ids $style $borrow $fmt $names $sig $reads $call }
    };
    (@function $class:ident $name:ident $($rest:tt)*) => {
        $crate::__private::core::compile_error!($crate::__private::core::concat!(
            "the function `", $crate::__private::core::stringify!($name),
            "` has no `&self` or `&mut self`: write `#[staticmethod]` or `#[classmethod]` before it, or write it outside of \
             `HPyType!` if it is for Rust alone"
        ))
    };
    (
        @method $class:ident $name:ident $docs:tt [$ctx:ident $this:ident $arguments:ident] $style:tt $borrow:ident $fmt:tt
        $names:tt [$($sig:expr,)*] $reads:tt [$($call:tt)*]
    ) => {
        $crate::__hpy_definition! {
            @callable $name $docs [$ctx $this $arguments] $style $fmt $names ["$self", $($sig,)*] $reads __hpy_self
            [$crate::__hpy_definition!(@call $class $name $borrow $ctx $this __hpy_self [$($call)*])]
        }
    };
    // A method of any kind.
    (
        @callable $name:ident $docs:tt $ids:tt $style:tt $fmt:tt $names:tt [$($sig:expr,)*] $reads:tt $self:ident $call:tt $($kind:ident)?
    ) => {{
        const _: () = $crate::safe::__private::signature::check_method($crate::__private::core::stringify!($name));
        $crate::__hpy_callable! {
            $crate::__private::core::stringify!($name),
            $crate::__hpy_docstring!([$crate::__private::core::stringify!($name), "(", $($sig,)* ")\n--\n\n"] $docs),
            $ids $style $fmt $names $reads $self $call $($kind)?
        }
        &raw const __HPY_DEFINITION
    }};
    // The call of a method, with its outcome as an object or as what a slot gives.
    (@call $class:ident $name:ident $borrow:ident $ctx:ident $this:ident $self:ident [$($call:tt)*]) => {
        $crate::__hpy_definition! {
            @run $class $name $borrow $ctx $this $self [$($call)*] |__hpy_outcome|
            $crate::safe::__private::Outcome::outcome(__hpy_outcome, $ctx)
        }
    };
    (
        @run $class:ident $name:ident $borrow:ident $ctx:ident $this:ident $self:ident [$($call:tt)*] |$outcome:ident| $end:expr
    ) => {{
        // SAFETY: the instance is open for the time of the call, and one of this class.
        let __hpy_self = unsafe { $crate::safe::Borrowed::from_handle($ctx, $self) };
        // SAFETY: as above.
        let $this = unsafe { $crate::safe::This::new::<$class>(__hpy_self) };
        // SAFETY: as above.
        let mut __hpy_struct = unsafe { $crate::safe::__private::class::$borrow::<$class>(&__hpy_self) }?;
        let $outcome = $class::$name($crate::__hpy_definition!(@borrow $borrow __hpy_struct), $($call)*);
        $end
    }};
    (@borrow shared $struct:ident) => { &*$struct };
    (@borrow exclusive $struct:ident) => { &mut *$struct };
}
