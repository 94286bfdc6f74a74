// abi-tests/src/bytes.rs: the memory of bytes objects.

use core::ffi::CStr;

use hpy_sys::*;

functions! {
    BYTES(ctx) {
        sum(h) => {
            let data = HPyBytes_AsString(ctx, h);
            if data.is_null() {
                return HPy_NULL;
            }
            let length = HPyBytes_Size(ctx, h) as usize;
            let all = core::slice::from_raw_parts(data.cast::<u8>(), length + 1);
            assert!(all[length] == 0);
            // Where a debug context makes a copy for each, they have the same content.
            assert!(all == core::slice::from_raw_parts(HPyBytes_AS_STRING(ctx, h).cast::<u8>(), length + 1));
            CStr::from_ptr(data).to_bytes().iter().map(|&byte| byte as i64).sum::<i64>()
        };
    }
}

HPy_MODINIT!(bytes, BYTES);
