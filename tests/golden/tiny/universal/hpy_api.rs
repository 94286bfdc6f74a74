// Generated for HPy's universal ABI from the table in shims/api by generator/src/emit/rust/loader. Do not edit: change the table.

/// The first argument of every call: the interpreter's constants and functions, as its loader hands them over.
///
/// Its handles are borrowed from the interpreter: they are never closed, and `HPy_Dup` makes one that is.
#[repr(C)]
pub struct HPyContext {
    /// The name of the loader's ABI.
    pub name: *const c_char,
    /// For the loader's own use.
    pub _private: *mut c_void,
    /// The version of the ABI.
    pub abi_version: c_int,
    /// [`HPy_HOST_MARK`] and flags, if the loader is this project's.
    #[cfg(target_pointer_width = "64")]
    pub(crate) mark: u32,
    /// The object `None`.
    ///
    /// Source: HPy context index 0, CPython `Py_None`.
    pub h_None: HPy,
    /// The exception `ValueError`.
    ///
    /// Source: HPy context index 5, CPython `PyExc_ValueError`.
    pub h_ValueError: HPy,
    /// The type `int`.
    ///
    /// Source: HPy context index 71, CPython `PyLong_Type`.
    pub h_LongType: HPy,
    pub(crate) ctx_Dup: unsafe extern "C" fn(&HPyContext, HPy) -> HPy,
    pub(crate) ctx_Tracker_Last: unsafe extern "C" fn(&HPyContext, HPyTracker) -> HPy,
    pub(crate) ctx_Long_AsUInt32_tMask: unsafe extern "C" fn(&HPyContext, HPy) -> u32,
    pub(crate) ctx_GetAttr: unsafe extern "C" fn(&HPyContext, HPy, HPy) -> HPy,
    pub(crate) ctx_DelAttr: unsafe extern "C" fn(&HPyContext, HPy, HPy) -> c_int,
    pub(crate) ctx_GetItem_i: unsafe extern "C" fn(&HPyContext, HPy, HPy_ssize_t) -> HPy,
    pub(crate) ctx_Field_Store: unsafe extern "C" fn(&HPyContext, HPy, *mut HPyField, HPy),
    pub(crate) ctx_Tuple_FromArray: unsafe extern "C" fn(&HPyContext, *const HPy, HPy_ssize_t) -> HPy,
    pub(crate) ctx_Err_SetString: unsafe extern "C" fn(&HPyContext, HPy, *const c_char),
    pub(crate) ctx_Err_Clear: unsafe extern "C" fn(&HPyContext),
    pub(crate) ctx_Call: unsafe extern "C" fn(&HPyContext, HPy, *const HPy, usize, HPy) -> HPy,
    pub(crate) h_Builtins: HPy,
}

/// The whole context. Which of the members behind the first one are there, `src/loader/context.rs` finds out.
#[repr(C)]
pub(crate) struct FullContext {
    pub(crate) certain: HPyContext,
}

const _: () = {
    const WORD: usize = size_of::<usize>();
    assert!(offset_of!(HPyContext, h_None) == 3 * WORD);
    assert!(offset_of!(HPyContext, h_ValueError) == 8 * WORD);
    assert!(offset_of!(HPyContext, h_LongType) == 74 * WORD);
    assert!(offset_of!(HPyContext, ctx_Dup) == 80 * WORD);
    assert!(offset_of!(HPyContext, ctx_Tracker_Last) == 81 * WORD);
    assert!(offset_of!(HPyContext, ctx_Long_AsUInt32_tMask) == 82 * WORD);
    assert!(offset_of!(HPyContext, ctx_GetAttr) == 103 * WORD);
    assert!(offset_of!(HPyContext, ctx_DelAttr) == 104 * WORD);
    assert!(offset_of!(HPyContext, ctx_GetItem_i) == 118 * WORD);
    assert!(offset_of!(HPyContext, ctx_Field_Store) == 121 * WORD);
    assert!(offset_of!(HPyContext, ctx_Tuple_FromArray) == 122 * WORD);
    assert!(offset_of!(HPyContext, ctx_Err_SetString) == 140 * WORD);
    assert!(offset_of!(HPyContext, ctx_Err_Clear) == 147 * WORD);
    assert!(offset_of!(HPyContext, ctx_Call) == 207 * WORD);
    assert!(offset_of!(HPyContext, h_Builtins) == 246 * WORD);
    assert!(size_of::<FullContext>() == 18 * WORD);
};

impl HPyContext {
    /// The dictionary of the builtins.
    ///
    /// Source: HPy context index 243, CPython `PyEval_GetBuiltins`.
    #[inline]
    pub fn h_Builtins(&self) -> HPy {
        // SAFETY: a caller with a context holds the interpreter.
        loader::context::host().map_or(self.h_Builtins, |host| unsafe { (host.builtins)() })
    }
}

/// Opens another handle of `h`.
///
/// Returns a new handle, which the caller closes, or `HPy_NULL` with an exception set.
///
/// # Handles
/// `h` must not be `HPy_NULL`.
///
/// # Safety
/// `ctx` is the context of the running call, the thread holds the interpreter, and every handle is open and belongs to it.
///
/// # Source
/// HPy: `HPy_Dup`, context index 77. It is the member `ctx_Dup` of the context.
#[inline]
pub unsafe fn HPy_Dup(ctx: &HPyContext, h: HPy) -> HPy {
    // SAFETY: the caller's promise, passed on.
    unsafe {
        (ctx.ctx_Dup)(ctx, h)
    }
}

/// The last handle of `ht`.
///
/// Returns a new handle, which the caller closes, or `HPy_NULL` with an exception set.
///
/// # Safety
/// `ctx` is the context of the running call, the thread holds the interpreter, and every handle is open and belongs to it.
///
/// # Source
/// HPy: `HPyTracker_Last`, context index 78. It is the member `ctx_Tracker_Last` of the context.
#[inline]
pub unsafe fn HPyTracker_Last(ctx: &HPyContext, ht: HPyTracker) -> HPy {
    // SAFETY: the caller's promise, passed on.
    unsafe {
        (ctx.ctx_Tracker_Last)(ctx, ht)
    }
}

/// The lowest 32 bits of `h`.
///
/// Returns -1 with an exception set on failure; as -1 can be a result too, `HPyErr_Occurred` tells.
///
/// # Handles
/// `h` must not be `HPy_NULL`.
///
/// # Safety
/// `ctx` is the context of the running call, the thread holds the interpreter, and every handle is open and belongs to it.
///
/// # Source
/// HPy: `HPyLong_AsUInt32_tMask`, context index 79. It is the member `ctx_Long_AsUInt32_tMask` of the context.
#[inline]
pub unsafe fn HPyLong_AsUInt32_tMask(ctx: &HPyContext, h: HPy) -> u32 {
    // SAFETY: the caller's promise, passed on.
    unsafe {
        (ctx.ctx_Long_AsUInt32_tMask)(ctx, h)
    }
}

/// The attribute `name` of `obj`.
///
/// Returns a new handle, which the caller closes, or `HPy_NULL` with an exception set.
///
/// # Exceptions
/// `AttributeError` if there is none.
///
/// # Handles
/// `obj` must not be `HPy_NULL`. `name` must not be `HPy_NULL`.
///
/// # Safety
/// `ctx` is the context of the running call, the thread holds the interpreter, and every handle is open and belongs to it.
///
/// # Source
/// HPy: `HPy_GetAttr`, context index 100. It is the member `ctx_GetAttr` of the context.
#[inline]
pub unsafe fn HPy_GetAttr(ctx: &HPyContext, obj: HPy, name: HPy) -> HPy {
    // SAFETY: the caller's promise, passed on.
    unsafe {
        (ctx.ctx_GetAttr)(ctx, obj, name)
    }
}

/// Deletes the attribute `name` of `obj`.
///
/// Returns -1 with an exception set on failure.
///
/// # Handles
/// `obj` must not be `HPy_NULL`. `name` must not be `HPy_NULL`.
///
/// # Safety
/// `ctx` is the context of the running call, the thread holds the interpreter, and every handle is open and belongs to it.
///
/// # Source
/// HPy: `HPy_DelAttr`, context index 101. It is the member `ctx_DelAttr` of the context.
#[inline]
pub unsafe fn HPy_DelAttr(ctx: &HPyContext, obj: HPy, name: HPy) -> c_int {
    // SAFETY: the caller's promise, passed on.
    unsafe {
        (ctx.ctx_DelAttr)(ctx, obj, name)
    }
}

/// The item `idx` of `obj`.
///
/// Returns a new handle, which the caller closes, or `HPy_NULL` with an exception set.
///
/// # Handles
/// `obj` must not be `HPy_NULL`.
///
/// # Safety
/// `ctx` is the context of the running call, the thread holds the interpreter, and every handle is open and belongs to it.
///
/// # Source
/// HPy: `HPy_GetItem_i`, context index 115. It is the member `ctx_GetItem_i` of the context.
#[inline]
pub unsafe fn HPy_GetItem_i(ctx: &HPyContext, obj: HPy, idx: HPy_ssize_t) -> HPy {
    // SAFETY: the caller's promise, passed on.
    unsafe {
        (ctx.ctx_GetItem_i)(ctx, obj, idx)
    }
}

/// Stores `h` in `target_field` of `target_object`.
///
/// It cannot fail.
///
/// # Handles
/// `target_object` must not be `HPy_NULL`. `h` must not be `HPy_NULL`.
///
/// # Safety
/// `ctx` is the context of the running call, the thread holds the interpreter, and every handle is open and belongs to it. Each pointer points to what is said of it above, or is null where that is said.
///
/// # Source
/// HPy: `HPyField_Store`, context index 118. It is the member `ctx_Field_Store` of the context.
#[inline]
pub unsafe fn HPyField_Store(ctx: &HPyContext, target_object: HPy, target_field: *mut HPyField, h: HPy) {
    // SAFETY: the caller's promise, passed on.
    unsafe {
        (ctx.ctx_Field_Store)(ctx, target_object, target_field, h)
    }
}

/// A tuple of the `n` handles in `items`.
///
/// Returns a new handle, which the caller closes, or `HPy_NULL` with an exception set.
///
/// # Safety
/// `ctx` is the context of the running call, the thread holds the interpreter, and every handle is open and belongs to it. Each pointer points to what is said of it above, or is null where that is said.
///
/// # Source
/// HPy: `HPyTuple_FromArray`, context index 119. It is the member `ctx_Tuple_FromArray` of the context.
#[inline]
pub unsafe fn HPyTuple_FromArray(ctx: &HPyContext, items: *const HPy, n: HPy_ssize_t) -> HPy {
    // SAFETY: the caller's promise, passed on.
    unsafe {
        (ctx.ctx_Tuple_FromArray)(ctx, items, n)
    }
}

/// Raises `h_type` with `utf8_message`.
///
/// Sets an exception and always returns `HPy_NULL`, so that `return` can stand before the call.
///
/// # Handles
/// `h_type` must not be `HPy_NULL`.
///
/// # Safety
/// `ctx` is the context of the running call, the thread holds the interpreter, and every handle is open and belongs to it. Each pointer points to what is said of it above, or is null where that is said.
///
/// # Source
/// HPy: `HPyErr_SetString`, context index 137. It is the member `ctx_Err_SetString` of the context.
#[inline]
pub unsafe fn HPyErr_SetString(ctx: &HPyContext, h_type: HPy, utf8_message: *const c_char) -> HPy {
    // SAFETY: the caller's promise, passed on.
    unsafe {
        (ctx.ctx_Err_SetString)(ctx, h_type, utf8_message);
        HPy_NULL
    }
}

/// Forgets the exception that is set.
///
/// It cannot fail.
///
/// # Safety
/// `ctx` is the context of the running call, the thread holds the interpreter, and every handle is open and belongs to it.
///
/// # Source
/// HPy: `HPyErr_Clear`, context index 144. It is the member `ctx_Err_Clear` of the context.
#[inline]
pub unsafe fn HPyErr_Clear(ctx: &HPyContext) {
    // SAFETY: the caller's promise, passed on.
    unsafe {
        (ctx.ctx_Err_Clear)(ctx)
    }
}

/// Calls `callable` with the array `args` of `nargs` handles; `kwnames` names the last of them.
///
/// Returns a new handle, which the caller closes, or `HPy_NULL` with an exception set.
///
/// # Handles
/// `callable` must not be `HPy_NULL`. `kwnames` must not be `HPy_NULL`.
///
/// # Safety
/// `ctx` is the context of the running call, the thread holds the interpreter, and every handle is open and belongs to it. Each pointer points to what is said of it above, or is null where that is said.
///
/// # Source
/// HPy: `HPy_Call`, context index 204. It is the member `ctx_Call` of the context.
#[inline]
pub unsafe fn HPy_Call(ctx: &HPyContext, callable: HPy, args: *const HPy, nargs: usize, kwnames: HPy) -> HPy {
    // SAFETY: the caller's promise, passed on.
    unsafe {
        (ctx.ctx_Call)(ctx, callable, args, nargs, kwnames)
    }
}

/// The extras of this project's loader. It grows at its end.
#[repr(C)]
pub(crate) struct ExtraTable {
    /// The size of the table in bytes.
    pub(crate) size: usize,
    pub(crate) ctx_Dict_Contains: unsafe extern "C" fn(&HPyContext, HPy, HPy) -> c_int,
    pub(crate) ctx_GetBuffer: unsafe extern "C" fn(&HPyContext, HPy, *mut HPy_buffer, c_int) -> c_int,
}

/// Tells whether `key` is in the dictionary `h`.
///
/// Returns -1 with an exception set on failure.
///
/// # Handles
/// `h` must not be `HPy_NULL`. `key` must not be `HPy_NULL`.
///
/// # Safety
/// `ctx` is the context of the running call, the thread holds the interpreter, and every handle is open and belongs to it.
///
/// # Source
/// An extra: HPy 0.9 has no such function. It is a function of this project's loader; through other loaders it is made of HPy 0.9's functions.
#[inline]
pub unsafe fn HPyDict_Contains(ctx: &HPyContext, h: HPy, key: HPy) -> c_int {
    // SAFETY: the caller's promise, passed on.
    unsafe {
        match loader::extras::find!(ctx_Dict_Contains) {
            Some(function) => function(ctx, h, key),
            None => loader::extras::HPyDict_Contains(ctx, h, key),
        }
    }
}

/// Gets the memory of `obj`, as `flags` ask for, in `view`.
///
/// Returns -1 with an exception set on failure.
///
/// # Handles
/// `obj` must not be `HPy_NULL`.
///
/// # Safety
/// `ctx` is the context of the running call, the thread holds the interpreter, and every handle is open and belongs to it. Each pointer points to what is said of it above, or is null where that is said.
///
/// # Source
/// An extra: HPy 0.9 has no such function. It is a function of this project's loader. Through other loaders it raises `ImportError`: HPy has no way to the memory of another object.
#[inline]
pub unsafe fn HPy_GetBuffer(ctx: &HPyContext, obj: HPy, view: *mut HPy_buffer, flags: c_int) -> c_int {
    // SAFETY: the caller's promise, passed on.
    unsafe {
        match loader::extras::find!(ctx_GetBuffer) {
            Some(function) => function(ctx, obj, view, flags),
            None => loader::extras::missing(ctx, c"HPy_GetBuffer"),
        }
    }
}

