// generator/src/model/context.rs: the members of the universal context, and which of them every loader has at the same place.

use crate::model::{Api, CallTarget, Function, Handle};

/// The first index that is not at the same place in the context of every loader. Between the releases, HPy had the type
/// `dict` here, as PyPy 7.3.19 still has it, and everything up to [`FIRST_LATER`] one place later.
pub const FIRST_MOVED: i64 = 244;

/// The first index that the context of HPy 0.9.0 does not have.
pub const FIRST_LATER: i64 = 263;

/// The words before the first member: the name, the loader's own, and the version.
pub const BEFORE_MEMBERS: i64 = 3;

/// A member of the context.
pub enum Member<'a> {
    Handle(&'a Handle),
    Function(&'a Function),
}

impl Member<'_> {
    pub fn index(&self) -> i64 {
        match self {
            Member::Handle(handle) => handle.index,
            Member::Function(function) => function.index,
        }
    }

    /// The name of the member: `h_None`, `ctx_Long_FromSize_t`.
    pub fn name(&self) -> String {
        match self {
            Member::Handle(handle) => handle.name.clone(),
            Member::Function(function) => function_member(function.name()),
        }
    }
}

/// The member of the context that holds a function: `ctx_Long_FromSize_t` for `HPyLong_FromSize_t`.
pub fn function_member(name: &str) -> String {
    let name = name.trim_start_matches('_');
    let short = name.strip_prefix("HPy_").or_else(|| name.strip_prefix("HPy")).unwrap_or(name);
    format!("ctx_{short}")
}

/// All members in the order of their indices.
pub fn members(api: &Api) -> Vec<Member<'_>> {
    let handles = api.handles.iter().map(Member::Handle);
    let mut all: Vec<_> = handles.chain(api.functions.iter().map(Member::Function)).collect();
    all.sort_by_key(Member::index);
    all
}

/// The functions that C finds in the library: what is written, but in no header, what not every loader has, and the extras.
pub fn loader_library(api: &Api) -> Vec<&Function> {
    let is_in_library = |function: &&Function| {
        function.index >= FIRST_LATER || (function.loader_by_hand.is_some() && !function.inline.loader)
    };
    api.functions.iter().filter(is_in_library).chain(&api.extras).collect()
}

/// The functions that C finds in the library of the native ABI: what is written by hand, and in no header.
pub fn native_library(api: &Api) -> Vec<&Function> {
    let is_in_library = |function: &&Function| match function.target {
        CallTarget::Generated(_) => false,
        CallTarget::ByHand { .. } => !function.is_for_trampolines && !function.inline.native,
    };
    api.all_functions().filter(is_in_library).collect()
}
