// src/native/builder.rs: lists and tuples that are filled before anybody sees them.

use crate::*;

macro_rules! builder {
    (
        $builder:ident { $field:ident }
        fn $new:ident: $cpython_new:ident;
        fn $set:ident: $cpython_set:ident;
        fn $build:ident;
        fn $cancel:ident;
        fn $give:ident;
    ) => {
        #[doc = table_doc!(stringify!($new))]
        #[inline]
        pub unsafe fn $new(_ctx: &HPyContext, size: HPy_ssize_t) -> $builder {
            // SAFETY: the caller's promise.
            unsafe {
                let $field = ffi::$cpython_new(size);
                if $field.is_null() {
                    // The error is reported when the object is built.
                    ffi::PyErr_Clear();
                }
                $builder { $field }
            }
        }

        #[doc = table_doc!(stringify!($set))]
        #[inline]
        pub unsafe fn $set(ctx: &HPyContext, builder: $builder, index: HPy_ssize_t, h_item: HPy) {
            // SAFETY: the caller's promise; nobody else has the object yet.
            unsafe {
                if !builder.$field.is_null() {
                    ffi::$cpython_set(builder.$field, index, h_item._i);
                    // After it: what the caller closes next, the compiler then need not count.
                    HPy_Dup(ctx, h_item);
                }
            }
        }

        #[doc = table_doc!(stringify!($build))]
        #[inline]
        pub unsafe fn $build(_ctx: &HPyContext, builder: $builder) -> HPy {
            if builder.$field.is_null() {
                // SAFETY: the caller's promise.
                unsafe { ffi::PyErr_NoMemory() };
            }
            HPy { _i: builder.$field }
        }

        #[doc = table_doc!(stringify!($cancel))]
        #[inline]
        pub unsafe fn $cancel(ctx: &HPyContext, builder: $builder) {
            // SAFETY: the caller's promise.
            unsafe { HPy_Close(ctx, HPy { _i: builder.$field }) }
        }

        /// Sets an item to a handle that is the builder's from then on.
        ///
        /// # Safety
        /// `builder` is open and has the index, and `h_item` is a handle of the caller's own.
        #[inline(always)]
        pub(crate) unsafe fn $give(ctx: &HPyContext, builder: $builder, index: HPy_ssize_t, h_item: HPy) {
            // SAFETY: as above.
            unsafe {
                match builder.$field.is_null() {
                    true => HPy_Close(ctx, h_item),
                    false => ffi::$cpython_set(builder.$field, index, h_item._i),
                }
            }
        }
    };
}

builder! {
    HPyListBuilder { _lst }
    fn HPyListBuilder_New: PyList_New;
    fn HPyListBuilder_Set: PyList_SET_ITEM;
    fn HPyListBuilder_Build;
    fn HPyListBuilder_Cancel;
    fn give_to_list;
}

builder! {
    HPyTupleBuilder { _tup }
    fn HPyTupleBuilder_New: PyTuple_New;
    fn HPyTupleBuilder_Set: PyTuple_SET_ITEM;
    fn HPyTupleBuilder_Build;
    fn HPyTupleBuilder_Cancel;
    fn give_to_tuple;
}
