// tests/generator.rs: the generator's output: all of it for a tiny table, chosen lines for the real one.

mod common;

use std::collections::BTreeMap;

use common::{cpython, pythons, root, sources, target};
use hpy_generator::emit::{c, rust};
use hpy_generator::model::units::Units;
use hpy_generator::model::{Api, CallTarget};
use hpy_generator::target::abi::Abi;
use hpy_generator::{generate, table};

/// Compares with the committed output; `HPY_SYS_BLESS=1` writes it instead.
fn golden(name: &str, text: &str) {
    let path = root().join("tests/golden/tiny").join(name);
    if std::env::var("HPY_SYS_BLESS").is_ok_and(|value| value == "1") {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text).unwrap();
        return;
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    if let Some((line, (old, new))) = committed.lines().zip(text.lines()).enumerate().find(|(_, (old, new))| old != new)
    {
        panic!(
            "{name}:{}: the output has changed\n  committed: {old}\n  now:       {new}\nto accept it: HPY_SYS_BLESS=1 cargo test --test generator",
            line + 1
        );
    }
    assert_eq!(
        committed.len(),
        text.len(),
        "{name}: the output has another length; to accept it: HPY_SYS_BLESS=1 cargo test --test generator"
    );
}

fn tiny() -> Api {
    let table = std::fs::read_to_string(root().join("tests/golden/tiny/table.toml")).unwrap();
    table::read::read(&[("tests/golden/tiny/table.toml".to_owned(), table)])
        .unwrap_or_else(|problems| panic!("{problems}"))
}

#[test]
fn tiny_table_has_the_committed_output() {
    let api = tiny();
    for name in ["3.9", "3.14t", "3.15"] {
        let target = target(name);
        golden(&format!("{name}/hpy_api.rs"), &rust::native::functions::api(&api, &pythons(), &target));
        golden(&format!("{name}/functions.h"), &c::native::functions::functions(&api, &pythons(), &target));
        golden(&format!("{name}/extras.h"), &c::native::functions::extras(&api, &pythons(), &target));
        golden(&format!("{name}/context.h"), &c::native::context::context(&api, &target));
    }
    golden("hpy_conventions.rs", &rust::conventions::modules(&api, &cpython("3.12")));
    golden("hpy_constants.rs", &rust::constants::constants(&api));
    golden("constants.h", &c::constants::constants(&api));
    golden("declarations.h", &c::conventions::declarations(&api));
    golden("conventions.h", &c::native::conventions::trampolines(&api));
    let functions: Vec<_> = api.functions.iter().collect();
    golden("hpy_units.rs", &rust::units::rust(&api.units));
    golden("units.h", &c::units::header(&api.units));
    golden("library.h", &c::library::header(&functions, &Abi::Universal));
    golden("hpy_exports.rs", &rust::library::exports(&api, &functions, &cpython("3.12")));
    golden("universal/hpy_api.rs", &rust::loader::functions::api(&api, &Abi::Universal));
    golden("universal/hpy_conventions.rs", &rust::conventions::modules(&api, &Abi::Universal));
    golden("universal/context.h", &c::loader::context::context(&api));
    golden("universal/functions.h", &c::loader::functions::functions(&api));
    golden("universal/conventions.h", &c::loader::conventions::trampolines(&api));
    golden("hpy_host.rs", &rust::host::table(&api));
    golden("universal/host.h", &c::loader::host::table(&api));
}

/// The outputs of the real table for a target, by name.
fn full(name: &str) -> BTreeMap<String, String> {
    let outputs = generate(&sources(), &pythons(), &cpython(name)).unwrap_or_else(|problems| panic!("{problems}"));
    outputs.files.into_iter().collect()
}

#[test]
fn every_function_is_emitted_once() {
    let sources = sources();
    let api = table::read::read(&sources.table).unwrap_or_else(|problems| panic!("{problems}"));
    let files = full("3.12");
    let c = [&files["include/hpy/native/functions.h"], &files["include/hpy/native/extras.h"]];
    for function in api.all_functions() {
        let name = function.name();
        let in_rust = files["hpy_api.rs"].matches(&format!("pub unsafe fn {name}(")).count();
        let starts = [format!(" {name}(HPyContext *ctx"), format!("*{name}(HPyContext *ctx")];
        let in_c: usize = c.iter().flat_map(|file| starts.iter().map(|start| file.matches(start).count())).sum();
        let generated = usize::from(matches!(function.target, CallTarget::Generated(_)));
        assert_eq!((in_rust, in_c), (generated, generated), "{name}");
        assert_eq!(files.contains_key(&format!("docs/{name}.md")), generated == 0, "{name}");
    }
}

#[test]
fn every_handle_is_in_the_context() {
    let files = full("3.12");
    let members = files["hpy_api.rs"].matches("    pub h_").count();
    assert_eq!(members, 82, "84 handles, of which the builtins and the type `dict` are methods");
    assert!(files["hpy_api.rs"].contains("pub fn h_DictType(&self) -> HPy"));
    assert!(files["hpy_api.rs"].contains("pub fn h_Builtins(&self) -> HPy"));
    assert_eq!(files["include/hpy/native/context.h"].matches("    HPy h_").count(), 83);
    assert!(files["include/hpy/native/context.h"].contains("#define h_Builtins _h_Builtins()\n"));
    assert!(files["hpy_api.rs"].contains("pub _h_Builtins: unsafe extern \"C\" fn() -> HPy"));
}

/// Every member of the context has the offset that loaders expect, in both languages.
#[test]
fn every_member_is_in_the_universal_context() {
    let outputs = generate(&sources(), &pythons(), &Abi::Universal).unwrap_or_else(|problems| panic!("{problems}"));
    let files: BTreeMap<_, _> = outputs.files.into_iter().collect();
    let (rust, c) = (&files["hpy_api.rs"], &files["include/hpy/loader/context.h"]);
    assert_eq!(rust.matches(" * WORD);").count(), 273 + 1, "273 members and the size");
    assert_eq!(c.matches("_HPY_CONTEXT_MEMBER(").count(), 273);
    for (member, index) in
        [("h_None", 0), ("ctx_Dup", 77), ("h_Builtins", 243), ("ctx_Capsule_New", 244), ("ctx_Slice_New", 272)]
    {
        assert!(rust.contains(&format!(", {member}) == {} * WORD);", index + 3)), "{member}");
        assert!(c.contains(&format!("_HPY_CONTEXT_MEMBER({member}, {});", index + 3)), "{member}");
    }
    assert!(
        !files.keys().any(|path| path.starts_with("include/hpy/native/functions")),
        "there is no Python to build for"
    );
    assert!(!rust.contains("ffi::") && !rust.contains("fn HPy_AsPyObject("));
}

#[test]
fn legacy_calls_are_in_the_hybrid_abi() {
    let abi = Abi::Hybrid(target("3.11"));
    let outputs = generate(&sources(), &pythons(), &abi).unwrap_or_else(|problems| panic!("{problems}"));
    let files: BTreeMap<_, _> = outputs.files.into_iter().collect();
    assert!(
        files["hpy_api.rs"].contains("pub unsafe fn HPy_AsPyObject(ctx: &HPyContext, h: HPy) -> *mut cpy_PyObject")
    );
    assert!(outputs.cfgs.contains(&"rustc-cfg=cpython_bindings_link_std".to_owned()), "{:?}", outputs.cfgs);
}

#[test]
fn the_call_depends_on_the_version() {
    let dump = |version| full(version)["hpy_api.rs"].contains("ffi::_PyObject_Dump(");
    assert!(dump("3.9") && dump("3.14") && dump("3.14t"));
    assert!(!dump("3.15") && full("3.15")["hpy_api.rs"].contains("ffi::PyObject_Dump("));
}

#[test]
fn emitted_code_tests_no_version() {
    for name in ["3.9", "3.13", "3.15", "3.15t"] {
        let files = full(name);
        for (path, text) in &files {
            assert!(!text.contains("PY_VERSION_HEX"), "{name}: {path}");
        }
        assert!(!files["hpy_api.rs"].contains("cfg("), "{name}");
        assert_eq!(
            files["include/hpy/native/target.h"].matches("#if ").count(),
            1,
            "{name}: only the guard of Python.h"
        );
    }
}

/// A hand-written function is in a header, or in the library: declared for C and exported by Rust.
#[test]
fn every_function_by_hand_has_its_place_in_c() {
    let sources = sources();
    let api = table::read::read(&sources.table).unwrap_or_else(|problems| panic!("{problems}"));
    let files = full("3.12");
    let in_library: Vec<_> =
        hpy_generator::model::context::native_library(&api).iter().map(|function| function.name()).collect();
    assert!(in_library.contains(&"HPyType_FromSpec") && in_library.contains(&"HPyTracker_New"), "{in_library:?}");
    for name in ["HPy_Dup", "HPy_Close", "HPyField_Load", "HPyGlobal_Load", "_HPy_New", "_HPy_AsStruct_Object"] {
        assert!(!in_library.contains(&name), "{name} is hot, and belongs into a header");
    }
    for name in in_library {
        assert!(files["include/hpy/native/library.h"].contains(&format!("{name}(HPyContext *ctx")), "{name}");
        assert!(files["hpy_exports.rs"].contains(&format!("\"{name}\", {name} as fn(")), "{name}");
    }
}

#[test]
fn facts_follow_pythons_toml() {
    let cfgs = |name: &str| {
        pythons().cfgs(&cpython(name)).into_iter().filter(|line| line.starts_with("rustc-cfg=")).collect::<Vec<_>>()
    };
    assert!(cfgs("3.9").contains(&"rustc-cfg=cpython_type_keeps_name_pointer".to_owned()));
    assert!(!cfgs("3.11").contains(&"rustc-cfg=cpython_type_keeps_name_pointer".to_owned()));
    assert!(!cfgs("3.11").contains(&"rustc-cfg=cpython_type_from_metaclass".to_owned()));
    assert!(cfgs("3.12").contains(&"rustc-cfg=cpython_type_from_metaclass".to_owned()));
    assert!(cfgs("3.14t").contains(&"rustc-cfg=cpython_inline_shared_counts".to_owned()));
    assert!(!cfgs("3.14").contains(&"rustc-cfg=cpython_inline_shared_counts".to_owned()));
    assert!(!pythons().cfgs(&Abi::Universal).iter().any(|line| line.starts_with("rustc-cfg=")));
    let header = |name: &str| c::native::target::target(&pythons(), &target(name));
    assert!(header("3.12").contains("#define HPY_CPYTHON_COMPACT_INTS 1\n"));
    assert!(!header("3.11").contains("COMPACT_INTS"));
    assert!(header("3.14t").contains("#define HPY_CPYTHON_FREE_THREADED 1\n"));
}

#[test]
fn every_fact_is_used() {
    let (rust, sources) = (common::rust(), sources());
    for fact in pythons().facts {
        let name = &fact.name;
        let asks = |files: &[(String, String)], text: &str| files.iter().any(|(_, file)| file.contains(text));
        let used = asks(&rust, &format!("cpython_{name}"))
            || asks(&sources.table, &format!("when {name} "))
            || asks(&sources.headers, &format!("HPY_CPYTHON_{}", name.to_uppercase()));
        assert!(
            used,
            "nothing in src/, shims/api or shims/include asks for the fact `{name}`: remove it from pythons.toml"
        );
    }
}

/// The random cases that are compared with CPython have each unit of a format.
#[test]
fn every_unit_is_fuzzed() {
    let api = table::read::read(&sources().table).unwrap_or_else(|problems| panic!("{problems}"));
    let check = |kind: &str, spellings: Vec<String>| {
        let path = format!("abi-tests/fuzz/{kind}.py");
        let text = std::fs::read_to_string(root().join(&path)).unwrap();
        let line = format!("UNITS = \"{}\".split()", spellings.join(" "));
        assert!(text.lines().any(|found| found == line), "{path} has not all units: {line}");
    };
    let Units { args, values, formats } = api.units;
    check("arguments", args.into_iter().flat_map(|unit| unit.spellings).collect());
    check("values", values.into_iter().flat_map(|unit| unit.spellings).collect());
    check("text", formats.into_iter().flat_map(|unit| unit.spellings).collect());
}
