/* hpy/cpython/numbers.h: integers of 32 bits, whose range is narrower than that of C's `long` on most platforms. */
#pragma once

#include "hpy/cpython/convert.h"

/* Raises OverflowError unless there is an error already. */
_HPy_UNUSED _HPy_COLD static void _HPyLong_TooLarge(const char *message)
{
    if (PyErr_Occurred() == NULL) {
        PyErr_SetString(PyExc_OverflowError, message);
    }
}

HPyAPI_FUNC int32_t HPyLong_AsInt32_t(HPyContext *ctx, HPy h)
{
    long value = PyLong_AsLong(_h2py(h));
    (void)ctx;
    if (_HPy_UNLIKELY(value != (int32_t)value)) {
        _HPyLong_TooLarge("Python int too large to convert to C int32_t");
        return -1;
    }
    return (int32_t)value;
}

/* An error of the conversion itself is ULONG_MAX, which is out of range too, or the result for one. */
HPyAPI_FUNC uint32_t HPyLong_AsUInt32_t(HPyContext *ctx, HPy h)
{
    unsigned long value = PyLong_AsUnsignedLong(_h2py(h));
    (void)ctx;
    if (_HPy_UNLIKELY(value != (uint32_t)value)) {
        _HPyLong_TooLarge("Python int too large to convert to C uint32_t");
        return UINT32_MAX;
    }
    return (uint32_t)value;
}
