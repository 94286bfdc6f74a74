/* tests/c_misuse/wrong_struct.c: the struct of a type that was not declared. */
/* cc: 'Point_AsStruct' */
/* clang: 'Point_AsStruct' */
#include "hpy.h"

typedef struct {
    double x;
} Point;

HPyDef_METH(x, "x", HPyFunc_NOARGS)
static HPy x_impl(HPyContext *ctx, HPy self)
{
    Point *point = Point_AsStruct(ctx, self);
    return HPyFloat_FromDouble(ctx, point->x);
}
