/* tests/c_misuse/two_abis.twin.c: the ABI can be asked for. */
#include "hpy.h"

const char *abi = HPY_ABI;
