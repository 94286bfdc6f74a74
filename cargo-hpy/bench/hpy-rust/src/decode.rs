// hpy-rust/src/decode.rs: reads what encode.rs writes.

use hpy_sys::*;

use crate::codec::{BYTES, COUNT_MAX, DICT, INT, LIST, NONE, TEXT};

struct Input<'a> {
    ctx: &'a HPyContext,
    rest: core::slice::Iter<'a, u8>,
}

#[cold]
unsafe fn truncated(ctx: &HPyContext) {
    unsafe { HPyErr_SetString(ctx, ctx.h_ValueError, c"the bytes end within a value".as_ptr()) };
}

impl<'a> Input<'a> {
    /// A count, or nothing with an exception.
    #[inline(always)]
    unsafe fn count(&mut self) -> Option<u64> {
        let (mut count, mut shift) = (0, 0);
        while shift < 7 * COUNT_MAX {
            let Some(byte) = self.rest.next() else { break };
            count |= u64::from(byte & 0x7f) << shift;
            if *byte < 0x80 {
                return Some(count);
            }
            shift += 7;
        }
        unsafe { truncated(self.ctx) };
        None
    }

    /// A count of things that each have a byte at least.
    #[inline(always)]
    unsafe fn size(&mut self) -> Option<usize> {
        unsafe {
            let count = self.count()?;
            if count > self.rest.len() as u64 {
                truncated(self.ctx);
                return None;
            }
            Some(count as usize)
        }
    }

    /// A count and as many bytes.
    #[inline(always)]
    unsafe fn bytes(&mut self) -> Option<&'a [u8]> {
        let size = unsafe { self.size()? };
        let (bytes, rest) = self.rest.as_slice().split_at_checked(size)?;
        self.rest = rest.iter();
        Some(bytes)
    }
}

unsafe fn decode_list(input: &mut Input) -> HPy {
    unsafe {
        let ctx = input.ctx;
        let Some(size) = input.size() else { return HPy_NULL };
        let builder = HPyListBuilder_New(ctx, size as HPy_ssize_t);
        for index in 0..size {
            let item = decode_value(input);
            if HPy_IsNull(item) {
                HPyListBuilder_Cancel(ctx, builder);
                return HPy_NULL;
            }
            HPyListBuilder_Give(ctx, builder, index as HPy_ssize_t, item);
        }
        HPyListBuilder_Build(ctx, builder)
    }
}

unsafe fn decode_dict(input: &mut Input) -> HPy {
    unsafe {
        let ctx = input.ctx;
        let Some(size) = input.size() else { return HPy_NULL };
        let dict = HPyDict_New(ctx);
        if HPy_IsNull(dict) {
            return HPy_NULL;
        }
        for _ in 0..size {
            let key = decode_value(input);
            let item = if HPy_IsNull(key) { HPy_NULL } else { decode_value(input) };
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

unsafe fn decode_container(input: &mut Input, contents: unsafe fn(&mut Input) -> HPy) -> HPy {
    unsafe {
        let ctx = input.ctx;
        if HPy_EnterRecursiveCall(ctx, c" while a value is decoded".as_ptr()) != 0 {
            return HPy_NULL;
        }
        let result = contents(input);
        HPy_LeaveRecursiveCall(ctx);
        result
    }
}

unsafe fn decode_value(input: &mut Input) -> HPy {
    unsafe {
        let ctx = input.ctx;
        let Some(tag) = input.rest.next() else {
            truncated(ctx);
            return HPy_NULL;
        };
        match *tag {
            NONE => input.size().map_or(HPy_NULL, |_| HPy_Dup(ctx, ctx.h_None)),
            INT => {
                let Some(count) = input.count() else { return HPy_NULL };
                HPyLong_FromInt64_t(ctx, (count >> 1) as i64 ^ -((count & 1) as i64))
            }
            TEXT => {
                let Some(text) = input.bytes() else { return HPy_NULL };
                HPyUnicode_DecodeUTF8(ctx, text.as_ptr().cast(), text.len() as HPy_ssize_t, core::ptr::null())
            }
            BYTES => {
                let Some(bytes) = input.bytes() else { return HPy_NULL };
                HPyBytes_FromStringAndSize(ctx, bytes.as_ptr().cast(), bytes.len() as HPy_ssize_t)
            }
            LIST => decode_container(input, decode_list),
            DICT => decode_container(input, decode_dict),
            _ => HPyErr_SetString(ctx, ctx.h_ValueError, c"there is no such tag".as_ptr()),
        }
    }
}

HPyDef_METH!(pub decode, "decode", HPyFunc_O, |ctx, _self, bytes| unsafe {
    let (mut data, mut size) = (core::ptr::null(), 0);
    if HPyBytes_AsStringAndSize(ctx, bytes, &mut data, &mut size) < 0 {
        return HPy_NULL;
    }
    decode_value(&mut Input { ctx, rest: core::slice::from_raw_parts(data.cast(), size as usize).iter() })
});
