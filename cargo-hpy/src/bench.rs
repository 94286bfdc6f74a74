// cargo-hpy/src/bench.rs: `cargo hpy bench`: measures hpy-sys beside CPython's API and other tools, and reports.

mod agree;
mod build_cost;
mod callgrind;
mod compile;
mod html;
mod loader;
mod modes;
mod modules;
mod peers;
mod pyperf;
mod report;
mod results;
mod rows;
mod run;
mod table;
mod user_crate;

use std::env;
use std::path::Path;

use crate::cli;
use crate::error::{Error, Result};
use crate::progress::Progress;
use crate::python::{self, Choice};
use crate::workspace;
use callgrind::Callgrind;
use compile::Modules;
use hpy_pythons::Environment;
use modes::Mode;
use modules::{Failure, Module};
use pyperf::Pyperf;
use results::{Column, Measured, Missing, Results};
use rows::Row;
use table::Table;

pub fn run(options: &cli::Bench) -> Result<()> {
    let rows = match &options.statement {
        Some(statement) => vec![Row::of_user(&options.setup, statement)],
        None => rows::read(&options.only)?,
    };
    let modes = Mode::choose(&options.modes, options.quick)?;
    let (root, target) = match &options.path {
        Some(path) => {
            user_crate::check(path)?;
            (path.clone(), workspace::metadata(path)?.target)
        }
        None => {
            let root = workspace::find("the measured modules", "cargo hpy bench")?;
            let target = workspace::metadata(&root)?.target;
            (root, target)
        }
    };
    let Choice { python, by } = python::choose(options.python.as_deref())?;
    let folder = target.join("hpy-bench").join(python.name());
    let out = options.out.clone().unwrap_or_else(|| folder.clone());
    for folder in [&folder, &out] {
        std::fs::create_dir_all(folder).map_err(|error| run::cannot_write(folder, &error))?;
    }
    println!("{}, by {by}", python::describe(&python));
    if options.path.is_some() {
        user_crate::check_statements(&python, rows.iter())?;
    }
    let mut results = Results {
        command: command(),
        python: format!("{} {}", python.implementation, python.full_version),
        machine: machine(),
        modes: Vec::new(),
        rows: rows.into_iter().map(Measured::new).collect(),
        build_cost: Vec::new(),
        left_out: Vec::new(),
    };
    let modules = Modules { root: &root, sources: root.join("cargo-hpy/bench"), python: &python, folder };
    // Report modes that cannot be measured before building any.
    let callgrind =
        Callgrind::new(&modules.folder.join("callgrind")).map_err(|why| results.say("instructions", why)).ok();
    let pyperf = pyperf(&modules, options.quick && callgrind.is_some(), &mut results);
    let built = match &options.path {
        Some(path) => {
            let below = modules.folder.join("own");
            let own = [Mode::Native, Mode::Universal];
            build(&own, &mut results, &modules, |mode, progress| {
                user_crate::build(path, mode, &modules, &below, &options.cargo, progress)
            })?
        }
        None => build(&modes, &mut results, &modules, |mode, progress| modules.build(mode, progress))?,
    };
    if options.path.is_none() {
        agree::check(&modules, &built)?;
    }
    if let (Some(_), Some(module)) = (&options.path, built.first()) {
        user_crate::try_statements(&python, module, results.rows.iter().map(|measured| &measured.row))?;
    }
    if let Some(callgrind) = callgrind {
        count(&callgrind, &modules, &built, &mut results);
    }
    if let Some(pyperf) = pyperf {
        time(&pyperf, &built, &mut results);
    }
    costs(&modules, &built, options.quick || options.path.is_some(), &mut results);
    finish(&results, &out)
}

/// Builds the module in each mode. A tool that is missing is left out.
fn build(
    modes: &[Mode],
    results: &mut Results,
    modules: &Modules,
    make: impl Fn(Mode, &Progress) -> std::result::Result<Module, Failure>,
) -> Result<Vec<Module>> {
    let progress = Progress::start(format!("building the measured module for {}", modules.python.name()));
    let mut built = Vec::new();
    for mode in modes {
        match make(*mode, &progress) {
            Ok(module) => {
                let Module { mode, version, .. } = &module;
                results.modes.push(Column { mode: *mode, about: mode.about().to_owned(), version: version.clone() });
                built.push(module);
            }
            Err(Failure::LeftOut(why)) => {
                progress.say(&format!("left out: {}: {why}", mode.name()));
                results.leave_out(mode.name(), why);
            }
            Err(Failure::Broken(error)) => return Err(error),
        }
    }
    progress.done();
    Ok(built)
}

/// The rows that a mode's module has.
fn rows_of(mode: Mode, rows: &[Measured]) -> Vec<&Row> {
    rows.iter().map(|measured| &measured.row).filter(|row| row.is_of(mode)).collect()
}

fn count(callgrind: &Callgrind, modules: &Modules, built: &[Module], results: &mut Results) {
    let progress = Progress::start("counting instructions");
    for module @ Module { mode, .. } in built {
        progress.step(mode.name());
        let rows = rows_of(*mode, &results.rows);
        match callgrind.count(&modules.python.path, &module.search_path(), &rows) {
            Ok(counted) => {
                for measured in &mut results.rows {
                    if let Some(count) = counted.instructions.get(&measured.row.name) {
                        measured.instructions.insert(*mode, *count);
                    }
                }
                for (row, problem) in counted.problems {
                    results.leave_out(format!("{row} with {}", mode.name()), problem);
                }
            }
            Err(why) => results.leave_out(format!("instructions of {}", mode.name()), why),
        }
    }
    progress.done();
}

/// The timer, unless the run measures no time or pyperf is missing.
fn pyperf(modules: &Modules, quick: bool, results: &mut Results) -> Option<Pyperf> {
    // Without counts, a quick run has nothing else to show.
    if quick {
        results.say("timings", "--quick".to_owned());
        return None;
    }
    let environment = Environment::new(&modules.folder.join("environment"), &modules.python.path);
    let ready = environment.and_then(|environment| environment.install(&["pyperf"]).map(|()| environment.python));
    match ready {
        Ok(python) => Some(Pyperf::new(python, &modules.folder)),
        Err(why) => {
            results.say("timings", why);
            None
        }
    }
}

/// Times the small rows, row by row, so that what is compared is measured at about the same time.
fn time(pyperf: &Pyperf, built: &[Module], results: &mut Results) {
    let progress = Progress::start("measuring time");
    let mut problems = Vec::new();
    for measured in results.rows.iter_mut().filter(|measured| measured.row.small) {
        for module @ Module { mode, .. } in built.iter().filter(|module| measured.row.is_of(module.mode)) {
            progress.step(&format!("{} with {}", measured.row.name, mode.name()));
            match pyperf.time(&measured.row, &module.search_path()) {
                Ok(timing) => drop(measured.seconds.insert(*mode, timing)),
                Err(why) => problems.push((format!("time of {} with {}", measured.row.name, mode.name()), why)),
            }
        }
    }
    progress.done();
    problems.into_iter().for_each(|(what, why)| results.leave_out(what, why));
}

fn costs(modules: &Modules, built: &[Module], quick: bool, results: &mut Results) {
    // cffi makes a Python file and a library.
    for Module { mode, file, .. } in built.iter().filter(|module| module.file.exists()) {
        match build_cost::size(*mode, file, &modules.folder) {
            Ok(cost) => results.build_cost.push(cost),
            Err(why) => return results.leave_out("size of the modules", why),
        }
    }
    if quick {
        return results.leave_out("time of building", "it is measured by a whole run alone");
    }
    let progress = Progress::start("measuring builds");
    for costs in [build_cost::of_rust(modules), build_cost::of_c(modules, built)] {
        match costs {
            Ok(costs) => results.build_cost.extend(costs),
            Err(why) => results.leave_out("time of building", why),
        }
    }
    progress.done();
}

/// Prints the tables and writes the reports.
fn finish(results: &Results, out: &Path) -> Result<()> {
    if results.rows.iter().all(|row| row.instructions.is_empty() && row.seconds.is_empty()) {
        return Err(nothing(results));
    }
    for (title, table) in [
        ("instructions (ratios to capi)", Table::instructions(results)),
        ("time (ratios to capi)", Table::timings(results)),
    ] {
        if !table.is_empty() {
            println!("\n{title}\n\n{}", table.text());
        }
    }
    for missing in &results.left_out {
        println!("left out: {}: {}", missing.what, missing.why);
    }
    for surprise in results.surprises() {
        println!("note: {surprise}");
    }
    let json = serde_json::to_string_pretty(results).expect("names and numbers only");
    run::write(&out.join("results.json"), &json)?;
    run::write(&out.join("report.md"), &report::markdown(results))?;
    run::write(&out.join("report.html"), &html::page(results))?;
    println!("\nThe report is in {}, and beside it as report.md and results.json.", out.join("report.html").display());
    Ok(())
}

/// The error of a run without a single figure, which has the reason for the first one that is missing.
fn nothing(results: &Results) -> Error {
    let measured = |missing: &&Missing| !results.modes.is_empty() && !missing.why.starts_with('-');
    let first = results.left_out.iter().filter(|missing| Mode::find(&missing.what).is_none()).find(measured);
    Error::new(
        format!("nothing was measured: {}", first.map_or("all modes were left out", |missing| &missing.why)),
        "solve this, or measure something else: --only, --modes and --statement say what",
    )
}

/// The command that the user has typed.
fn command() -> String {
    let arguments = env::args().skip(1);
    format!("cargo {}", arguments.collect::<Vec<_>>().join(" "))
}

fn machine() -> String {
    let processor = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = processor.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    format!("{} on {}", model.map_or(env::consts::ARCH, |(_, model)| model.trim()), env::consts::OS)
}
