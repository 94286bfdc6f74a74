// abi-tests/src/capsule.rs: capsules: their pointer, name, context and destructor.

use core::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use crate::support::{Give, c_string, int};
use hpy_sys::*;

/// The names of capsules outlive them.
fn name_of(index: i64) -> *const c_char {
    match index {
        0 => c"some".as_ptr(),
        1 => c"other".as_ptr(),
        3 => c"hpy_capsules.inner.own".as_ptr(),
        _ => core::ptr::null(),
    }
}

/// The arguments of the last destructor call: whether the name is null, pointer, context.
static SEEN: [AtomicUsize; 4] = [const { AtomicUsize::new(0) }; 4];

HPyCapsule_DESTRUCTOR!(note, |name, pointer, context| {
    SEEN[0].fetch_add(1, Relaxed);
    SEEN[1].store(name.is_null() as usize, Relaxed);
    SEEN[2].store(pointer.addr(), Relaxed);
    SEEN[3].store(context.addr(), Relaxed);
});

static WITHOUT_FUNCTION: HPyCapsule_Destructor = HPyCapsule_Destructor::NONE;

unsafe fn destructor(index: i64) -> *const HPyCapsule_Destructor {
    match index {
        0 => core::ptr::null(),
        1 => &raw const note,
        _ => &raw const WITHOUT_FUNCTION,
    }
}

unsafe fn pointer(ctx: &HPyContext, h: HPy) -> *mut c_void {
    core::ptr::without_provenance_mut(int(ctx, h) as usize)
}

/// An address as an int; null is an error if there is one.
unsafe fn address<T>(ctx: &HPyContext, pointer: *const T) -> HPy {
    if pointer.is_null() && HPyErr_Occurred(ctx) != 0 { HPy_NULL } else { pointer.addr().give(ctx) }
}

functions! {
    CAPSULE(ctx) {
        new(p, name, end) => {
            HPyCapsule_New(ctx, pointer(ctx, p), name_of(int(ctx, name)), destructor(int(ctx, end)))
        };
        get_pointer(h, name) => address(ctx, HPyCapsule_GetPointer(ctx, h, name_of(int(ctx, name))));
        get_pointer_by_text(h, name) => address(ctx, HPyCapsule_GetPointer(ctx, h, c_string(ctx, name)));
        get_name(h) => HPyCapsule_GetName(ctx, h);
        get_context(h) => address(ctx, HPyCapsule_GetContext(ctx, h));
        set_pointer(h, p) => HPyCapsule_SetPointer(ctx, h, pointer(ctx, p));
        set_name(h, name) => HPyCapsule_SetName(ctx, h, name_of(int(ctx, name)));
        set_context(h, p) => HPyCapsule_SetContext(ctx, h, pointer(ctx, p));
        set_destructor(h, end) => HPyCapsule_SetDestructor(ctx, h, destructor(int(ctx, end)));
        seen() => [0, 1, 2, 3].map(|index| SEEN[index].load(Relaxed));
    }
}

HPy_MODINIT!(capsule, CAPSULE);
