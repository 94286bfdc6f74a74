// nanobind/codec.h: the tags of the format of encode.cpp and decode.cpp.
//
// A value is a tag and its content. A count, of bytes, of items or of pairs, is seven bits a byte, the lowest first, of which all but
// the last have the bit 0x80. An integer is such a count of 64 bits, with its sign in the lowest bit.
#pragma once

enum Tag : char { NONE = 'N', INT = 'I', TEXT = 'T', BYTES = 'B', LIST = 'L', DICT = 'D' };
// A count of 64 bits has no more bytes.
constexpr int COUNT_MAX = 10;
