// generator/src/model/packed.rs: how the trampolines of the loader ABIs pack what CPython passes, for the loader to unpack.

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

/// What CPython passes for a convention, in order; the result follows in the struct if there is one. Nothing for a
/// convention that has no context: there each trampoline has its own way.
pub fn passed(signature: &Signature) -> Option<Vec<Passed<'_>>> {
    let prototype = &signature.prototype;
    if !prototype.takes_context {
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
