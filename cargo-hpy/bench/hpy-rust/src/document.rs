// hpy-rust/src/document.rs: writes a value as JSON in ASCII.

use hpy_sys::*;

/// An exception is set.
struct Raised;
type Result = core::result::Result<(), Raised>;

#[inline(always)]
unsafe fn put(ctx: &HPyContext, to: &mut HPyStrBuilder, text: &str) -> Result {
    unsafe { done(HPyStrBuilder_WriteASCII(ctx, to, text.as_ptr().cast(), text.len() as HPy_ssize_t)) }
}

#[inline(always)]
fn done(status: c_int) -> Result {
    if status < 0 { Err(Raised) } else { Ok(()) }
}

unsafe fn escape_unit(place: *mut u8, unit: u32) -> *mut u8 {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |shift: u32| DIGITS[(unit >> shift & 15) as usize];
    unsafe {
        place.cast::<[u8; 6]>().write([b'\\', b'u', digit(12), digit(8), digit(4), digit(0)]);
        place.add(6)
    }
}

#[inline(always)]
unsafe fn put_character(mut place: *mut u8, mut character: u32) -> *mut u8 {
    unsafe {
        if (0x20..0x7f).contains(&character) {
            if character == u32::from(b'"') || character == u32::from(b'\\') {
                *place = b'\\';
                place = place.add(1);
            }
            *place = character as u8;
            return place.add(1);
        }
        if character >= 0x10000 {
            character -= 0x10000;
            place = escape_unit(place, 0xd800 | character >> 10);
            character = 0xdc00 | character & 0x3ff;
        }
        escape_unit(place, character)
    }
}

unsafe fn write_text(ctx: &HPyContext, to: &mut HPyStrBuilder, text: HPy) -> Result {
    unsafe {
        let (mut kind, mut size) = (0, 0);
        let data = HPyUnicode_AsKindAndData(ctx, text, &mut kind, &mut size);
        if data.is_null() {
            return Err(Raised);
        }
        // A character becomes twelve at most.
        let start = HPyStrBuilder_ReserveASCII(ctx, to, 12 * size + 2).cast::<u8>();
        if start.is_null() {
            return Err(Raised);
        }
        *start = b'"';
        let mut place = start.add(1);
        for index in 0..size {
            let character = match kind {
                1 => u32::from(*data.cast::<u8>().offset(index)),
                2 => u32::from(*data.cast::<u16>().offset(index)),
                _ => *data.cast::<u32>().offset(index),
            };
            place = put_character(place, character);
        }
        *place = b'"';
        HPyStrBuilder_Advance(ctx, to, place.offset_from(start) + 1);
        Ok(())
    }
}

unsafe fn write_int(ctx: &HPyContext, to: &mut HPyStrBuilder, value: HPy) -> Result {
    unsafe {
        let number = HPyLong_AsInt64_t(ctx, value);
        if number == -1 && HPyErr_Occurred(ctx) != 0 {
            return Err(Raised);
        }
        let (mut digits, mut start, mut rest) = ([0u8; 20], 20, number.unsigned_abs());
        loop {
            start -= 1;
            digits[start] = b'0' + (rest % 10) as u8;
            rest /= 10;
            if rest == 0 {
                break;
            }
        }
        if number < 0 {
            start -= 1;
            digits[start] = b'-';
        }
        put(ctx, to, core::str::from_utf8_unchecked(&digits[start..]))
    }
}

/// No Python code runs meanwhile, so nothing takes items from a container.
unsafe fn write_list(ctx: &HPyContext, to: &mut HPyStrBuilder, list: HPy) -> Result {
    unsafe {
        let size = HPyList_Size(ctx, list);
        if size == 0 {
            return put(ctx, to, "[]");
        }
        for index in 0..size {
            put(ctx, to, if index == 0 { "[" } else { "," })?;
            let item = HPyList_BorrowItem(ctx, list, index);
            if HPy_IsNull(item) {
                return Err(Raised);
            }
            let written = write_value(ctx, to, item);
            HPy_EndBorrow(ctx, item);
            written?;
        }
        put(ctx, to, "]")
    }
}

unsafe fn write_pair(ctx: &HPyContext, to: &mut HPyStrBuilder, before: &str, key: HPy, value: HPy) -> Result {
    unsafe {
        if HPyUnicode_Check(ctx, key) == 0 {
            HPyErr_SetString(ctx, ctx.h_TypeError, c"keys of a document are str".as_ptr());
            return Err(Raised);
        }
        put(ctx, to, before)?;
        write_text(ctx, to, key)?;
        put(ctx, to, ":")?;
        write_value(ctx, to, value)
    }
}

unsafe fn write_dict(ctx: &HPyContext, to: &mut HPyStrBuilder, dict: HPy) -> Result {
    unsafe {
        let (mut position, mut key, mut value, mut before) = (0, HPy_NULL, HPy_NULL, "{");
        while HPyDict_BorrowNext(ctx, dict, &mut position, &mut key, &mut value) != 0 {
            let written = write_pair(ctx, to, before, key, value);
            HPy_EndBorrow(ctx, key);
            HPy_EndBorrow(ctx, value);
            written?;
            before = ",";
        }
        put(ctx, to, if before == "{" { "{}" } else { "}" })
    }
}

type Write = unsafe fn(&HPyContext, &mut HPyStrBuilder, HPy) -> Result;

unsafe fn write_container(ctx: &HPyContext, to: &mut HPyStrBuilder, value: HPy, write: Write) -> Result {
    unsafe {
        if HPy_EnterRecursiveCall(ctx, c" while a document is written".as_ptr()) != 0 {
            return Err(Raised);
        }
        let written = write(ctx, to, value);
        HPy_LeaveRecursiveCall(ctx);
        written
    }
}

unsafe fn write_value(ctx: &HPyContext, to: &mut HPyStrBuilder, value: HPy) -> Result {
    unsafe {
        if HPyUnicode_Check(ctx, value) != 0 {
            write_text(ctx, to, value)
        } else if HPy_Is(ctx, value, ctx.h_True) != 0 {
            put(ctx, to, "true")
        } else if HPy_Is(ctx, value, ctx.h_False) != 0 {
            put(ctx, to, "false")
        } else if HPy_Is(ctx, value, ctx.h_None) != 0 {
            put(ctx, to, "null")
        } else if HPyLong_Check(ctx, value) != 0 {
            write_int(ctx, to, value)
        } else if HPyFloat_Check(ctx, value) != 0 {
            done(HPyStrBuilder_WriteRepr(ctx, to, value))
        } else if HPyList_Check(ctx, value) != 0 {
            write_container(ctx, to, value, write_list)
        } else if HPyDict_Check(ctx, value) != 0 {
            write_container(ctx, to, value, write_dict)
        } else {
            HPyErr_SetString(ctx, ctx.h_TypeError, c"there is a value that cannot be written".as_ptr());
            Err(Raised)
        }
    }
}

HPyDef_METH!(pub write_document, "write_document", HPyFunc_O, |ctx, _self, value| unsafe {
    let mut builder = HPyStrBuilder_New(ctx, 0);
    match write_value(ctx, &mut builder, value) {
        Ok(()) => HPyStrBuilder_Build(ctx, &mut builder),
        Err(Raised) => {
            HPyStrBuilder_Cancel(ctx, &mut builder);
            HPy_NULL
        }
    }
});
