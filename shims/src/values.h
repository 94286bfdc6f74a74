/* shims/src/values.h: variable arguments that are values. */
#pragma once

#include "hpy.h"
#include "hpy/runtime/units.h"
#include "hpy/runtime/variadic.h"

/* A list of arguments as an object: that type may be an array, of which a parameter is only a pointer. */
typedef struct {
    va_list list;
} Arguments;

/* The next one, of the type that a letter of _HPY_VALUE_TYPES stands for. */
static _HPy_Value next(void *arguments, char type)
{
    Arguments *of = (Arguments *)arguments;
    _HPy_Value value;
    switch (type) {
#define READ(letter, member, c_type) \
    case letter: \
        value.member = va_arg(of->list, c_type); \
        break;
    _HPY_VALUE_TYPES(READ)
#undef READ
    default:
        value.p = NULL;
    }
    return value;
}
