/* shims/src/values.h: variable arguments that are values, and an array for them. */
#pragma once

#include "hpy.h"
#include "hpy/runtime/variadic.h"

/* A list of arguments as an object: that type may be an array, of which a parameter is only a pointer. */
typedef struct {
    va_list list;
} Arguments;

/* How many values have their place on the stack. */
#define FEW 16

/* Values that grow with their number. */
typedef struct {
    HPyContext *ctx;
    _HPy_Value *items;
    size_t count;
    size_t capacity;
    _HPy_Value few[FEW];
} Values;

static inline void values_start(Values *values, HPyContext *ctx)
{
    values->ctx = ctx;
    values->items = values->few;
    values->count = 0;
    values->capacity = FEW;
}

static inline void values_end(Values *values)
{
    if (values->items != values->few) {
        free(values->items);
    }
}

/* Room for one more value, or NULL with an exception set. */
static inline _HPy_Value *values_next(Values *values)
{
    if (values->count == values->capacity) {
        size_t size = values->capacity * sizeof(_HPy_Value);
        _HPy_Value *before = values->items == values->few ? NULL : values->items;
        _HPy_Value *items = (_HPy_Value *)realloc(before, 2 * size);
        if (items == NULL) {
            HPyErr_NoMemory(values->ctx);
            return NULL;
        }
        if (before == NULL) {
            memcpy(items, values->few, size);
        }
        values->items = items;
        values->capacity *= 2;
    }
    return &values->items[values->count++];
}
