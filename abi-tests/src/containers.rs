// abi-tests/src/containers.rs: the builders of lists and tuples.

use crate::support::{close_all, items};
use hpy_sys::*;

functions! {
    CONTAINERS(ctx) {
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

HPy_MODINIT!(containers, CONTAINERS);
