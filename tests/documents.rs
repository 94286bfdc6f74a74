// tests/documents.rs: the documents agree with the code: versions, paths, tables, figures.

mod common;

use std::collections::BTreeSet;

use common::{pythons, root, sources};
use hpy_generator::emit::docs::{porting, units};
use hpy_generator::model::{Extra, Function};
use hpy_generator::table;

fn read(name: &str) -> String {
    std::fs::read_to_string(root().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// The cells of the table rows that begin with `| 3.`.
fn table_of_pythons(document: &str) -> Vec<Vec<String>> {
    let rows = document.lines().filter(|line| line.starts_with("| 3."));
    rows.map(|row| row.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect()).collect()
}

#[test]
fn the_listed_pythons_are_those_of_pythons_toml() {
    let all = pythons().pythons;
    let mut expected: Vec<Vec<String>> = Vec::new();
    let mut versions: Vec<_> = all.iter().map(|python| python.version).collect();
    versions.dedup();
    for version in versions {
        let has = |debug, free_threaded, word: &str| {
            let found = all
                .iter()
                .any(|python| (python.version, python.debug, python.free_threaded) == (version, debug, free_threaded));
            if found { word.to_owned() } else { "-".to_owned() }
        };
        expected.push(vec![
            version.to_string(),
            has(false, false, "tested"),
            has(true, false, "tested"),
            has(false, true, "compiled"),
        ]);
    }
    assert_eq!(table_of_pythons(&read("docs/building.md")), expected);
}

#[test]
fn readme_shows_how_the_abi_is_chosen() {
    let readme = read("README.md");
    let manifest = readme.split("```toml\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    let block = &manifest[manifest.find("# The ABI to build for").expect("the comment of the features")..];
    assert!(block.contains("[features]"));
    for example in ["quickstart", "json", "tally", "c-extension"] {
        let manifest = read(&format!("examples/{example}/Cargo.toml"));
        assert!(manifest.contains(block), "examples/{example}/Cargo.toml does not have this:\n{block}");
    }
}

#[test]
fn documents_name_files_that_are_there() {
    for document in ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"] {
        let text = read(document);
        let named = text
            .split('`')
            .skip(1)
            .step_by(2)
            .chain(text.split("](").skip(1).filter_map(|rest| rest.split(')').next()));
        let mut count = 0;
        for name in named {
            let is_path = name.contains('/')
                && !name.contains([' ', '*', '~', ':', '!', '\n'])
                && !name.starts_with("../")
                && !name.starts_with("OUT_DIR");
            if is_path {
                count += 1;
                assert!(root().join(name).exists(), "{document} names {name}, which is not there");
            }
        }
        assert!(count > 2, "{document}: only {count} paths");
    }
}

#[test]
fn the_oldest_rust_is_that_of_pyo3_ffi() {
    let manifest = read("Cargo.toml");
    assert!(manifest.contains("rust-version = \"1.85\"") && read("README.md").contains("Rust 1.85 or newer"));
}

#[test]
fn the_c_api_table_is_that_of_the_records() {
    let api = table::read::read(&sources().table).unwrap_or_else(|problems| panic!("{problems}"));
    let text = format!("{C_API_TO_HPY}{}", porting::tables(&api));
    if std::env::var("HPY_SYS_BLESS").is_ok_and(|value| value == "1") {
        std::fs::write(root().join("docs/c-api-to-hpy.md"), &text).unwrap();
    }
    assert!(
        read("docs/c-api-to-hpy.md") == text,
        "docs/c-api-to-hpy.md is not what the table says: HPY_SYS_BLESS=1 cargo test --test documents"
    );
}

const C_API_TO_HPY: &str = "<!-- docs/c-api-to-hpy.md: generated from shims/api by tests/documents.rs. Do not edit. -->
# From the C API to HPy\n
What a port writes in place of each name of CPython's C API. [porting-from-c.md](porting-from-c.md) takes an extension from one to
the other. Where several HPy functions replace one, choose by the name.\n
A HPy function never borrows and never steals, unless its name says `Borrow` or `Give`: close each handle that it returns, and keep
each handle that you pass. In Rust the names are the same. *No counterpart* comes with what to do; CPython's own function can always be called beside, natively, with the
object of `HPy_AsPyObject`.
";

/// The table has each row of HPy's own porting guide.
#[test]
fn what_hpys_porting_guide_maps_is_in_the_table() {
    let api = table::read::read(&sources().table).unwrap_or_else(|problems| panic!("{problems}"));
    let rows = api.replaced();
    let mut missing = Vec::new();
    for line in include_str!("porting_guide.txt").lines().filter(|line| !line.starts_with('#')) {
        let (cpython, hpy) = line.split_once(' ').expect(line);
        if !rows.iter().any(|row| row.cpython == cpython && row.hpy == hpy) {
            missing.push(line);
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

/// docs/formats.md: the units of every format, from the table; HPY_SYS_BLESS=1 writes it.
#[test]
fn formats_md_lists_the_units() {
    let api = table::read::read(&sources().table).unwrap_or_else(|problems| panic!("{problems}"));
    let text = format!(
        "{FORMATS_MD}{}{VALUES_OF_FORMATS_MD}{}{TEXTS_OF_FORMATS_MD}{}",
        units::args(&api.units),
        units::values(&api.units),
        units::formats(&api.units),
    );
    if std::env::var_os("HPY_SYS_BLESS").is_some() {
        std::fs::write(root().join("docs/formats.md"), &text).unwrap();
    }
    assert!(read("docs/formats.md") == text, "docs/formats.md is not what the table says: HPY_SYS_BLESS=1 writes it");
}

const FORMATS_MD: &str = "<!-- docs/formats.md: generated from shims/api by tests/documents.rs. Do not edit. -->
# The units of formats\n
## Arguments: `HPyArg_Parse`, `HPyArg_ParseKeywords`, `HPyArg_ParseKeywordsDict`\n
In C an argument of the call is the address of the variable; in Rust, `&mut` of it, and rustc checks the type. `|` stands
before the first argument that the caller may leave out, `$` before the first that is for keywords only. `:name` at the end
names the function in messages; `;text` replaces every message of the parser.\n
`(ii)O` takes a sequence of two integers apart, of any kind but text and `dict`, and then an object: in parentheses each unit, or another
`(...)`, is for an item. A sequence has one parameter, and one name, and as many variables as units. A handle, or a text that its object
owns, of an item needs a tracker, also for `HPyArg_Parse`: the tracker keeps the items until it is closed.\n
";

const VALUES_OF_FORMATS_MD: &str = "
## Objects from values: `HPy_BuildValue`\n
No unit is `None`, one is the object itself, more are a tuple. `(...)` is a tuple, `[...]` a list, `{key:value, ...}` a
dictionary. Handles and strings stay the caller's.\n
";

const TEXTS_OF_FORMATS_MD: &str = "
## Text from values: `HPyUnicode_FromFormat`, `HPyUnicode_FromFormatV`, `HPyErr_Format`\n
A directive is `%[0][width][.precision]unit`; the rest of the format is ASCII. Handles and strings stay the caller's.\n
";

/// shims/api/README.md has exactly the keys that the reader knows.
#[test]
fn the_keys_of_records_are_documented() {
    let text = read("shims/api/README.md");
    const NESTED: &str =
        "[[function]]\nindex = 1\nc = \"void HPy_X(HPyContext *ctx)\"\ndoc = \"d\"\n[[function.cpython]]\n";
    let required = "index = 1\nnumber = 1\nname = \"HPy_x\"\nc = \"HPy HPy_X(HPyContext *ctx)\"\ndoc = \"d\"\n";
    for (table, records) in [
        ("function", &["[[function]]\n", "[[function]]\nby_hand = \"why\"\n"][..]),
        ("handle", &["[[handle]]\n"]),
        ("slot", &["[[slot]]\n"]),
        ("signature", &["[[signature]]\n"]),
        ("enum", &["[[enum]]\n"]),
        ("enum.value", &["[[enum]]\nname = \"E\"\ndoc = \"d\"\n[[enum.value]]\n"]),
        ("constant", &["[[constant]]\n"]),
        ("helper", &["[[helper]]\n"]),
        ("counterpart", &["[[counterpart]]\n"]),
        ("note", &["[[note]]\n"]),
        ("fragment", &["[[fragment]]\n"]),
        ("function.cpython", &[NESTED]),
        ("arg_unit", &["[[arg_unit]]\n"]),
        ("value_unit", &["[[value_unit]]\n"]),
        ("format_unit", &["[[format_unit]]\n"]),
    ] {
        let mut known = BTreeSet::new();
        for record in records {
            let table = format!("{record}{required}nobody = \"asks\"\n");
            let problems = table::read::read(&[("table.toml".to_owned(), table)]).map(drop).unwrap_err().to_string();
            let (_, keys) = problems.split_once("= help: the keys here are `").unwrap_or_else(|| panic!("{problems}"));
            known.extend(keys.lines().next().unwrap().trim_end_matches('`').split("`, `").map(str::to_owned));
        }
        let (_, section) = text.split_once(&format!("## `[[{table}]]`\n")).unwrap_or_else(|| panic!("no {table}"));
        let section = section.split("\n## ").next().unwrap();
        let rows = section.lines().filter_map(|line| line.strip_prefix("| `")?.split_once("` |"));
        let documented: BTreeSet<_> = rows.map(|(key, _)| key.to_owned()).collect();
        assert_eq!(documented, known, "[[{table}]]");
    }
}

/// Each helper is defined by a header.
#[test]
fn helpers_are_in_the_headers() {
    let sources = sources();
    let api = table::read::read(&sources.table).unwrap_or_else(|problems| panic!("{problems}"));
    for helper in &api.porting.helpers {
        let ends = |text: &str| !text.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_');
        let has = |text: &str| text.match_indices(&helper.name).any(|(at, name)| ends(&text[at + name.len()..]));
        assert!(sources.headers.iter().any(|(_, text)| has(text)), "no header has {}", helper.name);
    }
}

/// The cells of a table's rows, from the one that begins with `start` on.
fn table(text: &str, start: &str) -> Vec<Vec<String>> {
    let rows = text.lines().skip_while(|line| !line.starts_with(start)).take_while(|line| line.starts_with('|'));
    rows.map(|row| row.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect()).collect()
}

#[test]
fn readme_has_figures_of_the_performance_document() {
    let all = table(&read("docs/performance.md"), "| row | capi | pyo3-ffi | native-c |");
    let chosen = table(&read("README.md"), "| row | hpy-sys in C |");
    let column = |name: &str| all[0].iter().position(|head| head == name).unwrap();
    let columns = ["row", "native-c", "native", "pyo3", "nanobind", "cython", "pybind11"].map(column);
    assert!(chosen.len() > 6, "{chosen:?}");
    for row in &chosen[2..] {
        let full = all.iter().find(|full| full[0] == row[0]).unwrap_or_else(|| panic!("no row {}", row[0]));
        assert_eq!(*row, columns.map(|column| full[column].clone()));
    }
}

#[test]
fn the_performance_document_has_the_reasons_of_the_rows() {
    let document = read("docs/performance.md");
    let rows: toml::Table = read("cargo-hpy/bench/rows.toml").parse().unwrap();
    let rows = rows["row"].as_array().unwrap();
    let listed: Vec<_> = document.lines().filter(|line| line.starts_with("* ") && line.contains("`native")).collect();
    let mut count = 0;
    for row in rows {
        let (name, reasons) = (row["name"].as_str().unwrap(), row.get("above").and_then(|above| above.as_table()));
        for (mode, why) in reasons.into_iter().flatten() {
            let (mode, why) = (format!("`{mode}`"), format!(": {}", why.as_str().unwrap()));
            let fits = |line: &&&str| line.starts_with(&format!("* {name}, `")) && line.contains(&mode);
            assert!(listed.iter().filter(fits).any(|line| line.ends_with(&why)), "{name}, {mode}{why} is missing");
            count += 1;
        }
    }
    let modes: usize = listed.iter().map(|line| line.matches("`native").count()).sum();
    assert_eq!(modes, count, "docs/performance.md lists reasons that rows.toml does not have");
}

/// docs/null.md: a row for each function that takes handles, from the table; HPY_SYS_BLESS=1 writes it.
#[test]
fn null_md_lists_what_null_does() {
    let api = table::read::read(&sources().table).unwrap_or_else(|problems| panic!("{problems}"));
    let mut text = String::from(NULL_MD);
    let mut rows: Vec<_> = api.all_functions().filter_map(row_of_nulls).collect();
    rows.sort();
    text.extend(rows);
    if std::env::var_os("HPY_SYS_BLESS").is_some() {
        std::fs::write(root().join("docs/null.md"), &text).unwrap();
    }
    assert!(read("docs/null.md") == text, "docs/null.md is not what the table says: HPY_SYS_BLESS=1 writes it");
}

const NULL_MD: &str = "# The effect of `HPy_NULL`\n
The effect of `HPy_NULL` as a handle argument of each function, on every CPython, in the native ABI. The function raises the
named exception. *Allowed*: the function's documentation gives `HPy_NULL` a meaning, or the function answers no. A dash is
undefined: CPython's own function ends the process, at least on some versions.
`abi-tests/python/test_nulls.py` tests each cell that is not a dash.\n
| function | argument: effect |
|---|---|
";

fn row_of_nulls(function: &Function) -> Option<String> {
    let handles = function.prototype.parameters.iter().filter(|parameter| parameter.of.c == "HPy");
    let cell = |name: &str| match function.on_null(name) {
        Some("allowed") => format!("`{name}`: *allowed*"),
        Some(exception) => format!("`{name}`: `{exception}`"),
        None => format!("`{name}`: -"),
    };
    let cells: Vec<_> = handles.map(|parameter| cell(&parameter.name)).collect();
    (!cells.is_empty()).then(|| format!("| `{}` | {} |\n", function.name(), cells.join(", ")))
}

/// docs/extras.md: a row for each function and slot that HPy 0.9 lacks, from the table; HPY_SYS_BLESS=1 writes it.
#[test]
fn extras_md_lists_the_extras() {
    let api = table::read::read(&sources().table).unwrap_or_else(|problems| panic!("{problems}"));
    let mut text = String::from(EXTRAS_MD);
    let mut families: Vec<&str> = api.extras.iter().map(|function| function.place.file.as_str()).collect();
    families.sort_unstable();
    families.dedup();
    for family in families {
        text.push_str(&heading(family));
        let of_family = api.extras.iter().filter(|function| function.place.file == family);
        text.extend(of_family.map(row_of_extra));
    }
    text.push_str("\n## Slots\n\n| slot | what |\n|---|---|\n");
    for slot in api.slots.iter().filter(|slot| slot.place.file.contains("/extras/")) {
        text.push_str(&format!("| `{}` | {} |\n", slot.name, first_sentence(&slot.doc)));
    }
    if std::env::var_os("HPY_SYS_BLESS").is_some() {
        std::fs::write(root().join("docs/extras.md"), &text).unwrap();
    }
    assert!(read("docs/extras.md") == text, "docs/extras.md is not what the table says: HPY_SYS_BLESS=1 writes it");
}

const EXTRAS_MD: &str = "<!-- docs/extras.md: generated from shims/api/extras by tests/documents.rs. Do not edit. -->
# What HPy 0.9 lacks\n
Functions and slots of hpy-sys beyond HPy 0.9, in C and in Rust, for every ABI. `hpy.h` includes `hpy/extras.h`, which has the
functions; a source that calls none is compiled as before. Natively each is the CPython call in the second column, on a CPython
that has it, and the same result by a few calls on others.\n
A universal or hybrid module calls them in [this project's loader](loader.md). Through another loader *portable* ones are made of
HPy 0.9's functions, and the others raise `ImportError`, whose message names the function and the loader that has it. HPy 0.9.0's
own loader passes the slots on to CPython. PyPy 7.3.19 refuses a type that has one.\n
The `ImportError` comes with the call. A module that needs such a function, and is to be refused when it is loaded, calls one in its
`HPy_mod_exec` before anything else: `HPyErr_CheckSignals` has no other effect there. A module with state is refused as it is. The linker cannot
tell which functions a module uses: one library may have several modules, a call may stand behind a test of the loader, and rustc keeps
the note of a wrapper (a `#[used]` static in a section) whether anything calls the wrapper or not, where GNU ld with `--gc-sections` drops that of
a C function which is called.\n
## Builders\n
A `HPyStrBuilder` and a `HPyBytesBuilder` grow as they are written to, and their memory becomes that of the object. They are structs
of the author's own, passed by their address; after `Build` and `Cancel` they are empty. Safe Rust has them as `TextBuilder` and
`BytesBuilder`, which cancel themselves. What writes to them is inlined, in every ABI:\n
```c
HPyStrBuilder text = HPyStrBuilder_New(ctx, 0);  /* 0: the length is not known */
if (HPyStrBuilder_WriteASCII(ctx, &text, \"[\", 1) != 0 || HPyStrBuilder_WriteRepr(ctx, &text, item) != 0
        || HPyStrBuilder_WriteChar(ctx, &text, 0x20ac) != 0) {
    HPyStrBuilder_Cancel(ctx, &text);
    return HPy_NULL;
}
return HPyStrBuilder_Build(ctx, &text);
```\n
| | `HPyStrBuilder_` | `HPyBytesBuilder_` |
|---|---|---|
| begin, with a first size | `New` | `New` |
| write | `WriteChar`, `WriteASCII`, `WriteUTF8`, `WriteStr`, `WriteSubstring`, `WriteObject`, `WriteRepr` | `Write` |
| write in place, where the width is known | `ReserveASCII`, `Reserve1`, `Reserve2`, `Reserve4`, then `Advance` | `Reserve`, then `Advance`; `AsString` |
| size | `Size`, `Truncate` | `Size`, `Resize` |
| end | `Build`, `Cancel` | `Build`, `Cancel` |\n
A list builder of C's numbers makes the objects: `HPyListBuilder_i` of `int`, `HPyListBuilder_i64` of `int64_t`, and `HPyListBuilder_d` of
`double`, each with `_New`, `_Set`, `_Append`, `_Build` and `_Cancel`. `HPyListBuilder_Give` and
`HPyTupleBuilder_Give` are `Set` and `HPy_Close` of the handle in one.\n
## For a short use\n
`HPyGlobal_Borrow` gives the object of a global, `HPy_BorrowType` the type of an object, `HPyList_BorrowItem` and `HPyTuple_BorrowItem` an item, and
`HPyDict_BorrowNext` what `HPyDict_Next` does, as handles that the native ABI does not count where there is a global lock.
`HPyGlobal_EndBorrow` ends the first, and `HPy_EndBorrow` the others, in place of `HPy_Close`. Until then nothing may store another value in the global, assign
`__class__`, or take the item from its container: no Python code runs that could. Elsewhere they are counted.\n
```c
HPy type = HPy_BorrowType(ctx, self);
int is_same = HPy_TypeIs(ctx, other, type);
HPy_EndBorrow(ctx, type);
```\n
## Helpers\n
* `HPyLong_FromInt128`, `HPyLong_AsInt128`, `HPyLong_FromUInt128`, `HPyLong_AsUInt128`: in C where the compiler has 128 bits, as
  `HPy_int128` and `HPy_uint128`.
* `HPyGlobal_Borrow` and `HPyGlobal_EndBorrow` give the object of a global for a short use, without a count natively; through any loader they
  are `HPyGlobal_Load` and `HPy_Close`. Nothing may store another value between the two: [threads.md](threads.md) compares the ways.
* `HPyException_AddNote` adds a note to an exception, and `HPyErr_AddNote` to the one that is set, also before Python 3.11.
* Units of the argument parsers: [formats.md](formats.md) has them all. HPy 0.9 has those up to `p`. A parser that fails releases
  the buffers and memory that it gave before. In Rust the variable of a unit may be an `Option`, which stays `None` if the argument
  is left out, and that of a buffer begins as `HPy_buffer::EMPTY`.
";

/// The heading of a family, whose file opens with its path and one sentence.
fn heading(file: &str) -> String {
    let text = read(file);
    let sentence = text.lines().next().and_then(|line| line.split_once(": ")).expect("a file opens with a sentence").1;
    let mut letters = sentence.trim_end_matches('.').chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    format!("\n## {first}{}\n\n| function | CPython | other loaders | what |\n|---|---|---|---|\n", letters.as_str())
}

fn row_of_extra(function: &Function) -> String {
    let newest = function.call(pythons().limits.maximum).map(|call| call.function.clone());
    let cpython = newest.or(function.stands_on.clone()).expect("it is a call, or stands on one");
    let elsewhere = match &function.extra {
        Some(Extra::NeedsLoader { reason }) => format!("`ImportError`: {reason}"),
        _ => "portable".to_owned(),
    };
    format!("| `{}` | `{cpython}` | {elsewhere} | {} |\n", function.name(), first_sentence(&function.doc))
}

fn first_sentence(doc: &str) -> String {
    let paragraph = doc.split("\n\n").next().unwrap_or_default().replace('\n', " ");
    paragraph.split_once(". ").map_or(paragraph.clone(), |(first, _)| format!("{first}."))
}
