// Generated from the table in shims/api by generator/src/emit/rust/conventions.rs. Do not edit: change the table.

/// The type of the function that implements a calling convention.
pub mod implementation {
    use crate::*;

    /// A method with one argument.
    ///
    /// Source: HPy `HPyFunc_o`, number 4; CPython `PyCFunction`.
    pub type HPyFunc_O = unsafe fn(ctx: &HPyContext, self_: HPy, arg: HPy) -> HPy;

    /// A slot with an index.
    ///
    /// Source: HPy `HPyFunc_ssizeargfunc`, number 13; CPython `ssizeargfunc`.
    pub type HPyFunc_SSIZEARGFUNC = unsafe fn(ctx: &HPyContext, self_: HPy, index: HPy_ssize_t) -> HPy;

}

/// The function that the interpreter calls for a calling convention, and what it needs to know.
#[doc(hidden)]
pub mod convention {
    use crate::loader::context::short;
    use crate::loader::trampolines::count;
    use crate::made_definitions::{Direct, function};
    use crate::*;
    pub trait HPyFunc_O: Sized {
        const IMPL: implementation::HPyFunc_O;
        const DIRECT: Direct = Direct::implementation(function(real::HPyFunc_O::<Self> as *const ()));
    }
    /// # Safety
    /// CPython calls it, as the convention says.
    pub unsafe extern "C" fn HPyFunc_O<I: HPyFunc_O>(self_: *mut cpy_PyObject, arg: *mut cpy_PyObject) -> *mut cpy_PyObject {
        // SAFETY: CPython passes what the convention says, for the time of the call.
        unsafe {
            if let Some(ctx) = short() {
                let real: unsafe extern "C" fn(&HPyContext, self_: HPy, arg: HPy) -> HPy = real::HPyFunc_O::<I>;
                return real(ctx, HPy { _i: self_ }, HPy { _i: arg })._i;
            }
            packed::HPyFunc_O::<I>(self_, arg)
        }
    }

    pub trait HPyFunc_SSIZEARGFUNC: Sized {
        const IMPL: implementation::HPyFunc_SSIZEARGFUNC;
        const DIRECT: Direct = Direct::implementation(function(real::HPyFunc_SSIZEARGFUNC::<Self> as *const ()));
    }
    /// # Safety
    /// CPython calls it, as the convention says.
    pub unsafe extern "C" fn HPyFunc_SSIZEARGFUNC<I: HPyFunc_SSIZEARGFUNC>(self_: *mut cpy_PyObject, index: HPy_ssize_t) -> *mut cpy_PyObject {
        // SAFETY: CPython passes what the convention says, for the time of the call.
        unsafe {
            if let Some(ctx) = short() {
                let real: unsafe extern "C" fn(&HPyContext, self_: HPy, index: HPy_ssize_t) -> HPy = real::HPyFunc_SSIZEARGFUNC::<I>;
                return real(ctx, HPy { _i: self_ }, index)._i;
            }
            packed::HPyFunc_SSIZEARGFUNC::<I>(self_, index)
        }
    }


    /// The calls that the loader unpacks.
    mod packed {
        use crate::loader::trampolines::pack;
        use crate::*;

        /// # Safety
        /// As of the trampoline.
        #[inline(never)]
        pub unsafe extern "C" fn HPyFunc_O<I: convention::HPyFunc_O>(self_: *mut cpy_PyObject, arg: *mut cpy_PyObject) -> *mut cpy_PyObject {
            #[repr(C)]
            struct Packed {
                self_: *mut cpy_PyObject, arg: *mut cpy_PyObject, result: *mut cpy_PyObject
            }
            // SAFETY: this is how loaders expect the arguments of the convention; all values may be zero.
            unsafe { pack(crate::HPyFunc_O, I::DIRECT, Packed { self_, arg, result: core::mem::zeroed() }).result }
        }

        /// # Safety
        /// As of the trampoline.
        #[inline(never)]
        pub unsafe extern "C" fn HPyFunc_SSIZEARGFUNC<I: convention::HPyFunc_SSIZEARGFUNC>(self_: *mut cpy_PyObject, index: HPy_ssize_t) -> *mut cpy_PyObject {
            #[repr(C)]
            struct Packed {
                self_: *mut cpy_PyObject, index: HPy_ssize_t, result: *mut cpy_PyObject
            }
            // SAFETY: this is how loaders expect the arguments of the convention; all values may be zero.
            unsafe { pack(crate::HPyFunc_SSIZEARGFUNC, I::DIRECT, Packed { self_, index, result: core::mem::zeroed() }).result }
        }

    }

    /// The implementations as C functions.
    mod real {
        use crate::panic::guard;
        use crate::*;

        /// # Safety
        /// The interpreter calls it, as the convention says.
        pub unsafe extern "C" fn HPyFunc_O<I: convention::HPyFunc_O>(ctx: &HPyContext, self_: HPy, arg: HPy) -> HPy {
            // SAFETY: the interpreter passes what the convention says, for the time of the call.
            guard(ctx, |ctx| unsafe { I::IMPL(ctx, self_, arg) })
        }

        /// # Safety
        /// The interpreter calls it, as the convention says.
        pub unsafe extern "C" fn HPyFunc_SSIZEARGFUNC<I: convention::HPyFunc_SSIZEARGFUNC>(ctx: &HPyContext, self_: HPy, index: HPy_ssize_t) -> HPy {
            // SAFETY: the interpreter passes what the convention says, for the time of the call.
            guard(ctx, |ctx| unsafe { I::IMPL(ctx, self_, index) })
        }

    }
}

/// The calling convention of each slot, under the slot's name.
#[doc(hidden)]
pub mod slot {
    pub use super::convention::HPyFunc_SSIZEARGFUNC as HPy_sq_item;
}

/// The type of the function that implements each slot, under the slot's name.
#[doc(hidden)]
pub mod slot_implementation {
    pub use super::implementation::HPyFunc_SSIZEARGFUNC as HPy_sq_item;
}
