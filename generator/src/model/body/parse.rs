// generator/src/model/body/parse.rs: reads a body. The grammar is documented in shims/api/README.md.

use std::str::FromStr;

use super::{Body, Expression, INTRINSICS, Spelled, Statement};

/// The operators with two operands, those that bind least first; each has a space on both sides.
pub const OPERATORS: [&[&str]; 5] = [&["||"], &["&&"], &["==", "!="], &["<=", ">=", "<", ">"], &["+", "-"]];

/// A piece of the text: a word, a number, a string with its quotes, an operator, or a comment.
type Token<'a> = &'a str;

impl FromStr for Body {
    type Err = String;

    fn from_str(text: &str) -> Result<Body, String> {
        let mut parser = Parser { tokens: tokens(text)?, next: 0, depth: 0 };
        let mut statements = Vec::new();
        while parser.peek(0).is_some() {
            statements.push(parser.statement()?);
        }
        if statements.is_empty() { Err("there is no statement".to_owned()) } else { Ok(Body(statements)) }
    }
}

fn tokens(text: &str) -> Result<Vec<Token<'_>>, String> {
    const SIGNS: [&str; 9] = ["->", "==", "!=", "<=", ">=", "&&", "||", "++", "//"];
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let mut tokens = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let end = match first {
            _ if is_word(first) => rest.find(|c| !is_word(c)),
            '"' => Some(rest[1..].find('"').ok_or("a string has no end: strings have no escapes")? + 2),
            _ if rest.starts_with("//") => rest.find('\n'),
            _ if SIGNS.iter().any(|sign| rest.starts_with(sign)) => Some(2),
            _ => Some(first.len_utf8()),
        };
        let (token, behind) = rest.split_at(end.unwrap_or(rest.len()));
        tokens.push(token.trim_end());
        rest = behind.trim_start();
    }
    Ok(tokens)
}

/// How deep blocks and expressions may be nested: the parser, and what walks the result, recurse.
const DEPTH: usize = 32;

struct Parser<'a> {
    tokens: Vec<Token<'a>>,
    next: usize,
    depth: usize,
}

impl<'a> Parser<'a> {
    fn peek(&self, ahead: usize) -> Option<Token<'a>> {
        self.tokens.get(self.next + ahead).copied()
    }

    fn take(&mut self) -> Result<Token<'a>, String> {
        let token = self.peek(0).ok_or("it ends too early")?;
        self.next += 1;
        Ok(token)
    }

    /// Whether the next token is this one, which is taken then.
    fn has(&mut self, token: &str) -> bool {
        let is_it = self.peek(0) == Some(token);
        self.next += usize::from(is_it);
        is_it
    }

    fn expect(&mut self, token: &str) -> Result<(), String> {
        let found = self.take()?;
        if found == token { Ok(()) } else { Err(format!("there is `{found}` where `{token}` is needed")) }
    }

    fn word(&mut self) -> Result<String, String> {
        let token = self.take()?;
        match token.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') {
            true => Ok(token.to_owned()),
            false => Err(format!("there is `{token}` where a name is needed")),
        }
    }

    fn block(&mut self) -> Result<Vec<Statement>, String> {
        self.expect("{")?;
        let mut statements = Vec::new();
        while !self.has("}") {
            statements.push(self.statement()?);
        }
        Ok(statements)
    }

    fn otherwise(&mut self) -> Result<Vec<Statement>, String> {
        match self.has("else") {
            true if self.peek(0) == Some("if") => Ok(vec![self.statement()?]),
            true => self.block(),
            false => Ok(Vec::new()),
        }
    }

    fn in_parentheses(&mut self) -> Result<Expression, String> {
        self.expect("(")?;
        let expression = self.expression()?;
        self.expect(")")?;
        Ok(expression)
    }

    fn deeper<T>(&mut self, inner: impl FnOnce(&mut Self) -> Result<T, String>) -> Result<T, String> {
        if self.depth == DEPTH {
            return Err(format!("it is nested deeper than {DEPTH} levels"));
        }
        self.depth += 1;
        let result = inner(self);
        self.depth -= 1;
        result
    }

    fn statement(&mut self) -> Result<Statement, String> {
        self.deeper(Self::any_statement)
    }

    fn any_statement(&mut self) -> Result<Statement, String> {
        if let Some(comment) = self.peek(0).and_then(|token| token.strip_prefix("//")) {
            self.next += 1;
            return Ok(Statement::Comment(comment.trim().to_owned()));
        }
        if self.has("if") {
            let (condition, then) = (self.in_parentheses()?, self.block()?);
            return Ok(Statement::If { condition, then, otherwise: self.otherwise()? });
        }
        if self.has("when") {
            let (fact, then) = (self.word()?, self.block()?);
            return Ok(Statement::When { fact, then, otherwise: self.otherwise()? });
        }
        if self.has("for") {
            return self.count();
        }
        if self.has("locked") {
            return Ok(Statement::Locked { object: self.in_parentheses()?, body: self.block()? });
        }
        let statement = if self.has("return") {
            Statement::Return(self.expression()?)
        } else if let Some((ty, length)) = self.ty() {
            self.next += length;
            let name = self.word()?;
            let value = if self.has("=") { Some(self.expression()?) } else { None };
            Statement::Declare { ty, name, value }
        } else {
            let place = self.expression()?;
            match self.has("=") {
                true => Statement::Assign { place, value: self.expression()? },
                false => Statement::Run(place),
            }
        };
        self.expect(";")?;
        Ok(statement)
    }

    /// The head of a loop has one form.
    fn count(&mut self) -> Result<Statement, String> {
        self.expect("(")?;
        self.expect("HPy_ssize_t")?;
        let index = self.word()?;
        for token in ["=", "0", ";", index.as_str(), "<"] {
            self.expect(token)?;
        }
        let count = self.primary()?;
        for token in [";", index.as_str(), "++", ")"] {
            self.expect(token)?;
        }
        Ok(Statement::Count { index, count, body: self.block()? })
    }

    /// The type that begins here and is followed by a name or a `)`, and how many tokens it has.
    fn ty(&self) -> Option<(Spelled, usize)> {
        let mut text = String::new();
        for length in 0..5 {
            let token = self.peek(length)?;
            match token {
                "*" if text.ends_with('*') => text.push('*'),
                "*" => text.push_str(" *"),
                _ if token.starts_with(|c: char| c.is_ascii_alphabetic()) => {
                    let separate = if text.is_empty() { "" } else { " " };
                    text = format!("{text}{separate}{token}");
                }
                _ => return None,
            }
            let behind = self.peek(length + 1)?;
            let ends = behind == ")" || behind.starts_with(|c: char| c.is_ascii_alphabetic());
            if let Some(ty) = Spelled::find(&text).filter(|_| ends && !text.ends_with("unsigned")) {
                return Some((ty, length + 1));
            }
        }
        None
    }

    fn expression(&mut self) -> Result<Expression, String> {
        let condition = self.binary(0)?;
        if !self.has("?") {
            return Ok(condition);
        }
        let then = self.expression()?;
        self.expect(":")?;
        Ok(Expression::Choice(Box::new(condition), Box::new(then), Box::new(self.expression()?)))
    }

    fn binary(&mut self, level: usize) -> Result<Expression, String> {
        let Some(operators) = OPERATORS.get(level) else { return self.unary() };
        let mut left = self.binary(level + 1)?;
        while let Some(operator) = operators.iter().find(|operator| self.peek(0) == Some(operator)) {
            self.next += 1;
            left = Expression::Binary(operator, Box::new(left), Box::new(self.binary(level + 1)?));
        }
        Ok(left)
    }

    fn unary(&mut self) -> Result<Expression, String> {
        self.deeper(Self::any_unary)
    }

    fn any_unary(&mut self) -> Result<Expression, String> {
        if self.has("!") {
            return Ok(Expression::Not(Box::new(self.unary()?)));
        }
        if self.has("*") {
            return Ok(Expression::Target(Box::new(self.unary()?)));
        }
        if self.has("&") {
            return Ok(Expression::Address(self.word()?));
        }
        if self.peek(0) == Some("(") {
            self.next += 1;
            if let Some((ty, length)) = self.ty().filter(|(_, length)| self.peek(*length) == Some(")")) {
                self.next += length + 1;
                return Ok(Expression::Cast(ty, Box::new(self.unary()?)));
            }
            self.next -= 1;
        }
        let mut value = self.primary()?;
        loop {
            if self.has("->") {
                value = Expression::Member(Box::new(value), self.word()?);
            } else if self.has("[") {
                value = Expression::Item(Box::new(value), Box::new(self.expression()?));
                self.expect("]")?;
            } else {
                return Ok(value);
            }
        }
    }

    fn primary(&mut self) -> Result<Expression, String> {
        if self.peek(0) == Some("(") {
            return self.in_parentheses();
        }
        let minus = self.has("-");
        let token = self.take()?;
        if let Ok(number) = token.parse::<i64>() {
            return Ok(Expression::Integer(if minus { -number } else { number }));
        }
        if let Some(text) = token.strip_prefix('"').filter(|_| !minus) {
            return Ok(Expression::Text(text.trim_end_matches('"').to_owned()));
        }
        if minus || !token.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') {
            return Err(format!("there is `{token}` where a value is needed"));
        }
        match token {
            "NULL" => return Ok(Expression::Null),
            "true" => return Ok(Expression::Bool(true)),
            "false" => return Ok(Expression::Bool(false)),
            _ => {}
        }
        if !self.has("(") {
            return Ok(Expression::Name(token.to_owned()));
        }
        let mut arguments = Vec::new();
        while !self.has(")") {
            if !arguments.is_empty() {
                self.expect(",")?;
            }
            arguments.push(self.expression()?);
        }
        match INTRINSICS.iter().find(|(name, _)| *name == token) {
            Some((_, count)) if *count != arguments.len() => {
                Err(format!("`{token}` has {} arguments, and takes {count}", arguments.len()))
            }
            _ => Ok(Expression::Call(token.to_owned(), arguments)),
        }
    }
}
