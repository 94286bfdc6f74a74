/* hpy/hpytype.h: the struct of an instance. */
#pragma once

#include "hpy/spec.h"

typedef struct {
    cpy_vectorcallfunc cpy_trampoline;
    HPyCallFunction impl;
} HPyType_Vectorcall;

#include "hpy/runtime/ctx_funcs.h"

/* HPyType_HELPERS(Point) or HPyType_HELPERS(Point, HPyType_BuiltinShape_List): declares the struct of a type.
   `Point_AsStruct(ctx, h)` is the struct of an object, and `SHAPE(Point)` what the type's description says. */
#define HPyType_HELPERS(...) _HPyType_HELPERS(__VA_ARGS__, HPyType_BuiltinShape_Object, )
#define _HPyType_HELPERS(TYPE, SHAPE, ...) \
    enum { TYPE##_SHAPE = (int)SHAPE }; \
    HPyAPI_FUNC TYPE *TYPE##_AsStruct(struct _HPyContext_s *ctx, HPy h) \
    { \
        return (TYPE *)SHAPE##_AsStruct(ctx, h); \
    }

/* For a type whose struct begins with PyObject_HEAD. */
#define HPyType_LEGACY_HELPERS(TYPE) HPyType_HELPERS(TYPE, HPyType_BuiltinShape_Legacy)

#define SHAPE(TYPE) ((HPyType_BuiltinShape)TYPE##_SHAPE)

#define HPyType_BuiltinShape_Legacy_AsStruct _HPy_AsStruct_Legacy
#define HPyType_BuiltinShape_Object_AsStruct _HPy_AsStruct_Object
#define HPyType_BuiltinShape_Type_AsStruct _HPy_AsStruct_Type
#define HPyType_BuiltinShape_Long_AsStruct _HPy_AsStruct_Long
#define HPyType_BuiltinShape_Float_AsStruct _HPy_AsStruct_Float
#define HPyType_BuiltinShape_Unicode_AsStruct _HPy_AsStruct_Unicode
#define HPyType_BuiltinShape_Tuple_AsStruct _HPy_AsStruct_Tuple
#define HPyType_BuiltinShape_List_AsStruct _HPy_AsStruct_List
#define HPyType_BuiltinShape_Dict_AsStruct _HPy_AsStruct_Dict
#define HPyType_BuiltinShape_Opaque_AsStruct _HPy_AsStruct_Opaque
