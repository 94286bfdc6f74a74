// src/loader/builder.rs: moves handles into builders: loaders' builders dup a handle, so this closes it.

use crate::*;

/// Sets an item, and closes the handle.
///
/// # Safety
/// `builder` is open and has the index, and `h_item` is a handle of the caller's own, which is closed.
pub(crate) unsafe fn give_to_list(ctx: &HPyContext, builder: HPyListBuilder, index: HPy_ssize_t, h_item: HPy) {
    // SAFETY: the caller's promise.
    unsafe {
        HPyListBuilder_Set(ctx, builder, index, h_item);
        HPy_Close(ctx, h_item);
    }
}

/// Sets an item, and closes the handle.
///
/// # Safety
/// `builder` is open and has the index, and `h_item` is a handle of the caller's own, which is closed.
pub(crate) unsafe fn give_to_tuple(ctx: &HPyContext, builder: HPyTupleBuilder, index: HPy_ssize_t, h_item: HPy) {
    // SAFETY: the caller's promise.
    unsafe {
        HPyTupleBuilder_Set(ctx, builder, index, h_item);
        HPy_Close(ctx, h_item);
    }
}

/// Here the loader's `repr` writes it.
///
/// # Safety
/// None is needed.
#[inline(always)]
pub(crate) unsafe fn write_float(_ctx: &HPyContext, _builder: &mut HPyStrBuilder, _h: HPy) -> Option<c_int> {
    None
}
