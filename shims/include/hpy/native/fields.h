/* hpy/native/fields.h: references from the struct of an object, and from static variables. */
#pragma once

#include "hpy/native/handles.h"
#include "hpy/native/runtime.h"
#include "hpy/native/target.h"

/* The lowest bit of a global's word: several interpreters have a value for it. */
#define _HPY_GLOBAL_IS_ENTRY 1

#ifdef HPY_CPYTHON_FREE_THREADED
/* Without a global lock, a load and a store at the same time would let the object go between the read and the new
   reference. So a field is used by one thread at a time, and is passed by its address. */

HPyAPI_FUNC HPy _HPyField_LoadAt(HPyContext *ctx, HPy source_object, const HPyField *source_field)
{
    HPy h;
    Py_BEGIN_CRITICAL_SECTION(_h2py(source_object));
    h = HPy_Dup(ctx, _HPy_WORD(HPy, source_field->_i));
    Py_END_CRITICAL_SECTION();
    return h;
}

/* A copy of a field, such as a parameter, can only be read without the lock, so it does not compile: the compiler knows
   the size of a variable, and nothing of where a pointer points. GCC looks for that only where it optimises. */
#  if defined(__clang__) || (defined(__GNUC__) && defined(__OPTIMIZE__))
_HPy_EXTERN_C __attribute__((error("HPyField_Load takes the field where it is and not a copy: without a global lock "
    "another thread may change it; pass a HPyField * on, and load *field"))) HPy _HPyField_LoadCopy(void);
#    define HPyField_Load(ctx, source_object, source_field) \
        (__builtin_object_size(&(source_field), 0) == sizeof(HPyField) \
            ? _HPyField_LoadCopy() : _HPyField_LoadAt((ctx), (source_object), &(source_field)))
#  else
#    define HPyField_Load(ctx, source_object, source_field) _HPyField_LoadAt((ctx), (source_object), &(source_field))
#  endif

/* The word is that of an entry, which stays: a copy is as good as the global. */
HPyAPI_FUNC HPy HPyGlobal_Load(HPyContext *ctx, HPyGlobal global)
{
    (void)ctx;
    return global._i == 0 ? HPy_NULL : _HPyGlobal_LoadEntry(global._i);
}

#else
HPyAPI_FUNC HPy HPyField_Load(HPyContext *ctx, HPy source_object, HPyField source_field)
{
    (void)source_object;
    return HPy_Dup(ctx, _HPy_WORD(HPy, source_field._i));
}

HPyAPI_FUNC HPy HPyGlobal_Load(HPyContext *ctx, HPyGlobal global)
{
    if (_HPy_UNLIKELY((global._i & _HPY_GLOBAL_IS_ENTRY) != 0)) {
        return _HPyGlobal_LoadEntry(global._i);
    }
    return HPy_Dup(ctx, _HPy_WORD(HPy, global._i));
}
#endif
