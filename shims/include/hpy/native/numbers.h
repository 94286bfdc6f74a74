/* hpy/native/numbers.h: the C values of numbers: that of a small int or of a float is read where it is. CPython raises for
   HPy_NULL; the compiler drops the null check where it knows the handle. */
#pragma once

#include "hpy/native/convert.h"
#include "hpy/native/target.h"

/* The value of a small int, from CPython 3.12 on, where its API can read it. */
#ifdef HPY_CPYTHON_COMPACT_INTS
#  define _HPY_IS_SMALL(h) \
    (!HPy_IsNull(h) && PyLong_CheckExact(_h2py(h)) && PyUnstable_Long_IsCompact((const PyLongObject *)_h2py(h)))
#  define _HPY_SMALL(h) PyUnstable_Long_CompactValue((const PyLongObject *)_h2py(h))
#else
#  define _HPY_IS_SMALL(h) 0
#  define _HPY_SMALL(h) 0
#endif

/* Raises OverflowError unless there is an error already. */
_HPy_UNUSED _HPy_COLD static void _HPyLong_TooLarge(const char *message)
{
    if (PyErr_Occurred() == NULL) {
        PyErr_SetString(PyExc_OverflowError, message);
    }
}

HPyAPI_FUNC int32_t HPyLong_AsInt32_t(HPyContext *ctx, HPy h)
{
    long value;
    (void)ctx;
    if (_HPY_IS_SMALL(h)) {
        return (int32_t)_HPY_SMALL(h);
    }
    value = PyLong_AsLong(_h2py(h));
    if (_HPy_UNLIKELY(value != (int32_t)value)) {
        _HPyLong_TooLarge("Python int too large to convert to C int32_t");
        return -1;
    }
    return (int32_t)value;
}

/* An error of the conversion itself is ULONG_MAX, which is out of range too, or the result for one. */
HPyAPI_FUNC uint32_t HPyLong_AsUInt32_t(HPyContext *ctx, HPy h)
{
    unsigned long value;
    (void)ctx;
    if (_HPY_IS_SMALL(h) && _HPY_SMALL(h) >= 0) {
        return (uint32_t)_HPY_SMALL(h);
    }
    value = PyLong_AsUnsignedLong(_h2py(h));
    if (_HPy_UNLIKELY(value != (uint32_t)value)) {
        _HPyLong_TooLarge("Python int too large to convert to C uint32_t");
        return UINT32_MAX;
    }
    return (uint32_t)value;
}

HPyAPI_FUNC int64_t HPyLong_AsInt64_t(HPyContext *ctx, HPy h)
{
    (void)ctx;
    return _HPY_IS_SMALL(h) ? (int64_t)_HPY_SMALL(h) : (int64_t)PyLong_AsLongLong(_h2py(h));
}

HPyAPI_FUNC uint64_t HPyLong_AsUInt64_t(HPyContext *ctx, HPy h)
{
    (void)ctx;
    return _HPY_IS_SMALL(h) && _HPY_SMALL(h) >= 0 ? (uint64_t)_HPY_SMALL(h)
                                                  : (uint64_t)PyLong_AsUnsignedLongLong(_h2py(h));
}

HPyAPI_FUNC HPy_ssize_t HPyLong_AsSsize_t(HPyContext *ctx, HPy h)
{
    (void)ctx;
    return _HPY_IS_SMALL(h) ? _HPY_SMALL(h) : PyLong_AsSsize_t(_h2py(h));
}

HPyAPI_FUNC size_t HPyLong_AsSize_t(HPyContext *ctx, HPy h)
{
    (void)ctx;
    return _HPY_IS_SMALL(h) && _HPY_SMALL(h) >= 0 ? (size_t)_HPY_SMALL(h) : PyLong_AsSize_t(_h2py(h));
}

HPyAPI_FUNC double HPyFloat_AsDouble(HPyContext *ctx, HPy h)
{
    (void)ctx;
    if (!HPy_IsNull(h) && PyFloat_CheckExact(_h2py(h))) {
        return PyFloat_AS_DOUBLE(_h2py(h));
    }
    return PyFloat_AsDouble(_h2py(h));
}
