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
    use crate::made_definitions::Direct;
    use crate::native::context;
    use crate::panic::guard;
    use crate::*;

    pub trait HPyFunc_O {
        const IMPL: implementation::HPyFunc_O;
        const DIRECT: Direct = Direct::NONE;
    }
    /// # Safety
    /// CPython calls it, as the convention says.
    pub unsafe extern "C" fn HPyFunc_O<I: HPyFunc_O>(self_: *mut cpy_PyObject, arg: *mut cpy_PyObject) -> *mut cpy_PyObject {
        // SAFETY: CPython passes what the convention says, for the time of the call.
        guard(context(), |ctx| unsafe { I::IMPL(ctx, HPy { _i: self_ }, HPy { _i: arg }) })._i
    }

    pub trait HPyFunc_SSIZEARGFUNC {
        const IMPL: implementation::HPyFunc_SSIZEARGFUNC;
        const DIRECT: Direct = Direct::NONE;
    }
    /// # Safety
    /// CPython calls it, as the convention says.
    pub unsafe extern "C" fn HPyFunc_SSIZEARGFUNC<I: HPyFunc_SSIZEARGFUNC>(self_: *mut cpy_PyObject, index: HPy_ssize_t) -> *mut cpy_PyObject {
        // SAFETY: CPython passes what the convention says, for the time of the call.
        guard(context(), |ctx| unsafe { I::IMPL(ctx, HPy { _i: self_ }, index) })._i
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

/// The CPython slot of a HPy slot, or nothing where the runtime does the work.
pub(crate) fn cpython_slot(slot: HPySlot_Slot) -> Option<c_int> {
    match slot {
        HPy_sq_item => Some(ffi::Py_sq_item),
        _ => None,
    }
}

/// The slot that has the method of this name.
pub(crate) fn slot_of_method(name: &core::ffi::CStr) -> Option<&'static core::ffi::CStr> {
    match name.to_bytes() {
        _ => None,
    }
}
