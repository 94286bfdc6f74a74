// abi-tests/src/object.rs: what every object can do: attributes, text, comparison, hash, truth.

use crate::support::{c_string, int, or_null};
use hpy_sys::*;

functions! {
    OBJECT(ctx) {
        get_attr(h, name) => HPy_GetAttr(ctx, h, name);
        get_attr_s(h, name) => HPy_GetAttr_s(ctx, h, c_string(ctx, name));
        has_attr(h, name) => HPy_HasAttr(ctx, h, name);
        has_attr_s(h, name) => HPy_HasAttr_s(ctx, h, c_string(ctx, name));
        set_attr(h, name, value) => HPy_SetAttr(ctx, h, name, or_null(ctx, value));
        set_attr_s(h, name, value) => HPy_SetAttr_s(ctx, h, c_string(ctx, name), or_null(ctx, value));
        repr(h) => HPy_Repr(ctx, h);
        str(h) => HPy_Str(ctx, h);
        ascii(h) => HPy_ASCII(ctx, h);
        bytes(h) => HPy_Bytes(ctx, h);
        compare(a, b, op) => HPy_RichCompare(ctx, a, b, int(ctx, op) as HPy_RichCmpOp);
        compare_bool(a, b, op) => HPy_RichCompareBool(ctx, a, b, int(ctx, op) as HPy_RichCmpOp);
        hash(h) => HPy_Hash(ctx, h);
        is_true(h) => HPy_IsTrue(ctx, h);
        dump(h) => _HPy_Dump(ctx, h);
    }
}

HPy_MODINIT!(object, OBJECT);
