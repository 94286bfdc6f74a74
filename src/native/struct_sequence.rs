// src/native/struct_sequence.rs: struct sequences, as CPython's PyStructSequence.

use core::ptr;
use core::sync::atomic::{AtomicUsize, Ordering};

use crate::helpers::struct_sequence::{no_struct_sequence, wrong_count};
use crate::raised::Raised;
use crate::*;

/// The name is there.
///
/// # Safety
/// `desc` is a description with a name that is a C string, and fields up to one without a name.
pub(crate) unsafe fn new_type(ctx: &HPyContext, desc: *const HPyStructSequence_Desc) -> HPy {
    // SAFETY: the caller's promise; CPython copies the array of fields.
    unsafe {
        let HPyStructSequence_Desc { name, doc, fields } = *desc;
        let mut count = 0;
        while !fields.is_null() && !(*fields.add(count)).name.is_null() {
            count += 1;
        }
        let Some(array) = memory::allocate((count + 1) * size_of::<ffi::PyStructSequence_Field>()) else {
            return HPyErr_NoMemory(ctx);
        };
        let list = array.as_ptr().cast::<ffi::PyStructSequence_Field>();
        for index in 0..count {
            list.add(index).write(field(*fields.add(index)));
        }
        list.add(count).write(ffi::PyStructSequence_Field { name: ptr::null(), doc: ptr::null() });
        let n_in_sequence = count as c_int;
        let mut desc = ffi::PyStructSequence_Desc { name, doc, fields: list, n_in_sequence };
        let ty = ffi::PyStructSequence_NewType(&mut desc);
        memory::free(array);
        if !ty.is_null() {
            remember(ty);
        } else if HPyErr_Occurred(ctx) == 0 {
            // CPython sets no exception where copying the name runs out of memory.
            return HPyErr_NoMemory(ctx);
        }
        HPy { _i: ty.cast() }
    }
}

/// CPython too marks a field without a name by the address of the name: `PyStructSequence_UnnamedField`.
///
/// # Safety
/// The field's texts are C strings or null.
unsafe fn field(field: HPyStructSequence_Field) -> ffi::PyStructSequence_Field {
    #[cfg(cpython_unnamed_field)]
    if ptr::eq(field.name, HPyStructSequence_UnnamedField) {
        // SAFETY: it is a constant of CPython.
        return ffi::PyStructSequence_Field { name: unsafe { ffi::PyStructSequence_UnnamedField }, doc: field.doc };
    }
    ffi::PyStructSequence_Field { name: field.name, doc: field.doc }
}

/// # Safety
/// `type_` is an open handle, and there are `nargs` open handles at `args`.
pub(crate) unsafe fn new(ctx: &HPyContext, type_: HPy, nargs: HPy_ssize_t, args: *const HPy) -> HPy {
    // SAFETY: the caller's promise; a struct sequence has as many places as its type has fields.
    unsafe {
        match is_struct_sequence(type_) {
            Ok(true) => {}
            Ok(false) => return no_struct_sequence(ctx, type_),
            Err(Raised) => return HPy_NULL,
        }
        let fields = field_count(ctx, type_);
        if fields != nargs {
            return if fields < 0 { HPy_NULL } else { wrong_count(ctx, fields, nargs) };
        }
        let object = ffi::PyStructSequence_New(type_._i.cast());
        if !object.is_null() {
            for index in 0..nargs {
                ffi::PyStructSequence_SetItem(object, index, HPy_Dup(ctx, *args.offset(index))._i);
            }
        }
        HPy { _i: object }
    }
}

/// The `tp_dealloc` of every struct sequence type, which no other type has and Python code cannot change; 0 before it is known.
/// A struct sequence type has no subclasses.
static DEALLOC: AtomicUsize = AtomicUsize::new(0);

/// # Safety
/// `of` is a type.
unsafe fn remember(ty: *mut ffi::PyTypeObject) -> usize {
    // SAFETY: the caller passes a type.
    let dealloc = unsafe { (*ty).tp_dealloc }.map_or(0, |dealloc| dealloc as usize);
    DEALLOC.store(dealloc, Ordering::Relaxed);
    dealloc
}

/// Whether this type is a struct sequence: others lack the attributes that PyStructSequence_New reads.
///
/// # Safety
/// `h` is an open handle.
unsafe fn is_struct_sequence(h: HPy) -> Result<bool, Raised> {
    // SAFETY: the handle is open.
    unsafe {
        if ffi::PyType_Check(h._i) == 0 {
            return Ok(false);
        }
        let mut known = DEALLOC.load(Ordering::Relaxed);
        if known == 0 {
            let mut fields = [ffi::PyStructSequence_Field { name: ptr::null(), doc: ptr::null() }];
            let (name, doc) = (c"hpy.struct_sequence".as_ptr(), c"".as_ptr());
            let mut desc = ffi::PyStructSequence_Desc { name, doc, fields: fields.as_mut_ptr(), n_in_sequence: 0 };
            let ty = ffi::PyStructSequence_NewType(&mut desc);
            if ty.is_null() {
                return Err(Raised);
            }
            known = remember(ty);
            ffi::Py_DECREF(ty.cast());
        }
        Ok((*h._i.cast::<ffi::PyTypeObject>()).tp_dealloc.is_some_and(|dealloc| dealloc as usize == known))
    }
}

/// The number of fields of a struct sequence type, with those that are no items; or -1 with an exception.
///
/// # Safety
/// `of` is an open handle.
unsafe fn field_count(ctx: &HPyContext, ty: HPy) -> HPy_ssize_t {
    // SAFETY: the handle is open.
    unsafe {
        let count = HPy_GetAttr_s(ctx, ty, c"n_fields".as_ptr());
        if HPy_IsNull(count) {
            return -1;
        }
        let fields = HPyLong_AsSsize_t(ctx, count);
        HPy_Close(ctx, count);
        fields
    }
}
