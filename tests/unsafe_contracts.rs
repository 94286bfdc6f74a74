// tests/unsafe_contracts.rs: every `unsafe fn` of the crate says what its caller promises, and only its body relies on that.

mod common;

use std::path::Path;

use common::root;

/// A source file, line by line.
struct Source {
    name: String,
    lines: Vec<String>,
}

impl Source {
    /// The documentation and the attributes above a line.
    fn above(&self, line: usize) -> impl Iterator<Item = &str> {
        let above = self.lines[..line].iter().rev().map(|line| line.trim_start());
        above.take_while(|line| line.starts_with("//") || line.starts_with("#["))
    }

    /// Whether a function is one of an `impl` of a trait: its contract is the trait's.
    fn implements_a_trait(&self, function: usize) -> bool {
        let depth = indentation(&self.lines[function]);
        let is_around = |line: &&String| !line.trim().is_empty() && indentation(line) < depth;
        self.lines[..function].iter().rev().find(is_around).is_some_and(|line| {
            let line = line.trim_start();
            line.trim_start_matches("unsafe ").starts_with("impl") && line.contains(" for ")
        })
    }

    /// The line of the function around a line: the nearest one above that is indented less.
    fn function_around(&self, line: usize) -> Option<usize> {
        let mut depth = indentation(&self.lines[line]);
        for above in (0..line).rev().filter(|&above| !self.lines[above].trim().is_empty()) {
            let text = &self.lines[above];
            if indentation(text) < depth {
                // The end of a parameter list is indented as its beginning is.
                depth = indentation(text) + usize::from(text.trim_start().starts_with([')', '{']));
                if is_function(text) {
                    return Some(above);
                }
            }
        }
        None
    }
}

fn indentation(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// Whether a line declares a function, and not the type of one.
fn is_function(line: &str) -> bool {
    let line = line.trim_start();
    let Some((before, name)) = line.split_once("fn ") else { return false };
    let is_qualifier = |word: &str| {
        word.starts_with("pub") || ["const", "unsafe", "extern", "\"C\"", "in", "crate)", "super)"].contains(&word)
    };
    !line.starts_with("//")
        && before.split(' ').filter(|word| !word.is_empty()).all(is_qualifier)
        && !name.starts_with('(')
}

fn is_unsafe_function(line: &str) -> bool {
    is_function(line) && line.split("fn ").next().unwrap_or_default().contains("unsafe ")
}

fn collect(folder: &Path, sources: &mut Vec<Source>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, sources);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let name = path.strip_prefix(root()).unwrap().display().to_string();
            let lines = std::fs::read_to_string(&path).unwrap().lines().map(str::to_owned).collect();
            sources.push(Source { name, lines });
        }
    }
}

fn sources() -> Vec<Source> {
    let mut sources = Vec::new();
    collect(&root().join("src"), &mut sources);
    sources
}

#[test]
fn every_unsafe_function_says_its_contract() {
    let (mut count, mut missing) = (0, String::new());
    for source in sources() {
        for (line, text) in source.lines.iter().enumerate().filter(|(_, text)| is_unsafe_function(text)) {
            count += 1;
            let is_contract = |line: &str| line.starts_with("/// # Safety") || line.contains("table_doc!(");
            if !source.implements_a_trait(line) && !source.above(line).any(is_contract) {
                missing += &format!("{}:{}: {}\n", source.name, line + 1, text.trim());
            }
        }
    }
    assert!(count > 300, "only {count} functions");
    assert!(missing.is_empty(), "without `/// # Safety`, or `table_doc!` with the words of the table:\n{missing}");
}

#[test]
fn only_unsafe_functions_rely_on_a_promise_of_their_caller() {
    let (mut count, mut wrong) = (0, String::new());
    for source in sources() {
        for (line, text) in source.lines.iter().enumerate() {
            if text.contains("SAFETY: the caller") {
                count += 1;
                let function = source.function_around(line);
                if !function.is_some_and(|function| is_unsafe_function(&source.lines[function])) {
                    wrong += &format!("{}:{}: {}\n", source.name, line + 1, text.trim());
                }
            }
        }
    }
    assert!(count > 100, "only {count} lines");
    assert!(wrong.is_empty(), "the function around is safe, so that no caller has promised anything:\n{wrong}");
}
