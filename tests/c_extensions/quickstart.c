/* tests/c_extensions/quickstart.c: HPy's first example, and a type with members, methods and a constructor. */
#include "hpy.h"

HPyDef_METH(myabs, "myabs", HPyFunc_O, .doc = "The absolute value.")
static HPy myabs_impl(HPyContext *ctx, HPy self, HPy arg)
{
    (void)self;
    return HPy_Absolute(ctx, arg);
}

HPyDef_METH(add_ints, "add_ints", HPyFunc_VARARGS)
static HPy add_ints_impl(HPyContext *ctx, HPy self, const HPy *args, size_t nargs)
{
    long a, b;
    (void)self;
    if (!HPyArg_Parse(ctx, NULL, args, nargs, "ll", &a, &b)) {
        return HPy_NULL;
    }
    return HPyLong_FromLong(ctx, a + b);
}

typedef struct {
    double x;
    double y;
} Point;

HPyType_HELPERS(Point)

HPyDef_MEMBER(Point_x, "x", HPyMember_DOUBLE, offsetof(Point, x), .doc = "To the right.")
HPyDef_MEMBER(Point_y, "y", HPyMember_DOUBLE, offsetof(Point, y), .readonly = 1)

HPyDef_SLOT(Point_new, HPy_tp_new)
static HPy Point_new_impl(HPyContext *ctx, HPy type, const HPy *args, HPy_ssize_t nargs, HPy kw)
{
    Point *point;
    double x, y;
    HPy h;
    static const char *names[] = {"x", "y", NULL};
    if (!HPyArg_ParseKeywordsDict(ctx, NULL, args, nargs, kw, "dd:Point", names, &x, &y)) {
        return HPy_NULL;
    }
    h = HPy_New(ctx, type, &point);
    if (!HPy_IsNull(h)) {
        point->x = x;
        point->y = y;
    }
    return h;
}

HPyDef_METH(Point_dot, "dot", HPyFunc_O)
static HPy Point_dot_impl(HPyContext *ctx, HPy self, HPy arg)
{
    Point *one = Point_AsStruct(ctx, self), *other;
    HPy type = HPy_Type(ctx, self);
    int fits = HPy_TypeCheck(ctx, arg, type);
    HPy_Close(ctx, type);
    if (!fits) {
        return HPyErr_SetString(ctx, ctx->h_TypeError, "a point is needed");
    }
    other = Point_AsStruct(ctx, arg);
    return HPyFloat_FromDouble(ctx, one->x * other->x + one->y * other->y);
}

HPyDef_SLOT(Point_repr, HPy_tp_repr)
static HPy Point_repr_impl(HPyContext *ctx, HPy self)
{
    Point *point = Point_AsStruct(ctx, self);
    return HPyUnicode_FromFormat(ctx, "Point(%d, %d)", (int)point->x, (int)point->y);
}

HPyDef_SLOT(Point_compare, HPy_tp_richcompare)
static HPy Point_compare_impl(HPyContext *ctx, HPy self, HPy other, HPy_RichCmpOp op)
{
    double one = Point_AsStruct(ctx, self)->x;
    double two = Point_AsStruct(ctx, other)->x;
    HPy_RETURN_RICHCOMPARE(ctx, one, two, op);
}

HPyDef_GET(Point_sum, "sum", .doc = "x + y")
static HPy Point_sum_get(HPyContext *ctx, HPy self, void *closure)
{
    Point *point = Point_AsStruct(ctx, self);
    (void)closure;
    return HPyFloat_FromDouble(ctx, point->x + point->y);
}

HPyDef_GETSET(Point_scale, "first", .closure = (void *)"x")
static HPy Point_scale_get(HPyContext *ctx, HPy self, void *closure)
{
    return HPy_GetAttr_s(ctx, self, (const char *)closure);
}
static int Point_scale_set(HPyContext *ctx, HPy self, HPy value, void *closure)
{
    return HPy_SetAttr_s(ctx, self, (const char *)closure, value);
}

static HPyDef *point_defines[] = {
    &Point_x, &Point_y, &Point_new, &Point_dot, &Point_repr, &Point_compare, &Point_sum, &Point_scale, NULL,
};
static HPyType_Spec point_spec = {
    .name = "quickstart.Point",
    .basicsize = sizeof(Point),
    .flags = HPy_TPFLAGS_DEFAULT | HPy_TPFLAGS_BASETYPE,
    .builtin_shape = SHAPE(Point),
    .defines = point_defines,
};

HPyDef_SLOT(exec, HPy_mod_exec)
static int exec_impl(HPyContext *ctx, HPy module)
{
    return HPyHelpers_AddType(ctx, module, "Point", &point_spec, NULL) ? 0 : -1;
}

HPyDef_METH(builtins, "builtins", HPyFunc_NOARGS)
static HPy builtins_impl(HPyContext *ctx, HPy self)
{
    (void)self;
    return HPy_Dup(ctx, ctx->h_Builtins);
}

static HPyDef *defines[] = {&myabs, &add_ints, &builtins, &exec, NULL};
static HPyModuleDef definition = {.doc = "HPy Quickstart Example", .defines = defines};

HPy_MODINIT(quickstart, definition)
