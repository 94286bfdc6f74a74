// abi-tests/tests/records.rs: each function, handle and slot of the table has a test, in Rust and in C.
//
// The module `calls` is generated in both languages: a test in Python that uses a function of it is one for both.

#[allow(dead_code)]
#[path = "../probes/mod.rs"]
mod probes;

use std::collections::BTreeSet;
use std::path::Path;

use hpy_generator::model::{Api, Handle, Slot};
use hpy_generator::problems::Place;

/// The functions that a family calls through a macro: what it writes for that in Rust, and in C.
const THROUGH_MACROS: &[(&str, &str, &str)] = &[
    ("_HPy_AsStruct_Object", "HPyType_BuiltinShape_Object", "SHAPED(Object)"),
    ("_HPy_AsStruct_Type", "HPyType_BuiltinShape_Type", "SHAPED(Type)"),
    ("_HPy_AsStruct_Long", "HPyType_BuiltinShape_Long", "SHAPED(Long)"),
    ("_HPy_AsStruct_Float", "HPyType_BuiltinShape_Float", "SHAPED(Float)"),
    ("_HPy_AsStruct_Unicode", "HPyType_BuiltinShape_Unicode", "SHAPED(Unicode)"),
    ("_HPy_AsStruct_Tuple", "HPyType_BuiltinShape_Tuple", "SHAPED(Tuple)"),
    ("_HPy_AsStruct_List", "HPyType_BuiltinShape_List", "SHAPED(List)"),
    ("_HPy_AsStruct_Dict", "HPyType_BuiltinShape_Dict", "SHAPED(Dict)"),
    ("_HPyThread_Ensure", "HPyThread_Enter", "HPyThread_Enter"),
    ("_HPyThread_Release", "HPyThread_Leave", "HPyThread_Leave"),
    ("HPyCriticalSection_Begin", "HPyCriticalSection_Begin", "HPy_BEGIN_CRITICAL_SECTION"),
    ("HPyCriticalSection_End", "HPyCriticalSection_End", "HPy_END_CRITICAL_SECTION"),
    ("HPyCriticalSection2_Begin", "HPyCriticalSection2_Begin", "HPy_BEGIN_CRITICAL_SECTION2"),
    ("HPyCriticalSection2_End", "HPyCriticalSection2_End", "HPy_END_CRITICAL_SECTION2"),
    ("_HPy_NewVar", "HPy_NewVar", "HPy_NewVar"),
    ("HPyCriticalSection_Begin", "HPyCriticalSection_Begin", "HPy_BEGIN_CRITICAL_SECTION"),
    ("HPyCriticalSection_End", "HPyCriticalSection_End", "HPy_END_CRITICAL_SECTION"),
    ("HPyCriticalSection2_Begin", "HPyCriticalSection2_Begin", "HPy_BEGIN_CRITICAL_SECTION2"),
    ("HPyCriticalSection2_End", "HPyCriticalSection2_End", "HPy_END_CRITICAL_SECTION2"),
    ("_HPy_AsStruct_Legacy", "HPyType_BuiltinShape_Legacy", "HPyType_LEGACY_HELPERS(Legacy)"),
];

/// The files that convert arguments and results for the tests: a call there is no test.
const SHARED: &[&str] = &["support.rs", "calls.rs", "support.h", "calls.h"];

/// The code of the conformance suite, without comments.
struct Suite {
    rust: String,
    c: String,
    python: String,
}

impl Suite {
    fn read() -> Suite {
        let is_family = |name: &str| !SHARED.contains(&name);
        Suite {
            rust: read("src", is_family, |text| without(&text, "//", "\n")),
            c: read("c", is_family, |text| without(&text, "/*", "*/")),
            python: read("python", |name| name.starts_with("test_"), |text| without(&text, "# ", "\n")),
        }
    }

    /// The message about a record without a test.
    fn lacks(&self, record: &Record) -> Option<String> {
        let in_rust = mentions(&self.rust, record.in_rust);
        let in_c = record.in_c.iter().any(|text| mentions(&self.c, text));
        let lacking = match (in_rust, in_c) {
            _ if record.is_probe && mentions(&self.python, record.name) => return None,
            (true, true) => return None,
            (true, false) => "in C",
            (false, true) => "in Rust",
            (false, false) => "in Rust and in C",
        };
        let help = match record.is_probe {
            true => format!("call `calls.{}` in a test of abi-tests/python/", record.name),
            false => format!(
                "write `{}` in a family of abi-tests/src/, `{}` in that of abi-tests/c/, and test it in abi-tests/python/",
                record.in_rust, record.in_c[0]
            ),
        };
        let Place { file, line } = record.place;
        Some(format!("{file}:{line}: {} has no test {lacking}\n= help: {help}", record.name))
    }
}

/// A record of the table, and what a family writes to use it.
struct Record<'a> {
    place: &'a Place,
    name: &'a str,
    in_rust: &'a str,
    /// One of these.
    in_c: [&'a str; 2],
    /// Whether the module `calls` has a function for it.
    is_probe: bool,
}

fn records(api: &Api) -> Vec<Record<'_>> {
    let probes: BTreeSet<_> = probes::probes(api).iter().map(|probe| probe.function.name().to_owned()).collect();
    // No extension calls a function of the trampolines.
    let functions = api.all_functions().filter(|function| !function.is_for_trampolines).map(|function| {
        let (place, name) = (&function.place, function.name());
        let macros = THROUGH_MACROS.iter().find(|(function, ..)| *function == name);
        let (_, in_rust, in_c) = macros.copied().unwrap_or((name, name, name));
        Record { place, name, in_rust, in_c: [in_c; 2], is_probe: probes.contains(name) }
    });
    let handles = api.handles.iter().map(|Handle { place, name, .. }| Record {
        place,
        name,
        in_rust: name,
        in_c: [name; 2],
        is_probe: false,
    });
    // Macros of the families in C paste `HPy_` before the name of a slot.
    let slots = api.slots.iter().map(|Slot { place, name, .. }| Record {
        place,
        name,
        in_rust: name,
        in_c: [name, name.trim_start_matches("HPy_")],
        is_probe: false,
    });
    functions.chain(handles).chain(slots).collect()
}

/// The files of a folder that have a name like this, one after the other.
fn read(folder: &str, is_read: impl Fn(&str) -> bool, strip: impl Fn(String) -> String) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut files = BTreeSet::new();
    for entry in std::fs::read_dir(folder).expect("the folder can be read") {
        let entry = entry.expect("the folder can be read");
        if entry.path().is_file() && is_read(&entry.file_name().to_string_lossy()) {
            files.insert(entry.path());
        }
    }
    files.iter().map(|file| strip(std::fs::read_to_string(file).expect("the file is UTF-8"))).collect()
}

/// The text without what is between `begin` and `end`.
fn without(text: &str, begin: &str, end: &str) -> String {
    let mut parts = text.split(begin);
    let mut kept = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        kept.push('\n');
        kept.push_str(part.split_once(end).map_or("", |(_, rest)| rest));
    }
    kept
}

/// Whether the word is in the text.
fn mentions(text: &str, word: &str) -> bool {
    let is_part = |found: Option<char>| found.is_some_and(|found| found.is_alphanumeric() || found == '_');
    text.match_indices(word)
        .any(|(at, _)| !is_part(text[..at].chars().next_back()) && !is_part(text[at + word.len()..].chars().next()))
}

#[test]
fn each_record_has_a_test() {
    let (api, suite) = (probes::api(), Suite::read());
    let lacking: Vec<_> = records(&api).iter().filter_map(|record| suite.lacks(record)).collect();
    assert!(lacking.is_empty(), "{}", lacking.join("\n"));
}

#[test]
fn the_list_of_macros_has_no_more_than_it_needs() {
    let (api, suite) = (probes::api(), Suite::read());
    for (name, ..) in THROUGH_MACROS {
        assert!(api.all_functions().any(|function| function.name() == *name), "THROUGH_MACROS: no record is {name}");
        let is_called = mentions(&suite.rust, name) && mentions(&suite.c, name);
        assert!(!is_called, "THROUGH_MACROS: the families call {name} themselves\n= help: delete its entry");
    }
}

#[test]
fn a_record_without_a_test_is_found() {
    let lacks = |rust: &str, c: &str, python: &str, is_probe| {
        let suite = Suite { rust: rust.to_owned(), c: c.to_owned(), python: python.to_owned() };
        let place = Place { file: "number.toml".to_owned(), line: 7 };
        suite.lacks(&Record { place: &place, name: "HPy_Add", in_rust: "HPy_Add", in_c: ["HPy_Add"; 2], is_probe })
    };
    let uses = "HPy_Add(ctx, a, b)";
    assert_eq!(lacks("", "", "calls.HPy_Add(1, 2)", true), None);
    assert_eq!(lacks(uses, uses, "", true), None);
    assert_eq!(lacks(uses, uses, "", false), None);
    let starts = |found: Option<String>, text: &str| {
        assert!(found.as_ref().is_some_and(|found| found.starts_with(text)), "{found:?} does not start with {text}");
    };
    starts(
        lacks("", "", "calls.HPy_Add(1, 2)", false),
        "number.toml:7: HPy_Add has no test in Rust and in C\n= help: write",
    );
    starts(
        lacks(uses, "HPy_AddMore(ctx, a, b)", "", true),
        "number.toml:7: HPy_Add has no test in C\n= help: call `calls.",
    );
    starts(lacks("the_HPy_Add", uses, "", false), "number.toml:7: HPy_Add has no test in Rust\n");

    assert_eq!(without("one // HPy_Add\ntwo", "//", "\n"), "one \ntwo");
    assert_eq!(without("one /* HPy_Add */ two", "/*", "*/"), "one \n two");
}
