// src/loader/fields.rs: loads fields, with the check for never stored ones that loaders lack.

use core::ptr;

use crate::*;

#[doc = table_doc!("HPyField_Load")]
#[inline]
pub unsafe fn HPyField_Load(ctx: &HPyContext, source_object: HPy, source_field: *const HPyField) -> HPy {
    // SAFETY: the caller's promise.
    unsafe {
        let field = ptr::read(source_field);
        if HPyField_IsNull(field) { HPy_NULL } else { (ctx.ctx_Field_Load)(ctx, source_object, field) }
    }
}
