// build/mod.rs: the generator, as pure functions: the texts of the table in, the texts of the outputs and the cfgs out.

pub mod api;
pub mod call;
pub mod emit_c;
pub mod emit_c_conventions;
pub mod emit_conventions;
pub mod emit_docs;
pub mod emit_library;
pub mod emit_rust;
pub mod problems;
pub mod prototype;
pub mod pythons;
pub mod read_api;
pub mod record;
pub mod target;
pub mod types;
pub mod validate;
pub mod written;

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
    /// `src/**/*.rs`, the Rust that is written by hand.
    pub rust: Vec<(String, String)>,
}

/// What one target gets.
pub struct Outputs {
    /// The files under OUT_DIR and their texts.
    pub files: Vec<(String, String)>,
    /// The instructions for cargo that make facts known to the written Rust, without their `cargo::`.
    pub cfgs: Vec<String>,
}

/// Reads the table and emits everything for `target`, or says what is wrong with the table.
pub fn generate(sources: &Sources, pythons: &Pythons, target: &Target) -> Result<Outputs, Problems> {
    let api = read_api::read(&sources.table)?;
    validate::check(&api, pythons)?;
    written::check(&api, sources)?;
    let in_library = written::in_library(&api, sources);
    let mut files = vec![
        ("hpy_api.rs".to_owned(), emit_rust::api(&api, target)),
        ("hpy_conventions.rs".to_owned(), emit_conventions::modules(&api)),
        ("include/hpy/cpython/functions.h".to_owned(), emit_c::functions(&api, target)),
        ("include/hpy/cpython/context.h".to_owned(), emit_c::context(&api, target)),
        ("include/hpy/cpython/target.h".to_owned(), emit_c::target(pythons, target)),
        ("include/hpy/cpython/conventions.h".to_owned(), emit_c_conventions::header(&api)),
        ("include/hpy/cpython/library.h".to_owned(), emit_library::header(&in_library, target)),
        ("hpy_exports.rs".to_owned(), emit_library::exports(&in_library, target)),
        ("include/hpy/constants.h".to_owned(), emit_c::constants(&api)),
    ];
    for function in api.functions.iter().filter(|function| function.call(target.version).is_none()) {
        files.push((format!("docs/{}.md", function.name()), emit_docs::function(function, target.version)));
    }
    for (path, text) in &sources.headers {
        files.push((path.replacen("shims/", "", 1), text.clone()));
    }
    Ok(Outputs { files, cfgs: pythons.cfgs(target) })
}
