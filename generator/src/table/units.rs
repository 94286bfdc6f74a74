// generator/src/table/units.rs: reads the records of units, and refuses what a format, or generated code, cannot tell apart.

use std::collections::HashMap;

use super::record::Record;
use crate::model::types::Type;
use crate::model::units::{Built, Conversion, Formatted, Padding, Parsed, Unit, Units, VALUE_TYPES, ValueType};
use crate::problems::Problems;

/// Reads the units of a file.
pub fn read(root: &mut Record<'_>, units: &mut Units) {
    root.each("arg_unit", |record| units.args.extend(parsed(record)));
    root.each("value_unit", |record| {
        let kind = Built { python: record.required_text("python"), by: record.required_text("by") };
        units.values.extend(value(record, kind));
    });
    root.each("format_unit", |record| {
        let padding = record.one_of("pads", &[("zeros", Padding::Zeros), ("nothing", Padding::Nothing)]);
        let kind = Formatted { by: record.required_text("by"), padding: padding.unwrap_or(Padding::Spaces) };
        units.formats.extend(value(record, kind));
    });
}

fn parsed(record: &mut Record<'_>) -> Option<Unit<Parsed>> {
    let (python, is_tracked) = (record.required_text("python"), record.boolean("tracked").unwrap_or(false));
    let is_borrowed = record.boolean("borrowed").unwrap_or(is_tracked);
    let (call, range, function) = (record.text("call"), record.text("range"), record.text("convert"));
    let (in_place, undo) = (record.text("in_place"), record.text("undo"));
    let conversion = match (call, range, function, in_place) {
        (Some(call), None, None, None) => Some(Conversion::Call(call)),
        (Some(call), Some(what), None, None) => Some(Conversion::Ranged { call, what }),
        (None, None, Some(function), None) => Some(Conversion::Function(function)),
        (None, None, None, Some(function)) => Some(Conversion::InPlace(function)),
        _ => None,
    };
    let spelling = record.text("unit").unwrap_or_default();
    if conversion.is_none() {
        record.wrong(
            format!("the unit `{spelling}` has no conversion, or more than one"),
            "write `call = \"...\"`, also with `range = \"...\"`, or `convert = \"...\"`, or `in_place = \"...\"`",
        );
    }
    let of_integer = unit(
        record,
        "writes",
        conversion.map(|conversion| Parsed { python, conversion, is_tracked, is_borrowed, undo }),
    )?;
    let takes_several = matches!(of_integer.kind.conversion, Conversion::Function(_) | Conversion::InPlace(_));
    if !takes_several && of_integer.types.len() != 1 {
        record.wrong(
            format!("the unit `{spelling}` writes {} variables, and a number is one", of_integer.types.len()),
            "name a function of src/helpers/arg/units.rs that returns all of them: `convert = \"...\"`",
        );
    }
    Some(of_integer)
}

/// A unit whose C arguments are values.
fn value<K>(record: &mut Record<'_>, kind: K) -> Option<Unit<K>> {
    let rust = record.texts("rust").unwrap_or_default();
    let mut unit = unit(record, "takes", Some(kind))?;
    for of in &unit.types {
        if ValueType::find(of.c).is_none() {
            let known: Vec<_> = VALUE_TYPES.iter().map(|known| known.c).collect();
            let found = format!("`{}` is no type of a variable argument that is a value", of.c);
            record.wrong(found, format!("use one of: {}", known.join(", ")));
        }
    }
    if !rust.is_empty() && unit.types.len() != 1 {
        let found =
            format!("the unit `{}` takes {} values, and `rust` is about one", unit.spelling(), unit.types.len());
        record.wrong(found, "remove `rust`");
    }
    unit.rust = rust;
    Some(unit)
}

/// What the units of all formats have; none if a part of it is missing, which is reported.
fn unit<K>(record: &mut Record<'_>, types: &'static str, kind: Option<K>) -> Option<Unit<K>> {
    let spellings: Vec<_> = record.required_text("unit").split_whitespace().map(str::to_owned).collect();
    for spelling in spellings.iter().filter(|spelling| !is_spelling(spelling)) {
        record.wrong(
            format!("`{spelling}` cannot be told from the rest of a format"),
            "spell a unit with ASCII letters, behind the first of which # * & ! may stand; a space separates spellings",
        );
    }
    let code = code(record, spellings.first().map_or("", String::as_str));
    let types = self::types(record, types);
    let doc = record.required_text("doc");
    let is_right = !spellings.is_empty() && spellings.iter().all(|spelling| is_spelling(spelling)) && !types.is_empty();
    let (Some(code), Some(kind), true) = (code, kind, is_right) else { return None };
    Some(Unit { place: record.place.clone(), spellings, code, types, rust: Vec::new(), doc, kind })
}

fn is_spelling(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text.chars().all(|letter| letter.is_ascii_alphabetic() || "#*&!".contains(letter))
}

/// The code of a unit: its only letter, or what the record says.
fn code(record: &mut Record<'_>, spelling: &str) -> Option<char> {
    let given = record.text("code");
    let text = match (&given, spelling.len()) {
        (Some(given), 1) if given == spelling => {
            record.wrong(format!("`code = \"{given}\"` is what the default rule gives"), "remove the line");
            given
        }
        (Some(given), _) => given,
        (None, 1) => spelling,
        (None, _) => {
            if !spelling.is_empty() {
                record.wrong(
                    format!("the unit `{spelling}` has more than one letter, and no code"),
                    "add `code = \"...\"`: a character that stands for no other unit of these formats",
                );
            }
            return None;
        }
    };
    let mut characters = text.chars();
    match (characters.next(), characters.next()) {
        (Some(code), None) if code.is_ascii_graphic() && !"'\"\\".contains(code) => Some(code),
        _ => {
            record.wrong(format!("the code `{text}` is not one character"), "use a letter, or one of # * & !");
            None
        }
    }
}

/// The C types under a key.
fn types(record: &mut Record<'_>, key: &'static str) -> Vec<&'static Type> {
    let names = record.texts(key).unwrap_or_default();
    if names.is_empty() {
        record.wrong(
            format!("`{key}` names no type"),
            format!("add a line `{key} = [\"...\"]`: a C type for each argument"),
        );
    }
    let mut types = Vec::new();
    for name in &names {
        match Type::find(name).filter(|of| !of.is_void()) {
            Some(of) => types.push(of),
            None => record.wrong(
                format!("`{name}` is no C type of the API"),
                "use one that generator/src/model/types.rs has, or add it there",
            ),
        }
    }
    if types.len() == names.len() { types } else { Vec::new() }
}

/// Reports units that a format, or generated code, cannot tell apart.
pub fn check(units: &Units, problems: &mut Problems) {
    check_apart(&units.args, problems);
    check_apart(&units.values, problems);
    check_apart(&units.formats, problems);
}

fn check_apart<K>(units: &[Unit<K>], problems: &mut Problems) {
    let (mut spelled, mut coded) = (HashMap::new(), HashMap::new());
    for unit in units {
        for spelling in &unit.spellings {
            if spelled.insert(spelling, &unit.place).is_some() {
                let found = format!("the unit `{spelling}` is defined twice");
                problems.add(&unit.place, found, "remove one of the two records");
            }
        }
        if let Some(other) = coded.insert(unit.code, unit.spelling()) {
            let found = format!("the units `{other}` and `{}` have the code `{}`", unit.spelling(), unit.code);
            problems.add(&unit.place, found, "give one of them another `code`");
        }
    }
}
