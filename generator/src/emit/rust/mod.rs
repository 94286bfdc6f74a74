// generator/src/emit/rust/mod.rs: what is emitted in Rust: what all ABIs share, and a folder for each face.

pub mod constants;
pub mod conventions;
pub mod host;
pub mod library;
pub mod spelling;
pub mod units;

/// The native ABI: each function is the CPython call itself.
pub mod native {
    mod body;
    pub mod context;
    pub mod conventions;
    pub mod functions;
    pub mod slots;
}

/// The loader ABIs: each function is a member of the context.
pub mod loader {
    pub mod context;
    pub mod conventions;
    mod extras;
    pub mod functions;
}

/// The contexts of this project's loader: each function is that of the native ABI behind a C function pointer.
pub mod contexts {
    pub mod context;
    pub mod conventions;
    pub mod debug;
    pub mod functions;
    pub mod trace;
}
