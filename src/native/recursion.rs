// src/native/recursion.rs: the recursion limit for calls of an extension that CPython does not limit itself.

#[cfg(cpython_c_recursion_in_thread)]
use core::ptr::NonNull;
use core::sync::atomic::{AtomicUsize, Ordering};

#[cfg(cpython_c_recursion_in_thread)]
use super::thread_state::ThreadState;
use crate::*;

/// An address of a stack with room for calls below it, or 0. Where CPython looks at the stack pointer it is a frame that CPython
/// last found above its limit: threads share it, and write without a lock. Where CPython counts calls it is the base of the main
/// thread's stack, from the first initialisation of a module on.
#[cfg_attr(feature = "c-library", unsafe(export_name = "_HPy_frame_with_room"))]
static WITH_ROOM: AtomicUsize = AtomicUsize::new(0);

/// Frames so little below that one are not checked, or counted. CPython keeps more than 4096 bytes free between its limit and the
/// end of a stack: so such a frame may also lie below one of a thread that has ended, whose memory is another thread's stack now.
/// The stack of the main thread remains its own. There, a call is not counted before the stack is that deep.
const NEAR: usize = if cfg!(cpython_recursion_by_stack) { 4096 } else { 65536 };

/// An address in the frame of the caller, or at its end.
#[inline(always)]
fn frame() -> usize {
    #[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
    {
        let here: *const u8;
        // SAFETY: it reads the stack pointer.
        unsafe {
            #[cfg(target_arch = "x86_64")]
            core::arch::asm!("mov {}, rsp", out(reg) here, options(pure, nomem, nostack, preserves_flags));
            #[cfg(target_arch = "aarch64")]
            core::arch::asm!("mov {}, sp", out(reg) here, options(pure, nomem, nostack, preserves_flags));
        }
        here.addr()
    }
    #[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
    {
        let here = 0u8;
        (&raw const here).addr()
    }
}

/// Whether the caller has room for a call that is neither checked nor counted.
#[inline(always)]
fn has_room() -> bool {
    // Threads that run at the same time would wait for each other's writes.
    let is_written = cfg!(all(cpython_recursion_by_stack, cpython_free_threaded));
    !is_written && WITH_ROOM.load(Ordering::Relaxed).wrapping_sub(frame()) < NEAR
}

/// Finds the stack of the main thread, where CPython counts calls. A module's initialisation calls it.
pub(crate) fn find_main_stack() {
    #[cfg(not(cpython_recursion_by_stack))]
    if let Some(base) = base_of_main_stack() {
        WITH_ROOM.store(base, Ordering::Relaxed);
    }
}

/// The address at which the stack of the main thread begins, where the system says so.
#[cfg(not(cpython_recursion_by_stack))]
fn base_of_main_stack() -> Option<usize> {
    #[cfg(any(target_os = "linux", target_os = "android"))]
    {
        unsafe extern "C" {
            safe fn getauxval(kind: c_ulong) -> c_ulong;
        }
        /// Random bytes that the kernel puts above the first frame of a process.
        const AT_RANDOM: c_ulong = 25;
        Some(getauxval(AT_RANDOM) as usize)
    }
    #[cfg(target_os = "macos")]
    {
        unsafe extern "C" {
            safe fn pthread_main_np() -> c_int;
            safe fn pthread_self() -> usize;
            fn pthread_get_stackaddr_np(thread: usize) -> usize;
        }
        // SAFETY: the thread is this one.
        (pthread_main_np() != 0).then(|| unsafe { pthread_get_stackaddr_np(pthread_self()) })
    }
    #[cfg(not(any(target_os = "linux", target_os = "android", target_os = "macos")))]
    None
}

/// A call that was entered, and whether it was counted.
pub(crate) struct Entered(Option<Counted>);

/// A call that was counted. CPython 3.12 and 3.13 count in the thread's state: it is read once for both ends of a call.
struct Counted {
    #[cfg(cpython_c_recursion_in_thread)]
    thread: NonNull<ThreadState>,
}

/// The state of this thread, which counts its calls.
///
/// # Safety
/// The thread holds the interpreter.
#[cfg(cpython_c_recursion_in_thread)]
#[inline(always)]
unsafe fn this_thread() -> NonNull<ThreadState> {
    // SAFETY: the caller's promise: a thread that holds the interpreter has a state.
    unsafe { NonNull::new_unchecked(ffi::PyThreadState_Get().cast()) }
}

/// Enters a call that CPython makes through the vectorcall protocol, or sets `RecursionError`.
///
/// # Safety
/// The caller holds the interpreter, and passes the result to [`leave`] after the call.
#[inline(always)]
pub(crate) unsafe fn enter() -> Option<Entered> {
    // SAFETY: the caller's promise.
    if has_room() { Some(Entered(None)) } else { unsafe { count() }.map(|counted| Entered(Some(counted))) }
}

/// Leaves a call.
///
/// # Safety
/// The call was entered by [`enter`] on this thread.
#[inline(always)]
pub(crate) unsafe fn leave(entered: Entered) {
    if let Some(counted) = entered.0 {
        // SAFETY: the caller's promise.
        unsafe { uncount(counted) };
    }
}

/// Makes a call within the limit, or sets `RecursionError`.
///
/// # Safety
/// The thread holds the interpreter.
#[inline(always)]
pub unsafe fn limited<R>(call: impl FnOnce() -> R) -> Option<R> {
    // SAFETY: the caller's promise.
    unsafe {
        let entered = enter()?;
        let result = call();
        leave(entered);
        Some(result)
    }
}

/// Counts a call, or sets `RecursionError`. Where CPython looks at the stack pointer, this does.
///
/// # Safety
/// The caller holds the interpreter, and passes the result to [`uncount`] after the call.
#[inline(always)]
unsafe fn count() -> Option<Counted> {
    // SAFETY: the caller's promise: the thread's state is its own.
    unsafe {
        #[cfg(cpython_c_recursion_in_thread)]
        {
            let thread = this_thread();
            let remaining = &raw mut (*thread.as_ptr()).c_recursion_remaining;
            if *remaining > 0 {
                *remaining -= 1;
                return Some(Counted { thread });
            }
            enter_deeper().then_some(Counted { thread })
        }
        #[cfg(not(cpython_c_recursion_in_thread))]
        enter_deeper().then_some(Counted {})
    }
}

/// Ends a call that was counted.
///
/// # Safety
/// [`count`] counted it, on this thread.
#[inline(always)]
unsafe fn uncount(counted: Counted) {
    #[cfg(cpython_c_recursion_in_thread)]
    // SAFETY: the caller's promise.
    unsafe {
        (*counted.thread.as_ptr()).c_recursion_remaining += 1;
    }
    #[cfg(not(any(cpython_c_recursion_in_thread, cpython_recursion_by_stack)))]
    // SAFETY: the caller's promise.
    unsafe {
        ffi::Py_LeaveRecursiveCall();
    }
    let Counted { .. } = counted;
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
    #[cfg(all(cpython_recursion_by_stack, not(cpython_free_threaded)))]
    if entered {
        // The caller's own frame lies above this one.
        WITH_ROOM.store(frame().wrapping_add(NEAR / 2), Ordering::Relaxed);
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
        if has_room() {
            return function(object, args, nargsf, kwnames);
        }
        counted_call(object, args, nargsf, kwnames, function)
    }
}

/// [`limited_call`] where there is no room: apart, so that a call which has some saves no registers for it.
///
/// # Safety
/// As of `limited_call`.
#[cold]
#[inline(never)]
#[cfg_attr(feature = "c-library", unsafe(export_name = "_HPy_CountedCall"))]
unsafe extern "C" fn counted_call(
    object: *mut cpy_PyObject,
    args: *const *mut cpy_PyObject,
    nargsf: usize,
    kwnames: *mut cpy_PyObject,
    function: ffi::vectorcallfunc,
) -> *mut cpy_PyObject {
    // SAFETY: the caller's promise.
    unsafe {
        let Some(counted) = count() else { return core::ptr::null_mut() };
        let result = function(object, args, nargsf, kwnames);
        uncount(counted);
        result
    }
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
            if count().is_none() {
                charge(-entered);
                return false;
            }
        }
        for _ in calls..0 {
            uncount(Counted { thread: this_thread() });
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
            *entered = count();
        }
        let result = all[1..].iter().all(Option::is_some).then(call);
        all.into_iter().flatten().for_each(|entered| uncount(entered));
        result
    }
    #[cfg(not(cpython_counts_recursion_in_c))]
    Some(call())
}

/// A call that takes the stack of several, until this goes: CPython 3.13 counts calls, whatever stack they take.
#[cfg(feature = "host")]
pub struct Deep {
    #[cfg(cpython_counts_recursion_in_c)]
    entered: [Option<Counted>; DEEP],
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
                *entered = Some(unsafe { count() }?);
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
            // SAFETY: `count` counted it, on this thread.
            unsafe { uncount(entered) };
        }
    }
}
