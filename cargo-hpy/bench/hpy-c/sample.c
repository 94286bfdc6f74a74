/* hpy-c/sample.c: the measured module, written with HPy in C. */
#include "sample.h"

HPyGlobal name_value;

/* The one string of this value: with it a lookup compares pointers. */
static HPy interned(HPyContext *ctx, const char *text)
{
    HPy result = HPy_NULL, name = HPyUnicode_FromString(ctx, text);
    HPy sys = HPy_IsNull(name) ? HPy_NULL : HPyImport_ImportModule(ctx, "sys");
    HPy intern = HPy_IsNull(sys) ? HPy_NULL : HPy_GetAttr_s(ctx, sys, "intern");
    if (!HPy_IsNull(intern)) {
        result = HPy_Call(ctx, intern, &name, 1, HPy_NULL);
    }
    HPy_Close(ctx, intern);
    HPy_Close(ctx, sys);
    HPy_Close(ctx, name);
    return result;
}

HPyDef_SLOT(exec, HPy_mod_exec)
static int exec_impl(HPyContext *ctx, HPy module)
{
    HPy value = interned(ctx, "value");
    if (HPy_IsNull(value)) {
        return -1;
    }
    HPyGlobal_Store(ctx, &name_value, value);
    HPy_Close(ctx, value);
    return HPyHelpers_AddType(ctx, module, "Point", &point_spec, NULL)
            && HPyHelpers_AddType(ctx, module, "Node", &node_spec, NULL)
        ? 0
        : -1;
}

static HPyDef *defines[] = {
    &exec,      &noargs,    &one,       &third,     &add,   &add_parsed, &scale,     &scale_parsed,
    &build,     &text,      &fail,      &get_value, &get_value_s,        &set_value, &first,
    &item,      &set_first, &call,      &make_list, &make_tuple,         &sum_list,  NULL,
};
static HPyGlobal *globals[] = {&name_value, NULL};
static HPyModuleDef definition = {.defines = defines, .globals = globals};

HPy_MODINIT(sample, definition)
