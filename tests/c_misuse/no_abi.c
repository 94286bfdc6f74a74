/* tests/c_misuse/no_abi.c: no ABI is chosen. */
/* cc: no HPy ABI is chosen: define HPY_ABI_CPYTHON, for example with the flag -DHPY_ABI_CPYTHON */
/* clang: no HPy ABI is chosen: define HPY_ABI_CPYTHON, for example with the flag -DHPY_ABI_CPYTHON */
#undef HPY_ABI_CPYTHON
#include "hpy.h"
