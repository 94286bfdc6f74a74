/* tests/c_misuse/wrong_struct.twin.c: the struct of a type that was declared. */
#include "hpy.h"

typedef struct {
    double x;
} Point;

HPyType_HELPERS(Point)

HPyDef_METH(x, "x", HPyFunc_NOARGS)
static HPy x_impl(HPyContext *ctx, HPy self)
{
    Point *point = Point_AsStruct(ctx, self);
    return HPyFloat_FromDouble(ctx, point->x);
}
