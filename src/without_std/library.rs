// src/without_std/library.rs: the panic handler of the static library for C, and an allocator that is never called.

#[cfg(not(feature = "universal"))]
use core::alloc::{GlobalAlloc, Layout};
use core::panic::PanicInfo;

use crate::*;

/// A panic is a bug of this library: it ends the process with its message.
#[panic_handler]
fn panicked(info: &PanicInfo) -> ! {
    const START: &[u8] = b"hpy-sys panicked: ";
    let message = info.message().as_str().unwrap_or("a check in the library failed").as_bytes();
    let mut text = [0; 200];
    for (place, &byte) in text.iter_mut().take(199).zip(START.iter().chain(message)) {
        *place = byte;
    }
    // SAFETY: the text ends with a NUL; a caller of the library has a context.
    unsafe { HPy_FatalError(&*abi::context(), text.as_ptr().cast()) }
}

/// Rust asks for an allocator because pyo3-ffi links the crate `alloc`; nothing here allocates by it.
#[cfg(not(feature = "universal"))]
struct NoMemory;

// SAFETY: it has no memory to give.
#[cfg(not(feature = "universal"))]
unsafe impl GlobalAlloc for NoMemory {
    unsafe fn alloc(&self, _: Layout) -> *mut u8 {
        core::ptr::null_mut()
    }

    unsafe fn dealloc(&self, _: *mut u8, _: Layout) {}
}

#[cfg(not(feature = "universal"))]
#[global_allocator]
static NO_MEMORY: NoMemory = NoMemory;
