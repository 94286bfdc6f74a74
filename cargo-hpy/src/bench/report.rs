// cargo-hpy/src/bench/report.rs: the report in Markdown: tables, their meaning, and the missing figures.

use std::fmt::Write as _;

use super::results::Results;
use super::table::Table;

const INSTRUCTIONS: &str = "Instructions per statement, counted by valgrind's callgrind in the interpreter and the \
module, without the loop around the statement; for a row about many items, per item. The column `capi` is the count, \
the others are ratios to it. Counts do not depend on what else the machine does.";
const TIMINGS: &str = "Time per statement, measured by pyperf, with the loop around the statement. The column `capi` \
is the time, the others are ratios to it. On a machine that does other things too, some percent are noise.";

/// The whole report.
pub fn markdown(results: &Results) -> String {
    let mut text = format!("# hpy-sys beside other tools\n\n{}, {}.\n\n", results.python, results.machine);
    let _ = writeln!(text, "Made with `{}`. What each row does is in `results.json`.\n", results.command);
    for (title, about, table) in
        [("Instructions", INSTRUCTIONS, Table::instructions(results)), ("Time", TIMINGS, Table::timings(results))]
    {
        if !table.is_empty() {
            let _ = writeln!(text, "## {title}\n\n{about}\n\n{}", table.markdown());
        }
    }
    let _ = writeln!(text, "## Columns\n");
    for column in &results.modes {
        let _ = writeln!(text, "* `{}`: {} ({})", column.mode.name(), column.about, column.version);
    }
    let reasons: Vec<_> = results.reasons().collect();
    if !reasons.is_empty() {
        let _ = writeln!(text, "\n## More than C API code, and why\n");
        for (row, mode, why) in reasons {
            let _ = writeln!(text, "* {row}, `{}`: {why}", mode.name());
        }
    }
    if !results.build_cost.is_empty() {
        let _ = writeln!(text, "\n## Building\n\n| what | |\n|---|---:|");
        for cost in &results.build_cost {
            let _ = writeln!(text, "| {} | {:.2} {} |", cost.what, cost.value, cost.unit);
        }
    }
    if !results.left_out.is_empty() {
        let _ = writeln!(text, "\n## Left out\n");
        for missing in &results.left_out {
            let _ = writeln!(text, "* {}: {}", missing.what, missing.why);
        }
    }
    text
}
