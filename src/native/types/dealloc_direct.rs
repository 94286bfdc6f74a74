// src/native/types/dealloc_direct.rs: a `tp_dealloc` for each type, which inlines its functions, for types right below `object`.
//
// The trampolines of `HPy_tp_traverse` and `HPy_tp_destroy` come with these functions, in C and in Rust. The type's instances are
// only a struct (`STRUCT_ONLY`), so the deallocator has nothing to look for: no levels, no dictionary, no weak references. CPython
// calls it for the types below, too, whose own deallocator has then done the rest. What needs more goes on in `dealloc`: an
// instance with a finalizer, and one that goes while many of these deallocators are nested.

use core::ptr;
#[cfg(cpython_deallocs_nest)]
use core::sync::atomic::{AtomicI32, Ordering};

use super::clear::clear_field;
use super::dealloc::{dealloc, dealloc_bare, is_freed_by};
use super::operation::Type;
use super::record::TypeInfo;
use crate::*;

/// The deallocators that come with the slots of a type.
#[derive(Clone, Copy)]
pub(super) struct Deallocs {
    /// Of `HPy_tp_traverse`: clears the fields.
    pub fields: HPyCFunction,
    /// Of `HPy_tp_traverse`: clears the fields, and calls the `HPy_tp_destroy` of the type's record.
    pub fields_and_struct: HPyCFunction,
    /// Of `HPy_tp_destroy`: calls it.
    pub struct_alone: HPyCFunction,
}

impl Deallocs {
    /// The `tp_dealloc` of a new type.
    ///
    /// # Safety
    /// `new` is a type with this record, whose slots have these functions.
    pub(super) unsafe fn choose(&self, new: Type, info: &TypeInfo) -> ffi::destructor {
        // SAFETY: the caller's promise.
        let is_collected = unsafe { ffi::PyType_IS_GC(new) } != 0;
        if !info.has(TypeInfo::STRUCT_ONLY) {
            return dealloc;
        }
        let direct = match (info.traverse.is_some(), info.destroy.is_some(), is_collected) {
            (false, false, false) => return dealloc_bare,
            (true, false, true) => self.fields,
            (true, true, true) => self.fields_and_struct,
            (false, true, false) => self.struct_alone,
            _ => None,
        };
        // SAFETY: the definitions of the two slots have a `tp_dealloc` there.
        let direct = unsafe { core::mem::transmute::<HPyCFunction, Option<ffi::destructor>>(direct) };
        direct.filter(|_| info.shape == HPyType_BuiltinShape_Object).unwrap_or(dealloc)
    }
}

/// The struct of an instance of the shape Object.
///
/// # Safety
/// `object` is an instance of a type of that shape.
#[inline(always)]
unsafe fn struct_of(object: *mut cpy_PyObject) -> *mut c_void {
    // SAFETY: the caller's promise.
    unsafe { object.cast::<u8>().add(const { payload_offset(HPyType_BuiltinShape_Object) }).cast() }
}

/// The body of the deallocator `own` of a collected type with the fields of `traverse`; `destroys` says that the type has
/// `HPy_tp_destroy`.
///
/// # Safety
/// CPython calls it as the `tp_dealloc` of such a type, `own`, with an object that nothing refers to any more.
#[inline(always)]
pub(crate) unsafe fn dealloc_fields(
    object: *mut cpy_PyObject,
    own: ffi::destructor,
    traverse: implementation::HPyFunc_TRAVERSEPROC,
    destroys: bool,
) {
    // SAFETY: the caller's promise. A type whose `tp_dealloc` is `own` has its record before its members.
    unsafe {
        let ty = ffi::Py_TYPE(object);
        let depth = Depth::read();
        if (*ty).tp_finalize.is_some() || depth.is_deep() || (destroys && !is_freed_by(ty, own)) {
            return dealloc(object);
        }
        ffi::PyObject_GC_UnTrack(object.cast());
        depth.nested(|| traverse(struct_of(object), clear_field, ptr::null_mut()));
        if destroys {
            let info = &*(*ty).tp_members.cast::<TypeInfo>().sub(1);
            info.destroy.unwrap_unchecked()(struct_of(object));
        }
        free(object, ty);
    }
}

/// The body of the deallocator of a type without fields whose `HPy_tp_destroy` is `destroy`.
///
/// # Safety
/// CPython calls it as the `tp_dealloc` of such a type, with an object that nothing refers to any more.
#[inline(always)]
pub(crate) unsafe fn dealloc_struct(object: *mut cpy_PyObject, destroy: unsafe extern "C" fn(*mut c_void)) {
    // SAFETY: the caller's promise.
    unsafe {
        let ty = ffi::Py_TYPE(object);
        if (*ty).tp_finalize.is_some() {
            return dealloc(object);
        }
        destroy(struct_of(object));
        free(object, ty);
    }
}

/// # Safety
/// `ty` is the type of `object`, in which nothing is left.
#[inline(always)]
unsafe fn free(object: *mut cpy_PyObject, ty: Type) {
    // SAFETY: the caller's promise. CPython gives every type a tp_free.
    unsafe {
        (*ty).tp_free.unwrap_unchecked()(object.cast());
        ffi::Py_DECREF(ty.cast());
    }
}

/// How many of these deallocators are nested. At the limit `dealloc` goes on, which enters CPython's trashcan.
///
/// All threads share one word without a lock, and each restores the value that it has read. While a thread runs inside another's
/// deallocator, a number may be wrong for it; afterwards it may only be too large, which makes `dealloc` go on earlier.
struct Depth(#[cfg(cpython_deallocs_nest)] c_int);

#[cfg(cpython_deallocs_nest)]
#[cfg_attr(feature = "c-library", unsafe(export_name = "_HPy_dealloc_depth"))]
static DEPTH: AtomicI32 = AtomicI32::new(0);

#[cfg(cpython_deallocs_nest)]
impl Depth {
    /// The limit; C has the same.
    const DEEPEST: c_int = 50;

    #[inline(always)]
    fn read() -> Depth {
        Depth(DEPTH.load(Ordering::Relaxed))
    }

    #[inline(always)]
    fn is_deep(&self) -> bool {
        self.0 >= Depth::DEEPEST
    }

    #[inline(always)]
    fn nested<T>(&self, run: impl FnOnce() -> T) {
        DEPTH.store(self.0 + 1, Ordering::Relaxed);
        run();
        DEPTH.store(self.0, Ordering::Relaxed);
    }
}

/// This CPython limits the recursion of deallocators itself.
#[cfg(not(cpython_deallocs_nest))]
impl Depth {
    #[inline(always)]
    fn read() -> Depth {
        Depth()
    }

    #[inline(always)]
    fn is_deep(&self) -> bool {
        false
    }

    #[inline(always)]
    fn nested<T>(&self, run: impl FnOnce() -> T) {
        run();
    }
}
