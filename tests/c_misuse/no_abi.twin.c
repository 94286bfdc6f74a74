/* tests/c_misuse/no_abi.twin.c: an ABI is chosen. */
#include "hpy.h"

HPyGlobal global;
