// abi-tests/src/unicode.rs: strings from wide characters, and the memory of their UTF-8.

use crate::support::{Give, int};
use hpy_sys::*;

functions! {
    UNICODE(ctx) {
        as_utf8_without_size(h) => {
            let text = HPyUnicode_AsUTF8AndSize(ctx, h, core::ptr::null_mut());
            if text.is_null() {
                return HPy_NULL;
            }
            HPyBytes_FromString(ctx, text)
        };
        from_wide(h, size) => {
            let text = crate::support::string(ctx, h);
            let wide: Vec<wchar_t> = text.chars().map(|c| c as u32 as wchar_t).chain([0]).collect();
            HPyUnicode_FromWideChar(ctx, wide.as_ptr(), int(ctx, size) as HPy_ssize_t)
        };
        utf8_is_kept(h) => {
            let first = HPyUnicode_AsUTF8AndSize(ctx, h, core::ptr::null_mut());
            (first == HPyUnicode_AsUTF8AndSize(ctx, h, core::ptr::null_mut())).give(ctx)
        };
    }
}

HPy_MODINIT!(unicode, UNICODE);
