// src/definition.rs: how an extension describes itself: methods, slots, members, types, modules, buffers.
//
// The layouts are those of HPy's C headers; `abi_check.rs` holds their sizes and offsets.

use core::ptr;

use crate::*;

/// A function whose type is told by something else: a slot number, or a calling convention.
pub type HPyCFunction = Option<unsafe extern "C" fn()>;
/// The function that CPython calls for an attribute's getter.
pub type cpy_getter = Option<unsafe extern "C" fn(*mut cpy_PyObject, *mut c_void) -> *mut cpy_PyObject>;
/// The function that CPython calls for an attribute's setter.
pub type cpy_setter = Option<unsafe extern "C" fn(*mut cpy_PyObject, *mut cpy_PyObject, *mut c_void) -> c_int>;
/// The function that CPython calls when a capsule goes.
pub type cpy_PyCapsule_Destructor = Option<unsafe extern "C" fn(*mut cpy_PyObject)>;
/// The function that CPython calls for an object with the call protocol.
pub type cpy_vectorcallfunc = Option<
    unsafe extern "C" fn(*mut cpy_PyObject, *const *mut cpy_PyObject, usize, *mut cpy_PyObject) -> *mut cpy_PyObject,
>;
/// What a traverse function calls for each field; see [`HPy_VISIT!`].
pub type HPyFunc_visitproc = unsafe extern "C" fn(*mut HPyField, *mut c_void) -> c_int;

/// A definition: a method, a slot, a member or a getset, made by a `HPyDef_*!` macro.
#[repr(C)]
pub struct HPyDef {
    /// Which one of `of` it is.
    pub(crate) kind: HPyDef_Kind,
    /// The definition itself.
    pub(crate) of: HPyDef_Of,
}

/// The definition in a [`HPyDef`]; `HPyDef::kind` tells which.
#[repr(C)]
#[derive(Clone, Copy)]
pub union HPyDef_Of {
    /// `HPyDef_Kind_Slot`
    pub slot: HPySlot,
    /// `HPyDef_Kind_Meth`
    pub meth: HPyMeth,
    /// `HPyDef_Kind_Member`
    pub member: HPyMember,
    /// `HPyDef_Kind_GetSet`
    pub getset: HPyGetSet,
}

/// A slot of a type or a module.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct HPySlot {
    /// Which slot.
    pub slot: HPySlot_Slot,
    /// The implementation as a C function, for interpreters that call it without CPython's conventions.
    pub(crate) impl_: HPyCFunction,
    /// What CPython calls.
    pub(crate) cpy_trampoline: HPyCFunction,
    pub(crate) second: SecondFunction,
    /// A third function, which belongs to the trampoline as the second one does: `HPy_tp_traverse` has one.
    pub(crate) third: HPyCFunction,
}

impl HPySlot {
    /// The third function, if it belongs to the trampoline.
    #[cfg(feature = "cpython")]
    pub(crate) fn third(&self) -> HPyCFunction {
        self.second.of(self.cpy_trampoline).and(self.third)
    }
}

/// A second function of a definition, which does the same as its trampoline without what only CPython's long way needs. In the
/// loader ABIs, only a `HPy_tp_call` has one, for this project's loader; others do not know of it.
#[repr(C)]
#[derive(Clone, Copy)]
pub(crate) struct SecondFunction {
    pub(crate) function: HPyCFunction,
    /// The trampoline that it belongs to: an author may have put another one into the definition.
    pub(crate) of: HPyCFunction,
}

impl SecondFunction {
    pub(crate) const fn new(function: HPyCFunction, of: HPyCFunction) -> SecondFunction {
        SecondFunction { function, of }
    }

    /// The function, if it belongs to `trampoline`.
    #[cfg(feature = "cpython")]
    pub(crate) fn of(self, trampoline: HPyCFunction) -> HPyCFunction {
        let address = |function: HPyCFunction| function.map(|function| function as *const ());
        self.function.filter(|_| address(self.of) == address(trampoline))
    }
}

/// A method of a type or a function of a module.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct HPyMeth {
    /// The name in Python, UTF-8.
    pub name: *const c_char,
    /// The implementation, for interpreters that call it without CPython's conventions.
    pub(crate) impl_: HPyCFunction,
    /// What CPython calls.
    pub(crate) cpy_trampoline: HPyCFunction,
    /// The calling convention.
    pub(crate) signature: HPyFunc_Signature,
    /// The docstring, UTF-8, or null.
    pub doc: *const c_char,
    pub(crate) second: SecondFunction,
}

/// An attribute that is a C value in the object's struct.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct HPyMember {
    /// The name in Python, UTF-8.
    pub name: *const c_char,
    /// What C value it is.
    pub type_: HPyMember_FieldType,
    /// Where it is in the struct.
    pub offset: HPy_ssize_t,
    /// Whether Python code may not write it.
    pub readonly: c_int,
    /// The docstring, UTF-8, or null.
    pub doc: *const c_char,
}

/// An attribute that is read and written by functions.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct HPyGetSet {
    /// The name in Python, UTF-8.
    pub name: *const c_char,
    /// The getter's implementation, or none.
    pub(crate) getter_impl: HPyCFunction,
    /// The setter's implementation, or none.
    pub(crate) setter_impl: HPyCFunction,
    /// What CPython calls to read, or none.
    pub(crate) getter_cpy_trampoline: cpy_getter,
    /// What CPython calls to write, or none: then the attribute is read-only.
    pub(crate) setter_cpy_trampoline: cpy_setter,
    /// The docstring, UTF-8, or null.
    pub doc: *const c_char,
    /// A value that both functions receive.
    pub closure: *mut c_void,
}

/// A function that makes one object callable; see [`HPyDef_CALL_FUNCTION!`] and [`HPy_SetCallFunction`].
#[repr(C)]
#[derive(Clone, Copy)]
pub struct HPyCallFunction {
    /// What CPython calls. It is the first word, which is where `__vectorcalloffset__` points.
    pub(crate) cpy_trampoline: cpy_vectorcallfunc,
    /// The implementation, for interpreters that call it without CPython's conventions.
    pub(crate) impl_: HPyCFunction,
}

/// What is called when a capsule goes; see [`HPyCapsule_DESTRUCTOR!`] and [`HPyCapsule_New`].
#[repr(C)]
#[derive(Clone, Copy)]
pub struct HPyCapsule_Destructor {
    /// What CPython calls.
    pub(crate) cpy_trampoline: cpy_PyCapsule_Destructor,
    /// The implementation, for interpreters that call it without CPython's conventions.
    pub(crate) impl_: HPyCFunction,
}

/// The description of a type, from which [`HPyType_FromSpec`] makes it. [`HPyType_Spec!`] writes one.
#[repr(C)]
pub struct HPyType_Spec {
    /// The name, `module.Type`, UTF-8.
    pub name: *const c_char,
    /// The size of the struct of an instance; 0 if the type has none of its own.
    pub basicsize: c_int,
    /// The size of an item, for types of variable size.
    pub itemsize: c_int,
    /// `HPy_TPFLAGS_*`.
    pub flags: c_ulong,
    /// Which builtin type's struct comes before that of an instance.
    pub builtin_shape: HPyType_BuiltinShape,
    /// CPython `PyType_Slot`s up to one that is zero, or null; for the shape `HPyType_BuiltinShape_Legacy` alone.
    pub legacy_slots: *mut c_void,
    /// The definitions, up to a null pointer, or null.
    pub defines: *const *const HPyDef,
    /// The docstring, UTF-8, or null.
    pub doc: *const c_char,
}

/// A further argument of [`HPyType_FromSpec`]: a base or a metaclass.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct HPyType_SpecParam {
    /// What `object` is.
    pub kind: HPyType_SpecParam_Kind,
    /// A handle, which stays the caller's.
    pub object: HPy,
}

/// The description of a module. [`HPyModuleDef!`] writes one, [`HPy_MODINIT!`] makes an extension of it.
///
/// Its fields are the macro's to write: so [`HPy_MODINIT!`] gets none whose pointers point to something else.
#[repr(C)]
pub struct HPyModuleDef {
    /// The docstring, UTF-8, or null.
    pub(crate) doc: *const c_char,
    /// The size of the module's state, which HPy 0.9 wants to be 0.
    pub(crate) size: HPy_ssize_t,
    /// CPython `PyMethodDef`s up to one that is zero, or null.
    pub(crate) legacy_methods: *mut cpy_PyMethodDef,
    /// The definitions, up to a null pointer, or null.
    pub(crate) defines: *const *const HPyDef,
    /// The globals of the module, up to a null pointer, or null. One that is not in the list has no value of its own in an
    /// interpreter that only loads it.
    pub(crate) globals: *const *const HPyGlobal,
}

/// A view of an object's memory: what a `HPy_bf_getbuffer` fills. The layout is `Py_buffer`'s.
#[repr(C)]
pub struct HPy_buffer {
    /// The memory.
    pub buf: *mut c_void,
    /// A new handle of the object that owns the memory; whoever releases the view closes it.
    pub obj: HPy,
    /// The size in bytes.
    pub len: HPy_ssize_t,
    /// The size of an item in bytes.
    pub itemsize: HPy_ssize_t,
    /// Whether the memory may not be written.
    pub readonly: c_int,
    /// The number of dimensions.
    pub ndim: c_int,
    /// The item's format, as in the module `struct`, or null for bytes.
    pub format: *mut c_char,
    /// The size of each dimension, or null.
    pub shape: *mut HPy_ssize_t,
    /// The distance of items in each dimension, or null.
    pub strides: *mut HPy_ssize_t,
    /// How pointers are followed in each dimension, or null.
    pub suboffsets: *mut HPy_ssize_t,
    /// For the exporter's own use.
    pub internal: *mut c_void,
}

impl HPy_buffer {
    /// A view of nothing, for a variable that is still to be filled; it needs no release.
    pub const EMPTY: HPy_buffer = HPy_buffer {
        buf: core::ptr::null_mut(),
        obj: crate::HPy_NULL,
        len: 0,
        itemsize: 0,
        readonly: 1,
        ndim: 0,
        format: core::ptr::null_mut(),
        shape: core::ptr::null_mut(),
        strides: core::ptr::null_mut(),
        suboffsets: core::ptr::null_mut(),
        internal: core::ptr::null_mut(),
    };
}

/// What the unit `O&` of the argument parsers converts by: it gets the argument and the address that stands beside it, and
/// returns 1, or 0 with an exception set.
pub type HPyArg_Converter = unsafe extern "C" fn(ctx: &crate::HPyContext, h: HPy, address: *mut c_void) -> c_int;

// SAFETY: definitions are written once, by the compiler, and then only read.
unsafe impl Sync for HPyDef {}
// SAFETY: as for HPyDef.
unsafe impl Sync for HPyType_Spec {}
// SAFETY: as for HPyDef.
unsafe impl Sync for HPyModuleDef {}
// SAFETY: as for HPyDef.
unsafe impl Sync for HPyCallFunction {}
// SAFETY: as for HPyDef.
unsafe impl Sync for HPyCapsule_Destructor {}

/// A list of definitions that ends with a null pointer, as a `static` can hold it.
#[doc(hidden)]
#[repr(transparent)]
pub struct NullTerminated<T, const N: usize>(pub [*const T; N]);

// SAFETY: the pointers are to statics, and the list is only read.
unsafe impl<T: Sync, const N: usize> Sync for NullTerminated<T, N> {}

impl HPyType_Spec {
    /// A description with nothing set, for `..HPyType_Spec::EMPTY`.
    pub const EMPTY: HPyType_Spec = HPyType_Spec {
        name: ptr::null(),
        basicsize: 0,
        itemsize: 0,
        flags: 0,
        builtin_shape: HPyType_BuiltinShape_Object,
        legacy_slots: ptr::null_mut(),
        defines: ptr::null(),
        doc: ptr::null(),
    };
}

impl HPyType_SpecParam {
    /// The end of a list of parameters.
    pub const END: HPyType_SpecParam = HPyType_SpecParam { kind: 0, object: HPy_NULL };
}

impl HPyModuleDef {
    /// A description with nothing set.
    pub const EMPTY: HPyModuleDef = HPyModuleDef {
        doc: ptr::null(),
        size: 0,
        legacy_methods: ptr::null_mut(),
        defines: ptr::null(),
        globals: ptr::null(),
    };
}
