// src/without_std.rs: what a static library needs where nothing links Rust's standard library.

use core::alloc::{GlobalAlloc, Layout};
use core::panic::PanicInfo;

use crate::ffi;

/// A panic ends the process, and says what is wrong: it is a mistake in this library.
#[panic_handler]
fn panicked(info: &PanicInfo) -> ! {
    const START: &[u8] = b"hpy-sys panicked: ";
    let message = info.message().as_str().unwrap_or("a check in the library failed").as_bytes();
    let mut text = [0; 200];
    for (place, &byte) in text.iter_mut().take(199).zip(START.iter().chain(message)) {
        *place = byte;
    }
    // SAFETY: the text ends with a NUL.
    unsafe { ffi::Py_FatalError(text.as_ptr().cast()) }
}

/// Rust asks for an allocator because pyo3-ffi links the crate `alloc`; nothing here allocates by it.
struct NoMemory;

// SAFETY: it has no memory to give.
unsafe impl GlobalAlloc for NoMemory {
    unsafe fn alloc(&self, _: Layout) -> *mut u8 {
        core::ptr::null_mut()
    }

    unsafe fn dealloc(&self, _: *mut u8, _: Layout) {}
}

#[global_allocator]
static NO_MEMORY: NoMemory = NoMemory;
