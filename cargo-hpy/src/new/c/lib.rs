// src/lib.rs: what Rust adds to an extension in C: the library that it links with, and the entries of the module.
//
// Rust exports its own functions only. So build.rs gives the entries that HPy_MODINIT defines other names, and those that
// a loader looks for call them.

#![allow(non_snake_case)]

use hpy_sys as _;

/// Exports functions of this name which call those of the other name in the C sources.
macro_rules! entries {
    ($($name:ident calls $in_c:ident($($argument:ident: $type:ty)?) $(-> $result:ty)?;)*) => {
        #[link(name = "{{module}}_in_c", kind = "static")]
        unsafe extern "C" {
            $(fn $in_c($($argument: $type)?) $(-> $result)?;)*
        }
        $(
            /// # Safety
            /// It is called by a loader of modules, as the ABI says.
            #[unsafe(no_mangle)]
            pub unsafe extern "C" fn $name($($argument: $type)?) $(-> $result)? {
                // SAFETY: the caller's promise.
                unsafe { $in_c($($argument)?) }
            }
        )*
    };
}

#[cfg(feature = "cpython")]
entries! {
    PyInit_{{module}} calls PyInit_in_c() -> *mut core::ffi::c_void;
}

#[cfg(not(feature = "cpython"))]
entries! {
    HPyInit_{{module}} calls HPyInit_in_c() -> *mut core::ffi::c_void;
    HPyInitGlobalContext_{{module}} calls HPyInitGlobalContext_in_c(ctx: *mut core::ffi::c_void);
    get_required_hpy_major_version_{{module}} calls get_required_hpy_major_version_in_c() -> u32;
    get_required_hpy_minor_version_{{module}} calls get_required_hpy_minor_version_in_c() -> u32;
}
