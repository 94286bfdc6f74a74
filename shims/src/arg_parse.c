/* shims/src/arg_parse.c: the argument parsers, whose outputs are variadic arguments. */
#include "hpy.h"
#include "hpy/runtime/units.h"
#include "hpy/runtime/variadic.h"

/* The number of outputs with room on the stack. */
#define FEW 16

/* The number of variadic arguments: those of each unit, up to the end of the units. */
static size_t count_arguments(const char *fmt)
{
    size_t total = 0;
    for (;;) {
        size_t count, length = _HPyArg_Unit(fmt, &count);
        if (length != 0) {
            total += count;
        } else if (*fmt == '|' || *fmt == '$' || *fmt == '(' || *fmt == ')') {
            length = 1;
        } else {
            return total;
        }
        fmt += length;
    }
}

/* The outputs, which are pointers whatever they point to: in `few` if they fit, else in new memory; or NULL with an
   exception set. */
static void **collect(HPyContext *ctx, const char *fmt, va_list *arguments, void **few)
{
    size_t count = count_arguments(fmt), index;
    void **outputs = count <= FEW ? few : (void **)malloc(count * sizeof(void *));
    if (outputs == NULL) {
        HPyErr_NoMemory(ctx);
        return NULL;
    }
    for (index = 0; index < count; index++) {
        outputs[index] = va_arg(*arguments, void *);
    }
    return outputs;
}

static int finish(int parsed, void **outputs, void **few)
{
    if (outputs != few) {
        free(outputs);
    }
    return parsed;
}

/* Without memory for the outputs there is no tracker either. */
static int no_memory(HPyTracker *ht)
{
    if (ht != NULL) {
        ht->_i = 0;
    }
    return 0;
}

int HPyArg_Parse(HPyContext *ctx, HPyTracker *ht, const HPy *args, size_t nargs, const char *fmt, ...)
{
    void *few[FEW], **outputs;
    va_list arguments;
    va_start(arguments, fmt);
    outputs = collect(ctx, fmt, &arguments, few);
    va_end(arguments);
    if (outputs == NULL) {
        return no_memory(ht);
    }
    return finish(_HPyArg_Parse(ctx, ht, args, nargs, fmt, outputs), outputs, few);
}

int HPyArg_ParseKeywords(
    HPyContext *ctx, HPyTracker *ht, const HPy *args, size_t nargs, HPy kwnames, const char *fmt,
    const char *keywords[], ...)
{
    void *few[FEW], **outputs;
    va_list arguments;
    va_start(arguments, keywords);
    outputs = collect(ctx, fmt, &arguments, few);
    va_end(arguments);
    if (outputs == NULL) {
        return no_memory(ht);
    }
    return finish(_HPyArg_ParseKeywords(ctx, ht, args, nargs, kwnames, fmt, keywords, outputs), outputs, few);
}

int HPyArg_ParseKeywordsDict(
    HPyContext *ctx, HPyTracker *ht, const HPy *args, HPy_ssize_t nargs, HPy kw, const char *fmt,
    const char *keywords[], ...)
{
    void *few[FEW], **outputs;
    va_list arguments;
    va_start(arguments, keywords);
    outputs = collect(ctx, fmt, &arguments, few);
    va_end(arguments);
    if (outputs == NULL) {
        return no_memory(ht);
    }
    return finish(
        _HPyArg_ParseKeywordsDict(ctx, ht, args, (size_t)nargs, kw, fmt, keywords, outputs), outputs, few);
}
