// src/loader/extras/set.rs: the extras about sets through loaders that have none.

use core::ffi::CStr;

use crate::loader::call::*;
use crate::*;

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPySet_New(ctx: &HPyContext, iterable: HPy) -> HPy {
    // SAFETY: the caller's promise.
    unsafe { new(ctx, c"set", iterable) }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPyFrozenSet_New(ctx: &HPyContext, iterable: HPy) -> HPy {
    // SAFETY: the caller's promise.
    unsafe { new(ctx, c"frozenset", iterable) }
}

/// # Safety
/// The handle is open or null.
unsafe fn new(ctx: &HPyContext, class: &CStr, iterable: HPy) -> HPy {
    let args: &[HPy] = if HPy_IsNull(iterable) { &[] } else { &[iterable] };
    // SAFETY: the caller's promise.
    unsafe { call_builtin(ctx, class, args) }
}

/// Whether an object is an instance of a class of `builtins`.
///
/// # Safety
/// The handle is open.
pub(super) unsafe fn is_a(ctx: &HPyContext, h: HPy, class: &CStr) -> bool {
    // SAFETY: the caller's promise.
    unsafe {
        let class = builtin(ctx, class);
        match HPy_IsNull(class) {
            true => {
                HPyErr_Clear(ctx);
                false
            }
            false => with(ctx, class, false, |class| HPy_TypeCheck(ctx, h, class) != 0),
        }
    }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPySet_Check(ctx: &HPyContext, h: HPy) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { is_a(ctx, h, c"set") as c_int }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPyFrozenSet_Check(ctx: &HPyContext, h: HPy) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { is_a(ctx, h, c"frozenset") as c_int }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPyAnySet_Check(ctx: &HPyContext, h: HPy) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { (is_a(ctx, h, c"set") || is_a(ctx, h, c"frozenset")) as c_int }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPySet_Add(ctx: &HPyContext, h: HPy, key: HPy) -> c_int {
    // SAFETY: the caller's promise. Python has no way to add to a `frozenset`.
    unsafe {
        match takes(ctx, is_a(ctx, h, c"set")) {
            true => done(ctx, call_of_builtin_type(ctx, c"set", c"add", &[h, key])),
            false => -1,
        }
    }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPySet_Contains(ctx: &HPyContext, h: HPy, key: HPy) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        match class(ctx, h) {
            // A set that is looked for is looked for as a frozen one by the method, and not hashable here.
            Some(_) if is_a(ctx, key, c"set") => match HPy_Hash(ctx, key) {
                -1 => -1,
                _ => 0,
            },
            Some(class) => truth(ctx, call_of_builtin_type(ctx, class, c"__contains__", &[h, key])),
            None => -1,
        }
    }
}

/// The class of a set, or `SystemError`.
///
/// # Safety
/// The handle is open.
unsafe fn class(ctx: &HPyContext, h: HPy) -> Option<&'static CStr> {
    // SAFETY: the caller's promise.
    unsafe {
        let found = [c"set", c"frozenset"].into_iter().find(|class| is_a(ctx, h, class));
        takes(ctx, found.is_some());
        found
    }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPySet_Discard(ctx: &HPyContext, h: HPy, key: HPy) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        if !takes(ctx, is_a(ctx, h, c"set")) {
            return -1;
        }
        match HPySet_Contains(ctx, h, key) {
            1 if done(ctx, call_of_builtin_type(ctx, c"set", c"discard", &[h, key])) != 0 => -1,
            is_there => is_there,
        }
    }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPySet_Size(ctx: &HPyContext, h: HPy) -> HPy_ssize_t {
    // SAFETY: the caller's promise.
    unsafe {
        match class(ctx, h) {
            Some(class) => number(ctx, call_of_builtin_type(ctx, class, c"__len__", &[h])),
            None => -1,
        }
    }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPySet_Pop(ctx: &HPyContext, h: HPy) -> HPy {
    // SAFETY: the caller's promise.
    unsafe {
        match takes(ctx, is_a(ctx, h, c"set")) {
            true => call_of_builtin_type(ctx, c"set", c"pop", &[h]),
            false => HPy_NULL,
        }
    }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPySet_Clear(ctx: &HPyContext, h: HPy) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        match takes(ctx, is_a(ctx, h, c"set")) {
            true => done(ctx, call_of_builtin_type(ctx, c"set", c"clear", &[h])),
            false => -1,
        }
    }
}
