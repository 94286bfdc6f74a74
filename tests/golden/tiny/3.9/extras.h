/* Generated for CPython 3.9 from the table in shims/api by generator/src/emit/c/native/functions.rs. Do not edit: change the table. */
#pragma once

#include "hpy/native/functions.h"

/**
 * Tells whether `key` is in the dictionary `h`.
 *
 * Returns -1 with an exception set on failure.
 *
 * Handles:
 * `h` must not be `HPy_NULL`. `key` must not be `HPy_NULL`.
 *
 * Source:
 * An extra: HPy 0.9 has no such function. CPython: `PyDict_Contains`.
 */
HPyAPI_FUNC int HPyDict_Contains(HPyContext *ctx, HPy h, HPy key)
{
    (void)ctx;
    return (int)PyDict_Contains(_h2py(h), _h2py(key));
}

/**
 * Gets the memory of `obj`, as `flags` ask for, in `view`.
 *
 * Returns -1 with an exception set on failure.
 *
 * Handles:
 * `obj` must not be `HPy_NULL`.
 *
 * Source:
 * An extra: HPy 0.9 has no such function. CPython: `PyObject_GetBuffer`.
 */
HPyAPI_FUNC int HPy_GetBuffer(HPyContext *ctx, HPy obj, HPy_buffer *view, int flags)
{
    (void)ctx;
    return (int)PyObject_GetBuffer(_h2py(obj), (Py_buffer *)(void *)view, flags);
}

