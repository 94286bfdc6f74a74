/* tests/c_extensions/compat_context.c: an extension as it was written for HPy 0.0.2: the context is passed by its value, and
   structs and descriptions begin with a macro. */
#define HPY_COMPAT 2
#include "hpy.h"

typedef struct {
    HPyObject_HEAD
    long x;
    long y;
} Point;

HPyDef_SLOT(Point_new, Point_new_impl, HPy_tp_new)
static HPy Point_new_impl(HPyContext ctx, HPy cls, HPy *args, HPy_ssize_t nargs, HPy kw)
{
    long x, y;
    Point *point;
    (void)kw;
    if (!HPyArg_Parse(ctx, NULL, args, nargs, "ll", &x, &y)) {
        return HPy_NULL;
    }
    HPy result = HPy_New(ctx, cls, &point);
    if (HPy_IsNull(result)) {
        return HPy_NULL;
    }
    point->x = x;
    point->y = y;
    return result;
}

HPyDef_SLOT(Point_repr, Point_repr_impl, HPy_tp_repr)
static HPy Point_repr_impl(HPyContext ctx, HPy self)
{
    Point *point = HPy_CAST(ctx, Point, self);
    return HPyUnicode_FromFormat(ctx, "Point(%ld, %ld)", point->x, point->y);
}

HPyDef_SLOT(Point_add, Point_add_impl, HPy_nb_add)
static HPy Point_add_impl(HPyContext ctx, HPy left, HPy right)
{
    Point *point;
    HPy type = HPy_Type(ctx, left);
    HPy result = HPy_New(ctx, type, &point);
    HPy_Close(ctx, type);
    if (HPy_IsNull(result)) {
        return HPy_NULL;
    }
    point->x = HPy_CAST(ctx, Point, left)->x + HPy_CAST(ctx, Point, right)->x;
    point->y = HPy_CAST(ctx, Point, left)->y + HPy_CAST(ctx, Point, right)->y;
    return result;
}

HPyDef_MEMBER(Point_x, "x", HPyMember_LONG, offsetof(Point, x))

static HPyDef *Point_defines[] = {&Point_new, &Point_repr, &Point_add, &Point_x, NULL};
static HPyType_Spec Point_spec = {
    .name = "compat_context.Point",
    .basicsize = sizeof(Point),
    .defines = Point_defines,
};

HPyDef_METH(echo, "echo", echo_impl, HPyFunc_O)
static HPy echo_impl(HPyContext ctx, HPy self, HPy arg)
{
    (void)self;
    return HPy_Dup(ctx, arg);
}

static HPyDef *defines[] = {&echo, NULL};

static HPyModuleDef moduledef = {
    HPyModuleDef_HEAD_INIT,
    .m_name = "compat_context",
    .m_doc = "In the form of HPy 0.0.2.",
    .m_size = -1,
    .defines = defines,
};

HPy_MODINIT(compat_context)
static HPy init_compat_context_impl(HPyContext ctx)
{
    HPy module = HPyModule_Create(ctx, &moduledef);
    if (HPy_IsNull(module)) {
        return HPy_NULL;
    }
    HPy type = HPyType_FromSpec(ctx, &Point_spec, NULL);
    if (HPy_IsNull(type) || HPy_SetAttr_s(ctx, module, "Point", type) < 0) {
        HPy_Close(ctx, module);
        return HPy_NULL;
    }
    HPy_Close(ctx, type);
    return module;
}
