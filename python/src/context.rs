// python/src/context.rs: the contexts of the loader, and what they share.

use core::cell::UnsafeCell;
use core::ffi::CStr;
use core::ptr;
use std::sync::Once;

use hpy_sys::host::{limited, native_context, within_limit};
use hpy_sys::*;

use crate::raise::fatal;

/// The name of each context, as of HPy's own.
const NAME: &CStr = c"HPy Universal ABI";

/// The context of the native ABI, which the functions of the others call.
#[inline(always)]
pub fn native() -> &'static HPyContext {
    native_context()
}

include!(concat!(env!("OUT_DIR"), "/contexts.rs"));

/// How the handles of a call reach an implementation, and how its result comes back: where nothing else is said, the handles
/// are the objects themselves.
pub trait Crossing {
    /// Whether there is stack enough for the call, or `RecursionError` is set.
    #[inline(always)]
    fn enters(&mut self) -> bool {
        true
    }
    /// The context that the implementation gets.
    fn context(&self) -> &Context;
    /// The implementation's handle for an object, or null for null.
    #[inline(always)]
    fn handle(&mut self, object: HPy) -> HPy {
        object
    }
    /// The same for the objects of an array.
    ///
    /// # Safety
    /// There are `_count` objects at `objects`.
    #[inline(always)]
    unsafe fn handles(&mut self, objects: *const HPy, _count: usize) -> *const HPy {
        objects
    }
    /// The view for the implementation. `_is_request` tells whether it is to be filled; else its owner is an object or null.
    /// The end of the call has CPython find an object in it.
    ///
    /// # Safety
    /// The view is CPython's.
    #[inline(always)]
    unsafe fn buffer(&mut self, buffer: *mut HPy_buffer, _is_request: bool) -> *mut HPy_buffer {
        buffer
    }
    /// The object for a handle that the implementation returned: the caller owns it.
    #[inline(always)]
    fn result(&mut self, handle: HPy) -> HPy {
        handle
    }
    /// [`Crossing::result`], where null without an exception is the end of an iteration.
    #[inline(always)]
    fn result_or_end(&mut self, handle: HPy) -> HPy {
        self.result(handle)
    }
    /// What else an implementation returned says whether it failed (`_has_failed`), or nothing. True has the call fail, with an exception.
    #[inline(always)]
    fn status(&mut self, _has_failed: Option<bool>) -> bool {
        false
    }
    /// An implementation returned nothing.
    #[inline(always)]
    fn done(&mut self) {}
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
    Shared::new(context_of!(plain, ptr::null_mut(), HPy_HOST_MARK | HPy_HOST_SHORT, &tables::PLAIN));

/// [`call_packed`], within CPython's limit of recursion where CPython does not see to it: HPy's own headers have one trampoline
/// for methods with keywords and for what the vectorcall protocol calls. Ends the process for a convention that HPy has not.
///
/// # Safety
/// A trampoline of the convention `signature` calls it, with its packed arguments.
pub unsafe fn call_real<C: Crossing>(
    signature: HPyFunc_Signature,
    function: HPyCFunction,
    packed: *mut c_void,
    crossing: &mut C,
) {
    // SAFETY: the caller's promise.
    unsafe {
        if signature == HPyFunc_KEYWORDS {
            if limited(|| call_packed(signature, function, packed, crossing)).is_none() {
                // The result follows the four arguments.
                packed.cast::<HPy>().add(4).write(HPy_NULL);
            }
        } else if !call_packed(signature, function, packed, crossing) {
            if !call_without_context(signature, function, packed) {
                fatal(&format!("hpy.universal: a trampoline has an unknown calling convention: {signature}"));
            }
            crossing.done();
        }
    }
}

/// Calls an implementation that takes no context: that of a capsule's destructor. The runtime calls those of traverse and
/// destroy slots itself, without their trampolines.
///
/// # Safety
/// As of [`call_real`].
unsafe fn call_without_context(signature: HPyFunc_Signature, function: HPyCFunction, packed: *mut c_void) -> bool {
    if signature != HPyFunc_CAPSULE_DESTRUCTOR {
        return false;
    }
    let capsule = packed.cast::<pyo3_ffi::PyObject>();
    // SAFETY: the trampoline of a destructor passes the capsule itself.
    unsafe {
        let destroy = core::mem::transmute::<
            HPyCFunction,
            unsafe extern "C-unwind" fn(*const c_char, *mut c_void, *mut c_void),
        >(function);
        let name = pyo3_ffi::PyCapsule_GetName(capsule);
        let pointer = pyo3_ffi::PyCapsule_GetPointer(capsule, name);
        destroy(name, pointer, pyo3_ffi::PyCapsule_GetContext(capsule));
    }
    true
}

/// Calls an implementation of the convention `HPyFunc_KEYWORDS`, which CPython calls by the vectorcall protocol.
///
/// # Safety
/// A trampoline passes what CPython passed, and its implementation.
unsafe fn call_by_vectorcall<C: Crossing>(
    crossing: impl FnOnce() -> C,
    object: *mut cpy_PyObject,
    args: *const *mut cpy_PyObject,
    nargsf: usize,
    kwnames: *mut cpy_PyObject,
    implementation: HPyCFunction,
) -> *mut cpy_PyObject {
    type Real = unsafe extern "C-unwind" fn(&Context, HPy, *const HPy, usize, HPy) -> HPy;
    // SAFETY: the caller's promise.
    unsafe {
        within_limit(object, args, nargsf, kwnames, |nargs| {
            let real = core::mem::transmute::<HPyCFunction, Real>(implementation);
            let mut crossing = crossing();
            if !crossing.enters() {
                return HPy_NULL;
            }
            let callee = crossing.handle(HPy { _i: object });
            let names = HPy { _i: kwnames };
            let arguments = crossing.handles(args.cast(), nargs + length(names));
            let names = crossing.handle(names);
            let result = real(crossing.context(), callee, arguments, nargs, names);
            crossing.result(result)
        })
    }
}

/// The tables of the contexts whose handles are made anew for each call, or whose calls are noted.
mod tables {
    use super::debug as debug_functions;
    use super::*;
    use crate::debug;
    use crate::trace::Called;

    pub static PLAIN: HostTable = HostTable { extras: plain_extras, ..HostTable::NATIVE };
    pub static DEBUG: HostTable = HostTable {
        call: debug_call,
        builtins: debug::functions::builtins,
        struct_of: debug::functions::struct_of,
        extras: debug_extras,
        ..HostTable::NATIVE
    };
    pub static TRACE: HostTable = HostTable { call: trace_call, extras: trace_extras, ..HostTable::NATIVE };

    extern "C" fn plain_extras() -> *const c_void {
        static TABLE: ExtraTable = extras_of!(plain);
        (&raw const TABLE).cast()
    }

    extern "C" fn debug_extras() -> *const c_void {
        static TABLE: ExtraTable = extras_of!(debug_functions);
        (&raw const TABLE).cast()
    }

    extern "C" fn trace_extras() -> *const c_void {
        static TABLE: ExtraTable = extras_of!(trace);
        (&raw const TABLE).cast()
    }

    /// # Safety
    /// As of [`call_by_vectorcall`].
    unsafe extern "C" fn debug_call(
        _ctx: &HPyContext,
        object: *mut cpy_PyObject,
        args: *const *mut cpy_PyObject,
        nargsf: usize,
        kwnames: *mut cpy_PyObject,
        implementation: HPyCFunction,
    ) -> *mut cpy_PyObject {
        let address = implementation.map_or(0, |function| function as usize);
        let crossing = || debug::Opened::new(address);
        // SAFETY: the caller's promise.
        unsafe { call_by_vectorcall(crossing, object, args, nargsf, kwnames, implementation) }
    }

    /// # Safety
    /// As of [`call_by_vectorcall`].
    unsafe extern "C" fn trace_call(
        _ctx: &HPyContext,
        object: *mut cpy_PyObject,
        args: *const *mut cpy_PyObject,
        nargsf: usize,
        kwnames: *mut cpy_PyObject,
        implementation: HPyCFunction,
    ) -> *mut cpy_PyObject {
        let address = implementation.map_or(0, |function| function as usize);
        // SAFETY: the caller's promise; the context is filled, and lives as long as the process.
        unsafe {
            let crossing = || Called::new(address, &*TRACE_CONTEXT.get());
            call_by_vectorcall(crossing, object, args, nargsf, kwnames, implementation)
        }
    }
}

/// The context of trace mode.
pub static TRACE_CONTEXT: Shared = Shared::new(context_of!(trace, ptr::null_mut(), HPy_HOST_MARK, &tables::TRACE));

/// A context of debug mode.
pub const fn debug_context() -> Context {
    context_of!(debug, ptr::null_mut(), HPy_HOST_MARK, &tables::DEBUG)
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
