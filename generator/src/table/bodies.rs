// generator/src/table/bodies.rs: what bodies name is there: values, fragments, CPython's functions, facts.

use std::collections::BTreeSet;

use crate::model::body::{Body, INTRINSICS, Statement};
use crate::model::prototype::Prototype;
use crate::model::types::Crossing;
use crate::model::{Api, Code};
use crate::problems::{Place, Problems};
use crate::target::pythons::Pythons;

/// Checks all bodies of the table.
pub fn check(api: &Api, pythons: &Pythons, problems: &mut Problems) {
    let mut used = BTreeSet::new();
    for fragment in &api.fragments {
        check_body(&fragment.body, &fragment.prototype, &fragment.place, api, pythons, problems);
        used.extend(fragment.body.calls());
    }
    for function in api.all_functions() {
        for (_, code) in function.codes() {
            if let Code::Body(body) = code {
                check_body(body, &function.prototype, &function.place, api, pythons, problems);
                used.extend(body.calls());
            }
        }
    }
    for fragment in api.fragments.iter().filter(|fragment| !used.contains(fragment.prototype.name.as_str())) {
        let found = format!("no body calls the fragment {}", fragment.prototype.name);
        problems.add(&fragment.place, found, "remove it");
    }
}

fn check_body(
    body: &Body,
    prototype: &Prototype,
    place: &Place,
    api: &Api,
    pythons: &Pythons,
    problems: &mut Problems,
) {
    let mut declared = BTreeSet::new();
    let mut facts = BTreeSet::new();
    body.visit(
        &mut |statement| match statement {
            Statement::Declare { name, .. } | Statement::Count { index: name, .. } => {
                declared.insert(name.clone());
            }
            Statement::When { fact, .. } => {
                facts.insert(fact.clone());
            }
            _ => {}
        },
        &mut |_| {},
    );
    for fact in facts.iter().filter(|fact| !pythons.facts.iter().any(|known| known.name == **fact)) {
        let found = format!("the body of {} asks for the unknown fact `{fact}`", prototype.name);
        problems.add(place, found, "name one that pythons.toml defines");
    }
    let parameters: BTreeSet<_> = prototype.parameters.iter().map(|parameter| parameter.name.as_str()).collect();
    let is_constant = |name: &str| {
        api.handles.iter().any(|handle| handle.cpython == name)
            || api.enums.iter().flat_map(|of| &of.values).any(|value| value.name == name)
    };
    for name in body.names() {
        let is_known = declared.contains(&name) || parameters.contains(name.as_str()) || is_constant(&name);
        if !is_known {
            let found = format!("the body of {} uses `{name}`, which is nothing", prototype.name);
            problems.add(place, found, "name a parameter, a variable, or a constant of the table");
        }
    }
    for name in declared.iter().filter(|name| parameters.contains(name.as_str())) {
        let found = format!("the body of {} declares `{name}`, which is a parameter", prototype.name);
        problems.add(place, found, "give the variable another name");
    }
    for name in body.calls() {
        let is_known = INTRINSICS.iter().any(|(intrinsic, _)| *intrinsic == name)
            || api.fragments.iter().any(|fragment| fragment.prototype.name == name)
            || name.starts_with("Py")
            || name.starts_with("_Py");
        if !is_known {
            let found = format!("the body of {} calls `{name}`", prototype.name);
            problems.add(place, found, "call a function of CPython, or a [[fragment]]");
        }
    }
    for parameter in prototype.parameters.iter().filter(|parameter| parameter.of.crossing == Crossing::Addressed) {
        let found = format!("{} takes a `{}`, which no body can use", prototype.name, parameter.of.c);
        problems.add(place, found, "write the function by hand and say why: `by_hand = \"...\"`");
    }
}
