// src/native/types/bases.rs: the bases of a new type: which one gives the layout, and which metaclass wins.

use super::operation::Type;
use crate::native::raise::{Owned, Raised, Result, type_error};
use crate::*;

/// The bases of a new type.
pub(super) struct Bases {
    /// A tuple, or nothing for `object` alone.
    tuple: Option<Owned>,
    /// The base whose layout the type has: its `tp_base`.
    pub best: Type,
}

impl Bases {
    /// Finds the best base, or refuses an object that is no type.
    ///
    /// # Safety
    /// The caller holds the interpreter.
    pub(super) unsafe fn read(tuple: Option<Owned>) -> Result<Bases> {
        let mut bases = Bases { tuple, best: &raw mut ffi::PyBaseObject_Type };
        // SAFETY: the caller's promise; `PyType_Check` comes before each cast.
        unsafe {
            let mut layout: Type = core::ptr::null_mut();
            for index in 0..bases.count() {
                let base = bases.object(index);
                if ffi::PyType_Check(base) == 0 {
                    ffi::PyErr_Format(
                        ffi::PyExc_TypeError,
                        c"the bases of a type are types, not '%.100s' objects".as_ptr(),
                        (*ffi::Py_TYPE(base)).tp_name,
                    );
                    return Err(Raised);
                }
                let base = base.cast::<ffi::PyTypeObject>();
                let candidate = layout_of(base);
                if layout.is_null() || ffi::PyType_IsSubtype(layout, candidate) == 0 {
                    if !layout.is_null() && ffi::PyType_IsSubtype(candidate, layout) == 0 {
                        return Err(type_error(c"multiple bases have instance lay-out conflict"));
                    }
                    (layout, bases.best) = (candidate, base);
                }
            }
        }
        Ok(bases)
    }

    fn count(&self) -> HPy_ssize_t {
        // SAFETY: a tuple.
        self.tuple.as_ref().map_or(0, |tuple| unsafe { ffi::PyTuple_GET_SIZE(tuple.as_ptr()) })
    }

    fn object(&self, index: HPy_ssize_t) -> *mut cpy_PyObject {
        // SAFETY: a tuple with such an item; the index came from `count`.
        let item = |tuple: &Owned| unsafe { ffi::PyTuple_GET_ITEM(tuple.as_ptr(), index) };
        self.tuple.as_ref().map_or(core::ptr::null_mut(), item)
    }

    /// Each base, in the order given.
    pub(super) fn each(&self) -> impl Iterator<Item = Type> {
        (0..self.count()).map(|index| self.object(index).cast())
    }

    /// The tuple, or null.
    pub(super) fn as_ptr(&self) -> *mut cpy_PyObject {
        self.tuple.as_ref().map_or(core::ptr::null_mut(), Owned::as_ptr)
    }

    /// The most derived of `metaclass`, which may be null, and the metaclasses of the bases, as the statement `class`
    /// finds it.
    ///
    /// # Safety
    /// `metaclass` is a type or null.
    pub(super) unsafe fn metaclass(&self, metaclass: Type) -> Result<Type> {
        let mut winner = if metaclass.is_null() { &raw mut ffi::PyType_Type } else { metaclass };
        // SAFETY: the caller's promise; the type of a type is one.
        unsafe {
            for base in self.each() {
                let of_base = ffi::Py_TYPE(base.cast());
                if ffi::PyType_IsSubtype(winner, of_base) != 0 {
                    continue;
                }
                if ffi::PyType_IsSubtype(of_base, winner) == 0 {
                    return Err(type_error(
                        c"metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the metaclasses of all its bases",
                    ));
                }
                winner = of_base;
            }
        }
        Ok(winner)
    }
}

/// The nearest type at or above `ty` whose instances have more parts than those of its base, by CPython's rule.
///
/// # Safety
/// `of` is a type.
unsafe fn layout_of(ty: Type) -> Type {
    let mut level = ty;
    // SAFETY: the caller's promise: a type. The chain of bases ends with `object`.
    unsafe {
        while !(*level).tp_base.is_null() && !has_own_parts(level, (*level).tp_base) {
            level = (*level).tp_base;
        }
    }
    level
}

/// Whether instances of `ty` differ from those of its base in more than a dictionary and weak references at their end.
///
/// # Safety
/// Both are types.
unsafe fn has_own_parts(ty: Type, base: Type) -> bool {
    // SAFETY: the caller's promise: both are types.
    unsafe {
        if (*ty).tp_itemsize != (*base).tp_itemsize {
            return true;
        }
        own_size(ty, base) != (*base).tp_basicsize
    }
}

/// The size of an instance of `ty` without a dictionary and weak references at its end, which this CPython does not count.
///
/// # Safety
/// Both are types.
#[cfg(cpython_layout_without_dict)]
unsafe fn own_size(ty: Type, base: Type) -> HPy_ssize_t {
    // SAFETY: the caller's promise: both are types.
    unsafe {
        let (mut size, word) = ((*ty).tp_basicsize, size_of::<*mut ()>() as HPy_ssize_t);
        if (*ty).tp_itemsize == 0 && ffi::PyType_HasFeature(ty, ffi::Py_TPFLAGS_HEAPTYPE) != 0 {
            for (own, inherited) in
                [((*ty).tp_weaklistoffset, (*base).tp_weaklistoffset), ((*ty).tp_dictoffset, (*base).tp_dictoffset)]
            {
                if own != 0 && inherited == 0 && own + word == size {
                    size -= word;
                }
            }
        }
        size
    }
}

/// The size of an instance of `ty`.
///
/// # Safety
/// Both are types.
#[cfg(not(cpython_layout_without_dict))]
unsafe fn own_size(ty: Type, _base: Type) -> HPy_ssize_t {
    // SAFETY: the caller's promise: a type.
    unsafe { (*ty).tp_basicsize }
}
