// abi-tests/tests/common/c.rs: builds the families in C for one of the ABIs: the static library, and one library of all sources.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use hpy_pythons::Found;
use libtest_mimic::Failed;

use super::{Abi, conclude, for_python, probes};

/// How a source is compiled.
const FLAGS: &[&str] = &["-std=c99", "-O2", "-fPIC", "-Werror", "-Wall", "-Wextra", "-Wconversion"];
/// How the extension is linked: Python's symbols are those of the interpreter that loads it.
const LINK: &[&str] = if cfg!(target_vendor = "apple") {
    &["-bundle", "-undefined", "dynamic_lookup", "-Wl,-dead_strip"]
} else {
    &["-shared", "-Wl,--gc-sections"]
};

/// The flags with which GCC and clang check each memory access and undefined behaviour; a finding ends the process.
const SANITIZE: &[&str] =
    &["-fsanitize=address,undefined", "-fno-sanitize-recover=all", "-fno-omit-frame-pointer", "-g"];

/// Makes one library of all sources.
pub fn build(abi: Abi) -> Result<PathBuf, Failed> {
    build_into(folder(abi), abi, &[])
}

/// The same with AddressSanitizer and UndefinedBehaviorSanitizer, for a process of [`load_sanitizer`].
pub fn build_sanitized(abi: Abi) -> Result<PathBuf, Failed> {
    // Optimised with these checks, GCC takes more for uninitialized than there is.
    build_into(folder(abi).join("sanitized"), abi, &[SANITIZE, &["-Wno-error"]].concat())
}

/// The library of AddressSanitizer, if the compiler has it.
pub fn sanitizer() -> Option<PathBuf> {
    let said = Command::new("cc").arg("-print-file-name=libasan.so").output().ok()?;
    // A library that the compiler does not find it names without a folder.
    let path = PathBuf::from(String::from_utf8(said.stdout).ok()?.trim_end()).canonicalize().ok()?;
    path.is_absolute().then_some(path)
}

/// Has a program load the sanitizer first, as it must be where the program itself is built without.
pub fn load_sanitizer(program: &mut Command) -> Result<(), Failed> {
    program.env("LD_PRELOAD", sanitizer().ok_or("there is no libasan")?);
    // CPython leaves some memory to the end of the process. Each object is to be a block of its own.
    // A size that no machine has is a MemoryError, as it is without the sanitizer.
    let options = "detect_leaks=0:allocator_may_return_null=1";
    program.env("ASAN_OPTIONS", options).env("PYTHONMALLOC", "malloc");
    program.env("UBSAN_OPTIONS", "print_stacktrace=1");
    Ok(())
}

fn build_into(folder: PathBuf, abi: Abi, more: &[&str]) -> Result<PathBuf, Failed> {
    // The library of the universal ABI knows nothing of CPython, so it is that of the hybrid ABI too.
    let (archive, headers) = build_library(if let Abi::Hybrid(_) = abi { Abi::Universal } else { abi })?;
    std::fs::create_dir_all(&folder)?;
    let mut flags = flags_of(abi, &headers)?;
    flags.push(format!("-I{}", Path::new(env!("CARGO_MANIFEST_DIR")).join("c").display()));
    let mut sources = sources(abi)?;
    sources.push(folder.join("calls.c"));
    std::fs::write(folder.join("calls.c"), calls())?;
    let compiler = |program| {
        let mut compiler = Command::new(program);
        compiler.args(FLAGS).args(more).args(&flags);
        compiler
    };
    // In continuous integration it is there, as `tests/c_headers.rs` asks for.
    if Command::new("clang").arg("--version").output().is_ok() {
        let mut check = compiler("clang");
        check.arg("-fsyntax-only").args(&sources);
        conclude(check)?;
    }
    let mut objects = Vec::new();
    for source in sources {
        let object = folder.join(source.file_name().unwrap_or_default()).with_extension("o");
        let mut compile = compiler("cc");
        compile.arg(&source).arg("-c").arg("-o").arg(&object);
        conclude(compile)?;
        objects.push(object);
    }
    let made = folder.join(format!("hpy_abi_tests{}", abi.suffix()));
    let mut linker = Command::new("cc");
    linker.args(LINK).args(more).args(objects).arg(archive).arg("-o").arg(&made);
    conclude(linker)?;
    Ok(made)
}

/// The ABI, and where its headers are and those of the Python.
fn flags_of(abi: Abi, headers: &Path) -> Result<Vec<String>, Failed> {
    let mut flags = vec![format!("-DHPY_ABI_{}", abi.name().to_uppercase())];
    let folders = match abi.python() {
        Some(python) => {
            let quiet = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/quiet_python");
            vec![quiet, python.include.clone().ok_or("it has no headers")?]
        }
        None => vec![headers.join("hpy/forbid_python_h")],
    };
    flags.extend(folders.iter().map(PathBuf::as_path).chain([headers]).map(|folder| format!("-I{}", folder.display())));
    Ok(flags)
}

/// The module `calls`, which the table of the API gives.
fn calls() -> String {
    probes::c::module(&probes::probes(&probes::api()))
}

/// Makes a module of one source, with debug information.
pub fn build_module(abi: Abi, source: &Path, made: &Path) -> Result<(), Failed> {
    let (archive, headers) = build_library(abi)?;
    std::fs::create_dir_all(made.parent().unwrap_or(Path::new(".")))?;
    let mut compiler = Command::new("cc");
    compiler.args(["-std=c99", "-O1", "-g", "-fPIC", "-Werror", "-Wall"]).args(flags_of(abi, &headers)?).args(LINK);
    compiler.arg(source).arg(archive).arg("-o").arg(made);
    conclude(compiler).map(drop)
}

/// Makes an extension for CPython's own API of one source.
pub fn build_extension(python: &Found, source: &Path) -> Result<PathBuf, Failed> {
    let folder = folder(Abi::Cpython(python)).with_extension("peer");
    std::fs::create_dir_all(&folder)?;
    let name = source.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let made = folder.join(format!("{name}{}", python.extension_suffix));
    let mut compiler = Command::new("cc");
    compiler.args(["-std=c99", "-O1", "-fPIC", "-Wall"]).args(LINK);
    compiler.arg(format!("-I{}", python.include.clone().ok_or("it has no headers")?.display()));
    compiler.arg(source).arg("-o").arg(&made);
    conclude(compiler)?;
    Ok(made)
}

fn folder(abi: Abi) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("conformance-c").join(abi.folder())
}

/// The sources, most of which are a family: a module, or a few.
fn sources(abi: Abi) -> Result<Vec<PathBuf>, Failed> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("c"))? {
        all.extend(Some(entry?.path()).filter(|path| path.extension().is_some_and(|found| found == "c")));
    }
    if abi.python().is_none() {
        all.retain(|path| !path.ends_with("legacy.c") && !path.ends_with("towers.c"));
    }
    all.sort();
    Ok(all)
}

/// Builds the static library, and says where it is and where its headers are.
fn build_library(abi: Abi) -> Result<(PathBuf, PathBuf), Failed> {
    let mut cargo = Command::new(env!("CARGO"));
    cargo
        .args(["rustc", "--package=hpy-sys", "--profile=c-library", "--no-default-features"])
        .arg(format!("--features={},c-library", abi.name()))
        .args(["--crate-type=staticlib", "--message-format=json", "--quiet", "--target-dir"])
        .arg(folder(abi).join("target"))
        .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
    for_python(&mut cargo, abi.python());
    let said = conclude(cargo)?;
    // The messages are one line each; those of the library itself say which kind it is.
    let text = |kind: [&str; 2], start: &str| {
        let is_it = |line: &&str| line.contains("#hpy-sys@") && kind.iter().all(|word| line.contains(word));
        let line = said.lines().find(is_it)?;
        let (_, rest) = line.split_once(start)?;
        rest.split_once('"').map(|(path, _)| PathBuf::from(path))
    };
    let archive =
        text(["compiler-artifact", "[\"staticlib\"]"], "\"filenames\":[\"").ok_or("cargo does not name the library")?;
    let out = text(["build-script-executed", "out_dir"], "\"out_dir\":\"")
        .ok_or("cargo does not name the headers' folder")?;
    Ok((archive, out.join("include")))
}
