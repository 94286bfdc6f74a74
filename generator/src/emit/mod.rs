// generator/src/emit/mod.rs: which files a build gets, and what emits each of them.

mod bodies;
pub mod c;
pub mod docs;
pub mod rust;

use crate::Sources;
use crate::model::context::{loader_library, native_library};
use crate::model::{Api, Function};
use crate::problems::Problems;
use crate::table;
use crate::target::Target;
use crate::target::abi::Abi;
use crate::target::pythons::Pythons;

/// What one build gets.
pub struct Outputs {
    /// The files under OUT_DIR and their texts.
    pub files: Vec<(String, String)>,
    /// The instructions for cargo that make facts known to the written Rust, without their `cargo::`.
    pub cfgs: Vec<String>,
}

/// Reads the table and emits everything for `abi`, or says what is wrong with the table.
pub fn generate(sources: &Sources, pythons: &Pythons, abi: &Abi) -> Result<Outputs, Problems> {
    let api = table::read(&sources.table, pythons)?;
    let mut files = vec![("built_for.toml".to_owned(), abi.record())];
    files.extend(rust_files(&api, pythons, abi));
    for function in api.all_functions().filter(|function| is_written(function, abi)) {
        files.push((format!("docs/{}.md", function.name()), docs::function(function, abi)));
    }
    files.push(("docs/arg_units.md".to_owned(), docs::units::args(&api.units)));
    files.push(("docs/value_units.md".to_owned(), docs::units::values(&api.units)));
    files.push(("docs/format_units.md".to_owned(), docs::units::formats(&api.units)));
    files.extend(c_files(&api));
    if let Abi::CPython(target) = abi {
        files.extend(native_c_files(&api, pythons, target));
    }
    for (path, text) in &sources.headers {
        files.push((path.replacen("shims/", "", 1), text.clone()));
    }
    Ok(Outputs { files, cfgs: pythons.cfgs(abi) })
}

/// The contexts that this project's loader hands to modules, as one file of Rust. It is the same for every CPython.
pub fn contexts(sources: &Sources, pythons: &Pythons) -> Result<String, Problems> {
    Ok(rust::contexts::functions::contexts(&table::read(&sources.table, pythons)?))
}

/// Whether the Rust code of a function stands in `src/`.
fn is_written(function: &Function, abi: &Abi) -> bool {
    match abi {
        Abi::CPython(target) => function.code(target.version).is_none(),
        Abi::Universal => function.is_legacy() || function.loader_by_hand.is_some(),
        Abi::Hybrid(_) => function.loader_by_hand.is_some(),
    }
}

/// The Rust of one ABI.
fn rust_files(api: &Api, pythons: &Pythons, abi: &Abi) -> [(String, String); 6] {
    let (functions, library) = match abi {
        Abi::CPython(target) => (rust::native::functions::api(api, pythons, target), native_library(api)),
        Abi::Universal | Abi::Hybrid(_) => (rust::loader::functions::api(api, abi), loader_library(api)),
    };
    [
        ("hpy_api.rs".to_owned(), functions),
        ("hpy_constants.rs".to_owned(), rust::constants::constants(api)),
        ("hpy_conventions.rs".to_owned(), rust::conventions::modules(api, abi)),
        ("hpy_host.rs".to_owned(), rust::host::table(api)),
        ("hpy_exports.rs".to_owned(), rust::library::exports(api, &library, abi)),
        ("hpy_units.rs".to_owned(), rust::units::rust(&api.units)),
    ]
}

/// The headers that need no Python: those of every ABI, and those of the loader ABIs.
fn c_files(api: &Api) -> [(String, String); 8] {
    [
        ("include/hpy/constants.h".to_owned(), c::constants::constants(api)),
        ("include/hpy/declarations.h".to_owned(), c::conventions::declarations(api)),
        ("include/hpy/runtime/units.h".to_owned(), c::units::header(&api.units)),
        ("include/hpy/loader/context.h".to_owned(), c::loader::context::context(api)),
        ("include/hpy/loader/functions.h".to_owned(), c::loader::functions::functions(api)),
        ("include/hpy/loader/host.h".to_owned(), c::loader::host::table(api)),
        ("include/hpy/loader/conventions.h".to_owned(), c::loader::conventions::trampolines(api)),
        ("include/hpy/loader/library.h".to_owned(), c::library::header(&loader_library(api), &Abi::Universal)),
    ]
}

/// The headers that are for one CPython.
fn native_c_files(api: &Api, pythons: &Pythons, target: &Target) -> [(String, String); 6] {
    [
        ("include/hpy/native/functions.h".to_owned(), c::native::functions::functions(api, pythons, target)),
        ("include/hpy/native/extras.h".to_owned(), c::native::functions::extras(api, pythons, target)),
        ("include/hpy/native/context.h".to_owned(), c::native::context::context(api, target)),
        ("include/hpy/native/target.h".to_owned(), c::native::target::target(pythons, target)),
        ("include/hpy/native/conventions.h".to_owned(), c::native::conventions::trampolines(api)),
        (
            "include/hpy/native/library.h".to_owned(),
            c::library::header(&native_library(api), &Abi::CPython(target.clone())),
        ),
    ]
}
