// python/src/debug/report.rs: what happens when a module makes a mistake: a callback, an exception, or the end of the process.

use core::ptr;
use core::sync::atomic::{AtomicBool, Ordering};
use std::io::Write as _;

use hpy_sys::*;
use pyo3_ffi as ffi;

use super::frames::Frame;
use super::presence::is_attached;
use crate::context::native;
use crate::names;
use crate::raise::{Owned, Raised, c_text};

/// What a mistake is about; HPy has a callback for two of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    Handle,
    Builder,
    Other,
}

/// The callbacks that Python code has set, in each interpreter.
pub static INVALID_HANDLE: HPyGlobal = HPyGlobal::NULL;
pub static INVALID_BUILDER: HPyGlobal = HPyGlobal::NULL;
pub static MISTAKE: HPyGlobal = HPyGlobal::NULL;

fn global(about: About) -> &'static HPyGlobal {
    match about {
        About::Handle => &INVALID_HANDLE,
        About::Builder => &INVALID_BUILDER,
        About::Other => &MISTAKE,
    }
}

/// Sets a callback, null for none, and returns the one before it, which is the caller's.
///
/// # Safety
/// `callback` is an open handle or null, and the thread holds the interpreter.
pub unsafe fn set_callback(about: About, callback: HPy) -> HPy {
    HEARD.store(true, Ordering::Relaxed);
    // SAFETY: the caller's promise.
    unsafe {
        let old = HPyGlobal_Load(native(), global(about));
        HPyGlobal_Store(native(), global(about), callback);
        old
    }
}

/// Whether Python code has ever asked to be told of mistakes.
static HEARD: AtomicBool = AtomicBool::new(false);

/// Whether Python code may have asked to be told of mistakes. A thread that is out of the interpreter cannot know better.
pub fn is_anybody_told() -> bool {
    HEARD.load(Ordering::Relaxed)
}

/// A new handle of a callback, or null.
///
/// # Safety
/// The thread holds the interpreter.
unsafe fn callback(about: About) -> HPy {
    // SAFETY: the caller's promise.
    unsafe { HPyGlobal_Load(native(), global(about)) }
}

/// Tells of a mistake. Returns if Python code has asked to be told of it.
///
/// `headline` is one line; `details` are further lines: what was done where, and what to do.
pub fn mistake(about: About, headline: &str, details: &str) {
    if !is_attached() {
        end(headline, details);
    }
    let details = with_place(details);
    // SAFETY: the thread holds the interpreter.
    unsafe {
        let exception = Saved::take();
        let own = if about == About::Other { HPy_NULL } else { callback(about) };
        if !HPy_IsNull(own) {
            call(own, None);
            HPy_Close(native(), own);
        }
        let every = if HPy_IsNull(own) { callback(About::Other) } else { HPy_NULL };
        if !HPy_IsNull(every) {
            call(every, Some(&format!("{headline}\n{details}")));
            HPy_Close(native(), every);
        } else if HPy_IsNull(own) {
            end_in_interpreter(headline, &details);
        }
        exception.restore();
    }
}

/// Tells of a contradiction between a result and an exception. Where Python code has not asked to be told, the call raises
/// `SystemError`, as CPython does.
pub fn contradiction(headline: &str, details: &str) {
    // SAFETY: the thread holds the interpreter.
    let told = unsafe { callback(About::Other) };
    if !HPy_IsNull(told) {
        // SAFETY: the handle is this one's own.
        unsafe { HPy_Close(native(), told) };
        return mistake(About::Other, headline, details);
    }
    let name = names::shown(Frame::current().implementation).unwrap_or_else(|| "a function".to_owned());
    // SAFETY: the thread holds the interpreter. The exception that was set becomes the cause of this one.
    unsafe {
        let cause = take_exception();
        HPyErr_SetString(native(), native().h_SystemError, c_text(&format!("{name} {headline}\n{details}")).as_ptr());
        let raised = take_exception();
        if !HPy_IsNull(cause) {
            ffi::PyException_SetCause(raised._i, cause._i);
        }
        if !Frame::raise_later(raised) {
            HPy_Close(native(), raised);
        }
    }
}

/// Calls a callback. What it raises takes the place of the result of the module's call, where there is one.
///
/// # Safety
/// `callback` is open, and the thread holds the interpreter.
unsafe fn call(callback: HPy, message: Option<&str>) {
    // SAFETY: the caller's promise.
    unsafe {
        let result = match message {
            Some(message) => {
                let text = HPyUnicode_FromString(native(), c_text(message).as_ptr());
                let result = HPy_Call(native(), callback, &text, 1, HPy_NULL);
                HPy_Close(native(), text);
                result
            }
            None => HPy_Call(native(), callback, ptr::null(), 0, HPy_NULL),
        };
        HPy_Close(native(), result);
        if HPy_IsNull(result) {
            let raised = take_exception();
            if !Frame::raise_later(raised) {
                give_exception(raised);
                HPyErr_WriteUnraisable(native(), callback);
            }
        }
    }
}

/// The details with the function of the module before them.
fn with_place(details: &str) -> String {
    let place = names::shown(Frame::current().implementation).map_or(String::new(), |name| format!("in {name}\n"));
    format!("{place}{}", details.trim_end())
}

/// Ends the process of a thread that is out of the interpreter: the message, and the exit status 1.
pub fn end(headline: &str, details: &str) -> ! {
    say(headline, &with_place(details));
    // Other threads run on, so nothing that they use may go before them.
    #[cfg(unix)]
    // SAFETY: it only ends the process.
    unsafe {
        libc::_exit(1)
    }
    #[cfg(not(unix))]
    std::process::exit(1)
}

/// Ends the process: the message, Python's stack, and the exit status 1.
fn end_in_interpreter(headline: &str, details: &str) -> ! {
    say(headline, details);
    // SAFETY: the thread holds the interpreter.
    unsafe {
        ffi::PyErr_Clear();
        _ = show_stack();
        ffi::PyErr_Clear();
    }
    std::process::exit(1)
}

/// Prints Python's stack, behind what Python code has printed.
///
/// # Safety
/// The thread holds the interpreter.
unsafe fn show_stack() -> Result<(), Raised> {
    let ctx = native();
    // SAFETY: the caller's promise; the handles are closed when they go.
    unsafe {
        let stderr = Owned::new(HPyLong_FromLong(ctx, 2))?;
        let flushes = Owned::new(HPyImport_ImportModule(ctx, c"sys".as_ptr()))
            .and_then(|sys| Owned::new(HPy_GetAttr_s(ctx, sys.get(), c"stdout".as_ptr())))
            .and_then(|stdout| Owned::new(HPy_GetAttr_s(ctx, stdout.get(), c"flush".as_ptr())));
        _ = flushes.and_then(|flush| Owned::new(HPy_Call(ctx, flush.get(), ptr::null(), 0, HPy_NULL)));
        ffi::PyErr_Clear();
        let module = Owned::new(HPyImport_ImportModule(ctx, c"faulthandler".as_ptr()))?;
        let dump = Owned::new(HPy_GetAttr_s(ctx, module.get(), c"dump_traceback".as_ptr()))?;
        Owned::new(HPy_Call(ctx, dump.get(), [stderr.get(), ctx.h_False].as_ptr(), 2, HPy_NULL)).map(drop)
    }
}

/// Prints a message. Where nobody reads it, nothing is to be done about that.
fn say(headline: &str, details: &str) {
    _ = writeln!(std::io::stderr(), "Fatal Python error: {headline}\n{details}");
}

/// The exception that was set, while others are.
pub struct Saved {
    kind: *mut ffi::PyObject,
    value: *mut ffi::PyObject,
    traceback: *mut ffi::PyObject,
}

impl Saved {
    /// # Safety
    /// The thread holds the interpreter.
    #[allow(deprecated, reason = "the functions that replace them begin with CPython 3.12")]
    pub unsafe fn take() -> Saved {
        let mut saved = Saved { kind: ptr::null_mut(), value: ptr::null_mut(), traceback: ptr::null_mut() };
        // SAFETY: the caller's promise.
        unsafe { ffi::PyErr_Fetch(&mut saved.kind, &mut saved.value, &mut saved.traceback) };
        saved
    }

    /// # Safety
    /// The thread holds the interpreter.
    #[allow(deprecated, reason = "the functions that replace them begin with CPython 3.12")]
    pub unsafe fn restore(self) {
        // SAFETY: the caller's promise; CPython takes the references over.
        unsafe { ffi::PyErr_Restore(self.kind, self.value, self.traceback) }
    }
}

/// Takes the exception that is set, as one object, or null.
///
/// # Safety
/// The thread holds the interpreter.
#[allow(deprecated, reason = "the functions that replace them begin with CPython 3.12")]
unsafe fn take_exception() -> HPy {
    // SAFETY: the caller's promise.
    unsafe {
        let mut saved = Saved::take();
        if saved.kind.is_null() {
            return HPy_NULL;
        }
        ffi::PyErr_NormalizeException(&mut saved.kind, &mut saved.value, &mut saved.traceback);
        if !saved.traceback.is_null() {
            ffi::PyException_SetTraceback(saved.value, saved.traceback);
        }
        ffi::Py_XDECREF(saved.kind);
        ffi::Py_XDECREF(saved.traceback);
        HPy { _i: saved.value }
    }
}

/// Sets an exception, which this takes over.
///
/// # Safety
/// The thread holds the interpreter, and `exception` is one.
pub unsafe fn give_exception(exception: HPy) {
    // SAFETY: the caller's promise.
    unsafe {
        ffi::PyErr_SetObject(ffi::Py_TYPE(exception._i).cast(), exception._i);
        HPy_Close(native(), exception);
    }
}
