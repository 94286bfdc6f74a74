// src/native/code.rs: compiling source code, and reading context variables.

use core::ptr;

use crate::*;

#[doc = table_doc!("HPy_Compile_s")]
pub unsafe fn HPy_Compile_s(
    _ctx: &HPyContext,
    utf8_source: *const c_char,
    utf8_filename: *const c_char,
    kind: HPy_SourceKind,
) -> HPy {
    let start = match kind {
        HPy_SourceKind_Expr => ffi::Py_eval_input,
        HPy_SourceKind_File => ffi::Py_file_input,
        HPy_SourceKind_Single => ffi::Py_single_input,
        _ => {
            // SAFETY: the caller's promise.
            unsafe { ffi::PyErr_SetString(ffi::PyExc_SystemError, c"invalid source kind".as_ptr()) };
            return HPy_NULL;
        }
    };
    // SAFETY: the caller's promise.
    HPy { _i: unsafe { ffi::Py_CompileString(utf8_source, utf8_filename, start) } }
}

#[doc = table_doc!("HPyContextVar_Get")]
#[inline]
pub unsafe fn HPyContextVar_Get(_ctx: &HPyContext, context_var: HPy, default_value: HPy, result: *mut HPy) -> i32 {
    let mut value = ptr::null_mut();
    // SAFETY: the caller's promise. The result is written on failure too, so that it never is what it was before.
    unsafe {
        let status = ffi::PyContextVar_Get(context_var._i, default_value._i, &mut value);
        *result = HPy { _i: value };
        status
    }
}
