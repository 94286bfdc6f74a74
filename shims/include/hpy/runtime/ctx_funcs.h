/* hpy/runtime/ctx_funcs.h: every function of the context. */
#pragma once

#include "hpy/hpytype.h"

#ifdef HPY_ABI_CPYTHON
#  include "hpy/cpython/functions.h"
#  include "hpy/cpython/library.h"
#  include "hpy/cpython/handles.h"
#  include "hpy/cpython/objects.h"
#  include "hpy/cpython/fields.h"
#  include "hpy/cpython/structs.h"
#  include "hpy/cpython/items.h"
#  include "hpy/cpython/builders.h"
#  include "hpy/cpython/numbers.h"
#  include "hpy/cpython/bytes.h"
#  include "hpy/cpython/capsules.h"
#else
#  include "hpy/universal/context.h"
#  include "hpy/universal/functions.h"
#  include "hpy/universal/library.h"
#  include "hpy/universal/objects.h"
#  include "hpy/universal/capsules.h"
#endif
