// src/without_std/handlers.rs: the panic handler and the allocator of extensions that do not link the standard library.

use core::alloc::{GlobalAlloc, Layout};
use core::fmt::{self, Write};
use core::panic::PanicInfo;
use core::ptr::null_mut;

use crate::*;

/// A message as a C string. A longer one is cut off; the last byte stays NUL.
struct Message {
    text: [u8; 500],
    len: usize,
}

impl Write for Message {
    fn write_str(&mut self, part: &str) -> fmt::Result {
        let room = self.text.len() - 1 - self.len;
        for (place, &byte) in self.text[self.len..].iter_mut().zip(part.as_bytes()[..part.len().min(room)].iter()) {
            *place = byte;
        }
        self.len += part.len().min(room);
        Ok(())
    }
}

/// Ends the process with the message and the place of a panic.
#[cold]
pub fn panicked(info: &PanicInfo<'_>) -> ! {
    let mut message = Message { text: [0; 500], len: 0 };
    // An error is one of the author's `Display`: the message ends there.
    let _ = write!(message, "{info}");
    // SAFETY: the text ends with a NUL; an extension's functions run after its module has a context.
    unsafe { HPy_FatalError(&*abi::context(), message.text.as_ptr().cast()) }
}

/// Ends the process where another language's exception reaches a Rust function.
#[cold]
pub fn unwound() -> ! {
    let message = c"an exception of another language was thrown into an extension in Rust";
    // SAFETY: as above.
    unsafe { HPy_FatalError(&*abi::context(), message.as_ptr()) }
}

// `core` calls functions of C's library as well: memcpy and its like.
#[cfg_attr(unix, link(name = "c"))]
#[cfg_attr(target_env = "msvc", link(name = "msvcrt"))]
unsafe extern "C" {
    fn malloc(size: usize) -> *mut c_void;
    fn calloc(count: usize, size: usize) -> *mut c_void;
    fn realloc(block: *mut c_void, size: usize) -> *mut c_void;
    fn free(block: *mut c_void);
}

/// C's allocator, which does not need the interpreter.
pub struct Malloc;

/// The alignment of each block of `malloc`.
const ALIGNED: usize = 2 * size_of::<usize>();

/// A block with a stricter alignment lies within a larger block of `malloc`; the word before it is the larger one's address.
///
/// # Safety
/// As `GlobalAlloc::alloc`: the size is not zero.
unsafe fn aligned(layout: Layout) -> *mut u8 {
    let Some(size) = layout.size().checked_add(layout.align()) else { return null_mut() };
    // SAFETY: at most `align` bytes are skipped, and at least ALIGNED, which is room for a word.
    unsafe {
        let block = malloc(size).cast::<u8>();
        if block.is_null() {
            return null_mut();
        }
        let start = block.add(layout.align() - block.addr() % layout.align());
        start.cast::<*mut u8>().sub(1).write(block);
        start
    }
}

// SAFETY: blocks are as large and as aligned as was asked for; each is given back to the function that it came from.
unsafe impl GlobalAlloc for Malloc {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the size is not zero.
        unsafe {
            match layout.align() <= ALIGNED {
                true => malloc(layout.size()).cast(),
                false => aligned(layout),
            }
        }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the size is not zero, and a new block is as large.
        unsafe {
            if layout.align() <= ALIGNED {
                return calloc(1, layout.size()).cast();
            }
            let block = aligned(layout);
            if !block.is_null() {
                block.write_bytes(0, layout.size());
            }
            block
        }
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // SAFETY: the block is of this allocator and this layout; the caller has checked the new size for this alignment.
        unsafe {
            if layout.align() <= ALIGNED {
                return realloc(block.cast(), size).cast();
            }
            let moved = aligned(Layout::from_size_align_unchecked(size, layout.align()));
            if !moved.is_null() {
                moved.copy_from_nonoverlapping(block, size.min(layout.size()));
                self.dealloc(block, layout);
            }
            moved
        }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        // SAFETY: the block is of this allocator and this layout.
        unsafe {
            match layout.align() <= ALIGNED {
                true => free(block.cast()),
                false => free(block.cast::<*mut c_void>().sub(1).read()),
            }
        }
    }
}
