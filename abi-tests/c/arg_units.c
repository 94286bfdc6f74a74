/* abi-tests/c/arg_units.c: the units of the argument parsers beyond HPy 0.9's. */
#define FAMILY arg_units
#include "support.h"

/* The bytes at an address, and None for none. */
static HPy bytes(HPyContext *ctx, const char *data, HPy_ssize_t size)
{
    return data == NULL ? HPy_Dup(ctx, ctx->h_None) : HPyBytes_FromStringAndSize(ctx, data, size);
}

static HPy c_text(HPyContext *ctx, const char *text)
{
    return text == NULL ? HPy_Dup(ctx, ctx->h_None) : HPyUnicode_FromString(ctx, text);
}

/* The bytes of a view, which is released. */
static HPy released(HPyContext *ctx, HPy_buffer *view)
{
    HPy result = bytes(ctx, (const char *)view->buf, view->len);
    if (!HPy_IsNull(view->obj)) {
        HPyBuffer_Release(ctx, view);
    }
    return result;
}

/* The converter of the tests: the double of an integer. */
static int twice(HPyContext *ctx, HPy h, void *address)
{
    int64_t value = HPyLong_AsInt64_t(ctx, h);
    if (value == -1 && HPyErr_Occurred(ctx)) {
        return 0;
    }
    *(int64_t *)address = 2 * value;
    return 1;
}

/* A function that parses one argument into the variables that are declared, and gives back what they got. */
#define UNIT(name, unit, variables, outputs, back) \
    HPyDef_METH(name, unit, HPyFunc_VARARGS) \
    static HPy name##_impl(HPyContext *ctx, HPy self, const HPy *args, size_t nargs) \
    { \
        variables \
        (void)self; \
        return HPyArg_Parse(ctx, NULL, args, nargs, unit ":f", outputs) ? back : HPy_NULL; \
    }

#define SIZED &data, &size
#define TWO &real, &imag
#define OF_CLASS &class, &object
#define BY_CONVERTER twice, &value
#define IN_LATIN "latin-1", &memory

UNIT(arg_units_sized_text, "s#", const char *data = NULL; HPy_ssize_t size = 0;, SIZED, bytes(ctx, data, size))
UNIT(arg_units_text_or_none, "z", const char *text = NULL;, &text, c_text(ctx, text))
UNIT(arg_units_sized_text_or_none, "z#", const char *data = NULL; HPy_ssize_t size = 0;, SIZED, bytes(ctx, data, size))
UNIT(arg_units_c_bytes, "y", const char *text = NULL;, &text, HPyBytes_FromString(ctx, text))
UNIT(arg_units_sized_bytes, "y#", const char *data = NULL; HPy_ssize_t size = 0;, SIZED, bytes(ctx, data, size))
UNIT(arg_units_text_view, "s*", HPy_buffer view;, &view, released(ctx, &view))
UNIT(arg_units_text_view_or_none, "z*", HPy_buffer view;, &view, released(ctx, &view))
UNIT(arg_units_bytes_view, "y*", HPy_buffer view;, &view, released(ctx, &view))
UNIT(arg_units_str_object, "U", HPy h = HPy_NULL;, &h, HPy_Dup(ctx, h))
UNIT(arg_units_bytes_object, "S", HPy h = HPy_NULL;, &h, HPy_Dup(ctx, h))
UNIT(arg_units_bytearray_object, "Y", HPy h = HPy_NULL;, &h, HPy_Dup(ctx, h))
UNIT(arg_units_byte, "c", char value = 0;, &value, HPyLong_FromLong(ctx, (unsigned char)value))
UNIT(arg_units_character, "C", int value = 0;, &value, HPyLong_FromLong(ctx, value))
UNIT(arg_units_complex, "D", double real = 0; double imag = 0;, TWO, HPyComplex_FromDoubles(ctx, real, imag))
UNIT(arg_units_instance, "O!", HPy class = ctx->h_LongType; HPy object = HPy_NULL;, OF_CLASS, HPy_Dup(ctx, object))
UNIT(arg_units_converted, "O&", int64_t value = 0;, BY_CONVERTER, HPyLong_FromInt64_t(ctx, value))

static HPy filled(HPyContext *ctx, HPy_buffer *view)
{
    memset(view->buf, 'w', (size_t)view->len);
    return released(ctx, view);
}

static HPy freed(HPyContext *ctx, char *memory)
{
    HPy result = HPyBytes_FromString(ctx, memory);
    HPyMem_Free(ctx, memory);
    return result;
}

UNIT(arg_units_writable, "w*", HPy_buffer view;, &view, filled(ctx, &view))
UNIT(arg_units_encoded, "es", char *memory = NULL;, IN_LATIN, freed(ctx, memory))

/* A later argument that fails, and one that is left out. */
HPyDef_METH(arg_units_then_int, "then_int", HPyFunc_KEYWORDS)
static HPy arg_units_then_int_impl(HPyContext *ctx, HPy self, const HPy *args, size_t nargs, HPy kwnames)
{
    static const char *names[] = {"view", "text", "number", NULL};
    HPy_buffer view;
    char *memory = NULL;
    long value = 0;
    (void)self;
    view.obj = HPy_NULL;
    if (!HPyArg_ParseKeywords(
            ctx, NULL, args, nargs, kwnames, "y*es|l:then_int", names, &view, NULL, &memory, &value)) {
        assert(HPy_IsNull(view.obj) && memory == NULL);
        return HPy_NULL;
    }
    HPyMem_Free(ctx, memory);
    return released(ctx, &view);
}

MODULE(DEF(sized_text), DEF(text_or_none), DEF(sized_text_or_none), DEF(c_bytes), DEF(sized_bytes), DEF(text_view),
       DEF(text_view_or_none), DEF(bytes_view), DEF(writable), DEF(str_object), DEF(bytes_object), DEF(bytearray_object),
       DEF(byte), DEF(character), DEF(complex), DEF(instance), DEF(converted), DEF(encoded), DEF(then_int))
