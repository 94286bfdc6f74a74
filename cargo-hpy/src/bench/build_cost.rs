// cargo-hpy/src/bench/build_cost.rs: what building costs: time of the crates and of a C extension, and size of modules.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use serde::Serialize;

use super::compile::{Modules, c_flags};
use super::modes::Mode;
use super::modules::Module;
use super::run::{self, LeftOut};
use crate::cargo;

/// One figure.
#[derive(Serialize)]
pub struct BuildCost {
    pub what: String,
    pub value: f64,
    pub unit: &'static str,
}

fn seconds(what: impl Into<String>, value: f64) -> BuildCost {
    BuildCost { what: what.into(), value, unit: "s" }
}

/// The size of a module without its symbols.
pub fn size(mode: Mode, module: &Path, folder: &Path) -> Result<BuildCost, LeftOut> {
    let stripped = folder.join("stripped");
    run::succeed(Command::new(run::program("strip", "apt install binutils")?).arg("-o").arg(&stripped).arg(module))?;
    let bytes = fs::metadata(&stripped).map_err(|error| error.to_string())?.len();
    Ok(BuildCost { what: format!("module, {}, stripped", mode.name()), value: bytes as f64 / 1024.0, unit: "KiB" })
}

/// Builds the Rust modules with hpy-sys and with pyo3-ffi alone, cold and after a change of their own source.
pub fn of_rust(modules: &Modules) -> Result<Vec<BuildCost>, LeftOut> {
    let mut costs = Vec::new();
    for (what, folder) in [("hpy-sys", "hpy-rust"), ("pyo3-ffi", "pyo3-ffi")] {
        let target = modules.folder.join("build-cost").join(folder);
        let _ = fs::remove_dir_all(&target);
        let source = modules.sources.join(folder);
        let build = || {
            let mut command = cargo::for_python(&source, "build", modules.python);
            command.args(["--release", "--quiet", "--target-dir"]).arg(&target);
            let started = Instant::now();
            run::succeed(&mut command).map(|_| started.elapsed().as_secs_f64())
        };
        costs.push(seconds(format!("extension in Rust with {what}, cold"), build()?));
        touch(&source.join("src/lib.rs"))?;
        costs.push(seconds(format!("extension in Rust with {what}, after a change"), build()?));
        let _ = fs::remove_dir_all(&target);
    }
    Ok(costs)
}

fn touch(file: &Path) -> Result<(), LeftOut> {
    let open = fs::File::options().append(true).open(file);
    open.and_then(|file| file.set_modified(std::time::SystemTime::now())).map_err(|error| error.to_string())
}

/// Compiles one file that includes nothing but the headers, as an extension does, with each of the headers.
pub fn of_c(modules: &Modules, built: &[Module]) -> Result<Vec<BuildCost>, LeftOut> {
    const TIMES: u32 = 5;
    let compiler = run::program("cc", "apt install gcc")?;
    let file = modules.folder.join("headers.c");
    let mut headers = vec![("Python.h alone".to_owned(), None, "Python.h")];
    for Module { version, headers: folder, .. } in built {
        headers.extend(folder.as_ref().map(|folder| (format!("hpy.h of {version}"), Some(folder), "hpy.h")));
    }
    let mut costs = Vec::new();
    for (what, folder, header) in headers {
        fs::write(&file, format!("#include <{header}>\nint nothing;\n")).map_err(|error| error.to_string())?;
        let mut command = Command::new(&compiler);
        command
            .args(c_flags())
            .args(folder.map(|folder| format!("-I{}", folder.display())))
            .arg("-I")
            .arg(modules.include()?);
        command.arg("-DHPY_ABI_CPYTHON").arg("-c").arg(&file).arg("-o").arg(modules.folder.join("headers.o"));
        run::succeed(&mut command)?;
        let started = Instant::now();
        for _ in 0..TIMES {
            run::succeed(&mut command)?;
        }
        costs.push(seconds(format!("C file that includes {what}"), started.elapsed().as_secs_f64() / f64::from(TIMES)));
    }
    Ok(costs)
}
