// hpy-rust/src/encode.rs: writes None, int, str, bytes, list and dict as bytes, each by its type.

use hpy_sys::*;

use crate::codec::{BYTES, COUNT_MAX, DICT, INT, LIST, NONE, TEXT};

/// An exception is set.
struct Raised;
type Result = core::result::Result<(), Raised>;

/// A tag and a count, with room for more bytes behind them.
#[inline(always)]
unsafe fn put_count(ctx: &HPyContext, to: &mut HPyBytesBuilder, tag: u8, mut count: u64, more: HPy_ssize_t) -> Result {
    unsafe {
        let start = HPyBytesBuilder_Reserve(ctx, to, (1 + COUNT_MAX) as HPy_ssize_t + more).cast::<u8>();
        if start.is_null() {
            return Err(Raised);
        }
        *start = tag;
        let mut place = start.add(1);
        while count >= 0x80 {
            *place = count as u8 | 0x80;
            place = place.add(1);
            count >>= 7;
        }
        *place = count as u8;
        HPyBytesBuilder_Advance(ctx, to, place.offset_from(start) + 1);
        Ok(())
    }
}

#[inline(always)]
unsafe fn put_bytes(ctx: &HPyContext, to: &mut HPyBytesBuilder, tag: u8, data: *const c_char, size: HPy_ssize_t) -> Result {
    unsafe {
        put_count(ctx, to, tag, size as u64, size)?;
        done(HPyBytesBuilder_Write(ctx, to, data, size))
    }
}

#[inline(always)]
fn done(status: c_int) -> Result {
    if status < 0 { Err(Raised) } else { Ok(()) }
}

unsafe fn encode_int(ctx: &HPyContext, to: &mut HPyBytesBuilder, value: HPy) -> Result {
    unsafe {
        let number = HPyLong_AsInt64_t(ctx, value);
        if number == -1 && HPyErr_Occurred(ctx) != 0 {
            return Err(Raised);
        }
        put_count(ctx, to, INT, (number << 1 ^ number >> 63) as u64, 0)
    }
}

unsafe fn encode_text(ctx: &HPyContext, to: &mut HPyBytesBuilder, value: HPy) -> Result {
    unsafe {
        let mut size = 0;
        let utf8 = HPyUnicode_AsUTF8AndSize(ctx, value, &mut size);
        if utf8.is_null() { Err(Raised) } else { put_bytes(ctx, to, TEXT, utf8, size) }
    }
}

unsafe fn encode_list(ctx: &HPyContext, to: &mut HPyBytesBuilder, list: HPy) -> Result {
    unsafe {
        let size = HPy_Length(ctx, list);
        put_count(ctx, to, LIST, size as u64, 0)?;
        for index in 0..size {
            let item = HPy_GetItem_i(ctx, list, index);
            if HPy_IsNull(item) {
                return Err(Raised);
            }
            let encoded = encode_value(ctx, to, item);
            HPy_Close(ctx, item);
            encoded?;
        }
        Ok(())
    }
}

unsafe fn encode_dict(ctx: &HPyContext, to: &mut HPyBytesBuilder, dict: HPy) -> Result {
    unsafe {
        put_count(ctx, to, DICT, HPyDict_Size(ctx, dict) as u64, 0)?;
        let (mut position, mut key, mut item) = (0, HPy_NULL, HPy_NULL);
        while HPyDict_Next(ctx, dict, &mut position, &mut key, &mut item) != 0 {
            let encoded = match encode_value(ctx, to, key) {
                Ok(()) => encode_value(ctx, to, item),
                Err(Raised) => Err(Raised),
            };
            HPy_Close(ctx, key);
            HPy_Close(ctx, item);
            encoded?;
        }
        Ok(())
    }
}

type Encode = unsafe fn(&HPyContext, &mut HPyBytesBuilder, HPy) -> Result;

unsafe fn encode_container(ctx: &HPyContext, to: &mut HPyBytesBuilder, value: HPy, contents: Encode) -> Result {
    unsafe {
        if HPy_EnterRecursiveCall(ctx, c" while a value is encoded".as_ptr()) != 0 {
            return Err(Raised);
        }
        let encoded = contents(ctx, to, value);
        HPy_LeaveRecursiveCall(ctx);
        encoded
    }
}

unsafe fn encode_value(ctx: &HPyContext, to: &mut HPyBytesBuilder, value: HPy) -> Result {
    unsafe {
        if HPyUnicode_Check(ctx, value) != 0 {
            encode_text(ctx, to, value)
        } else if HPyLong_Check(ctx, value) != 0 {
            encode_int(ctx, to, value)
        } else if HPyList_Check(ctx, value) != 0 {
            encode_container(ctx, to, value, encode_list)
        } else if HPyDict_Check(ctx, value) != 0 {
            encode_container(ctx, to, value, encode_dict)
        } else if HPyBytes_Check(ctx, value) != 0 {
            put_bytes(ctx, to, BYTES, HPyBytes_AS_STRING(ctx, value), HPyBytes_GET_SIZE(ctx, value))
        } else if HPy_Is(ctx, value, ctx.h_None) != 0 {
            put_count(ctx, to, NONE, 0, 0)
        } else {
            HPyErr_SetString(ctx, ctx.h_TypeError, c"there is a value that cannot be encoded".as_ptr());
            Err(Raised)
        }
    }
}

HPyDef_METH!(pub encode, "encode", HPyFunc_O, |ctx, _self, value| unsafe {
    let mut builder = HPyBytesBuilder_New(ctx, 256);
    match encode_value(ctx, &mut builder, value) {
        Ok(()) => HPyBytesBuilder_Build(ctx, &mut builder),
        Err(Raised) => {
            HPyBytesBuilder_Cancel(ctx, &mut builder);
            HPy_NULL
        }
    }
});
