/* hpy/extras.h: the functions that HPy 0.9 lacks. */
#pragma once

#include "hpy/hpytype.h"

#ifdef HPY_ABI_CPYTHON
#  include "hpy/native/extras.h"
#  include "hpy/native/library.h"
#else
#  include "hpy/loader/library.h"
#endif
