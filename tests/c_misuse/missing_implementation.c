/* tests/c_misuse/missing_implementation.c: a definition without its implementation. */
/* cc: 'same_impl' used but never defined */
/* clang: function 'same_impl' has internal linkage but is not defined */
#include "hpy.h"

HPyDef_METH(same, "same", HPyFunc_NOARGS)
