/* hpy/compiler.h: macros for the differences between compilers and languages. */
#pragma once

#if defined(__cplusplus)
#  define _HPy_EXTERN_C extern "C"
#else
#  define _HPy_EXTERN_C
#endif

#if defined(__GNUC__)
#  define _HPy_HIDDEN __attribute__((visibility("hidden")))
#  define _HPy_UNUSED __attribute__((unused))
#  define _HPy_NO_RETURN __attribute__((__noreturn__))
#  define _HPy_COLD __attribute__((cold, noinline))
#  define _HPy_NOINLINE __attribute__((noinline))
#  define _HPy_UNLIKELY(condition) __builtin_expect(!!(condition), 0)
#  define _HPy_KNOWN(condition) ((condition) ? (void)0 : __builtin_unreachable())
#  define _HPy_IS_CONSTANT(value) __builtin_constant_p(value)
#else
#  define _HPy_HIDDEN
#  define _HPy_UNUSED
#  if defined(_MSC_VER)
#    define _HPy_NO_RETURN __declspec(noreturn)
#  else
#    define _HPy_NO_RETURN
#  endif
#  define _HPy_COLD
#  if defined(_MSC_VER)
#    define _HPy_NOINLINE __declspec(noinline)
#  else
#    define _HPy_NOINLINE
#  endif
#  define _HPy_UNLIKELY(condition) (condition)
#  define _HPy_KNOWN(condition) ((void)0)
#  define _HPy_IS_CONSTANT(value) 0
#endif

/* An unused parameter. */
#define _HPy_UNUSED_ARG(name) _HPy_unused_##name _HPy_UNUSED

/* Where a file has a function that it may not use. */
#define HPyAPI_FUNC _HPy_UNUSED static inline
#define HPyAPI_INLINE_HELPER HPyAPI_FUNC
#define HPyAPI_UNUSED HPyAPI_FUNC
/* A function of the library that the extension links with; hidden, so that the extension does not export it. */
#define HPyAPI_HELPER _HPy_EXTERN_C _HPy_HIDDEN
#define HPyAPI_IMPL HPyAPI_HELPER
/* A use of CPython's own API: in the universal ABI, a call does not compile, or where the compiler cannot say so, does
   not link. */
#if defined(HPY_ABI_UNIVERSAL) && defined(__GNUC__)
#  if defined(__clang__) || __GNUC__ >= 12
#    define _HPY_FORBIDDEN(message) __attribute__((unavailable(message)))
#  else
#    define _HPY_FORBIDDEN(message) __attribute__((error(message)))
#  endif
#  define _HPY_LEGACY \
    _HPy_EXTERN_C _HPY_FORBIDDEN("Cannot use legacy functions when targeting the HPy Universal ABI")
#elif defined(HPY_ABI_UNIVERSAL)
#  define _HPY_LEGACY _HPy_EXTERN_C
#else
#  define _HPY_LEGACY
#endif

/* Fails to compile, with the message, unless the constant condition holds. C99 has no way to say the message, and needs a
   name: that of the line, or in a macro for other files one that is given. */
#if defined(__cplusplus)
#  define _HPy_STATIC_ASSERT(condition, message) static_assert(condition, message)
#  define _HPy_STATIC_ASSERT_OF(name, condition, message) static_assert(condition, message)
#elif defined(__STDC_VERSION__) && __STDC_VERSION__ >= 201112L
#  define _HPy_STATIC_ASSERT(condition, message) _Static_assert(condition, message)
#  define _HPy_STATIC_ASSERT_OF(name, condition, message) _Static_assert(condition, message)
#else
#  define _HPy_STATIC_ASSERT_OF(name, condition, message) _HPy_STATIC_ASSERT_NAMED(condition, name)
#  define _HPy_STATIC_ASSERT(condition, message) _HPy_STATIC_ASSERT_AT(condition, __LINE__)
#  define _HPy_STATIC_ASSERT_AT(condition, line) _HPy_STATIC_ASSERT_NAMED(condition, line)
#  define _HPy_STATIC_ASSERT_NAMED(condition, line) \
    typedef char _HPy_static_assert_##line[(condition) ? 1 : -1] _HPy_UNUSED
#endif

/* An aggregate of one word: a compound literal in C, which C++ does not have. */
#if defined(__cplusplus)
#  define _HPy_WORD(type, word) (type{word})
#else
#  define _HPy_WORD(type, word) ((type){word})
#endif

/* Around a definition with designated initialisers, of which some are left out: C++ before C++20 knows them as an
   extension only, and for both languages a missing one is zero. */
#if defined(__clang__) && defined(__cplusplus)
#  define _HPy_DEFINITION_BEGIN \
    _Pragma("clang diagnostic push") _Pragma("clang diagnostic ignored \"-Wunknown-warning-option\"") \
    _Pragma("clang diagnostic ignored \"-Wc++20-designator\"") _Pragma("clang diagnostic ignored \"-Wc99-designator\"") \
    _Pragma("clang diagnostic ignored \"-Wmissing-field-initializers\"") \
    _Pragma("clang diagnostic ignored \"-Wmissing-designated-field-initializers\"")
#  define _HPy_DEFINITION_END _Pragma("clang diagnostic pop")
#elif defined(__GNUC__) && defined(__cplusplus)
#  define _HPy_DEFINITION_BEGIN \
    _Pragma("GCC diagnostic push") _Pragma("GCC diagnostic ignored \"-Wpedantic\"") \
    _Pragma("GCC diagnostic ignored \"-Wmissing-field-initializers\"")
#  define _HPy_DEFINITION_END _Pragma("GCC diagnostic pop")
#else
#  define _HPy_DEFINITION_BEGIN
#  define _HPy_DEFINITION_END
#endif

/* A function of any type as one of another type: the type in between is that of no function in particular. */
#define _HPy_FUNCTION(type, function) ((type)(void (*)(void))(function))
