/* hpy-c/sample.c: the measured module, written with HPy in C. */
#include "sample.h"

HPyGlobal name_value, name_factor;

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

/* Keeps a name, or returns 0 with an exception. */
static int keep(HPyContext *ctx, HPyGlobal *global, const char *text)
{
    HPy name = interned(ctx, text);
    if (HPy_IsNull(name)) {
        return 0;
    }
    HPyGlobal_Store(ctx, global, name);
    HPy_Close(ctx, name);
    return 1;
}

HPyDef_SLOT(exec, HPy_mod_exec)
static int exec_impl(HPyContext *ctx, HPy module)
{
    return keep(ctx, &name_value, "value") && keep(ctx, &name_factor, "factor")
            && add_algebra(ctx, module)
            && HPyHelpers_AddType(ctx, module, "Point", &point_spec, NULL)
            && HPyHelpers_AddType(ctx, module, "Node", &node_spec, NULL)
#ifdef HAS_EXTRAS
            && HPyHelpers_AddType(ctx, module, "Array", &array_spec, NULL)
#endif
        ? 0
        : -1;
}

static HPyDef *defines[] = {
    &exec,      &noargs,    &one,       &third,     &add,   &add_parsed, &add_objects, &scale,     &scale_parsed,
    &build,     &text,      &fail,      &get_value, &get_value_s,        &set_value, &first,
    &item,      &set_first, &call,      &make_list, &make_tuple,         &sum_list,  &sum_of,
#ifdef HAS_EXTRAS
    &encode,    &decode,    &write_document,         &find,    &sum_values,
    &sum_int64, &sum_double, &last_byte,
#endif
    NULL,
};
static HPyGlobal *globals[] = {&name_value, &name_factor, &symbol_type, &term_type, &sum_type, NULL};
static HPyModuleDef definition = {.defines = defines, .globals = globals};

HPy_MODINIT(sample, definition)
