// src/safe/operator_macro.rs: the operators of a class: the function of each side, and the slot that chooses one.

/// A method of a class that is an operator, as the address of a definition: the left side, the right side, or in place.
#[doc(hidden)]
#[macro_export]
macro_rules! __hpy_operator {
    (
        @left $slot:ident $name:ident; $class:ident $docs:tt [$ctx:ident $this:ident $arguments:ident] $style:tt $borrow:ident
        ["O",] $names:tt $sig:tt [$($reads:tt)*] $call:tt
    ) => {
        {
            $crate::__hpy_operator! {
                @operand Left left $slot $name $class [$ctx $this $arguments] $borrow [$($reads)*] $call
            }
            $crate::__hpy_operator!(@dispatch $slot $class)
        }
    };
    (
        @right $slot:ident $name:ident; $class:ident $docs:tt [$ctx:ident $this:ident $arguments:ident] $style:tt $borrow:ident
        ["O",] $names:tt $sig:tt [$($reads:tt)*] $call:tt
    ) => {
        {
            #[allow(unused_imports)]
            use $crate::safe::__private::operators::{Operands, WithoutLeft as _};
            $crate::__hpy_operator! {
                @operand Right right $slot $name $class [$ctx $this $arguments] $borrow [$($reads)*] $call
            }
            // One definition is for both functions.
            match Operands::<$class, { $crate::$slot }>::HAS_LEFT {
                true => $crate::__private::ptr::null(),
                false => $crate::__hpy_operator!(@dispatch $slot $class),
            }
        }
    };
    // The function of an operator, where the instance is on one side.
    (
        @operand $trait:ident $side:ident $slot:ident $name:ident $class:ident [$ctx:ident $this:ident $arguments:ident]
        $borrow:ident [$($reads:tt)*] $call:tt
    ) => {
        // SAFETY: the function does what the trait says.
        #[allow(non_local_definitions)]
        unsafe impl $crate::safe::__private::operators::$trait<{ $crate::$slot }> for $class {
            #[inline(always)]
            unsafe fn $side<'__hpy>(
                $ctx: &'__hpy $crate::HPyContext,
                __hpy_self: $crate::HPy,
                __hpy_other: $crate::HPy,
            ) -> $crate::safe::Result<$crate::safe::Object<'__hpy>> {
                let __hpy_fixed = [__hpy_other];
                // SAFETY: the argument is open for the time of the call.
                let $arguments = unsafe { $crate::safe::__private::Arguments::fixed($ctx, &__hpy_fixed) };
                let __hpy_result = (|| {
                    $($reads)*
                    $arguments.all_read();
                    $crate::__hpy_definition!(@call $class $name $borrow $ctx $this __hpy_self $call)
                })();
                $crate::safe::__private::outcome::answer($ctx, &$arguments, __hpy_result)
            }
        }
    };
    // An operator that changes the instance, which is its result. That of `**=` has a third operand, and CPython 3.9 also calls it for
    // the right operand, with any object as the instance.
    (
        @in_place HPy_nb_inplace_power $name:ident; $class:ident $docs:tt [$ctx:ident $this:ident $arguments:ident] $style:tt
        $borrow:ident ["O",] $names:tt $sig:tt $reads:tt $call:tt
    ) => {
        $crate::__hpy_slot_method! {
            @slot HPy_nb_inplace_power |$ctx, __hpy_self, __hpy_other, __hpy_modulus| $crate::safe::__private::outcome::object(|| {
                // SAFETY: the operands are open for the time of the call.
                let (__hpy_object, __hpy_modulus) = unsafe {(
                    $crate::safe::Borrowed::from_handle($ctx, __hpy_self),
                    $crate::safe::Borrowed::from_handle($ctx, __hpy_modulus),
                )};
                if !__hpy_modulus.is_none() || !__hpy_object.is_instance::<$class>()? {
                    return $crate::safe::__private::operators::not_implemented($ctx);
                }
                $crate::__hpy_operator! {
                    @change $name $class [$ctx $this $arguments] __hpy_self __hpy_other $borrow $reads $call
                }
            })
        }
    };
    (
        @in_place $slot:ident $name:ident; $class:ident $docs:tt [$ctx:ident $this:ident $arguments:ident] $style:tt $borrow:ident
        ["O",] $names:tt $sig:tt $reads:tt $call:tt
    ) => {
        $crate::__hpy_slot_method! {
            @slot $slot |$ctx, __hpy_self, __hpy_other| $crate::safe::__private::outcome::object(|| {
                $crate::__hpy_operator! {
                    @change $name $class [$ctx $this $arguments] __hpy_self __hpy_other $borrow $reads $call
                }
            })
        }
    };
    (
        @change $name:ident $class:ident [$ctx:ident $this:ident $arguments:ident] $self:ident $other:ident $borrow:ident
        [$($reads:tt)*] $call:tt
    ) => {{
        let __hpy_fixed = [$other];
        // SAFETY: the argument is open for the time of the call.
        let $arguments = unsafe { $crate::safe::__private::Arguments::fixed($ctx, &__hpy_fixed) };
        let __hpy_done = (|| {
            $($reads)*
            $arguments.all_read();
            $crate::__hpy_slot_method!(@value (); $class $name $borrow $ctx $this $self $call)
        })();
        // SAFETY: the instance is open for the time of the call.
        let $self = unsafe { $crate::safe::Borrowed::from_handle($ctx, $self) };
        $crate::safe::__private::outcome::answer($ctx, &$arguments, __hpy_done.map(|()| (*$self).clone()))
    }};
    // The slot of an operator: the function of the side on which the instance is. `pow` has a third operand, which is `None` for `**`.
    (@dispatch HPy_nb_power $class:ident) => {
        $crate::__hpy_slot_method! {
            @slot HPy_nb_power |__hpy_ctx, __hpy_left, __hpy_right, __hpy_modulus| $crate::safe::__private::outcome::object(|| {
                // SAFETY: the operand is open for the time of the call.
                if unsafe { !$crate::safe::Borrowed::from_handle(__hpy_ctx, __hpy_modulus).is_none() } {
                    return $crate::safe::__private::operators::not_implemented(__hpy_ctx);
                }
                $crate::__hpy_operator!(@choose HPy_nb_power $class __hpy_ctx __hpy_left __hpy_right)
            })
        }
    };
    (@dispatch $slot:ident $class:ident) => {
        $crate::__hpy_slot_method! {
            @slot $slot |__hpy_ctx, __hpy_left, __hpy_right| $crate::safe::__private::outcome::object(|| {
                $crate::__hpy_operator!(@choose $slot $class __hpy_ctx __hpy_left __hpy_right)
            })
        }
    };
    (@choose $slot:ident $class:ident $ctx:ident $left:ident $right:ident) => {{
        use $crate::safe::__private::operators::{Operands, WithoutLeft as _, WithoutRight as _};
        type __HpyOperands = Operands<$class, { $crate::$slot }>;
        // SAFETY: the operands are open for the time of the call.
        unsafe {
            if $crate::safe::Borrowed::from_handle($ctx, $left).is_instance::<$class>()? {
                return __HpyOperands::left($ctx, $left, $right);
            }
            if __HpyOperands::HAS_RIGHT && $crate::safe::Borrowed::from_handle($ctx, $right).is_instance::<$class>()? {
                return __HpyOperands::right($ctx, $right, $left);
            }
        }
        $crate::safe::__private::operators::not_implemented($ctx)
    }};
    (@$kind:ident $slot:ident $name:ident; $($rest:tt)*) => {
        $crate::__hpy_slot_method! { @parameters $name }
    };
}
