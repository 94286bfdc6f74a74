/* abi-tests/c/object.c: what every object can do: attributes, text, comparison, hash, truth. */
#define FAMILY object
#include "support.h"

HANDLE(get_attr, (ctx, h, name), HPy_GetAttr(ctx, h, name))
HANDLE(get_attr_s, (ctx, h, name), HPy_GetAttr_s(ctx, h, c_string(ctx, name)))
INT(has_attr, (ctx, h, name), HPy_HasAttr(ctx, h, name))
INT(has_attr_s, (ctx, h, name), HPy_HasAttr_s(ctx, h, c_string(ctx, name)))
INT(set_attr, (ctx, h, name, value), HPy_SetAttr(ctx, h, name, or_null(ctx, value)))
INT(set_attr_s, (ctx, h, name, value), HPy_SetAttr_s(ctx, h, c_string(ctx, name), or_null(ctx, value)))
HANDLE(repr, (ctx, h), HPy_Repr(ctx, h))
HANDLE(str, (ctx, h), HPy_Str(ctx, h))
HANDLE(ascii, (ctx, h), HPy_ASCII(ctx, h))
HANDLE(bytes, (ctx, h), HPy_Bytes(ctx, h))
HANDLE(compare, (ctx, a, b, op), HPy_RichCompare(ctx, a, b, (int)number(ctx, op)))
INT(compare_bool, (ctx, a, b, op), HPy_RichCompareBool(ctx, a, b, (int)number(ctx, op)))
SSIZE(hash, (ctx, h), HPy_Hash(ctx, h))
INT(is_true, (ctx, h), HPy_IsTrue(ctx, h))
NONE(dump, (ctx, h), _HPy_Dump(ctx, h))

MODULE(
    DEF(get_attr), DEF(get_attr_s), DEF(has_attr), DEF(has_attr_s), DEF(set_attr), DEF(set_attr_s), DEF(repr),
    DEF(str), DEF(ascii), DEF(bytes), DEF(compare), DEF(compare_bool), DEF(hash), DEF(is_true), DEF(dump))
