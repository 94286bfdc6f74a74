// tests/targets.rs: the crate compiles without a warning for every CPython of pythons.toml, none of which is needed.

mod common;

use std::path::Path;
use std::process::Command;

use common::{pythons, root};

#[test]
fn the_crate_compiles_for_every_target() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("targets");
    std::fs::create_dir_all(&folder).unwrap();
    let mut failed = String::new();
    for python in pythons().pythons {
        let flags = match (python.free_threaded, python.debug) {
            (false, false) => "",
            (true, false) => "Py_GIL_DISABLED",
            (false, true) => "Py_DEBUG,Py_REF_DEBUG",
            (true, true) => "Py_GIL_DISABLED,Py_DEBUG,Py_REF_DEBUG",
        };
        let name = format!(
            "{}{}{}",
            python.version,
            if python.free_threaded { "t" } else { "" },
            if python.debug { "d" } else { "" }
        );
        let config = folder.join(format!("{name}.cfg"));
        let text = format!(
            "implementation=CPython\nversion={}\nshared=true\nsuppress_build_script_link_lines=true\nbuild_flags={flags}\n",
            python.version
        );
        std::fs::write(&config, text).unwrap();
        // With the standard library, and without it.
        for features in [&[] as &[&str], &["--no-default-features", "--features=cpython"]] {
            let output = Command::new(env!("CARGO"))
                .args(["check", "--quiet", "--color=never", "--package=hpy-sys", "--lib"])
                .args(features)
                .current_dir(root())
                .env("CARGO_TARGET_DIR", folder.join("target"))
                .env("PYO3_CONFIG_FILE", &config)
                .env("RUSTFLAGS", "-Dwarnings")
                .env_remove("PYO3_PYTHON")
                .output()
                .unwrap();
            if !output.status.success() {
                failed.push_str(&format!("{name} {features:?}:\n{}\n", String::from_utf8_lossy(&output.stderr)));
            }
        }
    }
    assert!(failed.is_empty(), "{failed}");
}
