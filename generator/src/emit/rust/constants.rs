// generator/src/emit/rust/constants.rs: the constants of the table in Rust: enumerations, slots, conventions, flags; the same in every ABI.

use std::fmt::Write as _;

use crate::emit::docs;
use crate::emit::rust::spelling::banner;
use crate::model::types::Type;
use crate::model::{Api, Constant, Enum};

/// The file that `src/lib.rs` includes.
pub fn constants(api: &Api) -> String {
    let mut out = banner(None, "rust/constants.rs");
    for of in &api.enums {
        out.push_str(&enumeration(of));
    }
    out.push_str(&numbered(
        "HPySlot_Slot",
        "The number of a slot.",
        api.slots.iter().map(|slot| (&slot.name, slot.number, &slot.doc)),
    ));
    out.push_str(&numbered(
        "HPyFunc_Signature",
        "The number of a calling convention.",
        api.signatures.iter().map(|signature| (&signature.name, signature.number, &signature.doc)),
    ));
    out.push_str(&methods_of_slots(api));
    for constant in &api.constants {
        let of = Type::find(&constant.c_type).map_or("c_int", |of| of.rust);
        out.push_str(&value(of, constant));
    }
    out
}

/// `("__len__", "`__len__` is the slot ..")`, for the messages of `HPyType!`, which are constants.
fn methods_of_slots(api: &Api) -> String {
    let mut out = String::from(
        "/// The methods that are slots, each with why no other function has its name.\n\
         pub(crate) const METHODS_OF_SLOTS: &[(&str, &str)] = &[\n",
    );
    for slot in &api.slots {
        for method in &slot.methods {
            let _ = writeln!(
                out,
                "    (\"{method}\", \"`{method}` is the slot `{}`: a class of `HPyType!` that has it has a function with `&self`, and \
                 otherwise a type of `HPyType_Spec!` has it\"),",
                slot.name
            );
        }
    }
    out.push_str("];\n\n");
    out
}

fn enumeration(of: &Enum) -> String {
    let mut out = format!("{}pub type {} = c_int;\n\n", docs::comment(&of.doc), of.name);
    for member in &of.values {
        out.push_str(&value(&of.name, member));
    }
    out
}

fn value(of: &str, constant: &Constant) -> String {
    let value = match constant.cpython_only {
        true => format!("if cfg!(feature = \"cpython\") {{ {} }} else {{ 0 }}", constant.value),
        false => constant.value.to_string(),
    };
    format!("{}pub const {}: {of} = {value};\n\n", docs::comment(&constant.doc), constant.name)
}

fn numbered<'a>(name: &str, doc: &str, all: impl Iterator<Item = (&'a String, i64, &'a String)>) -> String {
    let mut out = format!("/// {doc}\npub type {name} = c_int;\n\n");
    for (constant, number, doc) in all {
        let _ = write!(out, "{}pub const {constant}: {name} = {number};\n\n", docs::comment(doc));
    }
    out
}
