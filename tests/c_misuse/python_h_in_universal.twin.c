/* tests/c_misuse/python_h_in_universal.twin.c: the same in the hybrid ABI. */
#undef HPY_ABI_CPYTHON
#define HPY_ABI_HYBRID
#include <Python.h>
#include "hpy.h"

HPyGlobal global;
