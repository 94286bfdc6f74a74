/* hpy/loader/instance.h: making instances, and the shape that other loaders lack. */
#pragma once

#include "hpy/loader/fatal.h"

/* The address of `data` does not go to the loader, so that the pointer may stay in a register. On failure, it becomes
   a null pointer. */
HPyAPI_FUNC HPy _HPy_New(HPyContext *ctx, HPy h_type, void **data)
{
    void *made = NULL;
    HPy h = ctx->ctx_New(ctx, h_type, &made);
    /* `data` points to a pointer of another type. A loader that fails may have written anything. */
    if (HPy_IsNull(h)) {
        made = NULL;
    }
    memcpy((void *)data, &made, sizeof made);
    return h;
}

HPyAPI_FUNC void *_HPy_AsStruct_Object(HPyContext *ctx, HPy h)
{
    return _HPy_struct_offset != 0 ? (char *)h._i + _HPy_struct_offset : ctx->ctx_AsStruct_Object(ctx, h);
}

/* Only this project's loader makes a type with this shape. */
HPyAPI_FUNC void *_HPy_AsStruct_Opaque(HPyContext *ctx, HPy h)
{
    if (_HPy_host_table == NULL) {
        HPy_FatalError(ctx, "only hpy-sys' loader makes types with HPyType_BuiltinShape_Opaque");
    }
    return _HPy_host_table->struct_of(ctx, h);
}
