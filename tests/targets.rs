// tests/targets.rs: the crate compiles without a warning for every CPython of pythons.toml, without needing one, and in the
// loader ABIs.

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
        for features in ["cpython,std,extension-module", "cpython"] {
            failed.push_str(&check(&folder, &config, features));
        }
        if python.version == pythons().limits.maximum {
            failed.push_str(&check(&folder, &config, "hybrid,std"));
        }
    }
    assert!(failed.is_empty(), "{failed}");
}

#[test]
fn the_crate_compiles_for_no_python() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("no-python");
    let nowhere = Path::new("/nowhere/python.cfg");
    for features in ["universal,std", "universal"] {
        let said = check(&folder, nowhere, features);
        assert!(said.is_empty(), "{said}");
    }
}

/// Compiles the library with these features, and returns the compiler's warnings and errors.
fn check(folder: &Path, config: &Path, features: &str) -> String {
    let output = Command::new(env!("CARGO"))
        .args([
            "check",
            "--quiet",
            "--color=never",
            "--package=hpy-sys",
            "--lib",
            "--no-default-features",
            "--features",
        ])
        .arg(features)
        .current_dir(root())
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .env("PYO3_CONFIG_FILE", config)
        .env("RUSTFLAGS", "-Dwarnings")
        .env_remove("PYO3_PYTHON")
        .output()
        .unwrap();
    match output.status.success() {
        true => String::new(),
        false => format!("{} {features}:\n{}\n", config.display(), String::from_utf8_lossy(&output.stderr)),
    }
}
