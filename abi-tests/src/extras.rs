// abi-tests/src/extras.rs: the extras that take memory, or leave an exception.

use core::ptr;
use core::sync::atomic::AtomicU8;

use crate::support::{Give, c_string, int, or_null};
use hpy_sys::*;

/// A list of the items that `HPyDict_Next` gives; `each` gets the dictionary after each of them.
unsafe fn walk(ctx: &HPyContext, h: HPy, each: impl Fn()) -> HPy {
    let list = HPyList_New(ctx, 0);
    let (mut position, mut key, mut value) = (0, HPy_NULL, HPy_NULL);
    while HPyDict_Next(ctx, h, &mut position, &mut key, &mut value) != 0 {
        let pair = HPyTuple_FromArray(ctx, [key, value].as_mut_ptr(), 2);
        HPyList_Append(ctx, list, pair);
        for h in [pair, key, value] {
            HPy_Close(ctx, h);
        }
        each();
    }
    assert!(HPy_IsNull(key) && HPy_IsNull(value), "the end gives no item");
    list
}

/// The item that is borrowed, in a tuple.
unsafe fn borrowed(ctx: &HPyContext, h: HPy, index: HPy) -> HPy {
    let index = HPyLong_AsSsize_t(ctx, index);
    let item = match HPyTuple_Check(ctx, h) {
        0 => HPyList_BorrowItem(ctx, h, index),
        _ => HPyTuple_BorrowItem(ctx, h, index),
    };
    let result = if HPy_IsNull(item) { HPy_NULL } else { HPyTuple_Pack!(ctx, item) };
    HPy_EndBorrow(ctx, item);
    result
}

/// A list of the items that `HPyDict_BorrowNext` gives; each value is replaced meanwhile, which no key is.
unsafe fn borrowed_walk(ctx: &HPyContext, h: HPy) -> HPy {
    let list = HPyList_New(ctx, 0);
    let (mut position, mut key, mut value) = (0, HPy_NULL, HPy_NULL);
    while HPyDict_BorrowNext(ctx, h, &mut position, &mut key, &mut value) != 0 {
        let pair = HPyTuple_Pack!(ctx, key, value);
        HPyList_Append(ctx, list, pair);
        HPy_Close(ctx, pair);
        HPy_EndBorrow(ctx, value);
        HPyDict_SetItem(ctx, h, key, ctx.h_None);
        HPy_EndBorrow(ctx, key);
    }
    assert!(HPy_IsNull(key) && HPy_IsNull(value), "the end gives no item");
    list
}

/// The type of an object, and whether that is the type of another one, or one above it.
unsafe fn borrowed_type_of(ctx: &HPyContext, h: HPy, other: HPy) -> HPy {
    let ty = HPy_BorrowType(ctx, h);
    let is = HPyBool_FromBool(ctx, HPy_TypeIs(ctx, other, ty) != 0);
    let is_below = HPyBool_FromBool(ctx, HPy_TypeCheck(ctx, other, ty) != 0);
    let result = HPyTuple_Pack!(ctx, ty, is, is_below);
    HPy_EndBorrow(ctx, ty);
    HPy_Close(ctx, is);
    HPy_Close(ctx, is_below);
    result
}

/// A tuple of a list and a tuple, each of the object twice.
unsafe fn both_given(ctx: &HPyContext, h: HPy) -> HPy {
    let (list, tuple) = (HPyListBuilder_New(ctx, 2), HPyTupleBuilder_New(ctx, 2));
    for index in 0..2 {
        HPyListBuilder_Give(ctx, list, index, HPy_Dup(ctx, h));
        HPyTupleBuilder_Give(ctx, tuple, index, HPy_Dup(ctx, h));
    }
    let both = HPyTupleBuilder_New(ctx, 2);
    HPyTupleBuilder_Give(ctx, both, 0, HPyListBuilder_Build(ctx, list));
    HPyTupleBuilder_Give(ctx, both, 1, HPyTupleBuilder_Build(ctx, tuple));
    HPyTupleBuilder_Build(ctx, both)
}

/// A builder without memory closes what it is given.
unsafe fn given_to_failed(ctx: &HPyContext, h: HPy) {
    let list = HPyListBuilder_New(ctx, HPy_ssize_t::MAX / 2);
    let tuple = HPyTupleBuilder_New(ctx, HPy_ssize_t::MAX / 2);
    HPyListBuilder_Give(ctx, list, 0, HPy_Dup(ctx, h));
    HPyTupleBuilder_Give(ctx, tuple, 0, HPy_Dup(ctx, h));
    HPyListBuilder_Cancel(ctx, list);
    HPyTupleBuilder_Cancel(ctx, tuple);
}

/// The bytes of a `bytes` object.
unsafe fn data<'a>(ctx: &HPyContext, h: HPy) -> &'a [u8] {
    core::slice::from_raw_parts(HPyBytes_AsString(ctx, h).cast(), HPyBytes_Size(ctx, h) as usize)
}

unsafe fn bytes(ctx: &HPyContext, data: &[u8]) -> HPy {
    HPyBytes_FromStringAndSize(ctx, data.as_ptr().cast(), data.len() as HPy_ssize_t)
}

/// Runs `then` with the memory of an object; `HPy_NULL` with an exception if it has none like that.
unsafe fn with_buffer(ctx: &HPyContext, h: HPy, flags: c_int, then: impl FnOnce(&HPy_buffer) -> HPy) -> HPy {
    let mut view: HPy_buffer = core::mem::zeroed();
    if HPy_GetBuffer(ctx, h, &mut view, flags) != 0 {
        return HPy_NULL;
    }
    let result = then(&view);
    HPyBuffer_Release(ctx, &mut view);
    // A view that has been released is left as it is.
    HPyBuffer_Release(ctx, &mut view);
    result
}

unsafe fn nested(ctx: &HPyContext, depth: i64) -> c_int {
    if depth == 0 {
        return 0;
    }
    if HPy_EnterRecursiveCall(ctx, c" while the test goes down".as_ptr()) != 0 {
        return -1;
    }
    let result = nested(ctx, depth - 1);
    HPy_LeaveRecursiveCall(ctx);
    result
}

/// The functions of an allocator.
type Allocator = (
    unsafe fn(&HPyContext, usize) -> *mut c_void,
    unsafe fn(&HPyContext, usize, usize) -> *mut c_void,
    unsafe fn(&HPyContext, *mut c_void, usize) -> *mut c_void,
    unsafe fn(&HPyContext, *mut c_void),
);

/// `size` bytes that have been in memory of the allocator, and moved.
unsafe fn use_memory(ctx: &HPyContext, size: usize, (malloc, calloc, realloc, free): Allocator) -> HPy {
    let one = malloc(ctx, size);
    assert!(!one.is_null(), "no bytes are memory too");
    ptr::write_bytes(one.cast::<u8>(), b'a', size);
    let zeros = calloc(ctx, size, 1);
    let moved = realloc(ctx, one, 2 * size);
    let result = bytes(ctx, core::slice::from_raw_parts(moved.cast(), size));
    let rest = core::slice::from_raw_parts(zeros.cast::<u8>(), size);
    assert!(rest.iter().all(|&byte| byte == 0), "the memory is zero");
    free(ctx, moved);
    free(ctx, zeros);
    free(ctx, ptr::null_mut());
    result
}

/// The bytes of `h`, whose number is asked for, or not.
unsafe fn read_bytes(ctx: &HPyContext, h: HPy, asks: bool) -> HPy {
    let (mut buffer, mut size) = (ptr::null(), -7);
    match HPyBytes_AsStringAndSize(ctx, h, &mut buffer, if asks { &mut size } else { ptr::null_mut() }) {
        0 if asks => bytes(ctx, core::slice::from_raw_parts(buffer.cast(), size as usize)),
        0 => HPyBytes_FromString(ctx, buffer),
        _ => HPy_NULL,
    }
}

/// What `HPyMemoryView_FromMemory` shows.
static MEMORY: [AtomicU8; 4] = [const { AtomicU8::new(b'm') }; 4];

functions! {
    EXTRAS(ctx) {
        borrowed_item(h, index) => borrowed(ctx, h, index);
        borrowed_items(h) => borrowed_walk(ctx, h);
        borrowed_type(h, other) => borrowed_type_of(ctx, h, other);
        given(h) => both_given(ctx, h);
        given_to_none(h) => given_to_failed(ctx, h);
        dict_items(h) => walk(ctx, h, || ());
        dict_items_cleared(h) => walk(ctx, h, || HPyDict_Clear(ctx, h));
        int_of_bytes(h, little, signed) => {
            let data = data(ctx, h);
            HPyLong_FromBytes(ctx, data.as_ptr(), data.len(), int(ctx, little) != 0, int(ctx, signed) != 0)
        };
        bytes_of_int(h, size, little, signed) => {
            let mut data = vec![0xaa; int(ctx, size) as usize];
            let (little, signed) = (int(ctx, little) != 0, int(ctx, signed) != 0);
            match HPyLong_AsBytes(ctx, h, data.as_mut_ptr(), data.len(), little, signed) {
                0 => bytes(ctx, &data),
                _ => HPy_NULL,
            }
        };
        int64_and_overflow(h) => {
            let mut overflow = -7;
            let value = HPyLong_AsInt64AndOverflow(ctx, h, &mut overflow);
            match HPyErr_Occurred(ctx) {
                0 => [value, overflow.into()].give(ctx),
                _ => value.give(ctx),
            }
        };
        sign(h) => {
            let mut found = -7;
            match HPyLong_GetSign(ctx, h, &mut found) {
                0 => found,
                failed => failed,
            }
        };
        characters(kind, h, size) => {
            HPyUnicode_FromKindAndData(ctx, int(ctx, kind) as c_int, data(ctx, h).as_ptr().cast(), int(ctx, size) as _)
        };
        buffer_bytes(h) => with_buffer(ctx, h, HPyBUF_SIMPLE, |view| {
            bytes(ctx, core::slice::from_raw_parts(view.buf.cast(), view.len as usize))
        });
        buffer_fill(h, value) => {
            let value = int(ctx, value) as u8;
            with_buffer(ctx, h, HPyBUF_WRITABLE, |view| {
                ptr::write_bytes(view.buf.cast::<u8>(), value, view.len as usize);
                HPyLong_FromSsize_t(ctx, view.len)
            })
        };
        buffer_shape(h) => with_buffer(ctx, h, HPyBUF_FULL_RO, |view| {
            let first = if view.ndim > 0 { *view.shape } else { -1 };
            [view.itemsize, view.ndim as HPy_ssize_t, first, view.readonly as HPy_ssize_t].give(ctx)
        });
        buffer_owner(h) => with_buffer(ctx, h, HPyBUF_SIMPLE, |view| HPy_Dup(ctx, view.obj));
        is_contiguous(h, order) => {
            let order = int(ctx, order) as c_int;
            with_buffer(ctx, h, HPyBUF_FULL_RO, |view| {
                HPyBool_FromBool(ctx, HPyBuffer_IsContiguous(ctx, ptr::from_ref(view).cast_mut(), order) != 0)
            })
        };
        raised(callable) => {
            let result = HPy_CallNoArgs(ctx, callable);
            assert!(HPy_IsNull(result), "the function raises");
            let exception = HPyErr_GetRaisedException(ctx);
            assert!(HPyErr_Occurred(ctx) == 0 && HPy_IsNull(HPyErr_GetRaisedException(ctx)), "it has been taken");
            exception
        };
        raise(exception) => {
            HPyErr_SetString(ctx, ctx.h_KeyError, c"replaced".as_ptr());
            HPyErr_SetRaisedException(ctx, or_null(ctx, exception));
        };
        raise_none(class) => HPyErr_SetNone(ctx, class);
        memory(size) => {
            use_memory(ctx, int(ctx, size) as usize, (HPyMem_Malloc, HPyMem_Calloc, HPyMem_Realloc, HPyMem_Free))
        };
        raw_memory(size) => {
            let raw: Allocator = (HPyMem_RawMalloc, HPyMem_RawCalloc, HPyMem_RawRealloc, HPyMem_RawFree);
            use_memory(ctx, int(ctx, size) as usize, raw)
        };
        bytes_and_size(h, asks) => read_bytes(ctx, h, int(ctx, asks) != 0);
        address(value) => HPyLong_FromVoidPtr(ctx, HPyLong_AsVoidPtr(ctx, value));
        view_of_memory(writes) => {
            let flags = if int(ctx, writes) != 0 { HPyBUF_WRITE } else { HPyBUF_READ };
            HPyMemoryView_FromMemory(ctx, MEMORY.as_ptr().cast_mut().cast(), MEMORY.len() as HPy_ssize_t, flags)
        };
        import_capsule(name) => match HPyCapsule_Import(ctx, c_string(ctx, name)) {
            null if null.is_null() => HPy_NULL,
            pointer => HPyLong_FromVoidPtr(ctx, pointer),
        };
        print_raised(callable) => {
            HPyErr_Print(ctx);
            let result = HPy_CallNoArgs(ctx, callable);
            assert!(HPy_IsNull(result), "the function raises");
            HPyErr_Print(ctx);
            HPyErr_Occurred(ctx)
        };
        fill_bytearray(h, text) => {
            let (size, first) = (HPyByteArray_Size(ctx, h), *c_string(ctx, text));
            let place = HPyByteArray_AsString(ctx, h);
            if !place.is_null() {
                ptr::write_bytes(place.cast::<u8>(), first as u8, size as usize);
                assert!(*place.offset(size) == 0, "a zero follows");
            }
        };
        go_down(depth) => nested(ctx, int(ctx, depth));
    }
}

HPy_MODINIT!(extras, EXTRAS);
