// src/loader/extras/dict.rs: the extras about `dict` through loaders that have none.

use crate::loader::call::*;
use crate::*;

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPyDict_GetItemRef(ctx: &HPyContext, h: HPy, key: HPy, result: *mut HPy) -> c_int {
    // SAFETY: the caller's promise. `__getitem__` of `dict` itself calls `__missing__`, and `get` does not.
    unsafe {
        *result = HPy_NULL;
        if !takes(ctx, HPyDict_Check(ctx, h) != 0) {
            return -1;
        }
        let is_there = HPyDict_Contains(ctx, h, key);
        if is_there != 1 {
            return is_there;
        }
        *result = call_of_type(ctx, ctx.h_DictType(), c"get", &[h, key]);
        if HPy_IsNull(*result) { -1 } else { 1 }
    }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPyDict_GetItemRef_s(ctx: &HPyContext, h: HPy, key: *const c_char, result: *mut HPy) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        *result = HPy_NULL;
        with(ctx, HPyUnicode_FromString(ctx, key), -1, |key| HPyDict_GetItemRef(ctx, h, key, result))
    }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPyDict_Contains(ctx: &HPyContext, h: HPy, key: HPy) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { truth(ctx, call_of_type(ctx, ctx.h_DictType(), c"__contains__", &[h, key])) }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPyDict_SetItem(ctx: &HPyContext, h: HPy, key: HPy, value: HPy) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        match takes(ctx, HPyDict_Check(ctx, h) != 0) {
            true => done(ctx, call_of_type(ctx, ctx.h_DictType(), c"__setitem__", &[h, key, value])),
            false => -1,
        }
    }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPyDict_SetItem_s(ctx: &HPyContext, h: HPy, key: *const c_char, value: HPy) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { with(ctx, HPyUnicode_FromString(ctx, key), -1, |key| HPyDict_SetItem(ctx, h, key, value)) }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPyDict_DelItem(ctx: &HPyContext, h: HPy, key: HPy) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        match takes(ctx, HPyDict_Check(ctx, h) != 0) {
            true => done(ctx, call_of_type(ctx, ctx.h_DictType(), c"__delitem__", &[h, key])),
            false => -1,
        }
    }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPyDict_Size(ctx: &HPyContext, h: HPy) -> HPy_ssize_t {
    // SAFETY: the caller's promise.
    unsafe {
        match takes(ctx, HPyDict_Check(ctx, h) != 0) {
            true => number(ctx, call_of_type(ctx, ctx.h_DictType(), c"__len__", &[h])),
            false => -1,
        }
    }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPyDict_SetDefaultRef(
    ctx: &HPyContext,
    h: HPy,
    key: HPy,
    default_value: HPy,
    result: *mut HPy,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        let found = HPyDict_GetItemRef(ctx, h, key, result);
        if found != 0 {
            return found;
        }
        *result = call_of_type(ctx, ctx.h_DictType(), c"setdefault", &[h, key, default_value]);
        if HPy_IsNull(*result) { -1 } else { 0 }
    }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPyDict_Pop(ctx: &HPyContext, h: HPy, key: HPy, result: *mut HPy) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        let found = HPyDict_GetItemRef(ctx, h, key, result);
        if found == 1 && HPyDict_DelItem(ctx, h, key) != 0 {
            HPy_Close(ctx, *result);
            *result = HPy_NULL;
            return -1;
        }
        found
    }
}

/// The items come from an iterator that is `position` steps into the dictionary: other loaders show no place in it.
///
/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPyDict_Next(
    ctx: &HPyContext,
    h: HPy,
    position: *mut HPy_ssize_t,
    key: *mut HPy,
    value: *mut HPy,
) -> c_int {
    // SAFETY: the caller's promise; the handles that are opened are closed.
    unsafe {
        (*key, *value) = (HPy_NULL, HPy_NULL);
        let items = call_of_type(ctx, ctx.h_DictType(), c"items", &[h]);
        let item = with(ctx, items, HPy_NULL, |items| {
            let (start, one) = (HPyLong_FromSsize_t(ctx, *position), HPyLong_FromSsize_t(ctx, *position + 1));
            let rest = call_of(ctx, c"itertools", c"islice", &[items, start, one]);
            HPy_Close(ctx, start);
            HPy_Close(ctx, one);
            with(ctx, rest, HPy_NULL, |rest| call_builtin(ctx, c"next", &[rest, ctx.h_None]))
        });
        if HPy_IsNull(item) {
            // Nothing of it can fail but for want of memory, and the function has no way to say so.
            HPyErr_Clear(ctx);
            return 0;
        }
        let is_there = HPy_Is(ctx, item, ctx.h_None) == 0;
        if is_there {
            *position += 1;
            (*key, *value) = (HPy_GetItem_i(ctx, item, 0), HPy_GetItem_i(ctx, item, 1));
        }
        HPy_Close(ctx, item);
        is_there as c_int
    }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPyDict_Items(ctx: &HPyContext, h: HPy) -> HPy {
    // SAFETY: the caller's promise.
    unsafe { list_of(ctx, h, c"items") }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPyDict_Values(ctx: &HPyContext, h: HPy) -> HPy {
    // SAFETY: the caller's promise.
    unsafe { list_of(ctx, h, c"values") }
}

/// # Safety
/// The handle is open.
unsafe fn list_of(ctx: &HPyContext, h: HPy, view: &core::ffi::CStr) -> HPy {
    // SAFETY: the caller's promise.
    unsafe {
        if !takes(ctx, HPyDict_Check(ctx, h) != 0) {
            return HPy_NULL;
        }
        let view = call_of_type(ctx, ctx.h_DictType(), view, &[h]);
        with(ctx, view, HPy_NULL, |view| HPy_Call(ctx, ctx.h_ListType, &view, 1, HPy_NULL))
    }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPyDict_Merge(ctx: &HPyContext, h: HPy, other: HPy, overrides: c_int) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        if !takes(ctx, HPyDict_Check(ctx, h) != 0) {
            return -1;
        }
        let keys = HPy_GetAttr_s(ctx, other, c"keys".as_ptr());
        if HPy_IsNull(keys) {
            return -1;
        }
        HPy_Close(ctx, keys);
        if overrides != 0 {
            return done(ctx, call_of_type(ctx, ctx.h_DictType(), c"update", &[h, other]));
        }
        // The items that are there already come last, and so stay.
        let merged = HPy_Call(ctx, ctx.h_DictType(), &other, 1, HPy_NULL);
        with(ctx, merged, -1, |merged| {
            let result = call_of_type(ctx, ctx.h_DictType(), c"update", &[merged, h]);
            match done(ctx, result) {
                0 => done(ctx, call_of_type(ctx, ctx.h_DictType(), c"update", &[h, merged])),
                failed => failed,
            }
        })
    }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPyDict_Update(ctx: &HPyContext, h: HPy, other: HPy) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { HPyDict_Merge(ctx, h, other, 1) }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPyDict_Clear(ctx: &HPyContext, h: HPy) {
    // SAFETY: the caller's promise. CPython's function leaves other objects as they are.
    unsafe {
        if HPyDict_Check(ctx, h) != 0 {
            done(ctx, call_of_type(ctx, ctx.h_DictType(), c"clear", &[h]));
        }
    }
}
