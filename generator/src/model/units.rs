// generator/src/model/units.rs: the units of formats: what a format says about one argument.

use super::types::Type;
use crate::problems::Place;

/// The units of every format of the API, in the order of their records.
#[derive(Debug, Default)]
pub struct Units {
    /// Those of `HPyArg_Parse`.
    pub args: Vec<Unit<Parsed>>,
    /// Those of `HPy_BuildValue`.
    pub values: Vec<Unit<Built>>,
    /// Those of `HPyUnicode_FromFormat`.
    pub formats: Vec<Unit<Formatted>>,
}

/// What a format says about one argument, and what only the units of its kind of format have.
#[derive(Debug)]
pub struct Unit<K> {
    pub place: Place,
    /// How a format spells it; the first spelling stands for it in documents.
    pub spellings: Vec<String>,
    /// The one character that generated code and rustc's messages have for it.
    pub code: char,
    /// A type for each C argument that it takes: that of the variable which is written, or of the value which is read.
    pub types: Vec<&'static Type>,
    /// The Rust types that its value may have, where they are not that of the C type.
    pub rust: Vec<String>,
    pub doc: String,
    pub kind: K,
}

/// A unit of `HPyArg_Parse`.
#[derive(Debug)]
pub struct Parsed {
    /// What of Python it converts.
    pub python: String,
    pub conversion: Conversion,
    /// Whether a tracker keeps its object: it gives a handle.
    pub is_tracked: bool,
    /// It gives a handle or a text that lives as long as the object.
    pub is_borrowed: bool,
    /// What gives back what it gave, where the parser fails afterwards.
    pub undo: Option<String>,
}

/// How the argument parsers convert an object.
#[derive(Debug)]
pub enum Conversion {
    /// A function `(ctx, h)` that returns a number, or -1 with an exception set.
    Call(String),
    /// The same, whose number has to fit into the variable; errors call it the `what`.
    Ranged { call: String, what: String },
    /// A function of `src/helpers/arg/units.rs` that takes the format too: it raises errors of its own.
    Function(String),
    /// A function of `src/helpers/arg/in_place.rs` that gets the C arguments themselves, of which some are read.
    InPlace(String),
}

/// A unit of `HPy_BuildValue`.
#[derive(Debug)]
pub struct Built {
    /// What of Python it makes.
    pub python: String,
    /// The function that makes it, in Rust and, as `make_NAME`, in C.
    pub by: String,
}

/// A unit of `HPyUnicode_FromFormat`.
#[derive(Debug)]
pub struct Formatted {
    /// The method that writes its text.
    pub by: String,
    pub padding: Padding,
}

/// What may stand between `%` and a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Padding {
    /// Width and precision, and a `0`.
    Zeros,
    /// Width and precision.
    Spaces,
    Nothing,
}

/// The type of a variable argument that is a value.
#[derive(Debug)]
pub struct ValueType {
    pub c: &'static str,
    /// The letter by which the library asks C for the next value of this type.
    pub code: char,
    /// The member of `_HPy_Value` that has it.
    pub member: &'static str,
}

/// All of them.
pub const VALUE_TYPES: &[ValueType] = &[
    value_type("int", 'i', "i"),
    value_type("unsigned int", 'I', "u"),
    value_type("long", 'l', "i"),
    value_type("unsigned long", 'k', "u"),
    value_type("long long", 'L', "i"),
    value_type("unsigned long long", 'K', "u"),
    value_type("HPy_ssize_t", 'n', "i"),
    value_type("size_t", 'N', "u"),
    value_type("double", 'd', "d"),
    value_type("const char *", 's', "s"),
    value_type("const void *", 'p', "p"),
    value_type("HPy", 'O', "o"),
];

const fn value_type(c: &'static str, code: char, member: &'static str) -> ValueType {
    ValueType { c, code, member }
}

impl ValueType {
    pub fn find(c: &str) -> Option<&'static ValueType> {
        VALUE_TYPES.iter().find(|known| known.c == c)
    }
}

impl<K> Unit<K> {
    /// The spelling that stands for it in documents.
    pub fn spelling(&self) -> &str {
        &self.spellings[0]
    }

    /// The Rust types that the value of its C argument `index` may have.
    pub fn rust_types(&self, index: usize) -> Vec<&str> {
        match self.rust.is_empty() {
            true => vec![self.types[index].rust],
            false => self.rust.iter().map(String::as_str).collect(),
        }
    }
}
