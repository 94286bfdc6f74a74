// src/native/types/record.rs: the runtime's record of a type, in the memory of the type object.
//
// CPython copies the members of a new type into the type object. The runtime asks for more members than the type has, and uses
// their room: first CPython's definitions of methods and getsets, then this record, then the real members, at which
// `tp_members` points. So the record lives exactly as long as the type, and one load and a constant find it.
//
// Extensions built at different times read each other's records: the layout is C's, the mark changes with it, and a type with
// another mark is foreign.

use core::ffi::CStr;
use core::sync::atomic::AtomicBool;

use super::handed_on::{self, Notes};
use crate::*;

/// The runtime's record of a type.
#[repr(C)]
pub(crate) struct TypeInfo {
    /// The builtin type whose struct comes before that of an instance.
    pub shape: HPyType_BuiltinShape,
    /// A set of [`TypeInfo::PLAIN`] and its like.
    pub facts: u32,
    /// The offset of the end of the type's struct in an instance, or 0 if the type adds none.
    pub end: usize,
    /// `HPy_tp_traverse`
    pub traverse: Option<TraverseStruct>,
    /// `HPy_tp_call`, as a vectorcall function.
    pub call: cpy_vectorcallfunc,
    /// The vectorcall function of a definition of `HPy_tp_call` that limits no recursion; then `call` is the runtime's own.
    pub unlimited_call: cpy_vectorcallfunc,
    /// The offset of the call word in an instance, or 0 if it has none.
    pub call_offset: usize,
    /// For a type with `HPy_tp_call` whose instances have no call word: whether `HPy_SetCallFunction` has put functions into
    /// the type's dictionary.
    pub has_call_functions: AtomicBool,
    /// `HPy_tp_new`: a [`DirectNew`], or in a hosted module the implementation, a [`HostedNew`].
    pub new: HPyCFunction,
    /// The context that the implementations of a hosted module take, or null for a type of the native ABI.
    pub context: *const HPyContext,
    /// `HPy_tp_init`
    pub init: Option<DirectInit>,
    /// The notes of the chain of types: those of the highest level, whichever extension made it.
    pub notes: &'static Notes,
    /// The type's `tp_new` and `tp_init` when it was made: Python code may replace them.
    pub constructs: [*const (); 2],
    /// `HPy_tp_destroy`. C code reads this word too.
    pub destroy: Option<unsafe extern "C" fn(*mut c_void)>,
    /// Tells this record from other bytes at its place.
    pub mark: usize,
    /// The offset of the struct in an instance. C code reads this word, the one before the members.
    pub payload_offset: usize,
}

/// The last three words are read at fixed distances from the members.
const _: () = {
    assert!(core::mem::offset_of!(TypeInfo, destroy) + 3 * size_of::<usize>() == size_of::<TypeInfo>());
    assert!(core::mem::offset_of!(TypeInfo, payload_offset) + size_of::<usize>() == size_of::<TypeInfo>());
    assert!(core::mem::offset_of!(TypeInfo, mark) + 2 * size_of::<usize>() == size_of::<TypeInfo>());
};

/// `HPy_tp_traverse` as a C function: it takes the struct of an object.
pub type TraverseStruct = unsafe extern "C" fn(*mut c_void, HPyFunc_visitproc, *mut c_void) -> c_int;
/// `HPy_tp_new` as a vectorcall function; the runtime passes `CONSTRUCTS` in the count, and a dictionary.
pub(crate) type DirectNew = ffi::vectorcallfunc;
/// `HPy_tp_new` as a C function.
pub(crate) type HostedNew = unsafe extern "C" fn(&HPyContext, HPy, *const HPy, HPy_ssize_t, HPy) -> HPy;
/// `HPy_tp_init` as a C function.
pub(crate) type DirectInit = unsafe extern "C" fn(&HPyContext, HPy, *const HPy, HPy_ssize_t, HPy) -> c_int;

/// The mark of this layout of the record. Its last byte is the number of the layout.
const MARK: usize = 0x4850_795f_7379_7306_u64 as usize;

/// The name of the members whose room is used. `Room::write` deletes it from the type's dictionary.
pub(crate) const ROOM: &CStr = c"__hpy_room__";

impl TypeInfo {
    /// The type is right below `object`, and its instances have only their struct.
    pub(super) const STRUCT_ONLY: u32 = 1;
    /// Deallocation releases `HPyMember_OBJECT_EX` members, as no `HPy_tp_traverse` reaches them.
    pub(super) const RELEASES_MEMBERS: u32 = 1 << 1;
    /// The type's `tp_traverse`, `tp_clear`, `tp_dealloc` is the runtime's, not the author's.
    pub(super) const TRAVERSES: u32 = 1 << 2;
    pub(super) const CLEARS: u32 = 1 << 3;
    pub(super) const DEALLOCATES: u32 = 1 << 4;
    /// Above the type is a foreign one with functions of its own, and a type of a HPy runtime above that: the foreign
    /// function calls back into the runtime.
    pub(super) const HANDS_ON: u32 = 1 << 5;
    /// Items lie behind the struct of the instances.
    pub(super) const HAS_ITEMS: u32 = 1 << 6;

    /// A record with the mark, of a type that adds nothing.
    pub(crate) fn new(shape: HPyType_BuiltinShape, payload_offset: usize) -> TypeInfo {
        TypeInfo {
            shape,
            facts: 0,
            end: 0,
            traverse: None,
            destroy: None,
            call: None,
            unlimited_call: None,
            call_offset: 0,
            has_call_functions: AtomicBool::new(false),
            new: None,
            context: core::ptr::null(),
            init: None,
            notes: handed_on::notes(),
            constructs: [core::ptr::null(); 2],
            mark: MARK,
            payload_offset,
        }
    }

    /// How many members have room for `bytes` and the record.
    pub(crate) const fn members_for(bytes: usize) -> usize {
        (bytes + size_of::<TypeInfo>()).div_ceil(size_of::<ffi::PyMemberDef>())
    }

    /// Whether all of `facts` hold.
    #[inline(always)]
    pub(super) fn has(&self, facts: u32) -> bool {
        self.facts & facts == facts
    }

    /// The record of exactly the type `ty`, if a HPy runtime made it, in this extension or another.
    ///
    /// # Safety
    /// `ty` is a type.
    pub(crate) unsafe fn of_exactly<'a>(ty: *mut ffi::PyTypeObject) -> Option<&'a TypeInfo> {
        // SAFETY: the caller's promise; with this mark the record has this layout.
        unsafe { record(ty).filter(|record| (**record).mark == MARK).map(|record| &*record) }
    }

    /// Whether a HPy runtime with another layout of the record made `ty`.
    ///
    /// # Safety
    /// `ty` is a type.
    pub(super) unsafe fn is_of_other_layout(ty: *mut ffi::PyTypeObject) -> bool {
        // SAFETY: the caller's promise; the mark is at the same distance from the members in each layout.
        let mark = unsafe { record(ty).map(|record| (*record).mark) };
        mark.is_some_and(|mark| mark != MARK && mark >> 8 == MARK >> 8)
    }

    /// The nearest record at or above `ty` for which `is_wanted` holds.
    ///
    /// # Safety
    /// `ty` is a type.
    pub(crate) unsafe fn nearest<'a>(
        ty: *mut ffi::PyTypeObject,
        is_wanted: impl Fn(&TypeInfo) -> bool,
    ) -> Option<&'a TypeInfo> {
        let mut level = ty;
        // SAFETY: the caller's promise; the chain of bases ends with null.
        unsafe {
            while !level.is_null() {
                if let Some(info) = TypeInfo::of_exactly(level).filter(|info| is_wanted(info)) {
                    return Some(info);
                }
                level = (*level).tp_base;
            }
        }
        None
    }

    /// The record of the nearest type at or above `ty` that a HPy runtime made.
    ///
    /// # Safety
    /// `ty` is a type.
    pub(crate) unsafe fn of<'a>(ty: *mut ffi::PyTypeObject) -> Option<&'a TypeInfo> {
        // SAFETY: the caller's promise.
        unsafe { TypeInfo::nearest(ty, |_| true) }
    }

    /// The distance from an instance of a type with the shape Opaque to its struct.
    ///
    /// # Safety
    /// `object` is such an instance.
    pub(crate) unsafe fn of_opaque(object: *mut cpy_PyObject) -> usize {
        // SAFETY: the caller's promise.
        unsafe { TypeInfo::of(ffi::Py_TYPE(object)) }.map_or(0, |info| info.payload_offset)
    }

    /// The struct of an instance.
    ///
    /// # Safety
    /// `object` is an instance of the type with this record.
    #[inline(always)]
    pub(crate) unsafe fn payload(&self, object: *mut cpy_PyObject) -> *mut c_void {
        // SAFETY: the caller's promise: the struct of an instance begins there.
        unsafe { object.cast::<u8>().add(self.payload_offset).cast() }
    }
}

/// The address of the record of `ty`, if it is within the type: the members of a heap type are in its memory, behind its
/// fields and those of its metaclass, so the bytes before them can be read.
///
/// # Safety
/// `of` is a type.
unsafe fn record(ty: *mut ffi::PyTypeObject) -> Option<*const TypeInfo> {
    // SAFETY: the caller's promise: a type.
    unsafe {
        if ffi::PyType_HasFeature(ty, ffi::Py_TPFLAGS_HEAPTYPE) == 0 {
            return None;
        }
        let members = (*ty).tp_members.cast::<u8>();
        let distance = (members as usize).wrapping_sub(ty as usize);
        let fields = size_of::<ffi::PyHeapTypeObject>();
        let is_within = distance >= fields + size_of::<TypeInfo>() && distance <= fields + FARTHEST;
        is_within.then(|| members.cast::<TypeInfo>().sub(1).cast_const())
    }
}

/// The greatest distance from a type's own fields to its members: the metaclass's struct and the definitions come between.
pub(crate) const FARTHEST: usize = 1 << 20;

#[doc = table_doc!("_HPyType_GetBuiltinShape")]
pub unsafe fn _HPyType_GetBuiltinShape(_ctx: &HPyContext, h_type: HPy) -> HPyType_BuiltinShape {
    // SAFETY: the caller's promise.
    unsafe {
        if HPy_IsNull(h_type) || ffi::PyType_Check(h_type._i) == 0 {
            ffi::PyErr_SetString(ffi::PyExc_TypeError, c"arg must be a type".as_ptr());
            return NO_SHAPE;
        }
        TypeInfo::of(h_type._i.cast()).map_or(HPyType_BuiltinShape_Legacy, |info| info.shape)
    }
}

/// The result for an object that is no type, which no shape has.
const NO_SHAPE: HPyType_BuiltinShape = -2;
