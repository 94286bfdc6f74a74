// src/native/builder.rs: items of lists and tuples that are being built, given away to them.

pub(crate) use super::float_text::write_float;
use crate::*;

macro_rules! give {
    ($name:ident: $builder:ident { $field:ident }, $set:ident) => {
        /// Sets an item to a handle that is the builder's from then on.
        ///
        /// # Safety
        /// The builder is not built or cancelled yet and has a place for `index`, and `h_item` is the caller's.
        #[inline(always)]
        pub(crate) unsafe fn $name(ctx: &HPyContext, builder: $builder, index: HPy_ssize_t, h_item: HPy) {
            // SAFETY: the caller's promise; nobody else has the object yet. A builder that failed is null.
            unsafe {
                match builder.$field.is_null() {
                    true => HPy_Close(ctx, h_item),
                    false => ffi::$set(builder.$field, index, h_item._i),
                }
            }
        }
    };
}

give!(give_to_list: HPyListBuilder { _lst }, PyList_SET_ITEM);
give!(give_to_tuple: HPyTupleBuilder { _tup }, PyTuple_SET_ITEM);
