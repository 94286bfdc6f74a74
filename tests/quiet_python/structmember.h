/* tests/quiet_python/structmember.h: the same for the header of members, which Python.h does not include. */
#pragma GCC system_header
#include_next <structmember.h>
