/* hpy/abi.h: the ABI that the extension is compiled for: one of HPY_ABI_CPYTHON, HPY_ABI_UNIVERSAL, HPY_ABI_HYBRID. */
#pragma once

#if defined(HPY_ABI_CPYTHON) + defined(HPY_ABI_UNIVERSAL) + defined(HPY_ABI_HYBRID) > 1
#  error "two HPy ABIs are chosen: define only one of HPY_ABI_CPYTHON, HPY_ABI_UNIVERSAL and HPY_ABI_HYBRID"
#elif defined(HPY_ABI_UNIVERSAL)
#  define HPY_ABI "universal"
#elif defined(HPY_ABI_HYBRID)
#  define HPY_ABI "hybrid"
#elif defined(HPY_ABI_CPYTHON)
#  define HPY_ABI "cpython"
#else
#  error "no HPy ABI is chosen: define HPY_ABI_CPYTHON, for example with the flag -DHPY_ABI_CPYTHON, or HPY_ABI_UNIVERSAL or HPY_ABI_HYBRID"
#endif

#define HPY_ABI_TAG "hpy0"
