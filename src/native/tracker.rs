// src/native/tracker.rs: trackers: lists of handles that one call closes.

use crate::*;

/// The object behind a [`HPyTracker`].
struct Tracked {
    capacity: usize,
    length: usize,
    handles: *mut HPy,
}

/// The default number of handles that a tracker has room for.
const DEFAULT_CAPACITY: usize = 5;

#[doc = table_doc!("HPyTracker_New")]
pub unsafe fn HPyTracker_New(_ctx: &HPyContext, size: HPy_ssize_t) -> HPyTracker {
    let capacity = if size > 0 { size as usize } else { DEFAULT_CAPACITY };
    // SAFETY: the caller holds the interpreter; the memory is checked before it is used.
    unsafe {
        let tracked = ffi::PyMem_Malloc(size_of::<Tracked>()).cast::<Tracked>();
        // One more than requested: if the list cannot grow for a handle, the handle is still tracked.
        let handles = ffi::PyMem_Calloc(capacity + 1, size_of::<HPy>()).cast::<HPy>();
        if tracked.is_null() || handles.is_null() {
            ffi::PyMem_Free(tracked.cast());
            ffi::PyMem_Free(handles.cast());
            ffi::PyErr_NoMemory();
            return HPyTracker::NULL;
        }
        tracked.write(Tracked { capacity: capacity + 1, length: 0, handles });
        HPyTracker { _i: tracked.cast() }
    }
}

#[doc = table_doc!("HPyTracker_Add")]
pub unsafe fn HPyTracker_Add(_ctx: &HPyContext, ht: HPyTracker, h: HPy) -> c_int {
    // SAFETY: the caller's promise: a tracker that is not closed, whose last place is free.
    unsafe {
        let tracked = &mut *ht._i.cast::<Tracked>();
        tracked.handles.add(tracked.length).write(h);
        tracked.length += 1;
        if tracked.length < tracked.capacity {
            return 0;
        }
        let capacity = tracked.capacity * 2;
        let handles = ffi::PyMem_Realloc(tracked.handles.cast(), capacity * size_of::<HPy>());
        if handles.is_null() {
            ffi::PyErr_NoMemory();
            return -1;
        }
        (tracked.handles, tracked.capacity) = (handles.cast(), capacity);
        0
    }
}

#[doc = table_doc!("HPyTracker_ForgetAll")]
pub unsafe fn HPyTracker_ForgetAll(_ctx: &HPyContext, ht: HPyTracker) {
    // SAFETY: the caller's promise: a tracker that is not closed.
    unsafe { (*ht._i.cast::<Tracked>()).length = 0 }
}

#[doc = table_doc!("HPyTracker_Close")]
pub unsafe fn HPyTracker_Close(ctx: &HPyContext, ht: HPyTracker) {
    if ht.is_null() {
        return;
    }
    // SAFETY: the caller's promise: a tracker that is not closed. The handles are its own.
    unsafe {
        let Tracked { length, handles, .. } = ht._i.cast::<Tracked>().read();
        for index in 0..length {
            HPy_Close(ctx, *handles.add(index));
        }
        ffi::PyMem_Free(handles.cast());
        ffi::PyMem_Free(ht._i);
    }
}
