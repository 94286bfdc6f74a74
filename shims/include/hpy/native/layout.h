/* hpy/native/layout.h: where the struct of an instance begins. */
#pragma once

#include "hpy/types.h"

/* The alignment of the struct: that of the widest type of C, but no more than malloc gives. */
#if defined(_WIN32) || (defined(__APPLE__) && defined(__aarch64__)) || UINTPTR_MAX == 0xffffffff
#  define _HPY_ALIGNMENT 8
#else
#  define _HPY_ALIGNMENT 16
#endif

/* The struct begins behind that of a builtin type, of this size. */
#define _HPY_BEHIND(size) (((size) + _HPY_ALIGNMENT - 1) / _HPY_ALIGNMENT * _HPY_ALIGNMENT)

/* As much as an int of one digit: its head, a word for sign and length, and the digit. Not every version declares it. */
typedef struct { PyVarObject head; size_t digits; } _HPyLong;
