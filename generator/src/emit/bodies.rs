// generator/src/emit/bodies.rs: what is emitted of the table for one target of the native ABI: bodies without a choice.

use std::collections::BTreeSet;

use crate::model::body::Body;
use crate::model::{Api, Fragment, Function};
use crate::target::Target;
use crate::target::pythons::Pythons;

/// The functions that are not written by hand, and the fragments that they use.
pub struct Bodies<'a> {
    pub fragments: Vec<(&'a Fragment, Body)>,
    pub functions: Vec<(&'a Function, Body)>,
}

/// The bodies on `target` of the functions of the context.
pub fn on<'a>(api: &'a Api, pythons: &Pythons, target: &Target) -> Bodies<'a> {
    of(api, &api.functions, pythons, target)
}

/// The bodies on `target` of the extras. A fragment that the context's functions use is not among them.
pub fn of_extras<'a>(api: &'a Api, pythons: &Pythons, target: &Target) -> Bodies<'a> {
    let (common, mut extras) = (on(api, pythons, target), of(api, &api.extras, pythons, target));
    let is_common = |name: &str| common.fragments.iter().any(|(fragment, _)| fragment.prototype.name == name);
    extras.fragments.retain(|(fragment, _)| !is_common(&fragment.prototype.name));
    extras
}

fn of<'a>(api: &'a Api, functions: &'a [Function], pythons: &Pythons, target: &Target) -> Bodies<'a> {
    let holds = |fact: &str| pythons.facts.iter().any(|known| known.name == fact && known.holds(target));
    let with_body =
        |function: &'a Function| function.code(target.version).map(|code| (function, code.body(function).on(&holds)));
    let functions: Vec<_> = functions.iter().filter_map(with_body).collect();
    let used: BTreeSet<&str> = functions.iter().flat_map(|(_, body)| body.calls()).collect();
    let is_used = |fragment: &&Fragment| used.contains(fragment.prototype.name.as_str());
    let fragments = api.fragments.iter().filter(is_used).map(|fragment| (fragment, fragment.body.on(&holds)));
    Bodies { fragments: fragments.collect(), functions }
}
