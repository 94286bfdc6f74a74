// src/abi_check.rs: the layouts of HPy's C headers, as constants that have to be so for this crate to compile.

use core::mem::{align_of, offset_of};

use crate::*;

/// `layout!(Type: size { field: offset, ... })` for a 64-bit target.
macro_rules! layout {
    ($($type:ident: $size:literal { $($field:ident: $offset:literal),* $(,)? })*) => {
        #[cfg(target_pointer_width = "64")]
        const _: () = {
            $(
                assert!(size_of::<$type>() == $size, concat!("the size of ", stringify!($type)));
                $(assert!(offset_of!($type, $field) == $offset, concat!(stringify!($type), "::", stringify!($field)));)*
            )*
        };
    };
}

layout! {
    HPyDef: 64 { kind: 0, of: 8 }
    // HPy's are 24 and 40 bytes: the other functions are in what the union has behind them.
    HPySlot: 48 { slot: 0, impl_: 8, cpy_trampoline: 16, second: 24, third: 40 }
    HPyMeth: 56 { name: 0, impl_: 8, cpy_trampoline: 16, signature: 24, doc: 32, second: 40 }
    HPyMember: 40 { name: 0, type_: 8, offset: 16, readonly: 24, doc: 32 }
    HPyGetSet: 56 { name: 0, getter_impl: 8, setter_impl: 16, getter_cpy_trampoline: 24, setter_cpy_trampoline: 32, doc: 40, closure: 48 }
    HPyCallFunction: 16 { cpy_trampoline: 0, impl_: 8 }
    HPyCapsule_Destructor: 16 { cpy_trampoline: 0, impl_: 8 }
    HPyType_SpecParam: 16 { kind: 0, object: 8 }
    HPyModuleDef: 40 { doc: 0, size: 8, legacy_methods: 16, defines: 24, globals: 32 }
    HPyBytesBuilder: 32 { _data: 0, _size: 8, _capacity: 16, _i: 24 }
    HPyStrBuilder: 40 { _data: 0, _size: 8, _capacity: 16, _i: 24, _max: 32, _kind: 36, _inexact: 37 }
    HPy_buffer: 80 {
        buf: 0, obj: 8, len: 16, itemsize: 24, readonly: 32, ndim: 36, format: 40, shape: 48, strides: 56, suboffsets: 64, internal: 72,
    }
}

#[cfg(not(windows))]
layout! {
    HPyType_Spec: 56 { name: 0, basicsize: 8, itemsize: 12, flags: 16, builtin_shape: 24, legacy_slots: 32, defines: 40, doc: 48 }
}

/// Handles and their like are one pointer.
macro_rules! pointer_sized {
    ($($type:ident)*) => {
        $(const _: () = assert!(size_of::<$type>() == size_of::<*mut ()>() && align_of::<$type>() == align_of::<*mut ()>());)*
    };
}

pointer_sized! { HPy HPyField HPyGlobal HPyListBuilder HPyTupleBuilder HPyTracker HPyThreadState }

/// A HPy buffer is handed to CPython as it is.
#[cfg(feature = "cpython")]
const _: () = {
    assert!(size_of::<HPy_buffer>() == size_of::<ffi::Py_buffer>());
    assert!(offset_of!(HPy_buffer, internal) == offset_of!(ffi::Py_buffer, internal));
    assert!(offset_of!(HPy_buffer, format) == offset_of!(ffi::Py_buffer, format));
};
