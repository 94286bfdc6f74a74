// src/helpers/format/text_buffer.rs: text in the making: bytes that grow, on the stack as long as they are few.

use core::ffi::CStr;
use core::ptr::{self, NonNull};
use core::slice;

use crate::raised::Raised;
use crate::*;

/// How many bytes have their place on the stack. A format may call Python code, which may come here again: CPython counts
/// such calls, and leaves less than a kilobyte of stack for each.
const FEW: usize = 64;

/// UTF-8 in the making. Surrogates are encoded as if they were characters.
pub(crate) struct TextBuffer<'a> {
    ctx: &'a HPyContext,
    few: [u8; FEW],
    /// Where the bytes are once they are more than a few.
    many: Option<NonNull<u8>>,
    capacity: usize,
    length: usize,
    /// Whether there is a surrogate among the characters.
    has_surrogate: bool,
}

impl Drop for TextBuffer<'_> {
    fn drop(&mut self) {
        if let Some(many) = self.many {
            // SAFETY: the memory is the buffer's own.
            unsafe { memory::free(many) };
        }
    }
}

impl<'a> TextBuffer<'a> {
    /// Whoever makes one holds the interpreter, which the context stands for.
    pub(crate) fn new(ctx: &'a HPyContext) -> TextBuffer<'a> {
        TextBuffer { ctx, few: [0; FEW], many: None, capacity: FEW, length: 0, has_surrogate: false }
    }

    fn start(&mut self) -> *mut u8 {
        self.many.map_or(self.few.as_mut_ptr(), NonNull::as_ptr)
    }

    /// Makes room for `more` bytes and tells where it is, or sets `MemoryError`.
    fn reserve(&mut self, more: usize) -> Result<*mut u8, Raised> {
        // SAFETY: the interpreter is held; the bytes so far move to the new memory.
        unsafe {
            if self.capacity - self.length < more {
                let wanted = self.length.checked_add(more).map(|least| least.max(self.capacity.saturating_mul(2)));
                let many = match (wanted.filter(|&size| size <= isize::MAX as usize), self.many) {
                    (None, _) => None,
                    (Some(size), Some(many)) => memory::resize(many, size),
                    (Some(size), None) => memory::allocate(size).inspect(|many| {
                        ptr::copy_nonoverlapping(self.few.as_ptr(), many.as_ptr(), self.length);
                    }),
                };
                let Some(many) = many else {
                    HPyErr_NoMemory(self.ctx);
                    return Err(Raised);
                };
                self.many = Some(many);
                self.capacity = wanted.unwrap_or(self.capacity);
            }
            Ok(self.start().add(self.length))
        }
    }

    /// Adds bytes.
    pub(crate) fn push(&mut self, bytes: &[u8]) -> Result<(), Raised> {
        let room = self.reserve(bytes.len())?;
        // SAFETY: there is room, and nothing else is there.
        unsafe { ptr::copy_nonoverlapping(bytes.as_ptr(), room, bytes.len()) };
        self.length += bytes.len();
        Ok(())
    }

    /// Adds a byte several times.
    pub(crate) fn fill(&mut self, byte: u8, times: usize) -> Result<(), Raised> {
        let room = self.reserve(times)?;
        // SAFETY: there is room.
        unsafe { ptr::write_bytes(room, byte, times) };
        self.length += times;
        Ok(())
    }

    /// Adds a code point up to 0x10ffff.
    pub(crate) fn push_code_point(&mut self, point: u32) -> Result<(), Raised> {
        let mut bytes = [0; 4];
        match char::from_u32(point) {
            Some(character) => self.push(character.encode_utf8(&mut bytes).as_bytes()),
            None => {
                self.has_surrogate = true;
                self.push(&[0xe0 | (point >> 12) as u8, 0x80 | (point >> 6 & 0x3f) as u8, 0x80 | (point & 0x3f) as u8])
            }
        }
    }

    /// Takes bytes for surrogates from now on that stand for some.
    pub(crate) fn expect_surrogates(&mut self) {
        self.has_surrogate = true;
    }

    /// What there is so far.
    pub(crate) fn bytes(&mut self) -> &[u8] {
        // SAFETY: as many bytes are written.
        unsafe { slice::from_raw_parts(self.start(), self.length) }
    }

    /// The text as a `str`, a new handle, or `HPy_NULL` with `UnicodeDecodeError` or `MemoryError` set.
    pub(crate) fn into_str(mut self) -> HPy {
        let ctx = self.ctx;
        // SAFETY: the bytes are the buffer's own, and a NUL follows them.
        unsafe {
            let Ok(end) = self.reserve(1) else { return HPy_NULL };
            *end = 0;
            let text = self.start();
            if !self.has_surrogate && CStr::from_ptr(text.cast()).count_bytes() == self.length {
                return HPyUnicode_FromString(ctx, text.cast());
            }
            let bytes = HPyBytes_FromStringAndSize(ctx, text.cast(), self.length as HPy_ssize_t);
            if HPy_IsNull(bytes) {
                return HPy_NULL;
            }
            let errors = if self.has_surrogate { c"surrogatepass" } else { c"strict" };
            let text = HPyUnicode_FromEncodedObject(ctx, bytes, c"utf-8".as_ptr(), errors.as_ptr());
            HPy_Close(ctx, bytes);
            text
        }
    }
}
