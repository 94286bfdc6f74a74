/* shims/src/arg_parse.c: the argument parsers, whose outputs are variadic arguments. */
#include "hpy.h"
#include "hpy/runtime/units.h"
#include "hpy/runtime/variadic.h"
#include <string.h>

/* The number of outputs with room on the stack. */
#define FEW 16

/* Units of one letter, as sets of bits: ASCII letters are within 64 of 'A'. */
#define BIT(letter) (UINT64_C(1) << ((letter) - 'A'))
#define ANY(letter, is_tracked, is_begin) | BIT(letter)
#define UNTRACKED(letter, is_tracked, is_begin) | (is_tracked ? 0 : BIT(letter))
#define WHOLE(letter, is_tracked, is_begin) | (is_begin ? 0 : BIT(letter))

static inline int is_in(uint64_t letters, char letter)
{
    const unsigned int place = (unsigned int)(unsigned char)letter - 'A';
    return place < 64 && (letters >> place & 1) != 0;
}

static inline int ends_units(char letter)
{
    return letter == '\0' || letter == ':' || letter == ';';
}

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
    size_t count = 0, total;
    void **outputs;
    /* In one pass up to the first letter that longer units begin with: few formats have one. */
    for (;; fmt++) {
        if (count < FEW && is_in(0 _HPY_ARG_UNITS(WHOLE), *fmt)) {
            few[count++] = va_arg(*arguments, void *);
        } else if (ends_units(*fmt)) {
            return few;
        } else if (*fmt != '|' && *fmt != '$') {
            break;
        }
    }
    total = count + count_arguments(fmt);
    outputs = total <= FEW ? few : (void **)malloc(total * sizeof(void *));
    if (outputs == NULL) {
        HPyErr_NoMemory(ctx);
        return NULL;
    }
    if (outputs != few) {
        memcpy(outputs, few, count * sizeof(void *));
    }
    while (count < total) {
        outputs[count++] = va_arg(*arguments, void *);
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

/* Whether a format has units of one letter alone, which the arguments fit: what a longer unit goes on with is none. */
static int is_simple(const char *fmt, size_t nargs, int has_tracker)
{
    const uint64_t letters = has_tracker ? 0 _HPY_ARG_UNITS(ANY) : 0 _HPY_ARG_UNITS(UNTRACKED);
    size_t units = 0, required = SIZE_MAX;
    for (;; fmt++) {
        if (is_in(letters, *fmt)) {
            units++;
        } else if (*fmt == '|' && required == SIZE_MAX) {
            required = units;
        } else {
            break;
        }
    }
    return ends_units(*fmt) && nargs <= units && nargs >= (required < units ? required : units);
}

/* Parses arguments that fit a simple format: nothing is to be given back if one fails. A handle is that of the argument, which
   lives as long as the call. */
static int parse_simple(
    HPyContext *ctx, HPyTracker *ht, const HPy *args, size_t nargs, const char *fmt, va_list *arguments)
{
    const char *unit = fmt;
    size_t index;
    if (ht != NULL) {
        *ht = HPyTracker_New(ctx, 0);
        if (ht->_i == 0) {
            return 0;
        }
    }
    for (index = 0; index < nargs; index++, unit++) {
        void *output = va_arg(*arguments, void *);
        unit += *unit == '|';
        if (*unit == 'O') {
            *(HPy *)output = args[index];
        } else if (!_HPyArg_ConvertUnit(ctx, fmt, *unit, args[index], output)) {
            if (ht != NULL) {
                HPyTracker_Close(ctx, *ht);
                ht->_i = 0;
            }
            return 0;
        }
    }
    return 1;
}

/* Parses arguments of any format, or says what is wrong with them. */
_HPy_NOINLINE static int parse_any(
    HPyContext *ctx, HPyTracker *ht, const HPy *args, size_t nargs, const char *fmt, va_list *arguments)
{
    void *few[FEW], **outputs = collect(ctx, fmt, arguments, few);
    if (outputs == NULL) {
        return no_memory(ht);
    }
    return finish(_HPyArg_Parse(ctx, ht, args, nargs, fmt, outputs), outputs, few);
}

int HPyArg_Parse(HPyContext *ctx, HPyTracker *ht, const HPy *args, size_t nargs, const char *fmt, ...)
{
    va_list arguments;
    int parsed;
    va_start(arguments, fmt);
    if (is_simple(fmt, nargs, ht != NULL)) {
        parsed = parse_simple(ctx, ht, args, nargs, fmt, &arguments);
    } else {
        parsed = parse_any(ctx, ht, args, nargs, fmt, &arguments);
    }
    va_end(arguments);
    return parsed;
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
