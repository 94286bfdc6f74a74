// cargo-hpy/src/bench/rows.rs: the rows of the benchmark: Python statements, as bench/rows.toml lists them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::modes::Mode;
use crate::error::{Error, Result};

const ROWS: &str = include_str!("../../bench/rows.toml");

/// A statement that is measured.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Row {
    pub name: String,
    /// A description for people.
    pub about: String,
    #[serde(default)]
    pub setup: String,
    pub statement: String,
    /// Whether time is measured too, and, unless `modes` is given, whether every tool's module has it, and not only those that are
    /// C API in another notation.
    #[serde(default)]
    pub small: bool,
    /// The modes that have it, if not all do.
    #[serde(default)]
    pub modes: Vec<String>,
    /// How many items it is about, where it is about many: `SIZE` in setup and statement.
    #[serde(default)]
    pub size: Option<Size>,
    /// How often it is run to be counted.
    #[serde(default = "usual_repeat")]
    pub repeat: u32,
    /// Modes of hpy-sys that take more instructions than C API code here, and why.
    #[serde(default)]
    pub above: BTreeMap<String, String>,
}

#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Size {
    pub counted: u32,
    pub timed: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    row: Vec<Row>,
}

fn usual_repeat() -> u32 {
    1000
}

impl Row {
    /// A row for a statement of the user's own.
    pub fn of_user(setup: &str, statement: &str) -> Row {
        Row {
            name: statement.lines().next().unwrap_or_default().to_owned(),
            about: "the statement that was given".to_owned(),
            setup: setup.to_owned(),
            statement: statement.to_owned(),
            small: true,
            modes: Vec::new(),
            size: None,
            repeat: 100,
            above: BTreeMap::new(),
        }
    }

    /// Whether the module of a mode has it.
    pub fn is_of(&self, mode: Mode) -> bool {
        if self.modes.is_empty() {
            return self.small || !mode.is_small();
        }
        self.modes.iter().any(|name| name == mode.name())
    }

    /// Setup and statement for a number of items.
    pub fn filled(&self, size: Option<u32>) -> (String, String) {
        let fill = |text: &str| match size {
            Some(size) => text.trim().replace("SIZE", &size.to_string()),
            None => text.trim().to_owned(),
        };
        (fill(&self.setup), fill(&self.statement))
    }
}

/// All rows, or those that `only` names: each of them names the rows whose name begins with it.
pub fn read(only: &[String]) -> Result<Vec<Row>> {
    let File { row: all } = toml::from_str(ROWS).expect("a test reads bench/rows.toml");
    if only.is_empty() {
        return Ok(all);
    }
    if let Some(unknown) = only.iter().find(|wish| !all.iter().any(|row| row.name.starts_with(*wish))) {
        let names: Vec<_> = all.iter().map(|row| format!("`{}`", row.name)).collect();
        return Err(Error::new(
            format!("--only {unknown}: there is no row whose name begins with this"),
            format!("name one of {}", names.join(", ")),
        ));
    }
    Ok(all.into_iter().filter(|row| only.iter().any(|wish| row.name.starts_with(wish))).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_have_names_of_their_own_and_reasons_for_known_modes() {
        let rows = read(&[]).unwrap();
        for (index, row) in rows.iter().enumerate() {
            assert!(rows[..index].iter().all(|other| other.name != row.name), "{} is there twice", row.name);
            assert!(row.above.keys().all(|mode| Mode::find(mode).is_some_and(Mode::is_hpy_sys)), "{}", row.name);
            assert!(row.modes.iter().all(|mode| Mode::find(mode).is_some()), "{}", row.name);
            let (setup, statement) = row.filled(row.size.map(|size| size.counted));
            assert!(!setup.contains("SIZE") && !statement.contains("SIZE"), "{} has no size", row.name);
        }
        assert!(rows.len() > 40);
    }

    #[test]
    fn a_row_is_named_by_how_it_begins() {
        let rows = read(&["keyword".to_owned()]).unwrap();
        assert!(rows.len() == 3 && rows.iter().all(|row| row.name.starts_with("keyword")));
    }

    #[test]
    fn an_unknown_row_is_an_error_that_lists_them() {
        let error = read(&["nothing".to_owned()]).unwrap_err().to_string();
        let start = "error: --only nothing: there is no row whose name begins with this\n  = help: name one of `no arguments`, ";
        assert!(error.starts_with(start), "{error}");
    }
}
