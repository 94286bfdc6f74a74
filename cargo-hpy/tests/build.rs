// cargo-hpy/tests/build.rs: modules that are really built, and imported by every interpreter that they are for.

#![cfg(unix)]

mod common;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use common::{cargo_hpy, folder, loaders, python, run, skip};
use hpy_pythons::{Found, find_all};

/// Prints what tests/c_extensions and examples promise of `quickstart`.
const QUICKSTART: &str = "
import sys
import quickstart
assert sys.modules['quickstart'] is quickstart and quickstart.__name__ == 'quickstart'
assert quickstart.__file__ == quickstart.__spec__.origin
point = quickstart.Point(3, 4)
print(quickstart.__doc__, quickstart.myabs(-7), quickstart.add_ints(40, 2), point, point.norm(), point.x)
try:
    quickstart.add_ints(1)
except TypeError as error:
    print(error)
";

const PYPY: &str = "PyPy";

const C_EXTENSION: &str = "
import c_extension
seen = []
counter = c_extension.Counter(5, on_change=seen.append)
assert (counter.add(2), counter.count, seen) == (7, 7, [7])
";

/// Whether the hybrid modules of a test are for the interpreter.
const IS_CPYTHON_3_11: &str = "
import sys
print((sys.implementation.name, sys.version_info[:2]) == ('cpython', (3, 11)))
";

/// Runs `cargo hpy build`, and gives the files that it says it has written.
fn build(arguments: &[&str], out: &Path) -> Vec<String> {
    let output = cargo_hpy(&[&["build", "--out", out.to_str().unwrap()], arguments].concat()).output().unwrap();
    assert!(output.status.success(), "{}", common::both(&output));
    let said = String::from_utf8(output.stdout).unwrap();
    let mut files: Vec<_> = said.lines().skip(1).map(|line| common::root().join(line)).collect();
    files.sort();
    assert!(files.iter().all(|file| file.parent() == Some(out) && file.is_file()), "{said}");
    files.iter().map(|file| file.file_name().unwrap().to_str().unwrap().to_owned()).collect()
}

/// The output of a script in a Python that finds modules in `folder`.
fn import(python: &Path, folder: &Path, script: &str) -> String {
    run(Command::new(python).args(["-B", "-c", script]).env("PYTHONPATH", folder).current_dir(folder))
}

/// Every interpreter here that loads universal modules, with its implementation; what cannot be had is said.
fn all_loaders(all: &[Found]) -> Vec<(String, PathBuf)> {
    let mut there: Vec<_> = loaders::own(all).into_iter().map(|python| ("CPython".to_owned(), python)).collect();
    for loader in [loaders::of_implementation("CPython"), loaders::of_implementation(PYPY)] {
        for version in loader.versions() {
            match loaders::prepare(&loader, version, all) {
                Ok(python) => there.push((loader.implementation.clone(), python)),
                Err(reason) => skip(&format!("{}: {reason}", loader.name_on(version))),
            }
        }
    }
    there
}

#[test]
fn one_universal_module_is_imported_everywhere() {
    let out = folder("build_universal");
    let files = build(&["-p", "quickstart", "--release", "--abi", "universal"], &out);
    assert_eq!(files, ["quickstart.hpy0.so", "quickstart.py"]);
    let all = find_all();
    let mut results = Vec::new();
    for (name, python) in all_loaders(&all) {
        results.push((name.clone(), import(&python, &out, QUICKSTART)));
        // HPy's own modes of loading work through the stub.
        let mut debug = Command::new(&python);
        debug
            .args(["-B", "-c", "import quickstart"])
            .env("PYTHONPATH", &out)
            .envs([("HPY", "debug"), ("HPY_LOG", "1")]);
        let logged = run(&mut debug);
        // PyPy does not log.
        if name != PYPY {
            assert_eq!(logged.trim(), "Loading 'quickstart' in HPy universal mode with a debug context");
        }
    }
    let expected = "HPy Quickstart Example 7 42 Point(3, 4) 5.0 3.0\n";
    assert!(results.iter().all(|(_, result)| result.starts_with(expected) && *result == results[0].1), "{results:?}");

    // In a package, and on an interpreter that has no loader.
    let package = folder("build_package").join("package");
    fs::create_dir(&package).unwrap();
    for name in files {
        fs::copy(out.join(&name), package.join(name)).unwrap();
    }
    for (_, python) in all_loaders(&all) {
        let script = "from package import quickstart as q; assert q.__name__ == 'package.quickstart'; q.myabs(1)";
        import(&python, package.parent().unwrap(), script);
    }
    let without = all.iter().find(|python| python.implementation == "CPython" && python.version.minor > 11);
    let Some(python) = without else { return skip("no CPython newer than 3.11 was found") };
    let output = Command::new(&python.path).args(["-B", "-c", "import quickstart"]).env("PYTHONPATH", &out).output();
    let said = String::from_utf8(output.unwrap().stderr).unwrap();
    let problem = format!(
        "ImportError: quickstart.hpy0.so needs hpy.universal to be loaded, which this CPython {} does not have: install \
         it for CPython with `pip install hpy-sys`, or in a clone of hpy-sys with `pip install ./python`; use PyPy or \
         GraalPy, which have it built in; or build the module for this CPython with `cargo hpy build --abi cpython` or \
         `HPY_ABI=cpython pip install .`\n",
        python.version
    );
    assert!(said.ends_with(&problem), "{said}");
}

#[test]
fn a_native_module_is_imported_by_its_python() {
    let Some(python) = python() else { return skip("there is no supported Python with headers") };
    let out = folder("build_cpython");
    let wish = python.path.to_str().unwrap();
    let files = build(&["examples/quickstart", "--python", wish], &out);
    assert_eq!(files, [format!("quickstart{}", python.extension_suffix)]);
    assert!(import(&python.path, &out, QUICKSTART).starts_with("HPy Quickstart Example 7 42 "));
    let files = build(&["examples/c-extension", "--python", wish], &out);
    assert_eq!(files, [format!("c_extension{}", python.extension_suffix)]);
    import(&python.path, &out, C_EXTENSION);
}

/// All three ABIs of an extension in C and a hybrid one in Rust stand in one folder, and each interpreter takes its own.
#[test]
fn hybrid_and_universal_modules_stand_side_by_side() {
    let out = folder("build_side_by_side");
    assert_eq!(build(&["-p", "c-extension", "--abi", "universal"], &out), ["c_extension.hpy0.so", "c_extension.py"]);
    let all = find_all();
    let python = match loaders::newest_cpython(&all) {
        Ok(python) => python,
        Err(reason) => return skip(&format!("a CPython with a loader: {reason}")),
    };
    let wish = python.to_str().unwrap();
    for package in ["c-extension", "quickstart"] {
        let module = package.replace('-', "_");
        let files = build(&["-p", package, "--abi", "hybrid", "--python", wish], &out);
        assert_eq!(files, [format!("{module}.hpy0-cp311.so"), format!("{module}.py")]);
    }
    assert!(import(&python, &out, QUICKSTART).starts_with("HPy Quickstart Example 7 42 "));
    for (_, loader) in all_loaders(&all) {
        let loaded = import(&loader, &out, &format!("{C_EXTENSION}print(c_extension.__file__)"));
        let is_its_own = import(&loader, &out, IS_CPYTHON_3_11).trim() == "True";
        let expected = if is_its_own { "c_extension.hpy0-cp311.so" } else { "c_extension.hpy0.so" };
        assert_eq!(Path::new(loaded.trim()), out.join(expected));
    }

    // The hybrid module goes on to be the one that CPython 3.11 takes, which is said; another one's file is not touched.
    let build_again =
        || cargo_hpy(&["build", "-p", "c-extension", "--abi", "universal", "--out", out.to_str().unwrap()]);
    let said = run(&mut build_again());
    let note = format!(
        "note: {}/c_extension.hpy0-cp311.so is in the same folder, and is imported instead where it can be loaded\n  \
         = help: delete it, or build into another folder: --out DIR\n",
        out.display()
    );
    assert!(said.ends_with(&note), "{said}");
    fs::write(out.join("c_extension.py"), "mine = True\n").unwrap();
    let error = common::error_of(&mut build_again());
    assert!(
        error.ends_with(&format!(
            "error: {}/c_extension.py is there, and would be replaced by the file that loads the module\n  \
             = help: move it elsewhere, or build into another folder: --out DIR\n",
            out.display()
        )),
        "{error}"
    );
    assert_eq!(fs::read_to_string(out.join("c_extension.py")).unwrap(), "mine = True\n");

    // A stub without a file for the interpreter says so.
    for (name, text) in [("c_extension.hpy0.so", None), ("c_extension.py", Some(out.join("quickstart.py")))] {
        fs::remove_file(out.join(name)).unwrap();
        text.map(|from| fs::copy(from, out.join(name)).unwrap());
    }
    let older = hpy_pythons::Version { major: 3, minor: 10 };
    let Ok(other) = loaders::prepare(&loaders::of_implementation("CPython"), older, &all) else {
        return skip("CPython 3.10 with a loader");
    };
    let output = Command::new(other).args(["-B", "-c", "import c_extension"]).env("PYTHONPATH", &out).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("ImportError: there is no c_extension.hpy0-cp310.so or c_extension.hpy0.so in "), "{said}");
}
