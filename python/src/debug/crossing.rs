// python/src/debug/crossing.rs: a call of a module's function: handles are opened for it, and closed after it.

use hpy_sys::*;
use pyo3_ffi as ffi;

use super::call::resolve_at;
use super::frames::Entered;
use super::origin::Origin;
use super::report::{About, contradiction, give_exception, mistake};
use super::slots::{Kind, State, slots};
use crate::context::{Context, Crossing, native};

/// A call, with the handles that were opened for it.
pub struct Opened {
    entered: Entered,
    arguments: Vec<HPy>,
    /// The arrays of arguments: handles of the implementation.
    arrays: Vec<Box<[HPy]>>,
    /// Whether an exception was set when the call began, as in a finalizer.
    had_exception: bool,
    is_done: bool,
}

impl Opened {
    pub fn new(implementation: usize) -> Opened {
        // SAFETY: a trampoline is called by CPython, with the interpreter held.
        let had_exception = unsafe { !ffi::PyErr_Occurred().is_null() };
        let entered = Entered::new(implementation);
        Opened { entered, arguments: Vec::new(), arrays: Vec::new(), had_exception, is_done: false }
    }

    fn open(&mut self, object: HPy) -> HPy {
        let origin = Origin::here("the call", self.entered.frame);
        let h = slots().open(Kind::Argument, object, origin);
        self.arguments.push(h);
        h
    }

    /// Closes the handles of the arguments.
    fn close(&mut self) {
        let origin = Origin::here("the end of the call", self.entered.frame);
        let mut freed = Vec::new();
        for h in self.arguments.drain(..) {
            freed.extend(slots().close(h, Some(origin.clone())));
        }
        drop(freed);
        self.is_done = true;
    }

    /// Has an exception that a callback raised take the place of the result. True if there is one.
    fn fails(&self) -> bool {
        let Some(exception) = self.entered.frame.pending() else { return false };
        // SAFETY: the thread holds the interpreter, and the exception is this one's own.
        unsafe {
            ffi::PyErr_Clear();
            give_exception(exception);
        }
        true
    }

    /// Tells if the implementation says one thing and has done another.
    fn check(&self, has_failed: bool) {
        // SAFETY: the thread holds the interpreter.
        let is_set = unsafe { !ffi::PyErr_Occurred().is_null() };
        if has_failed && !is_set {
            contradiction("returned an error without setting an exception", NOT_SET);
        }
        if !has_failed && is_set && !self.had_exception {
            contradiction("returned a result with an exception set", IS_SET);
        }
    }
}

impl Crossing for Opened {
    fn context(&self) -> &Context {
        self.entered.context()
    }

    fn handle(&mut self, object: HPy) -> HPy {
        if HPy_IsNull(object) { HPy_NULL } else { self.open(object) }
    }

    unsafe fn handles(&mut self, objects: *const HPy, count: usize) -> *const HPy {
        if count == 0 {
            return objects;
        }
        // SAFETY: the caller's promise.
        let objects = unsafe { core::slice::from_raw_parts(objects, count) };
        let handles: Box<[HPy]> = objects.iter().map(|object| self.handle(*object)).collect();
        self.arrays.push(handles);
        self.arrays[self.arrays.len() - 1].as_ptr()
    }

    unsafe fn buffer(&mut self, buffer: *mut HPy_buffer) -> *mut HPy_buffer {
        // SAFETY: the caller's promise: a view whose owner is an object or null.
        unsafe {
            if !buffer.is_null() && !HPy_IsNull((*buffer).obj) {
                (*buffer).obj = self.open((*buffer).obj);
            }
        }
        buffer
    }

    unsafe fn buffer_back(&mut self, buffer: *mut HPy_buffer) {
        // SAFETY: the caller's promise.
        unsafe {
            let Some(view) = buffer.as_mut().filter(|view| !HPy_IsNull(view.obj)) else { return };
            let is_argument = self.arguments.iter().any(|argument| argument._i == view.obj._i);
            let object = resolve_at(view.obj, || "the `obj` of a view".to_owned());
            if is_argument {
                view.obj = object;
            } else {
                view.obj = self.owned(view.obj);
            }
        }
    }

    fn result(&mut self, h: HPy) -> HPy {
        let object = if HPy_IsNull(h) { HPy_NULL } else { self.owned(h) };
        self.close();
        self.check(HPy_IsNull(h));
        if self.fails() {
            // SAFETY: the result is the caller's own.
            unsafe { HPy_Close(native(), object) };
            return HPy_NULL;
        }
        object
    }

    fn status(&mut self, has_failed: Option<bool>) -> bool {
        self.close();
        if let Some(has_failed) = has_failed {
            self.check(has_failed);
        }
        self.fails()
    }

    fn done(&mut self) {
        self.close();
        self.check(false);
        if self.fails() {
            // SAFETY: the thread holds the interpreter.
            unsafe { HPyErr_WriteUnraisable(native(), HPy_NULL) };
        }
    }
}

impl Opened {
    /// The object of a handle that the implementation returns, which is closed.
    fn owned(&mut self, h: HPy) -> HPy {
        let found = slots().find(h).map(|slot| (slot.kind, slot.state, slot.object));
        match found {
            Some((Kind::Object, State::Open, object)) => {
                let origin = Origin::here("the return", self.entered.frame);
                let freed = slots().close(h, Some(origin));
                drop(freed);
                object
            }
            Some((kind @ (Kind::Argument | Kind::Constant), State::Open, object)) => {
                let what = if kind == Kind::Argument { "an argument" } else { "a constant of the context" };
                let headline = format!("a function returned {what}, which is not its own");
                mistake(About::Handle, &headline, "= help: return a handle of its own: HPy_Dup(ctx, h)");
                // SAFETY: the object is alive.
                unsafe { HPy_Dup(native(), object) }
            }
            // SAFETY: the object is alive.
            _ => unsafe { HPy_Dup(native(), resolve_at(h, || "the result".to_owned())) },
        }
    }
}

impl Drop for Opened {
    fn drop(&mut self) {
        if !self.is_done {
            self.close();
        }
    }
}

const NOT_SET: &str =
    "= help: set one with HPyErr_SetString or its like, or return what a failed function of HPy was called for";
const IS_SET: &str = "= help: return HPy_NULL or -1 after a failure, or clear the exception with HPyErr_Clear";
