// src/native/code.rs: compiling source code.

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
