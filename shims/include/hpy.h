/* hpy.h: the HPy API, compiled for exactly one CPython: what an extension includes. */
#pragma once

#include "hpy/abi.h"
#ifdef HPY_ABI

#include "hpy/types.h"
#include "hpy/version.h"
#include "hpy/hpyexports.h"
#include "hpy/macros.h"
#include "hpy/hpyfunc.h"
#include "hpy/hpydef.h"
#include "hpy/hpytype.h"
#include "hpy/hpymodule.h"
#include "hpy/runtime/ctx_funcs.h"
#include "hpy/extras.h"
#include "hpy/runtime/argparse.h"
#include "hpy/runtime/buildvalue.h"
#include "hpy/runtime/format.h"
#include "hpy/runtime/helpers.h"
#include "hpy/runtime/structseq.h"
#include "hpy/runtime/threads.h"
#include "hpy/inline_helpers.h"
#include "hpy/borrowed.h"
#include "hpy/builders.h"
#include "hpy/integers128.h"
#ifdef HPY_COMPAT
#  include "hpy/compat.h"
#endif

#endif
