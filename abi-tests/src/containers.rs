// abi-tests/src/containers.rs: lists, dicts, tuples, slices, iterators, and the builders: one module for each.

use crate::support::{close_all, int, items, or_null};
use hpy_sys::*;

functions! {
    LIST(ctx) {
        list_check(h) => HPyList_Check(ctx, h);
        list_new(size) => HPyList_New(ctx, int(ctx, size) as HPy_ssize_t);
        list_append(h, value) => HPyList_Append(ctx, h, or_null(ctx, value));
        list_insert(h, index, value) => {
            HPyList_Insert(ctx, h, int(ctx, index) as HPy_ssize_t, or_null(ctx, value))
        };
        dict_check(h) => HPyDict_Check(ctx, h);
        dict_new() => HPyDict_New(ctx);
        dict_keys(h) => HPyDict_Keys(ctx, or_null(ctx, h));
        dict_copy(h) => HPyDict_Copy(ctx, or_null(ctx, h));
        tuple_check(h) => HPyTuple_Check(ctx, h);
        tuple_from_array(h) => {
            let all = items(ctx, h);
            let tuple = HPyTuple_FromArray(ctx, all.as_ptr(), all.len() as HPy_ssize_t);
            close_all(ctx, all);
            tuple
        };
        slice_new(start, stop, step) => {
            HPySlice_New(ctx, or_null(ctx, start), or_null(ctx, stop), or_null(ctx, step))
        };
        slice_unpack(h) => {
            let (mut start, mut stop, mut step) = (-77, -77, -77);
            if HPySlice_Unpack(ctx, h, &mut start, &mut stop, &mut step) < 0 {
                return HPy_NULL;
            }
            [start, stop, step]
        };
        iter_get(h) => HPy_GetIter(ctx, h);
        iter_check(h) => HPyIter_Check(ctx, h);
        iter_next(h, end) => {
            let next = HPyIter_Next(ctx, h);
            if HPy_IsNull(next) && HPyErr_Occurred(ctx) == 0 { HPy_Dup(ctx, end) } else { next }
        };
        build_list(h) => {
            let all = items(ctx, h);
            let builder = HPyListBuilder_New(ctx, all.len() as HPy_ssize_t);
            for (index, item) in all.iter().enumerate() {
                HPyListBuilder_Set(ctx, builder, index as HPy_ssize_t, *item);
            }
            close_all(ctx, all);
            HPyListBuilder_Build(ctx, builder)
        };
        build_tuple(h) => {
            let all = items(ctx, h);
            let builder = HPyTupleBuilder_New(ctx, all.len() as HPy_ssize_t);
            for (index, item) in all.iter().enumerate().rev() {
                HPyTupleBuilder_Set(ctx, builder, index as HPy_ssize_t, *item);
            }
            close_all(ctx, all);
            HPyTupleBuilder_Build(ctx, builder)
        };
        cancel_builders(h) => {
            let list = HPyListBuilder_New(ctx, 3);
            HPyListBuilder_Set(ctx, list, 0, h);
            HPyListBuilder_Cancel(ctx, list);
            let tuple = HPyTupleBuilder_New(ctx, 3);
            HPyTupleBuilder_Set(ctx, tuple, 2, h);
            HPyTupleBuilder_Cancel(ctx, tuple);
        };
        failed_list_builder(h) => {
            let builder = HPyListBuilder_New(ctx, HPy_ssize_t::MAX / 2);
            assert!(HPyErr_Occurred(ctx) == 0, "the error comes with HPyListBuilder_Build");
            HPyListBuilder_Set(ctx, builder, 0, h);
            HPyListBuilder_Build(ctx, builder)
        };
        failed_tuple_builder(h) => {
            let builder = HPyTupleBuilder_New(ctx, HPy_ssize_t::MAX / 2);
            assert!(HPyErr_Occurred(ctx) == 0, "the error comes with HPyTupleBuilder_Build");
            HPyTupleBuilder_Set(ctx, builder, 0, h);
            HPyTupleBuilder_Build(ctx, builder)
        };
        cancel_failed_builders() => {
            HPyListBuilder_Cancel(ctx, HPyListBuilder_New(ctx, HPy_ssize_t::MAX / 2));
            HPyTupleBuilder_Cancel(ctx, HPyTupleBuilder_New(ctx, HPy_ssize_t::MAX / 2));
        };
        tuple_builder_with_null(h) => {
            let builder = HPyTupleBuilder_New(ctx, 2);
            HPyTupleBuilder_Set(ctx, builder, 0, HPy_NULL);
            HPyTupleBuilder_Set(ctx, builder, 1, h);
            HPyTupleBuilder_Set(ctx, builder, 0, ctx.h_None);
            HPyTupleBuilder_Build(ctx, builder)
        };
        builder_with_null() => {
            let builder = HPyListBuilder_New(ctx, 2);
            HPyListBuilder_Set(ctx, builder, 0, HPy_NULL);
            HPyListBuilder_Set(ctx, builder, 1, ctx.h_None);
            // Python has not seen the list yet: a place may be filled later.
            HPyListBuilder_Set(ctx, builder, 0, ctx.h_True);
            HPyListBuilder_Build(ctx, builder)
        };
    }
}

HPy_MODINIT!(containers, LIST);
