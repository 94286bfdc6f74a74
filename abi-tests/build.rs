// abi-tests/build.rs: writes the module `calls` in Rust, which the table of the API gives.

#[path = "../build/mod.rs"]
#[allow(dead_code)]
mod generator;
#[allow(dead_code)]
mod probes;

use std::path::Path;

fn main() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shims/api");
    println!("cargo::rerun-if-changed={}", folder.display());
    println!("cargo::rerun-if-changed=probes");
    let mut table = Vec::new();
    for entry in std::fs::read_dir(&folder).expect("the table is there") {
        let path = entry.expect("the table can be read").path();
        if path.extension().is_some_and(|extension| extension == "toml") {
            let text = std::fs::read_to_string(&path).expect("the table can be read");
            table.push((path.display().to_string(), text));
        }
    }
    let api = generator::read_api::read(&table).unwrap_or_else(|problems| panic!("{problems}"));
    let out = std::env::var_os("OUT_DIR").expect("cargo sets it");
    let text = probes::rust::module(&probes::probes(&api));
    std::fs::write(Path::new(&out).join("calls.rs"), text).expect("OUT_DIR can be written");
}
