// python/src/debug/protected.rs: copies of an object's memory that a module may read, and only while its handle is open.

#[cfg(unix)]
pub use pages::Protected;
#[cfg(not(unix))]
pub use plain::Protected;

/// Pages of their own: a write into them, or a read once they are forbidden, is a memory fault, which `faults.rs` explains.
#[cfg(unix)]
mod pages {
    use core::ptr;

    use super::super::faults;
    use super::super::origin::Origin;

    /// A copy in pages of its own.
    #[derive(Debug)]
    pub struct Protected {
        start: *mut libc::c_void,
        mapped: usize,
        size: usize,
    }

    impl Protected {
        /// Copies the bytes, or gives nothing if there is no memory.
        ///
        /// # Safety
        /// There are `size` bytes at `bytes`.
        pub unsafe fn copy(bytes: *const u8, size: usize, made: &Origin) -> Option<Protected> {
            // SAFETY: a new mapping of at least that size.
            unsafe {
                let page = libc::sysconf(libc::_SC_PAGESIZE) as usize;
                let mapped = size.max(1).next_multiple_of(page);
                let flags = libc::MAP_PRIVATE | libc::MAP_ANON;
                let start = libc::mmap(ptr::null_mut(), mapped, libc::PROT_READ | libc::PROT_WRITE, flags, -1, 0);
                if start == libc::MAP_FAILED {
                    return None;
                }
                ptr::copy_nonoverlapping(bytes, start.cast(), size);
                libc::mprotect(start, mapped, libc::PROT_READ);
                faults::watch(start as usize, mapped, made);
                Some(Protected { start, mapped, size })
            }
        }

        pub fn start(&self) -> *const u8 {
            self.start.cast_const().cast()
        }

        pub fn size(&self) -> usize {
            self.size
        }

        /// The handle was closed: the memory may not be read any more.
        pub fn forbid(&mut self) {
            faults::close(self.start as usize);
            // SAFETY: the mapping is this one's own.
            unsafe { libc::mprotect(self.start, self.mapped, libc::PROT_NONE) };
        }
    }

    impl Drop for Protected {
        fn drop(&mut self) {
            faults::forget(self.start as usize);
            // SAFETY: the mapping is this one's own.
            unsafe { libc::munmap(self.start, self.mapped) };
        }
    }
}

/// Copies that nothing protects, where there is no `mprotect`: they are overwritten when their handle is closed.
#[cfg(not(unix))]
mod plain {
    use super::super::origin::Origin;

    #[derive(Debug)]
    pub struct Protected {
        bytes: Box<[u8]>,
    }

    impl Protected {
        /// Copies the bytes.
        ///
        /// # Safety
        /// There are `size` bytes at `bytes`.
        pub unsafe fn copy(bytes: *const u8, size: usize, _made: &Origin) -> Option<Protected> {
            // SAFETY: the caller's promise.
            Some(Protected { bytes: unsafe { core::slice::from_raw_parts(bytes, size) }.into() })
        }

        pub fn start(&self) -> *const u8 {
            self.bytes.as_ptr()
        }

        pub fn size(&self) -> usize {
            self.bytes.len()
        }

        /// The handle was closed.
        pub fn forbid(&mut self) {
            self.bytes.fill(0xDD);
        }
    }
}
