/* hpy-c/point.c: a type with a struct: its constructor, methods of each convention, members, and slots. */
#include "sample.h"

typedef struct {
    double x;
    double y;
} Point;

HPyType_HELPERS(Point)

static HPy make(HPyContext *ctx, HPy type, double x, double y)
{
    Point *point;
    HPy h = HPy_New(ctx, type, &point);
    if (!HPy_IsNull(h)) {
        point->x = x;
        point->y = y;
    }
    return h;
}

/* The usual call has two positional arguments. */
HPyDef_SLOT(Point_new, HPy_tp_new)
static HPy Point_new_impl(HPyContext *ctx, HPy type, const HPy *args, HPy_ssize_t nargs, HPy kw)
{
    static const char *names[] = {"x", "y", NULL};
    double x, y;
    if (HPy_IsNull(kw) && nargs == 2) {
        if (as_double(ctx, args[0], &x) < 0 || as_double(ctx, args[1], &y) < 0) {
            return HPy_NULL;
        }
    }
    else if (!HPyArg_ParseKeywordsDict(ctx, NULL, args, nargs, kw, "dd:Point", names, &x, &y)) {
        return HPy_NULL;
    }
    return make(ctx, type, x, y);
}

HPyDef_MEMBER(Point_x, "x", HPyMember_DOUBLE, offsetof(Point, x))
HPyDef_MEMBER(Point_y, "y", HPyMember_DOUBLE, offsetof(Point, y))

HPyDef_METH(Point_norm2, "norm2", HPyFunc_NOARGS)
static HPy Point_norm2_impl(HPyContext *ctx, HPy self)
{
    Point *point = Point_AsStruct(ctx, self);
    return HPyFloat_FromDouble(ctx, point->x * point->x + point->y * point->y);
}

HPyDef_METH(Point_times, "times", HPyFunc_O)
static HPy Point_times_impl(HPyContext *ctx, HPy self, HPy arg)
{
    double factor;
    if (as_double(ctx, arg, &factor) < 0) {
        return HPy_NULL;
    }
    return HPyFloat_FromDouble(ctx, Point_AsStruct(ctx, self)->x * factor);
}

HPyDef_METH(Point_dot, "dot", HPyFunc_VARARGS)
static HPy Point_dot_impl(HPyContext *ctx, HPy self, const HPy *args, size_t nargs)
{
    Point *point = Point_AsStruct(ctx, self);
    double x, y;
    if (!has_count(ctx, "dot", nargs, 2) || as_double(ctx, args[0], &x) < 0 || as_double(ctx, args[1], &y) < 0) {
        return HPy_NULL;
    }
    return HPyFloat_FromDouble(ctx, point->x * x + point->y * y);
}

HPyDef_METH(Point_grown, "grown", HPyFunc_KEYWORDS)
static HPy Point_grown_impl(HPyContext *ctx, HPy self, const HPy *args, size_t nargs, HPy kwnames)
{
    HPy by;
    double factor = 2.0;
    if (nargs > 1) {
        return HPyErr_Format(ctx, ctx->h_TypeError, "grown() takes at most 1 argument (%zu given)", nargs);
    }
    if (find_factor(ctx, "grown", args, nargs, kwnames, 0, &by) < 0
        || (!HPy_IsNull(by) && as_double(ctx, by, &factor) < 0)) {
        return HPy_NULL;
    }
    return HPyFloat_FromDouble(ctx, Point_AsStruct(ctx, self)->x * factor);
}

HPyDef_GETSET(Point_sum, "sum")
static HPy Point_sum_get(HPyContext *ctx, HPy self, void *closure)
{
    Point *point = Point_AsStruct(ctx, self);
    (void)closure;
    return HPyFloat_FromDouble(ctx, point->x + point->y);
}
static int Point_sum_set(HPyContext *ctx, HPy self, HPy value, void *closure)
{
    Point *point = Point_AsStruct(ctx, self);
    double sum;
    (void)closure;
    if (HPy_IsNull(value)) {
        HPyErr_SetString(ctx, ctx->h_AttributeError, "sum cannot be deleted");
        return -1;
    }
    if (as_double(ctx, value, &sum) < 0) {
        return -1;
    }
    point->x = sum - point->y;
    return 0;
}

/* The slot is called for a point on either side. */
HPyDef_SLOT(Point_add, HPy_nb_add)
static HPy Point_add_impl(HPyContext *ctx, HPy left, HPy right)
{
    HPy type = HPy_BorrowType(ctx, left), sum;
    if (!HPy_TypeCheck(ctx, right, type)) {
        HPy_EndBorrow(ctx, type);
        return HPy_Dup(ctx, ctx->h_NotImplemented);
    }
    sum = make(
        ctx, type, Point_AsStruct(ctx, left)->x + Point_AsStruct(ctx, right)->x,
        Point_AsStruct(ctx, left)->y + Point_AsStruct(ctx, right)->y);
    HPy_EndBorrow(ctx, type);
    return sum;
}

HPyDef_SLOT(Point_negative, HPy_nb_negative)
static HPy Point_negative_impl(HPyContext *ctx, HPy self)
{
    return HPyFloat_FromDouble(ctx, -Point_AsStruct(ctx, self)->x);
}

HPyDef_SLOT(Point_bool, HPy_nb_bool)
static int Point_bool_impl(HPyContext *ctx, HPy self)
{
    return Point_AsStruct(ctx, self)->x != 0.0;
}

HPyDef_SLOT(Point_length, HPy_sq_length)
static HPy_ssize_t Point_length_impl(HPyContext *ctx, HPy self)
{
    (void)ctx;
    (void)self;
    return 2;
}

HPyDef_SLOT(Point_item, HPy_sq_item)
static HPy Point_item_impl(HPyContext *ctx, HPy self, HPy_ssize_t index)
{
    Point *point = Point_AsStruct(ctx, self);
    if (index < 0 || index > 1) {
        return HPyErr_SetString(ctx, ctx->h_IndexError, "a point has two items");
    }
    return HPyFloat_FromDouble(ctx, index == 0 ? point->x : point->y);
}

HPyDef_SLOT(Point_contains, HPy_sq_contains)
static int Point_contains_impl(HPyContext *ctx, HPy self, HPy value)
{
    Point *point = Point_AsStruct(ctx, self);
    double number;
    if (as_double(ctx, value, &number) < 0) {
        return -1;
    }
    return number == point->x || number == point->y;
}

HPyDef_SLOT(Point_richcompare, HPy_tp_richcompare)
static HPy Point_richcompare_impl(HPyContext *ctx, HPy self, HPy other, HPy_RichCmpOp op)
{
    HPy type = HPy_BorrowType(ctx, self);
    int fits = HPy_TypeCheck(ctx, other, type);
    HPy_EndBorrow(ctx, type);
    if (!fits) {
        return HPy_Dup(ctx, ctx->h_NotImplemented);
    }
    HPy_RETURN_RICHCOMPARE(ctx, Point_AsStruct(ctx, self)->x, Point_AsStruct(ctx, other)->x, op);
}

HPyDef_SLOT(Point_hash, HPy_tp_hash)
static HPy_hash_t Point_hash_impl(HPyContext *ctx, HPy self)
{
    return (HPy_hash_t)Point_AsStruct(ctx, self)->x;
}

HPyDef_SLOT(Point_repr, HPy_tp_repr)
static HPy Point_repr_impl(HPyContext *ctx, HPy self)
{
    Point *point = Point_AsStruct(ctx, self);
    return HPyUnicode_FromFormat(ctx, "Point(%d, %d)", (int)point->x, (int)point->y);
}

static HPyDef *defines[] = {
    &Point_new,  &Point_x,      &Point_y,    &Point_norm2,  &Point_times, &Point_dot,      &Point_grown,
    &Point_sum,  &Point_add,    &Point_negative,            &Point_bool,  &Point_length,   &Point_item,
    &Point_contains,            &Point_richcompare,         &Point_hash,  &Point_repr,     NULL,
};
HPyType_Spec point_spec = {
    .name = "sample.Point",
    .basicsize = sizeof(Point),
    .flags = HPy_TPFLAGS_DEFAULT | HPy_TPFLAGS_BASETYPE | HPy_TPFLAGS_IMMUTABLETYPE,
    .builtin_shape = SHAPE(Point),
    .defines = defines,
};
