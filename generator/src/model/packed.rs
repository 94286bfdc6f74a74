// generator/src/model/packed.rs: how the trampolines of the loader ABIs pack what CPython passes, for the loader to unpack, and
// what they pass on where handles are the objects themselves.

use crate::model::Signature;
use crate::model::types::{Crossing, Type};

/// One thing that CPython passes.
pub struct Passed<'a> {
    pub name: &'a str,
    pub as_what: As,
}

/// What it is on CPython's side.
#[derive(Clone, Copy)]
pub enum As {
    /// `PyObject *`
    Object,
    /// `PyObject *const *`
    Objects,
    /// The same as for the implementation.
    Value(&'static Type),
}

/// How an implementation gets what CPython passes, where handles are the objects themselves.
#[derive(Clone, Copy)]
pub enum Short {
    /// A handle of the object.
    Handle,
    /// The array of objects, as one of handles.
    Handles,
    /// The number of arguments, without the flag of the vectorcall protocol.
    Count,
    /// The same.
    Value,
}

/// The arguments of an implementation without packing, in order. Nothing for a convention whose trampoline has a tuple, which
/// the loader unpacks.
pub fn short(signature: &Signature) -> Option<Vec<(&str, Short)>> {
    let parameters = &signature.prototype.parameters;
    if passed(signature)?.len() != parameters.len() {
        return None;
    }
    let mut all = Vec::new();
    for (position, parameter) in parameters.iter().enumerate() {
        // The vectorcall protocol has names behind the count.
        let is_count = || {
            let before = position.checked_sub(1).map(|before| parameters[before].of.crossing);
            before == Some(Crossing::Handles) && parameters.get(position + 1).is_some()
        };
        let short = match parameter.of.crossing {
            Crossing::Handle => Short::Handle,
            Crossing::Handles => Short::Handles,
            _ if is_count() => Short::Count,
            _ => Short::Value,
        };
        all.push((parameter.name.as_str(), short));
    }
    Some(all)
}

/// What CPython passes for a convention, in order; the result follows in the struct if there is one. Nothing for a
/// convention whose trampoline is written.
pub fn passed(signature: &Signature) -> Option<Vec<Passed<'_>>> {
    let prototype = &signature.prototype;
    if !prototype.takes_context || signature.loader_by_hand.is_some() {
        return None;
    }
    // Of a constructor, CPython passes the positional arguments as a tuple.
    let counts = |of: &Type| of.c == "HPy_ssize_t";
    let is_tuple =
        prototype.parameters.windows(2).any(|pair| pair[0].of.crossing == Crossing::Handles && counts(pair[1].of));
    let mut all = Vec::new();
    for parameter in &prototype.parameters {
        let as_what = match parameter.of.crossing {
            Crossing::Handle => As::Object,
            Crossing::Handles if is_tuple => As::Object,
            Crossing::Handles => As::Objects,
            _ if is_tuple && counts(parameter.of) => continue,
            _ => As::Value(parameter.of),
        };
        all.push(Passed { name: &parameter.name, as_what });
    }
    Some(all)
}
