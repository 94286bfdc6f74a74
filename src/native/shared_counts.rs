// src/native/shared_counts.rs: reference counts without a global lock: each object counts its own thread's references
// apart from those of all other threads. This is what CPython's headers inline into C extensions (PEP 703).

use core::sync::atomic::AtomicUsize;
use core::sync::atomic::Ordering::{Relaxed, SeqCst};

use crate::*;

/// The local count of an immortal object.
const IMMORTAL: u32 = u32::MAX;
/// One reference in the shared count, whose two lowest bits are flags.
const ONE_SHARED: isize = 1 << 2;

/// Adds a reference to an object.
///
/// # Safety
/// `object` is an object that the caller has a reference to.
#[inline(always)]
pub unsafe fn Py_INCREF(object: *mut cpy_PyObject) {
    // SAFETY: the caller has a reference already. Only its own thread writes the local count.
    unsafe {
        let local = (*object).ob_ref_local.load(Relaxed).wrapping_add(1);
        if local == 0 {
            return;
        }
        if owner(object) == thread_id() {
            (*object).ob_ref_local.store(local, Relaxed);
        } else {
            (*object).ob_ref_shared.fetch_add(ONE_SHARED, SeqCst);
        }
    }
}

/// Drops a reference to an object.
///
/// # Safety
/// The caller has a reference to `object`, and gives it up.
#[inline(always)]
pub unsafe fn Py_DECREF(object: *mut cpy_PyObject) {
    // SAFETY: the caller gives its reference up. Only its own thread writes the local count.
    unsafe {
        let local = (*object).ob_ref_local.load(Relaxed);
        if local == IMMORTAL {
            return;
        }
        if owner(object) == thread_id() {
            (*object).ob_ref_local.store(local - 1, Relaxed);
            if local == 1 {
                ffi::_Py_MergeZeroLocalRefcount(object);
            }
        } else {
            ffi::_Py_DecRefShared(object);
        }
    }
}

/// Adds a reference to an object, unless it is null.
///
/// # Safety
/// `object` is an object that the caller has a reference to, or null.
#[inline(always)]
pub unsafe fn Py_XINCREF(object: *mut cpy_PyObject) {
    if !object.is_null() {
        // SAFETY: the caller has a reference already.
        unsafe { Py_INCREF(object) }
    }
}

/// Drops a reference to an object, unless it is null.
///
/// # Safety
/// `object` is an object whose reference the caller gives up, or null.
#[inline(always)]
pub unsafe fn Py_XDECREF(object: *mut cpy_PyObject) {
    if !object.is_null() {
        // SAFETY: the caller gives its reference up.
        unsafe { Py_DECREF(object) }
    }
}

/// The thread whose references an object counts apart. CPython changes it when that thread ends or gives the object away.
///
/// # Safety
/// `object` is an object that the caller has a reference to.
#[inline(always)]
unsafe fn owner(object: *mut cpy_PyObject) -> usize {
    // SAFETY: the caller has a reference; other threads access the number by atomic operations too.
    unsafe { AtomicUsize::from_ptr(&raw mut (*object).ob_tid).load(Relaxed) }
}

/// What CPython takes for the number of the running thread: the address of its thread-local storage.
///
/// # Safety
/// The thread is one that CPython knows.
#[inline(always)]
unsafe fn thread_id() -> usize {
    let id: usize;
    // SAFETY: the register holds this address for as long as the thread runs.
    unsafe {
        #[cfg(all(target_arch = "x86_64", not(windows), not(target_vendor = "apple")))]
        core::arch::asm!("mov {}, fs:[0]", out(reg) id, options(nostack, preserves_flags, readonly, pure));
        #[cfg(all(target_arch = "x86_64", target_vendor = "apple"))]
        core::arch::asm!("mov {}, gs:[0]", out(reg) id, options(nostack, preserves_flags, readonly, pure));
        #[cfg(all(target_arch = "x86_64", windows))]
        core::arch::asm!("mov {}, gs:[0x30]", out(reg) id, options(nostack, preserves_flags, readonly, pure));
        #[cfg(all(target_arch = "aarch64", target_vendor = "apple"))]
        core::arch::asm!("mrs {}, tpidrro_el0", out(reg) id, options(nostack, preserves_flags, nomem, pure));
        #[cfg(all(target_arch = "aarch64", windows))]
        core::arch::asm!("mov {}, x18", out(reg) id, options(nostack, preserves_flags, nomem, pure));
        #[cfg(all(target_arch = "aarch64", not(windows), not(target_vendor = "apple")))]
        core::arch::asm!("mrs {}, tpidr_el0", out(reg) id, options(nostack, preserves_flags, nomem, pure));
        #[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
        {
            id = ffi::_Py_GetThreadLocal_Addr();
        }
    }
    id
}
