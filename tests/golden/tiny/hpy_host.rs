// Generated from the table in shims/api by generator/src/emit/rust/host.rs. Do not edit: change the table.

/// What a context of this project's loader has behind HPy's last member. It grows at its end.
#[doc(hidden)]
#[repr(C)]
#[derive(Clone, Copy)]
pub struct HostTable {
    /// The size of the table in bytes.
    pub size: usize,
    /// The struct of an instance.
    pub struct_of: unsafe extern "C" fn(ctx: &HPyContext, h: HPy) -> *mut c_void,
    /// The running interpreter's builtins.
    pub builtins: unsafe extern "C" fn() -> HPy,
}
