// python/src/context.rs: the contexts of the loader, and what they share.

use core::cell::UnsafeCell;
use core::ffi::CStr;
use core::ptr;
use std::sync::Once;

use hpy_sys::host::native_context;
use hpy_sys::*;

/// The name of each context, as of HPy's own.
const NAME: &CStr = c"HPy Universal ABI";

/// The context of the native ABI, which the functions of the others call.
#[inline(always)]
pub fn native() -> &'static HPyContext {
    native_context()
}

include!(concat!(env!("OUT_DIR"), "/contexts.rs"));

/// How the handles of a call reach an implementation, and how its result comes back.
pub trait Crossing {
    /// The context that the implementation gets.
    fn context(&self) -> &Context;
    /// The implementation's handle for an object, or null for null.
    fn handle(&mut self, object: HPy) -> HPy;
    /// The same for the objects of an array.
    ///
    /// # Safety
    /// There are `count` objects at `objects`.
    unsafe fn handles(&mut self, objects: *const HPy, count: usize) -> *const HPy;
    /// The same for the owner in a view.
    ///
    /// # Safety
    /// The owner is an object or null.
    unsafe fn buffer(&mut self, buffer: *mut HPy_buffer) -> *mut HPy_buffer;
    /// The reverse, after the call.
    ///
    /// # Safety
    /// As of the other.
    unsafe fn buffer_back(&mut self, buffer: *mut HPy_buffer);
    /// The object for a handle that the implementation returned: the caller owns it.
    fn result(&mut self, handle: HPy) -> HPy;
    /// What else an implementation returned says whether it failed, or nothing. True has the call fail, with an exception.
    fn status(&mut self, has_failed: Option<bool>) -> bool;
    /// An implementation returned nothing.
    fn done(&mut self);
}

/// The items of a tuple, and their number.
///
/// # Safety
/// `tuple` is a tuple, which outlives the use of the items.
#[inline(always)]
unsafe fn items(tuple: HPy) -> (*const HPy, HPy_ssize_t) {
    // SAFETY: CPython passes the positional arguments of a constructor as a tuple.
    unsafe {
        let items = &raw const (*tuple._i.cast::<pyo3_ffi::PyTupleObject>()).ob_item;
        (items.cast(), pyo3_ffi::PyTuple_GET_SIZE(tuple._i))
    }
}

/// The number of names of keyword arguments.
///
/// # Safety
/// `names` is a tuple or null.
#[inline(always)]
unsafe fn length(names: HPy) -> usize {
    // SAFETY: the caller's promise.
    unsafe { if HPy_IsNull(names) { 0 } else { pyo3_ffi::PyTuple_GET_SIZE(names._i) as usize } }
}

/// The number of positional arguments, without the flag of the vectorcall protocol.
#[inline(always)]
fn count(nargsf: usize) -> usize {
    nargsf & !pyo3_ffi::PY_VECTORCALL_ARGUMENTS_OFFSET
}

/// A context that modules keep the address of.
#[repr(transparent)]
pub struct Shared(UnsafeCell<Context>);

// SAFETY: `fill` writes each context once, before a module gets it.
unsafe impl Sync for Shared {}

impl Shared {
    pub const fn new(context: Context) -> Shared {
        Shared(UnsafeCell::new(context))
    }

    pub fn get(&self) -> *mut Context {
        self.0.get()
    }
}

/// The context of the universal mode.
pub static PLAIN: Shared =
    Shared::new(context_of!(plain, ptr::null_mut(), HPy_HOST_MARK | HPy_HOST_SHORT, &HostTable::NATIVE));

/// The context of trace mode.
pub static TRACE: Shared = Shared::new(context_of!(trace, ptr::null_mut(), HPy_HOST_MARK, &HostTable::NATIVE));

/// A context of debug mode.
pub const fn debug_context() -> Context {
    context_of!(debug, ptr::null_mut(), HPy_HOST_MARK, &HostTable::NATIVE)
}

/// Gives each context its handles, once.
pub fn fill() {
    static FILLED: Once = Once::new();
    // SAFETY: no module has a context before this.
    FILLED.call_once(|| unsafe {
        (*PLAIN.get()).fill(native(), |h| h);
        crate::debug::fill(native());
        crate::trace::fill(native());
    });
}
