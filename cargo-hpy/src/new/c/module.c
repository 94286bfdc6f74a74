/* src/{{module}}.c: an extension for Python, written with HPy. */
/* Before all others: Python's headers, which it includes, define what the system's headers look at. */
#include "hpy.h"

#include <math.h>

/* The class `Point`: a struct in each instance. */
typedef struct {
    double x;
    double y;
} Point;

HPyType_HELPERS(Point)

HPyDef_SLOT(Point_new, HPy_tp_new)
static HPy Point_new_impl(HPyContext *ctx, HPy cls, const HPy *args, HPy_ssize_t nargs, HPy kw)
{
    double x, y;
    Point *point;
    HPy self;
    (void)kw;
    if (!HPyArg_Parse(ctx, NULL, args, (size_t)nargs, "dd:Point", &x, &y)) {
        return HPy_NULL; /* HPyArg_Parse has set the exception. */
    }
    self = HPy_New(ctx, cls, &point);
    if (!HPy_IsNull(self)) {
        point->x = x;
        point->y = y;
    }
    return self;
}

HPyDef_MEMBER(Point_x, "x", HPyMember_DOUBLE, offsetof(Point, x))
HPyDef_MEMBER(Point_y, "y", HPyMember_DOUBLE, offsetof(Point, y))

HPyDef_METH(Point_norm, "norm", HPyFunc_NOARGS, .doc = "The distance from the origin.")
static HPy Point_norm_impl(HPyContext *ctx, HPy self)
{
    Point *point = Point_AsStruct(ctx, self);
    return HPyFloat_FromDouble(ctx, hypot(point->x, point->y));
}

static HPyDef *Point_defines[] = {&Point_new, &Point_x, &Point_y, &Point_norm, NULL};
static HPyType_Spec Point_spec = {
    .name = "{{module}}.Point",
    .basicsize = sizeof(Point),
    .builtin_shape = SHAPE(Point),
    .defines = Point_defines,
    .doc = "A point of the plane.",
};

HPyDef_METH(half, "half", HPyFunc_O, .doc = "Half of a number.")
static HPy half_impl(HPyContext *ctx, HPy self, HPy number)
{
    HPy two = HPyLong_FromLong(ctx, 2);
    HPy result = HPy_TrueDivide(ctx, number, two);
    (void)self;
    HPy_Close(ctx, two); /* Ours; `number` is the caller's. */
    return result;       /* HPy_NULL if the division has set an exception. */
}

HPyDef_SLOT(exec, HPy_mod_exec)
static int exec_impl(HPyContext *ctx, HPy module)
{
    return HPyHelpers_AddType(ctx, module, "Point", &Point_spec, NULL) ? 0 : -1;
}

static HPyDef *defines[] = {&half, &exec, NULL};
static HPyModuleDef definition = {.doc = "An extension for Python, written with HPy.", .defines = defines};

HPy_MODINIT({{module}}, definition)
