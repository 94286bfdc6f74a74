// src/native/recursion.rs: the recursion limit for calls of an extension that CPython does not limit itself.

#[cfg(any(cpython_recursion_by_stack, feature = "c-library"))]
use core::sync::atomic::AtomicUsize;
#[cfg(cpython_recursion_by_stack)]
use core::sync::atomic::Ordering;

#[cfg(cpython_c_recursion_in_thread)]
use super::thread_state::ThreadState;
use crate::*;

/// The frame that CPython last found above its limit of the stack. Threads share it, and write without a lock. A library for C
/// has it for every CPython: a linker that misses a hidden variable does not say whose functions are missing too.
#[cfg(any(cpython_recursion_by_stack, feature = "c-library"))]
#[cfg_attr(feature = "c-library", unsafe(export_name = "_HPy_checked_frame"))]
static CHECKED: AtomicUsize = AtomicUsize::new(0);

/// Frames so little below that one are not checked. CPython keeps more free between its limit and the end of a stack: so a frame
/// may also lie below one of a thread that has ended, whose memory is another thread's stack now.
#[cfg(cpython_recursion_by_stack)]
const NEAR: usize = 4096;

/// An address in the frame of the caller.
#[cfg(cpython_recursion_by_stack)]
#[inline(always)]
fn frame() -> usize {
    let here = 0u8;
    (&raw const here).addr()
}

/// Whether the caller is near a frame that was checked. Without a global lock, threads would wait for each other's writes.
#[cfg(cpython_recursion_by_stack)]
#[inline(always)]
fn has_room() -> bool {
    !cfg!(cpython_free_threaded) && CHECKED.load(Ordering::Relaxed).wrapping_sub(frame()) < NEAR
}

/// A call that was entered. CPython 3.12 and 3.13 count in the thread's state: it is read once for both ends of a call.
pub(crate) struct Entered {
    #[cfg(cpython_c_recursion_in_thread)]
    thread: *mut ThreadState,
}

/// Enters a call that CPython makes through the vectorcall protocol, or sets `RecursionError`.
///
/// # Safety
/// The caller holds the interpreter, and passes the result to [`leave`] after the call.
#[inline(always)]
pub(crate) unsafe fn enter() -> Option<Entered> {
    // SAFETY: the caller's promise: the thread's state is its own.
    unsafe {
        #[cfg(cpython_c_recursion_in_thread)]
        {
            let thread = ffi::PyThreadState_Get().cast::<ThreadState>();
            let remaining = (*thread).c_recursion_remaining;
            if remaining > 0 {
                (*thread).c_recursion_remaining = remaining - 1;
                return Some(Entered { thread });
            }
            enter_deeper().then_some(Entered { thread })
        }
        #[cfg(cpython_recursion_by_stack)]
        {
            (has_room() || enter_deeper()).then_some(Entered {})
        }
        #[cfg(not(any(cpython_c_recursion_in_thread, cpython_recursion_by_stack)))]
        enter_deeper().then_some(Entered {})
    }
}

/// CPython's own check, which sets the exception.
///
/// # Safety
/// The thread holds the interpreter.
#[cfg_attr(any(cpython_c_recursion_in_thread, cpython_recursion_by_stack), cold)]
#[cfg_attr(not(any(cpython_c_recursion_in_thread, cpython_recursion_by_stack)), inline(always))]
unsafe fn enter_deeper() -> bool {
    // SAFETY: the caller's promise.
    let entered = unsafe { ffi::Py_EnterRecursiveCall(c" while calling a Python object".as_ptr()) == 0 };
    #[cfg(cpython_recursion_by_stack)]
    if entered && !cfg!(cpython_free_threaded) {
        // The caller's own frame lies above this one.
        CHECKED.store(frame().wrapping_add(NEAR / 2), Ordering::Relaxed);
    }
    entered
}

/// Calls `function` with the arguments of the vectorcall protocol, or sets `RecursionError`.
///
/// # Safety
/// CPython calls the caller by that protocol, with these arguments; they are those of `function`.
#[inline(always)]
pub(crate) unsafe fn limited_call(
    function: ffi::vectorcallfunc,
    object: *mut cpy_PyObject,
    args: *const *mut cpy_PyObject,
    nargsf: usize,
    kwnames: *mut cpy_PyObject,
) -> *mut cpy_PyObject {
    // SAFETY: the caller's promise.
    unsafe {
        #[cfg(cpython_recursion_by_stack)]
        if !has_room() {
            return checked_call(object, args, nargsf, kwnames, function);
        }
        #[cfg(not(cpython_recursion_by_stack))]
        let Some(entered) = enter() else { return core::ptr::null_mut() };
        let result = function(object, args, nargsf, kwnames);
        #[cfg(not(cpython_recursion_by_stack))]
        leave(entered);
        result
    }
}

/// [`limited_call`] with a check: apart, so that a call which needs none saves no registers for it.
///
/// # Safety
/// As of `limited_call`.
#[cfg(cpython_recursion_by_stack)]
#[cold]
#[cfg_attr(feature = "c-library", unsafe(export_name = "_HPy_CheckedCall"))]
unsafe extern "C" fn checked_call(
    object: *mut cpy_PyObject,
    args: *const *mut cpy_PyObject,
    nargsf: usize,
    kwnames: *mut cpy_PyObject,
    function: ffi::vectorcallfunc,
) -> *mut cpy_PyObject {
    // SAFETY: the caller's promise.
    unsafe { if enter_deeper() { function(object, args, nargsf, kwnames) } else { core::ptr::null_mut() } }
}

/// Leaves a call. A CPython that checks the stack pointer has counted nothing.
///
/// # Safety
/// The call was entered by [`enter`] on this thread.
#[inline(always)]
pub(crate) unsafe fn leave(entered: Entered) {
    #[cfg(cpython_c_recursion_in_thread)]
    // SAFETY: the caller's promise.
    unsafe {
        (*entered.thread).c_recursion_remaining += 1;
    }
    #[cfg(not(any(cpython_c_recursion_in_thread, cpython_recursion_by_stack)))]
    // SAFETY: the caller's promise.
    unsafe {
        ffi::Py_LeaveRecursiveCall();
    }
    let Entered { .. } = entered;
}

/// Enters a number of further calls, or sets `RecursionError`; leaves as many if the number is negative.
///
/// # Safety
/// The thread holds the interpreter, and leaves no more than it entered.
#[cfg(feature = "host")]
pub(crate) unsafe fn charge(calls: c_int) -> bool {
    #[cfg(cpython_counts_recursion_in_c)]
    // SAFETY: the caller's promise.
    unsafe {
        for entered in 0..calls {
            if enter().is_none() {
                charge(-entered);
                return false;
            }
        }
        for _ in calls..0 {
            leave(Entered { thread: ffi::PyThreadState_Get().cast() });
        }
    }
    let _ = calls;
    true
}

/// Runs `call`, an extension function that CPython has called, or sets `RecursionError`.
#[inline(always)]
pub(crate) fn charged<T>(call: impl FnOnce() -> T) -> Option<T> {
    #[cfg(cpython_counts_recursion_in_c)]
    // SAFETY: CPython calls a function with the interpreter held.
    unsafe {
        let mut all = [const { None }; crate::panic::CHARGE];
        for entered in &mut all[1..] {
            *entered = enter();
        }
        let result = all[1..].iter().all(Option::is_some).then(call);
        all.into_iter().flatten().for_each(|entered| leave(entered));
        result
    }
    #[cfg(not(cpython_counts_recursion_in_c))]
    Some(call())
}

/// A call that takes the stack of several, until this goes: CPython 3.13 counts calls, whatever stack they take.
#[cfg(feature = "host")]
pub struct Deep {
    #[cfg(cpython_counts_recursion_in_c)]
    entered: [Option<Entered>; DEEP],
}

/// How many of CPython's calls such a call is taken for.
#[cfg(all(feature = "host", cpython_counts_recursion_in_c))]
const DEEP: usize = if cfg!(debug_assertions) { 8 } else { 4 };

#[cfg(feature = "host")]
impl Deep {
    /// Enters such a call, or sets `RecursionError`.
    ///
    /// # Safety
    /// The thread holds the interpreter, until this goes.
    pub unsafe fn enter() -> Option<Deep> {
        #[cfg(cpython_counts_recursion_in_c)]
        {
            let mut deep = Deep { entered: [const { None }; DEEP] };
            for entered in &mut deep.entered {
                // SAFETY: the caller's promise.
                *entered = Some(unsafe { enter() }?);
            }
            Some(deep)
        }
        #[cfg(not(cpython_counts_recursion_in_c))]
        Some(Deep {})
    }
}

#[cfg(feature = "host")]
impl Drop for Deep {
    fn drop(&mut self) {
        #[cfg(cpython_counts_recursion_in_c)]
        for entered in self.entered.iter_mut().filter_map(Option::take) {
            // SAFETY: `enter` entered it, on this thread.
            unsafe { leave(entered) };
        }
    }
}
