// cargo-hpy/src/wheel/finish.rs: packs what was built, sets the platform's tag, tests the wheel, and puts it where it belongs.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use hpy_pythons::Found;

use super::check::{self, Check};
use super::jobs::{Built, Maker};
use super::table::Row;
use super::tree::{Tree, cannot_write, only_entry};
use super::{below, native, output, pythons};
use crate::abi::Abi;
use crate::cli::Kind;
use crate::error::{Error, Result};
use crate::progress::Tasks;

/// A wheel, of the builds that go into it.
pub struct Wheel<'a> {
    name: String,
    parts: Vec<&'a Built>,
    /// The interpreter of its tag: `py3-none`; `None` leaves the one that the build gave.
    tag: Option<String>,
    tests: Vec<Found>,
}

pub struct Finisher<'a> {
    pub maker: &'a Maker<'a>,
    pub check: &'a Check<'a>,
    pub out: &'a Path,
}

impl Finisher<'_> {
    /// The wheels that can be made: those whose builds have succeeded, and the one of all kinds.
    pub fn wheels<'a>(&self, built: &'a [Built]) -> Vec<Wheel<'a>> {
        let kinds = &self.maker.options.abi;
        let mut wheels = Vec::new();
        for one in built.iter().filter(|built| built.job.is_wanted(kinds) && built.tree.is_ok()) {
            let (tag, tests) = match one.job.abi {
                Abi::Cpython => (None, vec![one.job.python.clone()]),
                Abi::Hybrid => (Some(tag_of(&one.job.python)), vec![one.job.python.clone()]),
                Abi::Universal => (Some("py3-none".to_owned()), self.for_loaders()),
            };
            wheels.push(Wheel { name: one.job.name(), parts: vec![one], tag, tests });
        }
        if kinds.contains(&Kind::All) && !built.is_empty() {
            let parts = built.iter().filter(|built| built.job.abi != Abi::Hybrid);
            // The universal one first: its metadata are for everybody.
            let (universal, natives): (Vec<_>, Vec<_>) = parts.partition(|built| built.job.abi == Abi::Universal);
            let tests = self.maker.pythons.iter().cloned().chain(pythons::with_a_loader()).collect();
            let parts = universal.into_iter().chain(natives).collect();
            wheels.push(Wheel { name: "all".to_owned(), parts, tag: Some("py3-none".to_owned()), tests });
        }
        wheels
    }

    /// The Pythons to test a universal wheel with: the oldest and the newest that were named, and all with a loader built in.
    fn for_loaders(&self) -> Vec<Found> {
        let pythons = self.maker.pythons;
        let oldest = pythons.iter().min_by_key(|python| python.version);
        let newest = pythons.iter().max_by_key(|python| python.version);
        let mut tests: Vec<_> = oldest.into_iter().chain(newest).cloned().collect();
        tests.dedup();
        tests.extend(pythons::with_a_loader());
        tests
    }

    /// Makes a wheel, and puts it into the folder for the results.
    pub fn finish(&self, wheel: &Wheel<'_>, tasks: &Tasks) -> (Row, Option<Error>) {
        let started = Instant::now();
        let progress = tasks.start(format!("packing and testing {}", wheel.name));
        let made = self.make(wheel, &mut |text| progress.step(text));
        let building: Duration = if wheel.parts.len() == 1 { wheel.parts[0].time } else { Duration::ZERO };
        let time = building + started.elapsed();
        let (file, failure) = match made {
            Ok(file) => {
                progress.done();
                (Some(file), None)
            }
            Err(error) => {
                progress.say(&format!("packing and testing {} failed", wheel.name));
                (None, Some(error))
            }
        };
        let tested = if self.is_tested() { wheel.tests.iter().map(Found::name).collect() } else { Vec::new() };
        (Row { what: wheel.name.clone(), file, time, tested }, failure)
    }

    /// A wheel for another platform cannot be imported here.
    fn is_tested(&self) -> bool {
        !self.maker.options.no_test && self.maker.options.cargo.foreign().is_none()
    }

    fn make(&self, wheel: &Wheel<'_>, step: &mut dyn FnMut(&str)) -> Result<PathBuf> {
        let work = self.maker.work;
        let tree = self.tree(wheel)?;
        if let Some(tag) = &wheel.tag {
            tree.set_tag(tag)?;
        }
        if std::env::var_os("SOURCE_DATE_EPOCH").is_some() {
            native::without_time(&tree)?;
        }
        step("packing");
        let packed = tree.pack(self.maker.tools, &below(work, "packed", &wheel.name))?;
        let packed = self.audited(&packed, &below(work, "audited", &wheel.name))?;
        if self.is_tested() {
            for python in &wheel.tests {
                step(&format!("testing with {}", python.name()));
                self.check.run(&packed, &tree, python, &check::place(work, &wheel.name, python))?;
            }
        }
        let result = self.out.join(packed.file_name().unwrap_or_default());
        fs::rename(&packed, &result).map_err(|error| cannot_write(&result, &error))?;
        Ok(result)
    }

    /// The files of a wheel.
    fn tree(&self, wheel: &Wheel<'_>) -> Result<Tree> {
        let trees = wheel.parts.iter().map(|part| match &part.tree {
            Ok(tree) => Ok(tree),
            // An error that no other line shows.
            Err(error) if !part.job.is_wanted(&self.maker.options.abi) => Err(error.clone()),
            Err(_) => Err(Error::new(
                format!("the wheel for all lacks {}, whose build failed", part.job.name()),
                "solve that, or leave it out of --python",
            )),
        });
        let trees = trees.collect::<Result<Vec<_>>>()?;
        let (first, others) = trees.split_first().expect("a wheel is made of a build");
        let tree = first.copy(&below(self.maker.work, "trees", &wheel.name))?;
        others.iter().try_for_each(|other| tree.merge(other))?;
        Ok(tree)
    }

    /// The wheel with the tag of the oldest C library that it runs with, and with the libraries that are not on every Linux.
    fn audited(&self, wheel: &Path, into: &Path) -> Result<PathBuf> {
        if !cfg!(target_os = "linux") || self.maker.options.cargo.foreign().is_some() {
            return Ok(wheel.to_owned());
        }
        fs::create_dir_all(into).map_err(|error| cannot_write(into, &error))?;
        let mut command = self.maker.tools.command("auditwheel");
        command.args(["repair", "--wheel-dir"]).arg(into).arg(wheel);
        output(&mut command).map_err(|said| {
            Error::new(
                format!("auditwheel refuses {}:\n\n{}\n", wheel.display(), said.trim_end()),
                "install the libraries that it names, or link them statically",
            )
        })?;
        only_entry(into)
    }
}

/// The interpreter and the ABI of a wheel for one CPython: `cp312-cp312`, `cp314-cp314t`.
fn tag_of(python: &Found) -> String {
    let number = format!("cp{}{}", python.version.major, python.version.minor);
    let (lock, debug) = (if python.free_threaded { "t" } else { "" }, if python.debug { "d" } else { "" });
    format!("{number}-{number}{lock}{debug}")
}
