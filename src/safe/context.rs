// src/safe/context.rs: what a context gives by itself: constants, imports, and a time without the interpreter.

use core::ffi::CStr;

use super::{Borrowed, Object, Result};
use crate::__helpers::Away;
use crate::*;

impl HPyContext {
    /// Python's `None`.
    #[inline(always)]
    pub fn none(&self) -> Borrowed<'_> {
        // SAFETY: the handles of a context are open as long as it lives.
        unsafe { Borrowed::from_handle(self, self.h_None) }
    }

    /// Python's `NotImplemented`: what a binary operator gives for an operand that it does not know.
    #[inline(always)]
    pub fn not_implemented(&self) -> Borrowed<'_> {
        // SAFETY: the handles of a context are open as long as it lives.
        unsafe { Borrowed::from_handle(self, self.h_NotImplemented) }
    }

    /// Python's `int`, to be called: `ctx.int().call_with("123")?` is an integer of any size.
    #[inline(always)]
    pub fn int(&self) -> Borrowed<'_> {
        // SAFETY: the handles of a context are open as long as it lives.
        unsafe { Borrowed::from_handle(self, self.h_LongType) }
    }

    /// Whether an exception is set, where a [`Raised`](super::Raised) went through code that does not keep it.
    #[inline(always)]
    pub fn is_raised(&self) -> bool {
        // SAFETY: the context is that of the running call.
        unsafe { HPyErr_Occurred(self) != 0 }
    }

    /// Imports a module: `ctx.import(c"math")?`.
    ///
    /// Raises what the import raises.
    pub fn import(&self, name: &CStr) -> Result<Object<'_>> {
        // SAFETY: the name is a C string, and the result is new.
        unsafe { Object::from_handle(self, HPyImport_ImportModule(self, name.as_ptr())) }
    }

    /// Runs `f` while other threads run Python. The thread is back in the interpreter after it, also after a panic.
    ///
    /// `f` is [`Send`], so no object and no context gets into it: read what it needs before, and make objects after it. The
    /// borrow of an instance lasts on: its memory stays, and a method with `&mut self` that another thread calls meanwhile
    /// raises `RuntimeError`.
    ///
    /// ```compile_fail
    /// use hpy_sys::safe::*;
    ///
    /// fn wrong(ctx: &HPyContext, object: &Object<'_>) -> Result<f64> {
    ///     ctx.leave_python(|| object.extract::<f64>())
    /// }
    /// ```
    ///
    /// A crate that makes things `Send` which are not, such as `send_wrapper`, leads past this.
    #[inline]
    pub fn leave_python<R: Outside>(&self, f: impl FnOnce() -> R + Outside) -> R {
        // SAFETY: the closure has no context, since that is not Send; so it calls nothing of HPy.
        let away = unsafe { Away::leave(self) };
        let result = f();
        drop(away);
        result
    }
}

/// What is used while the thread is out of the interpreter: all that is [`Send`].
#[diagnostic::on_unimplemented(
    message = "this is used where `leave_python` has left the interpreter, and needs it",
    label = "an object, a context or a borrow of an instance gets into the closure, or out of it",
    note = "objects and contexts are not `Send`: read what the closure needs before it, and make objects after it"
)]
pub trait Outside {}

#[diagnostic::do_not_recommend]
impl<T: Send> Outside for T {}

/// A context is neither sent nor shared: this thread is in the interpreter, and another is not.
///
/// ```compile_fail
/// fn sent<T: Send>() {}
/// sent::<&hpy_sys::HPyContext>();
/// ```
///
/// ```compile_fail
/// fn sent<T: Send>() {}
/// sent::<hpy_sys::safe::Object<'static>>();
/// ```
///
/// ```
/// fn sent<T: Send>() {}
/// sent::<hpy_sys::safe::Bytes<'static>>();
/// ```
const _: () = ();
