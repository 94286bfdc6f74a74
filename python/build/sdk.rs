// python/build/sdk.rs: builds the SDK for extensions in C and C++, which a wheel carries in the package `hpy.devel`.
//
// The libraries are hpy-sys with other features than the loader needs, without unwinding. One build of cargo has a package once,
// so each library is a build of its own.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use hpy_generator::problems::Problems;
use hpy_generator::target::abi::NAMES;
use hpy_sdk::{Contents, Part};

/// The profile of the workspace for the library of C.
const PROFILE: &str = "c-library";

/// The variables by which cargo describes this build: the other build has its own.
const OURS: [&str; 6] = ["CARGO_FEATURE_", "CARGO_CFG_", "CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_PRIMARY_", "DEP_"];

/// Writes the SDK to the folder `devel` of `out`, where maturin takes it from.
pub fn build(root: &Path, out: &Path) -> Result<(), Problems> {
    for path in ["build.rs", "Cargo.toml", "src", "shims/src", "shims/compile.rs"] {
        println!("cargo::rerun-if-changed={}", root.join(path).display());
    }
    for variable in ["HPY_SYS_PYTHON_INCLUDE", "CC", "AR", "CFLAGS"] {
        println!("cargo::rerun-if-env-changed={variable}");
    }
    let [cpython, universal] = [library(root, NAMES[0], out)?, library(root, NAMES[1], out)?];
    // The loader ABIs share a library, which knows nothing of CPython.
    let library = |abi| if abi == NAMES[0] { &cpython } else { &universal };
    let headers = PathBuf::from(env::var_os("DEP_HPY_INCLUDE").expect("hpy-sys sets it"));
    let contents = Contents {
        parts: NAMES.map(|abi| Part { abi, library: library(abi).clone() }).into(),
        headers: &headers,
        python: env::var("DEP_HPY_TARGET").ok(),
    };
    let place = out.join("devel");
    // No file of an earlier build gets into the wheel.
    let _ = fs::remove_dir_all(&place);
    let written = contents.files().and_then(|files| hpy_sdk::write_all(&place, &files));
    written.map_err(|(path, error)| failed(&format!("cannot copy {} to {}: {error}", path.display(), place.display())))
}

/// The static library of hpy-sys with the feature `abi`, as it goes into an SDK.
fn library(root: &Path, abi: &str, out: &Path) -> Result<PathBuf, Problems> {
    let variable = |name| env::var(name).expect("cargo sets it for build scripts");
    let triple = variable("TARGET");
    let target = out.join("libraries");
    let mut cargo = Command::new(variable("CARGO"));
    cargo.current_dir(root).args(["rustc", "--quiet", "--package", "hpy-sys", "--lib", "--crate-type", "staticlib"]);
    cargo.args(["--profile", PROFILE, "--no-default-features", "--features", &format!("{abi},c-library")]);
    cargo.args(["--target", &triple]).arg("--target-dir").arg(&target);
    for (name, _) in env::vars_os() {
        if name.to_str().is_some_and(|name| OURS.iter().any(|ours| name.starts_with(ours))) {
            cargo.env_remove(name);
        }
    }
    let output = cargo.output().map_err(|error| failed(&format!("cannot run {cargo:?}: {error}")))?;
    if !output.status.success() {
        return Err(failed(String::from_utf8_lossy(&output.stderr).trim_end()));
    }
    let folder = target.join(triple).join(PROFILE);
    let names = ["libhpy_sys.a", "hpy_sys.lib"].map(|name| folder.join(name));
    let built = names
        .iter()
        .find(|file| file.is_file())
        .ok_or_else(|| failed(&format!("{} has no library", folder.display())))?;
    // The next build has the same name.
    let kept = out.join(abi).join(built.file_name().expect("it is a file"));
    let copied = fs::create_dir_all(out.join(abi)).and_then(|()| fs::copy(built, &kept));
    copied.map_err(|error| failed(&format!("cannot copy {} to {}: {error}", built.display(), kept.display())))?;
    Ok(hpy_sdk::reduced(kept))
}

fn failed(how: &str) -> Problems {
    Problems::one(
        format!("the SDK for extensions in C, which is part of the package, cannot be built:\n\n{how}\n"),
        "install what is missing: a C compiler and Python's headers (gcc and python3-dev on Debian and Ubuntu, gcc and \
         python3-devel on Fedora); CC, AR, CFLAGS and RUSTFLAGS are part of the build",
    )
}
