// abi-tests/src/unicode.rs: strings: from and to every encoding of the API, their characters and parts.

use crate::support::{Give, c_string, int, or_null};
use hpy_sys::*;

functions! {
    UNICODE(ctx) {
        check(h) => HPyUnicode_Check(ctx, h);
        from_string(h) => HPyUnicode_FromString(ctx, c_string(ctx, h));
        as_ascii(h) => HPyUnicode_AsASCIIString(ctx, h);
        as_latin1(h) => HPyUnicode_AsLatin1String(ctx, h);
        as_utf8(h) => HPyUnicode_AsUTF8String(ctx, h);
        as_utf8_and_size(h) => {
            let mut size = -7;
            let text = HPyUnicode_AsUTF8AndSize(ctx, h, &mut size);
            if text.is_null() {
                return HPy_NULL;
            }
            HPyBytes_FromStringAndSize(ctx, text, size)
        };
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
        decode_fs(h) => HPyUnicode_DecodeFSDefault(ctx, c_string(ctx, h));
        decode_fs_and_size(h, size) => {
            HPyUnicode_DecodeFSDefaultAndSize(ctx, c_string(ctx, h), int(ctx, size) as HPy_ssize_t)
        };
        encode_fs(h) => HPyUnicode_EncodeFSDefault(ctx, h);
        read_char(h, index) => HPyUnicode_ReadChar(ctx, h, int(ctx, index) as HPy_ssize_t);
        decode_ascii(h, size, errors) => {
            HPyUnicode_DecodeASCII(ctx, c_string(ctx, h), int(ctx, size) as HPy_ssize_t, c_string(ctx, errors))
        };
        decode_latin1(h, size, errors) => {
            HPyUnicode_DecodeLatin1(ctx, c_string(ctx, h), int(ctx, size) as HPy_ssize_t, c_string(ctx, errors))
        };
        from_encoded(h, encoding, errors) => {
            let (encoding, errors) = (c_string(ctx, encoding), c_string(ctx, errors));
            HPyUnicode_FromEncodedObject(ctx, or_null(ctx, h), encoding, errors)
        };
        substring(h, start, end) => {
            HPyUnicode_Substring(ctx, h, int(ctx, start) as HPy_ssize_t, int(ctx, end) as HPy_ssize_t)
        };
        utf8_is_kept(h) => {
            let first = HPyUnicode_AsUTF8AndSize(ctx, h, core::ptr::null_mut());
            (first == HPyUnicode_AsUTF8AndSize(ctx, h, core::ptr::null_mut())).give(ctx)
        };
    }
}

HPy_MODINIT!(unicode, UNICODE);
