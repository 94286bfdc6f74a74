/* hpy/native/fields.h: references from the struct of an object. */
#pragma once

#include "hpy/native/handles.h"
#include "hpy/native/target.h"

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

#else
HPyAPI_FUNC HPy HPyField_Load(HPyContext *ctx, HPy source_object, HPyField source_field)
{
    (void)source_object;
    return HPy_Dup(ctx, _HPy_WORD(HPy, source_field._i));
}
#endif
