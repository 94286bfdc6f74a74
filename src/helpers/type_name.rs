// src/helpers/type_name.rs: the name of a type, for messages.

use crate::*;

/// Runs `then` with the name of the type `of`, and closes that.
///
/// The name is `?` where it is no UTF-8: Python code can give a type any name.
///
/// # Safety
/// `of` is an open handle to a type.
pub(crate) unsafe fn with_name<R>(ctx: &HPyContext, of: HPy, then: impl FnOnce(*const c_char) -> R) -> R {
    // SAFETY: the caller's promise.
    unsafe {
        let mut name = HPyType_GetName(ctx, of);
        if name.is_null() {
            HPyErr_Clear(ctx);
            name = c"?".as_ptr();
        }
        let result = then(name);
        HPy_Close(ctx, of);
        result
    }
}
