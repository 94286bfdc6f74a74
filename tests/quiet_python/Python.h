/* tests/quiet_python/Python.h: the Python.h of the folder that comes after this one, without its warnings.

   `-isystem` would do the same, but GCC follows links out of a folder that is named so, and Debian's debug builds share
   their headers with the release build by links: it would take the pyconfig.h of the wrong one. */
#pragma GCC system_header
#include_next <Python.h>
