// abi-tests/src/no_legacy.rs: what stands for `legacy.rs` in the universal ABI, which has nothing of CPython's own API.

use hpy_sys::*;

/// No methods.
pub const fn methods() -> *mut cpy_PyMethodDef {
    core::ptr::null_mut()
}

/// No slots but the end of their list. A test that asks for one is not run in this ABI.
pub fn slots(names: &[String]) -> Vec<[usize; 2]> {
    assert!(names.is_empty(), "the universal ABI has no legacy slots: {names:?}");
    vec![[0, 0]]
}
