// cargo-hpy/src/bench/table.rs: the tables of the reports: one line for each row, one column for each mode.

use std::collections::BTreeMap;

use super::modes::Mode;
use super::results::{Measured, Results};

/// A table of texts: the head, and the lines.
pub struct Table {
    pub head: Vec<String>,
    pub lines: Vec<Vec<String>>,
}

impl Table {
    /// Instructions: those of C API code as they are, the others as a ratio to them.
    pub fn instructions(results: &Results) -> Table {
        let columns = results.columns(|row| &row.instructions);
        Table::new(results, &columns, |row| {
            columns
                .iter()
                .map(|mode| ratio(&row.instructions, *mode, |count| *count, |count| format!("{count:.0}")))
                .collect()
        })
    }

    /// Timings, in the same way.
    pub fn timings(results: &Results) -> Table {
        let columns = results.columns(|row| &row.seconds);
        Table::new(results, &columns, |row| {
            columns.iter().map(|mode| ratio(&row.seconds, *mode, |timing| timing.mean, duration)).collect()
        })
    }

    fn new(results: &Results, columns: &[Mode], cells: impl Fn(&Measured) -> Vec<String>) -> Table {
        let mut head = vec!["row".to_owned()];
        head.extend(columns.iter().map(|mode| mode.name().to_owned()));
        let lines = results.rows.iter().filter_map(|row| {
            let cells = cells(row);
            let name = if row.row.size.is_some() { format!("{}, each", row.row.name) } else { row.row.name.clone() };
            cells.iter().any(|cell| cell != MISSING).then(|| [vec![name], cells].concat())
        });
        Table { head, lines: lines.collect() }
    }

    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// As text with aligned columns.
    pub fn text(&self) -> String {
        let all: Vec<_> = [&self.head].into_iter().chain(&self.lines).collect();
        let width = |column: usize| all.iter().map(|line| line[column].chars().count()).max().unwrap_or(0);
        let widths: Vec<_> = (0..self.head.len()).map(width).collect();
        let line = |cells: &&Vec<String>| {
            let first = format!("{:width$}", cells[0], width = widths[0]);
            let rest = cells.iter().zip(&widths).skip(1).map(|(cell, width)| format!("  {cell:>width$}"));
            format!("{first}{}\n", rest.collect::<String>())
        };
        all.iter().map(line).collect()
    }

    /// As a table of Markdown.
    pub fn markdown(&self) -> String {
        let line = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
        let rule = format!("|---{}|\n", "|---:".repeat(self.head.len() - 1));
        let lines: String = self.lines.iter().map(|cells| line(cells)).collect();
        format!("{}{rule}{lines}", line(&self.head))
    }
}

/// A cell without a value.
const MISSING: &str = "-";

/// The value of a mode: as it is where it is the one to compare with or the only one, else as a ratio.
fn ratio<T>(
    values: &BTreeMap<Mode, T>,
    mode: Mode,
    number: impl Fn(&T) -> f64,
    show: impl Fn(f64) -> String,
) -> String {
    match (values.get(&Mode::Capi), values.get(&mode)) {
        (_, None) => MISSING.to_owned(),
        (Some(base), Some(value)) if mode != Mode::Capi => format!("{:.2}", number(value) / number(base)),
        (_, Some(value)) => show(number(value)),
    }
}

pub fn duration(seconds: f64) -> String {
    match seconds {
        ..1e-6 => format!("{:.1} ns", seconds * 1e9),
        ..1e-3 => format!("{:.2} us", seconds * 1e6),
        ..1.0 => format!("{:.2} ms", seconds * 1e3),
        _ => format!("{seconds:.2} s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_aligned_and_ratios_are_to_the_c_api() {
        let values = BTreeMap::from([(Mode::Capi, 200.0), (Mode::Native, 150.0)]);
        let cell = |mode| ratio(&values, mode, |count| *count, |count| format!("{count:.0}"));
        assert_eq!([cell(Mode::Capi), cell(Mode::Native), cell(Mode::Pyo3)], ["200", "0.75", "-"]);
        let table = Table {
            head: ["row", "capi", "native"].map(str::to_owned).to_vec(),
            lines: vec![["call", "200", "0.75"].map(str::to_owned).to_vec()],
        };
        assert_eq!(table.text(), "row   capi  native\ncall   200    0.75\n");
        assert_eq!(table.markdown(), "| row | capi | native |\n|---|---:|---:|\n| call | 200 | 0.75 |\n");
    }

    #[test]
    fn durations_have_the_unit_that_fits() {
        assert_eq!([2.5e-8, 2.5e-5, 0.0025, 2.5].map(duration), ["25.0 ns", "25.00 us", "2.50 ms", "2.50 s"]);
    }
}
