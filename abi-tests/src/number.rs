// abi-tests/src/number.rs: the number protocol: each call under the name of its CPython twin's operation.

use crate::support::or_null;
use hpy_sys::*;

functions! {
    NUMBER(ctx) {
        check(h) => HPyNumber_Check(ctx, h);
        add(a, b) => HPy_Add(ctx, a, b);
        subtract(a, b) => HPy_Subtract(ctx, a, b);
        multiply(a, b) => HPy_Multiply(ctx, a, b);
        matrix_multiply(a, b) => HPy_MatrixMultiply(ctx, a, b);
        floor_divide(a, b) => HPy_FloorDivide(ctx, a, b);
        true_divide(a, b) => HPy_TrueDivide(ctx, a, b);
        remainder(a, b) => HPy_Remainder(ctx, a, b);
        divmod(a, b) => HPy_Divmod(ctx, a, b);
        power(a, b, c) => HPy_Power(ctx, a, b, or_null(ctx, c));
        negative(a) => HPy_Negative(ctx, a);
        positive(a) => HPy_Positive(ctx, a);
        absolute(a) => HPy_Absolute(ctx, a);
        invert(a) => HPy_Invert(ctx, a);
        lshift(a, b) => HPy_Lshift(ctx, a, b);
        rshift(a, b) => HPy_Rshift(ctx, a, b);
        and(a, b) => HPy_And(ctx, a, b);
        xor(a, b) => HPy_Xor(ctx, a, b);
        or(a, b) => HPy_Or(ctx, a, b);
        index(a) => HPy_Index(ctx, a);
        long(a) => HPy_Long(ctx, a);
        float(a) => HPy_Float(ctx, a);
        in_place_add(a, b) => HPy_InPlaceAdd(ctx, a, b);
        in_place_subtract(a, b) => HPy_InPlaceSubtract(ctx, a, b);
        in_place_multiply(a, b) => HPy_InPlaceMultiply(ctx, a, b);
        in_place_matrix_multiply(a, b) => HPy_InPlaceMatrixMultiply(ctx, a, b);
        in_place_floor_divide(a, b) => HPy_InPlaceFloorDivide(ctx, a, b);
        in_place_true_divide(a, b) => HPy_InPlaceTrueDivide(ctx, a, b);
        in_place_remainder(a, b) => HPy_InPlaceRemainder(ctx, a, b);
        in_place_power(a, b, c) => HPy_InPlacePower(ctx, a, b, or_null(ctx, c));
        in_place_lshift(a, b) => HPy_InPlaceLshift(ctx, a, b);
        in_place_rshift(a, b) => HPy_InPlaceRshift(ctx, a, b);
        in_place_and(a, b) => HPy_InPlaceAnd(ctx, a, b);
        in_place_xor(a, b) => HPy_InPlaceXor(ctx, a, b);
        in_place_or(a, b) => HPy_InPlaceOr(ctx, a, b);
    }
}

HPy_MODINIT!(number, NUMBER);
