// generator/src/emit/c/native/body.rs: the body of a function in C.

use std::fmt::Write as _;

use crate::emit::c::spelling::{declaration, from_cpython, to_cpython};
use crate::model::body::{Body, Expression, Statement, takes_struct};
use crate::model::prototype::Prototype;
use crate::model::types::{Crossing, Type};

/// The statements of a body that has no `when`, each line indented, with what keeps compilers from naming unused parameters.
pub fn body(body: &Body, prototype: &Prototype) -> String {
    let mut out = String::new();
    let names = body.names();
    let context = prototype.takes_context.then_some("ctx");
    let parameters = prototype.parameters.iter().map(|parameter| parameter.name.as_str());
    for name in context.into_iter().chain(parameters).filter(|name| !names.contains(*name)) {
        let _ = writeln!(out, "    (void){name};");
    }
    Emitter { prototype }.block(&body.0, 1, &mut out);
    out
}

struct Emitter<'a> {
    prototype: &'a Prototype,
}

impl Emitter<'_> {
    fn block(&self, all: &[Statement], depth: usize, out: &mut String) {
        let indent = "    ".repeat(depth);
        for statement in all {
            match statement {
                Statement::Comment(text) => {
                    let _ = writeln!(out, "{indent}/* {text} */");
                }
                Statement::Declare { ty, name, value } => {
                    let value = value.as_ref().map_or(String::new(), |value| format!(" = {}", self.value(value)));
                    let _ = writeln!(out, "{indent}{}{value};", declaration(&ty.c, name));
                }
                Statement::Assign { place, value } => {
                    let _ = writeln!(out, "{indent}{};", self.assignment(place, value));
                }
                Statement::If { condition, then, otherwise } => {
                    let _ = writeln!(out, "{indent}if ({}) {{", self.value(condition));
                    self.block(then, depth + 1, out);
                    if !otherwise.is_empty() {
                        let _ = writeln!(out, "{indent}}} else {{");
                        self.block(otherwise, depth + 1, out);
                    }
                    let _ = writeln!(out, "{indent}}}");
                }
                Statement::Count { index, count, body } => {
                    let _ = writeln!(
                        out,
                        "{indent}for (HPy_ssize_t {index} = 0; {index} < {}; {index}++) {{",
                        self.value(count)
                    );
                    self.block(body, depth + 1, out);
                    let _ = writeln!(out, "{indent}}}");
                }
                Statement::Locked { object, body } => {
                    let _ = writeln!(out, "{indent}Py_BEGIN_CRITICAL_SECTION({});", self.value(object));
                    self.block(body, depth, out);
                    let _ = writeln!(out, "{indent}Py_END_CRITICAL_SECTION();");
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
            let pointer = self.plain(pointer);
            return match self.target_type(place) {
                Some("HPyField *") => format!("{pointer}->_i = (intptr_t){value}"),
                Some("HPy *") => format!("*{pointer} = _py2h({value})"),
                _ => format!("*{pointer} = {value}"),
            };
        }
        format!("{} = {value}", self.value(place))
    }

    /// The type of the parameter that `*parameter` goes through.
    fn target_type(&self, place: &Expression) -> Option<&'static str> {
        let Expression::Target(pointer) = place else { return None };
        let Expression::Name(name) = &**pointer else { return None };
        self.parameter(name).map(|ty| ty.c)
    }

    /// The value that a function returns.
    fn result(&self, value: &Expression) -> String {
        let ty = self.prototype.result;
        match value {
            Expression::Null if ty.c == "HPy" => "HPy_NULL".to_owned(),
            Expression::Name(name) if self.parameter(name) == Some(ty) => name.clone(),
            Expression::Integer(_) | Expression::Bool(_) => self.value(value),
            Expression::Cast(cast, _) if cast.c == ty.c => self.value(value),
            // The result of a comparison has no width to be changed.
            Expression::Binary(..) | Expression::Not(_) => self.value(value),
            _ => from_cpython(ty, &self.operand(value)),
        }
    }

    /// An expression where a handle is the object that it stands for.
    fn value(&self, expression: &Expression) -> String {
        match expression {
            Expression::Name(name) => self.parameter(name).map_or_else(|| name.clone(), |ty| to_cpython(ty, name)),
            Expression::Null => "NULL".to_owned(),
            Expression::Integer(number) => number.to_string(),
            Expression::Bool(value) => value.to_string(),
            Expression::Text(text) => format!("\"{text}\""),
            Expression::Address(name) => format!("&{name}"),
            Expression::Call(name, arguments) => self.call(name, arguments),
            Expression::Not(inner) => format!("!{}", self.operand(inner)),
            Expression::Target(pointer) if self.target_type(expression) == Some("HPyField *") => {
                format!("(PyObject *){}->_i", self.plain(pointer))
            }
            Expression::Target(pointer) => format!("*{}", self.plain(pointer)),
            // A pointer to what is constant may lose that: through a number, for the sake of -Wcast-qual.
            Expression::Cast(ty, inner) if ty.c == "void *" => format!("(void *)(uintptr_t){}", self.operand(inner)),
            Expression::Cast(ty, inner) => format!("({}){}", ty.c, self.operand(inner)),
            Expression::Binary(operator, left, right) => {
                format!("{} {operator} {}", self.beside(operator, left), self.beside(operator, right))
            }
            Expression::Choice(condition, then, otherwise) => {
                format!("{} ? {} : {}", self.value(condition), self.value(then), self.value(otherwise))
            }
            Expression::Member(pointer, member) => format!("{}->{member}", self.plain(pointer)),
            Expression::Item(array, index) => format!("_h2py({}[{}])", self.plain(array), self.value(index)),
        }
    }

    fn call(&self, name: &str, arguments: &[Expression]) -> String {
        // A fragment has the types of HPy, and CPython's functions those of CPython.
        let is_cast = |name: &str| self.parameter(name).is_some_and(|ty| matches!(ty.crossing, Crossing::Cast(..)));
        let passed = |argument: &Expression| match argument {
            Expression::Name(parameter) if name.starts_with("_HPy") && is_cast(parameter) => parameter.clone(),
            _ => self.value(argument),
        };
        let arguments: Vec<_> = arguments.iter().map(passed).collect();
        match name {
            "unlikely" => format!("_HPy_UNLIKELY({})", arguments[0]),
            "known" => format!("_HPy_KNOWN({})", arguments[0]),
            "kept_name" => format!("_HPy_KEPT_NAME({})", arguments[0]),
            "behind" => format!("(char *){} + _HPY_BEHIND(sizeof({}))", arguments[0], arguments[1]),
            "end" => format!("(char *){} + sizeof({})", arguments[0], arguments[1]),
            _ => format!("{name}({})", arguments.join(", ")),
        }
    }

    /// An expression as it stands: a parameter is not made an object.
    fn plain(&self, expression: &Expression) -> String {
        match expression {
            Expression::Name(name) => name.clone(),
            _ => self.operand(expression),
        }
    }

    /// An expression that something stands before or behind.
    fn operand(&self, expression: &Expression) -> String {
        let text = self.value(expression);
        match expression {
            Expression::Binary(..) | Expression::Choice(..) => format!("({text})"),
            Expression::Call(name, _) if takes_struct(name) => format!("({text})"),
            _ => text,
        }
    }

    /// An operand of `operator`.
    fn beside(&self, operator: &str, expression: &Expression) -> String {
        match expression {
            Expression::Binary(inner, ..) if *inner == operator || binds(inner) > binds(operator) + 1 => {
                self.value(expression)
            }
            _ => self.operand(expression),
        }
    }
}

/// How strongly an operator binds; compilers warn of neighbours without parentheses.
fn binds(operator: &str) -> usize {
    match operator {
        "||" | "&&" => 0,
        "==" | "!=" | "<" | ">" | "<=" | ">=" => 2,
        _ => 4,
    }
}
