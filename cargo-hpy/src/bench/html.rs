// cargo-hpy/src/bench/html.rs: the report as one page without other files: a bar for each mode of each row.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::modes::Mode;
use super::results::{Measured, Results};
use super::table;

const STYLE: &str = include_str!("report.css");

/// The widest bar that is drawn, as a ratio to C API code.
const WIDEST: f64 = 4.0;

/// The whole page.
pub fn page(results: &Results) -> String {
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>hpy-sys beside other tools</title>\n\
         <style>\n{STYLE}</style>\n<h1>hpy-sys beside other tools</h1>\n<p>{}, {}. Made with <code>{}</code>.</p>\n",
        escaped(&results.python),
        escaped(&results.machine),
        escaped(&results.command)
    );
    let base = match results.modes.iter().any(|column| column.mode == Mode::Capi) {
        true => "CPython's API in C, the thin line",
        false => "the first one",
    };
    let _ = writeln!(
        out,
        "<p>Each bar is a ratio to {base}, whose value it has; a shorter bar is better. A bar with an arrow goes on.</p>"
    );
    plots(&mut out, "Instructions", results, |row| row.instructions.clone(), |count| format!("{count:.0}"));
    let means = |row: &Measured| row.seconds.iter().map(|(mode, timing)| (*mode, timing.mean)).collect();
    plots(&mut out, "Time", results, means, table::duration);
    out.push_str("<h2>Columns</h2>\n<ul>\n");
    for column in &results.modes {
        let (name, about, version) = (column.mode.name(), escaped(&column.about), escaped(&column.version));
        let _ = writeln!(out, "<li><code>{name}</code>: {about} ({version})");
    }
    out.push_str("</ul>\n");
    let reasons: Vec<_> = results.reasons().collect();
    if !reasons.is_empty() {
        out.push_str("<h2>More than C API code, and why</h2>\n<ul>\n");
        for (row, mode, why) in reasons {
            let _ = writeln!(out, "<li>{}, <code>{}</code>: {}", escaped(row), mode.name(), escaped(why));
        }
        out.push_str("</ul>\n");
    }
    if !results.build_cost.is_empty() {
        out.push_str("<h2>Building</h2>\n<table>\n");
        for cost in &results.build_cost {
            let _ = writeln!(out, "<tr><td>{}<td>{:.2} {}", escaped(&cost.what), cost.value, cost.unit);
        }
        out.push_str("</table>\n");
    }
    if !results.left_out.is_empty() {
        out.push_str("<h2>Left out</h2>\n<ul>\n");
        for missing in &results.left_out {
            let _ = writeln!(out, "<li>{}: {}", escaped(&missing.what), escaped(&missing.why));
        }
        out.push_str("</ul>\n");
    }
    out.push_str("</html>\n");
    out
}

/// A plot for each row that has values, beside those of C API code or else of the first mode.
fn plots(
    out: &mut String,
    title: &str,
    results: &Results,
    values: impl Fn(&Measured) -> BTreeMap<Mode, f64>,
    show: impl Fn(f64) -> String,
) {
    let rows: Vec<_> =
        results.rows.iter().map(|row| (row, values(row))).filter(|(_, values)| !values.is_empty()).collect();
    if rows.is_empty() {
        return;
    }
    let _ = writeln!(out, "<h2>{title}</h2>\n<div class=\"plots\">");
    for (measured, values) in rows {
        let first = results.modes.iter().map(|column| column.mode).find(|mode| values.contains_key(mode));
        let base = if values.contains_key(&Mode::Capi) { Some(Mode::Capi) } else { first };
        let Some(base) = base else { continue };
        let row = &measured.row;
        let _ = writeln!(
            out,
            "<figure>\n<figcaption>{}<br><small>{}</small></figcaption>",
            escaped(&row.name),
            escaped(&row.about)
        );
        for (mode, value) in &values {
            let ratio = value / values[&base];
            let text = if *mode == base { show(*value) } else { format!("{ratio:.2}") };
            out.push_str(&bar(*mode, ratio, &text));
        }
        out.push_str("</figure>\n");
    }
    out.push_str("</div>\n");
}

fn bar(mode: Mode, ratio: f64, text: &str) -> String {
    let width = 100.0 * ratio.clamp(0.0, WIDEST) / WIDEST;
    let class = match mode {
        Mode::Capi => "base",
        mode if mode.is_own() => "own",
        _ => "other",
    };
    let more = if ratio > WIDEST { " &rarr;" } else { "" };
    format!(
        "<div class=\"line\"><span class=\"name\">{}</span><span class=\"room\"><span class=\"bar {class}\" \
         style=\"width:{width:.1}%\"></span></span><span class=\"value\">{text}{more}</span></div>\n",
        mode.name()
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::super::results::Column;
    use super::super::rows::Row;
    use super::*;

    #[test]
    fn a_bar_is_as_wide_as_its_ratio_and_no_wider_than_the_room() {
        let native = bar(Mode::Native, 1.0, "1.00");
        assert!(native.contains("bar own\" style=\"width:25.0%\"></span></span><span class=\"value\">1.00<"));
        let cffi = bar(Mode::Cffi, 9.5, "9.50");
        assert!(cffi.contains("width:100.0%") && cffi.contains("9.50 &rarr;"));
        assert_eq!(escaped("a < b & c"), "a &lt; b &amp; c");
    }

    /// A crate of the user's own has no module in C to be compared with.
    #[test]
    fn without_the_c_api_the_first_mode_is_the_base() {
        let mut row = Measured::new(Row::of_user("", "f()"));
        row.instructions = BTreeMap::from([(Mode::Native, 200.0), (Mode::Universal, 300.0)]);
        let column = |mode: Mode| Column { mode, about: String::new(), version: String::new() };
        let results = Results {
            command: String::new(),
            python: String::new(),
            machine: String::new(),
            modes: vec![column(Mode::Native), column(Mode::Universal)],
            rows: vec![row],
            build_cost: Vec::new(),
            left_out: Vec::new(),
        };
        let page = page(&results);
        assert!(page.contains("ratio to the first one") && page.contains("<h2>Instructions</h2>"), "{page}");
        assert!(page.contains("\"value\">200<") && page.contains("\"value\">1.50<"), "{page}");
        assert!(!page.contains("<h2>Time</h2>"), "{page}");
    }
}
