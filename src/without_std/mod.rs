// src/without_std/mod.rs: the panic handler and the allocator of a binary without Rust's standard library.

#[cfg(not(any(feature = "std", cpython_bindings_link_std)))]
pub(crate) mod handlers;
#[cfg(all(feature = "c-library", not(any(feature = "std", cpython_bindings_link_std))))]
mod library;

/// Makes one source serve every target in a `#![no_std]` extension: written once, at the top level of the crate.
///
/// A binary without Rust's standard library defines a panic handler, and an allocator if it uses the crate `alloc`; one
/// with the standard library must define neither. Which of the two an extension is depends on the target: pyo3-ffi links
/// the standard library for CPython up to 3.13, and the crate `alloc` alone for later ones; the universal ABI links none.
/// The macro expands to both items where they are needed, and to nothing elsewhere:
///
/// | target | panic handler | allocator |
/// |---|---|---|
/// | CPython or hybrid ABI, up to 3.13 | the standard library's | the standard library's |
/// | CPython or hybrid ABI, from 3.14 on | `HPy_FatalError` with the panic's message and place | C's `malloc` |
/// | universal ABI | the same | the same |
/// | any, with the feature `std` or `c-library` of this crate | not the macro's | not the macro's |
///
/// So `Box`, `Vec` and `String` of the crate `alloc` may be used for every target.
///
/// The crate depends on this one without the feature `std`, and its panics end the process, which rustc asks of it:
///
/// ```toml
/// [lib]
/// crate-type = ["cdylib"]
///
/// [dependencies]
/// hpy-sys = { version = "0.1", default-features = false, features = ["cpython", "extension-module"] }
///
/// [profile.dev]
/// panic = "abort"
///
/// [profile.release]
/// panic = "abort"
/// ```
///
/// ```ignore
/// #![no_std]
///
/// use hpy_sys::*;
///
/// HPy_NO_STD!();
///
/// HPyDef_METH!(double, "double", HPyFunc_O, |ctx, _self, arg| unsafe { HPy_Add(ctx, arg, arg) });
///
/// static EXAMPLE: HPyModuleDef = HPyModuleDef!(doc = "An example.", defines = [double]);
///
/// HPy_MODINIT!(example, EXAMPLE);
/// ```
///
/// In the crate's own unit tests, which have the standard library, the macro expands to nothing.
///
/// Not in HPy, whose extensions are in C.
#[macro_export]
macro_rules! HPy_NO_STD {
    () => {
        $crate::__hpy_no_std!();
    };
}

/// The items of `HPy_NO_STD!`.
#[cfg(not(any(feature = "std", feature = "c-library", cpython_bindings_link_std)))]
#[doc(hidden)]
#[macro_export]
macro_rules! __hpy_no_std {
    () => {
        #[cfg(all(not(test), not(panic = "abort")))]
        $crate::__private::core::compile_error!(
            "HPy_NO_STD needs panic = \"abort\" in [profile.dev] and [profile.release] of the Cargo.toml of the workspace"
        );

        #[cfg(not(test))]
        const _: () = {
            #[panic_handler]
            fn panicked(info: &$crate::__private::core::panic::PanicInfo<'_>) -> ! {
                $crate::__private::panicked(info)
            }

            // Code of `core` and `alloc` that is not optimised away names it, as they are compiled to unwind.
            #[cfg(not(target_env = "msvc"))]
            #[unsafe(no_mangle)]
            extern "C" fn rust_eh_personality() -> ! {
                $crate::__private::unwound()
            }

            #[global_allocator]
            static ALLOCATOR: $crate::__private::Malloc = $crate::__private::Malloc;
        };
    };
}

/// `HPy_NO_STD!` where the standard library is linked, or the library for C brings its own.
#[cfg(any(feature = "std", feature = "c-library", cpython_bindings_link_std))]
#[doc(hidden)]
#[macro_export]
macro_rules! __hpy_no_std {
    () => {};
}
