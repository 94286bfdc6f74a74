// src/host_table.rs: what this project's loader and modules of this crate agree on: the word that marks its contexts, and the
// table that its contexts end with. docs/loader.md says it for others.

use crate::*;

/// The word behind `abi_version` in a context of this project's loader; other loaders leave it zero. The flags are added to it.
#[doc(hidden)]
pub const HPy_HOST_MARK: u32 = 0x4850_7900;

/// The bits of the flags, such as [`HPy_HOST_SHORT`].
#[doc(hidden)]
pub const HPy_HOST_FLAGS: u32 = 0xff;

/// The flag of a context whose handles are the objects themselves: a trampoline may call its implementation.
#[doc(hidden)]
pub const HPy_HOST_SHORT: u32 = 1;

include!(concat!(env!("OUT_DIR"), "/hpy_host.rs"));
