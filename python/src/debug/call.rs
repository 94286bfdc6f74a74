// python/src/debug/call.rs: one call of a function of the debug context: its checks, and the way of its handles.

use hpy_sys::*;
use pyo3_ffi as ffi;

use super::frames::{Frame, has_interpreter};
use super::origin::Origin;
use super::protected::Protected;
use super::report::{About, mistake};
use super::slots::{Kind, Slot, State, slots};
use crate::context::{Context, native, shape_name};

/// What the table says of a function.
pub struct Callee {
    pub name: &'static str,
    pub parameters: &'static [Parameter],
}

/// What the table says of a parameter.
pub struct Parameter {
    pub name: &'static str,
    /// Whether the function takes `HPy_NULL`, or raises an exception for it.
    pub takes_null: bool,
    /// The Python type that nobody checks, or nothing.
    pub kind: Option<Checked>,
}

/// A type that the argument must have, with its name and article.
pub struct Checked {
    pub name: &'static str,
    pub holds: unsafe fn(*mut ffi::PyObject) -> bool,
}

/// A call that a module makes.
pub struct Call {
    callee: &'static Callee,
    frame: Frame,
    /// The objects of an array of handles.
    objects: Vec<HPy>,
}

impl Call {
    /// Begins a call with this context.
    pub fn enter(context: &Context, callee: &'static Callee) -> Call {
        if !has_interpreter() {
            let headline = format!("{} is called by a thread that is out of the interpreter", callee.name);
            mistake(About::Other, &headline, AWAY);
        }
        let frame = Frame::current();
        if !frame.has(context) {
            mistake(About::Other, "Error: Wrong HPy Context!", &format!("{}: {WRONG_CONTEXT}", callee.name));
        }
        Call { callee, frame, objects: Vec::new() }
    }

    pub fn name(&self) -> &'static str {
        self.callee.name
    }

    pub fn origin(&self) -> Origin {
        Origin::here(self.callee.name, self.frame)
    }

    /// The object of the handle that is the argument at `position`.
    ///
    /// # Safety
    /// The thread holds the interpreter. An object of an open handle is alive.
    pub unsafe fn object(&self, position: usize, h: HPy) -> HPy {
        let parameter = &self.callee.parameters[position];
        if HPy_IsNull(h) {
            if !parameter.takes_null {
                mistake(
                    About::Other,
                    &format!("{} arg {} must not be HPy_NULL", self.callee.name, position + 1),
                    &format!("= help: `{}` is a handle that is open: check what gave it for HPy_NULL", parameter.name),
                );
                return native().h_None;
            }
            return HPy_NULL;
        }
        let object = resolve(self.callee.name, position, h);
        if let Some(checked) = &parameter.kind {
            // SAFETY: the object is alive.
            if !unsafe { (checked.holds)(object._i) } {
                self.wrong_kind(position, checked);
            }
        }
        object
    }

    #[cold]
    fn wrong_kind(&self, position: usize, checked: &Checked) {
        let Callee { name, parameters } = self.callee;
        let headline = match parameters[position].name {
            "kwnames" => format!("{name} arg 'kwnames' must be a tuple object or HPy_NULL"),
            _ if parameters.len() == 1 => format!("{name} arg must be {}", checked.name),
            _ => format!("{name} arg {} must be {}", position + 1, checked.name),
        };
        mistake(
            About::Other,
            &headline,
            "= help: this function does not check it, since native code has no check either",
        );
    }

    /// The objects of an array of handles. The count may carry the flag that the place before the array is the callee's to use,
    /// which it is in the array of objects too.
    ///
    /// # Safety
    /// There are `count` handles at `handles`.
    pub unsafe fn objects(&mut self, position: usize, handles: *const HPy, count: usize) -> *const HPy {
        let count = count & !ffi::PY_VECTORCALL_ARGUMENTS_OFFSET;
        if count == 0 || handles.is_null() {
            return handles;
        }
        // SAFETY: the caller's promise.
        let handles = unsafe { core::slice::from_raw_parts(handles, count) };
        self.objects.reserve(count + 1);
        self.objects.push(HPy_NULL);
        for h in handles {
            if HPy_IsNull(*h) {
                let Callee { name, parameters } = self.callee;
                let headline = format!("{name} arg {} must not hold HPy_NULL", position + 1);
                let help = format!("= help: each item of `{}` is a handle that is open", parameters[position].name);
                mistake(About::Other, &headline, &help);
                self.objects.push(native().h_None);
            } else {
                self.objects.push(resolve(self.callee.name, position, *h));
            }
        }
        self.objects[1..].as_ptr()
    }

    /// What the builder that is the argument at `position` builds.
    pub fn built(&self, position: usize, builder: HPy) -> HPy {
        if HPy_IsNull(builder) {
            return HPy_NULL;
        }
        let found = {
            let mut slots = slots();
            match slots.find(builder) {
                Some(Slot { state: State::Open, kind: Kind::Builder, object, .. }) => return *object,
                found => found.map(|slot| describe(slot)),
            }
        };
        let headline = "Invalid usage of already closed builder";
        let details = found.unwrap_or_else(|| NO_HANDLE.to_owned());
        mistake(About::Builder, headline, &format!("{} arg {}: {details}", self.callee.name, position + 1));
        HPy_NULL
    }

    /// A new handle for a result of the native ABI, which this takes over.
    pub fn handle(&self, object: HPy) -> HPy {
        self.opened(Kind::Object, object)
    }

    /// A new builder.
    pub fn builder(&self, object: HPy) -> HPy {
        self.opened(Kind::Builder, object)
    }

    fn opened(&self, kind: Kind, object: HPy) -> HPy {
        if HPy_IsNull(object) { HPy_NULL } else { slots().open(kind, object, self.origin()) }
    }

    /// The handle that a call has closed, or the builder that it has ended.
    pub fn end(&self, h: HPy) {
        // The memory is freed without the lock.
        let freed = slots().close(h, Some(self.origin()));
        drop(freed);
    }

    /// A copy of the text or the bytes that the module gets of an object, which lives as long as the handle.
    ///
    /// # Safety
    /// `given` is null, or the object's memory as the native ABI gave it.
    pub unsafe fn text(&self, owner: HPy, given: *const c_char) -> *const c_char {
        if given.is_null() {
            return given;
        }
        if let Some(data) = slots().find(owner).and_then(|slot| slot.data.as_ref()) {
            return data.start().cast();
        }
        let origin = self.origin();
        // SAFETY: the caller's promise: the text ends with a NUL, and may have one before.
        unsafe {
            let object = slots().find(owner).map_or(HPy_NULL, |slot| slot.object);
            let size = match () {
                () if HPy_IsNull(object) => return given,
                () if ffi::PyBytes_Check(object._i) != 0 => ffi::PyBytes_Size(object._i) as usize,
                () if ffi::PyUnicode_Check(object._i) != 0 => {
                    let mut size = 0;
                    ffi::PyUnicode_AsUTF8AndSize(object._i, &mut size);
                    size as usize
                }
                () => core::ffi::CStr::from_ptr(given).count_bytes(),
            };
            let Some(copy) = Protected::copy(given.cast(), size + 1, &origin) else { return given };
            let start = copy.start();
            if let Some(slot) = slots().find(owner) {
                slot.data = Some(copy);
            }
            start.cast()
        }
    }

    /// Checks that an object has the struct of a shape.
    ///
    /// # Safety
    /// The object is alive.
    pub unsafe fn has_shape(&self, object: HPy, expected: &str) {
        // SAFETY: the caller's promise.
        unsafe {
            let ty = HPy { _i: ffi::Py_TYPE(object._i).cast() };
            let found = shape_name(_HPyType_GetBuiltinShape(native(), ty));
            if found != expected {
                let headline =
                    format!("Invalid usage of {}. Expected shape {expected} but got {found}", self.callee.name);
                let name = core::ffi::CStr::from_ptr((*ffi::Py_TYPE(object._i)).tp_name).to_string_lossy();
                mistake(About::Other, &headline, &format!("the object is of the type '{name}'"));
            }
        }
    }
}

const AWAY: &str = "= help: between HPy_LeavePythonExecution and HPy_ReenterPythonExecution, and on a thread that Python \
                    does not know, no function of HPy may be called";
const WRONG_CONTEXT: &str = "the context is not that of the running call\n= help: pass the context that the function \
                             got, and do not keep it";
const NO_HANDLE: &str = "the value is no handle that this context gave";

/// The object of a handle.
pub fn resolve(function: &str, position: usize, h: HPy) -> HPy {
    let place = format!("{function} arg {}", position + 1);
    resolve_at(h, || place)
}

/// The object of a handle. If the handle is not open, that is told as a mistake at `place`; then it is the object all the
/// same if that is known to be alive, or `None`.
pub fn resolve_at(h: HPy, place: impl FnOnce() -> String) -> HPy {
    let (object, made, kind, state);
    {
        let mut slots = slots();
        match slots.find(h) {
            Some(slot) => {
                (object, made, kind, state) = (slot.object, slot.made.frame, slot.kind, slot.state);
            }
            None => {
                let details = if slots.was_given(h) { LONG_CLOSED } else { NO_HANDLE };
                drop(slots);
                mistake(About::Handle, "Invalid usage of already closed handle", &format!("{}: {details}", place()));
                return native().h_None;
            }
        }
    }
    let is_object = matches!(kind, Kind::Object | Kind::Argument | Kind::Constant);
    if state == State::Open && is_object && (kind == Kind::Constant || !is_left_over(made)) {
        return object;
    }
    let (described, is_alive) = {
        let mut slots = slots();
        (slots.find(h).map(|slot| describe(slot)).unwrap_or_default(), is_object && slots.keeps_alive(object))
    };
    let headline = match state {
        State::Closed => "Invalid usage of already closed handle",
        _ if !is_object => "Invalid usage of a builder or tracker as a handle",
        _ => "Invalid usage of a handle of a call that has ended",
    };
    mistake(About::Handle, headline, &format!("{}: {described}", place()));
    if is_alive { object } else { native().h_None }
}

/// Whether the handle was made in a call that has ended, by another call than the running one.
fn is_left_over(made: Frame) -> bool {
    let current = Frame::current();
    made != current && current.number != 0 && made.has_ended()
}

const LONG_CLOSED: &str = "the handle was closed, and is no longer remembered\n= help: \
                           hpy.universal._debug.set_closed_handles_queue_max_size(n) has more closed handles remembered";

/// What is known of a handle, for a message.
pub fn describe(slot: &Slot) -> String {
    let mut text = format!("made {}", slot.made.describe());
    if let Some(closed) = &slot.closed {
        text.push_str(&format!("\nclosed {}", closed.describe()));
    }
    if !slot.made.has_stack() {
        text.push_str("\n= help: hpy.debug.set_handle_stack_trace_limit(16) has the C stack of both in this message");
    }
    text
}
