// src/safe/builders.rs: texts and bytes that are built piece by piece, in the memory of the object that they become.

use core::fmt;
use core::ops::{Bound, RangeBounds};

use super::calls::done;
use super::{Object, Result};
use crate::raised::Raised;
use crate::*;

/// A `str` that is being built piece by piece.
///
/// ```no_run
/// use hpy_sys::safe::*;
///
/// fn quoted<'c>(ctx: &'c HPyContext, words: &[&str]) -> Result<Object<'c>> {
///     let mut text = TextBuilder::new(ctx);
///     for word in words {
///         text.push('"')?;
///         text.push_str(word)?;
///         text.push('"')?;
///     }
///     text.finish()
/// }
/// ```
///
/// It grows, and becomes as wide as its widest character needs. Dropped without [`finish`](TextBuilder::finish), it frees its memory.
pub struct TextBuilder<'c> {
    builder: HPyStrBuilder,
    ctx: &'c HPyContext,
}

/// A `bytes` object that is being built piece by piece. Dropped without [`finish`](BytesBuilder::finish), it frees its memory.
pub struct BytesBuilder<'c> {
    builder: HPyBytesBuilder,
    ctx: &'c HPyContext,
}

impl Drop for TextBuilder<'_> {
    #[inline]
    fn drop(&mut self) {
        // SAFETY: the builder is open or empty.
        unsafe { HPyStrBuilder_Cancel(self.ctx, &mut self.builder) }
    }
}

impl Drop for BytesBuilder<'_> {
    #[inline]
    fn drop(&mut self) {
        // SAFETY: the builder is open or empty.
        unsafe { HPyBytesBuilder_Cancel(self.ctx, &mut self.builder) }
    }
}

impl fmt::Debug for TextBuilder<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("TextBuilder").field("len", &self.len()).finish_non_exhaustive()
    }
}

impl fmt::Debug for BytesBuilder<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_tuple("BytesBuilder").field(&self.as_slice()).finish()
    }
}

/// A size as HPy has it: no memory is as large as what does not fit.
#[inline(always)]
fn size(count: usize) -> HPy_ssize_t {
    HPy_ssize_t::try_from(count).unwrap_or(HPy_ssize_t::MAX)
}

impl<'c> TextBuilder<'c> {
    /// An empty one.
    #[inline(always)]
    pub fn new(ctx: &'c HPyContext) -> TextBuilder<'c> {
        TextBuilder::with_capacity(ctx, 0)
    }

    /// An empty one, whose first memory is for as many characters.
    #[inline(always)]
    pub fn with_capacity(ctx: &'c HPyContext, count: usize) -> TextBuilder<'c> {
        // SAFETY: the context is that of the running call.
        TextBuilder { builder: unsafe { HPyStrBuilder_New(ctx, size(count.min(isize::MAX as usize - 1))) }, ctx }
    }

    /// Adds a character.
    #[inline(always)]
    pub fn push(&mut self, character: char) -> Result<()> {
        // SAFETY: the builder is open.
        done(unsafe { HPyStrBuilder_WriteChar(self.ctx, &mut self.builder, character.into()) })
    }

    /// Adds text.
    #[inline]
    pub fn push_str(&mut self, text: &str) -> Result<()> {
        let (start, size) = (text.as_ptr().cast(), text.len() as HPy_ssize_t);
        // SAFETY: the builder is open, and pointer and length are those of the text.
        done(unsafe { HPyStrBuilder_WriteUTF8(self.ctx, &mut self.builder, start, size) })
    }

    /// Adds a `str` of Python. Raises `TypeError` if it is none.
    #[inline]
    pub fn push_object(&mut self, text: &Object<'_>) -> Result<()> {
        // SAFETY: the builder and the handle are open.
        done(unsafe { HPyStrBuilder_WriteStr(self.ctx, &mut self.builder, text.handle()) })
    }

    /// Adds a part of a `str` of Python: `text.push_slice(&name, 1..4)`, in characters. What lies behind its end is left out.
    ///
    /// Raises `TypeError` if it is no `str`, and `ValueError` for a range that ends before it begins.
    pub fn push_slice(&mut self, text: &Object<'_>, range: impl RangeBounds<usize>) -> Result<()> {
        let start = match range.start_bound() {
            Bound::Included(&start) => start,
            Bound::Excluded(&before) => before.saturating_add(1),
            Bound::Unbounded => 0,
        };
        let end = match range.end_bound() {
            Bound::Included(&last) => last.saturating_add(1),
            Bound::Excluded(&end) => end,
            Bound::Unbounded => usize::MAX,
        };
        let (text, start, end) = (text.handle(), size(start), size(end));
        // SAFETY: the builder and the handle are open.
        done(unsafe { HPyStrBuilder_WriteSubstring(self.ctx, &mut self.builder, text, start, end) })
    }

    /// Adds `str(object)`.
    #[inline]
    pub fn push_str_of(&mut self, object: &Object<'_>) -> Result<()> {
        // SAFETY: the builder and the handle are open.
        done(unsafe { HPyStrBuilder_WriteObject(self.ctx, &mut self.builder, object.handle()) })
    }

    /// Adds `repr(object)`.
    #[inline]
    pub fn push_repr_of(&mut self, object: &Object<'_>) -> Result<()> {
        // SAFETY: the builder and the handle are open.
        done(unsafe { HPyStrBuilder_WriteRepr(self.ctx, &mut self.builder, object.handle()) })
    }

    /// Adds what Rust formats, as `write!` does, but with Python's exception as the error.
    ///
    /// Raises `RuntimeError` where an implementation of `Display` fails by itself.
    pub fn push_fmt(&mut self, arguments: fmt::Arguments<'_>) -> Result<()> {
        use super::exceptions::{Exception, RuntimeError};
        let mut failed = None;
        let mut adapter = Adapter { text: self, failed: &mut failed };
        match (fmt::Write::write_fmt(&mut adapter, arguments), failed) {
            (_, Some(raised)) => Err(raised),
            (Ok(()), None) => Ok(()),
            (Err(fmt::Error), None) => RuntimeError::raise(self.ctx, "an implementation of Display failed"),
        }
    }

    /// The number of characters so far.
    #[inline(always)]
    pub fn len(&self) -> usize {
        // SAFETY: the builder is open.
        unsafe { HPyStrBuilder_Size(self.ctx, &self.builder) as usize }
    }

    /// Whether there is nothing yet.
    #[inline(always)]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Keeps the first characters, as many as that.
    #[inline]
    pub fn truncate(&mut self, count: usize) {
        // SAFETY: the builder is open, and the size is not negative.
        unsafe { HPyStrBuilder_Truncate(self.ctx, &mut self.builder, size(count)) }
    }

    /// The `str`.
    #[inline]
    pub fn finish(mut self) -> Result<Object<'c>> {
        // SAFETY: the builder is open, and empty afterwards. The handle is new.
        unsafe { Object::from_handle(self.ctx, HPyStrBuilder_Build(self.ctx, &mut self.builder)) }
    }
}

/// Keeps the exception that a write set.
struct Adapter<'a, 'c> {
    text: &'a mut TextBuilder<'c>,
    failed: &'a mut Option<Raised>,
}

impl fmt::Write for Adapter<'_, '_> {
    #[inline]
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.text.push_str(text).map_err(|raised| {
            *self.failed = Some(raised);
            fmt::Error
        })
    }
}

impl<'c> BytesBuilder<'c> {
    /// An empty one.
    #[inline(always)]
    pub fn new(ctx: &'c HPyContext) -> BytesBuilder<'c> {
        BytesBuilder::with_capacity(ctx, 0)
    }

    /// An empty one, whose first memory is for as many bytes.
    #[inline(always)]
    pub fn with_capacity(ctx: &'c HPyContext, count: usize) -> BytesBuilder<'c> {
        // SAFETY: the context is that of the running call.
        BytesBuilder { builder: unsafe { HPyBytesBuilder_New(ctx, size(count.min(isize::MAX as usize - 1))) }, ctx }
    }

    /// Adds a byte.
    #[inline(always)]
    pub fn push(&mut self, byte: u8) -> Result<()> {
        self.extend(&[byte])
    }

    /// Adds bytes.
    #[inline(always)]
    pub fn extend(&mut self, bytes: &[u8]) -> Result<()> {
        let (start, size) = (bytes.as_ptr().cast(), bytes.len() as HPy_ssize_t);
        // SAFETY: the builder is open, and pointer and length are those of the slice, which is not the builder's.
        done(unsafe { HPyBytesBuilder_Write(self.ctx, &mut self.builder, start, size) })
    }

    /// Changes the number of bytes: cuts them, or adds `value` as often as needed.
    pub fn resize(&mut self, count: usize, value: u8) -> Result<()> {
        let old = self.as_slice().len();
        // SAFETY: the builder is open, and the bytes that are added are written here.
        done(unsafe { HPyBytesBuilder_Resize(self.ctx, &mut self.builder, size(count)) })?;
        if count > old {
            // SAFETY: there are `count` bytes now.
            unsafe { self.builder._data.add(old).write_bytes(value, count - old) };
        }
        Ok(())
    }

    /// The bytes so far.
    #[inline]
    pub fn as_slice(&self) -> &[u8] {
        // SAFETY: the builder has as many bytes, and is borrowed.
        unsafe {
            match HPyBytesBuilder_AsString(self.ctx, &self.builder) {
                start if start.is_null() => &[],
                start => core::slice::from_raw_parts(start.cast(), self.builder._size as usize),
            }
        }
    }

    /// The bytes so far, to be changed.
    #[inline]
    pub fn as_mut_slice(&mut self) -> &mut [u8] {
        // SAFETY: as of `as_slice`; it is borrowed by the caller alone.
        unsafe {
            match HPyBytesBuilder_AsString(self.ctx, &self.builder) {
                start if start.is_null() => &mut [],
                start => core::slice::from_raw_parts_mut(start.cast(), self.builder._size as usize),
            }
        }
    }

    /// The `bytes` object.
    #[inline]
    pub fn finish(mut self) -> Result<Object<'c>> {
        // SAFETY: the builder is open, and empty afterwards. The handle is new.
        unsafe { Object::from_handle(self.ctx, HPyBytesBuilder_Build(self.ctx, &mut self.builder)) }
    }
}
