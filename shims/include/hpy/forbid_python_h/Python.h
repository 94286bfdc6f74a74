/* hpy/forbid_python_h/Python.h: what #include <Python.h> finds in a universal build, whose include path begins here. */
#ifdef HPY_ABI_UNIVERSAL
#  error "It is forbidden to #include <Python.h> when targeting the HPy Universal ABI: leave it out, or build for HPY_ABI_CPYTHON or HPY_ABI_HYBRID"
#else
#  error "the folder hpy/forbid_python_h is on the include path, and the build is not for the universal ABI: take it off the path, or define HPY_ABI_UNIVERSAL"
#endif
