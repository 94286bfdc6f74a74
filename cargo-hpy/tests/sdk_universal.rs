// cargo-hpy/tests/sdk_universal.rs: SDKs that no Python is needed for, and the universal and hybrid extensions made with them.

#![cfg(unix)]

mod common;

use std::env;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;

use common::sdk::{ASSERTIONS, documented, is_there, names, shared, write_sources};
use common::{cargo_hpy, cargo_hpy_alone, error_of, folder, loaders, root, run, skip};
use hpy_pythons::find_all;

/// An SDK, and the interpreters that load what is made with it.
struct Sdk {
    folder: PathBuf,
    loaders: Vec<PathBuf>,
}

impl Sdk {
    /// Writes the SDK of one ABI on a machine that has a C compiler and no Python; gives what is printed, too.
    fn write(abi: &str, loaders: Vec<PathBuf>) -> (Sdk, String) {
        let around = folder(&format!("sdk_{abi}"));
        let commands = around.join("test-commands");
        fs::create_dir(&commands).unwrap();
        for name in ["cc", "ar", "as", "ld"] {
            let path = env::var_os("PATH").unwrap();
            let file = env::split_paths(&path).map(|folder| folder.join(name)).find(|file| file.is_file());
            symlink(file.expect(name), commands.join(name)).unwrap();
        }
        let out = around.join("sdk");
        let mut command = cargo_hpy_alone(&commands, &["sdk", "--abi", abi, "--out", out.to_str().unwrap()]);
        common::real_cargo(&mut command, &around);
        let said = run(command.env_remove("CARGO_TARGET_DIR"));
        (Sdk { folder: out, loaders }, said)
    }

    /// An empty folder with nothing but the source of the extension.
    fn place(&self, name: &str) -> PathBuf {
        let place = self.folder.with_file_name(format!("test-{name}"));
        fs::create_dir(&place).unwrap();
        write_sources(&place);
        place
    }

    /// Asserts what the extension in `place` does, wherever it can be loaded.
    fn import(&self, place: &Path) {
        for python in &self.loaders {
            // PyPy 7.3 does not pass keywords to `HPy_tp_new`, whatever the extension was compiled with.
            let assertions = ASSERTIONS.replace("y=4", "4");
            run(Command::new(python).args(["-B", "-c", &assertions]).current_dir(place).env("PYTHONPATH", place));
        }
    }

    fn with_cmake(&self, name: &str, index: usize) {
        if is_there("cmake", Command::new("cmake").arg("--version")) {
            let place = self.place(name);
            fs::write(place.join("CMakeLists.txt"), documented("CMake", "cmake", index)).unwrap();
            let mut configure = Command::new("cmake");
            configure.args(["-B", "build"]).arg(format!("-DCMAKE_PREFIX_PATH={}", self.folder.display()));
            configure.arg(format!("-DPython_EXECUTABLE={}", self.loaders[0].display()));
            run(configure.current_dir(&place));
            run(Command::new("cmake").args(["--build", "build"]).current_dir(&place));
            self.import(&place.join("build"));
        }
    }

    /// Sources in the form of HPy 0.0.2 to 0.0.4, in C and C++. A module whose import fails is not among them: the loader of
    /// HPy 0.9.0 frees its definition while the module is still there.
    fn in_older_forms(&self) {
        let place = self.place("older");
        for (compiler, source) in [("cc", "compat.c"), ("cc", "compat_context.c"), ("c++", "compat_cpp.cpp")] {
            let name = source.split_once('.').unwrap().0;
            let source = root().join("tests/c_extensions").join(source);
            let mut command = Command::new(compiler);
            command.args(shared()).args(["-O2", "-DHPY_ABI_UNIVERSAL"]).arg("-I").arg(self.folder.join("include"));
            command.arg(source).arg(self.folder.join("lib/universal/libhpy.a"));
            run(command.arg("-o").arg(place.join(format!("{name}.hpy0.so"))));
            fs::copy(self.folder.join("share/hpy/stub.py"), place.join(format!("{name}.py"))).unwrap();
            for python in &self.loaders {
                let script = root().join(format!("tests/c_extensions/test_{name}.py"));
                run(Command::new(python).arg("-B").arg(script).env("PYTHONPATH", &place));
            }
        }
    }

    /// With HPy's own support for setuptools, and with the file that it writes to load the module.
    fn with_hpy_devel(&self, abi: &str, suffix: &str) {
        let place = self.place("hpy-devel");
        let text = documented("setuptools, with HPy's own support", "python", 0);
        fs::write(place.join("setup.py"), text).unwrap();
        let mut setup = Command::new(&self.loaders[0]);
        setup.args(["setup.py", &format!("--hpy-abi={abi}"), "--hpy-use-static-libs", "build_ext", "--inplace"]);
        let said = run(setup.env("HPY_SDK", &self.folder).current_dir(&place));
        assert!(said.contains(&format!("lib/{abi}/libhpy.a")), "{said}");
        assert!(place.join(format!("quickstart{suffix}")).is_file(), "{said}");
        let mut import = Command::new(&self.loaders[0]);
        run(import.args(["-B", "-c", ASSERTIONS]).current_dir(&place).env("PYTHONPATH", &place));
        fs::copy(self.folder.join("share/hpy/stub.py"), place.join("quickstart.py")).unwrap();
        self.import(&place);
    }
}

#[test]
fn universal_extensions_are_compiled_without_a_python() {
    let all = find_all();
    let mut loaders = Vec::new();
    for loader in [loaders::of_implementation("CPython"), loaders::of_implementation("PyPy")] {
        match loaders::prepare(&loader, loader.until, &all) {
            Ok(python) => loaders.push(python),
            Err(reason) => skip(&format!("{}: {reason}", loader.name)),
        }
    }
    // HPy's own comes first: its package has the support for setuptools.
    loaders.extend(loaders::own(&all));
    if loaders.is_empty() {
        return;
    }
    let (sdk, said) = Sdk::write("universal", loaders);
    assert_eq!(names(sdk.folder.join("lib")), ["cmake", "pkgconfig", "universal"]);
    assert_eq!(names(sdk.folder.join("lib/universal")), ["libhpy.a"]);
    assert_eq!(names(sdk.folder.join("lib/pkgconfig")), ["hpy-universal.pc"]);

    // The command that is printed, for `name.c`.
    let place = sdk.place("example");
    let example = said.lines().find_map(|line| line.strip_prefix("    cc ")).expect(&said);
    run(Command::new("sh")
        .arg("-c")
        .arg(format!("cc {}", example.replace("name.", "quickstart.")))
        .current_dir(&place));
    sdk.import(&place);

    if is_there("pkg-config", Command::new("pkg-config").arg("--version")) {
        let place = sdk.place("pkg-config");
        let line = format!(
            "cc {} -Wall -Wextra -Werror $(pkg-config --cflags hpy-universal) quickstart.c \
             $(pkg-config --libs hpy-universal) -o quickstart$(pkg-config --variable=suffix hpy-universal) \
             && cp $(pkg-config --variable=stub hpy-universal) quickstart.py",
            shared().join(" ")
        );
        let mut shell = Command::new("sh");
        shell.arg("-c").arg(line).env("PKG_CONFIG_PATH", sdk.folder.join("lib/pkgconfig"));
        let said = run(shell.current_dir(&place));
        // Nothing is left to others: not even to a Python.
        let left = said.split("undefined reference to `").skip(1).filter_map(|rest| rest.split('\'').next());
        assert_eq!(left.collect::<Vec<_>>(), [] as [&str; 0]);
        sdk.import(&place);
    }
    sdk.with_cmake("cmake", 1);
    if is_there("meson", Command::new("meson").arg("--version")) {
        let place = sdk.place("meson");
        fs::write(place.join("meson.build"), documented("Meson", "meson", 1)).unwrap();
        let mut setup = Command::new("meson");
        setup.args(["setup", "build", "--pkg-config-path"]).arg(sdk.folder.join("lib/pkgconfig"));
        run(setup.current_dir(&place));
        run(Command::new("meson").args(["compile", "-C", "build"]).current_dir(&place));
        sdk.import(&place.join("build"));
    }
    sdk.with_hpy_devel("universal", ".hpy0.so");
    sdk.in_older_forms();

    // CMake tells what the SDK does not have, and what the function does not take.
    if is_there("cmake", Command::new("cmake").arg("--version")) {
        let place = sdk.place("cmake-without");
        let recipe = documented("CMake", "cmake", 1);
        for (from, to, problem) in [
            ("universal", "hybrid", "has nothing for hybrid: write one that has, with"),
            ("ABI universal", "ABI cpython", "this SDK has nothing for the ABI cpython"),
            ("ABI universal", "ABI abi3", "there is no ABI abi3: write ABI cpython, ABI universal or ABI hybrid"),
            ("quickstart.c ", "", "it has no sources: hpy_add_module(quickstart quickstart.c)"),
        ] {
            let text = recipe.replace(from, to);
            assert_ne!(text, recipe);
            fs::write(place.join("CMakeLists.txt"), text).unwrap();
            let mut configure = Command::new("cmake");
            configure.args(["-B", "build"]).arg(format!("-DCMAKE_PREFIX_PATH={}", sdk.folder.display()));
            let output = configure.current_dir(&place).output().unwrap();
            let said = common::both(&output).split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(!output.status.success() && said.contains(problem), "{said}");
        }
    }
}

#[test]
fn hybrid_extensions_are_compiled_for_a_python() {
    let python = match loaders::newest_cpython(&find_all()) {
        Ok(python) => python,
        Err(reason) => return skip(&format!("a CPython with a loader: {reason}")),
    };
    if hpy_pythons::ask(&python).unwrap().include.is_none() {
        return skip("the newest CPython with a loader has no headers");
    }
    let (sdk, said) = Sdk::write("hybrid", vec![python]);
    assert_eq!(names(sdk.folder.join("lib")), ["cmake", "hybrid", "pkgconfig"]);
    assert!(said.contains("-DHPY_ABI_HYBRID ") && said.contains("lib/hybrid/libhpy.a "), "{said}");
    sdk.with_cmake("cmake", 2);
    sdk.with_hpy_devel("hybrid", ".hpy0-cp311.so");
}

#[test]
fn no_python_is_asked_for_in_vain() {
    assert_eq!(
        error_of(&mut cargo_hpy(&["sdk", "--abi", "universal", "--python", "3.12", "--out", "hpy-sdk"])),
        "error: --python 3.12: the libraries for universal and hybrid extensions are for no Python in particular\n  \
         = help: leave --python out, or --abi, for an SDK that has all\n"
    );
}

#[test]
fn modules_of_an_sdk_are_named_as_loaders_look_for_them() {
    assert_eq!(hpy_sdk::SUFFIX, hpy_pythons::module_suffix(None));
}
