/* abi-tests/c/capsule.c: capsules: their pointer, name, context and destructor. */
#define FAMILY capsule
#include "support.h"

/* The names of capsules outlive them. */
static const char *name_of(int64_t index)
{
    return index == 0 ? "some" : index == 1 ? "other" : index == 3 ? "hpy_capsules.inner.own" : NULL;
}

/* How often a destructor was called, and what with at last: name is NULL, pointer, context. */
static size_t seen[4];

HPyCapsule_DESTRUCTOR(note)
static void note_impl(const char *name, void *pointer, void *context)
{
    seen[0]++;
    seen[1] = name == NULL;
    seen[2] = (size_t)(uintptr_t)pointer;
    seen[3] = (size_t)(uintptr_t)context;
}

static HPyCapsule_Destructor without_function = {NULL, NULL};

static HPyCapsule_Destructor *end_of(int64_t index)
{
    return index == 0 ? NULL : index == 1 ? &note : &without_function;
}

static void *pointer_of(HPyContext *ctx, HPy h)
{
    return (void *)(uintptr_t)number(ctx, h);
}

/* An address as an int; NULL is an error if there is one. */
static HPy address(HPyContext *ctx, const void *pointer)
{
    return pointer == NULL && HPyErr_Occurred(ctx) ? HPy_NULL : give_size(ctx, (size_t)(uintptr_t)pointer);
}

HANDLE(
    new, (ctx, p, name, end),
    HPyCapsule_New(ctx, pointer_of(ctx, p), name_of(number(ctx, name)), end_of(number(ctx, end))))
HANDLE(get_pointer, (ctx, h, name), address(ctx, HPyCapsule_GetPointer(ctx, h, name_of(number(ctx, name)))))
HANDLE(get_pointer_by_text, (ctx, h, name), address(ctx, HPyCapsule_GetPointer(ctx, h, c_string(ctx, name))))
STRING(get_name, (ctx, h), HPyCapsule_GetName(ctx, h))
HANDLE(get_context, (ctx, h), address(ctx, HPyCapsule_GetContext(ctx, h)))
INT(set_pointer, (ctx, h, p), HPyCapsule_SetPointer(ctx, h, pointer_of(ctx, p)))
INT(set_name, (ctx, h, name), HPyCapsule_SetName(ctx, h, name_of(number(ctx, name))))
INT(set_context, (ctx, h, p), HPyCapsule_SetContext(ctx, h, pointer_of(ctx, p)))
INT(set_destructor, (ctx, h, end), HPyCapsule_SetDestructor(ctx, h, end_of(number(ctx, end))))
HANDLE(
    seen, (ctx),
    HPy_BuildValue(
        ctx, "nnnn", (HPy_ssize_t)seen[0], (HPy_ssize_t)seen[1], (HPy_ssize_t)seen[2], (HPy_ssize_t)seen[3]))

MODULE(
    DEF(new), DEF(get_pointer), DEF(get_pointer_by_text), DEF(get_name), DEF(get_context), DEF(set_pointer),
    DEF(set_name), DEF(set_context), DEF(set_destructor), DEF(seen))
