/* abi-tests/c/float_bool.c: floats and bools. */
#define FAMILY float_bool
#include "support.h"

HANDLE(from_double, (ctx, h), HPyFloat_FromDouble(ctx, HPyFloat_AsDouble(ctx, h)))
DOUBLE(as_double, (ctx, h), HPyFloat_AsDouble(ctx, h))
HANDLE(from_bool, (ctx, h), HPyBool_FromBool(ctx, HPy_IsTrue(ctx, h) == 1))

MODULE(DEF(from_double), DEF(as_double), DEF(from_bool))
