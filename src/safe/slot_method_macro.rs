// src/safe/slot_method_macro.rs: the methods of a class that are slots: which name is which slot, and what it gets and gives.

/// A method of a class as the address of a definition: a slot, if the name belongs to one, or else a method.
#[doc(hidden)]
#[macro_export]
macro_rules! __hpy_slot_method {
    (__repr__; $($method:tt)*) => { $crate::__hpy_slot_method! { @unary HPy_tp_repr __repr__; $($method)* } };
    (__str__; $($method:tt)*) => { $crate::__hpy_slot_method! { @unary HPy_tp_str __str__; $($method)* } };
    (__iter__; $($method:tt)*) => { $crate::__hpy_slot_method! { @unary HPy_tp_iter __iter__; $($method)* } };
    (__int__; $($method:tt)*) => { $crate::__hpy_slot_method! { @unary HPy_nb_int __int__; $($method)* } };
    (__float__; $($method:tt)*) => { $crate::__hpy_slot_method! { @unary HPy_nb_float __float__; $($method)* } };
    (__index__; $($method:tt)*) => { $crate::__hpy_slot_method! { @unary HPy_nb_index __index__; $($method)* } };
    (__neg__; $($method:tt)*) => { $crate::__hpy_slot_method! { @unary HPy_nb_negative __neg__; $($method)* } };
    (__pos__; $($method:tt)*) => { $crate::__hpy_slot_method! { @unary HPy_nb_positive __pos__; $($method)* } };
    (__abs__; $($method:tt)*) => { $crate::__hpy_slot_method! { @unary HPy_nb_absolute __abs__; $($method)* } };
    (__invert__; $($method:tt)*) => { $crate::__hpy_slot_method! { @unary HPy_nb_invert __invert__; $($method)* } };
    (__await__; $($method:tt)*) => { $crate::__hpy_slot_method! { @unary HPy_am_await __await__; $($method)* } };
    (__aiter__; $($method:tt)*) => { $crate::__hpy_slot_method! { @unary HPy_am_aiter __aiter__; $($method)* } };
    (__anext__; $($method:tt)*) => { $crate::__hpy_slot_method! { @unary HPy_am_anext __anext__; $($method)* } };
    (__add__; $($method:tt)*) => { $crate::__hpy_operator! { @left HPy_nb_add __add__; $($method)* } };
    (__sub__; $($method:tt)*) => { $crate::__hpy_operator! { @left HPy_nb_subtract __sub__; $($method)* } };
    (__mul__; $($method:tt)*) => { $crate::__hpy_operator! { @left HPy_nb_multiply __mul__; $($method)* } };
    (__truediv__; $($method:tt)*) => { $crate::__hpy_operator! { @left HPy_nb_true_divide __truediv__; $($method)* } };
    (__floordiv__; $($method:tt)*) => { $crate::__hpy_operator! { @left HPy_nb_floor_divide __floordiv__; $($method)* } };
    (__mod__; $($method:tt)*) => { $crate::__hpy_operator! { @left HPy_nb_remainder __mod__; $($method)* } };
    (__divmod__; $($method:tt)*) => { $crate::__hpy_operator! { @left HPy_nb_divmod __divmod__; $($method)* } };
    (__matmul__; $($method:tt)*) => { $crate::__hpy_operator! { @left HPy_nb_matrix_multiply __matmul__; $($method)* } };
    (__and__; $($method:tt)*) => { $crate::__hpy_operator! { @left HPy_nb_and __and__; $($method)* } };
    (__or__; $($method:tt)*) => { $crate::__hpy_operator! { @left HPy_nb_or __or__; $($method)* } };
    (__xor__; $($method:tt)*) => { $crate::__hpy_operator! { @left HPy_nb_xor __xor__; $($method)* } };
    (__lshift__; $($method:tt)*) => { $crate::__hpy_operator! { @left HPy_nb_lshift __lshift__; $($method)* } };
    (__rshift__; $($method:tt)*) => { $crate::__hpy_operator! { @left HPy_nb_rshift __rshift__; $($method)* } };
    (__pow__; $($method:tt)*) => { $crate::__hpy_operator! { @left HPy_nb_power __pow__; $($method)* } };
    (__radd__; $($method:tt)*) => { $crate::__hpy_operator! { @right HPy_nb_add __radd__; $($method)* } };
    (__rsub__; $($method:tt)*) => { $crate::__hpy_operator! { @right HPy_nb_subtract __rsub__; $($method)* } };
    (__rmul__; $($method:tt)*) => { $crate::__hpy_operator! { @right HPy_nb_multiply __rmul__; $($method)* } };
    (__rtruediv__; $($method:tt)*) => { $crate::__hpy_operator! { @right HPy_nb_true_divide __rtruediv__; $($method)* } };
    (__rfloordiv__; $($method:tt)*) => { $crate::__hpy_operator! { @right HPy_nb_floor_divide __rfloordiv__; $($method)* } };
    (__rmod__; $($method:tt)*) => { $crate::__hpy_operator! { @right HPy_nb_remainder __rmod__; $($method)* } };
    (__rdivmod__; $($method:tt)*) => { $crate::__hpy_operator! { @right HPy_nb_divmod __rdivmod__; $($method)* } };
    (__rmatmul__; $($method:tt)*) => { $crate::__hpy_operator! { @right HPy_nb_matrix_multiply __rmatmul__; $($method)* } };
    (__rand__; $($method:tt)*) => { $crate::__hpy_operator! { @right HPy_nb_and __rand__; $($method)* } };
    (__ror__; $($method:tt)*) => { $crate::__hpy_operator! { @right HPy_nb_or __ror__; $($method)* } };
    (__rxor__; $($method:tt)*) => { $crate::__hpy_operator! { @right HPy_nb_xor __rxor__; $($method)* } };
    (__rlshift__; $($method:tt)*) => { $crate::__hpy_operator! { @right HPy_nb_lshift __rlshift__; $($method)* } };
    (__rrshift__; $($method:tt)*) => { $crate::__hpy_operator! { @right HPy_nb_rshift __rrshift__; $($method)* } };
    (__rpow__; $($method:tt)*) => { $crate::__hpy_operator! { @right HPy_nb_power __rpow__; $($method)* } };
    (__iadd__; $($method:tt)*) => { $crate::__hpy_operator! { @in_place HPy_nb_inplace_add __iadd__; $($method)* } };
    (__isub__; $($method:tt)*) => { $crate::__hpy_operator! { @in_place HPy_nb_inplace_subtract __isub__; $($method)* } };
    (__imul__; $($method:tt)*) => { $crate::__hpy_operator! { @in_place HPy_nb_inplace_multiply __imul__; $($method)* } };
    (__itruediv__; $($method:tt)*) => { $crate::__hpy_operator! { @in_place HPy_nb_inplace_true_divide __itruediv__; $($method)* } };
    (__ifloordiv__; $($method:tt)*) => { $crate::__hpy_operator! { @in_place HPy_nb_inplace_floor_divide __ifloordiv__; $($method)* } };
    (__imod__; $($method:tt)*) => { $crate::__hpy_operator! { @in_place HPy_nb_inplace_remainder __imod__; $($method)* } };
    (__imatmul__; $($method:tt)*) => { $crate::__hpy_operator! { @in_place HPy_nb_inplace_matrix_multiply __imatmul__; $($method)* } };
    (__ipow__; $($method:tt)*) => { $crate::__hpy_operator! { @in_place HPy_nb_inplace_power __ipow__; $($method)* } };
    (__iand__; $($method:tt)*) => { $crate::__hpy_operator! { @in_place HPy_nb_inplace_and __iand__; $($method)* } };
    (__ior__; $($method:tt)*) => { $crate::__hpy_operator! { @in_place HPy_nb_inplace_or __ior__; $($method)* } };
    (__ixor__; $($method:tt)*) => { $crate::__hpy_operator! { @in_place HPy_nb_inplace_xor __ixor__; $($method)* } };
    (__ilshift__; $($method:tt)*) => { $crate::__hpy_operator! { @in_place HPy_nb_inplace_lshift __ilshift__; $($method)* } };
    (__irshift__; $($method:tt)*) => { $crate::__hpy_operator! { @in_place HPy_nb_inplace_rshift __irshift__; $($method)* } };
    (__setitem__; $($method:tt)*) => { $crate::__hpy_assignment! { @set HPy_mp_ass_subscript __setitem__; $($method)* } };
    (__delitem__; $($method:tt)*) => { $crate::__hpy_assignment! { @delete HPy_mp_ass_subscript __delitem__; $($method)* } };
    (__setattr__; $($method:tt)*) => { $crate::__hpy_assignment! { @set HPy_tp_setattro __setattr__; $($method)* } };
    (__delattr__; $($method:tt)*) => { $crate::__hpy_assignment! { @delete HPy_tp_setattro __delattr__; $($method)* } };
    // The ones that differ.
    (
        __len__; $class:ident $docs:tt [$ctx:ident $this:ident $arguments:ident] $style:tt $borrow:ident [] [] [] [] $call:tt
    ) => {
        $crate::__hpy_slot_method! {
            @slot HPy_mp_length |$ctx, __hpy_self| $crate::safe::__private::outcome::length($ctx, || {
                $crate::__hpy_slot_method! {
                    @value $crate::__private::core::primitive::usize; $class __len__ $borrow $ctx $this __hpy_self $call
                }
            })
        }
    };
    (
        __next__; $class:ident $docs:tt [$ctx:ident $this:ident $arguments:ident] $style:tt $borrow:ident [] [] [] [] $call:tt
    ) => {
        $crate::__hpy_slot_method! {
            @slot HPy_tp_iternext |$ctx, __hpy_self| $crate::safe::__private::outcome::next(|| {
                $crate::__hpy_definition! {
                    @run $class __next__ $borrow $ctx $this __hpy_self $call |__hpy_outcome|
                    $crate::safe::__private::Next::next(__hpy_outcome, $ctx)
                }
            })
        }
    };
    (
        __bool__; $class:ident $docs:tt [$ctx:ident $this:ident $arguments:ident] $style:tt $borrow:ident [] [] [] [] $call:tt
    ) => {
        $crate::__hpy_slot_method! {
            @slot HPy_nb_bool |$ctx, __hpy_self| $crate::safe::__private::outcome::truth(|| {
                $crate::__hpy_slot_method! {
                    @value $crate::__private::core::primitive::bool; $class __bool__ $borrow $ctx $this __hpy_self $call
                }
            })
        }
    };
    (
        __hash__; $class:ident $docs:tt [$ctx:ident $this:ident $arguments:ident] $style:tt $borrow:ident [] [] [] [] $call:tt
    ) => {
        $crate::__hpy_slot_method! {
            @slot HPy_tp_hash |$ctx, __hpy_self| $crate::safe::__private::outcome::hash(|| {
                $crate::__hpy_slot_method! {
                    @value $crate::__private::core::primitive::u64; $class __hash__ $borrow $ctx $this __hpy_self $call
                }
            })
        }
    };
    (
        __contains__; $class:ident $docs:tt [$ctx:ident $this:ident $arguments:ident] $style:tt $borrow:ident ["O",] $names:tt $sig:tt
        [$($reads:tt)*] $call:tt
    ) => {
        $crate::__hpy_slot_method! {
            @slot HPy_sq_contains |$ctx, __hpy_self, __hpy_item| $crate::safe::__private::outcome::truth(|| {
                let __hpy_fixed = [__hpy_item];
                // SAFETY: the argument is open for the time of the call.
                let $arguments = unsafe { $crate::safe::__private::Arguments::fixed($ctx, &__hpy_fixed) };
                $($reads)*
                $crate::__hpy_slot_method! {
                    @value $crate::__private::core::primitive::bool; $class __contains__ $borrow $ctx $this __hpy_self $call
                }
            })
        }
    };
    (
        __getitem__; $class:ident $docs:tt [$ctx:ident $this:ident $arguments:ident] $style:tt $borrow:ident ["O",] $names:tt $sig:tt
        [$($reads:tt)*] $call:tt
    ) => {
        $crate::__hpy_slot_method! {
            @slot HPy_mp_subscript |$ctx, __hpy_self, __hpy_key| $crate::safe::__private::outcome::object(|| {
                let __hpy_fixed = [__hpy_key];
                // SAFETY: the argument is open for the time of the call.
                let $arguments = unsafe { $crate::safe::__private::Arguments::fixed($ctx, &__hpy_fixed) };
                $($reads)*
                $crate::__hpy_definition!(@call $class __getitem__ $borrow $ctx $this __hpy_self $call)
            })
        }
    };
    (
        __getattr__; $class:ident $docs:tt [$ctx:ident $this:ident $arguments:ident] $style:tt $borrow:ident ["O",] $names:tt $sig:tt
        [$($reads:tt)*] $call:tt
    ) => {
        $crate::__hpy_slot_method! {
            @slot HPy_tp_getattro |$ctx, __hpy_self, __hpy_name| $crate::safe::__private::outcome::object(|| {
                // SAFETY: the handles are open for the time of the call.
                if let $crate::__private::Some(__hpy_found) = unsafe {
                    $crate::safe::__private::class::own_attribute($ctx, __hpy_self, __hpy_name)
                }? {
                    return $crate::safe::__private::Ok(__hpy_found);
                }
                let __hpy_fixed = [__hpy_name];
                // SAFETY: the argument is open for the time of the call.
                let $arguments = unsafe { $crate::safe::__private::Arguments::fixed($ctx, &__hpy_fixed) };
                $($reads)*
                $crate::__hpy_definition!(@call $class __getattr__ $borrow $ctx $this __hpy_self $call)
            })
        }
    };
    (
        __eq__; $class:ident $docs:tt [$ctx:ident $this:ident $arguments:ident] $style:tt $borrow:ident ["O",] $names:tt $sig:tt
        [$($reads:tt)*] $call:tt
    ) => {
        $crate::__hpy_slot_method! {
            @slot HPy_tp_richcompare |$ctx, __hpy_self, __hpy_other, __hpy_op| $crate::safe::__private::outcome::operator(
                $ctx,
                $crate::safe::__private::Ok(__hpy_op == $crate::HPy_EQ || __hpy_op == $crate::HPy_NE),
                || {
                    let __hpy_fixed = [__hpy_other];
                    // SAFETY: the argument is open for the time of the call.
                    let $arguments = unsafe { $crate::safe::__private::Arguments::fixed($ctx, &__hpy_fixed) };
                    let __hpy_equal = (|| {
                        $($reads)*
                        $arguments.all_read();
                        $crate::__hpy_slot_method! {
                            @value $crate::__private::core::primitive::bool; $class __eq__ $borrow $ctx $this __hpy_self $call
                        }
                    })();
                    $crate::safe::__private::outcome::answer(
                        $ctx, &$arguments, __hpy_equal.map(|__hpy_equal| __hpy_equal == (__hpy_op == $crate::HPy_EQ))
                    )
                },
            )
        }
    };
    (
        __richcmp__; $class:ident $docs:tt [$ctx:ident $this:ident $arguments:ident] $style:tt $borrow:ident ["O", "O",] $names:tt
        $sig:tt [$($reads:tt)*] $call:tt
    ) => {
        $crate::__hpy_slot_method! {
            @slot HPy_tp_richcompare |$ctx, __hpy_self, __hpy_other, __hpy_op| $crate::safe::__private::outcome::operator(
                $ctx,
                $crate::safe::__private::Ok(true),
                || {
                    let __hpy_number = $crate::safe::IntoObject::into_object(__hpy_op as $crate::__private::core::primitive::i64, $ctx)?;
                    let __hpy_fixed = [__hpy_other, __hpy_number.handle()];
                    // SAFETY: the arguments are open for the time of the call.
                    let $arguments = unsafe { $crate::safe::__private::Arguments::fixed($ctx, &__hpy_fixed) };
                    let __hpy_answer = (|| {
                        $($reads)*
                        $arguments.all_read();
                        $crate::__hpy_slot_method! {
                            @value $crate::__private::core::primitive::bool; $class __richcmp__ $borrow $ctx $this __hpy_self $call
                        }
                    })();
                    $crate::safe::__private::outcome::answer($ctx, &$arguments, __hpy_answer)
                },
            )
        }
    };
    (
        __call__; $class:ident $docs:tt [$ctx:ident $this:ident $arguments:ident] $style:tt $borrow:ident [$($fmt:expr,)*]
        [$($names:expr,)*] $sig:tt [$($reads:tt)*] $call:tt
    ) => {
        $crate::__hpy_slot_method! {
            @slot HPy_tp_call |$ctx, __hpy_self, __hpy_args, __hpy_count, __hpy_names| $crate::safe::__private::outcome::object(|| {
                $crate::__hpy_callable! {
                    @keywords "__call__", $ctx $arguments [$($fmt,)*] [$($names,)*] __hpy_args __hpy_count __hpy_names
                }
                $($reads)*
                $crate::__hpy_definition!(@call $class __call__ $borrow $ctx $this __hpy_self $call)
            })
        }
    };
    // Kinds of slots.
    (
        @unary $slot:ident $name:ident; $class:ident $docs:tt [$ctx:ident $this:ident $arguments:ident] $style:tt $borrow:ident
        [] [] [] [] $call:tt
    ) => {
        $crate::__hpy_slot_method! {
            @slot $slot |$ctx, __hpy_self| $crate::safe::__private::outcome::object(|| {
                $crate::__hpy_definition!(@call $class $name $borrow $ctx $this __hpy_self $call)
            })
        }
    };
    (@slot $slot:ident $function:expr) => {{
        $crate::HPyDef_SLOT! {
            @define [#[allow(clippy::all, unused)] static __HPY_DEFINITION, $slot] [promised $function]
        }
        &raw const __HPY_DEFINITION
    }};
    (@value $type:ty; $class:ident $name:ident $borrow:ident $ctx:ident $this:ident $self:ident $call:tt) => {
        $crate::__hpy_definition! {
            @run $class $name $borrow $ctx $this $self $call |__hpy_outcome|
            $crate::safe::__private::Returned::<$type>::returned(__hpy_outcome)
        }
    };
    (@$kind:ident $slot:ident $name:ident; $($rest:tt)*) => {
        $crate::__hpy_slot_method! { @parameters $name }
    };
    (@parameters $name:ident) => {
        $crate::__private::core::compile_error!($crate::__private::core::concat!(
            "the slot `", $crate::__private::core::stringify!($name),
            "` does not have these parameters: beside `ctx` and `this`, and without defaults, an operator, `__eq__`, `__getitem__`, \
             `__delitem__`, `__getattr__`, `__delattr__` and `__contains__` have one, `__setitem__`, `__setattr__` and `__richcmp__` two, `__call__` any, and the \
             others none"
        ))
    };
    (__len__; $($method:tt)*) => { $crate::__hpy_slot_method! { @parameters __len__ } };
    (__next__; $($method:tt)*) => { $crate::__hpy_slot_method! { @parameters __next__ } };
    (__bool__; $($method:tt)*) => { $crate::__hpy_slot_method! { @parameters __bool__ } };
    (__hash__; $($method:tt)*) => { $crate::__hpy_slot_method! { @parameters __hash__ } };
    (__contains__; $($method:tt)*) => { $crate::__hpy_slot_method! { @parameters __contains__ } };
    (__getitem__; $($method:tt)*) => { $crate::__hpy_slot_method! { @parameters __getitem__ } };
    (__getattr__; $($method:tt)*) => { $crate::__hpy_slot_method! { @parameters __getattr__ } };
    (__eq__; $($method:tt)*) => { $crate::__hpy_slot_method! { @parameters __eq__ } };
    (__richcmp__; $($method:tt)*) => { $crate::__hpy_slot_method! { @parameters __richcmp__ } };
    // A method.
    ($name:ident; $class:ident $($method:tt)*) => {
        $crate::__hpy_definition! { @method $class $name $($method)* }
    };
}
