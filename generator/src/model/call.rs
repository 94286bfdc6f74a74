// generator/src/model/call.rs: a CPython call as the table writes it: a name, or a name with arguments.

use std::str::FromStr;

use crate::model::body::Expression;
use crate::model::prototype::Prototype;

/// A CPython function and what it is called with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    pub function: String,
    /// What is passed, or nothing where all parameters are passed in their order.
    pub arguments: Option<Vec<Argument>>,
}

/// An argument of a CPython call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Argument {
    /// A parameter of the HPy function.
    Parameter(String),
    Null,
    Integer(i64),
}

impl Call {
    /// The call that a HPy function of this name makes unless the table says otherwise: `HPyX_Y` is `PyX_Y`, and
    /// `HPy_X` is `PyObject_X`.
    pub fn by_default(hpy_name: &str) -> Call {
        let name = hpy_name.trim_start_matches('_');
        let function = match name.strip_prefix("HPy_") {
            Some(rest) => format!("PyObject_{rest}"),
            None => name.strip_prefix('H').unwrap_or(name).to_owned(),
        };
        Call { function, arguments: None }
    }

    /// What is passed, for a HPy function with this prototype.
    pub fn arguments(&self, prototype: &Prototype) -> Vec<Argument> {
        let all = || prototype.parameters.iter().map(|parameter| Argument::Parameter(parameter.name.clone())).collect();
        self.arguments.clone().unwrap_or_else(all)
    }

    /// The call as an expression of a body.
    pub fn expression(&self, prototype: &Prototype) -> Expression {
        let arguments = self.arguments(prototype).into_iter().map(|argument| match argument {
            Argument::Parameter(name) => Expression::Name(name),
            Argument::Null => Expression::Null,
            Argument::Integer(integer) => Expression::Integer(integer),
        });
        Expression::Call(self.function.clone(), arguments.collect())
    }

    /// What is wrong with the call for a HPy function with this prototype, if anything.
    pub fn check(&self, prototype: &Prototype) -> Result<(), String> {
        for argument in self.arguments.iter().flatten() {
            if let Argument::Parameter(name) = argument {
                if !prototype.parameters.iter().any(|parameter| parameter.name == *name) {
                    return Err(format!("`{name}` is no parameter of {}", prototype.name));
                }
            }
        }
        Ok(())
    }
}

impl FromStr for Call {
    type Err = String;

    fn from_str(text: &str) -> Result<Call, String> {
        let Some((function, rest)) = text.split_once('(') else {
            return Ok(Call { function: identifier(text)?, arguments: None });
        };
        let list = rest.strip_suffix(')').ok_or("a call with arguments ends with `)`")?;
        let arguments = list.split(',').map(str::trim).filter(|part| !part.is_empty() || list.contains(','));
        let arguments = arguments.map(str::parse).collect::<Result<_, _>>()?;
        Ok(Call { function: identifier(function)?, arguments: Some(arguments) })
    }
}

impl FromStr for Argument {
    type Err = String;

    fn from_str(text: &str) -> Result<Argument, String> {
        if text == "NULL" {
            return Ok(Argument::Null);
        }
        match text.parse() {
            Ok(integer) => Ok(Argument::Integer(integer)),
            Err(_) => identifier(text).map(Argument::Parameter),
        }
    }
}

fn identifier(text: &str) -> Result<String, String> {
    let fits = |c: char| c.is_ascii_alphanumeric() || c == '_';
    if !text.is_empty() && text.chars().all(fits) && !text.starts_with(|c: char| c.is_ascii_digit()) {
        Ok(text.to_owned())
    } else {
        Err(format!("`{text}` is no C name"))
    }
}
