/* abi-tests/c/buffer.c: an object that exports its memory: one view at a time. */
#define FAMILY buffer
#include "support.h"

typedef struct {
    unsigned char bytes[6];
    bool exported;
    long exports;
    long releases;
    HPy_ssize_t shape[2];
    HPy_ssize_t strides[2];
} Block;

HPyType_HELPERS(Block)

HPyDef_SLOT(buffer_new, HPy_tp_new)
static HPy buffer_new_impl(HPyContext *ctx, HPy class, const HPy *args, HPy_ssize_t nargs, HPy kw)
{
    Block *block;
    HPy h = HPy_New(ctx, class, &block);
    HPy_ssize_t index;
    (void)kw;
    if (!HPy_IsNull(h)) {
        for (index = 0; index < nargs; index++) {
            block->bytes[index] = (unsigned char)number(ctx, args[index]);
        }
        block->shape[0] = 2;
        block->shape[1] = block->strides[0] = 3;
        block->strides[1] = 1;
    }
    return h;
}

static int refuse(HPyContext *ctx, HPy_buffer *buffer, const char *text)
{
    buffer->obj = HPy_NULL;
    HPyErr_SetString(ctx, ctx->h_BufferError, text);
    return -1;
}

/* The flags of a consumer: CPython's PyBUF_WRITABLE, PyBUF_FORMAT and PyBUF_ND. */
enum { WRITABLE = 0x1, FORMAT = 0x4, ND = 0x8 };

static int export(HPyContext *ctx, HPy self, HPy_buffer *buffer, int flags, int readonly)
{
    static char format[] = "B";
    Block *block = Block_AsStruct(ctx, self);
    if (block->exported) {
        return refuse(ctx, buffer, "it is exported already");
    }
    if (readonly && (flags & WRITABLE)) {
        return refuse(ctx, buffer, "it is not writable");
    }
    buffer->buf = block->bytes;
    buffer->obj = HPy_Dup(ctx, self);
    buffer->len = (HPy_ssize_t)sizeof block->bytes;
    buffer->itemsize = 1;
    buffer->readonly = readonly;
    buffer->ndim = 2;
    buffer->format = flags & FORMAT ? format : NULL;
    buffer->shape = flags & ND ? block->shape : NULL;
    buffer->strides = flags & ND ? block->strides : NULL;
    buffer->suboffsets = NULL;
    buffer->internal = &block->exports;
    block->exported = true;
    block->exports++;
    return 0;
}

HPyDef_SLOT(buffer_get, HPy_bf_getbuffer)
static int buffer_get_impl(HPyContext *ctx, HPy self, HPy_buffer *buffer, int flags)
{
    return export(ctx, self, buffer, flags, 0);
}

HPyDef_SLOT(buffer_get_readonly, HPy_bf_getbuffer)
static int buffer_get_readonly_impl(HPyContext *ctx, HPy self, HPy_buffer *buffer, int flags)
{
    return export(ctx, self, buffer, flags, 1);
}

HPyDef_SLOT(buffer_release, HPy_bf_releasebuffer)
static void buffer_release_impl(HPyContext *ctx, HPy self, HPy_buffer *buffer)
{
    Block *block = Block_AsStruct(ctx, self);
    /* It is the buffer that was given out. */
    assert(buffer->internal == &block->exports);
    block->exported = false;
    block->releases++;
}

HPyDef_SLOT(buffer_release_as_100, HPy_bf_releasebuffer)
static void buffer_release_as_100_impl(HPyContext *ctx, HPy self, HPy_buffer *buffer)
{
    Block *block = Block_AsStruct(ctx, self);
    (void)buffer;
    block->exported = false;
    block->releases += 100;
}

HPyDef_METH(buffer_counts, "counts", HPyFunc_NOARGS)
static HPy buffer_counts_impl(HPyContext *ctx, HPy self)
{
    Block *block = Block_AsStruct(ctx, self);
    return HPy_BuildValue(ctx, "ll", block->exports, block->releases);
}

TYPE(block, "buffer.Block", sizeof(Block), HPy_TPFLAGS_DEFAULT | HPy_TPFLAGS_BASETYPE,
     DEF(new), DEF(get), DEF(release), DEF(counts))
/* It has nothing to do when a view goes. */
TYPE(only_get, "buffer.OnlyGet", sizeof(Block), HPy_TPFLAGS_DEFAULT, DEF(new), DEF(get), DEF(counts))
/* Each replaces one of the functions of `block`. */
TYPE(getting, "buffer.GetBelow", 0, HPy_TPFLAGS_DEFAULT, DEF(get_readonly))
TYPE(releasing, "buffer.ReleaseBelow", 0, HPy_TPFLAGS_DEFAULT, DEF(release_as_100))

HPyDef_SLOT(buffer_exec, HPy_mod_exec)
static int buffer_exec_impl(HPyContext *ctx, HPy module)
{
    int added = HPyHelpers_AddType(ctx, module, "Block", &block, NULL)
            && HPyHelpers_AddType(ctx, module, "OnlyGet", &only_get, NULL);
    return added ? 0 : -1;
}

HANDLE(get_below, (ctx, base), below(ctx, &getting, base))
HANDLE(release_below, (ctx, base), below(ctx, &releasing, base))

MODULE(DEF(exec), DEF(get_below), DEF(release_below))
