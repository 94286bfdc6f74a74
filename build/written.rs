// build/written.rs: holds the table against the code that is written by hand: neither may have a function too many.

use super::Sources;
use super::api::{Api, CallTarget};
use super::problems::Problems;

/// Finds `by_hand` records without Rust code, and Rust code for functions that are generated.
pub fn check(api: &Api, sources: &Sources) -> Result<(), Problems> {
    let mut problems = Problems::default();
    for function in &api.functions {
        let name = function.name();
        let written = sources.rust.iter().find(|(_, text)| defines(text, name));
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
    }
    problems.unless_any(())
}

/// Whether `text` has `fn name`, in a function or in what a macro is given to define.
fn defines(text: &str, name: &str) -> bool {
    let start = format!("fn {name}");
    let ends = |rest: &str| !rest.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_');
    text.match_indices(&start).any(|(at, _)| ends(&text[at + start.len()..]))
}
