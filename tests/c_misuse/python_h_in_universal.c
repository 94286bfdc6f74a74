/* tests/c_misuse/python_h_in_universal.c: Python.h in an extension for every interpreter. */
/* cc: Python.h is included in an extension for the universal ABI */
/* clang: Python.h is included in an extension for the universal ABI */
#undef HPY_ABI_CPYTHON
#define HPY_ABI_UNIVERSAL
#include <Python.h>
#include "hpy.h"
