// build.rs: turns the table of HPy calls into the C shims and the Rust wrappers for the ABI that is chosen.
//
// The phases: ABI and target -> table -> emit -> write. The generator consists of pure functions; the environment, the
// files, other programs (`shims/compile.rs`) and the exit code are handled by the build script alone.

#[cfg(feature = "c-library")]
#[path = "shims/compile.rs"]
mod compile;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs};

use hpy_generator::problems::Problems;
#[cfg(any(feature = "cpython", feature = "hybrid"))]
use hpy_generator::target::Target;
use hpy_generator::target::abi::{self, Abi};
use hpy_generator::target::pythons;
use hpy_generator::{Outputs, Sources, generate};

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(problems) => {
            eprintln!("{problems}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Problems> {
    println!("cargo::rerun-if-env-changed=HPY_SYS_PRINT_CONFIG");
    println!("cargo::rerun-if-env-changed=HPY_SYS_SKIP_VERSION_CHECK");
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets CARGO_MANIFEST_DIR"));
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));

    for path in ["build.rs"].into_iter().chain(Sources::PATHS) {
        println!("cargo::rerun-if-changed={path}");
    }
    let sources = Sources::read(&root)?;
    let pythons = pythons::read(&sources.pythons)?;
    abi::choose([cfg!(feature = "cpython"), cfg!(feature = "universal"), cfg!(feature = "hybrid")])?;
    let abi = detect()?;
    if let Some(target) = abi.target() {
        target.check(&pythons, env::var("HPY_SYS_SKIP_VERSION_CHECK").is_ok_and(|value| value == "1"))?;
    }
    if env::var("HPY_SYS_PRINT_CONFIG").is_ok_and(|value| value == "1") {
        return Err(Problems::notice(abi.describe(&pythons)));
    }
    let Outputs { files, cfgs } = generate(&sources, &pythons, &abi)?;

    for (name, text) in &files {
        write_if_changed(&out.join(name), text)?;
    }
    #[cfg(feature = "c-library")]
    compile::library(&root, &out, &abi)?;
    for line in cfgs {
        println!("cargo::{line}");
    }
    // What the build script of a dependent needs, as DEP_HPY_INCLUDE and DEP_HPY_ABI; where the build is for a Python,
    // also DEP_HPY_TARGET, and with the feature `c-library` DEP_HPY_PYTHON_INCLUDE.
    println!("cargo::metadata=include={}", out.join("include").display());
    println!("cargo::metadata=root={}", root.display());
    println!("cargo::metadata=abi={}", abi.name());
    if let Some(target) = abi.target() {
        println!("cargo::metadata=target={}", target.name());
    }
    Ok(())
}

/// The ABI this build is for. Its Python is the one that pyo3-ffi was built for, so that declarations and wrappers agree.
#[cfg(feature = "cpython")]
fn detect() -> Result<Abi, Problems> {
    interpreter(pyo3_build_config::get()).map(Abi::CPython)
}

/// The same, for legacy code beside HPy's context.
#[cfg(all(feature = "hybrid", not(feature = "cpython")))]
fn detect() -> Result<Abi, Problems> {
    interpreter(pyo3_build_config::get()).map(Abi::Hybrid)
}

/// No Python is looked for.
#[cfg(not(any(feature = "cpython", feature = "hybrid")))]
fn detect() -> Result<Abi, Problems> {
    Ok(Abi::Universal)
}

/// The target that pyo3-build-config describes.
#[cfg(any(feature = "cpython", feature = "hybrid"))]
fn interpreter(config: &pyo3_build_config::InterpreterConfig) -> Result<Target, Problems> {
    // pyo3-ffi links its own declarations only; those of hpy-sys are in the import library that comes with Python.
    if env::var("CARGO_CFG_TARGET_OS").is_ok_and(|system| system == "windows") {
        config.lib_dir().iter().for_each(|folder| println!("cargo::rustc-link-search=native={folder}"));
        config.lib_name().iter().for_each(|name| println!("cargo::rustc-link-lib={name}"));
    }
    if let pyo3_build_config::PythonAbiKind::Stable(abi) = config.target_abi().kind() {
        return Err(Target::stable_abi(&abi.to_string()));
    }
    let found = config.version();
    Ok(Target {
        // pyo3-build-config says GraalVM.
        implementation: config.implementation().to_string().replace("GraalVM", "GraalPy"),
        version: hpy_generator::target::version::Version { major: found.major, minor: found.minor },
        free_threaded: config.is_free_threaded(),
        debug: config.build_flags().0.contains(&pyo3_build_config::BuildFlag::Py_DEBUG),
        executable: config.executable().map(str::to_owned),
    })
}

/// Leaves an unchanged file alone, so that what depends on it is not built again.
fn write_if_changed(path: &Path, text: &str) -> Result<(), Problems> {
    if fs::read_to_string(path).is_ok_and(|present| present == text) {
        return Ok(());
    }
    let folder = path.parent().expect("every output stands in OUT_DIR");
    fs::create_dir_all(folder).and_then(|()| fs::write(path, text)).map_err(|error| {
        Problems::one(
            format!("cannot write {}: {error}", path.display()),
            "free some disk space or change CARGO_TARGET_DIR",
        )
    })
}
