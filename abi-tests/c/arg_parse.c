/* abi-tests/c/arg_parse.c: the argument parsers: each unit, each form, and with a format that is not known before. */
#define FAMILY arg_parse
#include "support.h"

/* A function that parses one argument and gives it back. */
#define PARSED(name, text, format, type, initial, back) \
    HPyDef_METH(arg_parse_##name, text, HPyFunc_VARARGS) \
    static HPy arg_parse_##name##_impl(HPyContext *ctx, HPy self, const HPy *args, size_t nargs) \
    { \
        type value = initial; \
        (void)self; \
        return HPyArg_Parse(ctx, NULL, args, nargs, format, &value) ? back(ctx, value) : HPy_NULL; \
    }
#define UNIT(letter, type, initial, back) PARSED(unit_##letter, #letter, #letter ":" #letter, type, initial, back)

UNIT(b, unsigned char, 0, HPyLong_FromLong)
UNIT(B, unsigned char, 0, HPyLong_FromLong)
UNIT(h, short, 0, HPyLong_FromLong)
UNIT(H, unsigned short, 0, HPyLong_FromLong)
UNIT(i, int, 0, HPyLong_FromLong)
UNIT(I, unsigned int, 0, HPyLong_FromUnsignedLong)
UNIT(l, long, 0, HPyLong_FromLong)
UNIT(k, unsigned long, 0, HPyLong_FromUnsignedLong)
UNIT(L, long long, 0, HPyLong_FromLongLong)
UNIT(K, unsigned long long, 0, HPyLong_FromUnsignedLongLong)
UNIT(n, HPy_ssize_t, 0, HPyLong_FromSsize_t)
UNIT(f, float, 0, HPyFloat_FromDouble)
UNIT(d, double, 0, HPyFloat_FromDouble)
UNIT(s, const char *, NULL, HPyUnicode_FromString)
UNIT(O, HPy, HPy_NULL, HPy_Dup)
UNIT(p, int, 0, HPyLong_FromLong)

/* Messages without a name, with a text of their own, and with a name that is too long. */
#define FIFTY "2345678901234567890123456789012345678901234567890"
PARSED(unnamed, "unnamed", "h", short, 0, HPyLong_FromLong)
PARSED(with_text, "with_text", "h;give a small number", short, 0, HPyLong_FromLong)
PARSED(text_then_name, "text_then_name", "h;one:two", short, 0, HPyLong_FromLong)
PARSED(name_then_text, "name_then_text", "h:one;two", short, 0, HPyLong_FromLong)
PARSED(long_name, "long_name", "h:a" FIFTY "b" FIFTY "c" FIFTY "d" FIFTY "eeeeeeeeee", short, 0, HPyLong_FromLong)


#define VARARGS(name) \
    HPyDef_METH(arg_parse_##name, #name, HPyFunc_VARARGS) \
    static HPy arg_parse_##name##_impl(HPyContext *ctx, HPy self, const HPy *args, size_t nargs)
#define KEYWORDS(name) \
    HPyDef_METH(arg_parse_##name, #name, HPyFunc_KEYWORDS) \
    static HPy arg_parse_##name##_impl(HPyContext *ctx, HPy self, const HPy *args, size_t nargs, HPy kwnames)

VARARGS(nothing)
{
    (void)self;
    return HPyArg_Parse(ctx, NULL, args, nargs, ":nothing") ? HPy_Dup(ctx, ctx->h_None) : HPy_NULL;
}

static HPy or_ellipsis(HPyContext *ctx, HPy h)
{
    return HPy_IsNull(h) ? ctx->h_Ellipsis : h;
}

VARARGS(optional)
{
    long a = -1, b = -2;
    HPy c = HPy_NULL;
    (void)self;
    if (!HPyArg_Parse(ctx, NULL, args, nargs, "l|lO:optional", &a, &b, &c)) {
        return HPy_NULL;
    }
    return HPy_BuildValue(ctx, "(llO)", a, b, or_ellipsis(ctx, c));
}

VARARGS(optional_text)
{
    const char *s = "unset";
    int p = 99;
    (void)self;
    if (!HPyArg_Parse(ctx, NULL, args, nargs, "|sp:optional_text", &s, &p)) {
        return HPy_NULL;
    }
    return HPy_BuildValue(ctx, "(si)", s, p);
}

VARARGS(tracked)
{
    HPyTracker tracker;
    HPy o, result;
    long n;
    (void)self;
    if (!HPyArg_Parse(ctx, &tracker, args, nargs, "Ol:tracked", &o, &n)) {
        return HPy_NULL;
    }
    HPyTracker_Add(ctx, tracker, HPy_Dup(ctx, o));
    result = HPy_BuildValue(ctx, "(Ol)", o, n);
    HPyTracker_Close(ctx, tracker);
    return result;
}

KEYWORDS(keywords)
{
    static const char *names[] = {"a", "bee", "c", NULL};
    HPyTracker tracker;
    long a = -1, b = -2;
    HPy c = HPy_NULL, result;
    (void)self;
    if (!HPyArg_ParseKeywords(ctx, &tracker, args, nargs, kwnames, "l|l$O:keywords", names, &a, &b, &c)) {
        return HPy_NULL;
    }
    result = HPy_BuildValue(ctx, "(llO)", a, b, or_ellipsis(ctx, c));
    HPyTracker_Close(ctx, tracker);
    return result;
}

KEYWORDS(keywords_tracked)
{
    static const char *names[] = {"a", "b", NULL};
    HPyTracker tracker;
    HPy a, b, result;
    (void)self;
    if (!HPyArg_ParseKeywords(ctx, &tracker, args, nargs, kwnames, "OO:keywords_tracked", names, &a, &b)) {
        return HPy_NULL;
    }
    result = HPy_BuildValue(ctx, "OO", a, b);
    HPyTracker_Close(ctx, tracker);
    return result;
}

KEYWORDS(positional_only)
{
    static const char *names[] = {"", "", "c", NULL};
    long a = -1, b = -2, c = -3;
    (void)self;
    if (!HPyArg_ParseKeywords(ctx, NULL, args, nargs, kwnames, "l|ll:positional_only", names, &a, &b, &c)) {
        return HPy_NULL;
    }
    return HPy_BuildValue(ctx, "lll", a, b, c);
}

KEYWORDS(keyword_only)
{
    static const char *names[] = {"a", NULL};
    long a = -1;
    (void)self;
    if (!HPyArg_ParseKeywords(ctx, NULL, args, nargs, kwnames, "$l", names, &a)) {
        return HPy_NULL;
    }
    return HPyLong_FromLong(ctx, a);
}

KEYWORDS(no_keywords)
{
    static const char *names[] = {NULL};
    (void)self;
    if (!HPyArg_ParseKeywords(ctx, NULL, args, nargs, kwnames, ":no_keywords", names)) {
        return HPy_NULL;
    }
    return HPy_Dup(ctx, ctx->h_None);
}

KEYWORDS(not_ascii)
{
    static const char *names[] = {"gr\xc3\xb6\xc3\x9f" "e", NULL};
    long a = -1;
    (void)self;
    if (!HPyArg_ParseKeywords(ctx, NULL, args, nargs, kwnames, "l:\xc3\xa9", names, &a)) {
        return HPy_NULL;
    }
    return HPyLong_FromLong(ctx, a);
}

/* These get (kw, *args), and parse `args` and the dictionary `kw`, or none if it is None. */

VARARGS(dict)
{
    static const char *names[] = {"a", "bee", "c", NULL};
    HPyTracker tracker;
    HPy kw = HPy_Is(ctx, args[0], ctx->h_None) ? HPy_NULL : args[0], a, result;
    long b = -2;
    const char *c = "unset";
    (void)self;
    if (!HPyArg_ParseKeywordsDict(
            ctx, &tracker, args + 1, (HPy_ssize_t)nargs - 1, kw, "O|l$s:dict", names, &a, &b, &c)) {
        return HPy_NULL;
    }
    result = HPy_BuildValue(ctx, "(Ols)", a, b, c);
    HPyTracker_Close(ctx, tracker);
    return result;
}

VARARGS(dict_untracked)
{
    static const char *names[] = {"", "bee", "c", NULL};
    HPy kw = HPy_Is(ctx, args[0], ctx->h_None) ? HPy_NULL : args[0];
    long a = -1, b = -2;
    const char *c = "unset";
    (void)self;
    if (!HPyArg_ParseKeywordsDict(
            ctx, NULL, args + 1, (HPy_ssize_t)nargs - 1, kw, "l|ls:dict_untracked", names, &a, &b, &c)) {
        return HPy_NULL;
    }
    return HPy_BuildValue(ctx, "(lls)", a, b, c);
}

VARARGS(dict_lacks_tracker)
{
    static const char *names[] = {"a", NULL};
    HPy kw = HPy_Is(ctx, args[0], ctx->h_None) ? HPy_NULL : args[0], a;
    (void)self;
    if (!HPyArg_ParseKeywordsDict(
            ctx, NULL, args + 1, (HPy_ssize_t)nargs - 1, kw, "O:dict_lacks_tracker", names, &a)) {
        return HPy_NULL;
    }
    return HPy_Dup(ctx, a);
}

VARARGS(nested)
{
    HPyTracker tracker;
    long a = -1, b = -2, e = -5, f = -6;
    const char *c = "unset";
    HPy d = HPy_NULL, result;
    (void)self;
    if (!HPyArg_Parse(ctx, &tracker, args, nargs, "l((ls)O)|(ll):nested", &a, &b, &c, &d, &e, &f)) {
        return HPy_NULL;
    }
    result = HPy_BuildValue(ctx, "(llsOll)", a, b, c, d, e, f);
    HPyTracker_Close(ctx, tracker);
    return result;
}

KEYWORDS(nested_numbers)
{
    static const char *names[] = {"pair", "one", "d", NULL};
    long a = -1, b = -2, c = -3, d = -4;
    (void)self;
    if (!HPyArg_ParseKeywords(
            ctx, NULL, args, nargs, kwnames, "((l)l)|(l)l:nested_numbers", names, &a, &b, &c, &d)) {
        return HPy_NULL;
    }
    return HPy_BuildValue(ctx, "(llll)", a, b, c, d);
}

VARARGS(nested_dict)
{
    static const char *names[] = {"pair", "c", NULL};
    HPyTracker tracker;
    HPy kw = HPy_Is(ctx, args[0], ctx->h_None) ? HPy_NULL : args[0], a, result;
    const char *b = "unset";
    long c = -3;
    (void)self;
    if (!HPyArg_ParseKeywordsDict(
            ctx, &tracker, args + 1, (HPy_ssize_t)nargs - 1, kw, "(Os)|l:nested_dict", names, &a, &b, &c)) {
        return HPy_NULL;
    }
    result = HPy_BuildValue(ctx, "(Osl)", a, b, c);
    HPyTracker_Close(ctx, tracker);
    return result;
}

#define OBJECT HPy
#include "parsed.h"

static HPy object_of(HPyContext *ctx, char unit, Output output)
{
    if (output.whole == UNSET) {
        return HPy_Dup(ctx, ctx->h_Ellipsis);
    }
    switch (unit) {
    case 'b': case 'B': return HPyLong_FromLong(ctx, output.of_b);
    case 'h': return HPyLong_FromLong(ctx, output.of_h);
    case 'H': return HPyLong_FromLong(ctx, output.of_H);
    case 'i': case 'p': return HPyLong_FromLong(ctx, output.of_i);
    case 'I': return HPyLong_FromUnsignedLong(ctx, output.of_I);
    case 'l': return HPyLong_FromLong(ctx, output.of_l);
    case 'k': return HPyLong_FromUnsignedLong(ctx, output.of_k);
    case 'L': return HPyLong_FromLongLong(ctx, output.of_L);
    case 'K': return HPyLong_FromUnsignedLongLong(ctx, output.of_K);
    case 'n': return HPyLong_FromSsize_t(ctx, output.of_n);
    case 'f': return HPyFloat_FromDouble(ctx, output.of_f);
    case 'd': return HPyFloat_FromDouble(ctx, output.of_d);
    case 's': return HPyUnicode_FromString(ctx, output.of_s);
    default: assert(unit == 'O'); return HPy_Dup(ctx, output.of_O);
    }
}

/* The outputs as a tuple, with `...` for one that was not written. */
static HPy outputs_as_tuple(HPyContext *ctx, const char *format, const Output *outputs)
{
    Items all = new_items(MOST);
    HPy result;
    size_t count = 0;
    for (; *format != '\0' && *format != ':' && *format != ';'; format++) {
        if (strchr("|$()", *format) == NULL) {
            all.handles[count] = object_of(ctx, *format, outputs[count]);
            count++;
        }
    }
    all.count = count;
    result = HPyTuple_FromArray(ctx, all.handles, (HPy_ssize_t)count);
    close_all(ctx, all);
    return result;
}

/* run(form, format, names, args, kw, with_tracker) parses by a format from Python: form 0 is HPyArg_Parse, 1 is
   HPyArg_ParseKeywords with the names `kw`, whose values are the last of `args`, and 2 is HPyArg_ParseKeywordsDict. */
VARARGS(run)
{
    int64_t form = number(ctx, args[0]);
    const char *format = c_string(ctx, args[1]), *names[MOST + 1] = {NULL};
    Items keywords = items(ctx, args[2]), all = items(ctx, args[3]);
    HPy kw = HPy_Is(ctx, args[4], ctx->h_None) ? HPy_NULL : args[4], result = HPy_NULL;
    HPyTracker tracker, *ht = HPy_IsTrue(ctx, args[5]) ? &tracker : NULL;
    Output o[MOST];
    HPy_ssize_t named = 0;
    size_t index;
    int parsed;
    (void)self;
    assert(nargs == 6 && keywords.count <= MOST && all.count <= MOST);
    for (index = 0; index < keywords.count; index++) {
        names[index] = c_string(ctx, keywords.handles[index]);
    }
    for (index = 0; index < MOST; index++) {
        o[index].whole = UNSET;
    }
    /* There are always as many outputs as can be; the format says how many of them are used. */
#define OUTPUTS &o[0], &o[1], &o[2], &o[3], &o[4], &o[5], &o[6], &o[7]
    if (form == 0) {
        parsed = HPyArg_Parse(ctx, ht, all.handles, all.count, format, OUTPUTS);
    } else if (form == 1) {
        if (!HPy_IsNull(kw) && (named = HPy_Length(ctx, kw)) < 0) {
            HPyErr_Clear(ctx);
            named = 0;
        }
        parsed = HPyArg_ParseKeywords(
            ctx, ht, all.handles, all.count - (size_t)named, kw, format, names, OUTPUTS);
    } else {
        parsed = HPyArg_ParseKeywordsDict(
            ctx, ht, all.handles, (HPy_ssize_t)all.count, kw, format, names, OUTPUTS);
    }
    if (parsed) {
        result = outputs_as_tuple(ctx, format, o);
        if (ht != NULL) {
            HPyTracker_Close(ctx, tracker);
        }
    }
    close_all(ctx, all);
    close_all(ctx, keywords);
    return result;
}

MODULE(
    DEF(unit_b), DEF(unit_B), DEF(unit_h), DEF(unit_H), DEF(unit_i), DEF(unit_I), DEF(unit_l), DEF(unit_k),
    DEF(unit_L), DEF(unit_K), DEF(unit_n), DEF(unit_f), DEF(unit_d), DEF(unit_s), DEF(unit_O), DEF(unit_p),
    DEF(unnamed), DEF(with_text), DEF(text_then_name), DEF(name_then_text), DEF(long_name), DEF(nothing),
    DEF(optional), DEF(optional_text), DEF(tracked), DEF(keywords), DEF(keywords_tracked), DEF(positional_only),
    DEF(keyword_only), DEF(no_keywords), DEF(not_ascii), DEF(dict), DEF(dict_untracked), DEF(dict_lacks_tracker),
    DEF(nested), DEF(nested_numbers), DEF(nested_dict), DEF(run))
