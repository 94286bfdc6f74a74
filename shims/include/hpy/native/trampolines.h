/* hpy/native/trampolines.h: what CPython calls for the conventions that do more than convert arguments and result. */
#pragma once

#include "hpy/native/context.h"
#include "hpy/native/convert.h"
#include "hpy/native/runtime.h"
#include "hpy/native/instance.h"
#include "hpy/native/target.h"
#include "hpy/hpyfunc.h"

/* Each trampoline comes with SYM_called, a definition's `impl`: it has the type of the implementation, and calls the
   trampoline. `_HPy_NOINLINE` keeps the trampoline out of it, and so the implementation in one place. */

/* CPython passes a second argument, which is always NULL. */
#define _HPyFunc_TRAMPOLINE_HPyFunc_NOARGS(SYM, IMPL) \
    _HPy_NOINLINE static PyObject *SYM(PyObject *self, PyObject *_HPy_UNUSED_ARG(noargs)) \
    { \
        return _h2py(IMPL(&_HPy_context, _py2h(self))); \
    } \
    _HPy_UNUSED static HPy SYM##_called(struct _HPyContext_s *_HPy_UNUSED_ARG(ctx), HPy self) \
    { \
        return _py2h(SYM(_h2py(self), NULL)); \
    } \
    _HPyFunc_OF_ARRAY_HPyFunc_NOARGS(SYM, IMPL)

/* A method may have a second function, which CPython calls where it is a function of a module: it passes no arguments
   as an array. */
#ifdef HPY_CPYTHON_NOARGS_IS_SLOW
#  define _HPyFunc_OF_ARRAY_HPyFunc_NOARGS(SYM, IMPL) \
    _HPy_UNUSED static PyObject *SYM##_array(PyObject *self, PyObject *const *_HPy_UNUSED_ARG(args), Py_ssize_t nargs) \
    { \
        if (_HPy_UNLIKELY(nargs != 0)) { \
            return _HPyErr_TakesNoArguments(self, nargs, _HPy_FUNCTION(cpy_PyCFunction, SYM##_array)); \
        } \
        return _h2py(IMPL(&_HPy_context, _py2h(self))); \
    }
#  define _HPyFunc_ARRAY_HPyFunc_NOARGS(SYM) _HPy_FUNCTION(HPyCFunction, SYM##_array)
#else
#  define _HPyFunc_OF_ARRAY_HPyFunc_NOARGS(SYM, IMPL)
#  define _HPyFunc_ARRAY_HPyFunc_NOARGS(SYM) NULL
#endif
#define _HPyFunc_ARRAY_HPyFunc_O(SYM) NULL
#define _HPyFunc_ARRAY_HPyFunc_VARARGS(SYM) NULL
#define _HPyFunc_ARRAY_HPyFunc_KEYWORDS(SYM) NULL

/* The argument is never NULL, and the compiler need not test for that. */
#define _HPyFunc_TRAMPOLINE_HPyFunc_O(SYM, IMPL) \
    _HPy_NOINLINE static PyObject *SYM(PyObject *self, PyObject *arg) \
    { \
        _HPy_KNOWN(arg != NULL); \
        return _h2py(IMPL(&_HPy_context, _py2h(self), _py2h(arg))); \
    } \
    _HPy_UNUSED static HPy SYM##_called(struct _HPyContext_s *_HPy_UNUSED_ARG(ctx), HPy self, HPy arg) \
    { \
        return _py2h(SYM(_h2py(self), _h2py(arg))); \
    }

#define _HPyFunc_TRAMPOLINE_HPyFunc_VARARGS(SYM, IMPL) \
    _HPy_NOINLINE static PyObject *SYM(PyObject *self, PyObject *const *args, Py_ssize_t nargs) \
    { \
        return _h2py(IMPL(&_HPy_context, _py2h(self), _arr_py2h(args), (size_t)nargs)); \
    } \
    _HPy_UNUSED static HPy SYM##_called(struct _HPyContext_s *_HPy_UNUSED_ARG(ctx), HPy self, const HPy *args, size_t nargs) \
    { \
        return _py2h(SYM(_h2py(self), _arr_h2py(args), (Py_ssize_t)nargs)); \
    }

/* The vectorcall protocol calls this too, with a flag in the count. */
#define _HPyFunc_TRAMPOLINE_HPyFunc_KEYWORDS(SYM, IMPL) \
    _HPy_NOINLINE static PyObject *SYM(PyObject *self, PyObject *const *args, size_t nargsf, PyObject *kwnames) \
    { \
        size_t nargs = (size_t)PyVectorcall_NARGS(nargsf); \
        return _h2py(IMPL(&_HPy_context, _py2h(self), _arr_py2h(args), nargs, _py2h(kwnames))); \
    } \
    _HPy_UNUSED static HPy SYM##_called(struct _HPyContext_s *_HPy_UNUSED_ARG(ctx), HPy self, const HPy *args, size_t nargs, HPy kwnames) \
    { \
        return _py2h(SYM(_h2py(self), _arr_h2py(args), nargs, _h2py(kwnames))); \
    }
#define _HPyFunc_CALLED_HPyFunc_KEYWORDS(SYM, IMPL) SYM##_called

/* What the vectorcall protocol calls for HPy_tp_call and a call function, and the type's tp_call: CPython limits the recursion
   in the latter alone. */
#define _HPyFunc_TRAMPOLINE_HPyFunc_CALL(SYM, IMPL) \
    static PyObject *SYM##_direct(PyObject *self, PyObject *const *args, size_t nargsf, PyObject *kwnames) \
    { \
        size_t nargs = (size_t)PyVectorcall_NARGS(nargsf); \
        return _h2py(IMPL(&_HPy_context, _py2h(self), _arr_py2h(args), nargs, _py2h(kwnames))); \
    } \
    static PyObject *SYM(PyObject *self, PyObject *const *args, size_t nargsf, PyObject *kwnames) \
    { \
        if (_HPy_UNLIKELY(_HPy_IsCallSet(self))) { \
            return _HPy_CallType(self, args, nargsf, kwnames); \
        } \
        return _HPy_LimitedCall(SYM##_direct, 1, self, args, nargsf, kwnames); \
    } \
    _HPy_UNUSED static PyObject *SYM##_tp_call(PyObject *self, PyObject *args, PyObject *kw) \
    { \
        return _HPy_TypeCall(self, args, kw, SYM, SYM##_direct); \
    } \
    _HPy_UNUSED static HPy SYM##_called(struct _HPyContext_s *_HPy_UNUSED_ARG(ctx), HPy self, const HPy *args, size_t nargs, HPy kwnames) \
    { \
        return _py2h(SYM##_direct(_h2py(self), _arr_h2py(args), nargs, _h2py(kwnames))); \
    }

/* Whether Python code has set __call__ on the type of an object. Before CPython 3.12 the vectorcall protocol goes on calling
   what it has called before. */
#ifdef HPY_CPYTHON_VECTORCALL_FOLLOWS_CALL
#  define _HPy_IsCallSet(self) 0
#  define _HPy_CallType(self, args, nargsf, kwnames) NULL
#else
#  define _HPy_IsCallSet(self) (Py_TYPE(self)->tp_call == _HPy_slot_tp_call)
#endif

/* Whether the caller, into which this is inlined, has room for a call that is neither checked nor counted. */
HPyAPI_FUNC int _HPy_HasRoom(void)
{
#if defined(HPY_CPYTHON_RECURSION_BY_STACK) && defined(HPY_CPYTHON_FREE_THREADED)
    /* Threads would wait for each other's writes. */
    return 0;
#else
    uintptr_t here;
#  if defined(__GNUC__) && defined(__x86_64__) && defined(__LP64__)
    __asm__("mov %%rsp, %0" : "=r"(here));
#  elif defined(__GNUC__) && defined(__aarch64__) && defined(__LP64__)
    __asm__("mov %0, sp" : "=r"(here));
#  elif defined(__GNUC__)
    here = (uintptr_t)__builtin_frame_address(0);
#  else
    here = (uintptr_t)&here;
#  endif
    return _HPy_frame_with_room - here < _HPY_NEAR;
#endif
}

/* Calls `function`, within the limit of recursion if `limits`: it is a constant, and is called in one place, so that it is
   inlined. */
HPyAPI_FUNC PyObject *_HPy_LimitedCall(
    vectorcallfunc function, int limits, PyObject *self, PyObject *const *args, size_t nargsf, PyObject *kwnames)
{
    if (limits && _HPy_UNLIKELY(!_HPy_HasRoom())) {
        return _HPy_CountedCall(self, args, nargsf, kwnames, function);
    }
    return function(self, args, nargsf, kwnames);
}

/* The type's tp_vectorcall, which most often is the one that is called; and its tp_new, which gets the arguments in a
   tuple, whose items are an array already. */
#define _HPyFunc_TRAMPOLINE_HPyFunc_NEWFUNC(SYM, IMPL) \
    static PyObject *SYM(PyTypeObject *type, PyObject *args, PyObject *kw); \
    static PyObject *SYM##_made(PyObject *type, PyObject *const *args, size_t nargsf, PyObject *kw) \
    { \
        HPy_ssize_t nargs = (HPy_ssize_t)(nargsf & ~(_HPY_CONSTRUCTS | PY_VECTORCALL_ARGUMENTS_OFFSET)); \
        return _h2py(IMPL(&_HPy_context, _py2h(type), _arr_py2h(args), nargs, _py2h(kw))); \
    } \
    _HPy_NOINLINE static PyObject *SYM##_direct(PyObject *type, PyObject *const *args, size_t nargsf, PyObject *kw) \
    { \
        if (_HPy_UNLIKELY(!_HPy_IsMadeBy((PyTypeObject *)type, SYM, nargsf, kw))) { \
            return _HPy_construct(type, args, nargsf, kw); \
        } \
        /* Other callers have limited the recursion. */ \
        return _HPy_LimitedCall(SYM##_made, (nargsf & _HPY_CONSTRUCTS) == 0, type, args, nargsf, kw); \
    } \
    static PyObject *SYM(PyTypeObject *type, PyObject *args, PyObject *kw) \
    { \
        PyObject *const *items = ((PyTupleObject *)args)->ob_item; \
        return SYM##_direct((PyObject *)type, items, (size_t)PyTuple_GET_SIZE(args) | _HPY_CONSTRUCTS, kw); \
    } \
    _HPy_UNUSED static HPy SYM##_called(struct _HPyContext_s *_HPy_UNUSED_ARG(ctx), HPy type, const HPy *args, HPy_ssize_t nargs, HPy kw) \
    { \
        return _py2h(SYM##_direct(_h2py(type), _arr_h2py(args), (size_t)nargs | _HPY_CONSTRUCTS, _h2py(kw))); \
    }

/* A flag in the count of arguments: it is not CPython that calls, and keyword arguments are a dictionary. */
#define _HPY_CONSTRUCTS ((size_t)1 << (8 * sizeof(size_t) - 2))

/* Whether a call of a type is one of its own tp_new alone, without keyword arguments; Python code may have put others into
   the slots. */
HPyAPI_FUNC int _HPy_IsMadeBy(PyTypeObject *type, newfunc tp_new, size_t nargsf, PyObject *kw)
{
    return (kw == NULL && type->tp_new == tp_new && type->tp_init == PyBaseObject_Type.tp_init)
        || (nargsf & _HPY_CONSTRUCTS) != 0;
}

#define _HPyFunc_TRAMPOLINE_HPyFunc_INITPROC(SYM, IMPL) \
    static int SYM(PyObject *self, PyObject *args, PyObject *kw) \
    { \
        PyObject *const *items = ((PyTupleObject *)args)->ob_item; \
        return IMPL(&_HPy_context, _py2h(self), _arr_py2h(items), PyTuple_GET_SIZE(args), _py2h(kw)); \
    }

#define _HPyFunc_TRAMPOLINE_HPyFunc_GETBUFFERPROC(SYM, IMPL) \
    _HPy_NOINLINE static int SYM(PyObject *self, Py_buffer *buffer, int flags) \
    { \
        return IMPL(&_HPy_context, _py2h(self), (HPy_buffer *)buffer, flags); \
    } \
    _HPy_UNUSED static int SYM##_called(struct _HPyContext_s *_HPy_UNUSED_ARG(ctx), HPy self, HPy_buffer *buffer, int flags) \
    { \
        return SYM(_h2py(self), (Py_buffer *)buffer, flags); \
    }

#define _HPyFunc_TRAMPOLINE_HPyFunc_RELEASEBUFFERPROC(SYM, IMPL) \
    _HPy_NOINLINE static void SYM(PyObject *self, Py_buffer *buffer) \
    { \
        IMPL(&_HPy_context, _py2h(self), (HPy_buffer *)buffer); \
    } \
    _HPy_UNUSED static void SYM##_called(struct _HPyContext_s *_HPy_UNUSED_ARG(ctx), HPy self, HPy_buffer *buffer) \
    { \
        SYM(_h2py(self), (Py_buffer *)buffer); \
    }

/* The tp_traverse of types whose instances are nothing but their struct, and of those below them: another type's instance
   is the library's to visit. */
#define _HPyFunc_TRAMPOLINE_HPyFunc_TRAVERSEPROC(SYM, IMPL) \
    static int SYM(PyObject *object, visitproc visit, void *arg) \
    { \
        PyTypeObject *type = Py_TYPE(object); \
        _HPyVisitor visitor = {visit, arg}; \
        int result; \
        if (_HPy_UNLIKELY(type->tp_traverse != SYM)) { \
            return _HPy_traverse(object, visit, arg); \
        } \
        result = IMPL(_HPY_STRUCT_OF(object), _HPy_VisitField, &visitor); \
        return result != 0 ? result : visit((PyObject *)type, arg); \
    } \
    _HPyFunc_DEALLOC_FIELDS(SYM##_dealloc, IMPL, _HPY_NOT_OTHERS, _HPY_DESTROYS_NOTHING) \
    _HPyFunc_DEALLOC_FIELDS(SYM##_dealloc_destroy, IMPL, _HPY_OTHERS, _HPY_DESTROYS)

/* The tp_dealloc of types that the garbage collector tracks and whose instances are nothing but a struct. CPython calls it
   for types below one, too: it frees this type's part, and the object. The library does the same for an instance with a
   finalizer, and where calls nest deeply. */
#define _HPyFunc_DEALLOC_FIELDS(SYM, IMPL, IS_OTHER, DESTROY) \
    _HPy_UNUSED static void SYM(PyObject *object) \
    { \
        PyTypeObject *type = Py_TYPE(object); \
        int depth = _HPY_DEALLOC_DEPTH; \
        if (_HPy_UNLIKELY(type->tp_finalize != NULL) || _HPy_UNLIKELY(_HPY_IS_DEEP(depth)) IS_OTHER(type, SYM)) { \
            _HPy_dealloc(object); \
            return; \
        } \
        PyObject_GC_UnTrack(object); \
        _HPY_SET_DEALLOC_DEPTH(depth + 1); \
        (void)IMPL(_HPY_STRUCT_OF(object), _HPy_ClearField, NULL); \
        _HPY_SET_DEALLOC_DEPTH(depth); \
        DESTROY(type, object) \
        type->tp_free(object); \
        Py_DECREF(type); \
    }
#define _HPY_NOT_OTHERS(type, SYM)
#define _HPY_DESTROYS_NOTHING(type, object)
/* HPy_tp_destroy stands in the record of the type, at a fixed distance before the members. */
#define _HPY_OTHERS(type, SYM) || _HPy_UNLIKELY((type)->tp_dealloc != SYM)
#define _HPY_DESTROYS(type, object) \
    ((void (*const *)(void *))(const void *)(type)->tp_members)[_HPY_DESTROY_OF_RECORD](_HPY_STRUCT_OF(object));
#define _HPY_DESTROY_OF_RECORD (-3)

/* From CPython 3.14 on, CPython limits the recursion of deallocators. */
#ifdef HPY_CPYTHON_DEALLOCS_NEST
#  define _HPY_DEALLOC_DEPTH _HPy_dealloc_depth
#  define _HPY_IS_DEEP(depth) ((depth) >= _HPY_DEEPEST_DEALLOC)
#  define _HPY_SET_DEALLOC_DEPTH(depth) (void)(_HPy_dealloc_depth = (depth))
#else
#  define _HPY_DEALLOC_DEPTH 0
#  define _HPY_IS_DEEP(depth) ((void)(depth), 0)
#  define _HPY_SET_DEALLOC_DEPTH(depth) (void)0
#endif

/* Clears a field of an instance that goes. */
HPyAPI_FUNC int _HPy_ClearField(HPyField *field, void *_HPy_UNUSED_ARG(none))
{
    PyObject *object = (PyObject *)field->_i;
    if (object != NULL) {
        field->_i = 0;
        Py_DECREF(object);
    }
    return 0;
}

/* What a traverse function's fields are visited with: CPython's visitor and its argument. The library has the same. */
typedef struct { visitproc visit; void *arg; } _HPyVisitor;

HPyAPI_FUNC int _HPy_VisitField(HPyField *field, void *visitor)
{
    const _HPyVisitor *cpython = (const _HPyVisitor *)visitor;
    return cpython->visit((PyObject *)field->_i, cpython->arg);
}

/* The library's own tp_dealloc calls the first one, with the struct of the object. The second one is the tp_dealloc of types
   that the garbage collector does not track and whose instances are nothing but a struct without fields. */
#define _HPyFunc_TRAMPOLINE_HPyFunc_DESTROYFUNC(SYM, IMPL) \
    static void SYM(void *object) \
    { \
        IMPL(object); \
    } \
    _HPy_UNUSED static void SYM##_dealloc(PyObject *object) \
    { \
        PyTypeObject *type = Py_TYPE(object); \
        if (_HPy_UNLIKELY(type->tp_finalize != NULL)) { \
            _HPy_dealloc(object); \
            return; \
        } \
        IMPL(_HPY_STRUCT_OF(object)); \
        type->tp_free(object); \
        Py_DECREF(type); \
    }

#define HPyCapsule_DESTRUCTOR_TRAMPOLINE(SYM, IMPL) \
    static void SYM(PyObject *capsule) \
    { \
        const char *name = PyCapsule_GetName(capsule); \
        IMPL(name, PyCapsule_GetPointer(capsule, name), PyCapsule_GetContext(capsule)); \
    }

/* A module object is refused: it would lack what CPython keeps in modules that it makes itself. */
#define _HPyFunc_TRAMPOLINE_HPyFunc_MOD_CREATE(SYM, IMPL) \
    _HPy_NOINLINE static PyObject *SYM(PyObject *spec, PyModuleDef *_HPy_UNUSED_ARG(definition)) \
    { \
        return _HPyModule_Created(_h2py(IMPL(&_HPy_context, _py2h(spec)))); \
    } \
    _HPy_UNUSED static HPy SYM##_called(struct _HPyContext_s *_HPy_UNUSED_ARG(ctx), HPy spec) \
    { \
        return _py2h(SYM(_h2py(spec), NULL)); \
    }

HPyAPI_FUNC PyObject *_HPyModule_Created(PyObject *module)
{
    if (module == NULL || !PyModule_Check(module)) {
        return module;
    }
    Py_DECREF(module);
    PyErr_SetString(
        PyExc_SystemError,
        "HPy_mod_create slot returned a builtin module object. This is currently not supported.");
    return NULL;
}
