// hpy-rust/src/decode.rs: reads what encode.rs writes.

use hpy_sys::*;

use crate::codec::{BYTES, COUNT_MAX, DICT, INT, LIST, NONE, TEXT};

struct Input<'a> {
    rest: &'a [u8],
}

#[cold]
unsafe fn truncated(ctx: &HPyContext) {
    unsafe { HPyErr_SetString(ctx, ctx.h_ValueError, c"the bytes end within a value".as_ptr()) };
}

impl<'a> Input<'a> {
    /// A count, or nothing with an exception.
    #[inline(always)]
    unsafe fn count(&mut self, ctx: &HPyContext) -> Option<u64> {
        let mut count = 0;
        for (index, &byte) in self.rest.iter().take(COUNT_MAX).enumerate() {
            count |= u64::from(byte & 0x7f) << (7 * index);
            if byte < 0x80 {
                self.rest = self.rest.get(index + 1..)?;
                return Some(count);
            }
        }
        unsafe { truncated(ctx) };
        None
    }

    /// A count of things that each have a byte at least.
    #[inline(always)]
    unsafe fn size(&mut self, ctx: &HPyContext) -> Option<usize> {
        unsafe {
            let count = self.count(ctx)?;
            if count > self.rest.len() as u64 {
                truncated(ctx);
                return None;
            }
            Some(count as usize)
        }
    }

    /// A count and as many bytes.
    #[inline(always)]
    unsafe fn bytes(&mut self, ctx: &HPyContext) -> Option<&'a [u8]> {
        let size = unsafe { self.size(ctx)? };
        let (bytes, rest) = self.rest.split_at_checked(size)?;
        self.rest = rest;
        Some(bytes)
    }
}

unsafe fn decode_list(ctx: &HPyContext, input: &mut Input) -> HPy {
    unsafe {
        let Some(size) = input.size(ctx) else { return HPy_NULL };
        let builder = HPyListBuilder_New(ctx, size as HPy_ssize_t);
        for index in 0..size {
            let item = decode_value(ctx, input);
            if HPy_IsNull(item) {
                HPyListBuilder_Cancel(ctx, builder);
                return HPy_NULL;
            }
            HPyListBuilder_Give(ctx, builder, index as HPy_ssize_t, item);
        }
        HPyListBuilder_Build(ctx, builder)
    }
}

unsafe fn decode_dict(ctx: &HPyContext, input: &mut Input) -> HPy {
    unsafe {
        let Some(size) = input.size(ctx) else { return HPy_NULL };
        let dict = HPyDict_New(ctx);
        if HPy_IsNull(dict) {
            return HPy_NULL;
        }
        for _ in 0..size {
            let key = decode_value(ctx, input);
            let item = if HPy_IsNull(key) { HPy_NULL } else { decode_value(ctx, input) };
            let failed = HPy_IsNull(item) || HPyDict_SetItem(ctx, dict, key, item) < 0;
            HPy_Close(ctx, key);
            HPy_Close(ctx, item);
            if failed {
                HPy_Close(ctx, dict);
                return HPy_NULL;
            }
        }
        dict
    }
}

unsafe fn decode_container(
    ctx: &HPyContext,
    input: &mut Input,
    contents: unsafe fn(&HPyContext, &mut Input) -> HPy,
) -> HPy {
    unsafe {
        if HPy_EnterRecursiveCall(ctx, c" while a value is decoded".as_ptr()) != 0 {
            return HPy_NULL;
        }
        let result = contents(ctx, input);
        HPy_LeaveRecursiveCall(ctx);
        result
    }
}

unsafe fn decode_value(ctx: &HPyContext, input: &mut Input) -> HPy {
    unsafe {
        let Some((&tag, rest)) = input.rest.split_first() else {
            truncated(ctx);
            return HPy_NULL;
        };
        input.rest = rest;
        match tag {
            NONE => input.size(ctx).map_or(HPy_NULL, |_| HPy_Dup(ctx, ctx.h_None)),
            INT => {
                let Some(count) = input.count(ctx) else { return HPy_NULL };
                HPyLong_FromInt64_t(ctx, (count >> 1) as i64 ^ -((count & 1) as i64))
            }
            TEXT => {
                let Some(text) = input.bytes(ctx) else { return HPy_NULL };
                HPyUnicode_DecodeUTF8(ctx, text.as_ptr().cast(), text.len() as HPy_ssize_t, core::ptr::null())
            }
            BYTES => {
                let Some(bytes) = input.bytes(ctx) else { return HPy_NULL };
                HPyBytes_FromStringAndSize(ctx, bytes.as_ptr().cast(), bytes.len() as HPy_ssize_t)
            }
            LIST => decode_container(ctx, input, decode_list),
            DICT => decode_container(ctx, input, decode_dict),
            _ => HPyErr_SetString(ctx, ctx.h_ValueError, c"there is no such tag".as_ptr()),
        }
    }
}

HPyDef_METH!(pub decode, "decode", HPyFunc_O, |ctx, _self, bytes| unsafe {
    let (mut data, mut size) = (core::ptr::null(), 0);
    if HPyBytes_AsStringAndSize(ctx, bytes, &mut data, &mut size) < 0 {
        return HPy_NULL;
    }
    decode_value(ctx, &mut Input { rest: core::slice::from_raw_parts(data.cast(), size as usize) })
});
