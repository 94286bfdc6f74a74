/* shims/src/values.h: variable arguments that are values. */
#pragma once

#include "hpy.h"
#include "hpy/runtime/variadic.h"

/* A list of arguments as an object: that type may be an array, of which a parameter is only a pointer. */
typedef struct {
    va_list list;
} Arguments;
