// abi-tests/tests/loader_package.rs: the Python package of this project's loader: its own tests, and how it is installed.

mod common;
#[path = "common/packaging.rs"]
mod packaging;

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::sync::OnceLock;

use common::suite::{MORE, without_lock};
use common::{Abi, Reason, c, conclude, for_python, skipped};
use hpy_pythons::{Environment, Found, Python, own_loader};
use libtest_mimic::{Arguments, Failed, Trial};

/// The loader's folder in the project.
const PACKAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../python");

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let found = hpy_pythons::find_all();
    let known = hpy_pythons::known();
    let usual = known.pythons.iter().filter(|kind| !kind.debug && !kind.free_threaded);
    let is_wanted = |version| version == known.limits.minimum || version == MORE || version == known.limits.maximum;
    // What takes the longest is first: it would be left over for one processor.
    let middle = known.pythons.iter().find(|kind| kind.version == MORE).expect("it is one of them");
    let mut trials = vec![installed(middle, &found)];
    trials.extend(usual.filter(|kind| is_wanted(kind.version)).map(|kind| tests(kind, &found)));
    if !cfg!(unix) {
        trials.clear();
    }
    libtest_mimic::run(&arguments, trials).exit_code()
}

/// The tests in `python/tests` on one interpreter.
fn tests(kind: &Python, found: &[Found]) -> Trial {
    let name = format!("tests-{}", kind.name());
    let Some(python) = hpy_pythons::find(kind, found) else {
        return skipped(&name, Reason::Interpreter(kind.tested));
    };
    // That of the conformance suite has the loader already.
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("own-loader");
    if let Err(why) = packages(&folder.join(python.name()), python) {
        return skipped(&name, Reason::Package("pytest, setuptools or wheel", why));
    }
    let python = python.clone();
    Trial::test(name.clone(), move || {
        let run = own_loader::prepare(&python, "checked", &folder)?;
        let modules = modules()?;
        let mut pytest = outside(&run, &modules.join("nothing"))?;
        pytest.args(["-m", "pytest", "-q", "-p", "no:cacheprovider"]).arg(Path::new(PACKAGE).join("tests"));
        pytest.env("HPY_TEST_MODULE", modules.join("sample.hpy0.so"));
        without_lock(&mut pytest, &python);
        let said = conclude(pytest)?;
        println!("{name}: {}", said.lines().last().unwrap_or_default());
        Ok(())
    })
}

/// The folder of the modules that the tests load. They are built once, as the trials run side by side.
fn modules() -> Result<PathBuf, Failed> {
    static BUILT: OnceLock<Result<PathBuf, Failed>> = OnceLock::new();
    let build = || {
        let modules = Path::new(env!("CARGO_TARGET_TMPDIR")).join("loader-package");
        for module in ["sample", "mistakes", "growing", "broken", "random_calls"] {
            let source = Path::new(PACKAGE).join("tests").join(module).with_extension("c");
            c::build_module(Abi::Universal, &source, &modules.join(format!("{module}.hpy0.so")))?;
        }
        Ok(modules)
    };
    BUILT.get_or_init(build).clone()
}

/// Installs what the tests use, unless it is there.
fn packages(folder: &Path, python: &Found) -> Result<(), String> {
    const WANTED: [&str; 3] = ["pytest", "setuptools", "wheel"];
    let environment = Environment::new(folder, &python.path)?;
    let present = WANTED.iter().all(|package| environment.version(package).is_ok());
    if present { Ok(()) } else { environment.install(&WANTED) }
}

/// The distribution, as pip builds and installs it from the folder and from its source distribution.
fn installed(kind: &Python, found: &[Found]) -> Trial {
    let name = format!("installed-{}", kind.name());
    let Some(python) = hpy_pythons::find(kind, found) else {
        return skipped(&name, Reason::Interpreter(kind.tested));
    };
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("installed");
    let with_pip = match with_pip(python, &folder.join("builds")) {
        Ok(with_pip) => with_pip,
        Err(why) => return skipped(&name, Reason::Package("maturin", why)),
    };
    let (python, others) = (python.clone(), others(found));
    Trial::test(name.clone(), move || {
        let (wheels, sources) = (folder.join("wheels"), folder.join("sources"));
        let wheel = build(&with_pip, Path::new(PACKAGE), &wheels, &folder)?;
        check(&with_pip, &wheel, &python)?;
        let mut sdist = Command::new(with_pip.with_file_name("maturin"));
        let _ = fs::remove_dir_all(&sources);
        sdist.args(["sdist", "--manifest-path"]).arg(Path::new(PACKAGE).join("Cargo.toml")).arg("--out").arg(&sources);
        conclude(sdist)?;
        // Cargo takes the unpacked sources for those of the checkout, whose folder it remembers, and of an earlier run.
        let unpacked = folder.join("unpacked");
        let _ = fs::remove_dir_all(&unpacked);
        fs::create_dir_all(&unpacked)?;
        let again = build(&with_pip, &only_file(&sources)?, &folder.join("wheels-of-sources"), &unpacked)?;
        check(&with_pip, &again, &python)?;
        runs(&python, &again, &folder)?;
        packaging::projects(&python, &with_pip, &wheel, &others, &folder.join("projects"))?;
        println!("{name}: {}", wheel.file_name().unwrap_or_default().to_string_lossy());
        Ok(())
    })
}

/// Interpreters that load a universal module which another one has built: the oldest and the newest CPython, and PyPy.
fn others(found: &[Found]) -> Vec<packaging::Other> {
    let known = hpy_pythons::known();
    let ends = [known.limits.minimum, known.limits.maximum];
    let usual = known.pythons.iter().filter(|kind| !kind.debug && !kind.free_threaded && ends.contains(&kind.version));
    let mut all: Vec<_> = usual
        .filter_map(|kind| hpy_pythons::find(kind, found).cloned())
        .map(|python| {
            let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("own-loader");
            Box::new(move || own_loader::prepare(&python, "checked", &folder)) as packaging::Other
        })
        .collect();
    for loader in known.loaders.into_iter().filter(|loader| loader.packages.is_empty()) {
        if let Some(python) = hpy_pythons::loaders::find_for(&loader, loader.until, found).cloned() {
            all.push(Box::new(move || hpy_pythons::loaders::prepare(&loader, &python, Path::new("/nowhere"))));
        }
    }
    all
}

/// An environment that has pip, and maturin for source distributions: what pip builds has an environment of its own.
fn with_pip(python: &Found, folder: &Path) -> Result<PathBuf, String> {
    let inside = folder.join("bin/python");
    let works = Command::new(folder.join("bin/maturin")).arg("--version").output();
    if !works.is_ok_and(|said| said.status.success()) {
        let mut make = Command::new(&python.path);
        make.args(["-m", "venv", "--clear"]).arg(folder);
        let mut install = Command::new(&inside);
        install.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "maturin"]);
        for command in [make, install] {
            conclude(command).map_err(|failed| failed.message().unwrap_or_default().to_owned())?;
        }
    }
    Ok(inside)
}

/// Has pip build the wheel of a folder or a source distribution, with Rust and nothing else.
fn build(with_pip: &Path, from: &Path, wheels: &Path, folder: &Path) -> Result<PathBuf, Failed> {
    let _ = fs::remove_dir_all(wheels);
    let mut pip = outside(with_pip, &folder.join("nothing"))?;
    pip.args(["-m", "pip", "wheel", "--quiet", "--disable-pip-version-check", "--no-deps", "--no-cache-dir"]);
    pip.arg("--wheel-dir").arg(wheels).arg(from);
    for_python(&mut pip, None);
    pip.env("CARGO_TARGET_DIR", folder.join("target"));
    conclude(pip)?;
    only_file(wheels)
}

/// The wheel has all files, and says for what it is.
fn check(with_pip: &Path, wheel: &Path, python: &Found) -> Result<(), Failed> {
    let mut list = Command::new(with_pip);
    list.args(["-m", "zipfile", "--list"]).arg(wheel);
    let said = conclude(list)?;
    let module = format!("hpy/universal{}", python.extension_suffix);
    let wanted = [
        "hpy/__init__.py",
        "hpy/py.typed",
        "hpy/universal.pyi",
        "hpy/debug/pytest.py",
        "hpy/trace/__main__.py",
        "hpy/devel/__init__.py",
        "hpy/devel/include/hpy.h",
        "hpy/devel/include/hpy/native/functions.h",
        "hpy/devel/include/hpy/loader/functions.h",
        "hpy/devel/lib/cpython/libhpy.a",
        "hpy/devel/lib/universal/libhpy.a",
        "hpy/devel/lib/hybrid/libhpy.a",
        "hpy/devel/lib/cmake/hpy/hpy-config.cmake",
        "hpy/devel/lib/pkgconfig/hpy.pc",
        "hpy/devel/share/hpy/stub.py",
        "dist-info/entry_points.txt",
        "licenses/LICENSE-MIT",
        "licenses/LICENSE-APACHE",
        &module,
    ];
    let missing: Vec<_> = wanted.into_iter().filter(|file| !said.contains(file)).collect();
    if !missing.is_empty() {
        return Err(format!("{} lacks {missing:?}:\n{said}", wheel.display()).into());
    }
    let tag = format!("cp{0}{1}-cp{0}{1}", python.version.major, python.version.minor);
    let name = wheel.file_name().unwrap_or_default().to_string_lossy();
    if name.starts_with("hpy_sys-") && name.contains(&format!("-{tag}-")) {
        return Ok(());
    }
    Err(format!("{name} is not for {tag}").into())
}

/// The wheel installs and works where there is no Rust, and pytest would find its plugin.
fn runs(python: &Found, wheel: &Path, folder: &Path) -> Result<(), Failed> {
    let place = folder.join("runs");
    let mut make = Command::new(&python.path);
    make.args(["-m", "venv", "--clear"]).arg(&place);
    conclude(make)?;
    let without_rust = |arguments: &[&str]| {
        let mut command = outside(&place.join("bin/python"), &folder.join("nothing"))?;
        command.args(arguments).env("PATH", place.join("bin"));
        Ok::<_, Failed>(command)
    };
    let mut install = without_rust(&["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-index"])?;
    install.arg(wheel);
    conclude(install)?;
    let library = folder.join("sample.hpy0.so");
    c::build_module(Abi::Universal, &Path::new(PACKAGE).join("tests/sample.c"), &library)?;
    let mut load = without_rust(&["-c", LOAD])?;
    load.arg(library);
    conclude(load).map(drop)
}

const LOAD: &str = "
import shutil, sys
assert shutil.which('cargo') is None and shutil.which('rustc') is None
from importlib import metadata
from importlib.machinery import ExtensionFileLoader, ModuleSpec
import hpy.debug, hpy.devel, hpy.trace, hpy.universal
version, revision = hpy.universal.get_version()
assert revision == 'hpy-sys-' + metadata.version('hpy-sys'), revision
points = metadata.entry_points()
points = points.select(group='pytest11') if hasattr(points, 'select') else points['pytest11']
assert [point.value for point in points] == ['hpy.debug.pytest'], points
path = sys.argv[1]
for mode in range(3):
    spec = ModuleSpec('sample', ExtensionFileLoader('sample', path), origin=path)
    assert hpy.universal.load('sample', path, spec, mode=mode).add(1, 2) == 3
";

/// An interpreter in a folder without files, and without what the caller's surroundings would change.
fn outside(interpreter: &Path, folder: &Path) -> Result<Command, Failed> {
    fs::create_dir_all(folder)?;
    let mut command = Command::new(interpreter);
    command.current_dir(folder).env("PYTHONDONTWRITEBYTECODE", "1");
    for variable in ["PYTHONPATH", "PYTHONHOME", "RUST_BACKTRACE", "HPY", "HPY_LOG"] {
        command.env_remove(variable);
    }
    Ok(command)
}

fn only_file(folder: &Path) -> Result<PathBuf, Failed> {
    let files = fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<Vec<_>, _>>()?;
    match files.as_slice() {
        [file] => Ok(file.clone()),
        _ => Err(format!("{} holds {files:?}, and one file is wanted", folder.display()).into()),
    }
}
