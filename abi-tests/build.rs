// abi-tests/build.rs: writes the module `calls` in Rust, which the table of the API gives.

#[allow(dead_code)]
mod probes;

use std::path::Path;

fn main() {
    println!("cargo::rerun-if-changed=../shims/api");
    println!("cargo::rerun-if-changed=probes");
    let text = probes::rust::module(&probes::probes(&probes::api()));
    let out = std::env::var_os("OUT_DIR").expect("cargo sets it");
    std::fs::write(Path::new(&out).join("calls.rs"), text).expect("OUT_DIR can be written");
}
