/* hpy/runtime/ctx_type.h: types, which hpy/hpytype.h describes. */
#pragma once

#include "hpy/hpytype.h"
#include "hpy/runtime/ctx_funcs.h"
