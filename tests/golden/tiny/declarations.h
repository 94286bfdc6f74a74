/* Generated from the table in shims/api by generator/src/emit/c/conventions.rs. Do not edit: change the table. */
#pragma once

#include "hpy/hpyfunc.h"

typedef HPy (*HPyFunc_o)(HPyContext *ctx, HPy self, HPy arg);
#define _HPyFunc_DECLARE_HPyFunc_O(SYM) static HPy SYM(struct _HPyContext_s *ctx, HPy self, HPy arg)

typedef HPy (*HPyFunc_ssizeargfunc)(HPyContext *ctx, HPy self, HPy_ssize_t index);
#define _HPyFunc_DECLARE_HPyFunc_SSIZEARGFUNC(SYM) static HPy SYM(struct _HPyContext_s *ctx, HPy self, HPy_ssize_t index)

/* The calling convention of each slot. */
#define _HPySlot_SIG__HPy_sq_item HPyFunc_SSIZEARGFUNC
