// src/native/types/sizes.rs: how large an instance of a new type is, and what follows from its bases.

use super::call_function::room_for_call;
use super::check::Contents;
use crate::*;

/// The size of an instance, and the flags that follow from the bases.
pub(super) struct Sizes {
    pub basicsize: usize,
    pub flags: c_ulong,
    /// Where the struct begins.
    pub head: usize,
    /// Where the word of the call protocol is, if the type has `HPy_tp_call`: its own, or that of a base.
    pub call_offset: Option<usize>,
}

impl Sizes {
    pub(super) unsafe fn of(spec: &HPyType_Spec, contents: &Contents, bases: *mut cpy_PyObject) -> Sizes {
        let head = payload_offset(spec.builtin_shape);
        let own = if spec.basicsize == 0 { 0 } else { head + spec.basicsize as usize };
        let mut sizes = Sizes { basicsize: own, flags: spec.flags, head, call_offset: None };
        let (mut inherited, mut word, mut collected) = (head, None, false);
        // SAFETY: the caller's promise: a tuple or null. What is no type is refused by CPython.
        unsafe {
            let count = if bases.is_null() { 0 } else { ffi::PyTuple_GET_SIZE(bases) };
            for index in 0..count {
                let base = ffi::PyTuple_GET_ITEM(bases, index);
                if ffi::PyType_Check(base) != 0 {
                    let base = base.cast::<ffi::PyTypeObject>();
                    inherited = inherited.max((*base).tp_basicsize as usize);
                    word = word.or(word_of_base(base));
                    collected |= ffi::PyType_IS_GC(base) != 0;
                }
            }
        }
        if contents.call.is_some() {
            sizes.flags |= HPy_TPFLAGS_HAVE_VECTORCALL;
            sizes.call_offset = word;
            if word.is_none() {
                let (offset, size) = room_for_call(own.max(inherited));
                (sizes.call_offset, sizes.basicsize) = (Some(offset), size);
            }
        }
        if collected && !contents.legacy_traverse {
            // A type below a collected one is collected, and has its own functions for it.
            sizes.flags |= HPy_TPFLAGS_HAVE_GC;
        }
        sizes
    }
}

/// Where the instances of `base` have a word that a type below it can use.
unsafe fn word_of_base(base: *mut ffi::PyTypeObject) -> Option<usize> {
    // SAFETY: `base` is a type.
    unsafe {
        let offset = (*base).tp_vectorcall_offset;
        // The word of `type` says how a class makes its instances, which is not how its metaclass is called.
        let of_type = ffi::PyType_IsSubtype(base, &raw mut ffi::PyType_Type) != 0
            && offset == ffi::PyType_Type.tp_vectorcall_offset;
        (offset > 0 && !of_type).then_some(offset as usize)
    }
}
