/* cargo-hpy/src/sdk/probe.c: an extension that needs the library: a type, and the functions with variable arguments. */

#include "hpy.h"

typedef struct {
    long value;
} Probe;

HPyType_HELPERS(Probe)

HPyDef_SLOT(Probe_new, HPy_tp_new)
static HPy Probe_new_impl(HPyContext *ctx, HPy type, const HPy *args, HPy_ssize_t nargs, HPy kw)
{
    Probe *self;
    long value;
    (void)kw;
    if (!HPyArg_Parse(ctx, NULL, args, (size_t)nargs, "l", &value)) {
        return HPy_NULL;
    }
    HPy result = HPy_New(ctx, type, &self);
    if (!HPy_IsNull(result)) {
        self->value = value;
    }
    return result;
}

HPyDef_METH(Probe_both, "both", HPyFunc_O)
static HPy Probe_both_impl(HPyContext *ctx, HPy self, HPy arg)
{
    HPy text = HPyUnicode_FromFormat(ctx, "%ld", Probe_AsStruct(ctx, self)->value);
    if (HPy_IsNull(text)) {
        return HPy_NULL;
    }
    HPy result = HPy_BuildValue(ctx, "(OO)", text, arg);
    HPy_Close(ctx, text);
    return result;
}

static HPyDef *Probe_defines[] = {&Probe_new, &Probe_both, NULL};
static HPyType_Spec Probe_spec = {
    .name = "hpy_sdk_probe.Probe",
    .basicsize = sizeof(Probe),
    .builtin_shape = SHAPE(Probe),
    .defines = Probe_defines,
};

HPyDef_SLOT(probe_exec, HPy_mod_exec)
static int probe_exec_impl(HPyContext *ctx, HPy module)
{
    HPy type = HPyType_FromSpec(ctx, &Probe_spec, NULL);
    if (HPy_IsNull(type)) {
        return -1;
    }
    int result = HPy_SetAttr_s(ctx, module, "Probe", type);
    HPy_Close(ctx, type);
    return result;
}

static HPyDef *probe_defines[] = {&probe_exec, NULL};
static HPyModuleDef probe_module = {.doc = "An extension that is linked.", .defines = probe_defines};

HPy_MODINIT(hpy_sdk_probe, probe_module)
