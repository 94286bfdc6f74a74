/* hpy/compat_definitions.h: definitions that name their implementation, as before HPy 0.9. Those of HPy 0.9 stay. */
#pragma once

#include "hpy.h"

/* _HPyCompat_SECOND(x, OLD) is OLD; if x is a macro for `~, NEW`, it is NEW. */
#define _HPyCompat_SECOND(...) _HPyCompat_SECOND_OF(__VA_ARGS__, ~)
#define _HPyCompat_SECOND_OF(first, second, ...) second
#define _HPyCompat_FIRST(...) _HPyCompat_FIRST_OF(__VA_ARGS__, ~)
#define _HPyCompat_FIRST_OF(first, ...) first
#define _HPyCompat_PASTE(left, right) _HPyCompat_PASTED(left, right)
#define _HPyCompat_PASTED(left, right) left##right
/* _HPyCompat_COUNTED(NEW, OLD, ...) is NEW where one argument follows, and OLD where there are two to five. */
#define _HPyCompat_COUNTED(NEW, OLD, ...) _HPyCompat_SIXTH(__VA_ARGS__, OLD, OLD, OLD, OLD, NEW, ~)
#define _HPyCompat_SIXTH(a, b, c, d, e, sixth, ...) sixth

/* HPyDef_METH(SYM, "name", implementation, HPyFunc_O, ...): where a convention is third, it is HPy 0.9's form. */
#undef HPyDef_METH
#define HPyDef_METH(SYM, NAME, ...) \
    _HPyCompat_PASTE(_HPyCompat_METH_, _HPyCompat_METH_FORM(__VA_ARGS__, ~))(SYM, NAME, __VA_ARGS__)
#define _HPyCompat_METH_FORM(THIRD, ...) _HPyCompat_SECOND(_HPyCompat_THIRD_##THIRD, OLD)
#define _HPyCompat_THIRD_HPyFunc_NOARGS ~, NEW
#define _HPyCompat_THIRD_HPyFunc_O ~, NEW
#define _HPyCompat_THIRD_HPyFunc_VARARGS ~, NEW
#define _HPyCompat_THIRD_HPyFunc_KEYWORDS ~, NEW
#define _HPyCompat_METH_NEW(SYM, NAME, ...) HPyDef_METH_IMPL(SYM, NAME, SYM##_impl, __VA_ARGS__)
#define _HPyCompat_METH_OLD(SYM, NAME, IMPL, ...) \
    _HPyCompat_ADAPT(SYM, IMPL, _HPyCompat_FIRST(__VA_ARGS__)) \
    HPyDef_METH_IMPL(SYM, NAME, _HPyCompat_ADAPTED(SYM, IMPL, _HPyCompat_FIRST(__VA_ARGS__)), __VA_ARGS__)

/* HPyDef_SLOT(SYM, implementation, HPy_tp_repr): with two arguments it is HPy 0.9's form. */
#undef HPyDef_SLOT
#define HPyDef_SLOT(SYM, ...) _HPyCompat_COUNTED(_HPyCompat_SLOT_NEW, _HPyCompat_SLOT_OLD, __VA_ARGS__)(SYM, __VA_ARGS__)
#define _HPyCompat_SLOT_NEW(SYM, SLOT) HPyDef_SLOT_IMPL(SYM, SYM##_impl, SLOT)
#define _HPyCompat_SLOT_OLD(SYM, IMPL, SLOT) \
    _HPyCompat_ADAPT(SYM, IMPL, HPySlot_SIG(SLOT)) \
    HPyDef_SLOT_IMPL(SYM, _HPyCompat_ADAPTED(SYM, IMPL, HPySlot_SIG(SLOT)), SLOT)

/* With three arguments and more the third is the function: HPyDef_GET(SYM, "name", getter, .doc = "..."). */
#undef HPyDef_GET
#define HPyDef_GET(SYM, ...) _HPyCompat_COUNTED(_HPyCompat_GET_NEW, HPyDef_GET_IMPL, __VA_ARGS__)(SYM, __VA_ARGS__)
#define _HPyCompat_GET_NEW(SYM, NAME) HPyDef_GET_IMPL(SYM, NAME, SYM##_get)
#undef HPyDef_SET
#define HPyDef_SET(SYM, ...) _HPyCompat_COUNTED(_HPyCompat_SET_NEW, HPyDef_SET_IMPL, __VA_ARGS__)(SYM, __VA_ARGS__)
#define _HPyCompat_SET_NEW(SYM, NAME) HPyDef_SET_IMPL(SYM, NAME, SYM##_set)
#undef HPyDef_GETSET
#define HPyDef_GETSET(SYM, ...) \
    _HPyCompat_COUNTED(_HPyCompat_GETSET_NEW, HPyDef_GETSET_IMPL, __VA_ARGS__)(SYM, __VA_ARGS__)
#define _HPyCompat_GETSET_NEW(SYM, NAME) HPyDef_GETSET_IMPL(SYM, NAME, SYM##_get, SYM##_set)

/* Arguments were `HPy *args, HPy_ssize_t nargs`, and keyword arguments a dict: such an implementation is called by another
   one, which has the prototype of today. */
#define _HPyCompat_ADAPT(SYM, IMPL, SIG) _HPyCompat_JOIN(_HPyCompat_ADAPT_, _HPyCompat_OLD(SIG))(SYM, IMPL)
#define _HPyCompat_ADAPTED(SYM, IMPL, SIG) _HPyCompat_JOIN(_HPyCompat_ADAPTED_, _HPyCompat_OLD(SIG))(SYM, IMPL)
/* As _HPyCompat_PASTE, within what that one gives. */
#define _HPyCompat_JOIN(left, right) _HPyCompat_JOINED(left, right)
#define _HPyCompat_JOINED(left, right) left##right
#define _HPyCompat_OLD(SIG) _HPyCompat_OLD_OF(SIG)
#define _HPyCompat_OLD_OF(SIG) _HPyCompat_SECOND(_HPyCompat_OLD_##SIG, NOTHING)
#define _HPyCompat_OLD_HPyFunc_VARARGS ~, VARARGS
#define _HPyCompat_OLD_HPyFunc_KEYWORDS ~, KEYWORDS
#define _HPyCompat_OLD_HPyFunc_NEWFUNC ~, NEWFUNC
#define _HPyCompat_OLD_HPyFunc_INITPROC ~, INITPROC
#define _HPyCompat_ADAPT_NOTHING(SYM, IMPL)
#define _HPyCompat_ADAPTED_NOTHING(SYM, IMPL) IMPL
#define _HPyCompat_ADAPTED_VARARGS(SYM, IMPL) SYM##_compat
#define _HPyCompat_ADAPTED_KEYWORDS(SYM, IMPL) SYM##_compat
#define _HPyCompat_ADAPTED_NEWFUNC(SYM, IMPL) SYM##_compat
#define _HPyCompat_ADAPTED_INITPROC(SYM, IMPL) SYM##_compat

#define _HPyCompat_ADAPT_VARARGS(SYM, IMPL) \
    static HPy IMPL(struct _HPyContext_s *ctx, HPy self, HPy *args, HPy_ssize_t nargs); \
    static HPy SYM##_compat(struct _HPyContext_s *ctx, HPy self, const HPy *args, size_t nargs) \
    { \
        return IMPL(ctx, self, (HPy *)args, (HPy_ssize_t)nargs); \
    }

#define _HPyCompat_ADAPT_KEYWORDS(SYM, IMPL) \
    static HPy IMPL(struct _HPyContext_s *ctx, HPy self, HPy *args, HPy_ssize_t nargs, HPy kw); \
    static HPy SYM##_compat(struct _HPyContext_s *ctx, HPy self, const HPy *args, size_t nargs, HPy kwnames) \
    { \
        HPy kw; \
        if (!_HPyCompat_Keywords(ctx, args + nargs, kwnames, &kw)) { \
            return HPy_NULL; \
        } \
        HPy result = IMPL(ctx, self, (HPy *)args, (HPy_ssize_t)nargs, kw); \
        if (!HPy_IsNull(kw)) { \
            HPy_Close(ctx, kw); \
        } \
        return result; \
    }

#define _HPyCompat_ADAPT_NEWFUNC(SYM, IMPL) \
    static HPy IMPL(struct _HPyContext_s *ctx, HPy type, HPy *args, HPy_ssize_t nargs, HPy kw); \
    static HPy SYM##_compat(struct _HPyContext_s *ctx, HPy type, const HPy *args, HPy_ssize_t nargs, HPy kw) \
    { \
        return IMPL(ctx, type, (HPy *)args, nargs, kw); \
    }

#define _HPyCompat_ADAPT_INITPROC(SYM, IMPL) \
    static int IMPL(struct _HPyContext_s *ctx, HPy self, HPy *args, HPy_ssize_t nargs, HPy kw); \
    static int SYM##_compat(struct _HPyContext_s *ctx, HPy self, const HPy *args, HPy_ssize_t nargs, HPy kw) \
    { \
        return IMPL(ctx, self, (HPy *)args, nargs, kw); \
    }

/* Makes `*kw` a new dict of the keyword arguments, or HPy_NULL if there are none: 1, or 0 with an exception set. */
HPyAPI_FUNC int _HPyCompat_Keywords(struct _HPyContext_s *ctx, const HPy *values, HPy kwnames, HPy *kw)
{
    HPy_ssize_t count = HPy_IsNull(kwnames) ? 0 : HPy_Length(ctx, kwnames);
    *kw = HPy_NULL;
    if (count <= 0) {
        return count == 0;
    }
    HPy dict = HPyDict_New(ctx);
    if (HPy_IsNull(dict)) {
        return 0;
    }
    for (HPy_ssize_t index = 0; index < count; index++) {
        HPy name = HPy_GetItem_i(ctx, kwnames, index);
        int failed = HPy_IsNull(name) || HPy_SetItem(ctx, dict, name, values[index]) < 0;
        if (!HPy_IsNull(name)) {
            HPy_Close(ctx, name);
        }
        if (failed) {
            HPy_Close(ctx, dict);
            return 0;
        }
    }
    *kw = dict;
    return 1;
}
