// hpy-rust/src/encode.rs: writes None, int, str, bytes, list and dict as bytes, each by its type.

use hpy_sys::*;

use crate::codec::{BYTES, COUNT_MAX, DICT, INT, LIST, NONE, TEXT};

/// An exception is set.
struct Raised;
type Result = core::result::Result<(), Raised>;

/// What is written, with the context.
struct Output<'a> {
    ctx: &'a HPyContext,
    builder: HPyBytesBuilder,
}

/// A tag and a count, at a place that has room.
#[inline(always)]
unsafe fn put_count(mut place: *mut u8, tag: u8, mut count: u64) -> *mut u8 {
    unsafe {
        *place = tag;
        place = place.add(1);
        while count >= 0x80 {
            *place = count as u8 | 0x80;
            place = place.add(1);
            count >>= 7;
        }
        *place = count as u8;
        place.add(1)
    }
}

/// A place with room, or an exception.
#[inline(always)]
unsafe fn reserve(to: &mut Output, size: usize) -> core::result::Result<*mut u8, Raised> {
    let place = unsafe { HPyBytesBuilder_Reserve(to.ctx, &mut to.builder, size as HPy_ssize_t) };
    if place.is_null() { Err(Raised) } else { Ok(place.cast()) }
}

#[inline(always)]
unsafe fn put(to: &mut Output, tag: u8, count: u64) -> Result {
    unsafe {
        let start = reserve(to, 1 + COUNT_MAX)?;
        HPyBytesBuilder_Advance(to.ctx, &mut to.builder, put_count(start, tag, count).offset_from(start));
        Ok(())
    }
}

#[inline(always)]
unsafe fn put_bytes(to: &mut Output, tag: u8, data: *const c_char, size: HPy_ssize_t) -> Result {
    unsafe {
        let start = reserve(to, 1 + COUNT_MAX + size as usize)?;
        let place = put_count(start, tag, size as u64);
        place.copy_from_nonoverlapping(data.cast(), size as usize);
        HPyBytesBuilder_Advance(to.ctx, &mut to.builder, place.offset_from(start) + size);
        Ok(())
    }
}

unsafe fn encode_int(to: &mut Output, value: HPy) -> Result {
    unsafe {
        let ctx = to.ctx;
        let number = HPyLong_AsInt64_t(ctx, value);
        if number == -1 && HPyErr_Occurred(ctx) != 0 {
            return Err(Raised);
        }
        put(to, INT, (number << 1 ^ number >> 63) as u64)
    }
}

unsafe fn encode_text(to: &mut Output, value: HPy) -> Result {
    unsafe {
        let ctx = to.ctx;
        let mut size = 0;
        let utf8 = HPyUnicode_AsUTF8AndSize(ctx, value, &mut size);
        if utf8.is_null() { Err(Raised) } else { put_bytes(to, TEXT, utf8, size) }
    }
}

/// No Python code runs meanwhile, so nothing takes items from a container.
unsafe fn encode_list(to: &mut Output, list: HPy) -> Result {
    unsafe {
        let ctx = to.ctx;
        let size = HPyList_Size(ctx, list);
        put(to, LIST, size as u64)?;
        for index in 0..size {
            let item = HPyList_BorrowItem(ctx, list, index);
            if HPy_IsNull(item) {
                return Err(Raised);
            }
            let encoded = encode_value(to, item);
            HPy_EndBorrow(ctx, item);
            encoded?;
        }
        Ok(())
    }
}

unsafe fn encode_dict(to: &mut Output, dict: HPy) -> Result {
    unsafe {
        let ctx = to.ctx;
        put(to, DICT, HPyDict_Size(ctx, dict) as u64)?;
        let (mut position, mut key, mut item) = (0, HPy_NULL, HPy_NULL);
        while HPyDict_BorrowNext(ctx, dict, &mut position, &mut key, &mut item) != 0 {
            let encoded = match encode_value(to, key) {
                Ok(()) => encode_value(to, item),
                Err(Raised) => Err(Raised),
            };
            HPy_EndBorrow(ctx, key);
            HPy_EndBorrow(ctx, item);
            encoded?;
        }
        Ok(())
    }
}

type Encode = unsafe fn(&mut Output, HPy) -> Result;

unsafe fn encode_container(to: &mut Output, value: HPy, contents: Encode) -> Result {
    unsafe {
        let ctx = to.ctx;
        if HPy_EnterRecursiveCall(ctx, c" while a value is encoded".as_ptr()) != 0 {
            return Err(Raised);
        }
        let encoded = contents(to, value);
        HPy_LeaveRecursiveCall(ctx);
        encoded
    }
}

unsafe fn encode_value(to: &mut Output, value: HPy) -> Result {
    unsafe {
        let ctx = to.ctx;
        if HPyUnicode_Check(ctx, value) != 0 {
            encode_text(to, value)
        } else if HPyLong_Check(ctx, value) != 0 {
            encode_int(to, value)
        } else if HPyList_Check(ctx, value) != 0 {
            encode_container(to, value, encode_list)
        } else if HPyDict_Check(ctx, value) != 0 {
            encode_container(to, value, encode_dict)
        } else if HPyBytes_Check(ctx, value) != 0 {
            put_bytes(to, BYTES, HPyBytes_AS_STRING(ctx, value), HPyBytes_GET_SIZE(ctx, value))
        } else if HPy_Is(ctx, value, ctx.h_None) != 0 {
            put(to, NONE, 0)
        } else {
            HPyErr_SetString(ctx, ctx.h_TypeError, c"there is a value that cannot be encoded".as_ptr());
            Err(Raised)
        }
    }
}

HPyDef_METH!(pub encode, "encode", HPyFunc_O, |ctx, _self, value| unsafe {
    let mut output = Output { ctx, builder: HPyBytesBuilder_New(ctx, 256) };
    match encode_value(&mut output, value) {
        Ok(()) => HPyBytesBuilder_Build(ctx, &mut output.builder),
        Err(Raised) => {
            HPyBytesBuilder_Cancel(ctx, &mut output.builder);
            HPy_NULL
        }
    }
});
