// src/safe/threads.rs: threads that enter Python, and what they share: a mutex, a critical section, a value that is made once.

use core::cell::UnsafeCell;
use core::fmt;
use core::ops::{Deref, DerefMut};
use core::ptr::NonNull;

use super::{Object, Result};
use crate::raised::Raised;
use crate::*;

/// An interpreter, which threads enter that Python has not made.
///
/// ```no_run
/// use hpy_sys::safe::*;
///
/// hpy_sys::HPyModule! {
///     mod later {
///         /// Calls a function in a thread of Rust's, with the square of a number.
///         fn square(ctx: &HPyContext, number: i64) -> Result<i64> {
///             let interpreter = ctx.interpreter()?;
///             let thread = std::thread::spawn(move || {
///                 let square = number * number;
///                 interpreter.enter(|ctx| ctx.import(c"math").is_ok().then_some(square)).flatten()
///             });
///             ctx.leave_python(|| thread.join().ok().flatten()).ok_or("the thread failed").or_raise::<RuntimeError>(ctx)
///         }
///     }
/// }
/// # fn main() {}
/// ```
pub struct Interpreter {
    view: NonNull<HPyInterpreterView>,
}

// SAFETY: any thread may enter the interpreter of a view, and free it.
unsafe impl Send for Interpreter {}
// SAFETY: as above.
unsafe impl Sync for Interpreter {}

impl fmt::Debug for Interpreter {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Interpreter").finish_non_exhaustive()
    }
}

impl Drop for Interpreter {
    fn drop(&mut self) {
        // SAFETY: the view is this value's own. Its function needs no interpreter; a module that made a view has its context.
        unsafe { HPyInterpreterView_Close(&*abi::outside(), self.view.as_ptr()) }
    }
}

impl HPyContext {
    /// The running interpreter, for other threads to enter. It does not keep the interpreter from ending.
    ///
    /// Raises `MemoryError`, before CPython 3.15 `RuntimeError` in a subinterpreter, and `ImportError` through another loader
    /// than hpy-sys'.
    pub fn interpreter(&self) -> Result<Interpreter> {
        // SAFETY: the context is that of the running call.
        match NonNull::new(unsafe { HPyInterpreterView_FromCurrent(self) }) {
            Some(view) => Ok(Interpreter { view }),
            None => Err(Raised),
        }
    }
}

impl Interpreter {
    /// Runs `f` in the interpreter, with a context for it; or gives nothing, if the interpreter ends.
    ///
    /// Any thread may call it, one that is in the interpreter too. An exception that `f` leaves set goes to `sys.unraisablehook`.
    pub fn enter<R>(&self, f: impl FnOnce(&HPyContext) -> R) -> Option<R> {
        /// Leaves the interpreter, also after a panic.
        struct Inside<'a>(&'a HPyContext, HPyThreadToken);
        impl Drop for Inside<'_> {
            fn drop(&mut self) {
                // SAFETY: the context is that of the entry, which ends here.
                unsafe {
                    if HPyErr_Occurred(self.0) != 0 {
                        HPyErr_WriteUnraisable(self.0, HPy_NULL);
                    }
                    HPyThread_Leave(self.0, self.1);
                }
            }
        }
        // SAFETY: the view is open. The result has nothing of the context, whose lifetime is that of the call of `f`.
        let (ctx, token) = unsafe { HPyThread_Enter(self.view.as_ptr())? };
        let _inside = Inside(ctx, token);
        Some(f(ctx))
    }
}

/// A value that one thread at a time has, also while it runs Python code or is out of the interpreter.
///
/// The thread that waits is out of the interpreter meanwhile: a `std::sync::Mutex` would block it there, and with it the thread
/// that has the lock. A thread that locks it twice waits for ever. It is one byte beside the value.
pub struct Mutex<T: ?Sized> {
    mutex: HPyMutex,
    value: UnsafeCell<T>,
}

// SAFETY: one thread at a time has the value.
unsafe impl<T: ?Sized + Send> Send for Mutex<T> {}
// SAFETY: as above.
unsafe impl<T: ?Sized + Send> Sync for Mutex<T> {}

/// The value of a [`Mutex`], which is unlocked when this goes.
pub struct MutexGuard<'a, T: ?Sized> {
    ctx: &'a HPyContext,
    of: &'a Mutex<T>,
}

impl<T> Mutex<T> {
    /// A mutex that nobody has locked.
    pub const fn new(value: T) -> Mutex<T> {
        Mutex { mutex: HPyMutex::new(), value: UnsafeCell::new(value) }
    }

    /// The value.
    pub fn into_inner(self) -> T {
        self.value.into_inner()
    }
}

impl<T: ?Sized> Mutex<T> {
    /// Waits until no other thread has the value, and gives it.
    #[inline]
    pub fn lock<'a>(&'a self, ctx: &'a HPyContext) -> MutexGuard<'a, T> {
        // SAFETY: the context is that of the running call.
        unsafe { HPyMutex_Lock(ctx, &self.mutex) };
        MutexGuard { ctx, of: self }
    }

    /// The value, which nobody else has.
    pub fn get_mut(&mut self) -> &mut T {
        self.value.get_mut()
    }
}

impl<T: ?Sized> fmt::Debug for Mutex<T> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Mutex").finish_non_exhaustive()
    }
}

impl<T: ?Sized> Drop for MutexGuard<'_, T> {
    #[inline]
    fn drop(&mut self) {
        // SAFETY: this thread has locked it, and is in the interpreter, since a context is not sent.
        unsafe { HPyMutex_Unlock(self.ctx, &self.of.mutex) }
    }
}

impl<T: ?Sized> Deref for MutexGuard<'_, T> {
    type Target = T;

    #[inline(always)]
    fn deref(&self) -> &T {
        // SAFETY: this thread alone has the value.
        unsafe { &*self.of.value.get() }
    }
}

impl<T: ?Sized> DerefMut for MutexGuard<'_, T> {
    #[inline(always)]
    fn deref_mut(&mut self) -> &mut T {
        // SAFETY: this thread alone has the value.
        unsafe { &mut *self.of.value.get() }
    }
}

impl<T: ?Sized + fmt::Debug> fmt::Debug for MutexGuard<'_, T> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, out)
    }
}

/// A value that is made once, for a `static`; other threads wait for it, out of the interpreter.
pub struct OnceCell<T> {
    once: HPyOnce,
    value: UnsafeCell<Option<T>>,
}

// SAFETY: the value is written once, by a thread that all others wait for; then it is only read.
unsafe impl<T: Send + Sync> Sync for OnceCell<T> {}

impl<T> OnceCell<T> {
    /// One without a value.
    pub const fn new() -> OnceCell<T> {
        OnceCell { once: HPyOnce::new(), value: UnsafeCell::new(None) }
    }

    /// The value, if it was made.
    #[inline]
    pub fn get(&self) -> Option<&T> {
        // SAFETY: it was written before it was done, and is not written again.
        if self.once.is_done() { unsafe { (*self.value.get()).as_ref() } } else { None }
    }

    /// The value, which `init` makes if nobody has before. `init` does not ask for the same value: it would wait for ever.
    ///
    /// Raises what `init` raises; then the next call tries again.
    pub fn get_or_try_init(&self, ctx: &HPyContext, init: impl FnOnce() -> Result<T>) -> Result<&T> {
        // SAFETY: the context is that of the running call, and only the one that is let in writes.
        unsafe {
            self.once.call(ctx, || {
                *self.value.get() = Some(init()?);
                Ok(())
            })?;
            (*self.value.get()).as_ref().ok_or(Raised)
        }
    }
}

impl<T> Default for OnceCell<T> {
    fn default() -> OnceCell<T> {
        OnceCell::new()
    }
}

impl<T: fmt::Debug> fmt::Debug for OnceCell<T> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_tuple("OnceCell").field(&self.get()).finish()
    }
}

impl Object<'_> {
    /// Runs `f` in a critical section of the object: no other thread is in one of the same object meanwhile.
    ///
    /// It is interrupted while the thread waits, leaves the interpreter, or begins another section. With a global lock, which gives
    /// the same, nothing is done.
    #[inline]
    pub fn critical_section<R>(&self, f: impl FnOnce() -> R) -> R {
        /// Ends the section, also after a panic.
        struct Inside<'a>(&'a HPyContext, &'a mut HPyCriticalSection);
        impl Drop for Inside<'_> {
            #[inline]
            fn drop(&mut self) {
                // SAFETY: it has begun, and those that began in it have ended.
                unsafe { HPyCriticalSection_End(self.0, self.1) }
            }
        }
        let mut section = HPyCriticalSection::new();
        // SAFETY: the handle is open, and the section stays where it is until it ends.
        unsafe { HPyCriticalSection_Begin(self.context(), &mut section, self.handle()) };
        let _inside = Inside(self.context(), &mut section);
        f()
    }

    /// [`critical_section`](Object::critical_section) of this object and another at once; neither waits for the other.
    #[inline]
    pub fn critical_section_with<R>(&self, other: &Object<'_>, f: impl FnOnce() -> R) -> R {
        /// Ends the section, also after a panic.
        struct Inside<'a>(&'a HPyContext, &'a mut HPyCriticalSection2);
        impl Drop for Inside<'_> {
            #[inline]
            fn drop(&mut self) {
                // SAFETY: it has begun, and those that began in it have ended.
                unsafe { HPyCriticalSection2_End(self.0, self.1) }
            }
        }
        let mut section = HPyCriticalSection2::new();
        // SAFETY: the handles are open, and the section stays where it is until it ends.
        unsafe { HPyCriticalSection2_Begin(self.context(), &mut section, self.handle(), other.handle()) };
        let _inside = Inside(self.context(), &mut section);
        f()
    }
}
