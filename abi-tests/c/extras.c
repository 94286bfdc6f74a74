/* abi-tests/c/extras.c: the extras that take memory, or leave an exception. */
#define FAMILY extras
#include "support.h"

/* A list of the items that HPyDict_Next gives. */
static HPy walk(HPyContext *ctx, HPy h, int clears)
{
    HPy list = HPyList_New(ctx, 0), key = HPy_NULL, value = HPy_NULL;
    HPy_ssize_t position = 0;
    while (HPyDict_Next(ctx, h, &position, &key, &value)) {
        HPy both[2], pair;
        both[0] = key;
        both[1] = value;
        pair = HPyTuple_FromArray(ctx, both, 2);
        HPyList_Append(ctx, list, pair);
        HPy_Close(ctx, pair);
        HPy_Close(ctx, key);
        HPy_Close(ctx, value);
        if (clears) {
            HPyDict_Clear(ctx, h);
        }
    }
    assert(HPy_IsNull(key) && HPy_IsNull(value));
    return list;
}

/* The item that is borrowed, in a tuple. */
static HPy borrowed(HPyContext *ctx, HPy h, HPy index)
{
    HPy_ssize_t i = HPyLong_AsSsize_t(ctx, index);
    HPy item = HPyTuple_Check(ctx, h) ? HPyTuple_BorrowItem(ctx, h, i) : HPyList_BorrowItem(ctx, h, i);
    HPy result = HPy_IsNull(item) ? HPy_NULL : HPyTuple_Pack(ctx, 1, item);
    HPy_EndBorrow(ctx, item);
    return result;
}

/* A list of the items that HPyDict_BorrowNext gives; each value is replaced meanwhile, which no key is. */
static HPy borrowed_walk(HPyContext *ctx, HPy h)
{
    HPy list = HPyList_New(ctx, 0), key = HPy_NULL, value = HPy_NULL;
    HPy_ssize_t position = 0;
    while (HPyDict_BorrowNext(ctx, h, &position, &key, &value)) {
        HPy pair = HPyTuple_Pack(ctx, 2, key, value);
        HPyList_Append(ctx, list, pair);
        HPy_Close(ctx, pair);
        HPy_EndBorrow(ctx, value);
        HPyDict_SetItem(ctx, h, key, ctx->h_None);
        HPy_EndBorrow(ctx, key);
    }
    assert(HPy_IsNull(key) && HPy_IsNull(value));
    return list;
}

/* The type of an object, and whether that is the type of another one, or one above it. */
static HPy borrowed_type_of(HPyContext *ctx, HPy h, HPy other)
{
    HPy type = HPy_BorrowType(ctx, h), is = HPyBool_FromBool(ctx, HPy_TypeIs(ctx, other, type));
    HPy is_below = HPyBool_FromBool(ctx, HPy_TypeCheck(ctx, other, type));
    HPy result = HPyTuple_Pack(ctx, 3, type, is, is_below);
    HPy_EndBorrow(ctx, type);
    HPy_Close(ctx, is);
    HPy_Close(ctx, is_below);
    return result;
}

/* A tuple of a list and a tuple, each of the object twice. */
static HPy both_given(HPyContext *ctx, HPy h)
{
    HPyListBuilder list = HPyListBuilder_New(ctx, 2);
    HPyTupleBuilder tuple = HPyTupleBuilder_New(ctx, 2);
    HPyTupleBuilder both = HPyTupleBuilder_New(ctx, 2);
    HPy_ssize_t i;
    for (i = 0; i < 2; i++) {
        HPyListBuilder_Give(ctx, list, i, HPy_Dup(ctx, h));
        HPyTupleBuilder_Give(ctx, tuple, i, HPy_Dup(ctx, h));
    }
    HPyTupleBuilder_Give(ctx, both, 0, HPyListBuilder_Build(ctx, list));
    HPyTupleBuilder_Give(ctx, both, 1, HPyTupleBuilder_Build(ctx, tuple));
    return HPyTupleBuilder_Build(ctx, both);
}

/* A builder without memory closes what it is given. */
static void given_to_failed(HPyContext *ctx, HPy h)
{
    HPyListBuilder list = HPyListBuilder_New(ctx, HPY_SSIZE_T_MAX / 2);
    HPyTupleBuilder tuple = HPyTupleBuilder_New(ctx, HPY_SSIZE_T_MAX / 2);
    HPyListBuilder_Give(ctx, list, 0, HPy_Dup(ctx, h));
    HPyTupleBuilder_Give(ctx, tuple, 0, HPy_Dup(ctx, h));
    HPyListBuilder_Cancel(ctx, list);
    HPyTupleBuilder_Cancel(ctx, tuple);
}

HANDLE(borrowed_item, (ctx, h, index), borrowed(ctx, h, index))
HANDLE(borrowed_items, (ctx, h), borrowed_walk(ctx, h))
HANDLE(borrowed_type, (ctx, h, other), borrowed_type_of(ctx, h, other))
HANDLE(given, (ctx, h), both_given(ctx, h))
NONE(given_to_none, (ctx, h), given_to_failed(ctx, h))

static HPy bytes_of_int(HPyContext *ctx, HPy h, size_t size, bool little, bool is_signed)
{
    unsigned char data[64];
    memset(data, 0xaa, sizeof data);
    assert(size <= sizeof data);
    if (HPyLong_AsBytes(ctx, h, data, size, little, is_signed) != 0) {
        return HPy_NULL;
    }
    return HPyBytes_FromStringAndSize(ctx, (const char *)data, (HPy_ssize_t)size);
}

static HPy int_of_bytes(HPyContext *ctx, HPy h, bool little, bool is_signed)
{
    const char *data = HPyBytes_AsString(ctx, h);
    return HPyLong_FromBytes(ctx, (const unsigned char *)data, (size_t)HPyBytes_Size(ctx, h), little, is_signed);
}

static HPy int64_and_overflow(HPyContext *ctx, HPy h)
{
    int overflow = -7;
    int64_t value = HPyLong_AsInt64AndOverflow(ctx, h, &overflow);
    if (HPyErr_Occurred(ctx)) {
        return give_int64(ctx, value);
    }
    return HPy_BuildValue(ctx, "(Li)", (long long)value, overflow);
}

static int sign(HPyContext *ctx, HPy h)
{
    int found = -7;
    int failed = HPyLong_GetSign(ctx, h, &found);
    return failed ? failed : found;
}

/* What is done with the memory of an object. */
typedef HPy (*Use)(HPyContext *ctx, HPy_buffer *view, int argument);

static HPy with_buffer(HPyContext *ctx, HPy h, int flags, Use use, int argument)
{
    HPy_buffer view;
    HPy result;
    memset(&view, 0, sizeof view);
    if (HPy_GetBuffer(ctx, h, &view, flags) != 0) {
        return HPy_NULL;
    }
    result = use(ctx, &view, argument);
    HPyBuffer_Release(ctx, &view);
    /* A view that has been released is left as it is. */
    HPyBuffer_Release(ctx, &view);
    return result;
}

static HPy read_all(HPyContext *ctx, HPy_buffer *view, int argument)
{
    (void)argument;
    return HPyBytes_FromStringAndSize(ctx, (const char *)view->buf, view->len);
}

static HPy fill(HPyContext *ctx, HPy_buffer *view, int value)
{
    memset(view->buf, value, (size_t)view->len);
    return HPyLong_FromSsize_t(ctx, view->len);
}

static HPy shape(HPyContext *ctx, HPy_buffer *view, int argument)
{
    (void)argument;
    return HPy_BuildValue(ctx, "(nini)", view->itemsize, view->ndim, view->ndim > 0 ? view->shape[0] : -1,
                          view->readonly);
}

static HPy owner(HPyContext *ctx, HPy_buffer *view, int argument)
{
    (void)argument;
    return HPy_Dup(ctx, view->obj);
}

static HPy contiguous(HPyContext *ctx, HPy_buffer *view, int order)
{
    return HPyBool_FromBool(ctx, HPyBuffer_IsContiguous(ctx, view, order));
}

static HPy taken(HPyContext *ctx, HPy callable)
{
    HPy result = HPy_CallNoArgs(ctx, callable), exception;
    assert(HPy_IsNull(result));
    exception = HPyErr_GetRaisedException(ctx);
    assert(!HPyErr_Occurred(ctx) && HPy_IsNull(HPyErr_GetRaisedException(ctx)));
    return exception;
}

static void replace(HPyContext *ctx, HPy exception)
{
    HPyErr_SetString(ctx, ctx->h_KeyError, "replaced");
    HPyErr_SetRaisedException(ctx, exception);
}

/* The functions of an allocator. */
typedef struct {
    void *(*malloc)(HPyContext *ctx, size_t size);
    void *(*calloc)(HPyContext *ctx, size_t count, size_t size);
    void *(*realloc)(HPyContext *ctx, void *memory, size_t size);
    void (*free)(HPyContext *ctx, void *memory);
} Allocator;

static const Allocator PYTHONS = {HPyMem_Malloc, HPyMem_Calloc, HPyMem_Realloc, HPyMem_Free};
static const Allocator RAW = {HPyMem_RawMalloc, HPyMem_RawCalloc, HPyMem_RawRealloc, HPyMem_RawFree};

/* `size` bytes that have been in memory of the allocator, and moved. */
static HPy use_memory(HPyContext *ctx, size_t size, const Allocator *allocator)
{
    char *one = (char *)allocator->malloc(ctx, size), *zeros = (char *)allocator->calloc(ctx, size, 1);
    size_t index;
    HPy result;
    assert(size <= 100000 && one != NULL && zeros != NULL);
    memset(one, 'a', size);
    one = (char *)allocator->realloc(ctx, one, 2 * size);
    result = HPyBytes_FromStringAndSize(ctx, one, (HPy_ssize_t)size);
    for (index = 0; index < size; index++) {
        assert(zeros[index] == 0);
    }
    allocator->free(ctx, one);
    allocator->free(ctx, zeros);
    allocator->free(ctx, NULL);
    return result;
}

/* The bytes of `h`, whose number is asked for, or not. */
static HPy bytes_and_size(HPyContext *ctx, HPy h, int asks)
{
    const char *buffer = NULL;
    HPy_ssize_t size = -7;
    if (HPyBytes_AsStringAndSize(ctx, h, &buffer, asks ? &size : NULL) != 0) {
        return HPy_NULL;
    }
    return asks ? HPyBytes_FromStringAndSize(ctx, buffer, size) : HPyBytes_FromString(ctx, buffer);
}

/* What HPyMemoryView_FromMemory shows. */
static char shown[4] = {'m', 'm', 'm', 'm'};

static HPy import_capsule(HPyContext *ctx, const char *name)
{
    void *pointer = HPyCapsule_Import(ctx, name);
    return pointer == NULL ? HPy_NULL : HPyLong_FromVoidPtr(ctx, pointer);
}

static int print_raised(HPyContext *ctx, HPy callable)
{
    HPy result;
    HPyErr_Print(ctx);
    result = HPy_CallNoArgs(ctx, callable);
    assert(HPy_IsNull(result));
    HPyErr_Print(ctx);
    return HPyErr_Occurred(ctx);
}

static void fill_bytearray(HPyContext *ctx, HPy h, char value)
{
    HPy_ssize_t size = HPyByteArray_Size(ctx, h);
    char *memory = HPyByteArray_AsString(ctx, h);
    if (memory != NULL) {
        memset(memory, value, (size_t)size);
        assert(memory[size] == 0);
    }
}

static int nested(HPyContext *ctx, int64_t depth)
{
    int result;
    if (depth == 0) {
        return 0;
    }
    if (HPy_EnterRecursiveCall(ctx, " while the test goes down") != 0) {
        return -1;
    }
    result = nested(ctx, depth - 1);
    HPy_LeaveRecursiveCall(ctx);
    return result;
}

HANDLE(dict_items, (ctx, h), walk(ctx, h, 0))
HANDLE(dict_items_cleared, (ctx, h), walk(ctx, h, 1))
HANDLE(int_of_bytes, (ctx, h, little, is_signed),
       int_of_bytes(ctx, h, number(ctx, little) != 0, number(ctx, is_signed) != 0))
HANDLE(bytes_of_int, (ctx, h, size, little, is_signed),
       bytes_of_int(ctx, h, (size_t)number(ctx, size), number(ctx, little) != 0, number(ctx, is_signed) != 0))
HANDLE(int64_and_overflow, (ctx, h), int64_and_overflow(ctx, h))
INT(sign, (ctx, h), sign(ctx, h))
HANDLE(characters, (ctx, kind, h, size),
       HPyUnicode_FromKindAndData(ctx, (int)number(ctx, kind), HPyBytes_AsString(ctx, h), ssize(ctx, size)))
HANDLE(buffer_bytes, (ctx, h), with_buffer(ctx, h, HPyBUF_SIMPLE, read_all, 0))
HANDLE(buffer_fill, (ctx, h, value), with_buffer(ctx, h, HPyBUF_WRITABLE, fill, (int)number(ctx, value)))
HANDLE(buffer_shape, (ctx, h), with_buffer(ctx, h, HPyBUF_FULL_RO, shape, 0))
HANDLE(buffer_owner, (ctx, h), with_buffer(ctx, h, HPyBUF_SIMPLE, owner, 0))
HANDLE(is_contiguous, (ctx, h, order), with_buffer(ctx, h, HPyBUF_FULL_RO, contiguous, (int)number(ctx, order)))
HANDLE(raised, (ctx, callable), taken(ctx, callable))
NONE(raise, (ctx, exception), replace(ctx, or_null(ctx, exception)))
NONE(raise_none, (ctx, class), HPyErr_SetNone(ctx, class))
HANDLE(memory, (ctx, size), use_memory(ctx, (size_t)number(ctx, size), &PYTHONS))
HANDLE(raw_memory, (ctx, size), use_memory(ctx, (size_t)number(ctx, size), &RAW))
HANDLE(bytes_and_size, (ctx, h, asks), bytes_and_size(ctx, h, (int)number(ctx, asks)))
HANDLE(address, (ctx, value), HPyLong_FromVoidPtr(ctx, HPyLong_AsVoidPtr(ctx, value)))
HANDLE(view_of_memory, (ctx, writes),
       HPyMemoryView_FromMemory(ctx, shown, sizeof shown, number(ctx, writes) ? HPyBUF_WRITE : HPyBUF_READ))
HANDLE(import_capsule, (ctx, name), import_capsule(ctx, c_string(ctx, name)))
INT(print_raised, (ctx, callable), print_raised(ctx, callable))
NONE(fill_bytearray, (ctx, h, text), fill_bytearray(ctx, h, *c_string(ctx, text)))
INT(go_down, (ctx, depth), nested(ctx, number(ctx, depth)))

MODULE(
    DEF(borrowed_item), DEF(borrowed_items), DEF(borrowed_type), DEF(given), DEF(given_to_none), DEF(dict_items),
    DEF(dict_items_cleared), DEF(int_of_bytes), DEF(bytes_of_int), DEF(int64_and_overflow), DEF(sign),
    DEF(characters), DEF(buffer_bytes), DEF(buffer_fill), DEF(buffer_shape), DEF(buffer_owner), DEF(is_contiguous),
    DEF(raised), DEF(raise), DEF(raise_none), DEF(memory), DEF(raw_memory), DEF(bytes_and_size), DEF(address),
    DEF(view_of_memory), DEF(import_capsule), DEF(print_raised), DEF(fill_bytearray), DEF(go_down))
