// generator/src/problems.rs: what is wrong with an input, in rustc's voice: what was found, where, and what to do.

use std::fmt;

/// Everything that one phase found wrong. A phase looks at all of its input before it gives up.
#[derive(Debug, Default)]
pub struct Problems {
    list: Vec<Problem>,
}

#[derive(Debug)]
struct Problem {
    kind: &'static str,
    found: String,
    place: Option<Place>,
    help: Option<String>,
}

/// A line of an input file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    pub file: String,
    pub line: usize,
}

impl Problems {
    /// A single problem that belongs to no line.
    pub fn one(found: impl Into<String>, help: impl Into<String>) -> Problems {
        let problem = Problem { kind: "error: ", found: found.into(), place: None, help: Some(help.into()) };
        Problems { list: vec![problem] }
    }

    /// A message that stops the build on request and is not an error.
    pub fn notice(text: impl Into<String>) -> Problems {
        Problems { list: vec![Problem { kind: "", found: text.into(), place: None, help: None }] }
    }

    /// Notes a problem at `place`.
    pub fn add(&mut self, place: &Place, found: impl Into<String>, help: impl Into<String>) {
        self.list.push(Problem {
            kind: "error: ",
            found: found.into(),
            place: Some(place.clone()),
            help: Some(help.into()),
        });
    }

    /// `value` if nothing was found, else all that was.
    pub fn unless_any<T>(self, value: T) -> Result<T, Problems> {
        if self.list.is_empty() { Ok(value) } else { Err(self) }
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.list.iter().enumerate() {
            if index > 0 {
                f.write_str("\n\n")?;
            }
            write!(f, "{}{}", problem.kind, problem.found)?;
            if let Some(Place { file, line }) = &problem.place {
                write!(f, "\n  --> {file}:{line}")?;
            }
            if let Some(help) = &problem.help {
                write!(f, "\n  = help: {help}")?;
            }
        }
        Ok(())
    }
}
