/* capi/algebra_static.c: the types of algebra.c as static types, which older extensions have. */
#define ALGEBRA_STATIC
#include "algebra.c"
