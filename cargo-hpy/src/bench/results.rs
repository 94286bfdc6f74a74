// cargo-hpy/src/bench/results.rs: the results, as results.json and the reports have them.

use std::collections::BTreeMap;

use serde::Serialize;

use super::build_cost::BuildCost;
use super::modes::Mode;
use super::rows::Row;

/// All of one run.
#[derive(Serialize)]
pub struct Results {
    /// The command that made them.
    pub command: String,
    pub python: String,
    pub machine: String,
    /// The meaning of each column.
    pub modes: Vec<Column>,
    pub rows: Vec<Measured>,
    pub build_cost: Vec<BuildCost>,
    pub left_out: Vec<Missing>,
}

#[derive(Serialize)]
pub struct Column {
    pub mode: Mode,
    pub about: String,
    /// The tool's version.
    pub version: String,
}

/// The figures of one row, by mode.
#[derive(Serialize)]
pub struct Measured {
    #[serde(flatten)]
    pub row: Row,
    /// Instructions per statement, or per item of a row about many.
    pub instructions: BTreeMap<Mode, f64>,
    pub seconds: BTreeMap<Mode, Timing>,
}

#[derive(Clone, Copy, Serialize)]
pub struct Timing {
    pub mean: f64,
    pub deviation: f64,
}

/// A missing result, and the reason.
#[derive(Serialize)]
pub struct Missing {
    pub what: String,
    pub why: String,
}

impl Measured {
    pub fn new(row: Row) -> Measured {
        Measured { row, instructions: BTreeMap::new(), seconds: BTreeMap::new() }
    }
}

/// The greatest ratio that is printed as 1.00.
const EQUAL: f64 = 1.005;

impl Results {
    pub fn leave_out(&mut self, what: impl Into<String>, why: impl Into<String>) {
        self.left_out.push(Missing { what: what.into(), why: why.into() });
    }

    /// The same, and tells it at once.
    pub fn say(&mut self, what: &str, why: String) {
        eprintln!("left out: {what}: {why}");
        self.leave_out(what, why);
    }

    /// The modes of which there is a value, in the order of the columns.
    pub fn columns<T>(&self, values: impl Fn(&Measured) -> &BTreeMap<Mode, T>) -> Vec<Mode> {
        let has_value = |mode: &Mode| self.rows.iter().any(|row| values(row).contains_key(mode));
        self.modes.iter().map(|column| column.mode).filter(has_value).collect()
    }

    /// Why a mode of hpy-sys took more instructions than C API code: row, mode and reason.
    pub fn reasons(&self) -> impl Iterator<Item = (&str, Mode, &str)> {
        self.rows.iter().flat_map(|Measured { row, instructions, .. }| {
            let base = instructions.get(&Mode::Capi).copied().unwrap_or(f64::INFINITY);
            let above = instructions.iter().filter(move |(_, count)| **count / base >= EQUAL);
            above.filter_map(move |(mode, _)| Some((&*row.name, *mode, &**row.above.get(mode.name())?)))
        })
    }

    /// Rows in which hpy-sys takes more instructions than C API code without a reason in rows.toml, and reasons that
    /// hold no more.
    pub fn surprises(&self) -> Vec<String> {
        let mut surprises = Vec::new();
        for Measured { row, instructions, .. } in &self.rows {
            let Some(base) = instructions.get(&Mode::Capi) else { continue };
            for (mode, count) in instructions.iter().filter(|(mode, _)| mode.is_hpy_sys()) {
                let (ratio, reason) = (count / base, row.above.get(mode.name()));
                match reason {
                    None if ratio >= EQUAL => surprises.push(format!(
                        "{}: {} takes {ratio:.3} of C API code, for no known reason",
                        row.name,
                        mode.name()
                    )),
                    Some(reason) if ratio < EQUAL => surprises.push(format!(
                        "{}: {} takes {ratio:.3} of C API code: `{reason}` does not hold here",
                        row.name,
                        mode.name()
                    )),
                    _ => {}
                }
            }
        }
        surprises
    }
}
