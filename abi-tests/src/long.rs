// abi-tests/src/long.rs: integers: every C type to Python and back.

use crate::support::int;
use hpy_sys::*;

functions! {
    LONG(ctx) {
        from_int32(h) => HPyLong_FromInt32_t(ctx, int(ctx, h) as i32);
        from_uint32(h) => HPyLong_FromUInt32_t(ctx, int(ctx, h) as u32);
        from_int64(h) => HPyLong_FromInt64_t(ctx, int(ctx, h));
        from_uint64(h) => HPyLong_FromUInt64_t(ctx, int(ctx, h) as u64);
        from_size(h) => HPyLong_FromSize_t(ctx, int(ctx, h) as usize);
        from_ssize(h) => HPyLong_FromSsize_t(ctx, int(ctx, h) as isize);
        as_int32(h) => HPyLong_AsInt32_t(ctx, h);
        as_uint32(h) => HPyLong_AsUInt32_t(ctx, h);
        as_uint32_mask(h) => HPyLong_AsUInt32_tMask(ctx, h);
        as_int64(h) => HPyLong_AsInt64_t(ctx, h);
        as_uint64(h) => HPyLong_AsUInt64_t(ctx, h);
        as_uint64_mask(h) => HPyLong_AsUInt64_tMask(ctx, h);
        as_size(h) => HPyLong_AsSize_t(ctx, h);
        as_ssize(h) => HPyLong_AsSsize_t(ctx, h);
        as_double(h) => HPyLong_AsDouble(ctx, h);
        as_void_ptr(h) => {
            let pointer = HPyLong_AsVoidPtr(ctx, h);
            if HPyErr_Occurred(ctx) != 0 {
                assert!(pointer.is_null());
                return HPy_NULL;
            }
            pointer.addr()
        };
    }
}

HPy_MODINIT!(long, LONG);
