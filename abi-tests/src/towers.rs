// abi-tests/src/towers.rs: types one above the other: HPy types that visit more or less, and types of CPython's own API between.

use core::ptr;
use core::sync::atomic::{AtomicI64, AtomicPtr, Ordering::Relaxed};

use crate::support::{int, or_null};
use hpy_sys::ffi;
use hpy_sys::*;

/// The struct of the highest type has one field, that of each type below it one more.
#[repr(C)]
struct Fields([HPyField; 4]);

HPyType_HELPERS!(Fields, unsafe { HPyType_BuiltinShape_Object });

static DESTROYED: AtomicI64 = AtomicI64::new(0);

HPyDef_SLOT!(destroy, HPy_tp_destroy, |_this| {
    DESTROYED.fetch_add(1, Relaxed);
});
HPyDef_SLOT!(call, HPy_tp_call, |ctx, _self, _args, nargs, _names| unsafe { HPyLong_FromSize_t(ctx, nargs) });

unsafe fn visit_fields(
    this: *mut c_void,
    range: core::ops::Range<usize>,
    visit: HPyFunc_visitproc,
    arg: *mut c_void,
) -> c_int {
    for index in range {
        HPy_VISIT!(visit, arg, this.cast::<HPyField>().add(index));
    }
    0
}

/// The definitions of the type at one depth, whose own field has this index.
macro_rules! depth {
    ($module:ident, $name:literal, $index:literal) => {
        mod $module {
            use super::*;

            HPyDef_SLOT!(pub visits_own, HPy_tp_traverse, |this, visit, arg| unsafe {
                visit_fields(this, $index..$index + 1, visit, arg)
            });
            HPyDef_SLOT!(pub visits_all, HPy_tp_traverse, |this, visit, arg| unsafe { visit_fields(this, 0..$index + 1, visit, arg) });
            HPyDef_GETSET!(
                pub field,
                $name,
                |ctx, h, _closure| unsafe {
                    let value = HPyField_Load(ctx, h, &raw const (*Fields::AsStruct(ctx, h)).0[$index]);
                    if HPy_IsNull(value) { HPy_Dup(ctx, ctx.h_None) } else { value }
                },
                |ctx, h, value, _closure| unsafe {
                    HPyField_Store(ctx, h, &raw mut (*Fields::AsStruct(ctx, h)).0[$index], or_null(ctx, value));
                    0
                },
            );
        }
    };
}

depth!(depth0, "field0", 0);
depth!(depth1, "field1", 1);
depth!(depth2, "field2", 2);
depth!(depth3, "field3", 3);

/// What `make` is asked for, as bits; the lowest ones are the depth.
const VISITS_OWN: i64 = 1 << 4;
const VISITS_ALL: i64 = 1 << 5;
const COLLECTED: i64 = 1 << 6;
const DESTROYS: i64 = 1 << 7;
const CALLED: i64 = 1 << 8;
const STRUCT: i64 = 1 << 9;

unsafe fn make(ctx: &HPyContext, base: HPy, kind: i64) -> HPy {
    let depth = (kind & 3) as usize;
    let of_depth = |defs: [&'static HPyDef; 4]| ptr::from_ref(defs[depth]);
    let has = |bit| kind & bit != 0;
    let mut defines = Vec::new();
    if has(STRUCT) {
        defines.push(of_depth([&depth0::field, &depth1::field, &depth2::field, &depth3::field]));
    }
    if has(VISITS_OWN) {
        defines.push(of_depth([&depth0::visits_own, &depth1::visits_own, &depth2::visits_own, &depth3::visits_own]));
    }
    if has(VISITS_ALL) {
        defines.push(of_depth([&depth0::visits_all, &depth1::visits_all, &depth2::visits_all, &depth3::visits_all]));
    }
    defines.extend(has(DESTROYS).then_some(&raw const destroy));
    defines.extend(has(CALLED).then_some(&raw const call));
    defines.push(ptr::null());
    let gc = if has(COLLECTED) { HPy_TPFLAGS_HAVE_GC } else { 0 };
    let spec = HPyType_Spec {
        name: c"towers.Level".as_ptr(),
        basicsize: if has(STRUCT) { (depth + 1) * size_of::<HPyField>() } else { 0 } as c_int,
        flags: HPy_TPFLAGS_DEFAULT | HPy_TPFLAGS_BASETYPE | gc,
        defines: defines.as_ptr(),
        ..HPyType_Spec::EMPTY
    };
    let params = [HPyType_SpecParam { kind: HPyType_SpecParam_Base, object: base }, HPyType_SpecParam::END];
    HPyType_FromSpec(ctx, &spec, params.as_ptr())
}

/// The types of CPython's own API that know themselves, as their functions need it.
static KNOWN: [AtomicPtr<ffi::PyTypeObject>; 3] = [const { AtomicPtr::new(ptr::null_mut()) }; 3];

/// The field of a foreign type: the last word of its instances.
unsafe fn foreign_field<const N: usize>(object: *mut ffi::PyObject) -> *mut *mut ffi::PyObject {
    let of = KNOWN[N].load(Relaxed);
    object.cast::<u8>().offset((*of).tp_basicsize).cast::<*mut ffi::PyObject>().sub(1)
}

unsafe extern "C" fn foreign_traverse<const N: usize>(
    object: *mut ffi::PyObject,
    visit: ffi::visitproc,
    arg: *mut c_void,
) -> c_int {
    let field = *foreign_field::<N>(object);
    if !field.is_null() {
        let result = visit(field, arg);
        if result != 0 {
            return result;
        }
    }
    let base = (*KNOWN[N].load(Relaxed)).tp_base;
    // The rule of CPython: the object's type is visited by the highest type that was made at run time.
    if (*base).tp_traverse.is_none() || ffi::PyType_HasFeature(base, ffi::Py_TPFLAGS_HEAPTYPE) == 0 {
        let result = visit(ffi::Py_TYPE(object).cast(), arg);
        if result != 0 {
            return result;
        }
    }
    (*base).tp_traverse.map_or(0, |rest| rest(object, visit, arg))
}

unsafe extern "C" fn foreign_clear<const N: usize>(object: *mut ffi::PyObject) -> c_int {
    let field = core::mem::replace(&mut *foreign_field::<N>(object), ptr::null_mut());
    ffi::Py_XDECREF(field);
    (*(*KNOWN[N].load(Relaxed)).tp_base).tp_clear.map_or(0, |rest| rest(object))
}

unsafe extern "C" fn foreign_dealloc<const N: usize>(object: *mut ffi::PyObject) {
    let (of, base) = (ffi::Py_TYPE(object), (*KNOWN[N].load(Relaxed)).tp_base);
    let is_gc = ffi::PyType_IS_GC(of) != 0;
    if is_gc {
        ffi::PyObject_GC_UnTrack(object.cast());
    }
    let field = core::mem::replace(&mut *foreign_field::<N>(object), ptr::null_mut());
    ffi::Py_XDECREF(field);
    if is_gc && ffi::PyType_IS_GC(base) != 0 {
        ffi::PyObject_GC_Track(object.cast());
    }
    let is_heap = ffi::PyType_HasFeature(base, ffi::Py_TPFLAGS_HEAPTYPE) != 0;
    (*base).tp_dealloc.unwrap()(object);
    if !is_heap {
        ffi::Py_DECREF(of.cast());
    }
}

const FOREIGN_DEALLOC: i64 = 1;
const FOREIGN_TRAVERSE: i64 = 2;

unsafe fn foreign_numbered<const N: usize>(base: *mut ffi::PyObject, kind: i64) -> *mut ffi::PyObject {
    let of_base = base.cast::<ffi::PyTypeObject>();
    let mut members: [ffi::PyMemberDef; 2] = core::mem::zeroed();
    let size = (*of_base).tp_basicsize;
    members[0] = ffi::PyMemberDef {
        name: [c"foreign0", c"foreign1", c"foreign2"][N].as_ptr(),
        type_code: HPyMember_OBJECT,
        offset: size,
        flags: 0,
        doc: ptr::null(),
    };
    let slot = |slot, pfunc: *mut c_void| ffi::PyType_Slot { slot, pfunc };
    let mut slots = vec![slot(ffi::Py_tp_members, members.as_mut_ptr().cast())];
    if kind & FOREIGN_DEALLOC != 0 {
        slots.push(slot(ffi::Py_tp_dealloc, foreign_dealloc::<N> as *mut c_void));
    }
    let mut flags = ffi::Py_TPFLAGS_DEFAULT | ffi::Py_TPFLAGS_BASETYPE;
    if kind & FOREIGN_TRAVERSE != 0 {
        slots.push(slot(ffi::Py_tp_traverse, foreign_traverse::<N> as *mut c_void));
        slots.push(slot(ffi::Py_tp_clear, foreign_clear::<N> as *mut c_void));
        flags |= ffi::Py_TPFLAGS_HAVE_GC;
    }
    slots.push(slot(0, ptr::null_mut()));
    let mut spec = ffi::PyType_Spec {
        name: c"towers.Foreign".as_ptr(),
        basicsize: size as c_int + size_of::<*mut ()>() as c_int,
        itemsize: 0,
        flags: flags as _,
        slots: slots.as_mut_ptr(),
    };
    let bases = ffi::PyTuple_Pack(1, base);
    let made = ffi::PyType_FromSpecWithBases(&mut spec, bases);
    ffi::Py_DECREF(bases);
    KNOWN[N].store(made.cast(), Relaxed);
    made
}

unsafe fn foreign(ctx: &HPyContext, base: HPy, number: i64, kind: i64) -> HPy {
    let base = HPy_AsPyObject(ctx, base);
    let make = [foreign_numbered::<0>, foreign_numbered::<1>, foreign_numbered::<2>][number as usize];
    let made = make(base, kind);
    let h = HPy_FromPyObject(ctx, made);
    ffi::Py_XDECREF(made);
    ffi::Py_DECREF(base);
    h
}

functions! {
    TOWERS(ctx) {
        level(base, kind) => make(ctx, base, int(ctx, kind));
        foreign_type(base, number, kind) => foreign(ctx, base, int(ctx, number), int(ctx, kind));
        destroyed() => DESTROYED.swap(0, Relaxed);
    }
}

HPy_MODINIT!(towers, TOWERS);
