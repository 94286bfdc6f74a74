// python/src/debug/crossing.rs: a call of a module's function: handles are opened for it, and closed after it.

use hpy_sys::host::Deep;
use hpy_sys::*;
use pyo3_ffi as ffi;

use super::frames::Entered;
use super::origin::Origin;
use super::presence;
use super::report::{About, contradiction, give_exception, mistake};
use super::resolve::resolve;
use super::slots::{Kind, Taken, slots};
use crate::context::{Context, Crossing, native};
use crate::raise::raise;

/// A call, with the handles that were opened for it.
pub struct Opened {
    entered: Entered,
    deep: Option<Deep>,
    arguments: Vec<HPy>,
    /// The arrays of arguments: handles of the implementation.
    arrays: Vec<Box<[HPy]>>,
    /// Whether an exception was set when the call began, as in a finalizer.
    had_exception: bool,
    /// The view that CPython asks for.
    requested: Option<*mut HPy_buffer>,
    /// The view that CPython gives back, and the handle of its owner.
    released: Option<(*mut HPy_buffer, HPy)>,
    is_done: bool,
}

impl Opened {
    pub fn new(implementation: usize) -> Opened {
        // SAFETY: a trampoline is called by CPython, with the interpreter held.
        let had_exception = unsafe { !ffi::PyErr_Occurred().is_null() };
        let entered = Entered::new(implementation);
        let (requested, released) = (None, None);
        Opened {
            entered,
            deep: None,
            arguments: Vec::new(),
            arrays: Vec::new(),
            had_exception,
            requested,
            released,
            is_done: false,
        }
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

    /// Ends the call of an implementation that says whether it has failed, or nothing. True if the call fails: then an
    /// exception is set. Tells if the implementation says one thing and has done another.
    fn end(&mut self, has_failed: Option<bool>) -> bool {
        presence::come_back(self.entered.frame);
        self.close();
        // An exception of a callback is the result, whatever the implementation says.
        if self.fails() {
            return true;
        }
        // SAFETY: the thread holds the interpreter.
        let is_set = || unsafe { !ffi::PyErr_Occurred().is_null() };
        let headline = match has_failed {
            Some(true) if !is_set() => NOT_SET,
            Some(false) if is_set() && !self.had_exception => IS_SET,
            _ => return has_failed == Some(true),
        };
        let help = if has_failed == Some(true) { NOT_SET_HELP } else { IS_SET_HELP };
        contradiction(headline, help);
        if !self.fails() && !is_set() {
            raise(native().h_SystemError, headline);
        }
        true
    }
}

impl Crossing for Opened {
    fn enters(&mut self) -> bool {
        // SAFETY: a trampoline is called by CPython, with the interpreter held.
        self.deep = unsafe { Deep::enter() };
        self.deep.is_some()
    }

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

    unsafe fn buffer(&mut self, buffer: *mut HPy_buffer, is_request: bool) -> *mut HPy_buffer {
        // SAFETY: the caller's promise: a view that is empty, or has the owner that the implementation gave it.
        unsafe {
            if let Some(view) = buffer.as_mut() {
                view.obj = if is_request { HPy_NULL } else { self.handle(view.obj) };
                self.requested = is_request.then_some(buffer);
                self.released = (!is_request).then_some((buffer, view.obj));
            }
        }
        buffer
    }

    fn result(&mut self, h: HPy) -> HPy {
        presence::come_back(self.entered.frame);
        let object = if HPy_IsNull(h) { Some(HPy_NULL) } else { self.owned(h, "the result") };
        let fails = self.end(object.map(HPy_IsNull));
        match object {
            Some(object) if fails => {
                // SAFETY: the result is the caller's own.
                unsafe { HPy_Close(native(), object) };
                HPy_NULL
            }
            Some(object) => object,
            None => self.unusable(fails),
        }
    }

    fn result_or_end(&mut self, h: HPy) -> HPy {
        if !HPy_IsNull(h) {
            return self.result(h);
        }
        // With an exception or without one, both are right.
        self.end(None);
        HPy_NULL
    }

    fn status(&mut self, has_failed: Option<bool>) -> bool {
        presence::come_back(self.entered.frame);
        let view = self.requested.take();
        let is_usable = view.is_none_or(|view| self.give_owner(view, has_failed == Some(true)));
        let fails = self.end(has_failed);
        if !is_usable {
            self.unusable(fails);
        }
        if let Some(view) = view.filter(|_| fails) {
            // SAFETY: the view is CPython's, which takes no owner after a failure.
            unsafe { HPy_Close(native(), core::mem::replace(&mut (*view).obj, HPy_NULL)) };
        }
        fails || !is_usable
    }

    fn done(&mut self) {
        presence::come_back(self.entered.frame);
        if let Some((view, owner)) = self.released.take() {
            // SAFETY: the view is CPython's, which closes what it has.
            unsafe { (*view).obj = slots().find(owner).map_or(HPy_NULL, |slot| slot.object) };
        }
        if self.end(Some(false)) {
            // SAFETY: the thread holds the interpreter.
            unsafe { HPyErr_WriteUnraisable(native(), HPy_NULL) };
        }
    }
}

impl Opened {
    /// The object of a handle that the implementation gives away, which is closed. Nothing if it is not known to be alive.
    fn owned(&mut self, h: HPy, what: &str) -> Option<HPy> {
        let is_left_over = slots().find(h).is_some_and(|slot| slot.kind == Kind::Object && slot.made.frame.has_ended());
        if is_left_over {
            _ = resolve(h, || what.to_owned());
        }
        let taken = slots().take(h, Origin::here("the return", self.entered.frame));
        match taken {
            Taken::Own(object, freed) => {
                drop(freed);
                Some(object)
            }
            Taken::Borrowed(borrowed) => {
                let headline = format!("a function returned {}, which is not its own", borrowed.what());
                let help = "= help: return a handle of its own: HPy_Dup(ctx, h)";
                mistake(About::Handle, &headline, &format!("{what}\n{help}"));
                // SAFETY: the object is alive.
                Some(unsafe { HPy_Dup(native(), borrowed.object) })
            }
            // SAFETY: the object is alive.
            Taken::Nothing => resolve(h, || what.to_owned()).ok().map(|object| unsafe { HPy_Dup(native(), object) }),
        }
    }

    /// Has the call fail, since what it gave cannot be used.
    fn unusable(&self, has_failed: bool) -> HPy {
        if !has_failed {
            raise(native().h_SystemError, "the handle that the function gave is not open");
        }
        HPy_NULL
    }

    /// Gives CPython the owner of the view that it has asked for. False if there is none that can be used.
    fn give_owner(&mut self, view: *mut HPy_buffer, has_failed: bool) -> bool {
        // SAFETY: the view is CPython's.
        let view = unsafe { &mut *view };
        let owner = core::mem::replace(&mut view.obj, HPy_NULL);
        if HPy_IsNull(owner) {
            if !has_failed {
                mistake(
                    About::Other,
                    NO_OWNER,
                    "= help: HPy_bf_getbuffer sets `obj` to HPy_Dup(ctx, self), or returns -1",
                );
            }
            return has_failed;
        }
        let Some(object) = self.owned(owner, "the `obj` of a view") else { return false };
        if has_failed {
            let headline = "HPy_bf_getbuffer failed, and left the `obj` of the view";
            mistake(About::Other, headline, "= help: close it, and set it to HPy_NULL");
            // SAFETY: the reference is this one's own.
            unsafe { HPy_Close(native(), object) };
        } else {
            view.obj = object;
        }
        true
    }
}

impl Drop for Opened {
    fn drop(&mut self) {
        if !self.is_done {
            self.close();
        }
    }
}

const NO_OWNER: &str = "HPy_bf_getbuffer gave a view without an `obj`";
const NOT_SET: &str = "returned an error without setting an exception";
const NOT_SET_HELP: &str = "= help: set one with HPyErr_SetString or its like, or return a result";
const IS_SET: &str = "returned a result with an exception set";
const IS_SET_HELP: &str = "= help: return HPy_NULL or -1 after a failure, or clear the exception with HPyErr_Clear";
