/* tests/c_misuse/universal_abi.c: an ABI that these headers do not have. */
/* cc: HPY_ABI_UNIVERSAL is not supported yet by these headers: define HPY_ABI_CPYTHON instead */
/* clang: HPY_ABI_UNIVERSAL is not supported yet by these headers: define HPY_ABI_CPYTHON instead */
#undef HPY_ABI_CPYTHON
#define HPY_ABI_UNIVERSAL
#include "hpy.h"
