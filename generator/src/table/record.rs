// generator/src/table/record.rs: strict reading of TOML tables: each key is asked for once, and a key that nobody asked for is an error.

use std::str::FromStr;

use toml_span::Value;
use toml_span::value::Table;

use crate::problems::{Place, Problems};

/// One table of a TOML file, with its place and the list of problems that it adds to.
pub struct Record<'a> {
    table: &'a Table<'a>,
    file: &'a File<'a>,
    pub place: Place,
    asked: Vec<&'static str>,
    pub problems: &'a mut Problems,
}

/// A TOML text and its path, to turn offsets into lines.
pub struct File<'a> {
    pub path: &'a str,
    pub text: &'a str,
}

impl File<'_> {
    fn place(&self, offset: usize) -> Place {
        let line = 1 + self.text.bytes().take(offset).filter(|&byte| byte == b'\n').count();
        Place { file: self.path.to_owned(), line }
    }

    /// Parses the whole file and hands its top-level table to `read`.
    pub fn read(&self, problems: &mut Problems, read: impl FnOnce(&mut Record<'_>)) {
        match toml_span::parse(self.text) {
            Ok(root) => {
                let table = root.as_table().expect("a document is a table");
                let place = Place { file: self.path.to_owned(), line: 1 };
                let mut record = Record { table, file: self, place, asked: Vec::new(), problems };
                read(&mut record);
                record.finish();
            }
            Err(error) => {
                let place = self.place(error.span.start);
                problems.add(&place, format!("this is not TOML: {}", error.kind), "correct the syntax of this line");
            }
        }
    }
}

impl Record<'_> {
    fn ask(&mut self, key: &'static str) {
        if !self.asked.contains(&key) {
            self.asked.push(key);
        }
    }

    fn get(&mut self, key: &'static str) -> Option<&Value<'_>> {
        self.ask(key);
        self.table.get(key)
    }

    /// Leaves the value under `key` unread, without a complaint about the key.
    pub fn ignore(&mut self, key: &'static str) {
        self.ask(key);
    }

    /// Notes a problem of this record.
    pub fn wrong(&mut self, found: impl Into<String>, help: impl Into<String>) {
        self.problems.add(&self.place, found, help);
    }

    fn wrong_type(&mut self, key: &str, needed: &str, found: &str) {
        self.wrong(
            format!("`{key}` is of type {found}, and {needed} is needed"),
            format!("write {needed} after `{key} =`"),
        );
    }

    /// The string under `key`, if there is one.
    pub fn text(&mut self, key: &'static str) -> Option<String> {
        let value = self.get(key)?;
        let found = value.as_ref().type_str();
        match value.as_str() {
            Some(text) => Some(text.to_owned()),
            None => {
                self.wrong_type(key, "a string", found);
                None
            }
        }
    }

    /// The strings of the array under `key`, if there is one.
    pub fn texts(&mut self, key: &'static str) -> Option<Vec<String>> {
        let value = self.get(key)?;
        let found = value.as_ref().type_str();
        let texts = value
            .as_array()
            .and_then(|array| array.iter().map(|item| item.as_str().map(str::to_owned)).collect::<Option<Vec<_>>>());
        if texts.is_none() {
            self.wrong_type(key, "an array of strings", found);
        }
        texts
    }

    /// The string under `key`; its absence is a problem.
    pub fn required_text(&mut self, key: &'static str) -> String {
        if !self.table.contains_key(key) {
            self.ask(key);
            self.wrong(format!("`{key}` is missing"), format!("add a line `{key} = \"...\"`"));
            return String::new();
        }
        self.text(key).unwrap_or_default()
    }

    /// The boolean under `key`, if there is one.
    pub fn boolean(&mut self, key: &'static str) -> Option<bool> {
        let value = self.get(key)?;
        let found = value.as_ref().type_str();
        let value = value.as_bool();
        if value.is_none() {
            self.wrong_type(key, "true or false", found);
        }
        value
    }

    /// The integer under `key`; its absence is a problem.
    pub fn required_integer(&mut self, key: &'static str) -> i64 {
        let Some(value) = self.get(key) else {
            self.wrong(format!("`{key}` is missing"), format!("add a line `{key} = NUMBER`"));
            return 0;
        };
        let found = value.as_ref().type_str();
        match value.as_integer() {
            Some(value) => value,
            None => {
                self.wrong_type(key, "an integer", found);
                0
            }
        }
    }

    /// The string under `key`, parsed; a string that does not parse is a problem.
    pub fn parsed<T: FromStr<Err = String>>(&mut self, key: &'static str) -> Option<T> {
        let text = self.text(key)?;
        match text.parse() {
            Ok(value) => Some(value),
            Err(error) => {
                self.wrong(format!("`{key} = \"{text}\"`: {error}"), format!("correct the value of `{key}`"));
                None
            }
        }
    }

    /// The value that the string under `key` stands for, if there is one; a default is none of them.
    pub fn one_of<T: Copy>(&mut self, key: &'static str, known: &[(&str, T)]) -> Option<T> {
        let text = self.text(key)?;
        let found = known.iter().find(|(name, _)| *name == text).map(|(_, value)| *value);
        if found.is_none() {
            let names: Vec<_> = known.iter().map(|(name, _)| *name).collect();
            self.wrong(
                format!("`{key} = \"{text}\"` is not known"),
                format!("write one of \"{}\", or leave the line out for the default", names.join("\", \"")),
            );
        }
        found
    }

    /// Whether there is a value under `key`.
    pub fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    /// Whether the value under `key` is an array.
    pub fn is_array(&self, key: &str) -> bool {
        self.table.get(key).is_some_and(|value| value.as_array().is_some())
    }

    /// Hands each table of the array under `key` to `read`; no array is an empty one.
    pub fn each(&mut self, key: &'static str, mut read: impl FnMut(&mut Record<'_>)) {
        self.ask(key);
        let Some(value) = self.table.get(key) else { return };
        let Some(array) = value.as_array() else {
            self.wrong_type(key, "an array of tables", value.as_ref().type_str());
            return;
        };
        for item in array.iter() {
            let place = self.file.place(item.span.start);
            let Some(table) = item.as_table() else {
                self.problems.add(
                    &place,
                    format!("`{key}` holds something that is no table"),
                    format!("write [[{key}]]"),
                );
                continue;
            };
            let mut record = Record { table, file: self.file, place, asked: Vec::new(), problems: self.problems };
            read(&mut record);
            record.finish();
        }
    }

    /// Reports the keys that nobody asked for.
    fn finish(&mut self) {
        let table = self.table;
        for key in table.keys() {
            if !self.asked.contains(&key.name.as_ref()) {
                let place = self.file.place(key.span.start);
                let known = self.asked.join("`, `");
                self.problems.add(
                    &place,
                    format!("unknown key `{}`", key.name),
                    format!("the keys here are `{known}`"),
                );
            }
        }
    }
}
