// cargo-hpy/tests/sdk_errors.rs: what `cargo hpy sdk` says when it cannot write an SDK, and what it leaves: nothing.

#![cfg(unix)]

mod common;

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use common::{
    cargo_hpy, cargo_hpy_alone, cargo_stand_in, compiler_stand_in, error_of, folder, script, stand_in,
    stand_in_with_headers,
};

/// `cargo hpy sdk` on a machine whose only commands are those in `path`.
fn sdk(path: &Path, python: &str, out: &Path) -> Command {
    cargo_hpy_alone(path, &["sdk", "--python", python, "--out", out.to_str().unwrap()])
}

/// The names in a folder.
fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn the_python_cannot_be_used() {
    let path = folder("sdk_python");
    stand_in(&path.join("python3.8"), "CPython", "3.8.18");
    stand_in(&path.join("python3.12"), "CPython", "3.12.1");
    stand_in(&path.join("pypy3"), "PyPy", "3.11.11");
    let out = path.join("out");
    let help = "  = help: take another one: --python 3.12 (`cargo hpy pythons` lists them all)\n";
    for (wish, problem) in [
        ("3.42", "no CPython 3.42 was found\n"),
        ("./python9", "there is no such file\n"),
        ("3.8", "this is CPython 3.8.18 (/path/python3.8), and the oldest supported one is CPython 3."),
        ("pypy3", "this is PyPy 3.11.11 (/path/pypy3), and only CPython 3."),
    ] {
        let error = error_of(&mut sdk(&path, wish, &out)).replace(path.to_str().unwrap(), "/path");
        assert!(error.starts_with(&format!("error: --python {wish}: {problem}")) && error.ends_with(help), "{error}");
    }
    assert!(!out.exists());
}

#[test]
fn the_python_has_no_headers() {
    let path = folder("sdk_headers");
    stand_in(&path.join("python3.12"), "CPython", "3.12.1");
    let error = |wish: &str| {
        let error = error_of(&mut sdk(&path, wish, &path.join("out")));
        error.replace(path.to_str().unwrap(), "/path")
    };
    assert_eq!(
        error("3.12"),
        "error: --python 3.12: CPython 3.12.1 (/path/python3.12) has no Python.h, which extensions in C need\n  \
         = help: install its headers: apt install python3.12-dev (Debian, Ubuntu), dnf install python3.12-devel \
         (Fedora), apk add python3-dev (Alpine); or take one that comes with them: uv python install 3.12\n"
    );
    stand_in_with_headers(&path.join("python3"), "CPython", "3.12.7", Some(&path));
    let text = error("python3.12");
    assert!(text.ends_with("; or take the one that has them: --python /path/python3\n"), "{text}");
    assert!(!path.join("out").exists());
}

#[test]
fn the_manifest_is_of_another_project() {
    let path = folder("sdk_manifest");
    fs::write(path.join("Cargo.toml"), "").unwrap();
    let manifest = path.join("Cargo.toml");
    assert_eq!(
        error_of(&mut cargo_hpy(&["sdk", "--out", "sdk", "--manifest-path", manifest.to_str().unwrap()])),
        format!(
            "error: --manifest-path {}: this is no Cargo.toml of the hpy-sys repository\n  \
             = help: name the one of a clone: --manifest-path path/to/hpy-sys/Cargo.toml\n",
            manifest.display()
        )
    );
}

const NEW_FOLDER: &str = "\n  = help: name a new folder, where you may write: --out hpy-sdk\n";

#[test]
fn the_folder_has_something_else() {
    let path = folder("sdk_folder");
    let error = |out: &Path| {
        let error = error_of(&mut sdk(&path, "3.12", out));
        let problem = error.strip_prefix(&format!("error: --out {}: ", out.display())).expect(&error);
        problem.replace(path.to_str().unwrap(), "/path")
    };
    fs::write(path.join("file"), "").unwrap();
    assert_eq!(error(&path.join("file")), format!("this is a file, and no folder{NEW_FOLDER}"));
    assert_eq!(error(&path), format!("this folder is not empty, and no SDK{NEW_FOLDER}"));
    assert_eq!(error(Path::new("/")), format!("this folder is not empty, and no SDK{NEW_FOLDER}"));
    fs::write(path.join("hpy-sdk.json"), "no marker").unwrap();
    assert_eq!(error(&path), format!("this folder is not empty, and no SDK{NEW_FOLDER}"));
    fs::write(path.join("hpy-sdk.json"), r#"{"files": ["lib/a"]}"#).unwrap();
    assert_eq!(
        error(&path),
        "this SDK would be replaced, but file in it is not part of it\n  \
         = help: move that file elsewhere: mv /path/file .\n"
    );
    assert_eq!(names(&path), ["file", "hpy-sdk.json"]);
}

#[test]
fn the_folder_cannot_be_written() {
    let path = folder("sdk_unwritable");
    fs::write(path.join("file"), "").unwrap();
    let out = path.join("file/sdk");
    let error = error_of(&mut sdk(&path, "3.12", &out));
    let problem = format!("error: --out {}: cannot write {}: ", out.display(), path.join("file").display());
    assert!(error.starts_with(&problem) && error.ends_with(NEW_FOLDER), "{error}");
}

/// Writes what a build would, a cargo that says so, and a C compiler. The Python `python3` has headers.
fn build_stand_in(path: &Path, library: &str) -> PathBuf {
    stand_in_with_headers(&path.join("python3"), "CPython", "3.12.1", Some(path));
    fs::create_dir_all(path.join("built/include/hpy")).unwrap();
    fs::write(path.join("built/include/hpy.h"), "/* hpy.h */").unwrap();
    fs::write(path.join("built/include/hpy/version.h"), "#define HPY_VERSION \"0.9.0\"\n").unwrap();
    fs::write(path.join("built/libhpy_sys.a"), library).unwrap();
    compiler_stand_in(path);
    let built = path.join("built").display().to_string();
    let script = format!(r#"{{"reason":"build-script-executed","package_id":"h","out_dir":"{built}"}}"#);
    let artifact = format!(
        r#"{{"reason":"compiler-artifact","package_id":"h","target":{{"name":"hpy_sys","kind":["staticlib"]}},"filenames":["{built}/libhpy_sys.a"]}}"#
    );
    cargo_stand_in(path, &format!("printf '%s\\n' '{script}' '{artifact}'"))
}

#[test]
fn an_sdk_is_replaced_as_a_whole_or_stays_as_it_is() {
    let path = folder("sdk_replaced");
    // A folder above it that is not there is made.
    let out = path.join("new/sdk");
    let cargo = build_stand_in(&path, "one");
    let command = || {
        let mut command = sdk(&path, "python3", &out);
        command.env("CARGO", &cargo);
        command
    };
    let library = || fs::read_to_string(out.join("lib/cpython/libhpy.a")).unwrap();
    assert!(command().output().unwrap().status.success());
    assert_eq!(library(), "one");

    // A header that is gone, and another library: nothing of the old SDK is left, and nothing of a run that was stopped.
    let mut stopped = Command::new("true").spawn().unwrap();
    stopped.wait().unwrap();
    fs::create_dir_all(path.join(format!("new/.sdk-{}.new/include", stopped.id()))).unwrap();
    fs::write(path.join("built/include/old.h"), "").unwrap();
    assert!(command().output().unwrap().status.success() && out.join("include/old.h").exists());
    fs::remove_file(path.join("built/include/old.h")).unwrap();
    build_stand_in(&path, "two");
    assert!(command().output().unwrap().status.success());
    assert_eq!((library().as_str(), out.join("include/old.h").exists()), ("two", false));
    assert_eq!(names(&path.join("new")), ["sdk"]);

    // A failure at the end leaves the old SDK, and no other folder.
    fs::remove_file(path.join("built/libhpy_sys.a")).unwrap();
    let error = error_of(&mut command());
    assert!(error.contains("libhpy_sys.a: No such file or directory"), "{error}");
    assert_eq!(library(), "two");
    assert_eq!(names(&path.join("new")), ["sdk"]);
    fs::remove_dir_all(path.join("built/include")).unwrap();
    let error = error_of(&mut command());
    assert!(error.contains("error: cannot read ") && error.contains("version.h: No such file"), "{error}");
    assert_eq!(names(&path.join("new")), ["sdk"]);

    // An empty folder is taken, and a link to it stays.
    let cargo = build_stand_in(&path, "three");
    let (empty, link) = (path.join("empty"), path.join("link"));
    fs::create_dir(&empty).unwrap();
    std::os::unix::fs::symlink(&empty, &link).unwrap();
    assert!(sdk(&path, "python3", &link).env("CARGO", &cargo).output().unwrap().status.success());
    assert!(link.is_symlink() && empty.join("include/hpy.h").is_file());
}

#[test]
fn a_build_that_fails_leaves_nothing() {
    let path = folder("sdk_build_fails");
    build_stand_in(&path, "");
    let said = "error: failed to run custom build command for `hpy-sys`\n\nCaused by:\n  --- stdout\n  cargo:x=y\n\n  \
                --- stderr\n  error: the C sources do not compile\n    = help: install a C compiler";
    let cargo = cargo_stand_in(&path, &format!("printf '%s\\n' '{}' >&2; exit 101", said.replace('\'', "")));
    let out = path.join("out");
    assert_eq!(
        error_of(sdk(&path, "python3", &out).env("CARGO", cargo)),
        "building the SDK for cpython-3.12\n\
         error: the build failed:\n\nerror: the C sources do not compile\n  = help: install a C compiler\n\n  \
         = help: solve what the compiler says, and type the same command again\n"
    );
    let cargo = cargo_stand_in(&path, "true");
    let error = error_of(sdk(&path, "python3", &out).env("CARGO", cargo));
    assert!(
        error.contains("\nerror: the build of hpy-sys in ") && error.contains(" made no static library\n"),
        "{error}"
    );
    assert!(error.ends_with(
        " = help: bring the clone and this command to the same state: git pull && cargo install --path cargo-hpy\n"
    ));
    assert_eq!(names(&path), ["built", "cargo", "cc", "probe.c", "probe.so", "python3"]);
}

#[test]
fn a_library_that_cannot_be_linked_leaves_nothing() {
    let path = folder("sdk_no_link");
    let cargo = build_stand_in(&path, "");
    let error = || {
        let error = error_of(sdk(&path, "python3", &path.join("out")).env("CARGO", &cargo));
        assert!(!path.join("out").exists());
        error.split_once('\n').unwrap().1.to_owned()
    };
    let help = "\n\n  = help: CFLAGS, CC and RUSTFLAGS are part of the build: leave out what is in them, or set CC to the \
                compiler of the extensions\n";
    let start = "error: an extension for cpython cannot be linked with the library that was built:\n\n";
    script(&path.join("cc"), "echo 'ld: no symbols' >&2; exit 1");
    assert_eq!(error(), format!("{start}ld: no symbols{help}"));
    // Linkers take what they cannot read for what is defined elsewhere.
    for (source, problem) in [
        ("int other;", "the module has no PyInit_hpy_sdk_probe"),
        ("void HPy_Gone(void); void PyInit_hpy_sdk_probe(void) { HPy_Gone(); }", "HPy_Gone is not in the library"),
        ("void _RNvgone(void); void PyInit_hpy_sdk_probe(void) { _RNvgone(); }", "_RNvgone is not in the library"),
    ] {
        fs::write(path.join("probe.c"), source).unwrap();
        common::run(
            Command::new("cc")
                .args(["-shared", "-fPIC", "-o"])
                .args(["probe.so", "probe.c"].map(|name| path.join(name))),
        );
        let library = path.join("probe.so");
        script(
            &path.join("cc"),
            &format!("while [ \"$1\" != -o ]; do shift; done; /bin/cp '{}' \"$2\"", library.display()),
        );
        assert_eq!(error(), format!("{start}{problem}{help}"));
    }
    script(&path.join("cc"), "exit 0");
    assert!(error().contains("the compiler made no "));
    fs::remove_file(path.join("cc")).unwrap();
    assert_eq!(error(), format!("{start}cannot run `cc`: No such file or directory (os error 2){help}"));
}

#[cfg(target_os = "linux")]
#[test]
fn without_a_c_compiler() {
    let path = folder("sdk_no_compiler");
    stand_in_with_headers(&path.join("python3"), "CPython", "3.12.1", Some(&path));
    let mut command = sdk(&path, "python3", &path.join("out"));
    common::real_cargo(&mut command, &path);
    let error = error_of(&mut command);
    let problem =
        "\nerror: the linker `cc` was not found, which Rust needs to make a library\n  = help: install a C compiler: ";
    assert!(error.contains(problem), "{error}");
    assert!(!path.join("out").exists());
}

/// The C library takes more tools than Rust does, and the one that is missing is named.
#[cfg(target_os = "linux")]
#[test]
fn without_an_archiver() {
    let path = folder("sdk_no_archiver");
    let tools = path.join("bin");
    fs::create_dir(&tools).unwrap();
    for tool in ["cc", "ld", "as"] {
        let found =
            env::split_paths(&env::var_os("PATH").unwrap()).map(|folder| folder.join(tool)).find(|file| file.is_file());
        std::os::unix::fs::symlink(found.unwrap(), tools.join(tool)).unwrap();
    }
    let mut command =
        cargo_hpy_alone(&tools, &["sdk", "--abi", "universal", "--out", path.join("out").to_str().unwrap()]);
    common::real_cargo(&mut command, &path);
    let error = error_of(command.env_remove("AR"));
    let problem = "error: the C library needs the archiver `ar`: cannot run `ar`: No such file or directory";
    assert!(
        error.contains(problem) && error.contains("\n  = help: install it: apt install binutils (Debian"),
        "{error}"
    );
    assert!(!path.join("out").exists());

    std::os::unix::fs::symlink("/bin/true", tools.join("ar")).unwrap();
    let mut command =
        cargo_hpy_alone(&tools, &["sdk", "--abi", "universal", "--out", path.join("out").to_str().unwrap()]);
    common::real_cargo(&mut command, &path);
    let error = error_of(command.env("CC", "no-such-compiler"));
    assert!(error.contains("error: the C library needs a C compiler: "), "{error}");
}
