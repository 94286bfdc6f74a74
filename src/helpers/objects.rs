// src/helpers/objects.rs: attributes, method calls and tuples in one call.

use crate::*;

/// Deletes the attribute `name` of `obj`, as `del obj.name` does.
///
/// `name` is a `str`; both handles stay the caller's. Returns 0, or -1 with an exception set: `AttributeError` if there
/// is no such attribute, `TypeError` if `name` is no `str`, and what the object raises.
///
/// # Safety
/// The handles are open.
///
/// # Source
/// HPy: `HPy_DelAttr`.
#[inline]
pub unsafe fn HPy_DelAttr(ctx: &HPyContext, obj: HPy, name: HPy) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { HPy_SetAttr(ctx, obj, name, HPy_NULL) }
}

/// Deletes the attribute `utf8_name`, a C string in UTF-8, of `obj`, as `del obj.name` does.
///
/// The handle stays the caller's. Returns 0, or -1 with an exception set: `AttributeError` if there is no such
/// attribute, and what the object raises.
///
/// # Safety
/// The handle is open, and `utf8_name` is a C string.
///
/// # Source
/// HPy: `HPy_DelAttr_s`.
#[inline]
pub unsafe fn HPy_DelAttr_s(ctx: &HPyContext, obj: HPy, utf8_name: *const c_char) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { HPy_SetAttr_s(ctx, obj, utf8_name, HPy_NULL) }
}

/// Calls the method `name` of `receiver`, as `receiver.name(*args, **kw)` does.
///
/// `name` is a `str`, `args` a tuple or `HPy_NULL`, `kw` a dictionary or `HPy_NULL`; all stay the caller's.
/// [`HPy_CallMethod`] is faster, as it makes no bound method.
///
/// Returns a new handle, which the caller closes, or `HPy_NULL` with an exception set: `AttributeError` if there is no
/// such method, `TypeError` for wrong arguments, and what the method raises.
///
/// # Safety
/// The handles are open.
///
/// # Source
/// HPy: `HPy_CallMethodTupleDict`.
#[inline]
pub unsafe fn HPy_CallMethodTupleDict(ctx: &HPyContext, name: HPy, receiver: HPy, args: HPy, kw: HPy) -> HPy {
    // SAFETY: the caller's promise.
    unsafe {
        let method = HPy_GetAttr(ctx, receiver, name);
        call_and_close(ctx, method, args, kw)
    }
}

/// Calls the method `utf8_name`, a C string in UTF-8, of `receiver`, as `receiver.name(*args, **kw)` does.
///
/// As [`HPy_CallMethodTupleDict`].
///
/// # Safety
/// The handles are open, and `utf8_name` is a C string.
///
/// # Source
/// HPy: `HPy_CallMethodTupleDict_s`.
#[inline]
pub unsafe fn HPy_CallMethodTupleDict_s(
    ctx: &HPyContext,
    utf8_name: *const c_char,
    receiver: HPy,
    args: HPy,
    kw: HPy,
) -> HPy {
    // SAFETY: the caller's promise.
    unsafe {
        let method = HPy_GetAttr_s(ctx, receiver, utf8_name);
        call_and_close(ctx, method, args, kw)
    }
}

/// # Safety
/// `callable` is a handle of the caller's own, which is closed, or `HPy_NULL`; the others are open or `HPy_NULL`.
#[inline]
unsafe fn call_and_close(ctx: &HPyContext, callable: HPy, args: HPy, kw: HPy) -> HPy {
    // SAFETY: the caller's promise; the callable is one's own.
    unsafe {
        if HPy_IsNull(callable) {
            return HPy_NULL;
        }
        let result = HPy_CallTupleDict(ctx, callable, args, kw);
        HPy_Close(ctx, callable);
        result
    }
}

/// Makes a tuple: `HPyTuple_Pack!(ctx, a, b)` is `(a, b)`.
///
/// - `ctx`: the context.
/// - handles, which stay the caller's. HPy in C has their number before them; here they are counted.
///
/// It is a new handle, which the caller closes, or `HPy_NULL` with `MemoryError` set.
///
/// # Safety
/// The handles are open.
///
/// ```no_run
/// use hpy_sys::*;
///
/// HPyDef_METH!(twice, "twice", HPyFunc_O, |ctx, _self, arg| unsafe { HPyTuple_Pack!(ctx, arg, arg) });
/// ```
///
/// Source: HPy `HPyTuple_Pack`.
#[macro_export]
macro_rules! HPyTuple_Pack {
    ($ctx:expr $(, $item:expr)* $(,)?) => {{
        let __hpy_items: &[$crate::HPy] = &[$($item),*];
        $crate::HPyTuple_FromArray($ctx, __hpy_items.as_ptr(), __hpy_items.len() as $crate::HPy_ssize_t)
    }};
}
