// src/native/types/info.rs: what the runtime knows about a type that it made, and where it keeps that: in the type.
//
// CPython copies the members of a new type into the type object itself. The runtime asks for some more members than the
// type has, and uses their room: first come CPython's definitions of methods and getsets, then this record, then the real
// members, to which `tp_members` is set. So everything lives exactly as long as the type, and one load and a constant
// find it.

use core::ffi::CStr;

use crate::*;

/// What the runtime keeps about a type.
#[repr(C)]
pub(crate) struct TypeInfo {
    /// Which builtin type's struct comes before that of an instance.
    pub shape: HPyType_BuiltinShape,
    /// Whether the type is right below `object`, and its instances have nothing but their struct.
    pub plain: bool,
    /// Whether a member of the kind `HPyMember_OBJECT_EX` has to be released with the instance.
    pub releases_members: bool,
    /// `HPy_tp_traverse`
    pub traverse: Option<TraverseStruct>,
    /// `HPy_tp_destroy`
    pub destroy: Option<unsafe extern "C" fn(*mut c_void)>,
    /// `HPy_tp_call`
    pub call: cpy_vectorcallfunc,
    /// `HPy_tp_new` and `HPy_tp_init`
    pub constructor: Option<Constructor>,
    /// Tells this record from whatever else may stand there.
    pub mark: usize,
    /// The distance from an instance to its struct. C code reads this word, as the one before the members.
    pub payload_offset: usize,
}

const _: () = assert!(core::mem::offset_of!(TypeInfo, payload_offset) + size_of::<usize>() == size_of::<TypeInfo>());

/// `HPy_tp_traverse` as a C function: it takes the struct of an object.
pub(crate) type TraverseStruct = unsafe extern "C" fn(*mut c_void, HPyFunc_visitproc, *mut c_void) -> c_int;
/// `HPy_tp_init` as a C function.
pub(crate) type DirectInit = unsafe extern "C" fn(&HPyContext, HPy, *const HPy, HPy_ssize_t, HPy) -> c_int;

/// How a type makes and initialises its instances.
pub(crate) struct Constructor {
    /// `HPy_tp_new`, as what CPython calls without a tuple; from the runtime with a flag in the count, and a dictionary.
    pub new: ffi::vectorcallfunc,
    pub init: Option<DirectInit>,
    /// The type's `tp_new` and `tp_init` when it was made: Python code may put others there.
    pub slots: [*const (); 2],
}

/// The mark of this layout of the record; another layout gets another mark.
const MARK: usize = 0x4850_795f_7379_7303_u64 as usize;

/// The name of the members whose room is used. It does not stay in the type's dictionary.
pub(crate) const ROOM: &CStr = c"__hpy_room__";

impl TypeInfo {
    /// A record with the mark.
    pub(crate) fn new(shape: HPyType_BuiltinShape) -> TypeInfo {
        TypeInfo {
            shape,
            plain: false,
            releases_members: false,
            traverse: None,
            destroy: None,
            call: None,
            constructor: None,
            mark: MARK,
            payload_offset: payload_offset(shape),
        }
    }

    /// How many members have to be asked for to hold `bytes` and the record.
    pub(crate) const fn members_for(bytes: usize) -> usize {
        (bytes + size_of::<TypeInfo>()).div_ceil(size_of::<ffi::PyMemberDef>())
    }

    /// The record of exactly the type `of`, if a HPy runtime made it, in this extension or another.
    pub(crate) unsafe fn of_exactly<'a>(of: *mut ffi::PyTypeObject) -> Option<&'a TypeInfo> {
        // SAFETY: `of` is a type. A type made at run time has its members in its own memory, behind its fields and those
        // of its metaclass: what stands before them can be read.
        unsafe {
            if ffi::PyType_HasFeature(of, ffi::Py_TPFLAGS_HEAPTYPE) == 0 {
                return None;
            }
            let members = (*of).tp_members.cast::<u8>();
            let distance = (members as usize).wrapping_sub(of as usize);
            let fields = size_of::<ffi::PyHeapTypeObject>();
            if distance < fields + size_of::<TypeInfo>() || distance > fields + FARTHEST {
                return None;
            }
            let info = &*members.cast::<TypeInfo>().sub(1);
            (info.mark == MARK).then_some(info)
        }
    }

    /// The record of the nearest type at or above `of` that a HPy runtime made.
    pub(crate) unsafe fn of<'a>(of: *mut ffi::PyTypeObject) -> Option<&'a TypeInfo> {
        let mut level = of;
        // SAFETY: `of` is a type, and the chain of bases ends with null.
        unsafe {
            while !level.is_null() {
                if let Some(info) = TypeInfo::of_exactly(level) {
                    return Some(info);
                }
                level = (*level).tp_base;
            }
        }
        None
    }

    /// The struct of an instance.
    #[inline(always)]
    pub(crate) unsafe fn payload(&self, object: *mut cpy_PyObject) -> *mut c_void {
        // SAFETY: the struct of an instance begins there.
        unsafe { object.cast::<u8>().add(self.payload_offset).cast() }
    }
}

/// How far behind a type's own fields its members can begin: the metaclass's struct and the definitions come between.
pub(crate) const FARTHEST: usize = 1 << 20;

#[doc = table_doc!("_HPyType_GetBuiltinShape")]
pub unsafe fn _HPyType_GetBuiltinShape(_ctx: &HPyContext, h_type: HPy) -> HPyType_BuiltinShape {
    // SAFETY: the caller's promise.
    unsafe {
        if ffi::PyType_Check(h_type._i) == 0 {
            ffi::PyErr_SetString(ffi::PyExc_TypeError, c"arg must be a type".as_ptr());
            return NO_SHAPE;
        }
        TypeInfo::of(h_type._i.cast()).map_or(HPyType_BuiltinShape_Legacy, |info| info.shape)
    }
}

/// What is returned for something that is no type: no shape has this number.
const NO_SHAPE: HPyType_BuiltinShape = -2;

#[doc = table_doc!("HPyType_IsSubtype")]
#[inline]
pub unsafe fn HPyType_IsSubtype(_ctx: &HPyContext, sub: HPy, r#type: HPy) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { ffi::PyType_IsSubtype(sub._i.cast(), r#type._i.cast()) }
}
