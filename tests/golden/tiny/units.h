/* Generated from the table in shims/api by generator/src/emit/c/units.rs. Do not edit: change the table. */
#pragma once

#include <stddef.h>

/* How many letters the unit has that `fmt` begins with, or 0 if it is no unit, and how many variable arguments it
   takes: each is a pointer. */
static inline size_t _HPyArg_Unit(const char *fmt, size_t *count)
{
    switch (fmt[0]) {
    case 's':
        if (fmt[1] == '#') {
            *count = 2;
            return 2;
        }
        *count = 1;
        return 1;
    case 'z':
        if (fmt[1] == '#') {
            *count = 2;
            return 2;
        }
        return 0;
    case 'i': case 'p': case 'O':
        *count = 1;
        return 1;
    default:
        return 0;
    }
}

/* The units of the argument parsers that are one letter, write one variable, and need not be given back: the letter,
   whether a tracker keeps the object, and whether longer units begin with the letter. */
#define _HPY_ARG_UNITS(UNIT) \
    UNIT('i', 0, 0) \
    UNIT('p', 0, 0) \
    UNIT('O', 1, 0) \
    UNIT('s', 0, 1)

/* The types of variable arguments that are values: the letter by which the library asks for one, the member of
   _HPy_Value that has it, and the type. */
#define _HPY_VALUE_TYPES(TYPE) \
    TYPE('i', i, int) \
    TYPE('I', u, unsigned int) \
    TYPE('l', i, long) \
    TYPE('k', u, unsigned long) \
    TYPE('L', i, long long) \
    TYPE('K', u, unsigned long long) \
    TYPE('n', i, HPy_ssize_t) \
    TYPE('N', u, size_t) \
    TYPE('d', d, double) \
    TYPE('s', s, const char *) \
    TYPE('p', p, const void *) \
    TYPE('O', o, HPy)

/* The units of HPy_BuildValue that are one letter and take one value: the letter, what makes the object, and of the
   value the letter of its type and the member. */
#define _HPY_VALUE_UNITS(UNIT) \
    UNIT('i', signed, 'i', i) \
    UNIT('f', float, 'd', d)
