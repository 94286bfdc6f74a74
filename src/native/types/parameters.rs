// src/native/types/parameters.rs: the bases and the metaclass among a type's parameters.

use core::ptr;

use crate::native::lists::parameters;
use crate::native::raise::{Owned, Raised, Result, made, type_error, value_error};
use crate::*;

/// The bases and the metaclass among a type's parameters.
pub(super) struct Parameters {
    /// How many `HPyType_SpecParam_Base` there are.
    bases: usize,
    bases_tuple: *mut cpy_PyObject,
    /// The metaclass, or null.
    pub metaclass: *mut ffi::PyTypeObject,
    /// The module that defines the type, or null.
    pub module: *mut cpy_PyObject,
}

impl Parameters {
    /// Reads the parameters of the type `name`, and refuses those that HPy refuses.
    ///
    /// # Safety
    /// `name` is a C string, and `params` is null or a list of open handles that ends with the kind 0.
    pub(super) unsafe fn read(name: *const c_char, params: *const HPyType_SpecParam) -> Result<Parameters> {
        let mut read =
            Parameters { bases: 0, bases_tuple: ptr::null_mut(), metaclass: ptr::null_mut(), module: ptr::null_mut() };
        // SAFETY: the caller's promise: the parameters hold open handles.
        unsafe {
            for parameter in parameters(params) {
                match parameter.kind {
                    HPyType_SpecParam_Base => read.bases += 1,
                    HPyType_SpecParam_BasesTuple if HPy_IsNull(parameter.object) => {
                        return Err(type_error(c"HPyType_SpecParam_BasesTuple is HPy_NULL"));
                    }
                    HPyType_SpecParam_BasesTuple if read.bases_tuple.is_null() => {
                        read.bases_tuple = parameter.object._i
                    }
                    HPyType_SpecParam_BasesTuple => {
                        return Err(type_error(c"multiple specifications of HPyType_SpecParam_BasesTuple"));
                    }
                    HPyType_SpecParam_Metaclass => {}
                    HPyType_SpecParam_Module if !read.module.is_null() => {
                        return Err(type_error(c"multiple specifications of HPyType_SpecParam_Module"));
                    }
                    HPyType_SpecParam_Module
                        if HPy_IsNull(parameter.object) || ffi::PyModule_Check(parameter.object._i) == 0 =>
                    {
                        return Err(type_error(c"HPyType_SpecParam_Module is no module"));
                    }
                    HPyType_SpecParam_Module => read.module = parameter.object._i,
                    _ => {
                        ffi::PyErr_Format(
                            ffi::PyExc_TypeError,
                            c"unknown HPyType_SpecParam specification for '%s'".as_ptr(),
                            name,
                        );
                        return Err(Raised);
                    }
                }
            }
            if read.bases > 0 && !read.bases_tuple.is_null() {
                return Err(type_error(c"cannot specify both HPyType_SpecParam_Base and HPytype_SpecParam_BasesTuple"));
            }
        }
        Ok(read)
    }

    /// Reads the metaclass, which HPy checks after the spec.
    ///
    /// # Safety
    /// `params` is null or a list of open handles that ends with the kind 0.
    pub(super) unsafe fn read_metaclass(&mut self, params: *const HPyType_SpecParam) -> Result<()> {
        // SAFETY: the caller's promise: the parameters hold open handles.
        unsafe {
            for parameter in parameters(params).filter(|parameter| parameter.kind == HPyType_SpecParam_Metaclass) {
                if !self.metaclass.is_null() {
                    return Err(value_error(c"metaclass was specified multiple times"));
                }
                if HPy_IsNull(parameter.object) {
                    return Err(type_error(c"HPyType_SpecParam_Metaclass is HPy_NULL"));
                }
                if ffi::PyType_Check(parameter.object._i) == 0 {
                    ffi::PyErr_Format(
                        ffi::PyExc_TypeError,
                        c"Metaclass '%R' is not a subclass of 'type'.".as_ptr(),
                        parameter.object._i,
                    );
                    return Err(Raised);
                }
                self.metaclass = parameter.object._i.cast();
            }
        }
        Ok(())
    }

    /// The bases as a tuple, or `None` if there are none.
    ///
    /// # Safety
    /// The parameters are those that were read, and hold open handles.
    pub(super) unsafe fn bases(&self, params: *const HPyType_SpecParam) -> Result<Option<Owned>> {
        // SAFETY: the caller's promise.
        unsafe {
            if !self.bases_tuple.is_null() {
                if ffi::PyTuple_Check(self.bases_tuple) == 0 {
                    return Err(type_error(c"HPyType_SpecParam_BasesTuple must be a tuple of types"));
                }
                if ffi::PyTuple_GET_SIZE(self.bases_tuple) == 0 {
                    return Ok(None);
                }
                ffi::Py_INCREF(self.bases_tuple);
                return made(self.bases_tuple).map(Some);
            }
            if self.bases == 0 {
                return Ok(None);
            }
            let tuple = made(ffi::PyTuple_New(self.bases as HPy_ssize_t))?;
            let bases = parameters(params).filter(|parameter| parameter.kind == HPyType_SpecParam_Base);
            for (index, base) in bases.enumerate() {
                if HPy_IsNull(base.object) {
                    return Err(type_error(c"HPyType_SpecParam_Base is HPy_NULL"));
                }
                ffi::Py_INCREF(base.object._i);
                ffi::PyTuple_SET_ITEM(tuple.as_ptr(), index as HPy_ssize_t, base.object._i);
            }
            Ok(Some(tuple))
        }
    }
}
