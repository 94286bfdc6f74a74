// cargo-hpy/src/wheel/jobs.rs: the builds behind the wheels, which run side by side, each in a target folder of its own.

use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use hpy_pythons::Found;

use super::project::{Crate, Project};
use super::table::Row;
use super::tools::Tools;
use super::tree::{Tree, cannot_write};
use super::{back_end, below, lines, native, seed};
use crate::abi::Abi;
use crate::build::{self, Wanted};
use crate::cargo_options::CargoOptions;
use crate::cli::{self, Kind};
use crate::error::{Error, Result};
use crate::progress::{Progress, Tasks};

/// The build of modules for one ABI and Python.
#[derive(Clone)]
pub struct Job {
    pub abi: Abi,
    /// The Python that it is for, or for the universal ABI one that the tools run with.
    pub python: Found,
}

/// A build that has ended.
pub struct Built {
    pub job: Job,
    pub tree: Result<Tree>,
    pub time: Duration,
}

impl Job {
    /// The builds that the kinds of wheels need; the first one is native.
    pub fn all(kinds: &[Kind], pythons: &[Found]) -> Vec<Job> {
        let has = |kind: Kind| kinds.contains(&kind);
        let mut jobs = Vec::new();
        let for_each = |abi: Abi| pythons.iter().map(move |python| Job { abi, python: python.clone() });
        if has(Kind::Cpython) || has(Kind::All) {
            jobs.extend(for_each(Abi::Cpython));
        }
        if has(Kind::Universal) || has(Kind::All) {
            jobs.extend(for_each(Abi::Universal).take(1));
        }
        if has(Kind::Hybrid) {
            jobs.extend(for_each(Abi::Hybrid));
        }
        jobs
    }

    pub fn name(&self) -> String {
        match self.abi {
            Abi::Cpython => self.python.name(),
            Abi::Universal => "universal".to_owned(),
            Abi::Hybrid => format!("hybrid-{}", self.python.name()),
        }
    }

    /// Whether it is a wheel of its own.
    pub fn is_wanted(&self, kinds: &[Kind]) -> bool {
        kinds.contains(match self.abi {
            Abi::Cpython => &Kind::Cpython,
            Abi::Universal => &Kind::Universal,
            Abi::Hybrid => &Kind::Hybrid,
        })
    }
}

/// Runs `make` for each item, as many at a time as there are cores, and returns the results in the order of the items.
pub fn side_by_side<T: Sync, R: Send>(items: &[T], make: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let (next, results) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    thread::scope(|scope| {
        for _ in 0..cores().min(items.len()) {
            scope.spawn(|| {
                while let Some((at, item)) =
                    Some(next.fetch_add(1, Ordering::Relaxed)).and_then(|at| Some((at, items.get(at)?)))
                {
                    let result = make(item);
                    results.lock().expect("no build panics").push((at, result));
                }
            });
        }
    });
    let mut results = results.into_inner().expect("no build panics");
    results.sort_by_key(|(at, _)| *at);
    results.into_iter().map(|(_, result)| result).collect()
}

fn cores() -> usize {
    thread::available_parallelism().map_or(1, NonZero::get)
}

/// All that the builds have in common.
pub struct Maker<'a> {
    pub project: &'a Project,
    pub tools: &'a Tools,
    pub options: &'a cli::Wheel,
    pub pythons: &'a [Found],
    pub work: &'a Path,
}

impl Maker<'_> {
    /// Runs the builds. Those that fail do not keep others from being made.
    pub fn build(&self, jobs: &[Job], tasks: &Tasks) -> Vec<Built> {
        match self.project {
            Project::BackEnd { folder, name } => {
                let Some(python) = self.pythons.first() else { return Vec::new() };
                let progress = tasks.start("making the source distribution");
                let sdist = back_end::sdist(folder, name, self.tools, python, &self.work.join("sdist"), &progress);
                drop(progress);
                side_by_side(jobs, |job| {
                    self.timed(job, tasks, |work, progress| {
                        let sdist = sdist.as_ref().map_err(Error::clone)?;
                        back_end::wheel(sdist, name, self.tools, (job.abi, &job.python), work, progress)
                    })
                })
            }
            Project::Crate(of_crate) => self.build_crate(of_crate, jobs, tasks),
        }
    }

    /// Runs native builds until one succeeds: the others take over its build scripts, and the modules of loader ABIs its wheel.
    fn build_crate(&self, of_crate: &Crate, jobs: &[Job], tasks: &Tasks) -> Vec<Built> {
        let is_wanted = jobs.iter().any(|job| job.abi == Abi::Cpython);
        let profile = if is_wanted { self.options.cargo.profile_or("release") } else { "dev" };
        let mut built = Vec::new();
        for python in self.pythons {
            let job = Job { abi: Abi::Cpython, python: python.clone() };
            if let Some(first) = built.first() {
                self.sow(of_crate, first, &job);
            }
            built.push(self.native(of_crate, &job, profile, tasks));
            if built.last().is_some_and(|built| built.tree.is_ok()) {
                break;
            }
        }
        let Some(template) = built.pop() else { return Vec::new() };
        let is_done = |job: &&Job| built.iter().chain([&template]).any(|built| built.job.name() == job.name());
        let rest: Vec<_> = jobs.iter().filter(|job| !is_done(job)).collect();
        let more = side_by_side(&rest, |job| match job.abi {
            Abi::Cpython => {
                self.sow(of_crate, &template, job);
                self.native(of_crate, job, profile, tasks)
            }
            Abi::Universal | Abi::Hybrid => self.for_loaders(of_crate, &template, job, tasks),
        });
        built.extend(more);
        built.push(template);
        // A template that nobody asked for is no result.
        let place = |built: &Built| jobs.iter().position(|job| job.name() == built.job.name());
        built.retain(|built| place(built).is_some());
        built.sort_by_key(place);
        built
    }

    /// Gives the target folder of a build what another one has compiled.
    fn sow(&self, of_crate: &Crate, other: &Built, job: &Job) {
        let folder = |job: &Job| {
            let python = job.abi.needs_python().then_some(&job.python);
            build::target_folder(&of_crate.workspace, job.abi, python)
        };
        seed::sow(&folder(job), &folder(&other.job), self.options.cargo.profile_or("release"));
    }

    fn native(&self, of_crate: &Crate, job: &Job, profile: &str, tasks: &Tasks) -> Built {
        let options = CargoOptions { profile: Some(profile.to_owned()), ..self.options.cargo.clone() };
        self.timed(job, tasks, |work, progress| {
            native::wheel(of_crate, self.tools, &job.python, &options, work, progress)
        })
    }

    /// A wheel of the universal or hybrid modules.
    fn for_loaders(&self, of_crate: &Crate, template: &Built, job: &Job, tasks: &Tasks) -> Built {
        self.timed(job, tasks, |work, progress| {
            let template_tree = template.tree.as_ref().map_err(Error::clone)?;
            let python = job.abi.needs_python().then_some(&job.python);
            self.sow(of_crate, template, job);
            let wanted = Wanted { abi: job.abi, python, profile: "release", cargo: &self.options.cargo };
            let folder = work.join("modules");
            let placed = build::make(&of_crate.workspace, of_crate.package(), &wanted, &folder, progress)?;
            let suffix = native::suffix(&template.job.python, &self.options.cargo);
            native::for_loaders(template_tree, &suffix, &placed.files, &work.join("tree"))
        })
    }

    /// Times a build, and shows its progress.
    fn timed(&self, job: &Job, tasks: &Tasks, make: impl FnOnce(&Path, &Progress) -> Result<Tree>) -> Built {
        let started = Instant::now();
        let progress = tasks.start(format!("building {}", job.name()));
        let tree = make(&below(self.work, "builds", &job.name()), &progress);
        match tree {
            Ok(_) => progress.done(),
            Err(_) => progress.say(&format!("building {} failed", job.name())),
        }
        Built { job: job.clone(), tree, time: started.elapsed() }
    }

    /// Makes the source distribution, and puts it into `out`.
    pub fn sdist(&self, out: &Path, tasks: &Tasks) -> (Row, Option<Error>) {
        let started = Instant::now();
        let progress = tasks.start("making the source distribution");
        let made = self.make_sdist(out, &progress);
        let (file, failure) = match made {
            Ok(file) => (Some(file), None),
            Err(error) => (None, Some(error)),
        };
        (Row { what: "sdist".to_owned(), file, time: started.elapsed(), tested: Vec::new() }, failure)
    }

    fn make_sdist(&self, out: &Path, progress: &Progress) -> Result<PathBuf> {
        let folder = self.work.join("sdist");
        match self.project {
            // The wheels were built of it.
            Project::BackEnd { .. } if folder.is_dir() => {}
            Project::BackEnd { name, .. } => {
                return Err(Error::new(
                    format!("{name} made no source distribution"),
                    "solve what the other errors say",
                ));
            }
            Project::Crate(of_crate) if !of_crate.has_pyproject => {
                let folder = of_crate.package().folder().display().to_string();
                return Err(Error::new(
                    format!("{folder} has no pyproject.toml, without which nobody can build its sources"),
                    "write one; `cargo hpy new NAME` makes a project that has it",
                ));
            }
            Project::Crate(of_crate) => {
                let mut command = self.tools.command("maturin");
                command
                    .args(["sdist", "--manifest-path"])
                    .arg(&of_crate.package().manifest_path)
                    .arg("--out")
                    .arg(&folder);
                lines(&mut command, progress).map_err(|said| {
                    Error::new(
                        format!("maturin made no source distribution:\n\n{}\n", said.trim_end()),
                        "solve what it says, and type the same command again",
                    )
                })?;
            }
        }
        let file = super::tree::only_entry(&folder)?;
        let result = out.join(file.file_name().unwrap_or_default());
        std::fs::rename(&file, &result).map_err(|error| cannot_write(&result, &error))?;
        Ok(result)
    }
}
