// src/safe/assignment_macro.rs: what sets and what deletes items or attributes of a class, which is one slot for both.

/// A method of a class that sets or deletes, as the address of a definition.
#[doc(hidden)]
#[macro_export]
macro_rules! __hpy_assignment {
    (
        @set $slot:ident $name:ident; $class:ident $docs:tt $ids:tt $style:tt $borrow:ident ["O", "O",] $names:tt $sig:tt $reads:tt
        $call:tt
    ) => {{
        $crate::__hpy_assignment!(@function Sets set [__hpy_value] $slot $name $class $ids $borrow $reads $call);
        $crate::__hpy_assignment!(@dispatch $slot $class)
    }};
    (
        @delete $slot:ident $name:ident; $class:ident $docs:tt $ids:tt $style:tt $borrow:ident ["O",] $names:tt $sig:tt $reads:tt
        $call:tt
    ) => {{
        #[allow(unused_imports)]
        use $crate::safe::__private::assignment::{Assignment, WithoutSet as _};
        $crate::__hpy_assignment!(@function Deletes delete [] $slot $name $class $ids $borrow $reads $call);
        // One definition is for both functions.
        match Assignment::<$class, { $crate::$slot }>::HAS_SET {
            true => $crate::__private::ptr::null(),
            false => $crate::__hpy_assignment!(@dispatch $slot $class),
        }
    }};
    (
        @function $trait:ident $does:ident [$($value:ident)?] $slot:ident $name:ident $class:ident
        [$ctx:ident $this:ident $arguments:ident] $borrow:ident [$($reads:tt)*] $call:tt
    ) => {
        // SAFETY: the function does what the trait says.
        #[allow(non_local_definitions)]
        unsafe impl $crate::safe::__private::assignment::$trait<{ $crate::$slot }> for $class {
            #[inline(always)]
            unsafe fn $does(
                $ctx: &$crate::HPyContext,
                __hpy_self: $crate::HPy,
                __hpy_key: $crate::HPy,
                $($value: $crate::HPy,)?
            ) -> $crate::safe::Result<()> {
                let __hpy_fixed = [__hpy_key, $($value)?];
                // SAFETY: the arguments are open for the time of the call.
                let $arguments = unsafe { $crate::safe::__private::Arguments::fixed($ctx, &__hpy_fixed) };
                $($reads)*
                $crate::__hpy_slot_method!(@value (); $class $name $borrow $ctx $this __hpy_self $call)
            }
        }
    };
    (@dispatch $slot:ident $class:ident) => {
        $crate::__hpy_slot_method! {
            @slot $slot |__hpy_ctx, __hpy_self, __hpy_key, __hpy_value| {
                use $crate::safe::__private::assignment::{Assignment, WithoutDelete as _, WithoutSet as _};
                type __HpyAssignment = Assignment<$class, { $crate::$slot }>;
                $crate::safe::__private::outcome::done(|| {
                    // SAFETY: the handles are open for the time of the call, and the first is an instance.
                    unsafe {
                        match $crate::HPy_IsNull(__hpy_value) {
                            true => __HpyAssignment::delete(__hpy_ctx, __hpy_self, __hpy_key),
                            false => __HpyAssignment::set(__hpy_ctx, __hpy_self, __hpy_key, __hpy_value),
                        }
                    }
                })
            }
        }
    };
    (@$kind:ident $slot:ident $name:ident; $($rest:tt)*) => {
        $crate::__hpy_slot_method! { @parameters $name }
    };
}
