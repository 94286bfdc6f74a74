// cargo-hpy/tests/bench.rs: `cargo hpy bench`: a real run of a part, a crate of one's own, and the ways in which it fails.

mod common;

use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::Mutex;

use common::{both, cargo_hpy, error_of, folder, root, skip};
use hpy_pythons::Found;

/// A release build of a supported CPython with headers, if there is one.
fn python() -> Option<Found> {
    let limits = hpy_pythons::known().limits;
    let fits = |python: &Found| python.is_within(&limits).is_ok() && !python.debug && python.include.is_some();
    let found = hpy_pythons::find_all().into_iter().rfind(fits);
    assert!(found.is_some() || std::env::var_os("CI").is_none(), "no CPython with headers was found");
    found
}

/// Held while something is measured: what one run builds and counts is where another one for the same Python would write.
static ALONE: Mutex<()> = Mutex::new(());

fn has_valgrind() -> bool {
    let there = Command::new("valgrind").arg("--version").output().is_ok();
    assert!(there || std::env::var_os("CI").is_none(), "valgrind is not installed");
    there
}

#[test]
fn a_part_is_measured_and_reported() {
    let Some(python) = python() else { return };
    let _alone = ALONE.lock();
    let out = folder("bench-part");
    let path = python.path.to_string_lossy().into_owned();
    let arguments =
        ["bench", "--quick", "--modes", "native,native-c", "--only", "no arguments,sum of a list", "--python", &path];
    let output = cargo_hpy(&arguments).arg("--out").arg(&out).output().unwrap();
    let text = both(&output);
    assert!(output.status.success(), "{text}");
    let results: serde_json::Value = serde_json::from_str(&read(&out, "results.json")).unwrap();
    let report = read(&out, "report.md");
    assert!(report.contains("| module, native, stripped |"), "{report}");
    assert!(read(&out, "report.html").contains("<tr><td>module, native, stripped<td>"));
    if !has_valgrind() {
        assert!(text.contains("left out: instructions: valgrind is not installed"), "{text}");
        return;
    }
    assert!(text.contains("left out: timings: --quick\n"), "{text}");
    assert!(text.contains("capi  native-c  native\n") && report.contains("| no arguments |"), "{text}\n{report}");
    let rows = results["rows"].as_array().unwrap();
    assert_eq!(rows.len(), 2);
    for row in rows {
        let count = |mode: &str| row["instructions"][mode].as_f64().unwrap();
        // A call takes hundreds of instructions, an item of a list tens.
        for mode in ["capi", "native-c", "native"] {
            assert!(count(mode) > 20.0 && count(mode) < 1000.0, "{row}");
        }
        assert!(count("native") < 3.0 * count("capi"), "{row}");
    }
}

fn read(folder: &Path, name: &str) -> String {
    fs::read_to_string(folder.join(name)).unwrap()
}

/// Measures a part of the universal ABI, and gives what was printed and the instructions of the first row.
#[cfg(unix)]
fn measured(python: &Found, out: &str, arguments: &[&str]) -> (String, serde_json::Value) {
    let out = folder(out);
    let path = python.path.to_string_lossy().into_owned();
    let arguments = [&["bench", "--quick", "--python", &path], arguments].concat();
    let output = cargo_hpy(&arguments).arg("--out").arg(&out).output().unwrap();
    assert!(output.status.success(), "{}", both(&output));
    let results: serde_json::Value = serde_json::from_str(&read(&out, "results.json")).unwrap();
    (both(&output), results["rows"][0]["instructions"].clone())
}

#[cfg(unix)]
fn is_slower(counts: &serde_json::Value, mode: &str, than: &str) {
    let count = |mode: &str| counts[mode].as_f64().unwrap_or_else(|| panic!("{mode} is missing: {counts}"));
    assert!(count(mode) > count(than) && count(mode) < 5.0 * count(than), "{counts}");
}

/// The row that is measured, in these modes.
#[cfg(unix)]
fn one(modes: &str) -> [&str; 4] {
    ["--only", "one argument", "--modes", modes]
}

/// The newest CPython is measured with this project's loader, and says why it is not with HPy's own.
#[cfg(unix)]
#[test]
fn the_universal_abi_is_measured() {
    let loader = common::loaders::of_implementation("CPython");
    let (Some(newest), true) = (python(), has_valgrind()) else { return };
    let _alone = ALONE.lock();
    let modes = one("native-c,native,universal-c,universal,universal@hpy09");
    let (text, counts) = measured(&newest, "bench-universal", &modes);
    is_slower(&counts, "universal", "native");
    is_slower(&counts, "universal-c", "native-c");
    if !hpy_pythons::loaders::is_for(&loader, &newest) {
        let why = "left out: universal@hpy09: hpy-0.9.0, which loads it, is for release builds of CPython 3.9 to 3.11: \
                   measure it with --python 3.11\n";
        assert!(text.contains(why), "{text}");
    }
    let own = ["examples/quickstart", "--setup", "import quickstart", "--statement", "quickstart.myabs(-3)"];
    is_slower(&measured(&newest, "bench-universal", &own).1, "universal", "native");
}

#[cfg(unix)]
#[test]
fn the_universal_abi_is_measured_with_hpys_own_loader() {
    if !has_valgrind() {
        return;
    }
    let loader = common::loaders::of_implementation("CPython");
    let all = hpy_pythons::find_all();
    let found = hpy_pythons::loaders::find_for(&loader, loader.until, &all);
    let Some(other) = found.filter(|python| python.include.is_some()) else {
        return skip("HPy's own loader: no CPython that hpy 0.9.0 is there for was found");
    };
    // It builds where the other tests do if it is the newest.
    let _alone = python().filter(|newest| newest.name() == other.name()).map(|_| ALONE.lock());
    let modes = one("universal,universal@hpy09,hpy09-universal,hpy09-universal@hpy09");
    let (_, counts) = measured(other, "bench-universal-hpy09", &modes);
    is_slower(&counts, "universal@hpy09", "universal");
    is_slower(&counts, "hpy09-universal@hpy09", "hpy09-universal");
}

#[test]
fn a_statement_of_ones_own_that_raises_is_an_error() {
    let Some(python) = python().filter(|_| has_valgrind()) else { return };
    let _alone = ALONE.lock();
    let path = python.path.to_string_lossy().into_owned();
    let arguments = ["bench", "examples/quickstart", "--quick", "--python", &path, "--setup", "import quickstart"];
    let measure = |statement: &str| cargo_hpy(&arguments).args(["--statement", statement]).output().unwrap();

    let output = measure("quickstart.myabs(-3)");
    let text = both(&output);
    assert!(output.status.success(), "{text}");
    // The command names left-out modes before the build; the page shows a crate without a C module beside it.
    assert!(text.find("left out: timings: --quick") < text.find("building the measured module"), "{text}");
    let place = text.split("The report is in ").nth(1).and_then(|rest| rest.split(',').next()).unwrap();
    let page = fs::read_to_string(place).unwrap();
    assert!(page.contains("<h2>Instructions</h2>") && page.contains("<figcaption>quickstart.myabs(-3)<br>"), "{page}");

    let output = measure("quickstart.myabs('text')");
    let text = both(&output);
    assert_eq!(output.status.code(), Some(1), "{text}");
    assert!(
        text.contains("error: nothing was measured: --statement: TypeError: bad operand type for abs(): 'str'"),
        "{text}"
    );
    assert!(!text.contains("counting instructions"), "{text}");

    // A statement that is no Python is an error before any build.
    let text = error_of(cargo_hpy(&arguments).args(["--statement", "quickstart.myabs("]));
    assert!(text.contains("error: nothing was measured: --statement: SyntaxError: "), "{text}");
    assert!(!text.contains("building"), "{text}");
    let mut setup = arguments.map(str::to_owned);
    setup[6] = "import nothing_of_this_name".to_owned();
    let text = error_of(cargo_hpy(&setup.each_ref().map(|text| &**text)).args(["--statement", "pass"]));
    assert!(text.contains("error: nothing was measured: --setup: ModuleNotFoundError: "), "{text}");
    assert!(!text.contains("counting"), "{text}");
}

#[test]
fn what_is_typed_wrongly_is_named() {
    let error = error_of(&mut cargo_hpy(&["bench", "--only", "nothing"]));
    assert!(error.starts_with("error: --only nothing: there is no row whose name begins with this\n"), "{error}");
    let error = error_of(&mut cargo_hpy(&["bench", "--modes", "fast"]));
    assert!(error.starts_with("error: --modes fast: there is no such mode\n  = help: name some of capi,"), "{error}");
    let error = error_of(&mut cargo_hpy(&["bench", "--python", "2.0"]));
    assert!(error.starts_with("error: --python 2.0: no CPython 2.0 was found\n"), "{error}");
    let error = error_of(&mut cargo_hpy(&["bench", "nowhere", "--statement", "pass"]));
    assert!(error.starts_with("error: nowhere: there is no such folder\n  = help: name the folder of an "), "{error}");
}

#[test]
fn outside_of_the_repository_the_modules_are_missing() {
    let elsewhere = std::env::temp_dir();
    let error = error_of(cargo_hpy(&["bench"]).current_dir(&elsewhere));
    assert!(error.starts_with("error: the measured modules are in the hpy-sys repository, and "), "{error}");
    assert!(error.contains("cd hpy-sys && cargo hpy bench\n"), "{error}");
}

/// The crates are no members of the workspace, so that `cargo fmt --all` does not see them.
#[test]
fn the_measured_crates_are_formatted() {
    let mut count = 0;
    for entry in fs::read_dir(root().join("cargo-hpy/bench")).unwrap() {
        let source = entry.unwrap().path().join("src/lib.rs");
        if source.exists() {
            count += 1;
            let mut command = Command::new("rustfmt");
            let output = command.args(["--check", "--edition", "2024"]).arg(&source).output().unwrap();
            assert!(output.status.success(), "{}", both(&output));
        }
    }
    assert!(count > 0);
}
