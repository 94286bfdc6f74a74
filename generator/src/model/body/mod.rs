// generator/src/model/body/mod.rs: the body of a function as the table writes it, in a small part of C, for C and Rust alike.

mod parse;

use std::collections::BTreeSet;

use super::types::Type;

/// The statements of a function. A handle in them is the object that it stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Body(pub Vec<Statement>);

/// A statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Statement {
    /// `// text`, for whoever reads the emitted code.
    Comment(String),
    /// `PyObject *key = ...;`, or without a value.
    Declare { ty: Spelled, name: String, value: Option<Expression> },
    /// `*result = value;`
    Assign { place: Expression, value: Expression },
    /// `if (condition) { ... } else { ... }`
    If { condition: Expression, then: Vec<Statement>, otherwise: Vec<Statement> },
    /// `when fact { ... } else { ... }`: the target has one of the two, by a fact of pythons.toml.
    When { fact: String, then: Vec<Statement>, otherwise: Vec<Statement> },
    /// `for (HPy_ssize_t index = 0; index < count; index++) { ... }`
    Count { index: String, count: Expression, body: Vec<Statement> },
    /// `locked (object) { ... }`: without a global lock, a critical section of the object.
    Locked { object: Expression, body: Vec<Statement> },
    /// `return value;`
    Return(Expression),
    /// A call for its effect.
    Run(Expression),
}

/// An expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expression {
    /// A parameter, a variable, or a constant of the table.
    Name(String),
    Null,
    Integer(i64),
    /// `true` or `false`
    Bool(bool),
    Text(String),
    /// `PyLong_Check(h)`, a fragment of the table, or one of [`INTRINSICS`].
    Call(String, Vec<Expression>),
    Not(Box<Expression>),
    /// `*field`: what the field, or the pointer to a result, refers to.
    Target(Box<Expression>),
    /// `&variable`
    Address(String),
    Cast(Spelled, Box<Expression>),
    /// Two operands and an operator between them.
    Binary(&'static str, Box<Expression>, Box<Expression>),
    /// `condition ? then : otherwise`
    Choice(Box<Expression>, Box<Expression>, Box<Expression>),
    /// `object->member`
    Member(Box<Expression>, String),
    /// `items[index]`
    Item(Box<Expression>, Box<Expression>),
}

/// What bodies call beside CPython and fragments: a condition that seldom holds; one that always holds; the memory that begins
/// behind a struct, which is the second argument, of an object; the end of such a struct; the `str` of a name, if it is kept; and
/// two functions of C.
pub const INTRINSICS: [(&str, usize); 7] =
    [("unlikely", 1), ("known", 1), ("behind", 2), ("end", 2), ("kept_name", 1), ("strlen", 1), ("memcmp", 3)];

/// Whether the second argument of a call is a struct, and no value.
pub fn takes_struct(name: &str) -> bool {
    matches!(name, "behind" | "end")
}

/// A C type of a body, and its Rust spelling.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spelled {
    pub c: String,
    pub rust: String,
}

impl Spelled {
    /// A type of the table, or a pointer to one of CPython's structs.
    pub fn find(c: &str) -> Option<Spelled> {
        let rust = match Type::find(c) {
            Some(ty) => ty.rust.to_owned(),
            None => {
                let name = c.strip_suffix(" *").filter(|name| name.starts_with("Py"))?;
                format!("*mut ffi::{name}")
            }
        };
        Some(Spelled { c: c.to_owned(), rust })
    }

    pub fn is_pointer(&self) -> bool {
        self.c.ends_with('*')
    }
}

impl Body {
    /// The body for a target, on which `holds` says of each fact whether it holds: no `when` is left.
    pub fn on(&self, holds: &dyn Fn(&str) -> bool) -> Body {
        Body(chosen(&self.0, holds))
    }

    /// Hands every statement to `statement` and every expression to `expression`, those inside of others too.
    pub fn visit<'a>(&'a self, statement: &mut dyn FnMut(&'a Statement), expression: &mut dyn FnMut(&'a Expression)) {
        visit(&self.0, statement, expression);
    }

    /// Whether it does nothing that Rust calls unsafe: no call, and no access through a pointer.
    pub fn is_safe(&self) -> bool {
        let mut is_safe = true;
        self.visit(&mut |_| {}, &mut |expression| {
            is_safe &= !matches!(
                expression,
                Expression::Call(..) | Expression::Target(_) | Expression::Member(..) | Expression::Item(..)
            );
        });
        is_safe
    }

    /// The names of what it calls.
    pub fn calls(&self) -> BTreeSet<&str> {
        let mut names = BTreeSet::new();
        self.visit(&mut |_| {}, &mut |expression| {
            if let Expression::Call(name, _) = expression {
                names.insert(name.as_str());
            }
        });
        names
    }

    /// The names that it uses for values: parameters, variables and constants.
    pub fn names(&self) -> BTreeSet<String> {
        let mut names = BTreeSet::new();
        self.visit(&mut |_| {}, &mut |expression| {
            if let Expression::Name(name) | Expression::Address(name) = expression {
                names.insert(name.clone());
            }
        });
        names
    }
}

fn chosen(all: &[Statement], holds: &dyn Fn(&str) -> bool) -> Vec<Statement> {
    let mut out = Vec::new();
    for statement in all {
        match statement.clone() {
            Statement::When { fact, then, otherwise } => {
                out.extend(chosen(if holds(&fact) { &then } else { &otherwise }, holds));
            }
            Statement::If { condition, then, otherwise } => {
                let (then, otherwise) = (chosen(&then, holds), chosen(&otherwise, holds));
                out.push(Statement::If { condition, then, otherwise });
            }
            Statement::Count { index, count, body } => {
                out.push(Statement::Count { index, count, body: chosen(&body, holds) });
            }
            Statement::Locked { body, .. } if !holds("free_threaded") => out.extend(chosen(&body, holds)),
            Statement::Locked { object, body } => out.push(Statement::Locked { object, body: chosen(&body, holds) }),
            other => out.push(other),
        }
    }
    out
}

fn visit<'a>(
    all: &'a [Statement],
    statement: &mut dyn FnMut(&'a Statement),
    expression: &mut dyn FnMut(&'a Expression),
) {
    for each in all {
        statement(each);
        let (expressions, blocks) = each.parts();
        expressions.into_iter().for_each(|part| visit_expression(part, expression));
        blocks.into_iter().for_each(|block| visit(block, statement, expression));
    }
}

fn visit_expression<'a>(all: &'a Expression, expression: &mut dyn FnMut(&'a Expression)) {
    expression(all);
    all.parts().into_iter().for_each(|part| visit_expression(part, expression));
}

impl Statement {
    /// The expressions and the blocks of a statement.
    fn parts(&self) -> (Vec<&Expression>, Vec<&[Statement]>) {
        match self {
            Statement::Comment(_) | Statement::Declare { value: None, .. } => (Vec::new(), Vec::new()),
            Statement::Declare { value: Some(value), .. } | Statement::Return(value) | Statement::Run(value) => {
                (vec![value], Vec::new())
            }
            Statement::Assign { place, value } => (vec![place, value], Vec::new()),
            Statement::If { condition, then, otherwise } => (vec![condition], vec![then, otherwise]),
            Statement::When { then, otherwise, .. } => (Vec::new(), vec![then, otherwise]),
            Statement::Count { count, body, .. } => (vec![count], vec![body]),
            Statement::Locked { object, body } => (vec![object], vec![body]),
        }
    }
}

impl Expression {
    fn parts(&self) -> Vec<&Expression> {
        match self {
            Expression::Name(_)
            | Expression::Null
            | Expression::Integer(_)
            | Expression::Bool(_)
            | Expression::Text(_)
            | Expression::Address(_) => Vec::new(),
            Expression::Call(name, arguments) if takes_struct(name) => arguments.iter().take(1).collect(),
            Expression::Call(_, arguments) => arguments.iter().collect(),
            Expression::Not(inner)
            | Expression::Target(inner)
            | Expression::Cast(_, inner)
            | Expression::Member(inner, _) => vec![inner],
            Expression::Binary(_, left, right) | Expression::Item(left, right) => vec![left, right],
            Expression::Choice(condition, then, otherwise) => vec![condition, then, otherwise],
        }
    }
}
