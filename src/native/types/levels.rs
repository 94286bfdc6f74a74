// src/native/types/levels.rs: the types above an instance's, and who visits, clears and frees what of the instance.
//
// A *level* is a type that a HPy runtime made, in this extension or another: its record says what there is to do. A Python
// class has CPython's own function for the operation, which takes the object's type for a Python class: so the runtime
// does that part too. Any other type is *foreign*: its function is called, once, and what lies above is that function's.

use super::handed_on::{Notes, Visited};
use super::operation::{Operation, Type};
use super::python_class;
use super::record::TypeInfo;
use crate::*;

impl Operation {
    /// The fact of a record that says that the runtime does it.
    const fn fact(self) -> u32 {
        match self {
            Operation::Traverse => TypeInfo::TRAVERSES,
            Operation::Clear => TypeInfo::CLEARS,
            Operation::Dealloc => TypeInfo::DEALLOCATES,
        }
    }
}

/// What the runtime does for one type.
pub(super) enum Part<'a> {
    Level(&'a TypeInfo),
    PythonClass(Type),
}

/// Calls `each` with what is to be done for every type from `first` on, until it gives something but 0.
///
/// Gives that result, and the type whose function has to be called for the rest if all were called.
///
/// # Safety
/// `first` is a type, and at or above that of an instance that `each` works on.
#[inline(always)]
pub(super) unsafe fn each_part(
    first: Type,
    operation: Operation,
    mut each: impl FnMut(Part<'_>) -> c_int,
) -> (c_int, Type) {
    let (mut of, mut result) = (first, 0);
    // SAFETY: the chain of bases of an object's type ends with `object`, which is foreign.
    unsafe {
        while result == 0 {
            let function = operation.function(of);
            let base = (*of).tp_base;
            if let Some(info) = TypeInfo::of_exactly(of).filter(|info| info.has(operation.fact())) {
                result = each(Part::Level(info));
            } else if python_class::is_own(function, operation) {
                result = each(Part::PythonClass(of));
            } else if function.is_null() || base.is_null() || function != operation.function(base) {
                // What is inherited is done where it comes from.
                break;
            }
            of = base;
        }
    }
    (result, of)
}

/// Where an operation begins for an instance.
pub(super) struct Entry {
    /// The first type.
    pub first: Type,
    /// Whether a foreign function has come back to the runtime.
    pub goes_on: bool,
    /// What of the instance was visited before.
    pub visited: Visited,
    /// The notes, if a foreign function may come back.
    notes: Option<&'static Notes>,
}

impl Entry {
    /// The entry of `operation`, which CPython or a function of a type below has called for `object`.
    ///
    /// # Safety
    /// A type at or above that of the object has the runtime's function for the operation.
    #[inline(always)]
    pub(super) unsafe fn of(object: *mut cpy_PyObject, operation: Operation) -> Entry {
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
                if let Some((foreign, visited)) = notes.take(object, operation) {
                    let first = above_foreign(foreign, operation);
                    return Entry { first, goes_on: true, visited, notes: Some(notes) };
                }
            }
            Entry { first, goes_on: false, visited: Visited::NOTHING, notes }
        }
    }

    /// Calls the function of the type above the levels.
    ///
    /// # Safety
    /// `above` is the type that [`each_part`] gave for the operation, from the first type of this entry on.
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
            // SAFETY: the caller's promise; a type whose record says so was made after `prepare`.
            Some(notes) => unsafe { notes.hand_on(object, operation, above, visited, call) },
            None => call(),
        }
    }
}

/// Where to go on when the function of a foreign type, or of one that it calls, has come back to the runtime.
///
/// That is the next level. But CPython's own function for a Python class has come back for the class itself; the runtime of
/// another layout does without it.
///
/// # Safety
/// `foreign` is a type below one that the runtime made.
unsafe fn above_foreign(foreign: Type, operation: Operation) -> Type {
    // SAFETY: the caller's promise: a type below one that the runtime made.
    unsafe {
        let mut does_classes = TypeInfo::is_of_other_layout(foreign);
        let mut of = (*foreign).tp_base;
        while !(*of).tp_base.is_null() {
            let function = operation.function(of);
            let is_level = TypeInfo::of_exactly(of).is_some_and(|info| info.has(operation.fact()));
            if is_level || (python_class::is_own(function, operation) && !does_classes) {
                break;
            }
            let is_foreign = !function.is_null() && !python_class::is_own(function, operation);
            if is_foreign && function != operation.function((*of).tp_base) {
                does_classes = TypeInfo::is_of_other_layout(of);
            }
            of = (*of).tp_base;
        }
        of
    }
}

/// Whether a foreign type with a function of its own stands above `of`, and a level above that.
///
/// # Safety
/// `of` is a type.
pub(super) unsafe fn hands_on(of: Type) -> bool {
    [Operation::Traverse, Operation::Clear, Operation::Dealloc].into_iter().any(|operation| {
        // SAFETY: the caller's promise; `object` ends the chain.
        unsafe {
            let base = (*of).tp_base;
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

/// Whether the types from `first` on have brought a dictionary for the instances: then it is theirs to visit and to clear.
///
/// # Safety
/// Both are types.
#[inline(always)]
pub(super) unsafe fn brings_dict(first: Type, above: Type) -> bool {
    // SAFETY: the caller's promise.
    unsafe { (*first).tp_dictoffset != 0 && (*above).tp_dictoffset == 0 }
}
