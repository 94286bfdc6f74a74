// pyo3-ffi/src/algebra.rs: small types whose operators make new instances: symbols, terms and sums.

use core::ffi::{CStr, c_int, c_void};
use core::mem::offset_of;
use core::ptr;

use pyo3_ffi::compat::{Py_NewRef, Py_XNewRef};
use pyo3_ffi::*;

use crate::{List, State};

/// An instance that refers to N objects, some of which may be missing.
#[repr(C)]
struct Referring<const N: usize> {
    ob_base: PyObject,
    to: [*mut PyObject; N],
}

/// It refers to its name.
type Symbol = Referring<1>;

/// It refers to its symbol.
#[repr(C)]
struct Term {
    base: Referring<1>,
    coefficient: f64,
}

/// It refers to what is on its left, and on its right if there is something.
#[repr(C)]
struct Sum {
    base: Referring<2>,
    constant: f64,
}

/// The types of symbols, terms and sums.
pub type Types = [*mut PyObject; 3];

/// No class is below one of the types, so the type of an instance is one that knows its module.
#[inline(always)]
unsafe fn types_of<'a>(left: *mut PyObject, right: *mut PyObject) -> &'a Types {
    unsafe {
        let numbers = (*Py_TYPE(left)).tp_as_number.as_ref();
        let is_own = numbers.and_then(|numbers| numbers.nb_multiply).is_some_and(|of| ptr::fn_addr_eq(of, MULTIPLY));
        let own = if is_own { left } else { right };
        &(*PyType_GetModuleState(Py_TYPE(own)).cast::<State>()).algebra
    }
}

const MULTIPLY: binaryfunc = multiply;

enum Operand {
    Symbol,
    Term,
    Sum,
    Number(f64),
    Other,
    Failed,
}

use Operand::*;

unsafe fn operand(&[symbol, term, sum]: &Types, object: *mut PyObject) -> Operand {
    unsafe {
        let is_of = |of: *mut PyObject| PyObject_TypeCheck(object, of.cast()) != 0;
        if is_of(symbol) {
            Symbol
        } else if is_of(term) {
            Term
        } else if is_of(sum) {
            Sum
        } else if PyFloat_Check(object) != 0 {
            Number(PyFloat_AS_DOUBLE(object))
        } else if PyLong_Check(object) != 0 {
            let number = PyLong_AsDouble(object);
            if number == -1.0 && !PyErr_Occurred().is_null() { Failed } else { Number(number) }
        } else {
            Other
        }
    }
}

unsafe fn make_term(&[_, of, _]: &Types, symbol: *mut PyObject, coefficient: f64) -> *mut PyObject {
    unsafe {
        let of = of.cast::<PyTypeObject>();
        let object = (*of).tp_alloc.unwrap_unchecked()(of, 0);
        if let Some(term) = object.cast::<self::Term>().as_mut() {
            term.base.to = [Py_NewRef(symbol)];
            term.coefficient = coefficient;
        }
        object
    }
}

unsafe fn make_sum(&[_, _, of]: &Types, [left, right]: [*mut PyObject; 2], constant: f64) -> *mut PyObject {
    unsafe {
        let of = of.cast::<PyTypeObject>();
        let object = (*of).tp_alloc.unwrap_unchecked()(of, 0);
        if let Some(sum) = object.cast::<self::Sum>().as_mut() {
            sum.base.to = [Py_NewRef(left), Py_XNewRef(right)];
            sum.constant = constant;
        }
        object
    }
}

unsafe extern "C" fn multiply(left: *mut PyObject, right: *mut PyObject) -> *mut PyObject {
    unsafe {
        let types = types_of(left, right);
        let (of, kind, number) = match operand(types, right) {
            Failed => return ptr::null_mut(),
            Number(number) => (left, operand(types, left), Number(number)),
            kind => (right, kind, operand(types, left)),
        };
        match (kind, number) {
            (Failed, _) | (_, Failed) => ptr::null_mut(),
            (Symbol, Number(factor)) => make_term(types, of, factor),
            (Term, Number(factor)) => {
                let term = &*of.cast::<self::Term>();
                make_term(types, term.base.to[0], term.coefficient * factor)
            }
            _ => Py_NewRef(Py_NotImplemented()),
        }
    }
}

unsafe extern "C" fn add(left: *mut PyObject, right: *mut PyObject) -> *mut PyObject {
    unsafe {
        let types = types_of(left, right);
        match (operand(types, left), operand(types, right)) {
            (Failed, _) | (_, Failed) => ptr::null_mut(),
            (Symbol | Term | Sum, Symbol | Term | Sum) => make_sum(types, [left, right], 0.0),
            (Sum, Number(number)) => {
                let sum = &*left.cast::<self::Sum>();
                make_sum(types, sum.base.to, sum.constant + number)
            }
            (Symbol | Term, Number(number)) => make_sum(types, [left, ptr::null_mut()], number),
            _ => Py_NewRef(Py_NotImplemented()),
        }
    }
}

unsafe extern "C" fn new(of: *mut PyTypeObject, args: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    unsafe {
        let mut name = ptr::null_mut::<PyObject>();
        if PyArg_ParseTuple(args, c"U:Symbol".as_ptr(), &raw mut name) == 0 {
            return ptr::null_mut();
        }
        let object = (*of).tp_alloc.unwrap_unchecked()(of, 0);
        if let Some(symbol) = object.cast::<self::Symbol>().as_mut() {
            symbol.to = [Py_NewRef(name)];
        }
        object
    }
}

unsafe extern "C" fn traverse<const N: usize>(self_: *mut PyObject, visit: visitproc, arg: *mut c_void) -> c_int {
    unsafe {
        let result = visit(Py_TYPE(self_).cast(), arg);
        if result != 0 {
            return result;
        }
        for object in (*self_.cast::<Referring<N>>()).to {
            let result = if object.is_null() { 0 } else { visit(object, arg) };
            if result != 0 {
                return result;
            }
        }
        0
    }
}

unsafe extern "C" fn clear<const N: usize>(self_: *mut PyObject) -> c_int {
    for object in unsafe { &mut (*self_.cast::<Referring<N>>()).to } {
        unsafe { Py_CLEAR(object) };
    }
    0
}

unsafe extern "C" fn dealloc<const N: usize>(self_: *mut PyObject) {
    unsafe {
        let of = Py_TYPE(self_);
        PyObject_GC_UnTrack(self_.cast());
        clear::<N>(self_);
        (*of).tp_free.unwrap_unchecked()(self_.cast());
        Py_DECREF(of.cast());
    }
}

const fn double(name: &'static CStr, offset: usize) -> [PyMemberDef; 2] {
    [
        PyMemberDef {
            name: name.as_ptr(),
            type_code: Py_T_DOUBLE,
            offset: offset as Py_ssize_t,
            flags: Py_READONLY,
            doc: ptr::null(),
        },
        PyMemberDef { name: ptr::null(), type_code: 0, offset: 0, flags: 0, doc: ptr::null() },
    ]
}

static TERM_MEMBERS: List<PyMemberDef, 2> = List::new(double(c"coefficient", offset_of!(self::Term, coefficient)));
static SUM_MEMBERS: List<PyMemberDef, 2> = List::new(double(c"constant", offset_of!(self::Sum, constant)));

/// What the types have in common, and a slot of one.
const fn slots<const N: usize>(slot: c_int, pfunc: *mut c_void) -> [PyType_Slot; 7] {
    [
        PyType_Slot { slot: Py_nb_add, pfunc: add as *mut c_void },
        PyType_Slot { slot: Py_nb_multiply, pfunc: MULTIPLY as *mut c_void },
        PyType_Slot { slot: Py_tp_traverse, pfunc: traverse::<N> as *mut c_void },
        PyType_Slot { slot: Py_tp_clear, pfunc: clear::<N> as *mut c_void },
        PyType_Slot { slot: Py_tp_dealloc, pfunc: dealloc::<N> as *mut c_void },
        PyType_Slot { slot, pfunc },
        PyType_Slot { slot: 0, pfunc: ptr::null_mut() },
    ]
}

static SYMBOL_SLOTS: List<PyType_Slot, 7> = List::new(slots::<1>(Py_tp_new, new as *mut c_void));
static TERM_SLOTS: List<PyType_Slot, 7> = List::new(slots::<1>(Py_tp_members, TERM_MEMBERS.start().cast()));
static SUM_SLOTS: List<PyType_Slot, 7> = List::new(slots::<2>(Py_tp_members, SUM_MEMBERS.start().cast()));

const fn spec<T>(name: &'static CStr, slots: &List<PyType_Slot, 7>) -> PyType_Spec {
    PyType_Spec {
        name: name.as_ptr(),
        basicsize: size_of::<T>() as c_int,
        itemsize: 0,
        flags: (Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC) as _,
        slots: slots.start(),
    }
}

static SPECS: List<PyType_Spec, 3> = List::new([
    spec::<self::Symbol>(c"sample.Symbol", &SYMBOL_SLOTS),
    spec::<self::Term>(c"sample.Term", &TERM_SLOTS),
    spec::<self::Sum>(c"sample.Sum", &SUM_SLOTS),
]);

/// Makes the types, of which Python code sees Symbol, or returns false with an exception.
pub unsafe fn add_to(module: *mut PyObject, types: &mut Types) -> bool {
    unsafe {
        for (index, of) in types.iter_mut().enumerate() {
            *of = PyType_FromModuleAndSpec(module, SPECS.start().add(index), ptr::null_mut());
            if of.is_null() {
                return false;
            }
        }
        compat::PyModule_AddObjectRef(module, c"Symbol".as_ptr(), types[0]) == 0
    }
}
