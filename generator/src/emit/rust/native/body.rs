// generator/src/emit/rust/native/body.rs: the body of a function in Rust.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::emit::rust::spelling::{from_cpython, identifier, to_cpython};
use crate::model::body::{Body, Expression, Spelled, Statement, takes_struct};
use crate::model::prototype::Prototype;
use crate::model::types::{Crossing, Type};
use crate::model::{Api, HandleKind};

/// The statements of a body that has no `when`, each line indented by `depth`.
pub fn body(body: &Body, prototype: &Prototype, api: &Api, depth: usize) -> String {
    let mut out = String::new();
    let names = body.names();
    let unused = prototype.parameters.iter().filter(|parameter| !names.contains(&parameter.name));
    let unused: Vec<_> = unused.map(|parameter| identifier(&parameter.name)).collect();
    if !unused.is_empty() {
        let unused = if unused.len() == 1 { unused[0].clone() } else { format!("({})", unused.join(", ")) };
        let _ = writeln!(out, "{}let _ = {unused};", "    ".repeat(depth));
    }
    let mut emitter = Emitter { prototype, api, variables: Vec::new(), changed: changed(body) };
    emitter.variables(body);
    emitter.block(&body.0, depth, true, &mut out);
    out
}

/// The variables that are assigned to after their declaration with a value, or whose address is taken.
fn changed(body: &Body) -> BTreeSet<String> {
    let mut changed = BTreeSet::new();
    let mut given = BTreeSet::new();
    body.visit(
        &mut |statement| match statement {
            Statement::Declare { name, value: Some(_), .. } => {
                given.insert(name.clone());
            }
            Statement::Assign { place: Expression::Name(name), .. } if given.contains(name) => {
                changed.insert(name.clone());
            }
            _ => {}
        },
        &mut |_| {},
    );
    body.visit(&mut |_| {}, &mut |expression| {
        if let Expression::Address(name) = expression {
            changed.insert(name.clone());
        }
    });
    changed
}

/// What an expression gives.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Bool,
    Pointer,
    Number,
}

struct Emitter<'a> {
    prototype: &'a Prototype,
    api: &'a Api,
    variables: Vec<(String, Spelled)>,
    changed: BTreeSet<String>,
}

impl Emitter<'_> {
    fn variables(&mut self, body: &Body) {
        body.visit(
            &mut |statement| {
                if let Statement::Declare { ty, name, .. } = statement {
                    self.variables.push((name.clone(), ty.clone()));
                }
            },
            &mut |_| {},
        );
    }

    /// `is_end`: the last statement is that of the function.
    fn block(&self, all: &[Statement], depth: usize, is_end: bool, out: &mut String) {
        let indent = "    ".repeat(depth);
        for (position, statement) in all.iter().enumerate() {
            match statement {
                Statement::Comment(text) => {
                    let _ = writeln!(out, "{indent}// {text}");
                }
                Statement::Declare { ty, name, value } => {
                    let mutable = if self.changed.contains(name) { "mut " } else { "" };
                    let value = value.as_ref().map_or(String::new(), |value| format!(" = {}", self.value(value)));
                    let _ = writeln!(out, "{indent}let {mutable}{}: {}{value};", identifier(name), ty.rust);
                }
                Statement::Assign { place, value } => {
                    let _ = writeln!(out, "{indent}{};", self.assignment(place, value));
                }
                Statement::If { condition, then, otherwise } => {
                    let _ = writeln!(out, "{indent}if {} {{", self.truth(condition));
                    self.block(then, depth + 1, false, out);
                    if !otherwise.is_empty() {
                        let _ = writeln!(out, "{indent}}} else {{");
                        self.block(otherwise, depth + 1, false, out);
                    }
                    let _ = writeln!(out, "{indent}}}");
                }
                Statement::Count { index, count, body } => {
                    let _ = writeln!(out, "{indent}for {index} in 0..{} {{", self.value(count));
                    self.block(body, depth + 1, false, out);
                    let _ = writeln!(out, "{indent}}}");
                }
                Statement::Locked { object, body } => {
                    let _ = writeln!(
                        out,
                        "{indent}let mut section = core::mem::MaybeUninit::<ffi::PyCriticalSection>::uninit();\n\
                         {indent}ffi::PyCriticalSection_Begin(section.as_mut_ptr(), {});",
                        self.value(object)
                    );
                    self.block(body, depth, false, out);
                    let _ = writeln!(out, "{indent}ffi::PyCriticalSection_End(section.as_mut_ptr());");
                }
                Statement::Return(value) if is_end && position + 1 == all.len() => {
                    let _ = writeln!(out, "{indent}{}", self.result(value));
                }
                Statement::Return(value) => {
                    let _ = writeln!(out, "{indent}return {};", self.result(value));
                }
                Statement::Run(value) => {
                    let _ = writeln!(out, "{indent}{};", self.value(value));
                }
                Statement::When { fact, .. } => unreachable!("`when {fact}` is decided before"),
            }
        }
    }

    fn parameter(&self, name: &str) -> Option<&'static Type> {
        self.prototype.parameters.iter().find(|parameter| parameter.name == name).map(|parameter| parameter.of)
    }

    fn assignment(&self, place: &Expression, value: &Expression) -> String {
        let value = self.value(value);
        if let Expression::Target(pointer) = place {
            let pointer_text = self.plain(pointer);
            return match self.target_type(pointer) {
                Some("HPyField *") => format!("(*{pointer_text})._i = {value}"),
                Some("HPy *") => format!("*{pointer_text} = HPy {{ _i: {value} }}"),
                _ => format!("*{pointer_text} = {value}"),
            };
        }
        format!("{} = {value}", self.value(place))
    }

    fn target_type(&self, pointer: &Expression) -> Option<&'static str> {
        let Expression::Name(name) = pointer else { return None };
        self.parameter(name).map(|ty| ty.c)
    }

    /// The value that a function returns.
    fn result(&self, value: &Expression) -> String {
        let ty = self.prototype.result;
        match value {
            Expression::Null if ty.c == "HPy" => "HPy_NULL".to_owned(),
            Expression::Name(name) if self.parameter(name) == Some(ty) => identifier(name),
            Expression::Integer(_) => self.value(value),
            Expression::Cast(cast, _) if cast.c == ty.c => self.value(value),
            Expression::Name(name) if self.has_type(name, ty) => self.value(value),
            _ if ty.c == "bool" => self.truth(value),
            Expression::Null => from_cpython(ty, &self.value(value)),
            _ if ty.c == "void *" && self.kind(value) == Kind::Pointer => format!("{}.cast()", self.operand(value)),
            _ if ty.crossing == Crossing::Integer => from_cpython(ty, &self.operand(value)),
            _ => from_cpython(ty, &self.value(value)),
        }
    }

    /// Whether a variable, or a parameter that CPython has too, is of this type.
    fn has_type(&self, name: &str, ty: &Type) -> bool {
        let is_it = |(variable, spelled): &(String, Spelled)| variable == name && spelled.c == ty.c;
        self.variables.iter().any(is_it)
    }

    fn kind(&self, expression: &Expression) -> Kind {
        let of_type = |c: &str| match c {
            "bool" => Kind::Bool,
            _ if c.ends_with('*') => Kind::Pointer,
            _ => Kind::Number,
        };
        match expression {
            Expression::Not(_) | Expression::Bool(_) => Kind::Bool,
            Expression::Binary("+" | "-", ..) | Expression::Integer(_) => Kind::Number,
            Expression::Binary(..) => Kind::Bool,
            Expression::Null | Expression::Text(_) | Expression::Address(_) | Expression::Target(_) => Kind::Pointer,
            Expression::Item(..) | Expression::Member(..) => Kind::Pointer,
            Expression::Cast(ty, _) => of_type(&ty.c),
            Expression::Choice(_, then, _) => self.kind(then),
            Expression::Call(name, arguments) if name == "unlikely" => self.kind(&arguments[0]),
            Expression::Call(name, _) if takes_struct(name) || name == "kept_name" => Kind::Pointer,
            Expression::Call(name, _) => {
                let fragment = self.api.fragments.iter().find(|fragment| fragment.prototype.name == *name);
                fragment.map_or(Kind::Number, |fragment| of_type(fragment.prototype.result.c))
            }
            Expression::Name(name) => match self.parameter(name) {
                Some(ty) if matches!(ty.crossing, Crossing::Handle | Crossing::Builder(_)) => Kind::Pointer,
                Some(ty) => of_type(ty.c),
                None => {
                    let variable = self.variables.iter().find(|(variable, _)| variable == name);
                    variable.map_or(Kind::Pointer, |(_, ty)| of_type(&ty.c))
                }
            },
        }
    }

    /// A condition: C's is true if it is not 0.
    fn truth(&self, expression: &Expression) -> String {
        match expression {
            Expression::Binary(operator @ ("&&" | "||"), left, right) => {
                let side = |side: &Expression| match side {
                    Expression::Binary("&&" | "||", ..) if !matches!(side, Expression::Binary(inner, ..) if inner == operator) =>
                    {
                        format!("({})", self.truth(side))
                    }
                    _ => self.truth(side),
                };
                format!("{} {operator} {}", side(left), side(right))
            }
            Expression::Call(name, arguments) if name == "unlikely" => self.truth(&arguments[0]),
            _ if self.kind(expression) == Kind::Bool => self.value(expression),
            _ => format!("{} != 0", self.value(expression)),
        }
    }

    /// An expression where a handle is the object that it stands for.
    fn value(&self, expression: &Expression) -> String {
        match expression {
            Expression::Name(name) => self.name(name),
            Expression::Null => "null()".to_owned(),
            Expression::Integer(number) => number.to_string(),
            Expression::Bool(value) => value.to_string(),
            Expression::Text(text) => format!("c\"{text}\".as_ptr()"),
            Expression::Address(name) => format!("&mut {}", identifier(name)),
            Expression::Call(name, arguments) => self.call(name, arguments),
            Expression::Not(inner) if self.kind(inner) == Kind::Bool => format!("!{}", self.operand(inner)),
            Expression::Not(inner) => format!("{} == 0", self.operand(inner)),
            Expression::Target(pointer) => format!("(*{})._i", self.plain(pointer)),
            // A pointer to what is constant may lose that.
            Expression::Cast(ty, inner) if ty.c == "void *" => format!("{} as *mut c_void", self.operand(inner)),
            Expression::Cast(ty, inner) if ty.is_pointer() => match self.kind(inner) {
                Kind::Pointer | Kind::Number => format!("{}.cast()", self.operand(inner)),
                Kind::Bool => self.value(inner),
            },
            Expression::Cast(ty, inner) => format!("{} as {}", self.operand(inner), ty.rust),
            Expression::Binary("==", left, right) if **right == Expression::Null => {
                format!("is_null({})", self.value(left))
            }
            Expression::Binary("!=", left, right) if **right == Expression::Null => {
                format!("!is_null({})", self.value(left))
            }
            Expression::Binary("&&" | "||", ..) => self.truth(expression),
            Expression::Binary(operator, left, right) => {
                format!("{} {operator} {}", self.operand(left), self.operand(right))
            }
            Expression::Choice(condition, then, otherwise) => {
                format!("if {} {{ {} }} else {{ {} }}", self.truth(condition), self.value(then), self.value(otherwise))
            }
            Expression::Member(pointer, member) => format!("(*{}).{member}", self.plain(pointer)),
            Expression::Item(array, index) => {
                format!("(*{}.offset({}))._i", self.plain(array), self.value(index))
            }
        }
    }

    /// A parameter as CPython has it, a variable, or a constant: CPython has objects, which Rust reads or asks for.
    fn name(&self, name: &str) -> String {
        if let Some(ty) = self.parameter(name) {
            return match ty.crossing {
                // Only as the argument of a function the width may be another one.
                Crossing::Integer => identifier(name),
                _ => to_cpython(ty, &identifier(name)),
            };
        }
        match self.api.handles.iter().find(|handle| handle.cpython == name).map(|handle| handle.kind) {
            Some(HandleKind::Singleton | HandleKind::Call) => format!("ffi::{name}()"),
            Some(HandleKind::Exception) => format!("ffi::{name}"),
            Some(HandleKind::Type) => format!("(&raw mut ffi::{name}).cast()"),
            None => identifier(name),
        }
    }

    fn call(&self, name: &str, arguments: &[Expression]) -> String {
        match name {
            "known" => return format!("core::hint::assert_unchecked({})", self.truth(&arguments[0])),
            "unlikely" => return self.truth(&arguments[0]),
            _ if takes_struct(name) => {
                let Expression::Name(head) = &arguments[1] else { unreachable!("checked with the table") };
                return format!("{name}::<ffi::{head}>({})", self.value(&arguments[0]));
            }
            _ => {}
        }
        let is_fragment = self.api.fragments.iter().any(|fragment| fragment.prototype.name == name);
        let passed = |argument: &Expression| match argument {
            Expression::Name(parameter) if is_fragment && self.is_cast(parameter) => identifier(parameter),
            Expression::Name(parameter) if !is_fragment => match self.parameter(parameter) {
                Some(ty) => to_cpython(ty, &identifier(parameter)),
                None => self.value(argument),
            },
            _ => self.value(argument),
        };
        let arguments: Vec<_> = arguments.iter().map(passed).collect();
        let path = match name {
            "kept_name" | "strlen" | "memcmp" => "native::body::",
            _ if is_fragment => "",
            _ => "ffi::",
        };
        format!("{path}{name}({})", arguments.join(", "))
    }

    /// Whether CPython has a parameter under another type, which no fragment has.
    fn is_cast(&self, name: &str) -> bool {
        self.parameter(name).is_some_and(|ty| matches!(ty.crossing, Crossing::Cast(..)))
    }

    /// An expression as it stands: a parameter is not made an object.
    fn plain(&self, expression: &Expression) -> String {
        match expression {
            Expression::Name(name) => identifier(name),
            _ => self.operand(expression),
        }
    }

    /// An expression that something stands before or behind.
    fn operand(&self, expression: &Expression) -> String {
        let text = self.value(expression);
        match expression {
            Expression::Binary(_, _, right) if **right == Expression::Null => text,
            Expression::Binary(..) | Expression::Choice(..) | Expression::Not(_) => format!("({text})"),
            Expression::Cast(ty, _) if !ty.is_pointer() => format!("({text})"),
            _ => text,
        }
    }
}
