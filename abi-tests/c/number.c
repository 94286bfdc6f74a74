/* abi-tests/c/number.c: the number protocol: each call under the name of its CPython twin's operation. */
#define FAMILY number
#include "support.h"

INT(check, (ctx, h), HPyNumber_Check(ctx, h))
HANDLE(add, (ctx, a, b), HPy_Add(ctx, a, b))
HANDLE(subtract, (ctx, a, b), HPy_Subtract(ctx, a, b))
HANDLE(multiply, (ctx, a, b), HPy_Multiply(ctx, a, b))
HANDLE(matrix_multiply, (ctx, a, b), HPy_MatrixMultiply(ctx, a, b))
HANDLE(floor_divide, (ctx, a, b), HPy_FloorDivide(ctx, a, b))
HANDLE(true_divide, (ctx, a, b), HPy_TrueDivide(ctx, a, b))
HANDLE(remainder, (ctx, a, b), HPy_Remainder(ctx, a, b))
HANDLE(divmod, (ctx, a, b), HPy_Divmod(ctx, a, b))
HANDLE(power, (ctx, a, b, c), HPy_Power(ctx, a, b, or_null(ctx, c)))
HANDLE(negative, (ctx, a), HPy_Negative(ctx, a))
HANDLE(positive, (ctx, a), HPy_Positive(ctx, a))
HANDLE(absolute, (ctx, a), HPy_Absolute(ctx, a))
HANDLE(invert, (ctx, a), HPy_Invert(ctx, a))
HANDLE(lshift, (ctx, a, b), HPy_Lshift(ctx, a, b))
HANDLE(rshift, (ctx, a, b), HPy_Rshift(ctx, a, b))
HANDLE(and, (ctx, a, b), HPy_And(ctx, a, b))
HANDLE(xor, (ctx, a, b), HPy_Xor(ctx, a, b))
HANDLE(or, (ctx, a, b), HPy_Or(ctx, a, b))
HANDLE(index, (ctx, a), HPy_Index(ctx, a))
HANDLE(long, (ctx, a), HPy_Long(ctx, a))
HANDLE(float, (ctx, a), HPy_Float(ctx, a))
HANDLE(in_place_add, (ctx, a, b), HPy_InPlaceAdd(ctx, a, b))
HANDLE(in_place_subtract, (ctx, a, b), HPy_InPlaceSubtract(ctx, a, b))
HANDLE(in_place_multiply, (ctx, a, b), HPy_InPlaceMultiply(ctx, a, b))
HANDLE(in_place_matrix_multiply, (ctx, a, b), HPy_InPlaceMatrixMultiply(ctx, a, b))
HANDLE(in_place_floor_divide, (ctx, a, b), HPy_InPlaceFloorDivide(ctx, a, b))
HANDLE(in_place_true_divide, (ctx, a, b), HPy_InPlaceTrueDivide(ctx, a, b))
HANDLE(in_place_remainder, (ctx, a, b), HPy_InPlaceRemainder(ctx, a, b))
HANDLE(in_place_power, (ctx, a, b, c), HPy_InPlacePower(ctx, a, b, or_null(ctx, c)))
HANDLE(in_place_lshift, (ctx, a, b), HPy_InPlaceLshift(ctx, a, b))
HANDLE(in_place_rshift, (ctx, a, b), HPy_InPlaceRshift(ctx, a, b))
HANDLE(in_place_and, (ctx, a, b), HPy_InPlaceAnd(ctx, a, b))
HANDLE(in_place_xor, (ctx, a, b), HPy_InPlaceXor(ctx, a, b))
HANDLE(in_place_or, (ctx, a, b), HPy_InPlaceOr(ctx, a, b))

MODULE(
    DEF(check), DEF(add), DEF(subtract), DEF(multiply), DEF(matrix_multiply), DEF(floor_divide), DEF(true_divide),
    DEF(remainder), DEF(divmod), DEF(power), DEF(negative), DEF(positive), DEF(absolute), DEF(invert), DEF(lshift),
    DEF(rshift), DEF(and), DEF(xor), DEF(or), DEF(index), DEF(long), DEF(float), DEF(in_place_add),
    DEF(in_place_subtract), DEF(in_place_multiply), DEF(in_place_matrix_multiply), DEF(in_place_floor_divide),
    DEF(in_place_true_divide), DEF(in_place_remainder), DEF(in_place_power), DEF(in_place_lshift),
    DEF(in_place_rshift), DEF(in_place_and), DEF(in_place_xor), DEF(in_place_or))
