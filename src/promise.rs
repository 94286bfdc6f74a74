// src/promise.rs: where the author of a definition writes `unsafe`.
//
// The author promises something in an `unsafe` block whose word and braces are the author's: rustc's lint `unsafe_code`
// leaves out a block of which either comes from a macro of another crate, and a crate with `#![forbid(unsafe_code)]` could
// dereference any pointer. Macros that begin with `__`, and rules that begin with `@`, are for the macros of this crate: they
// take it that the promise was seen.

use crate::*;

/// Looks whether an argument is a promise, and hands it on to a macro as `[promised EXPRESSION]` or `[safe EXPRESSION]`,
/// before the arguments that follow it: `__hpy_promise! { MACRO [what comes before] [TOKENS] TOKENS }`.
///
/// The tokens are given twice: the second ones are matched, which loses where they come from, and the first ones are used.
#[doc(hidden)]
#[macro_export]
macro_rules! __hpy_promise {
    (@take $kind:ident $next:ident [$($before:tt)*] $value:expr $(, $($more:tt)*)?) => {
        $crate::$next! { $($before)* [$kind $value] $(, $($more)*)? }
    };
    (@closure $next:ident $before:tt [$($given:tt)*] | unsafe { $($block:tt)* } $($more:tt)*) => {
        $crate::__hpy_promise! { @take promised $next $before $($given)* }
    };
    (@closure $next:ident $before:tt [$($given:tt)*] | $($body:tt)*) => {
        $crate::__hpy_promise! { @take safe $next $before $($given)* }
    };
    (@closure $next:ident $before:tt $given:tt $parameter:tt $($rest:tt)*) => {
        $crate::__hpy_promise! { @closure $next $before $given $($rest)* }
    };
    ($next:ident $before:tt [$($given:tt)*] unsafe { $($block:tt)* } $($more:tt)*) => {
        $crate::__hpy_promise! { @take promised $next $before $($given)* }
    };
    ($next:ident $before:tt $given:tt $(move)? | $($closure:tt)*) => {
        $crate::__hpy_promise! { @closure $next $before $given $($closure)* }
    };
    ($next:ident $before:tt [$($given:tt)*] $($same:tt)*) => {
        $crate::__hpy_promise! { @take safe $next $before $($given)* }
    };
}

/// The implementation of a definition as a function of the type `$type`: a safe one only where it has nothing to promise.
#[doc(hidden)]
#[macro_export]
macro_rules! __hpy_given {
    ($type:ty, [promised $value:expr]) => {
        $value
    };
    ($type:ty, [safe $value:expr]) => {{
        const __HPY_SAFE: <$type as $crate::__private::Implementation>::Safe = $value;
        $crate::__private::needs_no_promise::<<$type as $crate::__private::Implementation>::Result>();
        __HPY_SAFE
    }};
}

/// The type of an implementation.
pub trait Implementation {
    /// The type of a safe function with the same arguments and result.
    type Safe;
    /// What CPython relies on when it has returned.
    type Result;
}

/// What is returned by an implementation that also fills memory.
pub struct Filled;

/// A result that CPython checks: whatever it is does no harm. A handle does: CPython takes it for a new one.
#[diagnostic::on_unimplemented(
    message = "this definition makes a promise, and `unsafe` is missing",
    label = "its function returns a handle, or fills memory, that CPython relies on",
    note = "write `unsafe` before the body of the closure, which is a block: `|ctx, ..| unsafe {{ .. }}`",
    note = "or around the name of a function: `unsafe {{ NAME }}`",
    note = "the documentation of `HPyDef_METH!` lists what is promised"
)]
pub trait Harmless {}

#[diagnostic::do_not_recommend]
impl Harmless for () {}
#[diagnostic::do_not_recommend]
impl Harmless for c_int {}
#[diagnostic::do_not_recommend]
impl Harmless for HPy_ssize_t {}

/// Refuses an implementation that is not promised, and has to be.
#[doc(hidden)]
pub const fn needs_no_promise<R: Harmless>() {}

macro_rules! implementations {
    ($(($($argument:ty),*);)*) => {
        $(
            impl<R> Implementation for unsafe fn($($argument),*) -> R {
                type Safe = fn($($argument),*) -> R;
                type Result = R;
            }
        )*
    };
}

implementations! {
    (&HPyContext, HPy);
    (&HPyContext, HPy, HPy);
    (&HPyContext, HPy, HPy, HPy);
    (&HPyContext, HPy, HPy, HPy_RichCmpOp);
    (&HPyContext, HPy, HPy, *mut c_void);
    (&HPyContext, HPy, *mut c_void);
    (&HPyContext, HPy, HPy_ssize_t);
    (&HPyContext, HPy, HPy_ssize_t, HPy);
    (&HPyContext, HPy, *const HPy, usize);
    (&HPyContext, HPy, *const HPy, usize, HPy);
    (&HPyContext, HPy, *const HPy, HPy_ssize_t, HPy);
    (&HPyContext, HPy, *mut HPy_buffer);
    (*mut c_void);
    (*mut c_void, HPyFunc_visitproc, *mut c_void);
    (*const c_char, *mut c_void, *mut c_void);
}

impl Implementation for implementation::HPyFunc_GETBUFFERPROC {
    type Safe = fn(&HPyContext, HPy, *mut HPy_buffer, c_int) -> c_int;
    type Result = Filled;
}
