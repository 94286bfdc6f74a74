// abi-tests/src/float_bool.rs: floats and bools.

use hpy_sys::*;

functions! {
    FLOAT_BOOL(ctx) {
        from_double(h) => HPyFloat_FromDouble(ctx, HPyFloat_AsDouble(ctx, h));
        as_double(h) => HPyFloat_AsDouble(ctx, h);
        from_bool(h) => HPyBool_FromBool(ctx, HPy_IsTrue(ctx, h) == 1);
    }
}

HPy_MODINIT!(float_bool, FLOAT_BOOL);
