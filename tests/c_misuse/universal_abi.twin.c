/* tests/c_misuse/universal_abi.twin.c: the one that they have. */
#undef HPY_ABI_CPYTHON
#define HPY_ABI_CPYTHON
#include "hpy.h"

HPyGlobal global;
