// src/helpers/mod.rs: HPy's helpers, written in terms of the functions of the context: one body serves every ABI.

mod arg_error;
mod arg_keywords;
mod arg_macros;
mod arg_parse;
mod arg_spec;
mod arg_units;
mod build_value;
mod build_value_macro;
mod build_value_spec;
mod control;
mod errors;
mod format;
mod format_macros;
mod format_spec;
mod format_values;
mod integers;
mod objects;
mod specs;
mod struct_sequence;
mod text_buffer;

pub use control::*;
pub use errors::*;
pub use integers::*;
pub use objects::*;
pub use specs::*;
pub use struct_sequence::*;

/// What the macros of the helpers expand to, and what the functions for C call; not for use by hand.
#[doc(hidden)]
pub mod __helpers {
    pub use super::arg_keywords::release;
    pub use super::arg_macros::{begin, count_fits, end, order_dict, order_names, unit};
    pub use super::arg_parse::{arg_parse, arg_parse_keywords, arg_parse_keywords_dict};
    pub use super::arg_spec::ArgSpec;
    pub use super::arg_units::ArgUnit;
    pub use super::build_value::{BuildValueItem, build_value};
    pub use super::build_value_macro::{BuildValueUnit, build_value_item};
    pub use super::build_value_spec::BuildValueSpec;
    pub use super::control::Away;
    pub use super::format::{err_format, unicode_from_format};
    pub use super::format_spec::FormatSpec;
    pub use super::format_values::{FormatUnit, FormatValue, format_value};
}
