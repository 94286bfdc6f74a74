// generator/src/model/prototype.rs: reads C prototypes such as `int HPy_SetItem(HPyContext *ctx, HPy obj, HPy key, HPy value)`.

use std::str::FromStr;

use crate::model::types::{Crossing, Type};

/// A function's name, result and parameters.
#[derive(Debug)]
pub struct Prototype {
    /// Empty for the type of a calling convention.
    pub name: String,
    pub result: &'static Type,
    /// Whether the first parameter is `HPyContext *ctx`, which `parameters` then leaves out.
    pub takes_context: bool,
    pub parameters: Vec<Parameter>,
}

/// A parameter other than the context.
#[derive(Debug)]
pub struct Parameter {
    pub name: String,
    pub of: &'static Type,
}

impl Parameter {
    pub fn is_handle(&self) -> bool {
        matches!(self.of.crossing, Crossing::Handle | Crossing::Handles)
    }

    pub fn is_pointer(&self) -> bool {
        !self.is_handle() && self.of.c.ends_with('*')
    }

    /// Whether `HPy_NULL` or `NULL` is a value of its type.
    pub fn may_be_null(&self) -> bool {
        self.is_handle() || self.is_pointer()
    }
}

impl FromStr for Prototype {
    type Err = String;

    fn from_str(text: &str) -> Result<Prototype, String> {
        let (head, rest) = text.split_once('(').ok_or("a prototype needs a parameter list in parentheses")?;
        let list = rest.strip_suffix(')').ok_or("a prototype ends with `)`")?;
        let (result, name) = split_name(head.trim())?;
        let mut prototype = Prototype { name, result, takes_context: false, parameters: Vec::new() };
        if list == "void" {
            return Ok(prototype);
        }
        for (position, text) in list.split(',').map(str::trim).enumerate() {
            if position == 0 && text == "HPyContext *ctx" {
                prototype.takes_context = true;
                continue;
            }
            let (of, name) = split_name(text)?;
            if name.is_empty() {
                return Err(format!("the parameter `{text}` has no name"));
            }
            if prototype.parameters.iter().any(|other| other.name == name) {
                return Err(format!("two parameters are named `{name}`"));
            }
            prototype.parameters.push(Parameter { name, of });
        }
        Ok(prototype)
    }
}

/// Splits `const char *name` into its type and its name; the name may be missing.
fn split_name(text: &str) -> Result<(&'static Type, String), String> {
    if let Some(alone) = Type::find(text) {
        return Ok((alone, String::new()));
    }
    let of = text.trim_end_matches(|c: char| c.is_ascii_alphanumeric() || c == '_');
    let (of, name) = (of.trim_end(), &text[of.len()..]);
    let of = Type::find(of)
        .ok_or_else(|| format!("`{of}` is not a type of this API (they are listed in generator/src/model/types.rs)"))?;
    Ok((of, name.to_owned()))
}
