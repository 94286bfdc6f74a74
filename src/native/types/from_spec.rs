// src/native/types/from_spec.rs: HPyType_FromSpec: a description is read into a plan, CPython makes the type, and the plan is installed.

use super::class_statement;
use super::install;
use super::make;
use super::plan::Plan;
use crate::native::raise::{Owned, Raised, Result};
use crate::*;

#[doc = table_doc!("HPyType_FromSpec")]
pub unsafe fn HPyType_FromSpec(_ctx: &HPyContext, spec: *const HPyType_Spec, params: *const HPyType_SpecParam) -> HPy {
    // SAFETY: the caller's promise: a valid description, and parameters that end with the kind 0, or null.
    match unsafe { from_spec(&*spec, params) } {
        Ok(new) => HPy { _i: new.into_ptr() },
        Err(Raised) => HPy_NULL,
    }
}

unsafe fn from_spec(spec: &HPyType_Spec, params: *const HPyType_SpecParam) -> Result<Owned> {
    // SAFETY: the caller's promise.
    unsafe {
        let plan = Plan::read(spec, params)?;
        if class_statement::is_needed(plan.metaclass) { class_statement::make(plan) } else { make_planned(&plan) }
    }
}

/// Makes the type of a plan.
///
/// # Safety
/// The plan is of a description that is valid.
pub(super) unsafe fn make_planned(plan: &Plan<'_>) -> Result<Owned> {
    // SAFETY: the caller's promise.
    unsafe {
        let made = make::new_type(plan)?;
        install::install(plan, &made)?;
        Ok(made.new)
    }
}
