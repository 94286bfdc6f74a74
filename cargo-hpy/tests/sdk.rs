// cargo-hpy/tests/sdk.rs: an SDK that is really built, and the ways in which extensions are compiled with it.

#![cfg(unix)]

mod common;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use common::sdk::{ASSERTIONS, documented, is_there, names, shared, write_sources};
use common::{both, cargo_hpy, error_of, folder, python, root, run, skip};
use hpy_pythons::Found;

/// Compiles by what Python knows of compilers, as setuptools does.
const COMPILE: &str = "
import shlex, subprocess, sys, sysconfig
source, sdk, output = sys.argv[1:]
cc, flags, link = (shlex.split(sysconfig.get_config_var(name) or '') for name in ('CC', 'CFLAGS', 'LDSHARED'))
macros = ['-DHPY', '-DHPY_ABI_CPYTHON']
folders = [f'-I{sdk}/include', '-I' + sysconfig.get_paths()['include']]
subprocess.run([*cc, *flags, '-fPIC', *macros, *folders, '-c', source, '-o', 'quickstart.o'], check=True)
subprocess.run([*link, 'quickstart.o', f'{sdk}/lib/cpython/libhpy.a', '-o', output], check=True)
";

/// An SDK, and the Python it is for.
struct Sdk {
    folder: PathBuf,
    python: Found,
}

#[test]
fn extensions_are_compiled_with_nothing_but_the_sdk() {
    let Some(python) = python() else { return skip("there is no supported Python with headers") };
    let out = folder("sdk").join("written");
    let wish = python.path.to_str().unwrap().to_owned();
    let command = || cargo_hpy(&["sdk", "--python", &wish, "--out", out.to_str().unwrap()]);
    let output = command().output().unwrap();
    let said = both(&output);
    assert!(output.status.success(), "{said}");
    let example = said.lines().find_map(|line| line.strip_prefix("    cc ")).expect(&said);

    let sdk = Sdk { folder: out.clone(), python };
    layout(&sdk.folder);
    complete(&sdk);
    as_the_command_says(&sdk, example);
    by_hand(&sdk);
    as_python_knows(&sdk);
    with_pkg_config(&sdk, &[]);

    // It is replaced as a whole, but not if that would delete what is not its own.
    fs::write(sdk.folder.join("include/hpy.h"), "").unwrap();
    fs::write(sdk.folder.join("include/mine.h"), "").unwrap();
    let error = error_of(&mut command());
    let problem = "this SDK would be replaced, but include/mine.h in it is not part of it";
    assert!(error.contains(problem) && !error.contains("Compiling"), "{error}");
    fs::remove_file(sdk.folder.join("include/mine.h")).unwrap();
    let output = command().output().unwrap();
    assert!(output.status.success(), "{}", both(&output));
    layout(&sdk.folder);

    // It works at another place, too, with a name that is no plain word.
    let moved = Sdk { folder: out.with_file_name("moved elsewhere"), python: sdk.python };
    fs::rename(&out, &moved.folder).unwrap();
    by_hand(&moved);
    with_pkg_config(&moved, &[]);
    with_pkg_config(&moved, &["--define-prefix"]);
    with_setuptools(&moved);
    with_cmake(&moved);
    with_meson(&moved);
}

/// What HPy's support for setuptools expects of its base folder, and nothing half-written next to it.
fn layout(sdk: &Path) {
    assert_eq!(names(sdk.to_owned()), ["LICENSE-APACHE", "LICENSE-MIT", "hpy-sdk.json", "include", "lib", "share"]);
    assert_eq!(names(sdk.join("lib")), ["cmake", "cpython", "hybrid", "pkgconfig", "universal"]);
    for abi in ["cpython", "universal", "hybrid"] {
        assert_eq!(names(sdk.join("lib").join(abi)), ["libhpy.a"]);
    }
    assert_eq!(names(sdk.join("lib/pkgconfig")), ["hpy-hybrid.pc", "hpy-universal.pc", "hpy.pc"]);
    assert_eq!(names(sdk.join("include")), ["hpy", "hpy.h"]);
    assert_eq!(names(sdk.parent().unwrap().to_owned()), ["written"]);
    assert!(fs::metadata(sdk.join("include/hpy.h")).unwrap().len() > 0);
    for file in ["hpy.pc", "hpy-universal.pc", "hpy-hybrid.pc"]
        .map(|name| format!("lib/pkgconfig/{name}"))
        .into_iter()
        .chain(["lib/cmake/hpy/hpy-config.cmake".to_owned()])
    {
        let text = fs::read_to_string(sdk.join(file)).unwrap();
        assert!(!text.contains('@') && !text.contains(sdk.to_str().unwrap()), "{text}");
        assert!(text.contains("HPY_ABI_") && text.contains("0.9.0"), "{text}");
    }
}

impl Sdk {
    /// An empty folder with nothing but the source of the extension.
    fn place(&self, name: &str) -> PathBuf {
        let place = self.folder.with_file_name(format!("test-{name}"));
        let _ = fs::remove_dir_all(&place);
        fs::create_dir(&place).unwrap();
        write_sources(&place);
        place
    }

    fn module(&self) -> String {
        format!("quickstart{}", self.python.extension_suffix)
    }

    /// Runs the compiler in `place`, and asserts what the extension does.
    fn compile(&self, place: &Path, command: &mut Command) {
        assert_only_python_is_missing(&run(command.current_dir(place)));
        self.import(place);
    }

    fn import(&self, place: &Path) {
        run(Command::new(&self.python.path).args(["-B", "-c", ASSERTIONS]).current_dir(place).env("PYTHONPATH", place));
    }
}

/// Where the linker tells what it leaves to others, that is Python's alone: no system library is needed.
fn assert_only_python_is_missing(said: &str) {
    let names = said.split("undefined reference to `").skip(1).filter_map(|rest| rest.split('\'').next());
    let others: Vec<_> = names.filter(|name| !name.starts_with("Py") && !name.starts_with("_Py")).collect();
    assert!(others.is_empty(), "{others:?}");
}

/// The library has all that it needs but Python's functions and the C library's, and little else; it exports nothing.
fn complete(sdk: &Sdk) {
    if !is_there("ar", Command::new("ar").arg("--version")) {
        return;
    }
    let library = sdk.folder.join("lib/cpython/libhpy.a");
    let size = fs::metadata(&library).unwrap().len();
    assert!(size < 1_000_000, "{size}");
    let output = Command::new("ar").arg("t").arg(&library).output().unwrap();
    let members = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(members.contains("hpy_sys") && members.contains("arg_parse"), "{members}");
    if cfg!(target_os = "linux") {
        let mut command = Command::new("cc");
        command.args(shared()).args(["-Wl,--whole-archive"]).arg(&library).args(["-Wl,--no-whole-archive", "-o"]);
        let module = sdk.folder.with_file_name("test-complete.so");
        assert_only_python_is_missing(&run(command.arg(&module)));
        let mut command = Command::new("nm");
        assert_eq!(run(command.args(["--dynamic", "--defined-only"]).arg(&module)), "");
    }
}

/// The command that `cargo hpy sdk` prints, for `name.c`.
fn as_the_command_says(sdk: &Sdk, example: &str) {
    let place = sdk.place("example");
    let example = example.replace("name.", "quickstart.");
    sdk.compile(&place, Command::new("sh").arg("-c").arg(format!("cc {example}")));
}

fn by_hand(sdk: &Sdk) {
    let place = sdk.place("by-hand");
    let mut command = Command::new("cc");
    command.args(shared()).args(["-Wall", "-Wextra", "-Werror", "-DHPY", "-DHPY_ABI_CPYTHON", "-I"]);
    command.arg(sdk.folder.join("include")).arg("-I").arg(root().join("tests/quiet_python"));
    command.arg("-I").arg(sdk.python.include.as_ref().unwrap());
    command.arg("quickstart.c").arg(sdk.folder.join("lib/cpython/libhpy.a")).arg("-o").arg(sdk.module());
    sdk.compile(&place, &mut command);
}

fn as_python_knows(sdk: &Sdk) {
    let place = sdk.place("sysconfig");
    let mut command = Command::new(&sdk.python.path);
    sdk.compile(&place, command.args(["-c", COMPILE, "quickstart.c"]).arg(&sdk.folder).arg(sdk.module()));
}

fn with_pkg_config(sdk: &Sdk, options: &[&str]) {
    if !is_there("pkg-config", Command::new("pkg-config").arg("--version")) {
        return;
    }
    let pkg_config = |question: &str| {
        let mut command = Command::new("pkg-config");
        command.args(options).args([question, "hpy"]);
        run(command.env("PKG_CONFIG_PATH", sdk.folder.join("lib/pkgconfig"))).trim().to_owned()
    };
    assert_eq!(pkg_config("--modversion"), "0.9.0");
    assert_eq!(pkg_config("--variable=python"), sdk.python.name());
    let place = sdk.place("pkg-config");
    // The shell takes back what pkg-config puts before a space.
    let line = format!(
        "cc {} {} -I'{}' quickstart.c {} -o {}",
        shared().join(" "),
        pkg_config("--cflags"),
        sdk.python.include.as_ref().unwrap().display(),
        pkg_config("--libs"),
        sdk.module()
    );
    sdk.compile(&place, Command::new("sh").arg("-c").arg(line));
}

fn with_setuptools(sdk: &Sdk) {
    let python = || Command::new(&sdk.python.path);
    if is_there("setuptools", python().args(["-c", "import setuptools"])) {
        let place = sdk.place("setuptools");
        fs::write(place.join("setup.py"), documented("setuptools alone", "python", 0)).unwrap();
        let mut command = python();
        command.args(["setup.py", "build_ext", "--inplace"]).env("HPY_SDK", &sdk.folder);
        sdk.compile(&place, &mut command);
    }
}

fn with_cmake(sdk: &Sdk) {
    if is_there("cmake", Command::new("cmake").arg("--version")) {
        let place = sdk.place("cmake");
        fs::write(place.join("CMakeLists.txt"), documented("CMake", "cmake", 0)).unwrap();
        let mut configure = Command::new("cmake");
        configure.args(["-B", "build"]).arg(format!("-DCMAKE_PREFIX_PATH={}", sdk.folder.display()));
        configure.arg(format!("-DPython_EXECUTABLE={}", sdk.python.path.display()));
        run(configure.current_dir(&place));
        run(Command::new("cmake").args(["--build", "build"]).current_dir(&place));
        sdk.import(&place.join("build"));
    }
}

fn with_meson(sdk: &Sdk) {
    if is_there("meson", Command::new("meson").arg("--version")) {
        let place = sdk.place("meson");
        fs::write(place.join("meson.build"), documented("Meson", "meson", 0)).unwrap();
        let python = format!("[binaries]\npython = '{}'\n", sdk.python.path.display());
        fs::write(place.join("native.ini"), python).unwrap();
        let mut setup = Command::new("meson");
        setup.args(["setup", "build", "--native-file", "native.ini", "--pkg-config-path"]);
        run(setup.arg(sdk.folder.join("lib/pkgconfig")).current_dir(&place));
        run(Command::new("meson").args(["compile", "-C", "build"]).current_dir(&place));
        sdk.import(&place.join("build"));
    }
}
