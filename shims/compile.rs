// shims/compile.rs: compiles the C functions with variable arguments, which Rust cannot define, into the library.
//
// Not part of the generator: it runs the C compiler and the archiver for build.rs.

use std::io;
use std::path::Path;
use std::process::Command;

use hpy_generator::problems::Problems;
use hpy_generator::target::abi::Abi;

const SOURCES: &[&str] = &["shims/src/arg_parse.c", "shims/src/build_value.c", "shims/src/format.c"];

/// Compiles them for `abi` with the headers in `out`, and tells cargo to link them into the crate.
pub fn library(root: &Path, out: &Path, abi: &Abi) -> Result<(), Problems> {
    println!("cargo::rerun-if-changed=shims/src");
    println!("cargo::rerun-if-env-changed=HPY_SYS_PYTHON_INCLUDE");
    let mut build = cc::Build::new();
    build.include(out.join("include")).define(&format!("HPY_ABI_{}", abi.name().to_uppercase()), None);
    #[cfg(any(feature = "cpython", feature = "hybrid"))]
    {
        let python = python_include()?;
        println!("cargo::metadata=python_include={}", python.display());
        build.include(&python);
    }
    if std::env::var("PROFILE").is_ok_and(|profile| profile == "release") {
        // Without the asserts of CPython's macros, as in the extension itself.
        build.define("NDEBUG", None);
    }
    build.flag_if_supported("-ffunction-sections").flag_if_supported("-fvisibility=hidden");
    let compiler = build.try_get_compiler().map_err(|error| no_compiler(&error.to_string()))?;

    let mut library = cc::Build::new();
    for source in SOURCES {
        let object = out.join(Path::new(source).file_name().expect("it is a file")).with_extension("o");
        let mut command = compiler.to_command();
        command.args(without_lto(&compiler)).arg(root.join(source)).args(["-c", "-o"]).arg(&object);
        run(&mut command, &format!("the C source {source} does not compile"))?;
        library.object(&object);
    }
    let archiver = library.try_get_archiver().map_err(|error| no_archiver(&error.to_string()))?;
    if let Err(error) = Command::new(archiver.get_program()).arg("--version").output() {
        return Err(no_archiver(&format!("cannot run `{}`: {error}", archiver.get_program().to_string_lossy())));
    }
    library.try_compile("hpy_variadics").map_err(|error| {
        Problems::one(
            format!("the compiled C sources cannot be put into a library: {error}"),
            "set AR to the path of an archiver that belongs to the C compiler",
        )
    })
}

/// The last flags of each command, behind those of CFLAGS: objects that only a linker with the compiler's own plugin can
/// read would be empty to others, and rustc and the extension's linker are others.
fn without_lto(compiler: &cc::Tool) -> &'static [&'static str] {
    if compiler.is_like_msvc() { &["/GL-"] } else { &["-fno-lto"] }
}

/// Runs a compiler; `problem` says what it means if it fails.
fn run(command: &mut Command, problem: &str) -> Result<(), Problems> {
    match command.output() {
        Ok(output) if output.status.success() => Ok(()),
        Ok(output) => Err(Problems::one(
            format!("{problem}:\n{}", String::from_utf8_lossy(&output.stderr).trim_end()),
            "CFLAGS is part of the command; set CC to the path of another C compiler",
        )),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            Err(no_compiler(&format!("there is no `{}`", command.get_program().to_string_lossy())))
        }
        Err(error) => Err(no_compiler(&format!("cannot run `{}`: {error}", command.get_program().to_string_lossy()))),
    }
}

fn no_compiler(found: &str) -> Problems {
    Problems::one(
        format!("the C library needs a C compiler: {found}"),
        "install a C compiler, or set CC to the path of one",
    )
}

fn no_archiver(found: &str) -> Problems {
    Problems::one(
        format!("the C library needs the archiver `ar`: {found}"),
        "install it: apt install binutils (Debian, Ubuntu), dnf install binutils (Fedora), apk add binutils (Alpine), \
         xcode-select --install (macOS); or set AR to the path of one",
    )
}

/// The folder of Python.h, as the Python to build for knows it.
#[cfg(any(feature = "cpython", feature = "hybrid"))]
fn python_include() -> Result<std::path::PathBuf, Problems> {
    const HELP: &str = "set HPY_SYS_PYTHON_INCLUDE to the folder of its Python.h";
    if let Some(folder) = std::env::var_os("HPY_SYS_PYTHON_INCLUDE") {
        return Ok(folder.into());
    }
    let config = pyo3_build_config::get();
    let Some(python) = config.executable() else {
        return Err(Problems::one("the Python to build for cannot be asked where its headers are", HELP));
    };
    let script = "import sysconfig; print(sysconfig.get_path('include'))";
    let said = Command::new(python).args(["-c", script]).output();
    match said.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned()) {
        Ok(folder) if Path::new(&folder).join("Python.h").is_file() => Ok(folder.into()),
        Ok(folder) => Err(Problems::one(format!("{python} has no headers: there is no {folder}/Python.h"), HELP)),
        Err(error) => Err(Problems::one(format!("cannot run {python}: {error}"), HELP)),
    }
}
