// abi-tests/src/builders.rs: builders that grow, of which a test says the steps, each a letter and its arguments; wide integers, notes.

use core::ptr;

use crate::support::{Give, c_string, close_all, int, items};
use hpy_sys::*;

/// The bytes of a `bytes` object.
unsafe fn data<'a>(ctx: &HPyContext, h: HPy) -> &'a [u8] {
    core::slice::from_raw_parts(HPyBytes_AsString(ctx, h).cast(), HPyBytes_Size(ctx, h) as usize)
}

/// Runs the steps up to the first that fails.
unsafe fn steps(ctx: &HPyContext, h: HPy, mut step: impl FnMut(u8, &[HPy]) -> c_int) -> bool {
    let all = items(ctx, h);
    let goes = all.iter().all(|&one| {
        let parts = items(ctx, one);
        let failed = step(*c_string(ctx, parts[0]) as u8, &parts[1..]);
        close_all(ctx, parts);
        assert!((failed != 0) == (HPyErr_Occurred(ctx) != 0), "a step fails with an exception alone");
        failed == 0
    });
    close_all(ctx, all);
    goes
}

unsafe fn bytes_step(ctx: &HPyContext, builder: &mut HPyBytesBuilder, what: u8, args: &[HPy]) -> c_int {
    match what {
        b'w' => {
            let data = data(ctx, args[0]);
            HPyBytesBuilder_Write(ctx, builder, data.as_ptr().cast(), data.len() as HPy_ssize_t)
        }
        b'i' => {
            let data = data(ctx, args[0]);
            // There is more room than is used.
            let place = HPyBytesBuilder_Reserve(ctx, builder, 2 * data.len() as HPy_ssize_t);
            assert!(!place.is_null());
            ptr::copy_nonoverlapping(data.as_ptr(), place.cast(), data.len());
            HPyBytesBuilder_Advance(ctx, builder, data.len() as HPy_ssize_t);
            0
        }
        b'n' => match HPyBytesBuilder_Reserve(ctx, builder, int(ctx, args[0]) as HPy_ssize_t).is_null() {
            true => -1,
            false => 0,
        },
        b't' => {
            let (old, new) = (HPyBytesBuilder_Size(ctx, builder), int(ctx, args[0]) as HPy_ssize_t);
            let failed = HPyBytesBuilder_Resize(ctx, builder, new);
            if failed == 0 && new > old {
                let place = HPyBytesBuilder_AsString(ctx, builder);
                ptr::write_bytes(place.offset(old), b'z', (new - old) as usize);
            }
            failed
        }
        b'g' => HPyBytesBuilder_Grow(ctx, builder, int(ctx, args[0]) as HPy_ssize_t),
        _ => {
            HPyBytesBuilder_Cancel(ctx, builder);
            0
        }
    }
}

/// Copies the characters to the memory that was reserved for them.
unsafe fn in_place<T: Copy>(
    ctx: &HPyContext,
    builder: &mut HPyStrBuilder,
    from: HPy,
    reserve: unsafe fn(&HPyContext, &mut HPyStrBuilder, HPy_ssize_t) -> *mut T,
) -> c_int {
    let data = data(ctx, from);
    let count = data.len() / size_of::<T>();
    let place = reserve(ctx, builder, count as HPy_ssize_t);
    if place.is_null() {
        return -1;
    }
    ptr::copy_nonoverlapping(data.as_ptr(), place.cast(), data.len());
    HPyStrBuilder_Advance(ctx, builder, count as HPy_ssize_t);
    0
}

unsafe fn str_step(ctx: &HPyContext, builder: &mut HPyStrBuilder, what: u8, args: &[HPy]) -> c_int {
    match what {
        b'c' => HPyStrBuilder_WriteChar(ctx, builder, int(ctx, args[0]) as HPy_UCS4),
        b'u' => {
            let data = data(ctx, args[0]);
            HPyStrBuilder_WriteUTF8(ctx, builder, data.as_ptr().cast(), data.len() as HPy_ssize_t)
        }
        b'a' => {
            let data = data(ctx, args[0]);
            HPyStrBuilder_WriteASCII(ctx, builder, data.as_ptr().cast(), data.len() as HPy_ssize_t)
        }
        b's' => HPyStrBuilder_WriteStr(ctx, builder, args[0]),
        b'p' => HPyStrBuilder_WriteSubstring(
            ctx,
            builder,
            args[0],
            int(ctx, args[1]) as HPy_ssize_t,
            int(ctx, args[2]) as HPy_ssize_t,
        ),
        b'o' => HPyStrBuilder_WriteObject(ctx, builder, args[0]),
        b'r' => HPyStrBuilder_WriteRepr(ctx, builder, args[0]),
        b'A' => in_place(ctx, builder, args[0], |ctx, builder, more| HPyStrBuilder_ReserveASCII(ctx, builder, more)),
        b'1' => in_place(ctx, builder, args[0], |ctx, builder, more| HPyStrBuilder_Reserve1(ctx, builder, more)),
        b'2' => in_place(ctx, builder, args[0], |ctx, builder, more| HPyStrBuilder_Reserve2(ctx, builder, more)),
        b'4' => in_place(ctx, builder, args[0], |ctx, builder, more| HPyStrBuilder_Reserve4(ctx, builder, more)),
        b't' => {
            HPyStrBuilder_Truncate(ctx, builder, int(ctx, args[0]) as HPy_ssize_t);
            0
        }
        b'g' => HPyStrBuilder_Grow(ctx, builder, int(ctx, args[0]) as HPy_ssize_t, int(ctx, args[1]) as HPy_UCS4),
        _ => {
            HPyStrBuilder_Cancel(ctx, builder);
            0
        }
    }
}

/// A list of numbers by a typed builder, with the first ones set and the others appended.
macro_rules! numbers {
    ($ctx:ident, $list:ident, $presized:ident, $read:expr, $new:ident, $set:ident, $append:ident, $build:ident, $cancel:ident) => {{
        let (all, presized) = (items($ctx, $list), int($ctx, $presized) as usize);
        let builder = $new($ctx, presized as HPy_ssize_t);
        for (index, &item) in all.iter().enumerate() {
            let value = $read(item);
            let failed = match index < presized {
                true => $set($ctx, builder, index as HPy_ssize_t, value),
                false => $append($ctx, builder, value),
            };
            if failed != 0 {
                $cancel($ctx, builder);
                close_all($ctx, all);
                return HPy_NULL;
            }
        }
        close_all($ctx, all);
        $build($ctx, builder)
    }};
}

functions! {
    BUILDERS(ctx) {
        bytes(size, todo) => {
            let mut builder = HPyBytesBuilder_New(ctx, int(ctx, size) as HPy_ssize_t);
            match steps(ctx, todo, |what, args| bytes_step(ctx, &mut builder, what, args)) {
                true => {
                    let built = HPyBytesBuilder_Build(ctx, &mut builder);
                    assert!(HPyBytesBuilder_Size(ctx, &builder) == 0, "it is empty");
                    built
                }
                false => {
                    HPyBytesBuilder_Cancel(ctx, &mut builder);
                    HPy_NULL
                }
            }
        };
        text(size, todo) => {
            let mut builder = HPyStrBuilder_New(ctx, int(ctx, size) as HPy_ssize_t);
            match steps(ctx, todo, |what, args| str_step(ctx, &mut builder, what, args)) {
                true => {
                    let size = HPyStrBuilder_Size(ctx, &builder);
                    let built = HPyStrBuilder_Build(ctx, &mut builder);
                    assert!(HPyStrBuilder_Size(ctx, &builder) == 0, "it is empty");
                    assert!(HPy_IsNull(built) || HPy_Length(ctx, built) == size, "it has what was written");
                    built
                }
                false => {
                    HPyStrBuilder_Cancel(ctx, &mut builder);
                    HPy_NULL
                }
            }
        };
        list(h) => {
            let all = items(ctx, h);
            let builder = HPyListBuilder_New(ctx, 0);
            let appended = all.iter().all(|&item| HPyListBuilder_Append(ctx, builder, item) == 0);
            close_all(ctx, all);
            if appended {
                HPyListBuilder_Build(ctx, builder)
            } else {
                HPyListBuilder_Cancel(ctx, builder);
                HPy_NULL
            }
        };
        ints(h, presized) => {
            numbers!(ctx, h, presized, |item| int(ctx, item) as c_int, HPyListBuilder_i_New, HPyListBuilder_i_Set,
                HPyListBuilder_i_Append, HPyListBuilder_i_Build, HPyListBuilder_i_Cancel)
        };
        longs(h, presized) => {
            numbers!(ctx, h, presized, |item| int(ctx, item), HPyListBuilder_i64_New, HPyListBuilder_i64_Set,
                HPyListBuilder_i64_Append, HPyListBuilder_i64_Build, HPyListBuilder_i64_Cancel)
        };
        doubles(h, presized) => {
            numbers!(ctx, h, presized, |item| HPyFloat_AsDouble(ctx, item), HPyListBuilder_d_New, HPyListBuilder_d_Set,
                HPyListBuilder_d_Append, HPyListBuilder_d_Build, HPyListBuilder_d_Cancel)
        };
        wide(h) => {
            let mut value = 7;
            if HPyLong_AsInt128(ctx, h, &mut value) != 0 {
                return HPy_NULL;
            }
            HPyLong_FromInt128(ctx, value)
        };
        wide_unsigned(h) => {
            let mut value = 7;
            if HPyLong_AsUInt128(ctx, h, &mut value) != 0 {
                return HPy_NULL;
            }
            HPyLong_FromUInt128(ctx, value)
        };
        add_note(exc, note) => HPyException_AddNote(ctx, exc, note);
        raise_with_note(exc, note) => {
            HPyErr_SetRaisedException(ctx, exc);
            HPyErr_AddNote(ctx, c_string(ctx, note));
        };
        empty_str() => HPyUnicode_Empty(ctx);
        empty_bytes() => HPyBytes_Empty(ctx);
        view(h) => {
            let (mut kind, mut size) = (0, 0);
            let data = HPyUnicode_AsKindAndData(ctx, h, &mut kind, &mut size);
            if data.is_null() {
                return HPy_NULL;
            }
            let copy = HPyUnicode_FromKindAndData(ctx, kind, data, size);
            let (kind, size) = (kind.give(ctx), size.give(ctx));
            let parts = [copy, kind, size];
            let tuple = HPyTuple_FromArray(ctx, parts.as_ptr(), 3);
            close_all(ctx, parts.to_vec());
            tuple
        };
    }
}

HPy_MODINIT!(builders, BUILDERS);
