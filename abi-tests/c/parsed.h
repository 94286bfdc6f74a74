/* abi-tests/c/parsed.h: an output of an argument parser, HPy's or CPython's, for any unit of a format.
   OBJECT is the type of the unit `O`. */
#include <stddef.h>
#include <stdint.h>

#define MOST 8

/* UNSET before the parser writes it. */
typedef union {
    uint64_t whole;
    unsigned char of_b;
    short of_h;
    unsigned short of_H;
    int of_i;
    unsigned int of_I;
    long of_l;
    unsigned long of_k;
    long long of_L;
    unsigned long long of_K;
    ptrdiff_t of_n;
    float of_f;
    double of_d;
    const char *of_s;
    OBJECT of_O;
} Output;

#define UNSET UINT64_C(0xa5a5a5a5a5a5a5a5)
