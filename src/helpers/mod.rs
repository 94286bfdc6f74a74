// src/helpers/mod.rs: HPy's helpers, written in terms of the functions of the context: one body serves every ABI.

mod arg;
mod borrowed;
mod build_value;
mod builders;
mod capsule;
mod control;
#[cfg(any(not(feature = "cpython"), cpython_free_threaded))]
pub(crate) mod counted;
mod errors;
mod format;
mod integers;
mod integers128;
mod notes;
mod objects;
mod specs;
mod str_builder;
pub(crate) mod struct_sequence;
mod type_name;
mod units;
mod values;

pub use borrowed::*;
pub use builders::*;
pub use capsule::*;
pub use control::*;
pub use errors::*;
pub use integers::*;
pub use integers128::*;
pub use notes::*;
pub use objects::*;
pub use specs::*;
pub use str_builder::*;
pub use struct_sequence::*;

pub(crate) use format::text_buffer::TextBuffer;
pub(crate) use type_name::with_name;

/// The targets of the helpers' macros and of the functions for C; not public API.
#[doc(hidden)]
pub mod __helpers {
    pub use super::arg::nested::Items;
    #[cfg(feature = "c-library")]
    pub use super::arg::parse::arg_convert_unit;
    pub use super::arg::parse::{arg_parse, arg_parse_keywords, arg_parse_keywords_dict};
    pub use super::arg::place::release;
    pub use super::arg::spec::ArgSpec;
    pub use super::arg::steps::{Ordered, begin, count_fits, end, order_dict, order_names, unit};
    pub use super::arg::units::ArgUnit;
    pub use super::build_value::macros::{BuildValueUnit, build_value_item};
    pub use super::build_value::spec::BuildValueSpec;
    pub use super::build_value::{build_read_value, build_value};
    pub use super::control::Away;
    pub use super::format::macros::{FormatUnit, format_value};
    pub use super::format::spec::FormatSpec;
    #[cfg(feature = "c-library")]
    pub(crate) use super::format::text_of_format;
    pub use super::format::{err_format, unicode_from_format};
    pub use super::values::Value;
    #[cfg(feature = "c-library")]
    pub(crate) use super::values::{NextValue, Values};
}
