// cargo-hpy/tests/wheels.rs: each recipe of docs/porting.md is made a wheel, as `pip wheel` makes it, which is installed in
// a fresh environment and imported there.

#![cfg(unix)]

mod common;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use common::sdk::{ASSERTIONS, documented, write_sources};
use common::{both, cargo_hpy, folder, loaders, run, skip};
use hpy_pythons::{Environment, Found, find_all};

/// A recipe: what it is called here, its section in the document, and the files that it shows.
struct Recipe {
    name: &'static str,
    section: &'static str,
    /// Name, language and index of each file among those of the section.
    files: &'static [(&'static str, &'static str, usize)],
    universal: bool,
}

const RECIPES: &[Recipe] = &[
    Recipe { name: "setuptools", section: "setuptools alone", files: &[("setup.py", "python", 0)], universal: false },
    Recipe {
        name: "setuptools-universal",
        section: "setuptools alone",
        files: &[("setup.py", "python", 1)],
        universal: true,
    },
    Recipe {
        name: "cmake",
        section: "CMake",
        files: &[("CMakeLists.txt", "cmake", 0), ("pyproject.toml", "toml", 0)],
        universal: false,
    },
    Recipe {
        name: "cmake-universal",
        section: "CMake",
        files: &[("CMakeLists.txt", "cmake", 1), ("pyproject.toml", "toml", 1)],
        universal: true,
    },
    Recipe {
        name: "meson",
        section: "Meson",
        files: &[("meson.build", "meson", 0), ("pyproject.toml", "toml", 0)],
        universal: false,
    },
    Recipe {
        name: "meson-universal",
        section: "Meson",
        files: &[("meson.build", "meson", 1), ("pyproject.toml", "toml", 0)],
        universal: true,
    },
];

#[test]
fn each_recipe_makes_a_wheel_that_is_imported() {
    let loader = loaders::of_implementation("CPython");
    let all = find_all();
    // The Python that universal modules are loaded on is as good as any for the others.
    let Some(python) =
        hpy_pythons::loaders::find_for(&loader, loader.until, &all).filter(|python| python.include.is_some())
    else {
        return skip(&format!("no CPython {} with headers was found", loader.until));
    };
    let place = folder("wheels");
    let sdk = place.join("sdk");
    let wish = python.path.to_str().unwrap();
    run(&mut cargo_hpy(&["sdk", "--python", wish, "--out", sdk.to_str().unwrap()]));

    let builder = match environment(&place.join("builder"), python, &["pip"]) {
        Ok(builder) => builder,
        Err(reason) => return skip(&format!("wheels: {reason}")),
    };
    for recipe in RECIPES {
        let wheel = match recipe.build(&place.join(recipe.name), &sdk, &builder) {
            Ok(wheel) => wheel,
            // pip downloads the build backend.
            Err(reason) => {
                skip(&format!("the wheel by {}: {reason}", recipe.name));
                continue;
            }
        };
        let name = wheel.file_name().unwrap().to_str().unwrap();
        let tag = format!("-cp{0}{1}-cp{0}{1}-", python.version.major, python.version.minor);
        let any = recipe.universal && recipe.name != "meson-universal";
        assert!(name.contains(if any { "-py3-none-" } else { &tag }) && !name.contains("-any"), "{name}");

        let mut packages: Vec<_> = if recipe.universal { loader.packages.clone() } else { Vec::new() };
        packages.push(wheel.to_str().unwrap().to_owned());
        let fresh = environment(&place.join(recipe.name).join("fresh"), python, &packages).unwrap();
        run(Command::new(fresh).args(["-I", "-B", "-c", ASSERTIONS]).current_dir(&place));
    }
}

/// A new environment with these packages.
fn environment(folder: &Path, python: &Found, packages: &[impl AsRef<str>]) -> Result<PathBuf, String> {
    let environment = Environment::new(folder, &python.path)?;
    environment.install(packages)?;
    Ok(environment.python)
}

impl Recipe {
    /// Makes the wheel in `place`. An error is of something that could not be downloaded.
    fn build(&self, place: &Path, sdk: &Path, python: &Path) -> Result<PathBuf, String> {
        fs::create_dir(place).unwrap();
        write_sources(place);
        for (file, language, index) in self.files {
            fs::write(place.join(file), documented(self.section, language, *index)).unwrap();
        }
        let mut command = Command::new(python);
        command.args(["-m", "pip", "wheel", "--no-deps", "--wheel-dir", "dist", "."]).current_dir(place);
        command.env("HPY_SDK", sdk).env("CMAKE_PREFIX_PATH", sdk).env("PKG_CONFIG_PATH", sdk.join("lib/pkgconfig"));
        let output = command.output().unwrap();
        let said = both(&output);
        if !output.status.success() {
            let missing =
                ["No matching distribution found", "ConnectionError", "Could not find a version", "NewConnection"];
            match said.lines().find(|line| missing.iter().any(|text| line.contains(text))) {
                Some(line) => return Err(line.trim().to_owned()),
                None => panic!("{}: {said}", self.name),
            }
        }
        let mut wheels = fs::read_dir(place.join("dist")).unwrap().map(|entry| entry.unwrap().path());
        Ok(wheels.next().unwrap_or_else(|| panic!("{said}")))
    }
}
