// src/native/types/levels.rs: the chain of types of an instance, and which function traverses, clears and frees which part.
//
// A *level* is a type that a HPy runtime made, in this extension or another; its record describes its part. A *Python class*
// has CPython's own function for the operation, which assumes that the object's type is a Python class: so the runtime does
// that part too. Any other type is *foreign*: the runtime calls its function once, which does the types above it too.

use super::handed_on::{Notes, Visited};
use super::operation::{Operation, Type};
use super::python_class;
use super::record::TypeInfo;
use crate::*;

impl Operation {
    /// The fact of a record that says that the runtime does this operation.
    const fn fact(self) -> u32 {
        match self {
            Operation::Traverse => TypeInfo::TRAVERSES,
            Operation::Clear => TypeInfo::CLEARS,
            Operation::Dealloc => TypeInfo::DEALLOCATES,
        }
    }
}

/// A part of an instance that the runtime does.
pub(super) enum Part<'a> {
    Level(&'a TypeInfo),
    PythonClass(Type),
}

/// Calls `each` with the part of every type from `first` on, until it returns something but 0.
///
/// Returns that result, and the type above the parts, whose own function does the rest.
///
/// # Safety
/// `first` is a type at or above that of the instance that `each` works on.
#[inline(always)]
pub(super) unsafe fn each_part(
    first: Type,
    operation: Operation,
    mut each: impl FnMut(Part<'_>) -> c_int,
) -> (c_int, Type) {
    let (mut ty, mut result) = (first, 0);
    // SAFETY: the chain of bases of an object's type ends with `object`, which is foreign.
    unsafe {
        while result == 0 {
            let function = operation.function(ty);
            let base = (*ty).tp_base;
            if let Some(info) = TypeInfo::of_exactly(ty).filter(|info| info.has(operation.fact())) {
                result = each(Part::Level(info));
            } else if python_class::is_own(function, operation) {
                result = each(Part::PythonClass(ty));
            } else if function.is_null() || base.is_null() || function != operation.function(base) {
                // A function that differs from the base's is foreign; an inherited one is done at the base.
                break;
            }
            ty = base;
        }
    }
    (result, ty)
}

/// Where an operation starts for an instance.
pub(super) struct Entry {
    /// The first type.
    pub first: Type,
    /// Whether a foreign function has called back into the runtime.
    pub resumed: bool,
    /// The parts that were visited before.
    pub visited: Visited,
    /// The notes, if a foreign function may call back.
    notes: Option<&'static Notes>,
}

impl Entry {
    /// The entry of `operation`, which CPython or the function of a subtype has called for `object`.
    ///
    /// # Safety
    /// A type at or above that of the object has the runtime's function for the operation.
    #[inline(always)]
    pub(super) unsafe fn find(object: *mut cpy_PyObject, operation: Operation) -> Entry {
        // SAFETY: the caller's promise.
        unsafe {
            let mut first = ffi::Py_TYPE(object);
            let info = loop {
                match TypeInfo::of_exactly(first).filter(|info| info.has(operation.fact())) {
                    Some(info) => break info,
                    None => first = (*first).tp_base,
                }
            };
            let notes = info.has(TypeInfo::HANDS_ON).then_some(info.notes);
            if let Some(notes) = notes {
                if let Some((foreign, visited)) = notes.consume(object, operation) {
                    let first = above_foreign(foreign, operation);
                    return Entry { first, resumed: true, visited, notes: Some(notes) };
                }
            }
            Entry { first, resumed: false, visited: Visited::NOTHING, notes }
        }
    }

    /// Calls the function of the type above the levels.
    ///
    /// # Safety
    /// [`each_part`] returned `above` for the operation and the first type of this entry.
    #[inline(always)]
    pub(super) unsafe fn call_above<T>(
        &self,
        object: *mut cpy_PyObject,
        operation: Operation,
        above: Type,
        visited: Visited,
        call: impl FnOnce() -> T,
    ) -> T {
        match self.notes {
            // SAFETY: the caller's promise; `install` has called `prepare` for a type with `HANDS_ON`.
            Some(notes) => unsafe { notes.hand_on(object, operation, above, visited, call) },
            None => call(),
        }
    }
}

/// Where to resume when the function of a foreign type, or of one that it calls, has called back into the runtime.
///
/// That is the next level, or the next Python class: CPython's own function for one calls back for the class itself. A runtime
/// with another layout of the record has done the Python classes above it.
///
/// # Safety
/// `foreign` is a type below one that the runtime made.
unsafe fn above_foreign(foreign: Type, operation: Operation) -> Type {
    // SAFETY: the caller's promise: a type below one that the runtime made.
    unsafe {
        let mut does_classes = TypeInfo::is_of_other_layout(foreign);
        let mut ty = (*foreign).tp_base;
        while !(*ty).tp_base.is_null() {
            let function = operation.function(ty);
            let is_level = TypeInfo::of_exactly(ty).is_some_and(|info| info.has(operation.fact()));
            if is_level || (python_class::is_own(function, operation) && !does_classes) {
                break;
            }
            let is_foreign = !function.is_null() && !python_class::is_own(function, operation);
            if is_foreign && function != operation.function((*ty).tp_base) {
                does_classes = TypeInfo::is_of_other_layout(ty);
            }
            ty = (*ty).tp_base;
        }
        ty
    }
}

/// Whether a foreign type with a function of its own stands above `ty`, and a level above that.
///
/// # Safety
/// `ty` is a type.
pub(super) unsafe fn hands_on(ty: Type) -> bool {
    [Operation::Traverse, Operation::Clear, Operation::Dealloc].into_iter().any(|operation| {
        // SAFETY: the caller's promise; `object` ends the chain.
        unsafe {
            let base = (*ty).tp_base;
            if base.is_null() {
                return false;
            }
            let (_, above) = each_part(base, operation, |_| 0);
            !above.is_null()
                && !(*above).tp_base.is_null()
                && TypeInfo::nearest((*above).tp_base, |info| info.has(operation.fact())).is_some()
        }
    })
}

/// Whether the types from `first` on have added the instance's dictionary, so that the runtime visits and clears it.
///
/// # Safety
/// Both are types.
#[inline(always)]
pub(super) unsafe fn brings_dict(first: Type, above: Type) -> bool {
    // SAFETY: the caller's promise.
    unsafe { (*first).tp_dictoffset != 0 && (*above).tp_dictoffset == 0 }
}
