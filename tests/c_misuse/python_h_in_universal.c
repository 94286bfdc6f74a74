/* tests/c_misuse/python_h_in_universal.c: Python.h in an extension for every interpreter. */
/* cc: It is forbidden to #include <Python.h> when targeting the HPy Universal ABI */
/* clang: It is forbidden to #include <Python.h> when targeting the HPy Universal ABI */
#undef HPY_ABI_CPYTHON
#define HPY_ABI_UNIVERSAL
#include <Python.h>
#include "hpy.h"
