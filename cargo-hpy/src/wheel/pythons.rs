// cargo-hpy/src/wheel/pythons.rs: the Pythons of `cargo hpy wheel --python`: versions, ranges, paths, or all.

use hpy_pythons::{Found, Version, known};

use crate::error::{Error, Result};
use crate::python;

/// The Pythons to build for, and what was asked for and is not to be had.
#[derive(Debug, Default)]
pub struct Chosen {
    pub pythons: Vec<Found>,
    pub missing: Vec<(String, Error)>,
}

/// The Pythons that the wishes name, each once. Without a wish it is the one that `cargo hpy build` takes.
pub fn choose(wishes: &[String]) -> Result<Chosen> {
    let mut chosen = Chosen::default();
    if wishes.is_empty() {
        chosen.pythons.push(python::choose(None)?.python);
    }
    for wish in wishes {
        match (wish.as_str(), range(wish)?) {
            ("all", _) => all()?.into_iter().for_each(|python| chosen.add(python)),
            (_, Some(versions)) => versions.for_each(|version| chosen.wish(&version.to_string())),
            (wish, None) => chosen.wish(wish),
        }
    }
    Ok(chosen)
}

/// The interpreters that need no build of their own: those with a loader built in.
pub fn with_a_loader() -> Vec<Found> {
    let loaders = known().loaders;
    let is_known = |python: &&Found| {
        python.implementation != "CPython"
            && loaders.iter().any(|loader| {
                loader.implementation == python.implementation && (loader.from..=loader.until).contains(&python.version)
            })
    };
    python::find_all().iter().filter(is_known).cloned().collect()
}

impl Chosen {
    fn wish(&mut self, wish: &str) {
        match python::choose(Some(wish)) {
            Ok(choice) => self.add(choice.python),
            Err(error) => self.missing.push((wish.to_owned(), error)),
        }
    }

    /// Two of one kind would make two wheels of one name.
    fn add(&mut self, python: Found) {
        if !self.pythons.iter().any(|other| other.name() == python.name()) {
            self.pythons.push(python);
        }
    }
}

/// Every supported Python of this machine but debug builds, for which nobody publishes wheels.
fn all() -> Result<Vec<Found>> {
    let all = python::find_all().iter().filter(|python| !python.debug && python::check(python).is_ok());
    let all: Vec<_> = all.cloned().collect();
    // The error of a search that finds nothing.
    if all.is_empty() { python::choose(None).map(|choice| vec![choice.python]) } else { Ok(all) }
}

/// The versions of `3.9..3.15`, both included.
fn range(wish: &str) -> Result<Option<impl Iterator<Item = Version> + use<>>> {
    let Some((from, until)) = wish.split_once("..") else { return Ok(None) };
    // A path such as `../python`.
    if wish.contains(['/', '\\']) {
        return Ok(None);
    }
    let ends = (version(from), version(until.trim_start_matches('=')));
    match ends {
        (Some(from), Some(until)) if from.major == until.major && from <= until => {
            Ok(Some((from.minor..=until.minor).map(move |minor| Version { major: from.major, minor })))
        }
        _ => Err(Error::new(
            format!("--python {wish}: this is no range of versions"),
            "write the oldest and the newest one: --python 3.9..3.15",
        )),
    }
}

fn version(text: &str) -> Option<Version> {
    let (major, minor) = text.split_once('.')?;
    Some(Version { major: major.parse().ok()?, minor: minor.parse().ok()? })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn versions(wish: &str) -> Vec<String> {
        range(wish).unwrap().unwrap().map(|version| version.to_string()).collect()
    }

    #[test]
    fn a_range_includes_both_ends() {
        assert_eq!(versions("3.9..3.11"), ["3.9", "3.10", "3.11"]);
        assert_eq!(versions("3.14..=3.14"), ["3.14"]);
        assert!(range("3.12").unwrap().is_none() && range("../python").unwrap().is_none());
    }

    #[test]
    fn what_is_no_range_is_refused() {
        for wish in ["3.12..3.9", "3..4", "3.9..", "2.7..3.9"] {
            let error = range(wish).err().unwrap().to_string();
            assert_eq!(
                error,
                format!(
                    "error: --python {wish}: this is no range of versions\n  \
                     = help: write the oldest and the newest one: --python 3.9..3.15"
                )
            );
        }
    }
}
