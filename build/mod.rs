// build/mod.rs: the generator, as pure functions: the texts of the table in, the texts of the outputs and the cfgs out.

pub mod abi;
pub mod api;
pub mod call;
pub mod context;
pub mod emit_c;
pub mod emit_c_conventions;
pub mod emit_constants;
pub mod emit_conventions;
pub mod emit_docs;
pub mod emit_library;
pub mod emit_rust;
pub mod emit_units;
pub mod emit_units_c;
pub mod emit_units_docs;
pub mod emit_universal;
pub mod emit_universal_c;
pub mod emit_universal_c_conventions;
pub mod emit_universal_conventions;
pub mod packed;
pub mod problems;
pub mod prototype;
pub mod pythons;
pub mod read_api;
pub mod record;
pub mod target;
pub mod types;
pub mod units;
pub mod validate;

use abi::Abi;
use api::{Api, Function};
use problems::Problems;
use pythons::Pythons;
use target::Target;

/// The texts that the generator works on, each with its path relative to the package.
#[derive(Default)]
pub struct Sources {
    /// `shims/api/*.toml`.
    pub table: Vec<(String, String)>,
    /// `pythons.toml`.
    pub pythons: (String, String),
    /// `shims/include/**/*.h`, the headers that are written by hand.
    pub headers: Vec<(String, String)>,
}

/// What one build gets.
pub struct Outputs {
    /// The files under OUT_DIR and their texts.
    pub files: Vec<(String, String)>,
    /// The instructions for cargo that make facts known to the written Rust, without their `cargo::`.
    pub cfgs: Vec<String>,
}

/// Reads the table and emits everything for `abi`, or says what is wrong with the table.
pub fn generate(sources: &Sources, pythons: &Pythons, abi: &Abi) -> Result<Outputs, Problems> {
    let api = read_api::read(&sources.table)?;
    validate::check(&api, pythons)?;
    let (wrappers, in_library) = match abi {
        Abi::CPython(target) => (emit_rust::api(&api, target), emit_library::native(&api)),
        Abi::Universal | Abi::Hybrid(_) => (emit_universal::api(&api, abi), context::in_library(&api)),
    };
    let mut files = vec![
        ("hpy_api.rs".to_owned(), wrappers),
        ("hpy_constants.rs".to_owned(), emit_constants::constants(&api)),
        ("hpy_conventions.rs".to_owned(), emit_conventions::modules(&api, abi)),
        ("hpy_exports.rs".to_owned(), emit_library::exports(&api, &in_library, abi)),
        ("hpy_units.rs".to_owned(), emit_units::rust(&api.units)),
        ("docs/arg_units.md".to_owned(), emit_units_docs::args(&api.units)),
        ("docs/value_units.md".to_owned(), emit_units_docs::values(&api.units)),
        ("docs/format_units.md".to_owned(), emit_units_docs::formats(&api.units)),
    ];
    files.push(("built_for.toml".to_owned(), abi.record()));
    for function in api.functions.iter().filter(|function| is_written(function, abi)) {
        files.push((format!("docs/{}.md", function.name()), emit_docs::function(function, abi)));
    }
    files.extend(headers(&api));
    if let Abi::CPython(target) = abi {
        files.extend(cpython_headers(&api, pythons, target));
    }
    for (path, text) in &sources.headers {
        files.push((path.replacen("shims/", "", 1), text.clone()));
    }
    Ok(Outputs { files, cfgs: pythons.cfgs(abi) })
}

/// Whether the Rust code of a function stands in `src/`.
fn is_written(function: &Function, abi: &Abi) -> bool {
    match abi {
        Abi::CPython(target) => function.call(target.version).is_none(),
        Abi::Universal => function.is_legacy() || function.loader_by_hand.is_some(),
        Abi::Hybrid(_) => function.loader_by_hand.is_some(),
    }
}

/// The generated headers that need no Python: those of every ABI, and those of the ABIs with a context.
fn headers(api: &Api) -> [(String, String); 7] {
    [
        ("include/hpy/runtime/units.h".to_owned(), emit_units_c::header(&api.units)),
        ("include/hpy/constants.h".to_owned(), emit_c::constants(api)),
        ("include/hpy/declarations.h".to_owned(), emit_c_conventions::declarations(api)),
        ("include/hpy/loader/context.h".to_owned(), emit_universal_c::context(api)),
        ("include/hpy/loader/functions.h".to_owned(), emit_universal_c::functions(api)),
        ("include/hpy/loader/conventions.h".to_owned(), emit_universal_c_conventions::header(api)),
        ("include/hpy/loader/library.h".to_owned(), emit_library::header(&context::in_library(api))),
    ]
}

/// The generated headers that are for one CPython.
fn cpython_headers(api: &Api, pythons: &Pythons, target: &Target) -> [(String, String); 5] {
    [
        ("include/hpy/native/functions.h".to_owned(), emit_c::functions(api, target)),
        ("include/hpy/native/context.h".to_owned(), emit_c::context(api, target)),
        ("include/hpy/native/target.h".to_owned(), emit_c::target(pythons, target)),
        ("include/hpy/native/conventions.h".to_owned(), emit_c_conventions::trampolines(api)),
        ("include/hpy/native/library.h".to_owned(), emit_library::header(&emit_library::native(api))),
    ]
}
