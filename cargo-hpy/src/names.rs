// cargo-hpy/src/names.rs: the names of modules that Python can import.

/// The words that Python keeps for itself.
const KEYWORDS: [&str; 35] = [
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del",
    "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal",
    "not", "or", "pass", "raise", "return", "try", "while", "with", "yield",
];

/// Whether `import NAME` can be written, with a name that the macro `HPy_MODINIT!` takes.
pub fn can_be_imported(name: &str) -> bool {
    let mut letters = name.chars();
    letters.next().is_some_and(|first| first.is_ascii_alphabetic() || first == '_')
        && letters.all(|letter| letter.is_ascii_alphanumeric() || letter == '_')
        && !KEYWORDS.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_pythons_identifiers() {
        assert!(["first", "_x9", "Match"].iter().all(|name| can_be_imported(name)));
        assert!(["class", "9x", "a-b", "été", ""].iter().all(|name| !can_be_imported(name)));
    }
}
