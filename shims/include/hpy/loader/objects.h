/* hpy/loader/objects.h: wrappers of the context's functions that help the optimiser, or add a check. */
#pragma once

#include "hpy/loader/context.h"
#include "hpy/loader/state.h"

/* The loader does not get the address of `data`, so the pointer may stay in a register. On failure, it becomes
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

/* Loaders lack the check for a field or global that was never stored. */
HPyAPI_FUNC HPy HPyField_Load(HPyContext *ctx, HPy source_object, HPyField source_field)
{
    return HPyField_IsNull(source_field) ? HPy_NULL : ctx->ctx_Field_Load(ctx, source_object, source_field);
}

HPyAPI_FUNC HPy HPyGlobal_Load(HPyContext *ctx, HPyGlobal global)
{
    return global._i == 0 ? HPy_NULL : ctx->ctx_Global_Load(ctx, global);
}

/* Tells the compiler that the context's function never returns. */
HPyAPI_FUNC _HPy_NO_RETURN void HPy_FatalError(HPyContext *ctx, const char *message)
{
    ctx->ctx_FatalError(ctx, message);
    abort();
}

/* No loader makes a type with this shape. */
HPyAPI_FUNC void *_HPy_AsStruct_Opaque(HPyContext *ctx, HPy h)
{
    (void)h;
    HPy_FatalError(ctx, "no loader makes types with HPyType_BuiltinShape_Opaque");
}
