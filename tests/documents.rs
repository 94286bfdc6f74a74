// tests/documents.rs: what the documents say of the code is so: versions, paths, the first extension.

mod common;

use common::{pythons, root};

fn read(name: &str) -> String {
    std::fs::read_to_string(root().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// The cells of the table rows that begin with `| 3.`.
fn table_of_pythons(readme: &str) -> Vec<Vec<String>> {
    let rows = readme.lines().filter(|line| line.starts_with("| 3."));
    rows.map(|row| row.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect()).collect()
}

#[test]
fn readme_lists_the_pythons_of_pythons_toml() {
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
    assert_eq!(table_of_pythons(&read("README.md")), expected);
}

#[test]
fn readme_shows_the_quickstart() {
    let readme = read("README.md");
    let quickstart = read("examples/quickstart/src/lib.rs");
    let section = readme.split("## A first extension").nth(1).unwrap().split("\n## ").next().unwrap();
    let blocks: Vec<_> =
        section.split("```rust\n").skip(1).map(|block| block.split("```").next().unwrap().trim()).collect();
    assert_eq!(blocks.len(), 2);
    for block in blocks {
        assert!(quickstart.contains(block), "examples/quickstart/src/lib.rs does not have this:\n{block}");
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
