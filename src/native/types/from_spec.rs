// src/native/types/from_spec.rs: HPyType_FromSpec: reads a spec into a plan, has CPython make the type, installs the plan.

use super::bases::Bases;
use super::class_statement;
use super::contents::Contents;
use super::install;
use super::parameters::Parameters;
use super::plan::Plan;
use crate::native::raise::{Owned, Raised, Result};
use crate::*;

#[doc = table_doc!("HPyType_FromSpec")]
pub unsafe fn HPyType_FromSpec(_ctx: &HPyContext, spec: *const HPyType_Spec, params: *const HPyType_SpecParam) -> HPy {
    // SAFETY: the caller's promise.
    unsafe { hosted(spec, params, core::ptr::null()) }
}

/// The same for a module of a loader ABI, whose implementations take `context`; null for the native ABI.
///
/// # Safety
/// As [`HPyType_FromSpec`].
pub(crate) unsafe fn hosted(
    spec: *const HPyType_Spec,
    params: *const HPyType_SpecParam,
    context: *const HPyContext,
) -> HPy {
    // SAFETY: the caller's promise: a valid description, and parameters that end with the kind 0, or null.
    match unsafe { from_spec(&*spec, params, context) } {
        Ok(new) => HPy { _i: new.into_ptr() },
        Err(Raised) => {
            // CPython sets no exception where copying the name runs out of memory.
            // SAFETY: the caller's promise.
            unsafe {
                if ffi::PyErr_Occurred().is_null() {
                    ffi::PyErr_NoMemory();
                }
            }
            HPy_NULL
        }
    }
}

/// Checks a spec in HPy 0.9's order of errors, and makes its type.
///
/// # Safety
/// As [`HPyType_FromSpec`]: the description and the parameters are valid.
unsafe fn from_spec(
    spec: &HPyType_Spec,
    params: *const HPyType_SpecParam,
    context: *const HPyContext,
) -> Result<Owned> {
    // SAFETY: the caller's promise.
    unsafe {
        let mut parameters = Parameters::read(spec.name, params)?;
        let mut contents = Contents::read(spec, context)?;
        contents.module = parameters.module;
        contents.check(spec)?;
        parameters.read_metaclass(params)?;
        class_statement::check_given(parameters.metaclass)?;
        let bases = Bases::read(parameters.bases(params)?)?;
        let metaclass = bases.metaclass(parameters.metaclass)?;
        if class_statement::is_needed(metaclass) {
            return class_statement::make(spec, contents, bases, metaclass);
        }
        install::complete(&Plan::new(spec, contents, bases, metaclass)?)
    }
}
