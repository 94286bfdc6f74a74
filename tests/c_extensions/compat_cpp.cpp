// tests/c_extensions/compat_cpp.cpp: an extension in C++ as it was written for HPy 0.0.4.
#define HPY_COMPAT 1
#include "hpy.h"

#include <string>

// The fields that a description leaves out are zero.
#pragma GCC diagnostic ignored "-Wmissing-field-initializers"
#if defined(__clang__)
#  pragma clang diagnostic ignored "-Wunknown-warning-option"
#  pragma clang diagnostic ignored "-Wc++20-designator"
#  pragma clang diagnostic ignored "-Wc99-designator"
#endif

struct Counter {
    long value;
};

HPyType_HELPERS(Counter)

HPyDef_SLOT(Counter_new, Counter_new_impl, HPy_tp_new)
static HPy Counter_new_impl(HPyContext *ctx, HPy cls, HPy *args, HPy_ssize_t nargs, HPy)
{
    long value = 0;
    Counter *self;
    if (!HPyArg_Parse(ctx, nullptr, args, nargs, "|l", &value)) {
        return HPy_NULL;
    }
    HPy result = HPy_New(ctx, cls, &self);
    if (!HPy_IsNull(result)) {
        self->value = value;
    }
    return result;
}

HPyDef_GET(Counter_value, "value", Counter_value_read)
static HPy Counter_value_read(HPyContext *ctx, HPy self, void *)
{
    return HPyLong_FromLong(ctx, Counter_AsStruct(ctx, self)->value);
}

static HPyDef *Counter_defines[] = {&Counter_new, &Counter_value, nullptr};
static HPyType_Spec Counter_spec = {
    .name = "compat_cpp.Counter",
    .basicsize = sizeof(Counter),
    .legacy = Counter_IS_LEGACY,
    .defines = Counter_defines,
};

HPyDef_METH(repeat, "repeat", repeat_impl, HPyFunc_KEYWORDS, .doc = "A text, a few times.")
static HPy repeat_impl(HPyContext *ctx, HPy, HPy *args, HPy_ssize_t nargs, HPy kw)
{
    static const char *keywords[] = {"text", "times", nullptr};
    const char *text;
    long times = 2;
    if (!HPyArg_ParseKeywords(ctx, nullptr, args, nargs, kw, "s|l", keywords, &text, &times)) {
        return HPy_NULL;
    }
    std::string all;
    for (; times > 0; times--) {
        all += text;
    }
    return HPyUnicode_FromString(ctx, all.c_str());
}

static HPyDef *module_defines[] = {&repeat, nullptr};
static HPyModuleDef moduledef = {
    .name = "compat_cpp",
    .doc = "In the form of HPy 0.0.4, in C++.",
    .defines = module_defines,
};

HPy_MODINIT(compat_cpp)
static HPy init_compat_cpp_impl(HPyContext *ctx)
{
    HPy module = HPyModule_Create(ctx, &moduledef);
    if (!HPy_IsNull(module) && !HPyHelpers_AddType(ctx, module, "Counter", &Counter_spec, nullptr)) {
        HPy_Close(ctx, module);
        return HPy_NULL;
    }
    return module;
}
