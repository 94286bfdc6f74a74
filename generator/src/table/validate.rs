// generator/src/table/validate.rs: what only the whole table shows to be wrong: indices, names, version ranges, references.

use std::collections::HashMap;

use super::{bodies, porting, units};
use crate::model::{Api, CallTarget, Function};
use crate::problems::{Place, Problems};
use crate::target::pythons::{Limits, Pythons};
use crate::target::version::Version;

/// The number of members of HPy 0.9's context: their indices are 0 to one less.
pub const CONTEXT_MEMBERS: i64 = 273;

/// Checks the table as a whole.
pub fn check(api: &Api, pythons: &Pythons) -> Result<(), Problems> {
    let mut problems = Problems::default();
    check_indices(api, &mut problems);
    check_extras(api, &mut problems);
    check_names(api, &mut problems);
    check_replaced(api, &mut problems);
    porting::check(api, &mut problems);
    for function in api.all_functions() {
        check_ranges(function, pythons, &mut problems);
    }
    check_methods(api, &mut problems);
    bodies::check(api, pythons, &mut problems);
    units::check(&api.units, &mut problems);
    for slot in &api.slots {
        let conventions = [Some(&slot.signature), slot.trampoline.as_ref()];
        if !conventions.into_iter().flatten().all(|name| api.signatures.iter().any(|it| it.name == *name)) {
            let found = format!("slot {} has the unknown signature `{}`", slot.name, slot.signature);
            problems.add(&slot.place, found, "name one that shims/api/signatures.toml lists");
        }
    }
    problems.unless_any(())
}

/// A method belongs to one slot.
fn check_methods(api: &Api, problems: &mut Problems) {
    let mut taken: HashMap<&str, &str> = HashMap::new();
    for slot in &api.slots {
        for method in &slot.methods {
            if let Some(other) = taken.insert(method, &slot.name) {
                let found = format!("{} and {other} both have the method `{method}`", slot.name);
                problems.add(&slot.place, found, "name it in the slot that Python calls for it");
            }
        }
    }
}

fn check_indices(api: &Api, problems: &mut Problems) {
    let handles = api.handles.iter().map(|handle| (handle.index, handle.name.as_str(), &handle.place));
    let functions = api.functions.iter().map(|function| (function.index, function.name(), &function.place));
    let mut taken: HashMap<i64, &str> = HashMap::new();
    for (index, name, place) in handles.chain(functions) {
        if !(0..CONTEXT_MEMBERS).contains(&index) {
            let found =
                format!("{name} has the index {index}, and the context has the indices 0 to {}", CONTEXT_MEMBERS - 1);
            problems.add(place, found, "take the index from HPy's context");
        } else if let Some(other) = taken.insert(index, name) {
            problems.add(
                place,
                format!("{name} and {other} both have the index {index}"),
                "take the indices from HPy's context",
            );
        }
    }
    let missing: Vec<_> =
        (0..CONTEXT_MEMBERS).filter(|index| !taken.contains_key(index)).map(|index| index.to_string()).collect();
    if !missing.is_empty() {
        let place = Place { file: "shims/api".to_owned(), line: 1 };
        problems.add(
            &place,
            format!("no record has the index {}", missing.join(", ")),
            "add the records of these members",
        );
    }
}

/// The numbers of the extras are their places in the table, from 0 on.
fn check_extras(api: &Api, problems: &mut Problems) {
    for (place, extra) in api.extras.iter().enumerate() {
        if extra.index != place as i64 {
            let found = format!("{} is the extra {}, and the next one is {place}", extra.name(), extra.index);
            problems.add(&extra.place, found, format!("number the extras without a gap: `extra = {place}`"));
            return;
        }
        if extra.is_legacy() {
            let found = format!("the extra {} takes or gives a `cpy_PyObject *`", extra.name());
            problems.add(&extra.place, found, "take and give handles");
        }
    }
}

fn check_names(api: &Api, problems: &mut Problems) {
    let mut names: HashMap<&str, &Place> = HashMap::new();
    let members = api.enums.iter().flat_map(|of| &of.values).chain(&api.constants);
    let all = (api.handles.iter().map(|it| (it.name.as_str(), &it.place)))
        .chain(api.all_functions().map(|it| (it.name(), &it.place)))
        .chain(api.slots.iter().map(|it| (it.name.as_str(), &it.place)))
        .chain(api.signatures.iter().map(|it| (it.name.as_str(), &it.place)))
        .chain(members.map(|it| (it.name.as_str(), &it.place)));
    for (name, place) in all {
        if let Some(other) = names.insert(name, place) {
            let found = format!("`{name}` is also defined at {}:{}", other.file, other.line);
            problems.add(place, found, "remove one of the two records");
        }
    }
    for (position, of) in api.enums.iter().enumerate() {
        if api.enums[..position].iter().any(|other| other.name == of.name) {
            problems.add(
                &of.place,
                format!("the enumeration {} is defined twice", of.name),
                "remove one of the two records",
            );
        }
    }
    check_numbers("slot", api.slots.iter().map(|it| (it.number, it.name.as_str(), &it.place)), problems);
    check_numbers("signature", api.signatures.iter().map(|it| (it.number, it.name.as_str(), &it.place)), problems);
}

fn check_numbers<'a>(kind: &str, all: impl Iterator<Item = (i64, &'a str, &'a Place)>, problems: &mut Problems) {
    let mut taken: HashMap<i64, &str> = HashMap::new();
    for (number, name, place) in all {
        if let Some(other) = taken.insert(number, name) {
            let found = format!("the {kind}s {name} and {other} both have the number {number}");
            problems.add(place, found, "take the numbers from HPy's headers");
        }
    }
}

/// What is replaced is of the C API, and said once.
fn check_replaced(api: &Api, problems: &mut Problems) {
    let functions = api.all_functions().map(|it| (it.name(), &it.replaces, it.calls(), &it.place));
    let slots = api.slots.iter().map(|it| {
        (it.name.as_str(), &it.replaces, it.cpython.iter().map(String::as_str).collect::<Vec<_>>(), &it.place)
    });
    let helpers = api.porting.helpers.iter().map(|it| (it.name.as_str(), &it.replaces, Vec::new(), &it.place));
    for (name, replaces, calls, place) in functions.chain(slots).chain(helpers) {
        for (position, replaced) in replaces.iter().enumerate() {
            if !["Py", "_Py"].iter().any(|start| replaced.starts_with(start)) {
                problems.add(
                    place,
                    format!("{name} replaces `{replaced}`, which is not of the C API"),
                    "correct the name",
                );
            }
            if calls.contains(&replaced.as_str()) || replaces[..position].contains(replaced) {
                problems.add(place, format!("{name} replaces `{replaced}`, which is said already"), "remove it");
            }
        }
    }
}

/// Each supported version has exactly one call.
fn check_ranges(function: &Function, pythons: &Pythons, problems: &mut Problems) {
    let CallTarget::Generated(calls) = &function.target else { return };
    let Limits { minimum, maximum, .. } = pythons.limits;
    for version in (minimum.minor..=maximum.minor).map(|minor| Version { minor, ..minimum }) {
        let count = calls.iter().filter(|(range, _)| range.contains(version)).count();
        if count != 1 {
            let found =
                format!("{} has {count} CPython calls or bodies for {version}, and one is needed", function.name());
            problems.add(
                &function.place,
                found,
                "let the ranges follow each other: until = \"3.12\", then from = \"3.13\"",
            );
        }
    }
}
