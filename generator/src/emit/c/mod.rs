// generator/src/emit/c/mod.rs: what is emitted in C: what all ABIs share, and a folder for each face.

pub mod constants;
pub mod conventions;
pub mod library;
pub mod spelling;
pub mod units;

/// The native ABI: each function is the CPython call itself.
pub mod native {
    mod body;
    pub mod context;
    pub mod conventions;
    pub mod functions;
    pub mod target;
}

/// The loader ABIs: each function is a member of the context.
pub mod loader {
    pub mod context;
    pub mod conventions;
    pub mod functions;
    pub mod host;
}
