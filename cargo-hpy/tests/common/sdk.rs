// cargo-hpy/tests/common/sdk.rs: the sources, compilers and assertions of the SDK's tests.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::{not_tested, root};

/// The assertions on tests/c_extensions/quickstart.c, however it was compiled.
pub const ASSERTIONS: &str = "
import quickstart
assert quickstart.__doc__ == 'HPy Quickstart Example'
assert quickstart.myabs(-7) == 7
assert quickstart.add_ints(40, 2) == 42
point = quickstart.Point(3, y=4)
assert repr(point) == 'Point(3, 4)' and point.sum == 7 and point.dot(point) == 25
try:
    quickstart.add_ints(1)
except TypeError:
    pass
else:
    raise AssertionError('one argument is too few')
";

/// Writes the source of the extension.
pub fn write_sources(folder: &Path) {
    fs::copy(root().join("tests/c_extensions/quickstart.c"), folder.join("quickstart.c")).unwrap();
}

/// The names in a folder, without the test's own.
pub fn names(folder: PathBuf) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<_> = entries.filter(|name| !name.starts_with("test-")).collect();
    names.sort();
    names
}

pub fn shared() -> &'static [&'static str] {
    if cfg!(target_vendor = "apple") {
        &["-bundle", "-undefined", "dynamic_lookup"]
    } else {
        &["-shared", "-fPIC", "-Wl,-z,defs,--warn-unresolved-symbols"]
    }
}

/// A file that docs/porting.md shows in the section `title`: the one at `index` of those that it says are tested.
pub fn documented(title: &str, language: &str, index: usize) -> String {
    let text = fs::read_to_string(root().join("docs/porting.md")).unwrap();
    let section = text.split(&format!("\n## {title}\n")).nth(1).expect(title);
    let start = format!("<!-- A test builds this. -->\n```{language}\n");
    let section = section.split("\n## ").next().expect("a text has a beginning");
    section.split(&start).nth(index + 1).and_then(|rest| rest.split("```").next()).expect(title).to_owned()
}

/// Whether a command can be run. A missing one skips its test.
pub fn is_there(name: &str, command: &mut Command) -> bool {
    let there = command.output().is_ok_and(|output| output.status.success());
    if !there {
        not_tested(&format!("there is no {name}"));
    }
    there
}
