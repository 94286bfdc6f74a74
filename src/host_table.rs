// src/host_table.rs: what this project's loader and modules of this crate agree on: the word that marks its contexts, and the
// table that its contexts end with. docs/loader.md says it for others.

use crate::*;

/// The word behind `abi_version` in a context of this project's loader; other loaders leave it zero. The last byte is a set of
/// flags such as [`HPy_HOST_SHORT`].
#[doc(hidden)]
pub const HPy_HOST_MARK: u32 = 0x4850_7900;

/// The flag of a context whose handles are the objects themselves: a trampoline may call its implementation.
#[doc(hidden)]
pub const HPy_HOST_SHORT: u32 = 1;

/// What a context of this project's loader has behind HPy's last member. It grows at its end.
#[doc(hidden)]
#[repr(C)]
pub struct HostTable {
    /// The size of the table in bytes.
    pub size: usize,
    /// Calls an implementation of `HPy_tp_call`, or of a call function, within CPython's limit of recursion.
    pub call: unsafe extern "C" fn(
        ctx: &HPyContext,
        object: *mut cpy_PyObject,
        args: *const *mut cpy_PyObject,
        nargsf: usize,
        kwnames: *mut cpy_PyObject,
        implementation: HPyCFunction,
    ) -> *mut cpy_PyObject,
    /// The `tp_call` of a definition, whose vectorcall function is `own`; `direct` is the same without the limit.
    pub type_call: unsafe extern "C" fn(
        object: *mut cpy_PyObject,
        args: *mut cpy_PyObject,
        kw: *mut cpy_PyObject,
        own: cpy_vectorcallfunc,
        direct: cpy_vectorcallfunc,
    ) -> *mut cpy_PyObject,
    /// The dictionary of the running interpreter's builtins.
    pub builtins: unsafe extern "C" fn() -> HPy,
}
