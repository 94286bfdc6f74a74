// generator/src/model/porting.rs: what of CPython's C API is replaced by what of HPy, for those who port.

use std::collections::BTreeSet;

use super::{Api, Code};
use crate::problems::Place;

/// What the table says for those who port, beside what each function, handle and slot replaces.
#[derive(Debug, Default)]
pub struct Porting {
    pub helpers: Vec<Helper>,
    pub counterparts: Vec<Counterpart>,
    pub notes: Vec<Note>,
}

/// What C has beside the functions of the context.
#[derive(Debug)]
pub struct Helper {
    pub place: Place,
    pub name: String,
    pub replaces: Vec<String>,
}

/// What a port writes in place of names that no record replaces.
#[derive(Debug)]
pub struct Counterpart {
    pub place: Place,
    /// Names of the C API; one that ends with `*` stands for all that begin so.
    pub cpython: Vec<String>,
    /// In Markdown. None if there is nothing.
    pub hpy: Option<String>,
    pub note: Option<String>,
}

/// What differs between names that records replace and what replaces them.
#[derive(Debug)]
pub struct Note {
    pub place: Place,
    pub of: Vec<String>,
    pub note: String,
}

/// That a part of HPy replaces a part of the C API.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Replaced {
    /// As C has it: `PyNumber_Add`, `PyExc_KeyError`, `PyErr_NoMemory()`.
    pub cpython: String,
    /// As C has it, without the context: `HPy_Add`, `ctx->h_KeyError`.
    pub hpy: String,
}

impl Api {
    /// All that records replace, in order.
    pub fn replaced(&self) -> BTreeSet<Replaced> {
        let mut rows = BTreeSet::new();
        let mut add = |cpython: &str, hpy: &str| {
            rows.insert(Replaced { cpython: cpython.to_owned(), hpy: hpy.to_owned() });
        };
        for function in self.all_functions() {
            for (_, code) in function.codes() {
                if let Code::Call(call) = code {
                    add(&call.function, function.name());
                }
            }
            // What begins otherwise is a part of another function.
            if let Some(main) = function.stands_on.iter().find(|_| function.name().starts_with("HPy")) {
                add(main, function.name());
            }
            function.replaces.iter().for_each(|cpython| add(cpython, function.name()));
        }
        for handle in &self.handles {
            let call = if handle.is_call() { "()" } else { "" };
            add(&format!("{}{call}", handle.cpython), &format!("ctx->{}", handle.name));
        }
        for slot in &self.slots {
            slot.cpython.iter().chain(&slot.replaces).for_each(|cpython| add(cpython, &slot.name));
        }
        for helper in &self.porting.helpers {
            helper.replaces.iter().for_each(|cpython| add(cpython, &helper.name));
        }
        rows
    }
}
