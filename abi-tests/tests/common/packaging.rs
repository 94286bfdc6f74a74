// abi-tests/tests/common/packaging.rs: projects in C and C++, built with the wheel of hpy-sys where there is no Rust.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use hpy_pythons::{Environment, Found, module_suffix};
use libtest_mimic::Failed;

use super::common::conclude;

/// The example projects.
const EXAMPLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../examples/packaging");
/// A source for HPy 0.9 that is in no project.
const SOURCE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/c_extensions/quickstart.c");

/// What the modules of the examples do, by the name of the project.
const PROJECTS: [(&str, &str); 3] = [
    ("setuptools", "import plane; assert plane.length(3, 4) == 5; print(plane._plane.__file__)"),
    ("scikit-build-core", "import primes; assert primes.below(12) == [2, 3, 5, 7, 11]; print(primes.__file__)"),
    ("meson-python", "import collatz; assert collatz.steps(27) == 111; print(collatz.__file__)"),
];

/// The `setup.py` of HPy's own documentation: only the name of the package in pyproject.toml is another.
const SETUP: &str = "
from setuptools import Extension, setup

setup(
    name='hpy-quickstart',
    version='1.0',
    hpy_ext_modules=[Extension('quickstart', sources=['quickstart.c'])],
)
";
const PYPROJECT: &str =
    "[build-system]\nrequires = ['setuptools', 'hpy-sys']\nbuild-backend = 'setuptools.build_meta'\n";
const QUICKSTART: &str = "import quickstart; assert quickstart.add_ints(40, 2) == 42; print(quickstart.__file__)";

/// What the projects are built with.
struct Builder<'a> {
    python: &'a Found,
    /// An environment with pip.
    with_pip: &'a Path,
    /// The wheel of hpy-sys.
    wheel: &'a Path,
    place: &'a Path,
    /// PATH, where Rust's programs fail.
    path: OsString,
}

/// Prepares an interpreter that has a loader; the error says why there is none.
pub type Other = Box<dyn Fn() -> Result<PathBuf, String> + Send>;

/// Builds each project as a wheel, native and universal, installs it in a fresh environment and imports it there; a universal one
/// by other interpreters too.
pub fn projects(python: &Found, with_pip: &Path, wheel: &Path, others: &[Other], place: &Path) -> Result<(), Failed> {
    let _ = fs::remove_dir_all(place);
    let builder = Builder { python, with_pip, wheel, place, path: without_rust(&place.join("no-rust"))? };
    copy_tree(Path::new(EXAMPLES), &place.join("sources"))?;
    let fresh = Environment::new(&place.join("fresh"), &python.path)?;
    for (name, assertions) in PROJECTS {
        for abi in ["cpython", "universal"] {
            let built = builder.wheel(name, abi)?;
            // The file name says for what it is, but to Meson a universal module is like any other.
            let native = format!("-cp{0}{1}-cp{0}{1}-", python.version.major, python.version.minor);
            let tag = if abi == "universal" { "-py3-none-" } else { &native };
            let file = built.file_name().unwrap_or_default().to_string_lossy();
            if !file.contains(tag) || file.contains("-any") {
                return Err(format!("{name}: {file} is not for {tag}").into());
            }
            let mut packages = vec![built.to_string_lossy().into_owned()];
            if abi == "universal" {
                packages.push(wheel.to_string_lossy().into_owned());
            }
            fresh.install(&packages)?;
            builder.import(&fresh.python, assertions, abi, place)?;
            builder.run(&fresh.python, &["-c", UNINSTALL], place).map(drop)?;
            if abi == "universal" {
                let unpacked = place.join("unpacked").join(name);
                let mut unpack = builder.command(&fresh.python, &["-m", "zipfile", "--extract"], place);
                unpack.arg(&built).arg(&unpacked);
                conclude(unpack)?;
                for other in others {
                    builder.import(&other()?, assertions, abi, &unpacked)?;
                }
            }
        }
    }
    builder.compiler_alone(&fresh)?;
    builder.setup_py(&fresh)
}

/// Removes every package that a test has installed.
const UNINSTALL: &str = "
import importlib.metadata, os, pathlib, sysconfig
folder = pathlib.Path(sysconfig.get_path('platlib'))
for found in list(importlib.metadata.distributions(path=[str(folder)])):
    for file in found.files or []:
        path = pathlib.Path(str(file.locate()))
        if path.is_file():
            path.unlink()
";

impl Builder<'_> {
    /// A command in a folder, without Rust and with the wheel of hpy-sys for what pip builds.
    fn command(&self, program: &Path, arguments: &[&str], folder: &Path) -> Command {
        let mut command = Command::new(program);
        command.args(arguments).current_dir(folder).env("PATH", &self.path).env("PIP_DISABLE_PIP_VERSION_CHECK", "1");
        command
            .env("PIP_FIND_LINKS", self.wheel.parent().unwrap_or(Path::new(".")))
            .env("PYTHONDONTWRITEBYTECODE", "1");
        for variable in ["PYTHONPATH", "PYTHONHOME", "HPY", "HPY_LOG", "HPY_ABI"] {
            command.env_remove(variable);
        }
        command
    }

    fn run(&self, program: &Path, arguments: &[&str], folder: &Path) -> Result<String, Failed> {
        conclude(self.command(program, arguments, folder))
    }

    /// Has pip build an example.
    fn wheel(&self, name: &str, abi: &str) -> Result<PathBuf, Failed> {
        let dist = self.place.join("dist").join(name).join(abi);
        let project = self.place.join("sources").join(name);
        let mut pip =
            self.command(self.with_pip, &["-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir"], self.place);
        pip.arg(&dist).arg(project).env("HPY_ABI", abi);
        if name == "meson-python" {
            pip.arg(format!("--config-settings=setup-args=-Dabi={abi}"));
        }
        conclude(pip)?;
        if name == "meson-python" && abi == "universal" {
            // As examples/packaging/README.md says.
            let built = only_file(&dist)?;
            let tags = ["-m", "pip", "install", "--quiet", "wheel"];
            self.run(self.with_pip, &tags, self.place)?;
            let tags = ["-m", "wheel", "tags", "--remove", "--python-tag=py3", "--abi-tag=none"];
            let mut retag = self.command(self.with_pip, &tags, self.place);
            retag.arg(&built);
            conclude(retag)?;
        }
        only_file(&dist)
    }

    /// Imports a module outside its sources, and makes sure that it is the one of this ABI.
    fn import(&self, python: &Path, assertions: &str, abi: &str, folder: &Path) -> Result<(), Failed> {
        let suffix = match abi {
            "universal" => module_suffix(None),
            "hybrid" => module_suffix(Some(self.python)),
            _ => self.python.extension_suffix.clone(),
        };
        let file = self.run(python, &["-c", assertions], folder)?;
        if file.trim().ends_with(&suffix) { Ok(()) } else { Err(format!("{} is not for {abi}", file.trim()).into()) }
    }

    /// The example that needs no build system, and what pkg-config says.
    fn compiler_alone(&self, fresh: &Environment) -> Result<(), Failed> {
        fresh.install(&[self.wheel.to_string_lossy()])?;
        let project = self.place.join("sources/cc");
        for abi in ["cpython", "universal", "hybrid"] {
            let mut make = self.command(Path::new("make"), &["--silent"], &project);
            make.arg(format!("PYTHON={}", fresh.python.display())).arg(format!("HPY_ABI={abi}"));
            conclude(make)?;
            let assertions = "import fibonacci; assert fibonacci.first(7)[-1] == 8; print(fibonacci.__file__)";
            self.import(&fresh.python, assertions, abi, &project)?;
            for entry in fs::read_dir(&project)? {
                let path = entry?.path();
                if path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("fibonacci."))
                    && path.extension().is_some_and(|extension| extension != "c")
                {
                    fs::remove_file(path)?;
                }
            }
        }
        let folder = self.run(&fresh.python, &["-m", "hpy.devel", "--pkg-config-dir"], self.place)?;
        let mut pkg_config = self.command(Path::new("pkg-config"), &["--libs", "--cflags", "hpy"], self.place);
        pkg_config.env("PKG_CONFIG_PATH", folder.trim());
        let said = conclude(pkg_config)?;
        if said.contains("-DHPY_ABI_CPYTHON") && said.contains("-lhpy") { Ok(()) } else { Err(said.into()) }
    }

    /// A project with a `setup.py`, as HPy's documentation has it: in its folder, editable, and with debug mode.
    fn setup_py(&self, fresh: &Environment) -> Result<(), Failed> {
        let project = self.place.join("sources/setup-py");
        fs::create_dir_all(&project)?;
        fs::write(project.join("setup.py"), SETUP)?;
        fs::write(project.join("pyproject.toml"), PYPROJECT)?;
        fs::copy(SOURCE, project.join("quickstart.c"))?;
        fresh.install(&["setuptools", "wheel", "pip"])?;
        for abi in ["hybrid", "universal"] {
            let option = format!("--hpy-abi={abi}");
            self.run(&fresh.python, &["setup.py", "--quiet", &option, "build_ext", "--inplace"], &project)?;
            self.import(&fresh.python, QUICKSTART, abi, &project)?;
            if abi == "hybrid" {
                // The file that loads modules prefers it.
                fs::remove_file(project.join(format!("quickstart{}", module_suffix(Some(self.python)))))?;
            }
        }
        fs::write(project.join("use.py"), QUICKSTART)?;
        self.run(&fresh.python, &["-m", "hpy.debug", "use.py"], &project)?;
        for abi in ["universal", "cpython"] {
            let install = ["-m", "pip", "install", "--quiet", "--no-build-isolation", "--no-deps", "--editable", "."];
            let mut install = self.command(&fresh.python, &install, &project);
            install.env("HPY_ABI", abi);
            conclude(install)?;
            self.import(&fresh.python, QUICKSTART, abi, self.place)?;
        }
        Ok(())
    }
}

/// A PATH whose first folder has programs named as Rust's, which fail.
fn without_rust(folder: &Path) -> Result<OsString, Failed> {
    fs::create_dir_all(folder)?;
    for name in ["cargo", "rustc"] {
        let file = folder.join(name);
        fs::write(&file, "#!/bin/sh\necho 'there is no Rust here' >&2\nexit 1\n")?;
        let mut chmod = Command::new("chmod");
        chmod.arg("+x").arg(&file);
        conclude(chmod)?;
    }
    let rest = env::var_os("PATH").unwrap_or_default();
    Ok(env::join_paths([folder.to_owned()].into_iter().chain(env::split_paths(&rest)))?)
}

fn copy_tree(from: &Path, to: &Path) -> Result<(), Failed> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_tree(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), &target)?;
        }
    }
    Ok(())
}

fn only_file(folder: &Path) -> Result<PathBuf, Failed> {
    let files = fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<Vec<_>, _>>()?;
    match files.as_slice() {
        [file] => Ok(file.clone()),
        _ => Err(format!("{} holds {files:?}, and one file is wanted", folder.display()).into()),
    }
}
