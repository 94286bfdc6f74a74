/* tests/c_misuse/two_abis.c: two ABIs are chosen. */
/* cc: two HPy ABIs are chosen: define only one of HPY_ABI_CPYTHON, HPY_ABI_UNIVERSAL and HPY_ABI_HYBRID */
/* clang: two HPy ABIs are chosen: define only one of HPY_ABI_CPYTHON, HPY_ABI_UNIVERSAL and HPY_ABI_HYBRID */
#define HPY_ABI_HYBRID
#include "hpy.h"
