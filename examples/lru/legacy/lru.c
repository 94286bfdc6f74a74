/* examples/lru/legacy/lru.c: the cache halfway: the module, the type and a method are HPy's, the rest is as it was. */
#define LRU_PORTED
#include "../capi/lru.c"

#include "hpy.h"

/* The struct still begins with PyObject_HEAD. */
HPyType_LEGACY_HELPERS(LRU)

HPyDef_METH(LRU_stats, "stats", HPyFunc_NOARGS,
            .doc = "stats()\n--\n\nHow many look-ups found something, and how many not.")
static HPy LRU_stats_impl(HPyContext *ctx, HPy h_self)
{
    LRU *self = LRU_AsStruct(ctx, h_self);
    return HPy_BuildValue(ctx, "(nn)", self->hits, self->misses);
}

static HPyDef *LRU_defines[] = {&LRU_stats, NULL};

static HPyType_Spec LRU_spec = {
    .name = "lru.LRU",
    .basicsize = sizeof(LRU),
    .builtin_shape = SHAPE(LRU),
    .flags = HPy_TPFLAGS_DEFAULT | HPy_TPFLAGS_BASETYPE | HPy_TPFLAGS_HAVE_GC,
    .legacy_slots = lru_slots,
    .defines = LRU_defines,
};

HPyDef_SLOT(lru_exec, HPy_mod_exec)
static int lru_exec_impl(HPyContext *ctx, HPy module)
{
    return HPyHelpers_AddType(ctx, module, "LRU", &LRU_spec, NULL) ? 0 : -1;
}

static HPyDef *lru_defines[] = {&lru_exec, NULL};
static HPyModuleDef lru = {.doc = "A cache of the things used last.", .defines = lru_defines};
HPy_MODINIT(lru, lru)
