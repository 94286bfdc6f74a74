/* hpy/builders.h: what writes to builders of bytes and str, and builders of lists of C's numbers. */
#pragma once

#include "hpy/extras.h"
#include "hpy/runtime/format.h"

/* ---- bytes: HPyBytesBuilder_Build or HPyBytesBuilder_Cancel ends a builder ---- */

/* A builder with memory for `size` bytes from the first write on; it grows beyond that. */
HPyAPI_INLINE_HELPER HPyBytesBuilder HPyBytesBuilder_New(HPyContext *ctx, HPy_ssize_t size)
{
    HPyBytesBuilder builder;
    (void)ctx;
    memset(&builder, 0, sizeof builder);
    builder._capacity = size < 0 ? -1 : -1 - size;
    return builder;
}

/* The memory behind the bytes that it has, with room for `more`, until the builder is used otherwise; NULL with an exception
   set. The author writes there, and says by HPyBytesBuilder_Advance how much it was. */
HPyAPI_INLINE_HELPER char *HPyBytesBuilder_Reserve(HPyContext *ctx, HPyBytesBuilder *builder, HPy_ssize_t more)
{
    if (_HPy_UNLIKELY(more > builder->_capacity - builder->_size) && HPyBytesBuilder_Grow(ctx, builder, more) != 0) {
        return NULL;
    }
    return builder->_data + builder->_size;
}

/* Adds the `size` bytes that were written behind those that it has. */
HPyAPI_INLINE_HELPER void HPyBytesBuilder_Advance(HPyContext *ctx, HPyBytesBuilder *builder, HPy_ssize_t size)
{
    (void)ctx;
    builder->_size += size;
}

/* Writes the `size` bytes at `data`: 0, or -1 with an exception set. */
HPyAPI_INLINE_HELPER int HPyBytesBuilder_Write(
    HPyContext *ctx, HPyBytesBuilder *builder, const char *data, HPy_ssize_t size)
{
    char *place = HPyBytesBuilder_Reserve(ctx, builder, size);
    if (_HPy_UNLIKELY(place == NULL)) {
        return -1;
    }
    memcpy(place, data, (size_t)size);
    builder->_size += size;
    return 0;
}

/* Changes the number of bytes to `size`: cuts them, or adds bytes of any value. 0, or -1 with an exception set. */
HPyAPI_INLINE_HELPER int HPyBytesBuilder_Resize(HPyContext *ctx, HPyBytesBuilder *builder, HPy_ssize_t size)
{
    /* A negative size is refused as one that grows by less than nothing. */
    if ((size < 0 || size > builder->_capacity)
            && HPyBytesBuilder_Grow(ctx, builder, size < 0 ? size : size - builder->_size) != 0) {
        return -1;
    }
    builder->_size = size;
    return 0;
}

/* The number of bytes that it has. */
HPyAPI_INLINE_HELPER HPy_ssize_t HPyBytesBuilder_Size(HPyContext *ctx, const HPyBytesBuilder *builder)
{
    (void)ctx;
    return builder->_size;
}

/* The bytes that it has, which may be written to, until the builder is used otherwise. NULL if it has no memory. */
HPyAPI_INLINE_HELPER char *HPyBytesBuilder_AsString(HPyContext *ctx, HPyBytesBuilder *builder)
{
    (void)ctx;
    return builder->_data;
}

/* ---- str: HPyStrBuilder_Build or HPyStrBuilder_Cancel ends a builder; the functions that write return 0, or -1 with an
   exception set ---- */

/* A builder with memory for `size` characters from the first write on; it grows beyond that. */
HPyAPI_INLINE_HELPER HPyStrBuilder HPyStrBuilder_New(HPyContext *ctx, HPy_ssize_t size)
{
    HPyStrBuilder builder;
    (void)ctx;
    memset(&builder, 0, sizeof builder);
    builder._capacity = size < 0 ? -1 : -1 - size;
    return builder;
}

/* Stores a character that has room. */
HPyAPI_INLINE_HELPER void _HPyStrBuilder_Put(HPyStrBuilder *builder, HPy_UCS4 character)
{
    HPy_ssize_t index = builder->_size++;
    if (builder->_kind == 1) {
        ((uint8_t *)builder->_data)[index] = (uint8_t)character;
    } else if (builder->_kind == 2) {
        ((uint16_t *)builder->_data)[index] = (uint16_t)character;
    } else {
        ((HPy_UCS4 *)builder->_data)[index] = character;
    }
}

_HPy_UNUSED _HPy_COLD static int _HPyStrBuilder_GrowAndPut(HPyContext *ctx, HPyStrBuilder *builder, HPy_UCS4 character)
{
    bool is_widest = character > builder->_max;
    if (HPyStrBuilder_Grow(ctx, builder, 1, character) != 0) {
        return -1;
    }
    _HPyStrBuilder_Put(builder, character);
    if (is_widest) {
        builder->_inexact = 0;
    }
    return 0;
}

/* Writes one character: ValueError if it is no code point. */
HPyAPI_INLINE_HELPER int HPyStrBuilder_WriteChar(HPyContext *ctx, HPyStrBuilder *builder, HPy_UCS4 character)
{
    if (_HPy_UNLIKELY(character > builder->_max || builder->_size >= builder->_capacity)) {
        return _HPyStrBuilder_GrowAndPut(ctx, builder, character);
    }
    _HPyStrBuilder_Put(builder, character);
    return 0;
}

/* Writes the text of the `size` bytes at `utf8`, which are UTF-8: UnicodeDecodeError if they are not. */
HPyAPI_HELPER int HPyStrBuilder_WriteUTF8(HPyContext *ctx, HPyStrBuilder *builder, const char *utf8, HPy_ssize_t size);

/* Writes `size` characters of ASCII, and nothing else. */
HPyAPI_INLINE_HELPER int HPyStrBuilder_WriteASCII(
    HPyContext *ctx, HPyStrBuilder *builder, const char *text, HPy_ssize_t size)
{
    HPy_ssize_t index;
    if (_HPy_UNLIKELY(size > builder->_capacity - builder->_size)
            && HPyStrBuilder_Grow(ctx, builder, size, 0x7f) != 0) {
        return -1;
    }
    if (builder->_kind == 1) {
        memcpy((char *)builder->_data + builder->_size, text, (size_t)size);
        builder->_size += size;
        return 0;
    }
    for (index = 0; index < size; index++) {
        _HPyStrBuilder_Put(builder, (unsigned char)text[index]);
    }
    return 0;
}

/* Writes a str. */
HPyAPI_INLINE_HELPER int HPyStrBuilder_WriteStr(HPyContext *ctx, HPyStrBuilder *builder, HPy str)
{
    return HPyStrBuilder_WriteSubstring(ctx, builder, str, 0, HPY_SSIZE_T_MAX);
}

HPyAPI_INLINE_HELPER int _HPyStrBuilder_WriteAndClose(HPyContext *ctx, HPyStrBuilder *builder, HPy text)
{
    int failed;
    if (HPy_IsNull(text)) {
        return -1;
    }
    failed = HPyStrBuilder_WriteStr(ctx, builder, text);
    HPy_Close(ctx, text);
    return failed;
}

/* Writes str(h). */
HPyAPI_INLINE_HELPER int HPyStrBuilder_WriteObject(HPyContext *ctx, HPyStrBuilder *builder, HPy h)
{
    return _HPyStrBuilder_WriteAndClose(ctx, builder, HPy_Str(ctx, h));
}

/* Writes repr(h). */
HPyAPI_INLINE_HELPER int HPyStrBuilder_WriteRepr(HPyContext *ctx, HPyStrBuilder *builder, HPy h)
{
#ifdef HPY_ABI_CPYTHON
    if (PyFloat_CheckExact(_h2py(h))) {
        return _HPyStrBuilder_WriteFloat(ctx, builder, h);
    }
#endif
    return _HPyStrBuilder_WriteAndClose(ctx, builder, HPy_Repr(ctx, h));
}

_HPy_UNUSED _HPy_COLD static void *_HPyStrBuilder_TooWide(HPyContext *ctx, unsigned kind, unsigned wanted)
{
    HPyErr_Format(ctx, ctx->h_ValueError, "the builder has characters of %d bytes, and not of %d", (int)kind, (int)wanted);
    return NULL;
}

HPyAPI_INLINE_HELPER void *_HPyStrBuilder_Reserve(
    HPyContext *ctx, HPyStrBuilder *builder, HPy_ssize_t more, HPy_UCS4 max, unsigned kind)
{
    /* A builder with memory has room for ASCII. */
    if (_HPy_UNLIKELY((max > 0x7f && max > builder->_max) || more > builder->_capacity - builder->_size)
            && HPyStrBuilder_Grow(ctx, builder, more, max) != 0) {
        return NULL;
    }
    if (_HPy_UNLIKELY(kind != builder->_kind)) {
        return _HPyStrBuilder_TooWide(ctx, builder->_kind, kind);
    }
    return (char *)builder->_data + builder->_size * (HPy_ssize_t)kind;
}

/* The memory behind the text that it has, with room for `more` characters of a width, until the builder is used otherwise;
   NULL with an exception set, which is ValueError if the builder has wider characters already. The author writes there, and
   says by HPyStrBuilder_Advance how many characters it were. */

/* ASCII, and nothing else. */
HPyAPI_INLINE_HELPER char *HPyStrBuilder_ReserveASCII(HPyContext *ctx, HPyStrBuilder *builder, HPy_ssize_t more)
{
    return (char *)_HPyStrBuilder_Reserve(ctx, builder, more, 0x7f, 1);
}

/* Latin-1. */
HPyAPI_INLINE_HELPER uint8_t *HPyStrBuilder_Reserve1(HPyContext *ctx, HPyStrBuilder *builder, HPy_ssize_t more)
{
    return (uint8_t *)_HPyStrBuilder_Reserve(ctx, builder, more, 0xff, 1);
}

/* Up to U+FFFF. */
HPyAPI_INLINE_HELPER uint16_t *HPyStrBuilder_Reserve2(HPyContext *ctx, HPyStrBuilder *builder, HPy_ssize_t more)
{
    return (uint16_t *)_HPyStrBuilder_Reserve(ctx, builder, more, 0xffff, 2);
}

/* Any code point. */
HPyAPI_INLINE_HELPER HPy_UCS4 *HPyStrBuilder_Reserve4(HPyContext *ctx, HPyStrBuilder *builder, HPy_ssize_t more)
{
    return (HPy_UCS4 *)_HPyStrBuilder_Reserve(ctx, builder, more, 0x10ffff, 4);
}

/* Adds the `count` characters that were written behind those that it has. */
HPyAPI_INLINE_HELPER void HPyStrBuilder_Advance(HPyContext *ctx, HPyStrBuilder *builder, HPy_ssize_t count)
{
    (void)ctx;
    builder->_size += count;
}

/* The number of characters that it has. */
HPyAPI_INLINE_HELPER HPy_ssize_t HPyStrBuilder_Size(HPyContext *ctx, const HPyStrBuilder *builder)
{
    (void)ctx;
    return builder->_size;
}

/* Cuts the text to its first `size` characters; a greater number leaves it as it is. */
HPyAPI_INLINE_HELPER void HPyStrBuilder_Truncate(HPyContext *ctx, HPyStrBuilder *builder, HPy_ssize_t size)
{
    (void)ctx;
    if (size < builder->_size) {
        builder->_size = size;
        /* The widest character may be gone. */
        builder->_inexact = builder->_max > 0x7f;
    }
}

/* ---- HPyListBuilder and HPyTupleBuilder: an item that is given away ---- */

/* HPyListBuilder_Give(ctx, builder, index, item) is HPyListBuilder_Set followed by HPy_Close of the handle, in one: natively no
   count changes. HPyTupleBuilder_Give is the same for a tuple. */
#ifdef HPY_ABI_CPYTHON
#  define _HPY_GIVE(BUILDER, FIELD, SET) \
    HPyAPI_INLINE_HELPER void BUILDER##_Give(HPyContext *ctx, BUILDER builder, HPy_ssize_t index, HPy item) \
    { \
        if (builder.FIELD != 0) { \
            SET((PyObject *)builder.FIELD, index, _h2py(item)); \
        } \
        else { \
            HPy_Close(ctx, item); \
        } \
    }
#else
#  define _HPY_GIVE(BUILDER, FIELD, SET) \
    HPyAPI_INLINE_HELPER void BUILDER##_Give(HPyContext *ctx, BUILDER builder, HPy_ssize_t index, HPy item) \
    { \
        BUILDER##_Set(ctx, builder, index, item); \
        HPy_Close(ctx, item); \
    }
#endif
_HPY_GIVE(HPyListBuilder, _lst, PyList_SET_ITEM)
_HPY_GIVE(HPyTupleBuilder, _tup, PyTuple_SET_ITEM)

/* ---- lists of C's numbers: as HPyListBuilder, and Set and Append make the object: 0, or -1 with an exception set ---- */

#define _HPY_TYPED_LIST(NAME, TYPE, OBJECT) \
    typedef struct { HPyListBuilder _list; } NAME; \
    HPyAPI_INLINE_HELPER NAME NAME##_New(HPyContext *ctx, HPy_ssize_t size) \
    { \
        NAME builder; \
        builder._list = HPyListBuilder_New(ctx, size); \
        return builder; \
    } \
    HPyAPI_INLINE_HELPER int NAME##_Set(HPyContext *ctx, NAME builder, HPy_ssize_t index, TYPE value) \
    { \
        HPy item = OBJECT(ctx, value); \
        if (_HPy_UNLIKELY(HPy_IsNull(item))) { \
            return -1; \
        } \
        HPyListBuilder_Give(ctx, builder._list, index, item); \
        return 0; \
    } \
    HPyAPI_INLINE_HELPER int NAME##_Append(HPyContext *ctx, NAME builder, TYPE value) \
    { \
        HPy item = OBJECT(ctx, value); \
        int failed; \
        if (_HPy_UNLIKELY(HPy_IsNull(item))) { \
            return -1; \
        } \
        failed = HPyListBuilder_Append(ctx, builder._list, item); \
        HPy_Close(ctx, item); \
        return failed; \
    } \
    HPyAPI_INLINE_HELPER HPy NAME##_Build(HPyContext *ctx, NAME builder) \
    { \
        return HPyListBuilder_Build(ctx, builder._list); \
    } \
    HPyAPI_INLINE_HELPER void NAME##_Cancel(HPyContext *ctx, NAME builder) \
    { \
        HPyListBuilder_Cancel(ctx, builder._list); \
    }

_HPY_TYPED_LIST(HPyListBuilder_i, int, HPyLong_FromInt32_t)
_HPY_TYPED_LIST(HPyListBuilder_i64, int64_t, HPyLong_FromInt64_t)
_HPY_TYPED_LIST(HPyListBuilder_d, double, HPyFloat_FromDouble)
