// abi-tests/src/legacy.rs: CPython's own API beside HPy's: objects both ways, legacy methods, slots and types.

use core::ptr;
use core::sync::atomic::{AtomicI64, Ordering::Relaxed};

use crate::support::{Give, add_types};
use hpy_sys::ffi;
use hpy_sys::*;

functions! {
    LEGACY(ctx) {
        there_and_back(h) => {
            let object = HPy_AsPyObject(ctx, h);
            let result = HPy_FromPyObject(ctx, object);
            ffi::Py_DECREF(object);
            result
        };
        null() => {
            HPy_AsPyObject(ctx, HPy_NULL).is_null() && HPy_IsNull(HPy_FromPyObject(ctx, ptr::null_mut()))
        };
    }
}

HPy_MODINIT!(legacy, LEGACY);

unsafe extern "C" fn noargs(this: *mut ffi::PyObject, _: *mut ffi::PyObject) -> *mut ffi::PyObject {
    ffi::Py_INCREF(this);
    this
}

unsafe extern "C" fn one(_: *mut ffi::PyObject, arg: *mut ffi::PyObject) -> *mut ffi::PyObject {
    ffi::PyTuple_Pack(2, arg, arg)
}

const fn method(name: *const c_char, function: ffi::PyCFunction, flags: c_int) -> ffi::PyMethodDef {
    ffi::PyMethodDef {
        ml_name: name,
        ml_meth: ffi::PyMethodDefPointer { PyCFunction: function },
        ml_flags: flags,
        ml_doc: c"a legacy method".as_ptr(),
    }
}

/// What CPython gets a pointer to.
struct Table<T>(T);

// SAFETY: CPython reads the tables, and writes none of them.
unsafe impl<T> Sync for Table<T> {}

impl<T> Table<T> {
    const fn pointer(&self) -> *mut c_void {
        (&raw const self.0).cast_mut().cast()
    }
}

static METHODS: Table<[ffi::PyMethodDef; 3]> = Table([
    method(c"legacy_noargs".as_ptr(), noargs, ffi::METH_NOARGS),
    method(c"legacy_one".as_ptr(), one, ffi::METH_O),
    ffi::PyMethodDef::zeroed(),
]);

/// Legacy methods for a module.
pub const fn methods() -> *mut cpy_PyMethodDef {
    METHODS.pointer().cast()
}

/// The struct of a legacy type: it has CPython's head itself.
#[repr(C)]
pub struct Legacy {
    head: ffi::PyObject,
    number: c_long,
    object: *mut ffi::PyObject,
}

static MEMBERS: Table<[ffi::PyMemberDef; 3]> = Table([
    ffi::PyMemberDef {
        name: c"legacy_number".as_ptr(),
        type_code: HPyMember_LONG,
        offset: offset_of!(Legacy, number) as HPy_ssize_t,
        flags: 0,
        doc: ptr::null(),
    },
    ffi::PyMemberDef {
        name: c"legacy_object".as_ptr(),
        type_code: HPyMember_OBJECT_EX,
        offset: offset_of!(Legacy, object) as HPy_ssize_t,
        flags: 0,
        doc: ptr::null(),
    },
    ffi::PyMemberDef { name: ptr::null(), type_code: 0, offset: 0, flags: 0, doc: ptr::null() },
]);

unsafe extern "C" fn getter(_: *mut ffi::PyObject, closure: *mut c_void) -> *mut ffi::PyObject {
    ffi::PyLong_FromSize_t(closure.addr())
}

static GETSETS: Table<[ffi::PyGetSetDef; 2]> = Table([
    ffi::PyGetSetDef {
        name: c"legacy_get".as_ptr(),
        get: Some(getter),
        set: None,
        doc: ptr::null(),
        closure: ptr::without_provenance_mut(5),
    },
    ffi::PyGetSetDef { name: ptr::null(), get: None, set: None, doc: ptr::null(), closure: ptr::null_mut() },
]);

unsafe extern "C" fn repr(_: *mut ffi::PyObject) -> *mut ffi::PyObject {
    ffi::PyUnicode_FromString(c"legacy repr".as_ptr())
}

unsafe extern "C" fn call(
    this: *mut ffi::PyObject,
    args: *mut ffi::PyObject,
    _: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    ffi::PyTuple_Pack(2, this, args)
}

unsafe extern "C" fn traverse(this: *mut ffi::PyObject, visit: ffi::visitproc, arg: *mut c_void) -> c_int {
    let object = (*this.cast::<Legacy>()).object;
    let result = visit(ffi::Py_TYPE(this).cast(), arg);
    if result != 0 || object.is_null() { result } else { visit(object, arg) }
}

unsafe extern "C" fn clear(this: *mut ffi::PyObject) -> c_int {
    let object = core::mem::replace(&mut (*this.cast::<Legacy>()).object, ptr::null_mut());
    ffi::Py_XDECREF(object);
    0
}

/// Frees an instance with the struct [`Legacy`].
unsafe extern "C" fn dealloc(this: *mut ffi::PyObject) {
    let of = ffi::Py_TYPE(this);
    if ffi::PyType_IS_GC(of) != 0 {
        ffi::PyObject_GC_UnTrack(this.cast());
    }
    clear(this);
    (*of).tp_free.expect("every type has it")(this.cast());
    ffi::Py_DECREF(of.cast());
}

/// Frees an instance of a type below list.
unsafe extern "C" fn dealloc_of_list(this: *mut ffi::PyObject) {
    let of = ffi::Py_TYPE(this);
    ffi::PyList_Type.tp_dealloc.expect("every type has it")(this);
    ffi::Py_DECREF(of.cast());
}

/// The slots with these names, with an end.
pub fn slots(names: &[String]) -> Vec<ffi::PyType_Slot> {
    let slot = |name: &String| {
        let (slot, pfunc): (c_int, *mut c_void) = match name.as_str() {
            "methods" => (ffi::Py_tp_methods, METHODS.pointer()),
            "members" => (ffi::Py_tp_members, MEMBERS.pointer()),
            "getset" => (ffi::Py_tp_getset, GETSETS.pointer()),
            "repr" => (ffi::Py_tp_repr, repr as *mut c_void),
            "call" => (ffi::Py_tp_call, call as *mut c_void),
            "doc" => (ffi::Py_tp_doc, c"a legacy doc".as_ptr().cast_mut().cast()),
            "traverse" => (ffi::Py_tp_traverse, traverse as *mut c_void),
            "clear" => (ffi::Py_tp_clear, clear as *mut c_void),
            "dealloc" => (ffi::Py_tp_dealloc, dealloc as *mut c_void),
            "dealloc_of_list" => (ffi::Py_tp_dealloc, dealloc_of_list as *mut c_void),
            _ => panic!("there is no legacy slot {name}"),
        };
        ffi::PyType_Slot { slot, pfunc }
    };
    names.iter().map(slot).chain([ffi::PyType_Slot { slot: 0, pfunc: ptr::null_mut() }]).collect()
}

HPyDef_METH!(legacy_struct_size, "legacy_struct_size", HPyFunc_NOARGS, |ctx, _self| unsafe {
    size_of::<Legacy>().give(ctx)
});
static LEGACY_METHODS: HPyModuleDef =
    HPyModuleDef!(doc = "both kinds", legacy_methods = unsafe { methods() }, defines = [legacy_struct_size]);

HPy_MODINIT!(legacy_methods, LEGACY_METHODS);

HPyType_HELPERS!(Legacy, unsafe { HPyType_BuiltinShape_Legacy });

/// How many instances are gone whose struct was intact.
static DESTROYED: AtomicI64 = AtomicI64::new(0);

HPyDef_SLOT!(new, HPy_tp_new, |ctx, class, _args, nargs, _kw| unsafe {
    let mut this: *mut Legacy = ptr::null_mut();
    let h = HPy_New(ctx, class, &mut this);
    if !HPy_IsNull(h) {
        let object = HPy_AsPyObject(ctx, h);
        assert!(this.cast() == object && Legacy::AsStruct(ctx, h) == this, "the struct is the object itself");
        ffi::Py_DECREF(object);
        (*this).number = nargs as c_long;
    }
    h
});
HPyDef_SLOT!(destroy, HPy_tp_destroy, |this| unsafe {
    if (*this.cast::<Legacy>()).number == 42 {
        DESTROYED.fetch_add(1, Relaxed);
    }
});
HPyDef_MEMBER!(number, "number", HPyMember_LONG, offset_of!(Legacy, number));
HPyDef_METH!(double, "double", HPyFunc_NOARGS, |ctx, h| unsafe {
    HPyLong_FromLong(ctx, (*Legacy::AsStruct(ctx, h)).number * 2)
});
HPyDef_METH!(destroyed, "destroyed", HPyFunc_NOARGS, |ctx, _self| unsafe { DESTROYED.load(Relaxed).give(ctx) });
HPyDef_SLOT!(exec, HPy_mod_exec, |ctx, module| unsafe {
    // The type keeps nothing of its description.
    let mut legacy_slots = slots(&["methods", "members", "getset", "repr"].map(str::to_owned));
    let mut spec = HPyType_Spec!(
        name = "legacy.Mixed",
        basicsize = size_of::<Legacy>(),
        flags = HPy_TPFLAGS_DEFAULT | HPy_TPFLAGS_BASETYPE,
        builtin_shape = Legacy::SHAPE,
        defines = [new, destroy, number, double],
    );
    spec.legacy_slots = legacy_slots.as_mut_ptr().cast();
    add_types(ctx, module, &[(c"Mixed", &spec)])
});
static LEGACY_TYPES: HPyModuleDef = HPyModuleDef!(defines = [exec, destroyed]);

HPy_MODINIT!(legacy_types, LEGACY_TYPES);
