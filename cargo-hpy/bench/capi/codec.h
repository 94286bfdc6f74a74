/* capi/codec.h: the tags of codec.c's format.
 *
 * A value is a tag and its content. A count, of bytes, of items or of pairs, is seven bits a byte, the lowest first, of which all but
 * the last have the bit 0x80. An integer is such a count of 64 bits, with its sign in the lowest bit. */
#pragma once

enum { TAG_NONE = 'N', TAG_INT = 'I', TAG_TEXT = 'T', TAG_BYTES = 'B', TAG_LIST = 'L', TAG_DICT = 'D' };
/* A count of 64 bits has no more bytes. */
enum { COUNT_MAX = 10 };
