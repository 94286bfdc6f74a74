// build/written.rs: holds the table against the code that is written by hand: neither may have a function too many.

use super::Sources;
use super::api::{Api, CallTarget, Function};
use super::problems::Problems;

/// Finds `by_hand` records without Rust code, and Rust or C code for functions that are generated.
///
/// In C, a function that no header defines is one of the library.
pub fn check(api: &Api, sources: &Sources) -> Result<(), Problems> {
    let mut problems = Problems::default();
    // What the table says is said of the CPython ABI.
    let of_cpython = |(path, _): &&(String, String)| !path.contains("/loader/");
    for function in &api.functions {
        let name = function.name();
        let written = sources.rust.iter().filter(of_cpython).find(|(_, text)| defines(text, name));
        match (&function.target, written) {
            // No CPython call: the function is not part of the CPython ABI.
            (CallTarget::ByHand { cpython, .. }, None) if !cpython.is_empty() => problems.add(
                &function.place,
                format!("{name} is marked `by_hand`, and no file under src/ defines it"),
                format!("write `pub unsafe fn {name}`, or remove `by_hand` to have it generated"),
            ),
            (CallTarget::Calls(_), Some((path, _))) => problems.add(
                &function.place,
                format!("{name} is generated, and {path} defines it too"),
                "remove the written function, or say why it is written: `by_hand = \"...\"`",
            ),
            _ => {}
        }
        let header = sources.headers.iter().filter(of_cpython).find(|(_, text)| defines_in_c(text, name));
        if let (CallTarget::Calls(_), Some((path, _))) = (&function.target, header) {
            problems.add(
                &function.place,
                format!("{name} is generated, and {path} defines it too"),
                "remove the written function, or say why it is written: `by_hand = \"...\"`",
            );
        }
    }
    problems.unless_any(())
}

/// The functions that C extensions find in the library: those of this ABI that are neither generated nor in a header.
pub fn in_library<'a>(api: &'a Api, sources: &Sources) -> Vec<&'a Function> {
    let is_missing = |function: &&Function| match &function.target {
        CallTarget::Calls(_) => false,
        CallTarget::ByHand { cpython, .. } => {
            !cpython.is_empty() && !in_headers(function, sources, |path| !path.contains("/loader/"))
        }
    };
    api.functions.iter().filter(is_missing).collect()
}

/// Whether a header that is written by hand has the function for the ABIs with a context.
pub fn in_universal_header(function: &Function, sources: &Sources) -> bool {
    in_headers(function, sources, |path| path.contains("/loader/"))
}

fn in_headers(function: &Function, sources: &Sources, of_abi: impl Fn(&str) -> bool) -> bool {
    sources.headers.iter().any(|(path, text)| of_abi(path) && defines_in_c(text, function.name()))
}

/// Whether `text` has the function `name` of the context.
fn defines_in_c(text: &str, name: &str) -> bool {
    let start = format!("{name}(HPyContext *ctx");
    text.match_indices(&start).any(|(at, _)| text[..at].ends_with([' ', '*', '\n']))
}

/// Whether `text` has `fn name`, in a function or in what a macro is given to define.
fn defines(text: &str, name: &str) -> bool {
    let start = format!("fn {name}");
    let ends = |rest: &str| !rest.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_');
    text.match_indices(&start).any(|(at, _)| ends(&text[at + start.len()..]))
}
