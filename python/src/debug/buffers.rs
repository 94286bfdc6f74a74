// python/src/debug/buffers.rs: what fills the caller's memory in debug mode: views, which are open until they are released, and
// arrays of handles.

use hpy_sys::*;

use super::call::{Call, Callee};
use super::report::{About, mistake};
use super::resolve::resolve;
use super::slots::{Taken, slots};
use crate::context::debug as callees;
use crate::context::{Context, native};

/// # Safety
/// As of [`HPy_GetBuffer`].
pub unsafe extern "C-unwind" fn ctx_GetBuffer(ctx: &Context, obj: HPy, view: *mut HPy_buffer, flags: c_int) -> c_int {
    let mut call = Call::enter(ctx, &callees::HPy_GetBuffer);
    call.pointer(1, view.is_null());
    // SAFETY: the module's promise. The handle of the owner is open until the view is released, so that a leak shows.
    unsafe {
        let object = call.object(0, obj);
        if call.fails(true) {
            return -1;
        }
        let result = HPy_GetBuffer(native(), object, view, flags);
        if result == 0 {
            (*view).obj = call.handle((*view).obj);
        }
        result
    }
}

/// # Safety
/// As of [`HPyBuffer_Release`].
pub unsafe extern "C-unwind" fn ctx_Buffer_Release(ctx: &Context, view: *mut HPy_buffer) {
    let mut call = Call::enter(ctx, &callees::HPyBuffer_Release);
    call.pointer(0, view.is_null());
    if call.fails(false) {
        return;
    }
    // SAFETY: the module's promise: a view, whose owner is null once it is released.
    let owner = unsafe { (*view).obj };
    if HPy_IsNull(owner) {
        return;
    }
    match slots().take(owner, call.origin()) {
        Taken::Own(object, freed) => {
            drop(freed);
            // SAFETY: CPython filled the view, and this is the owner that it wrote.
            unsafe {
                (*view).obj = object;
                HPyBuffer_Release(native(), view);
            }
        }
        Taken::Borrowed(object) => {
            let headline = format!("HPyBuffer_Release releases a view whose `obj` is {}", object.what());
            mistake(About::Handle, &headline, "= help: leave `obj` as HPy_GetBuffer wrote it");
        }
        // What is told is all.
        Taken::Nothing => _ = resolve(owner, || "the `obj` of HPyBuffer_Release's view".to_owned()),
    }
}

/// # Safety
/// As of [`HPyByteArray_AsString`].
pub unsafe extern "C-unwind" fn ctx_ByteArray_AsString(ctx: &Context, h: HPy) -> *mut c_char {
    let mut call = Call::enter(ctx, &callees::HPyByteArray_AsString);
    // SAFETY: the module's promise; the handle is open, and a `bytearray`'s.
    unsafe {
        let object = call.object(0, h);
        match call.fails(true) {
            true => core::ptr::null_mut(),
            false => HPyByteArray_AsString(native(), object),
        }
    }
}

/// # Safety
/// As of [`HPyIter_NextItems`].
pub unsafe extern "C-unwind" fn ctx_Iter_NextItems(
    ctx: &Context,
    iterator: HPy,
    items: *mut HPy,
    size: HPy_ssize_t,
) -> HPy_ssize_t {
    // SAFETY: the module's promise.
    unsafe { filled(ctx, &callees::HPyIter_NextItems, HPyIter_NextItems, iterator, items, size) }
}

/// # Safety
/// As of [`HPySequence_GetItems`].
pub unsafe extern "C-unwind" fn ctx_Sequence_GetItems(
    ctx: &Context,
    seq: HPy,
    items: *mut HPy,
    size: HPy_ssize_t,
) -> HPy_ssize_t {
    // SAFETY: the module's promise.
    unsafe { filled(ctx, &callees::HPySequence_GetItems, HPySequence_GetItems, seq, items, size) }
}

/// Calls a function that fills an array with new objects, and opens a handle for each in its place.
///
/// # Safety
/// As of the function.
unsafe fn filled(
    ctx: &Context,
    callee: &'static Callee,
    fill: unsafe fn(&HPyContext, HPy, *mut HPy, HPy_ssize_t) -> HPy_ssize_t,
    h: HPy,
    items: *mut HPy,
    size: HPy_ssize_t,
) -> HPy_ssize_t {
    let mut call = Call::enter(ctx, callee);
    // SAFETY: the caller's promise. There are as many objects as the function says, or -1 for none.
    unsafe {
        let under = call.object(0, h);
        call.pointer(1, items.is_null() && size != 0);
        if call.fails(true) {
            return -1;
        }
        let count = fill(native(), under, items, size);
        (0..count).for_each(|index| *items.offset(index) = call.handle(*items.offset(index)));
        count
    }
}
