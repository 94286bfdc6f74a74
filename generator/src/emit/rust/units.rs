// generator/src/emit/rust/units.rs: the units of formats in Rust: how a format is told apart, and a macro with a row for each unit.

use std::fmt::Write as _;

use super::spelling::{banner, indented};
use crate::model::units::{Conversion, Formatted, Padding, Parsed, Unit, Units, ValueType};

/// The file that `src/helpers/units.rs` includes.
pub fn rust(units: &Units) -> String {
    let mut out = banner(None, "rust/units.rs");
    let Units { args, values, formats } = units;

    let most = args.iter().map(|unit| unit.types.len()).max().unwrap_or(1);
    let mut parts = common(args);
    let _ = write!(
        parts,
        "\n/// The greatest number of variables that one writes.\npub(crate) const MOST: usize = {most};\n"
    );
    parts.push_str(&property(args, "tracked", "gives a handle, which a tracker keeps", |it| it.kind.is_tracked));
    let is_borrowed = |unit: &Unit<Parsed>| unit.kind.is_borrowed;
    parts.push_str(&property(args, "borrowed", "gives what lives as long as the object", is_borrowed));
    parts.push_str(&first_letter(args));
    let is_in_place = |unit: &Unit<Parsed>| matches!(unit.kind.conversion, Conversion::InPlace(_));
    parts.push_str(&predicate(args, "in_place", "reads an argument of the call", is_in_place));
    parts
        .push_str(&predicate(args, "undone", "gives something that has to be given back", |it| it.kind.undo.is_some()));
    parts.push_str(&rows(&notes("write", "", args), args.iter().map(arg_row)));
    module(&mut out, "arg", "`HPyArg_Parse`", &parts);

    let mut parts = common(values);
    parts.push_str(&rows(&notes("take", "", values), values.iter().map(|unit| value_row(unit, &unit.kind.by))));
    module(&mut out, "value", "`HPy_BuildValue`", &parts);

    let mut parts = common(formats);
    let has_no_zeros = |unit: &Unit<Formatted>| unit.kind.padding != Padding::Zeros;
    parts.push_str(&property(formats, "without_zeros", "takes no `0`", has_no_zeros));
    let has_no_padding = |unit: &Unit<Formatted>| unit.kind.padding == Padding::Nothing;
    parts.push_str(&property(formats, "without_padding", "takes neither width nor precision", has_no_padding));
    parts.push_str(&rows(&notes("take", "%", formats), formats.iter().map(|unit| value_row(unit, &unit.kind.by))));
    module(&mut out, "format", "`HPyUnicode_FromFormat`", &parts);
    out
}

fn module(out: &mut String, name: &str, function: &str, parts: &str) {
    let _ =
        write!(out, "\n/// The units of {function}.\npub(crate) mod {name} {{\n{}}}\n", indented(parts.trim_start()));
}

/// ```text
/// pub(crate) const LONGEST: usize = 2;
/// pub(crate) const fn find(letters: [u8; LONGEST]) -> Option<(u8, usize)> { .. }
/// pub(crate) const fn arguments(code: u8) -> usize { .. }
/// ```
fn common<K>(units: &[Unit<K>]) -> String {
    let longest = units.iter().flat_map(|unit| &unit.spellings).map(String::len).max().unwrap_or(1);
    let mut out = format!(
        "/// How many letters the longest one has.\npub(crate) const LONGEST: usize = {longest};\n\n\
         /// The code of the unit that letters of a format begin with, and how many of them it has.\n#[inline(always)]\n\
         pub(crate) const fn find(letters: [u8; LONGEST]) -> Option<(u8, usize)> {{\n    match letters {{\n"
    );
    let mut spelled: Vec<_> =
        units.iter().flat_map(|unit| unit.spellings.iter().map(|spelling| (spelling, unit.code))).collect();
    // The longest unit that fits is the one that is meant.
    spelled.sort_by_key(|(spelling, _)| std::cmp::Reverse(spelling.len()));
    let is_short = |spelling: &str, code: char| spelling.chars().eq([code]);
    for (spelling, code) in spelled.iter().filter(|(spelling, code)| !is_short(spelling, *code)) {
        let letters: String = spelling.chars().map(|letter| format!("b'{letter}', ")).collect();
        let _ = writeln!(out, "        [{letters}..] => Some((b'{code}', {})),", spelling.len());
    }
    let short: Vec<_> =
        spelled.iter().filter(|(it, code)| is_short(it, *code)).map(|(_, code)| format!("b'{code}'")).collect();
    if !short.is_empty() {
        let _ = writeln!(out, "        [code @ ({}), ..] => Some((code, 1)),", short.join(" | "));
    }
    out.push_str(
        "        _ => None,\n    }\n}\n\n/// How many C arguments the unit with this code takes.\n#[inline(always)]\n",
    );
    let several: Vec<_> = units.iter().filter(|unit| unit.types.len() != 1).collect();
    if several.is_empty() {
        out.push_str("pub(crate) const fn arguments(_code: u8) -> usize {\n    1\n}\n");
    } else {
        out.push_str("pub(crate) const fn arguments(code: u8) -> usize {\n    match code {\n");
        for unit in several {
            let _ = writeln!(out, "        b'{}' => {},", unit.code, unit.types.len());
        }
        out.push_str("        _ => 1,\n    }\n}\n");
    }
    out.push_str(&list("all", units.iter()));
    out
}

/// A function that tells whether a unit has a property, and the spellings of those that have it.
fn property<K>(units: &[Unit<K>], name: &str, doc: &str, has: impl Fn(&Unit<K>) -> bool) -> String {
    predicate(units, name, doc, &has) + &list(name, units.iter().filter(|unit| has(unit)))
}

/// A function that tells whether a unit has a property.
fn predicate<K>(units: &[Unit<K>], name: &str, doc: &str, has: impl Fn(&Unit<K>) -> bool) -> String {
    let having = units.iter().filter(|unit| has(unit));
    let patterns: Vec<_> = having.map(|unit| format!("b'{}'", unit.code)).collect();
    let (code, body) = match patterns.is_empty() {
        true => ("_code", "false".to_owned()),
        false => ("code", format!("matches!(code, {})", patterns.join(" | "))),
    };
    format!(
        "\n/// Whether the unit with this code {doc}.\n#[inline(always)]\npub(crate) const fn is_{name}({code}: u8) -> bool {{\n    \
         {body}\n}}\n"
    )
}

/// A function that gives the letter which a format has for a unit.
fn first_letter<K>(units: &[Unit<K>]) -> String {
    let mut out = String::from(
        "\n/// The first letter of the unit with this code.\npub(crate) const fn first_letter(code: u8) -> u8 {\n    match code {\n",
    );
    for unit in units.iter().filter(|unit| unit.spelling().len() > 1) {
        let _ = writeln!(out, "        b'{}' => b'{}',", unit.code, &unit.spelling()[..1]);
    }
    out.push_str("        _ => code,\n    }\n}\n");
    out
}

/// A macro that is a literal, for `concat!`.
fn list<'a, K: 'a>(name: &str, units: impl Iterator<Item = &'a Unit<K>>) -> String {
    let spellings: Vec<_> = units.flat_map(|unit| &unit.spellings).map(String::as_str).collect();
    format!(
        "\n/// Their spellings, for messages.\nmacro_rules! {name} {{\n    () => {{\n        \"{}\"\n    }};\n}}\n\
         pub(crate) use {name};\n",
        spellings.join(" ")
    )
}

/// The notes of rustc's messages: the Rust types of each unit, and which unit a code stands for.
fn notes<K>(verb: &str, prefix: &str, units: &[Unit<K>]) -> Vec<String> {
    let entry = |unit: &Unit<K>| {
        let spellings: Vec<_> = unit.spellings.iter().map(|spelling| format!("{prefix}{spelling}")).collect();
        let types: Vec<_> = (0..unit.types.len()).map(|index| unit.rust_types(index).join(" or ")).collect();
        format!("{} {}", spellings.join(" "), types.join(" and then "))
    };
    let entries: Vec<_> = units.iter().map(entry).collect();
    let starts = std::iter::once(format!("the units {verb}")).chain(std::iter::repeat("and".to_owned()));
    let mut notes: Vec<_> =
        starts.zip(entries.chunks(6)).map(|(start, some)| format!("{start}: {}", some.join(", "))).collect();
    let coded = units.iter().filter(|unit| unit.spelling().len() > 1);
    let names: Vec<_> = coded.map(|unit| format!("{} is {prefix}{}", unit.code, unit.spelling())).collect();
    if !names.is_empty() {
        notes.push(format!("in the message, {}", names.join(", ")));
    }
    notes
}

fn rows(notes: &[String], rows: impl Iterator<Item = String>) -> String {
    let notes: Vec<_> = notes.iter().map(|note| format!("{note:?}")).collect();
    let mut out = format!(
        "\n/// Hands `$with` what rustc is to say about the types of units, and a row for each unit.\nmacro_rules! units {{\n    \
         ($with:ident $($first:tt)*) => {{\n        $with! {{\n            $($first)*\n            notes [{}]\n",
        notes.join(" ")
    );
    for row in rows {
        let _ = writeln!(out, "            {row};");
    }
    out.push_str("        }\n    };\n}\npub(crate) use units;\n");
    out
}

/// `'b' (0 a: c_uchar) = range(HPyLong_AsLong, c"...", c"...")`
fn arg_row(unit: &Unit<Parsed>) -> String {
    let variables: Vec<_> = unit
        .types
        .iter()
        .zip('a'..)
        .enumerate()
        .map(|(index, (of, name))| format!("{index} {name}: {}", of.rust))
        .collect();
    let conversion = match &unit.kind.conversion {
        Conversion::Call(call) => format!("call({call})"),
        Conversion::Ranged { call, what } => {
            let message = |end: &str| format!("c{:?}", format!("{what} is {end}"));
            format!("range({call}, {}, {})", message("less than minimum"), message("greater than maximum"))
        }
        Conversion::Function(function) => format!("convert({function})"),
        Conversion::InPlace(function) => format!("in_place({function})"),
    };
    let undo = unit.kind.undo.as_ref().map_or(String::new(), |undo| format!(" undo {undo}"));
    format!("'{}' ({}) = {conversion}{undo}", unit.code, variables.join(", "))
}

/// `'V' = string_or_c_string(0 'O' o [[] HPy], 1 's' s [[] *const c_char])`
fn value_row<K>(unit: &Unit<K>, by: &str) -> String {
    let value = |index: usize| {
        let of = ValueType::find(unit.types[index].c)?;
        let types = unit.rust_types(index).into_iter().map(|name| {
            let generic = if name.ends_with(" T") { "T" } else { "" };
            format!("[{generic}] {name}")
        });
        Some(format!("{index} '{}' {} [{}]", of.code, of.member, types.collect::<Vec<_>>().join(" | ")))
    };
    let values: Vec<_> = (0..unit.types.len()).filter_map(value).collect();
    format!("'{}' = {by}({})", unit.code, values.join(", "))
}
