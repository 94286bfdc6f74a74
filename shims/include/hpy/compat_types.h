/* hpy/compat_types.h: specs with `.legacy`, and the older declarations of their structs. */
#pragma once

#include "hpy.h"

/* As HPyType_Spec, with the field in the place of `builtin_shape`. Both forms can be written. */
typedef struct {
    const char *name;
    int basicsize;
    int itemsize;
    unsigned long flags;
    int legacy;
    HPyType_BuiltinShape builtin_shape;
    void *legacy_slots;
    HPyDef **defines;
    const char *doc;
} _HPyCompat_Type;

/* The runtime keeps the objects that a spec points to, not the spec. */
HPyAPI_FUNC HPyType_Spec _HPyCompat_Spec(const _HPyCompat_Type *type)
{
    HPyType_Spec spec;
    memset(&spec, 0, sizeof(spec));
    spec.name = type->name;
    spec.basicsize = type->basicsize;
    spec.itemsize = type->itemsize;
    spec.flags = type->flags;
    spec.builtin_shape = type->legacy ? HPyType_BuiltinShape_Legacy : type->builtin_shape;
    spec.legacy_slots = type->legacy_slots;
    spec.defines = type->defines;
    spec.doc = type->doc;
    return spec;
}

HPyAPI_FUNC HPy _HPyCompat_FromSpec(struct _HPyContext_s *ctx, const _HPyCompat_Type *type, HPyType_SpecParam *params)
{
    HPyType_Spec spec = _HPyCompat_Spec(type);
    return HPyType_FromSpec(ctx, &spec, params);
}

HPyAPI_FUNC int _HPyCompat_AddType(
    struct _HPyContext_s *ctx, HPy obj, const char *name, const _HPyCompat_Type *type, HPyType_SpecParam *params)
{
    HPyType_Spec spec = _HPyCompat_Spec(type);
    return HPyHelpers_AddType(ctx, obj, name, &spec, params);
}

#define HPyType_Spec _HPyCompat_Type
#define HPyType_FromSpec _HPyCompat_FromSpec
#define HPyHelpers_AddType _HPyCompat_AddType

/* HPyType_HELPERS(Point) also says `Point_IS_LEGACY`. */
#undef HPyType_HELPERS
#define HPyType_HELPERS(...) _HPyCompat_HELPERS(__VA_ARGS__, HPyType_BuiltinShape_Object, )
#define _HPyCompat_HELPERS(TYPE, SHAPE, ...) \
    enum { TYPE##_IS_LEGACY = (int)SHAPE == (int)HPyType_BuiltinShape_Legacy }; \
    _HPyType_HELPERS(TYPE, SHAPE, )

/* HPyObject_HEAD began the struct of a type that is not legacy, where nothing has to stand. */
#define HPyObject_HEAD
#define HPy_AsStruct _HPy_AsStruct_Object
#define HPy_AsStructLegacy _HPy_AsStruct_Legacy
#define HPy_CAST(ctx, TYPE, h) ((TYPE *)_HPy_AsStruct_Object((ctx), (h)))
