// generator/src/emit/c/units.rs: the units of formats in C: what the functions with variable arguments need to read them.

use std::fmt::Write as _;

use super::spelling::banner;
use crate::model::units::{Built, Parsed, Unit, Units, VALUE_TYPES, ValueType};

/// `hpy/runtime/units.h`.
pub fn header(units: &Units) -> String {
    let mut out = banner(None, "c/units.rs");
    out.push_str("#include <stddef.h>\n\n");
    out.push_str(&arg_unit(&units.args));
    out.push_str(&list(
        "The units of the argument parsers that are one letter, write one variable, and need not be given back: the letter,\n   \
         whether a tracker keeps the object, and whether longer units begin with the letter.",
        "_HPY_ARG_UNITS",
        "UNIT",
        units.args.iter().filter_map(|unit| one_letter(unit, &units.args)),
    ));
    out.push_str(&list(
        "The types of variable arguments that are values: the letter by which the library asks for one, the member of\n   \
         _HPy_Value that has it, and the type.",
        "_HPY_VALUE_TYPES",
        "TYPE",
        VALUE_TYPES.iter().map(|of| format!("'{}', {}, {}", of.code, of.member, of.c)),
    ));
    out.push_str(&list(
        "The units of HPy_BuildValue that are one letter and take one value: the letter, what makes the object, and of the\n   \
         value the letter of its type and the member.",
        "_HPY_VALUE_UNITS",
        "UNIT",
        units.values.iter().flat_map(value_units),
    ));
    out
}

/// An X macro.
fn list(doc: &str, name: &str, row: &str, rows: impl Iterator<Item = String>) -> String {
    let rows: String = rows.map(|values| format!(" \\\n    {row}({values})")).collect();
    format!("\n/* {doc} */\n#define {name}({row}){rows}\n")
}

/// The unit's row, if the letter after it tells it from a longer unit: that one is no unit.
fn one_letter(unit: &Unit<Parsed>, all: &[Unit<Parsed>]) -> Option<String> {
    let letter = unit.code.to_string();
    let spellings = || all.iter().flat_map(|of| &of.spellings);
    let longer = || spellings().filter(|of| of.len() > 1 && of.starts_with(&letter));
    let is_told = longer().all(|of| !spellings().any(|other| other.len() == 1 && of[1..].starts_with(other.as_str())));
    let is_one = unit.spellings.contains(&letter) && unit.types.len() == 1 && unit.kind.undo.is_none();
    let (is_tracked, begins) = (u8::from(unit.kind.is_tracked), u8::from(longer().next().is_some()));
    (is_one && is_told).then(|| format!("'{letter}', {is_tracked}, {begins}"))
}

fn value_units(unit: &Unit<Built>) -> Vec<String> {
    let [of] = unit.types.as_slice() else { return Vec::new() };
    let Some(value) = ValueType::find(of.c) else { return Vec::new() };
    let letters = unit.spellings.iter().filter(|spelling| spelling.len() == 1);
    letters.map(|letter| format!("'{letter}', {}, '{}', {}", unit.kind.by, value.code, value.member)).collect()
}

/// ```text
/// static inline size_t _HPyArg_Unit(const char *fmt, size_t *count)
/// {
///     switch (fmt[0]) {
///     case 'b': case 'B':
///         *count = 1;
///         return 1;
/// ```
fn arg_unit(units: &[Unit<Parsed>]) -> String {
    let mut out = String::from(
        "/* How many letters the unit has that `fmt` begins with, or 0 if it is no unit, and how many variable arguments it\n   \
         takes: each is a pointer. */\n\
         static inline size_t _HPyArg_Unit(const char *fmt, size_t *count)\n{\n    switch (fmt[0]) {\n",
    );
    let mut spelled: Vec<(&str, usize)> = units
        .iter()
        .flat_map(|unit| unit.spellings.iter().map(|spelling| (spelling.as_str(), unit.types.len())))
        .collect();
    spelled.sort_by_key(|(spelling, _)| std::cmp::Reverse(spelling.len()));
    let firsts: Vec<&str> = units.iter().flat_map(|unit| &unit.spellings).map(|spelling| &spelling[..1]).collect();
    let mut seen = Vec::new();
    let mut plain: Vec<(usize, Vec<&str>)> = Vec::new();
    for first in firsts {
        if seen.contains(&first) {
            continue;
        }
        seen.push(first);
        let fitting: Vec<_> = spelled.iter().filter(|(spelling, _)| spelling.starts_with(first)).collect();
        if let [(spelling, count)] = fitting[..] {
            if spelling.len() == 1 {
                match plain.iter_mut().find(|(taken, _)| taken == count) {
                    Some((_, letters)) => letters.push(spelling),
                    None => plain.push((*count, vec![spelling])),
                }
                continue;
            }
        }
        let _ = writeln!(out, "    case '{first}':");
        for (spelling, count) in &fitting {
            let rest: Vec<_> =
                spelling.chars().enumerate().skip(1).map(|(at, letter)| format!("fmt[{at}] == '{letter}'")).collect();
            let found = format!("*count = {count};\n        return {};\n", spelling.len());
            if rest.is_empty() {
                let _ = write!(out, "        {found}");
            } else {
                let _ = write!(
                    out,
                    "        if ({}) {{\n            {}        }}\n",
                    rest.join(" && "),
                    found.replace("\n        r", "\n            r")
                );
            }
        }
        if fitting.iter().all(|(spelling, _)| spelling.len() > 1) {
            out.push_str("        return 0;\n");
        }
    }
    for (count, letters) in plain {
        let cases: Vec<_> = letters.iter().map(|letter| format!("case '{letter}':")).collect();
        let _ = write!(out, "    {}\n        *count = {count};\n        return 1;\n", cases.join(" "));
    }
    out.push_str("    default:\n        return 0;\n    }\n}\n");
    out
}
