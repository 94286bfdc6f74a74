// src/panic.rs: a panic in an extension ends as a Python exception, and never crosses into C.

#[cfg(feature = "std")]
use crate::abi::{ends_threads, has_interpreter, set_system_error, write_unraisable};
use crate::*;

/// The result of a function that has set an exception.
#[cfg_attr(not(any(feature = "std", feature = "cpython")), allow(dead_code))]
pub trait Failure {
    /// The value that says so.
    const FAILURE: Self;
    /// Whether the caller checks for the exception.
    const REPORTED: bool = true;
}

impl Failure for HPy {
    const FAILURE: HPy = HPy_NULL;
}

impl Failure for c_int {
    const FAILURE: c_int = -1;
}

impl Failure for isize {
    const FAILURE: isize = -1;
}

impl Failure for () {
    const FAILURE: () = ();
    const REPORTED: bool = false;
}

/// The number of CPython's C calls that one call of the extension counts for: CPython's limit is for its small frames, and an
/// unoptimised build has larger ones.
#[cfg(any(not(feature = "cpython"), cpython_counts_recursion_in_c))]
pub(crate) const CHARGE: usize = if cfg!(debug_assertions) { 5 } else { 1 };

/// Calls the implementation of an extension function with the context, or raises `RecursionError`.
#[inline(always)]
pub fn guard<R: Failure>(ctx: &HPyContext, call: impl FnOnce(&HPyContext) -> R) -> R {
    if R::REPORTED {
        return abi::charged(|| catch(ctx, call)).unwrap_or(R::FAILURE);
    }
    catch(ctx, call)
}

/// Calls the implementation of an extension function with the context.
///
/// A panic raises `SystemError` with the panic's message, or goes to `sys.unraisablehook` where the caller checks for no
/// exception. A thread that CPython ends during the implementation does not return.
#[cfg(feature = "std")]
#[inline(always)]
fn catch<R: Failure>(ctx: &HPyContext, call: impl FnOnce(&HPyContext) -> R) -> R {
    let call = || {
        let unwinds = Unwinds;
        let result = call(ctx);
        core::mem::forget(unwinds);
        result
    };
    match std::panic::catch_unwind(core::panic::AssertUnwindSafe(call)) {
        Ok(result) => result,
        Err(payload) => {
            raise(ctx, payload, R::REPORTED);
            R::FAILURE
        }
    }
}

/// Calls the implementation of an extension function with the context.
///
/// Without the feature `std` a panic ends the process: the `extern "C"` function around this one aborts on unwinding.
#[cfg(not(feature = "std"))]
#[inline(always)]
fn catch<R: Failure>(ctx: &HPyContext, call: impl FnOnce(&HPyContext) -> R) -> R {
    call(ctx)
}

/// Dropped when the implementation unwinds.
///
/// Up to CPython 3.13, `pthread_exit` ends a daemon thread that asks for the interpreter during finalization. glibc unwinds the
/// stack for it. That is no panic, and `catch_unwind` would abort the process. So the thread blocks here forever, as CPython
/// 3.14 does it.
#[cfg(feature = "std")]
struct Unwinds;

#[cfg(feature = "std")]
impl Drop for Unwinds {
    #[inline(always)]
    fn drop(&mut self) {
        stop_unless_panicking();
    }
}

#[cfg(feature = "std")]
#[cold]
#[inline(never)]
extern "C" fn stop_unless_panicking() {
    while !std::thread::panicking() && ends_threads() {
        std::thread::sleep(core::time::Duration::from_secs(3600));
    }
}

/// It takes the payload as a whole, and never unwinds: so the functions around [`guard`] save no registers for what they
/// would do after it.
#[cfg(feature = "std")]
#[cold]
#[inline(never)]
#[allow(improper_ctypes_definitions, reason = "only Rust calls it; the ABI is for its promise not to unwind")]
extern "C" fn raise(ctx: &HPyContext, payload: std::boxed::Box<dyn core::any::Any + Send>, reported: bool) {
    let message = match (payload.downcast_ref::<&str>(), payload.downcast_ref::<std::string::String>()) {
        (Some(text), _) => text,
        (_, Some(text)) => text.as_str(),
        _ => "no message",
    };
    let text = std::format!("the extension panicked: {message}");
    if !has_interpreter() {
        // This thread does not hold the interpreter, so it cannot set an exception.
        std::eprintln!(
            "fatal: {text}\n= note: between HPy_LeavePythonExecution and HPy_ReenterPythonExecution\n\
             = help: HPy_LEAVE_PYTHON! goes back into the interpreter on every way out of its block"
        );
        std::process::abort();
    }
    // SAFETY: the extension was called by the interpreter, so this thread holds it.
    unsafe {
        if reported {
            set_system_error(ctx, &text);
        } else {
            write_unraisable(ctx, &text);
        }
    }
}
