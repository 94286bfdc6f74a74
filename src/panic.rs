// src/panic.rs: a panic in an extension ends as a Python exception, and never crosses into C.

#[cfg(feature = "std")]
use crate::abi::raise::{set_system_error, write_unraisable};
use crate::*;

/// What a function returns after it has set an exception.
#[cfg_attr(not(any(feature = "std", feature = "cpython")), allow(dead_code))]
pub trait Failure {
    /// The value that says so.
    const FAILURE: Self;
    /// Whether the caller looks for the exception.
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

/// Calls the implementation of an extension function with the context.
///
/// If it panics, `SystemError` is raised with the panic's message; where the caller would not look for an exception, it
/// goes to `sys.unraisablehook`.
#[cfg(feature = "std")]
#[inline(always)]
pub fn guard<R: Failure>(ctx: &HPyContext, call: impl FnOnce(&HPyContext) -> R) -> R {
    match std::panic::catch_unwind(core::panic::AssertUnwindSafe(|| call(ctx))) {
        Ok(result) => result,
        Err(payload) => {
            raise(ctx, payload, R::REPORTED);
            R::FAILURE
        }
    }
}

/// Calls the implementation of an extension function with the context.
///
/// Without the feature `std` a panic ends the process: the `extern "C"` function around this one lets none through.
#[cfg(not(feature = "std"))]
#[inline(always)]
pub fn guard<R: Failure>(ctx: &HPyContext, call: impl FnOnce(&HPyContext) -> R) -> R {
    call(ctx)
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
    // SAFETY: the extension was called by the interpreter, so this thread holds it.
    unsafe {
        if reported {
            set_system_error(ctx, &text);
        } else {
            write_unraisable(ctx, &text);
        }
    }
}
