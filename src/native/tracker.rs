// src/native/tracker.rs: trackers: lists of handles that one call closes.

use core::ptr;

use crate::*;

/// The object behind a [`HPyTracker`], which the first handles follow.
struct Tracked {
    capacity: usize,
    length: usize,
    /// Where the handles are: behind this struct, until there is no room for more.
    handles: *mut HPy,
}

/// The default number of handles that a tracker has room for.
const DEFAULT_CAPACITY: usize = 5;

impl Tracked {
    /// The handles behind the struct.
    #[inline(always)]
    fn behind(this: *mut Tracked) -> *mut HPy {
        this.wrapping_add(1).cast()
    }
}

#[doc = table_doc!("HPyTracker_New")]
pub unsafe fn HPyTracker_New(_ctx: &HPyContext, size: HPy_ssize_t) -> HPyTracker {
    let capacity = if size > 0 { size as usize } else { DEFAULT_CAPACITY };
    // One more than requested: if the list cannot grow for a handle, the handle is still tracked.
    let size = capacity.saturating_add(1).saturating_mul(size_of::<HPy>()).saturating_add(size_of::<Tracked>());
    // SAFETY: the caller holds the interpreter; the memory is checked before it is used.
    unsafe {
        let tracked = ffi::PyMem_Malloc(size).cast::<Tracked>();
        if tracked.is_null() {
            ffi::PyErr_NoMemory();
            return HPyTracker::NULL;
        }
        tracked.write(Tracked { capacity: capacity + 1, length: 0, handles: Tracked::behind(tracked) });
        HPyTracker { _i: tracked.cast() }
    }
}

#[doc = table_doc!("HPyTracker_Add")]
pub unsafe fn HPyTracker_Add(_ctx: &HPyContext, ht: HPyTracker, h: HPy) -> c_int {
    // SAFETY: the caller's promise: a tracker that is not closed, whose last place is free.
    unsafe {
        let behind = Tracked::behind(ht._i.cast());
        let tracked = &mut *ht._i.cast::<Tracked>();
        tracked.handles.add(tracked.length).write(h);
        tracked.length += 1;
        if tracked.length < tracked.capacity {
            return 0;
        }
        let capacity = tracked.capacity * 2;
        let is_behind = tracked.handles == behind;
        let from = if is_behind { ptr::null_mut() } else { tracked.handles };
        let handles = ffi::PyMem_Realloc(from.cast(), capacity * size_of::<HPy>()).cast::<HPy>();
        if handles.is_null() {
            ffi::PyErr_NoMemory();
            return -1;
        }
        if is_behind {
            handles.copy_from_nonoverlapping(behind, tracked.length);
        }
        (tracked.handles, tracked.capacity) = (handles, capacity);
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
        if handles != Tracked::behind(ht._i.cast()) {
            ffi::PyMem_Free(handles.cast());
        }
        ffi::PyMem_Free(ht._i);
    }
}
