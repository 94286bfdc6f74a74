// python/src/debug/call.rs: one call of a function of the debug context: its checks, and the way of its handles.

use core::cell::UnsafeCell;

use hpy_sys::*;
use pyo3_ffi as ffi;

use super::frames::Frame;
use super::origin::Origin;
use super::presence::{self, Visit};
use super::protected::Protected;
use super::report::{About, mistake};
use super::resolve::{NO_HANDLE, resolve};
use super::slots::{Kind, Slot, State, slots};
use crate::context::{Context, native, shape_name};
use crate::raise::raise;

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
    pub frame: Frame,
    /// The objects of an array of handles.
    objects: Vec<HPy>,
    /// The mistake for which the native function is not called.
    wrong: Option<String>,
    visit: Option<Visit>,
}

impl Call {
    /// Begins a call with this context.
    pub fn enter(context: &Context, callee: &'static Callee) -> Call {
        let frame = Frame::current();
        let visit = presence::check(callee.name, frame);
        if !frame.has(context) {
            mistake(About::Other, "Error: Wrong HPy Context!", &format!("{}: {WRONG_CONTEXT}", callee.name));
        }
        Call { callee, frame, objects: Vec::new(), wrong: None, visit }
    }

    pub fn name(&self) -> &'static str {
        self.callee.name
    }

    pub fn origin(&self) -> Origin {
        Origin::here(self.callee.name, self.frame)
    }

    /// Whether the thread is out of the interpreter but for this call.
    pub fn is_visit(&self) -> bool {
        self.visit.is_some()
    }

    /// Tells of a mistake for which the native function is not called.
    #[cold]
    pub fn refuse(&mut self, about: About, headline: String, details: &str) {
        mistake(about, &headline, details);
        self.wrong.get_or_insert(headline);
    }

    /// Whether the native function is not to be called. Then an exception is set, if the function `raises` any.
    pub fn fails(&self, raises: bool) -> bool {
        let Some(wrong) = &self.wrong else { return false };
        // SAFETY: the thread holds the interpreter, for this call at least.
        if raises && unsafe { ffi::PyErr_Occurred().is_null() } {
            raise(native().h_SystemError, wrong);
        }
        true
    }

    /// The object of the handle that is the argument at `position`.
    ///
    /// # Safety
    /// The thread holds the interpreter. An object of an open handle is alive.
    pub unsafe fn object(&mut self, position: usize, h: HPy) -> HPy {
        let Callee { name, parameters } = self.callee;
        let parameter = &parameters[position];
        if HPy_IsNull(h) {
            if !parameter.takes_null {
                let headline = format!("{name} arg {} must not be HPy_NULL", position + 1);
                let help = "is a handle that is open: check what gave it for HPy_NULL";
                self.refuse(About::Other, headline, &format!("= help: `{}` {help}", parameter.name));
            }
            return HPy_NULL;
        }
        let object = match resolve(h, || format!("{name} arg {}", position + 1)) {
            Ok(object) => object,
            Err(headline) => {
                self.wrong.get_or_insert(headline);
                return HPy_NULL;
            }
        };
        if let Some(checked) = &parameter.kind {
            // SAFETY: the object is alive.
            if !unsafe { (checked.holds)(object._i) } {
                self.wrong_kind(position, checked);
            }
        }
        object
    }

    #[cold]
    fn wrong_kind(&mut self, position: usize, checked: &Checked) {
        let Callee { name, parameters } = self.callee;
        let headline = match parameters[position].name {
            "kwnames" => format!("{name} arg 'kwnames' must be a tuple object or HPy_NULL"),
            _ if parameters.len() == 1 => format!("{name} arg must be {}", checked.name),
            _ => format!("{name} arg {} must be {}", position + 1, checked.name),
        };
        let help =
            "= help: this function does not check it, since native code has no check either: check it before the call";
        self.refuse(About::Other, headline, help);
    }

    /// The objects of an array of handles, which is said to have `given` of them, and has `more` of them behind these. The count
    /// may carry the flag that the place before the array is the callee's to use: in the array of objects it is, too.
    ///
    /// # Safety
    /// There are as many handles at `handles`.
    pub unsafe fn objects(
        &mut self,
        position: usize,
        handles: *const HPy,
        given: HPy_ssize_t,
        more: usize,
    ) -> *const HPy {
        let Callee { name, parameters } = self.callee;
        let parameter = parameters[position].name;
        let count = given as usize & !ffi::PY_VECTORCALL_ARGUMENTS_OFFSET;
        let Some(count) = Some(count + more).filter(|_| count <= isize::MAX as usize / size_of::<HPy>()) else {
            let headline = format!("{name} arg {} must not be negative", position + 2);
            self.refuse(About::Other, headline, &format!("= help: it is the number of handles in `{parameter}`"));
            return handles;
        };
        if count == 0 {
            return handles;
        }
        if handles.is_null() {
            self.pointer(position, true);
            return handles;
        }
        self.objects.reserve(count + 1);
        self.objects.push(HPy_NULL);
        // SAFETY: the caller's promise.
        for h in unsafe { core::slice::from_raw_parts(handles, count) } {
            let found = match HPy_IsNull(*h) {
                true => {
                    let headline = format!("{name} arg {} must not hold HPy_NULL", position + 1);
                    let help = format!("= help: each item of `{parameter}` is a handle that is open");
                    mistake(About::Other, &headline, &help);
                    Err(headline)
                }
                false => resolve(*h, || format!("{name} arg {}", position + 1)),
            };
            match found {
                Ok(object) => self.objects.push(object),
                Err(headline) => _ = self.wrong.get_or_insert(headline),
            }
        }
        self.objects[1..].as_ptr()
    }

    /// Tells if a pointer is null.
    pub fn pointer(&mut self, position: usize, is_null: bool) {
        if is_null {
            let Callee { name, parameters } = self.callee;
            let headline = format!("{name} arg {} must not be NULL", position + 1);
            let help =
                format!("= help: `{}` is the address of what the function reads or writes", parameters[position].name);
            self.refuse(About::Other, headline, &help);
        }
    }

    /// What the builder that is the argument at `position` builds.
    pub fn built(&mut self, position: usize, builder: HPy) -> HPy {
        if HPy_IsNull(builder) {
            return HPy_NULL;
        }
        let found = match slots().find(builder) {
            Some(Slot { state: State::Open, kind: Kind::Builder, object, .. }) => return *object,
            found => found.map(|slot| slot.history()),
        };
        let details = found.map_or_else(|| NO_HANDLE.to_owned(), |history| history.describe());
        let details = format!("{} arg {}: {details}\n{BUILDER_HELP}", self.callee.name, position + 1);
        self.refuse(About::Builder, "Invalid usage of already closed builder".to_owned(), &details);
        HPy_NULL
    }

    /// Tells if a builder has no item of this number, or has got it.
    ///
    /// # Safety
    /// `built` is what a builder builds, or null.
    pub unsafe fn index(&mut self, position: usize, built: HPy, index: HPy_ssize_t) {
        // SAFETY: the caller's promise.
        let Some(items) = (unsafe { items(built) }) else { return };
        let name = self.callee.name;
        match usize::try_from(index).ok().and_then(|index| items.get(index)) {
            None => {
                let headline = format!("{name} arg {} is out of range", position + 1);
                let details = format!("the index is {index}, and the size {}\n{INDEX_HELP}", items.len());
                self.refuse(About::Other, headline, &details);
            }
            Some(item) if !HPy_IsNull(*item) => {
                let headline = format!("{name} arg {}: the item {index} is already set", position + 1);
                self.refuse(
                    About::Other,
                    headline,
                    "= help: set each item once: the object that it has is never released",
                );
            }
            Some(_) => {}
        }
    }

    /// Tells if an item of a builder is not set. It is `None` then.
    ///
    /// # Safety
    /// `built` is what a builder builds, or null.
    pub unsafe fn is_filled(&mut self, built: HPy) {
        // SAFETY: the caller's promise.
        let Some(items) = (unsafe { items(built) }) else { return };
        let mut missing = None;
        for (index, item) in items.iter_mut().enumerate().filter(|(_, item)| HPy_IsNull(**item)) {
            missing.get_or_insert(index);
            // SAFETY: the thread holds the interpreter.
            *item = unsafe { HPy_Dup(native(), native().h_None) };
        }
        if let Some(index) = missing {
            let headline = format!("{}: the item {index} is not set", self.callee.name);
            mistake(About::Other, &headline, "= help: set every item, or end the builder by Cancel");
        }
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

    /// The builder that a call ends, which is open or null.
    pub fn end(&self, builder: HPy) {
        let origin = self.origin();
        // The memory is freed without the lock.
        let freed = slots().close(builder, Some(origin));
        drop(freed);
    }

    /// A copy of the text or the bytes that the module gets of an object, which lives as long as the handle.
    ///
    /// # Safety
    /// `given` is null, or the object's memory as the native ABI gave it.
    pub unsafe fn text(&self, owner: HPy, given: *const c_char) -> *const c_char {
        // A module that goes on with a closed handle gets the memory itself: the copy would never be forbidden.
        let is_open = |slot: &&mut Slot| slot.state == State::Open;
        let of_slot = |slot: &mut Slot| (slot.object, slot.data.as_ref().map(Protected::start));
        let known = slots().find(owner).filter(is_open).map(of_slot);
        let object = match known {
            _ if given.is_null() => return given,
            Some((_, Some(start))) => return start.cast(),
            Some((object, None)) if !HPy_IsNull(object) => object,
            _ => return given,
        };
        let origin = self.origin();
        // SAFETY: the caller's promise: the text ends with a NUL, and may have one before.
        unsafe {
            let size = if ffi::PyBytes_Check(object._i) != 0 {
                ffi::PyBytes_Size(object._i) as usize
            } else if ffi::PyUnicode_Check(object._i) != 0 {
                let mut size = 0;
                ffi::PyUnicode_AsUTF8AndSize(object._i, &mut size);
                size as usize
            } else {
                core::ffi::CStr::from_ptr(given).count_bytes()
            };
            let Some(copy) = Protected::copy(given.cast(), size + 1, &origin) else { return given };
            match slots().find(owner).filter(is_open) {
                // Another thread may have made one meanwhile.
                Some(slot) => slot.data.get_or_insert(copy).start().cast(),
                None => given,
            }
        }
    }

    /// Tells if an object has not the struct of a shape.
    ///
    /// # Safety
    /// The object is alive, unless a mistake is known already.
    pub unsafe fn has_shape(&mut self, object: HPy, expected: &str) {
        if self.wrong.is_some() {
            return;
        }
        // SAFETY: the caller's promise.
        unsafe {
            let ty = HPy { _i: ffi::Py_TYPE(object._i).cast() };
            let found = shape_name(_HPyType_GetBuiltinShape(native(), ty));
            if found != expected {
                let headline =
                    format!("Invalid usage of {}. Expected shape {expected} but got {found}", self.callee.name);
                let name = core::ffi::CStr::from_ptr((*ffi::Py_TYPE(object._i)).tp_name).to_string_lossy();
                let details = format!("the object is of the type '{name}'\n{SHAPE_HELP}");
                self.refuse(About::Other, headline, &details);
            }
        }
    }

    /// Memory of no object, for a module that goes on with a struct that there is not.
    pub fn nowhere(&self) -> *mut c_void {
        struct Nowhere(UnsafeCell<[usize; 8192]>);
        // SAFETY: nobody but a module that has made a mistake uses it, and it means nothing.
        unsafe impl Sync for Nowhere {}
        static NOWHERE: Nowhere = Nowhere(UnsafeCell::new([0; 8192]));
        NOWHERE.0.get().cast()
    }
}

/// The items of a list or a tuple that is being built.
///
/// # Safety
/// `built` is one of them, or null.
unsafe fn items<'a>(built: HPy) -> Option<&'a mut [HPy]> {
    if HPy_IsNull(built) {
        return None;
    }
    // SAFETY: the caller's promise. No other code knows the object.
    unsafe {
        let (start, size) = match ffi::PyList_Check(built._i) {
            0 => {
                let tuple = built._i.cast::<ffi::PyTupleObject>();
                (&raw mut (*tuple).ob_item as *mut HPy, ffi::PyTuple_GET_SIZE(built._i))
            }
            _ => ((*built._i.cast::<ffi::PyListObject>()).ob_item.cast(), ffi::PyList_GET_SIZE(built._i)),
        };
        // One without items has no array.
        Some(if size > 0 { core::slice::from_raw_parts_mut(start, size as usize) } else { &mut [] })
    }
}

/// Writes what a function that fails leaves in a variable of the module's.
///
/// # Safety
/// `place` is null, or the address of such a variable.
pub unsafe fn clear<T>(place: *mut T, value: T) {
    if !place.is_null() {
        // SAFETY: the caller's promise.
        unsafe { place.write(value) };
    }
}

const WRONG_CONTEXT: &str = "the context is not that of the running call\n= help: pass the context that the function \
                             got, and do not keep it";
pub const BUILDER_HELP: &str = "= help: a builder ends with Build or Cancel, and is not used after it";
const INDEX_HELP: &str = "= help: give New the number of items";
const SHAPE_HELP: &str = "= help: check the type of the object before its struct is asked for, by HPy_TypeCheck";
