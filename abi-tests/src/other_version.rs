// abi-tests/src/other_version.rs: a module for a version of the ABI that no loader has.

#[unsafe(no_mangle)]
extern "C" fn get_required_hpy_major_version_of_another_version() -> u32 {
    1
}

#[unsafe(no_mangle)]
extern "C" fn get_required_hpy_minor_version_of_another_version() -> u32 {
    0
}
