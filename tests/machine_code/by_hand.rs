// tests/machine_code/by_hand.rs: an expert's code with CPython's API, for functions that are not one call.
//
// Each macro call names a HPy function, its parameters, and the same thing in CPython's terms.

pair!(HPy_Dup(h: HPy = *mut PyObject) -> HPy = *mut PyObject {
    Py_XINCREF(h);
    h
});
pair!(HPy_Close(h: HPy = *mut PyObject) -> () = () {
    Py_XDECREF(h);
});
pair!(HPy_FromPyObject(obj: *mut PyObject = *mut PyObject) -> HPy = *mut PyObject {
    Py_XINCREF(obj);
    obj
});
pair!(HPy_AsPyObject(h: HPy = *mut PyObject) -> *mut PyObject = *mut PyObject {
    Py_XINCREF(h);
    h
});
pair!(HPy_Is(obj: HPy = *mut PyObject, other: HPy = *mut PyObject) -> c_int = c_int { (obj == other) as c_int });
pair!(HPy_TypeCheck(obj: HPy = *mut PyObject, of: HPy = *mut PyObject) -> c_int = c_int {
    let (ty, of) = (Py_TYPE(obj), of.cast::<PyTypeObject>());
    if ty == of {
        return 1;
    }
    let order = (*ty).tp_mro;
    if !FREE_THREADED && !order.is_null() && PyTuple_GET_SIZE(order) == 2 {
        return (PyTuple_GET_ITEM(order, 1) == of.cast() || PyTuple_GET_ITEM(order, 0) == of.cast()) as c_int;
    }
    PyType_IsSubtype(ty, of)
});
pair!(HPyType_IsSubtype(sub: HPy = *mut PyObject, of: HPy = *mut PyObject) -> c_int = c_int { PyType_IsSubtype(sub.cast(), of.cast()) });
pair!(HPyErr_Occurred() -> c_int = c_int { !PyErr_Occurred().is_null() as c_int });
pair!(_HPy_AsStruct_Object(h: HPy = *mut PyObject) -> *mut c_void = *mut c_void { h.cast::<u8>().add(size_of::<PyObject>()).cast() });
pair!(_HPy_AsStruct_Legacy(h: HPy = *mut PyObject) -> *mut c_void = *mut c_void { h.cast() });
pair!(_HPy_AsStruct_List(h: HPy = *mut PyObject) -> *mut c_void = *mut c_void {
    h.cast::<u8>().add(size_of::<PyListObject>().next_multiple_of(16)).cast()
});
pair!(HPyListBuilder_Cancel(builder: HPyListBuilder = *mut PyObject) -> () = () {
    Py_XDECREF(builder);
});
pair!(HPyTupleBuilder_Cancel(builder: HPyTupleBuilder = *mut PyObject) -> () = () {
    Py_XDECREF(builder);
});
pair!(HPyFloat_AsDouble(h: HPy = *mut PyObject) -> f64 = f64 {
    if !h.is_null() && PyFloat_CheckExact(h) != 0 { PyFloat_AS_DOUBLE(h) } else { PyFloat_AsDouble(h) }
});
