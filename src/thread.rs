// src/thread.rs: what threads share or keep: mutexes, sections, views of interpreters; and the wait for a mutex without PyMutex.

use core::cell::UnsafeCell;
use core::mem::MaybeUninit;
use core::sync::atomic::{AtomicU8, Ordering};

use crate::*;

/// A mutex of one byte, for a `static` or the struct of an instance; see [`HPyMutex_Lock`].
///
/// Zeroed memory is one that nobody has locked.
#[repr(C)]
#[derive(Debug, Default)]
pub struct HPyMutex {
    pub(crate) bits: AtomicU8,
}

impl HPyMutex {
    /// A mutex that nobody has locked.
    pub const fn new() -> HPyMutex {
        HPyMutex { bits: AtomicU8::new(0) }
    }

    /// Locks it, unless it is locked: true if it was not. The bits are those of CPython's `PyMutex`.
    #[inline(always)]
    pub(crate) fn try_lock(&self) -> bool {
        self.bits.compare_exchange(0, 1, Ordering::Acquire, Ordering::Relaxed).is_ok()
    }

    /// Unlocks it, unless threads wait for it as CPython has them wait: true if none does.
    #[inline(always)]
    pub(crate) fn try_unlock(&self) -> bool {
        self.bits.compare_exchange(1, 0, Ordering::Release, Ordering::Relaxed).is_ok()
    }
}

/// Waits for a mutex that another thread has, and locks it. Where there is no `PyMutex`, nobody wakes the thread: it looks
/// again after a time out of the interpreter, which doubles up to a millisecond.
///
/// # Safety
/// `ctx` is the context of the running call.
#[cold]
#[allow(dead_code)]
pub(crate) unsafe fn wait(ctx: &HPyContext, mutex: &HPyMutex) {
    let mut microseconds = 1;
    while !mutex.try_lock() {
        // SAFETY: the caller's promise; nothing of HPy is called in between.
        unsafe {
            let state = HPy_LeavePythonExecution(ctx);
            pause(microseconds);
            HPy_ReenterPythonExecution(ctx, state);
        }
        microseconds = (microseconds * 2).min(1000);
    }
}

/// Has other threads run for a time.
fn pause(microseconds: c_uint) {
    #[cfg(unix)]
    unsafe extern "C" {
        safe fn usleep(microseconds: c_uint) -> c_int;
    }
    #[cfg(unix)]
    usleep(microseconds);
    #[cfg(windows)]
    unsafe extern "system" {
        safe fn Sleep(milliseconds: u32);
    }
    #[cfg(windows)]
    Sleep(microseconds / 1000);
    #[cfg(not(any(unix, windows)))]
    (0..microseconds * 100).for_each(|_| core::hint::spin_loop());
}

/// What a critical section keeps while it lasts; see [`HPyCriticalSection_Begin`].
#[repr(C)]
#[derive(Debug)]
pub struct HPyCriticalSection {
    words: UnsafeCell<MaybeUninit<[usize; 2]>>,
}

/// What a critical section of two objects keeps while it lasts; see [`HPyCriticalSection2_Begin`].
#[repr(C)]
#[derive(Debug)]
pub struct HPyCriticalSection2 {
    words: UnsafeCell<MaybeUninit<[usize; 3]>>,
}

impl HPyCriticalSection {
    /// One that has not begun.
    #[inline(always)]
    pub const fn new() -> HPyCriticalSection {
        HPyCriticalSection { words: UnsafeCell::new(MaybeUninit::uninit()) }
    }
}

impl HPyCriticalSection2 {
    /// One that has not begun.
    #[inline(always)]
    pub const fn new() -> HPyCriticalSection2 {
        HPyCriticalSection2 { words: UnsafeCell::new(MaybeUninit::uninit()) }
    }
}

impl Default for HPyCriticalSection {
    fn default() -> HPyCriticalSection {
        HPyCriticalSection::new()
    }
}

impl Default for HPyCriticalSection2 {
    fn default() -> HPyCriticalSection2 {
        HPyCriticalSection2::new()
    }
}

/// A view of an interpreter, for threads that enter it; see [`HPyInterpreterView_FromCurrent`].
#[repr(C)]
pub struct HPyInterpreterView {
    _opaque: [u8; 0],
}

/// What a thread keeps between [`HPyThread_Enter`] and [`HPyThread_Leave`].
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct HPyThreadToken {
    token: *mut c_void,
}

/// Enters the interpreter of `view` from any thread.
///
/// - `view`: what [`HPyInterpreterView_FromCurrent`] gave.
///
/// Gives the context, which is good until [`HPyThread_Leave`] with the token, or nothing if the interpreter ends. The thread may
/// enter it again in between. Before CPython 3.15 a thread that asks at the very end of the interpreter may not come back.
///
/// Source: an extra, HPy 0.9 has no such function. CPython: `PyThreadState_EnsureFromView`, before 3.15 `PyGILState_Ensure`.
///
/// # Safety
/// The view is open.
pub unsafe fn HPyThread_Enter(view: *mut HPyInterpreterView) -> Option<(&'static HPyContext, HPyThreadToken)> {
    // SAFETY: the caller's promise; the context is that of the loaded module, and lives as long as the process.
    unsafe {
        let ctx: &'static HPyContext = &*abi::outside();
        let token = _HPyThread_Ensure(ctx, view);
        (!token.is_null()).then_some((ctx, HPyThreadToken { token }))
    }
}

/// Leaves the interpreter that [`HPyThread_Enter`] has entered.
///
/// - `token`: what it gave with the context. No exception is set.
///
/// Source: an extra, HPy 0.9 has no such function. CPython: `PyThreadState_Release`, before 3.15 `PyGILState_Release`.
///
/// # Safety
/// The token comes from the last [`HPyThread_Enter`] of this thread that was not left.
pub unsafe fn HPyThread_Leave(ctx: &HPyContext, token: HPyThreadToken) {
    // SAFETY: the caller's promise.
    unsafe { _HPyThread_Release(ctx, token.token) }
}

/// Whether something was initialised, for a `static`; see [`HPyOnce_Call`].
#[repr(C)]
#[derive(Debug, Default)]
pub struct HPyOnce {
    mutex: HPyMutex,
    is_done: AtomicU8,
}

impl HPyOnce {
    /// Nothing was initialised.
    pub const fn new() -> HPyOnce {
        HPyOnce { mutex: HPyMutex::new(), is_done: AtomicU8::new(0) }
    }

    /// Whether the initialisation has succeeded.
    #[inline(always)]
    pub fn is_done(&self) -> bool {
        self.is_done.load(Ordering::Acquire) != 0
    }

    /// Runs `init`, unless it has succeeded before. Other threads wait for it.
    ///
    /// # Safety
    /// `ctx` is the context of the running call.
    pub(crate) unsafe fn call<E>(&self, ctx: &HPyContext, init: impl FnOnce() -> Result<(), E>) -> Result<(), E> {
        /// Unlocks the mutex, also after a panic.
        struct Locked<'a>(&'a HPyContext, &'a HPyMutex);
        impl Drop for Locked<'_> {
            fn drop(&mut self) {
                // SAFETY: this thread has locked it.
                unsafe { HPyMutex_Unlock(self.0, self.1) }
            }
        }
        if self.is_done() {
            return Ok(());
        }
        // SAFETY: the caller's promise.
        unsafe { HPyMutex_Lock(ctx, &self.mutex) };
        let _locked = Locked(ctx, &self.mutex);
        if !self.is_done() {
            init()?;
            self.is_done.store(1, Ordering::Release);
        }
        Ok(())
    }
}

/// Calls `init` unless a call with the same `once` has returned 0; other threads wait for it.
///
/// - `once`: zero at first, as [`HPyOnce::new`] gives it.
/// - `init`: gets the context and `arg`, and returns 0, or -1 with an exception set. It does not call this for the same `once`.
///
/// Gives 0, or what `init` returned: the next call tries again.
///
/// Source: an extra, HPy 0.9 has no such function.
///
/// # Safety
/// `init` does what its own contract says with `arg`, and `ctx` is the context of the running call.
pub unsafe fn HPyOnce_Call(
    ctx: &HPyContext,
    once: &HPyOnce,
    init: unsafe extern "C" fn(&HPyContext, *mut c_void) -> c_int,
    arg: *mut c_void,
) -> c_int {
    // SAFETY: the caller's promise.
    let result = unsafe {
        once.call(ctx, || match init(ctx, arg) {
            0 => Ok(()),
            failed => Err(failed),
        })
    };
    result.err().unwrap_or(0)
}
