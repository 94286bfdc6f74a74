/* hpy/native/capsules.h: capsules: pointers that travel through Python. */
#pragma once

#include "hpy/native/convert.h"
#include "hpy/hpydef.h"

/* Whether the destructor is none or has a function; if not, ValueError is set. */
HPyAPI_FUNC bool _HPyCapsule_IsDestructor(const HPyCapsule_Destructor *destructor)
{
    if (destructor == NULL || destructor->cpy_trampoline != NULL) {
        return true;
    }
    PyErr_SetString(PyExc_ValueError, "Invalid HPyCapsule destructor");
    return false;
}

HPyAPI_FUNC HPy
HPyCapsule_New(HPyContext *ctx, void *pointer, const char *utf8_name, HPyCapsule_Destructor *destructor)
{
    (void)ctx;
    if (!_HPyCapsule_IsDestructor(destructor)) {
        return HPy_NULL;
    }
    return _py2h(PyCapsule_New(pointer, utf8_name, destructor == NULL ? NULL : destructor->cpy_trampoline));
}

HPyAPI_FUNC void *HPyCapsule_GetPointer(HPyContext *ctx, HPy capsule, const char *utf8_name)
{
    (void)ctx;
    return PyCapsule_GetPointer(_h2py(capsule), utf8_name);
}

HPyAPI_FUNC const char *HPyCapsule_GetName(HPyContext *ctx, HPy capsule)
{
    (void)ctx;
    return PyCapsule_GetName(_h2py(capsule));
}

HPyAPI_FUNC void *HPyCapsule_GetContext(HPyContext *ctx, HPy capsule)
{
    (void)ctx;
    return PyCapsule_GetContext(_h2py(capsule));
}

HPyAPI_FUNC int HPyCapsule_SetPointer(HPyContext *ctx, HPy capsule, void *pointer)
{
    (void)ctx;
    return PyCapsule_SetPointer(_h2py(capsule), pointer);
}

HPyAPI_FUNC int HPyCapsule_SetName(HPyContext *ctx, HPy capsule, const char *utf8_name)
{
    (void)ctx;
    return PyCapsule_SetName(_h2py(capsule), utf8_name);
}

HPyAPI_FUNC int HPyCapsule_SetContext(HPyContext *ctx, HPy capsule, void *context)
{
    (void)ctx;
    return PyCapsule_SetContext(_h2py(capsule), context);
}

HPyAPI_FUNC int HPyCapsule_SetDestructor(HPyContext *ctx, HPy capsule, HPyCapsule_Destructor *destructor)
{
    (void)ctx;
    if (!_HPyCapsule_IsDestructor(destructor)) {
        return -1;
    }
    return PyCapsule_SetDestructor(_h2py(capsule), destructor == NULL ? NULL : destructor->cpy_trampoline);
}

HPyAPI_FUNC void *HPyCapsule_Get(HPyContext *ctx, HPy capsule, _HPyCapsule_key key, const char *utf8_name)
{
    union {
        const char *name;
        void *value;
    } got;
    switch (key) {
    case HPyCapsule_key_Pointer: return HPyCapsule_GetPointer(ctx, capsule, utf8_name);
    case HPyCapsule_key_Name: got.name = HPyCapsule_GetName(ctx, capsule); return got.value;
    case HPyCapsule_key_Context: return HPyCapsule_GetContext(ctx, capsule);
    case HPyCapsule_key_Destructor: break;
    }
    PyErr_SetString(PyExc_ValueError, "Invalid operation: get HPyCapsule_key_Destructor");
    return NULL;
}

HPyAPI_FUNC int HPyCapsule_Set(HPyContext *ctx, HPy capsule, _HPyCapsule_key key, void *value)
{
    switch (key) {
    case HPyCapsule_key_Pointer: return HPyCapsule_SetPointer(ctx, capsule, value);
    case HPyCapsule_key_Name: return HPyCapsule_SetName(ctx, capsule, (const char *)value);
    case HPyCapsule_key_Context: return HPyCapsule_SetContext(ctx, capsule, value);
    case HPyCapsule_key_Destructor: break;
    }
    return HPyCapsule_SetDestructor(ctx, capsule, (HPyCapsule_Destructor *)value);
}
