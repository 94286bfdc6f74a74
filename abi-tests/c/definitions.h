/* abi-tests/c/definitions.h: definitions that `types.make` puts together, and the struct that they are for. */
#pragma once

#include "support.h"

/* A struct with a member of each kind. */
typedef struct {
    short of_short;
    int of_int;
    long of_long;
    float of_float;
    double of_double;
    const char *of_string;
    HPyField of_object;
    char of_character;
    signed char of_byte;
    unsigned char of_ubyte;
    unsigned short of_ushort;
    unsigned int of_uint;
    unsigned long of_ulong;
    char of_inplace[8];
    char of_boolean;
    HPyField of_object_ex;
    long long of_longlong;
    unsigned long long of_ulonglong;
    HPy_ssize_t of_ssize;
} All;

HPyType_HELPERS(All)

/* The definition with this name. */
HPyDef *definition_named(const char *name);
