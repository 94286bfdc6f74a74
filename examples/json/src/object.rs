// examples/json/src/object.rs: new Python objects as Rust values that close their handle, and exceptions as `Result`s.
//
// All calls to HPy that make objects stand here, so that the decoder itself is safe code. The safety of each is the
// same: a context is at hand only while Python calls the extension, and every handle belongs to an `Object`, so it is
// open.

use std::fmt;
use std::mem;
use std::ptr;

use hpy_sys::*;

/// A Python exception is set.
#[derive(Debug)]
pub struct Raised;

impl fmt::Display for Raised {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        out.write_str("a Python exception is set")
    }
}

/// Sets an exception of the class `class`, unless making its message sets another one.
pub fn raise(ctx: &HPyContext, class: HPy, message: &str) -> Raised {
    if let Ok(message) = Object::string(ctx, message, &mut Vec::new()) {
        // SAFETY: as for all calls here.
        unsafe { HPyErr_SetObject(ctx, class, message.handle) };
    }
    Raised
}

/// Whether an exception is set.
pub fn has_raised(ctx: &HPyContext) -> bool {
    // SAFETY: as for all calls here.
    unsafe { HPyErr_Occurred(ctx) != 0 }
}

/// A Python object: an open handle that is closed when this is dropped, on whatever path that happens.
pub struct Object<'c> {
    ctx: &'c HPyContext,
    handle: HPy,
}

impl Drop for Object<'_> {
    fn drop(&mut self) {
        // SAFETY: the handle is this object's own, and nobody else closes it.
        unsafe { HPy_Close(self.ctx, self.handle) };
    }
}

impl<'c> Object<'c> {
    /// Takes a new handle, as HPy's functions return it.
    fn new(ctx: &'c HPyContext, handle: HPy) -> Result<Object<'c>, Raised> {
        if HPy_IsNull(handle) { Err(Raised) } else { Ok(Object { ctx, handle }) }
    }

    /// Gives the handle away: to Python, as the result of a function.
    pub fn into_handle(self) -> HPy {
        let handle = self.handle;
        mem::forget(self);
        handle
    }

    /// The same object once more.
    pub fn duplicate(&self) -> Object<'c> {
        // SAFETY: as for all calls here; a duplicate of an open handle is never null.
        unsafe { Object { ctx: self.ctx, handle: HPy_Dup(self.ctx, self.handle) } }
    }

    pub fn none(ctx: &'c HPyContext) -> Object<'c> {
        // SAFETY: as for all calls here; a duplicate of an open handle is never null.
        unsafe { Object { ctx, handle: HPy_Dup(ctx, ctx.h_None) } }
    }

    pub fn boolean(ctx: &'c HPyContext, value: bool) -> Object<'c> {
        // SAFETY: as for all calls here; this one never fails.
        unsafe { Object { ctx, handle: HPyBool_FromBool(ctx, value) } }
    }

    pub fn signed(ctx: &'c HPyContext, value: i64) -> Result<Object<'c>, Raised> {
        // SAFETY: as for all calls here.
        unsafe { Object::new(ctx, HPyLong_FromInt64_t(ctx, value)) }
    }

    pub fn unsigned(ctx: &'c HPyContext, value: u64) -> Result<Object<'c>, Raised> {
        // SAFETY: as for all calls here.
        unsafe { Object::new(ctx, HPyLong_FromUInt64_t(ctx, value)) }
    }

    /// An integer of any size from its decimal digits, as `int(digits)` makes it, with Python's limit on their number.
    pub fn integer(ctx: &'c HPyContext, digits: &str) -> Result<Object<'c>, Raised> {
        let digits = Object::ascii(ctx, digits)?;
        // SAFETY: as for all calls here; one argument is passed, and counted.
        unsafe { Object::new(ctx, HPy_Call(ctx, ctx.h_LongType, &digits.handle, 1, HPy_NULL)) }
    }

    pub fn float(ctx: &'c HPyContext, value: f64) -> Result<Object<'c>, Raised> {
        // SAFETY: as for all calls here.
        unsafe { Object::new(ctx, HPyFloat_FromDouble(ctx, value)) }
    }

    /// A `str` of any text, which may hold NULs. `wide` is memory to use, so that many strings need no more of it.
    pub fn string(ctx: &'c HPyContext, text: &str, wide: &mut Vec<wchar_t>) -> Result<Object<'c>, Raised> {
        if text.is_ascii() {
            return Object::ascii(ctx, text);
        }
        wide.clear();
        #[cfg(windows)]
        wide.extend(text.encode_utf16());
        #[cfg(not(windows))]
        wide.extend(text.chars().map(|c| c as wchar_t));
        // SAFETY: as for all calls here; pointer and length are those of the vector.
        unsafe { Object::new(ctx, HPyUnicode_FromWideChar(ctx, wide.as_ptr(), wide.len() as HPy_ssize_t)) }
    }

    fn ascii(ctx: &'c HPyContext, text: &str) -> Result<Object<'c>, Raised> {
        let (start, size) = (text.as_ptr().cast(), text.len() as HPy_ssize_t);
        // SAFETY: as for all calls here; pointer and length are those of the text.
        unsafe { Object::new(ctx, HPyUnicode_DecodeASCII(ctx, start, size, ptr::null())) }
    }

    pub fn list(ctx: &'c HPyContext, items: &[Object]) -> Result<Object<'c>, Raised> {
        // SAFETY: as for all calls here; each position is set once, and all of them are.
        unsafe {
            let builder = HPyListBuilder_New(ctx, items.len() as HPy_ssize_t);
            for (index, item) in items.iter().enumerate() {
                HPyListBuilder_Set(ctx, builder, index as HPy_ssize_t, item.handle);
            }
            Object::new(ctx, HPyListBuilder_Build(ctx, builder))
        }
    }

    pub fn dict(ctx: &'c HPyContext) -> Result<Object<'c>, Raised> {
        // SAFETY: as for all calls here.
        unsafe { Object::new(ctx, HPyDict_New(ctx)) }
    }

    /// Sets an item, as `self[key] = value` does.
    pub fn set_item(&self, key: &Object, value: &Object) -> Result<(), Raised> {
        // SAFETY: as for all calls here.
        match unsafe { HPy_SetItem(self.ctx, self.handle, key.handle, value.handle) } {
            0 => Ok(()),
            _ => Err(Raised),
        }
    }
}
