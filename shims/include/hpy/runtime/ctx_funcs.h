/* hpy/runtime/ctx_funcs.h: every function of the context. */
#pragma once

#include "hpy/hpytype.h"

#ifdef HPY_ABI_CPYTHON
#  include "hpy/native/functions.h"
#  include "hpy/native/library.h"
#  include "hpy/native/handles.h"
#  include "hpy/native/fields.h"
#  include "hpy/native/globals.h"
#  include "hpy/native/instance.h"
#  include "hpy/native/mutex.h"
#else
#  include "hpy/loader/context.h"
#  include "hpy/loader/functions.h"
#  include "hpy/loader/library.h"
#  include "hpy/loader/fields.h"
#  include "hpy/loader/globals.h"
#  include "hpy/loader/handles.h"
#  include "hpy/loader/fatal.h"
#  include "hpy/loader/instance.h"
#endif
#include "hpy/capsules.h"
