/* hpy/hpydef.h: definitions of methods, slots, members and getsets, and the macros that write them. */
#pragma once

#include "hpy/hpyfunc.h"

/* In each of these structs, `cpy_trampoline` is the function that CPython calls, and `impl` is the implementation. In the
   native ABI `impl` is a function of the implementation's type that calls the trampoline, so that the implementation has
   one caller, which inlines it.

   There a definition also has a second function, a fast path for CPython or the runtime, and the trampoline that this
   function belongs to: the runtime ignores the second function if the author puts another trampoline into the definition.
   A definition that the author fills by hand has none. In the loader ABIs only HPy_tp_call has one, for this project's
   loader; HPy's structs end before the second function, and the union has room for it. HPy_tp_traverse has a third one: both
   are a tp_dealloc. */
#define _HPyDef_SECOND_FUNCTION HPyCFunction _second; cpy_PyCFunction _second_of;
#define _HPyDef_SECOND(FUNCTION, TRAMPOLINE) \
    ._second = FUNCTION, ._second_of = _HPy_FUNCTION(cpy_PyCFunction, TRAMPOLINE),

typedef struct {
    HPySlot_Slot slot;
    HPyCFunction impl;
    cpy_PyCFunction cpy_trampoline;
    _HPyDef_SECOND_FUNCTION
    HPyCFunction _third;
} HPySlot;

typedef struct {
    const char *name;
    HPyCFunction impl;
    cpy_PyCFunction cpy_trampoline;
    HPyFunc_Signature signature;
    const char *doc;
    _HPyDef_SECOND_FUNCTION
} HPyMeth;

typedef struct {
    const char *name;
    HPyMember_FieldType type;
    HPy_ssize_t offset;
    int readonly;
    const char *doc;
} HPyMember;

typedef struct {
    const char *name;
    HPyCFunction getter_impl;
    HPyCFunction setter_impl;
    cpy_getter getter_cpy_trampoline;
    cpy_setter setter_cpy_trampoline;
    const char *doc;
    void *closure;
} HPyGetSet;

/* `kind` selects the member of the union. */
typedef struct {
    HPyDef_Kind kind;
#if defined(__GNUC__)
    __extension__
#endif
    union {
        HPySlot slot;
        HPyMeth meth;
        HPyMember member;
        HPyGetSet getset;
    };
} HPyDef;

_HPy_STATIC_ASSERT(
    sizeof(HPyDef) == offsetof(HPyDef, getset) + sizeof(HPyGetSet), "a HPyDef is as large as HPy's, whose largest is HPyGetSet");

typedef struct {
    cpy_PyCapsule_Destructor cpy_trampoline;
    HPyFunc_Capsule_Destructor impl;
} HPyCapsule_Destructor;

/* The first word is the function that CPython calls: `__vectorcalloffset__` points there. */
typedef struct {
    cpy_vectorcallfunc cpy_trampoline;
    HPyFunc_keywords impl;
} HPyCallFunction;

#define _HPySlot_SECOND(SYM, SIG, IMPL) \
    _HPyDef_SECOND(_HPyFunc_SECOND_##SIG(SYM##_trampoline, IMPL), SYM##_trampoline)
#ifdef HPY_ABI_CPYTHON
#  define _HPySlot_THIRD(SYM, SIG) ._third = _HPyFunc_THIRD_##SIG(SYM##_trampoline),
#  define _HPyMeth_SECOND(SYM, SIG) _HPyDef_SECOND(_HPyFunc_ARRAY_##SIG(SYM##_trampoline), SYM##_trampoline)
#else
#  define _HPySlot_THIRD(SYM, SIG)
#  define _HPyMeth_SECOND(SYM, SIG)
#endif

/* The calling convention of a slot. */
#define HPySlot_SIG(SLOT) _HPySlot_SIG__##SLOT

/* HPyDef_SLOT(SYM, HPy_nb_add): SYM is the definition, and SYM_impl the implementation. */
#define HPyDef_SLOT(SYM, SLOT) HPyDef_SLOT_IMPL(SYM, SYM##_impl, SLOT)
#define HPyDef_SLOT_IMPL(SYM, IMPL, SLOT) \
    enum { SYM##_slot = SLOT }; \
    _HPyDef_SLOT(SYM, IMPL, SLOT, HPySlot_SIG(SLOT))

/* This step expands the convention that HPySlot_SIG gives. */
#define _HPyDef_SLOT(SYM, IMPL, SLOT, SIG) _HPyDef_SLOT_SIG(SYM, IMPL, SLOT, SIG)
#define _HPyDef_SLOT_SIG(SYM, IMPL, SLOT, SIG) \
    HPyFunc_DECLARE(IMPL, SIG); \
    HPyFunc_TRAMPOLINE(SYM##_trampoline, IMPL, SIG) \
    _HPyDef_BEGIN(SYM) \
        .kind = HPyDef_Kind_Slot, \
        .slot = { \
            .slot = SLOT, \
            .impl = _HPyFunc_IMPL_##SIG(SYM##_trampoline, IMPL), \
            .cpy_trampoline = _HPy_FUNCTION(cpy_PyCFunction, SYM##_trampoline), \
            _HPySlot_SECOND(SYM, SIG, IMPL) \
            _HPySlot_THIRD(SYM, SIG) \
        }, \
    _HPyDef_END

#define _HPyDef_BEGIN(SYM) _HPy_DEFINITION_BEGIN _HPy_HIDDEN HPyDef SYM = {
#define _HPyDef_END }; _HPy_DEFINITION_END

/* HPyDef_METH(SYM, "name", HPyFunc_O, .doc = "..."): SYM_impl is the implementation. */
#define HPyDef_METH(SYM, NAME, ...) _HPyDef_METH(0, SYM, NAME, SYM##_impl, __VA_ARGS__, )
/* HPyDef_METH_IMPL(SYM, "name", implementation, HPyFunc_O, .doc = "...") */
#define HPyDef_METH_IMPL(SYM, NAME, IMPL, ...) _HPyDef_METH(0, SYM, NAME, IMPL, __VA_ARGS__, )
/* HPyDef_CLASSMETH(SYM, "name", HPyFunc_O, .doc = "..."): a class method, which gets the class as `self`. */
#define HPyDef_CLASSMETH(SYM, NAME, ...) _HPyDef_METH(HPyMeth_CLASS, SYM, NAME, SYM##_impl, __VA_ARGS__, )
/* HPyDef_STATICMETH(SYM, "name", HPyFunc_O, .doc = "..."): a static method, which gets HPy_NULL as `self`. */
#define HPyDef_STATICMETH(SYM, NAME, ...) _HPyDef_METH(HPyMeth_STATIC, SYM, NAME, SYM##_impl, __VA_ARGS__, )
/* HPyDef_COEXISTMETH(SYM, "__contains__", HPyFunc_O, .doc = "..."): a method that Python code calls in the place of the
   slot of its name, without the tuple that the slot's own method takes. The type has the slot too, for `in` and C code. */
#define HPyDef_COEXISTMETH(SYM, NAME, ...) _HPyDef_METH(HPyMeth_COEXIST, SYM, NAME, SYM##_impl, __VA_ARGS__, )
#define _HPyDef_METH(KIND, SYM, NAME, IMPL, SIG, ...) \
    enum { SYM##_sig = SIG }; \
    HPyFunc_DECLARE(IMPL, SIG); \
    HPyFunc_TRAMPOLINE(SYM##_trampoline, IMPL, SIG) \
    _HPyDef_BEGIN(SYM) \
        .kind = HPyDef_Kind_Meth, \
        .meth = { \
            .name = NAME, \
            .impl = _HPyFunc_IMPL_##SIG(SYM##_trampoline, IMPL), \
            .cpy_trampoline = _HPy_FUNCTION(cpy_PyCFunction, SYM##_trampoline), \
            .signature = (HPyFunc_Signature)(SIG | (KIND)), \
            __VA_ARGS__ \
            _HPyMeth_SECOND(SYM, SIG) \
        }, \
    _HPyDef_END

/* HPyDef_MEMBER(SYM, "name", HPyMember_INT, offsetof(Struct, field), .readonly = 1, .doc = "...") */
#define HPyDef_MEMBER(SYM, NAME, TYPE, ...) _HPyDef_MEMBER(SYM, NAME, TYPE, __VA_ARGS__, )
#define _HPyDef_MEMBER(SYM, NAME, TYPE, OFFSET, ...) \
    _HPyDef_BEGIN(SYM) \
        .kind = HPyDef_Kind_Member, \
        .member = { \
            .name = NAME, \
            .type = TYPE, \
            .offset = (HPy_ssize_t)(OFFSET), \
            __VA_ARGS__ \
        }, \
    _HPyDef_END

/* HPyDef_GET(SYM, "name", .doc = "...", .closure = pointer): SYM_get is the getter. */
#define HPyDef_GET(SYM, ...) _HPyDef_GET(SYM, SYM##_get, __VA_ARGS__, )
#define HPyDef_GET_IMPL(SYM, NAME, ...) _HPyDef_GET_NAMED(SYM, NAME, __VA_ARGS__, )
#define _HPyDef_GET_NAMED(SYM, NAME, GETIMPL, ...) _HPyDef_GET(SYM, GETIMPL, NAME, __VA_ARGS__)
#define _HPyDef_GET(SYM, GETIMPL, NAME, ...) \
    HPyFunc_DECLARE(GETIMPL, HPyFunc_GETTER); \
    HPyFunc_TRAMPOLINE(SYM##_get_trampoline, GETIMPL, HPyFunc_GETTER) \
    _HPyDef_BEGIN(SYM) \
        .kind = HPyDef_Kind_GetSet, \
        .getset = { \
            .name = NAME, \
            .getter_impl = _HPyFunc_IMPL_HPyFunc_GETTER(SYM##_get_trampoline, GETIMPL), \
            .getter_cpy_trampoline = SYM##_get_trampoline, \
            __VA_ARGS__ \
        }, \
    _HPyDef_END

/* HPyDef_SET(SYM, "name", .doc = "...", .closure = pointer): SYM_set is the setter. */
#define HPyDef_SET(SYM, ...) _HPyDef_SET(SYM, SYM##_set, __VA_ARGS__, )
#define HPyDef_SET_IMPL(SYM, NAME, ...) _HPyDef_SET_NAMED(SYM, NAME, __VA_ARGS__, )
#define _HPyDef_SET_NAMED(SYM, NAME, SETIMPL, ...) _HPyDef_SET(SYM, SETIMPL, NAME, __VA_ARGS__)
#define _HPyDef_SET(SYM, SETIMPL, NAME, ...) \
    HPyFunc_DECLARE(SETIMPL, HPyFunc_SETTER); \
    HPyFunc_TRAMPOLINE(SYM##_set_trampoline, SETIMPL, HPyFunc_SETTER) \
    _HPyDef_BEGIN(SYM) \
        .kind = HPyDef_Kind_GetSet, \
        .getset = { \
            .name = NAME, \
            .setter_impl = _HPyFunc_IMPL_HPyFunc_SETTER(SYM##_set_trampoline, SETIMPL), \
            .setter_cpy_trampoline = SYM##_set_trampoline, \
            __VA_ARGS__ \
        }, \
    _HPyDef_END

/* HPyDef_GETSET(SYM, "name", .doc = "...", .closure = pointer): SYM_get and SYM_set are the functions. */
#define HPyDef_GETSET(SYM, ...) _HPyDef_GETSET(SYM, SYM##_get, SYM##_set, __VA_ARGS__, )
#define HPyDef_GETSET_IMPL(SYM, NAME, GETIMPL, ...) _HPyDef_GETSET_NAMED(SYM, NAME, GETIMPL, __VA_ARGS__, )
#define _HPyDef_GETSET_NAMED(SYM, NAME, GETIMPL, SETIMPL, ...) _HPyDef_GETSET(SYM, GETIMPL, SETIMPL, NAME, __VA_ARGS__)
#define _HPyDef_GETSET(SYM, GETIMPL, SETIMPL, NAME, ...) \
    HPyFunc_DECLARE(GETIMPL, HPyFunc_GETTER); \
    HPyFunc_TRAMPOLINE(SYM##_get_trampoline, GETIMPL, HPyFunc_GETTER) \
    HPyFunc_DECLARE(SETIMPL, HPyFunc_SETTER); \
    HPyFunc_TRAMPOLINE(SYM##_set_trampoline, SETIMPL, HPyFunc_SETTER) \
    _HPyDef_BEGIN(SYM) \
        .kind = HPyDef_Kind_GetSet, \
        .getset = { \
            .name = NAME, \
            .getter_impl = _HPyFunc_IMPL_HPyFunc_GETTER(SYM##_get_trampoline, GETIMPL), \
            .setter_impl = _HPyFunc_IMPL_HPyFunc_SETTER(SYM##_set_trampoline, SETIMPL), \
            .getter_cpy_trampoline = SYM##_get_trampoline, \
            .setter_cpy_trampoline = SYM##_set_trampoline, \
            __VA_ARGS__ \
        }, \
    _HPyDef_END

/* HPyCapsule_DESTRUCTOR(SYM): SYM_impl is called when a capsule dies, with its name, pointer and context. */
#define HPyCapsule_DESTRUCTOR(SYM) \
    HPyFunc_DECLARE(SYM##_impl, HPyFunc_CAPSULE_DESTRUCTOR); \
    HPyCapsule_DESTRUCTOR_TRAMPOLINE(SYM##_trampoline, SYM##_impl) \
    static HPyCapsule_Destructor SYM = { SYM##_trampoline, SYM##_impl };

/* HPyDef_CALL_FUNCTION(SYM): SYM_impl, with the convention HPyFunc_KEYWORDS, is what HPy_SetCallFunction sets. */
#define HPyDef_CALL_FUNCTION(SYM) _HPyDef_CALL_FUNCTION(SYM, HPySlot_SIG(HPy_tp_call))
#define _HPyDef_CALL_FUNCTION(SYM, SIG) _HPyDef_CALL_FUNCTION_SIG(SYM, SIG)
#define _HPyDef_CALL_FUNCTION_SIG(SYM, SIG) \
    HPyFunc_DECLARE(SYM##_impl, HPyFunc_KEYWORDS); \
    HPyFunc_TRAMPOLINE(SYM##_trampoline, SYM##_impl, SIG) \
    static HPyCallFunction SYM = { SYM##_trampoline, _HPyFunc_CALLED_HPyFunc_KEYWORDS(SYM##_trampoline, SYM##_impl) };

/* Of hpy-sys: says in which interpreters a module can be imported, by a HPy_MOD_MULTIPLE_INTERPRETERS_* or
   HPy_MOD_PER_INTERPRETER_GIL_SUPPORTED. A CPython without such a thing ignores it. */
#define HPyDef_MULTIPLE_INTERPRETERS(SYM, VALUE) _HPyDef_SAYS(SYM, HPy_mod_multiple_interpreters, VALUE)

/* Of hpy-sys: says whether a module needs the global lock: HPy_MOD_GIL_USED or HPy_MOD_GIL_NOT_USED. A CPython
   without such a thing ignores it. */
#define HPyDef_GIL(SYM, VALUE) _HPyDef_SAYS(SYM, HPy_mod_gil, VALUE)

#define _HPyDef_SAYS(SYM, SLOT, VALUE) \
    _HPyDef_BEGIN(SYM) \
        .kind = HPyDef_Kind_Slot, \
        .slot = { \
            .slot = (HPySlot_Slot)SLOT, \
            .impl = NULL, \
            .cpy_trampoline = (cpy_PyCFunction)(intptr_t)(VALUE), \
        }, \
    _HPyDef_END
