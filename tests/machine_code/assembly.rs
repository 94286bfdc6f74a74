// tests/machine_code/assembly.rs: reads the instructions of pairs of functions from a compiler's assembly, and compares.

use std::collections::BTreeMap;
use std::fmt::Write as _;

/// The instructions of each function; the compiler may have merged some.
pub fn functions(assembly: &str) -> BTreeMap<String, Vec<String>> {
    let is_ours = |name: &str| name.starts_with("hpy__") || name.starts_with("raw__");
    let mut functions: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut aliases = Vec::new();
    let mut current: Option<String> = None;
    for line in assembly.lines() {
        let text = line.split('#').next().unwrap().trim();
        if let Some(label) = text.strip_suffix(':') {
            if is_ours(label) {
                current = Some(label.to_owned());
                functions.insert(label.to_owned(), Vec::new());
            } else if label.starts_with(".Lfunc_end") {
                current = None;
            } else if let Some(code) = current.as_ref().and_then(|name| functions.get_mut(name)) {
                // A jump target.
                code.push(text.to_owned());
            }
        } else if let Some((alias, of)) = text.strip_prefix(".set ").and_then(|pair| pair.split_once([',', ' '])) {
            aliases.push((alias.trim().to_owned(), of.trim().to_owned()));
        } else if let Some((alias, of)) = text.split_once(" = ").filter(|(alias, _)| is_ours(alias)) {
            aliases.push((alias.to_owned(), of.to_owned()));
        } else if text.starts_with(".size") || text.starts_with(".section") || text == ".text" {
            current = None;
        } else if !text.starts_with('.') && !text.is_empty() {
            if let Some(name) = &current {
                functions.get_mut(name).unwrap().push(text.to_owned());
            }
        }
    }
    let mut functions: BTreeMap<_, _> =
        functions.into_iter().map(|(name, code)| (name, without_names(&code))).collect();
    for (alias, of) in aliases {
        let code = functions.get(&of).cloned().unwrap_or_default();
        functions.insert(alias, code);
    }
    functions
}

/// Instructions with canonical names: labels and constants are numbered by their first use in the function, and functions of
/// the same side have the same name on both.
fn without_names(code: &[String]) -> Vec<String> {
    let mut seen = Vec::new();
    let mut lines = Vec::new();
    for line in code {
        let text = line.split_whitespace().collect::<Vec<_>>().join(" ").replace("hpy__", "SIDE__");
        let mut rest = text.replace("raw__", "SIDE__");
        let mut named = String::new();
        while let Some(at) = rest.find(".L") {
            named.push_str(&rest[..at]);
            let end = rest[at..].find(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '.');
            let (label, behind) = rest[at..].split_at(end.unwrap_or(rest.len() - at));
            let number = seen.iter().position(|known| known == label).unwrap_or_else(|| {
                seen.push(label.to_owned());
                seen.len() - 1
            });
            let _ = write!(named, "LABEL{number}");
            rest = behind.to_owned();
        }
        lines.push(named + &rest);
    }
    // Whether two things are equal does not depend on their order.
    for at in 1..lines.len() {
        let is_equality = ["je ", "jne ", "sete ", "setne "].iter().any(|start| lines[at].starts_with(start));
        let compared = lines[at - 1].strip_prefix("cmpq ").and_then(|operands| operands.split_once(", "));
        if let Some((left, right)) =
            compared.filter(|(left, right)| is_equality && left > right && !left.starts_with('$'))
        {
            lines[at - 1] = format!("cmpq {right}, {left}");
        }
    }
    // A label without a jump marks only a start or an end.
    let used = |line: &String| line.strip_suffix(':').is_none_or(|label| mentions(&lines, label) > 1);
    lines.iter().filter(|line| used(line)).cloned().collect()
}

fn mentions(lines: &[String], label: &str) -> usize {
    let is_it = |line: &&String| line.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| word == label);
    lines.iter().filter(is_it).count()
}

/// Compares every `hpy__NAME` with its `raw__NAME`, except those `left_out`. The error reports each function that differs without
/// being `excused`, and each that is excused and equal.
pub fn differences(
    functions: &BTreeMap<String, Vec<String>>,
    excused: &[(&str, &str)],
    left_out: &[&str],
) -> Result<(), String> {
    let mut report = String::new();
    let mut compared = 0;
    for (name, code) in functions {
        let Some(name) = name.strip_prefix("hpy__").filter(|name| !left_out.contains(name)) else { continue };
        let nothing = Vec::new();
        let raw = functions.get(&format!("raw__{name}")).unwrap_or(&nothing);
        assert!(!code.is_empty(), "no code was found for {name}");
        compared += 1;
        match (code == raw, excused.iter().find(|(excused, _)| *excused == name)) {
            (true, None) | (false, Some(_)) => {}
            (true, Some((_, reason))) => {
                writeln!(report, "{name} is equal now: remove it from UNEQUAL ({reason})").unwrap()
            }
            (false, None) => writeln!(
                report,
                "{name}\n  through HPy:\n    {}\n  directly:\n    {}",
                code.join("\n    "),
                raw.join("\n    ")
            )
            .unwrap(),
        }
    }
    for (name, _) in excused.iter().filter(|(name, _)| !functions.contains_key(&format!("hpy__{name}"))) {
        writeln!(report, "{name} is excused, and is not compared").unwrap();
    }
    if compared < 140 {
        writeln!(report, "only {compared} functions were compared").unwrap();
    }
    if report.is_empty() { Ok(()) } else { Err(report) }
}
