/* hpy/loader/fields.h: loads fields, with the check for never stored ones that loaders lack. */
#pragma once

#include "hpy/loader/context.h"
#include "hpy/loader/state.h"

HPyAPI_FUNC HPy HPyField_Load(HPyContext *ctx, HPy source_object, HPyField source_field)
{
    return HPyField_IsNull(source_field) ? HPy_NULL : ctx->ctx_Field_Load(ctx, source_object, source_field);
}
