// cargo-hpy/src/wheel.rs: `cargo hpy wheel`: builds wheels for several Pythons and ABIs side by side, and tests each.

mod back_end;
mod check;
mod finish;
mod jobs;
mod native;
mod project;
mod pythons;
mod seed;
mod table;
mod tools;
mod tree;

use std::fs;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Command, Stdio};

use crate::abi::Abi;
use crate::cli::{self, Kind};
use crate::error::{Error, Result};
use crate::progress::{Progress, Tasks};
use crate::temporary::Temporary;
use check::Check;
use jobs::{Job, Maker, side_by_side};
use project::Project;
use pythons::Chosen;
use table::Row;
use tools::Tools;
use tree::cannot_write;

/// Returns the number of wheels that failed.
pub fn run(options: &cli::Wheel) -> Result<u8> {
    have_names_of_their_own(&options.abi)?;
    let project = Project::read(options)?;
    check_kinds(&project, options)?;
    let Chosen { pythons, missing } = pythons::choose(&options.python)?;
    let out = options.out.clone().unwrap_or_else(|| project.out());
    let out = std::env::current_dir().unwrap_or_default().join(out);
    fs::create_dir_all(&out).map_err(|error| cannot_write(&out, &error))?;
    let progress = Progress::start("preparing the tools");
    let builder = if matches!(project, Project::Crate(_)) { tools::MATURIN } else { tools::UV };
    let tools = Tools::find(&project.target(), builder)?;
    drop(progress);
    // Hidden beside the results: an interrupted run leaves no other file, and the next run deletes this one.
    let work = Temporary::beside(&out.join("work"));
    fs::create_dir_all(&work.path).map_err(|error| cannot_write(&work.path, &error))?;

    let maker = Maker { project: &project, tools: &tools, options, pythons: &pythons, work: &work.path };
    let jobs = Job::all(&options.abi, &pythons);
    let tasks = Tasks::new();
    let built = maker.build(&jobs, &tasks);
    let check = Check { options, project: project.folder() };
    let finisher = finish::Finisher { maker: &maker, check: &check, out: &out };
    let wheels = finisher.wheels(&built);
    let made = side_by_side(&wheels, |wheel| finisher.finish(wheel, &tasks));

    let mut rows = Vec::new();
    let failed_builds = built.iter().filter(|built| built.job.is_wanted(&options.abi));
    let errors = failed_builds.filter_map(|built| Some((built.job.name(), built.time, built.tree.as_ref().err()?)));
    let mut failures: Vec<(String, Error)> = missing;
    rows.extend(failures.iter().map(|(wish, _)| Row::failed(wish, std::time::Duration::ZERO)));
    for (name, time, error) in errors {
        rows.push(Row::failed(&name, time));
        failures.push((name, error.clone()));
    }
    for (row, failure) in made {
        failures.extend(failure.map(|error| (row.what.clone(), error)));
        rows.push(row);
    }
    if options.sdist {
        let (row, failure) = maker.sdist(&out, &tasks);
        failures.extend(failure.map(|error| (row.what.clone(), error)));
        rows.push(row);
    }
    for (what, error) in &failures {
        eprintln!("{what}: {error}\n");
    }
    print!("{}", table::show(&rows));
    if rows.iter().any(|row| row.file.is_some()) {
        println!("in {}", out.display());
    }
    Ok(u8::try_from(failures.len()).unwrap_or(u8::MAX))
}

/// Makes sure that no two wheels are called the same.
fn have_names_of_their_own(kinds: &[Kind]) -> Result<()> {
    for (one, other, tag) in [(Kind::Cpython, Kind::Hybrid, "cp312-cp312"), (Kind::Universal, Kind::All, "py3-none")] {
        if kinds.contains(&one) && kinds.contains(&other) {
            let [one, other] = [one, other].map(|kind| format!("{kind:?}").to_lowercase());
            return Err(Error::new(
                format!("--abi {one},{other}: both wheels would have one name, with the tag {tag}"),
                format!("build them into two folders: --abi {one} --out DIR, and --abi {other} --out OTHER_DIR"),
            ));
        }
    }
    Ok(())
}

/// Makes sure that the crate has the features of every ABI that is to be built, before anything is.
fn check_kinds(project: &Project, options: &cli::Wheel) -> Result<()> {
    let Project::Crate(of_crate) = project else { return Ok(()) };
    let mut needed = vec![Abi::Cpython];
    let has = |kind: Kind| options.abi.contains(&kind);
    if has(Kind::Universal) || has(Kind::All) {
        needed.push(Abi::Universal);
    }
    if has(Kind::Hybrid) {
        needed.push(Abi::Hybrid);
    }
    needed.into_iter().try_for_each(|abi| crate::build::features::arguments(of_crate.package(), abi).map(drop))
}

/// Runs a command to its end, and returns its output; an error is what it said.
fn output(command: &mut Command) -> std::result::Result<String, String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let run = command.stdin(Stdio::null()).output().map_err(|error| format!("cannot run {name}: {error}"))?;
    let said = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    if run.status.success() { Ok(said(&run.stdout)) } else { Err(said(&run.stderr) + &said(&run.stdout)) }
}

/// Runs a command to its end, and shows each line as a step; an error is all that it said.
fn lines(command: &mut Command, progress: &Progress) -> std::result::Result<(), String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let failed = |error: io::Error| format!("cannot run {name}: {error}");
    let mut child =
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().map_err(failed)?;
    let mut stdout = child.stdout.take().expect("the output is a pipe");
    let stderr = BufReader::new(child.stderr.take().expect("the output is a pipe"));
    let said = std::thread::scope(|scope| {
        let printed = scope.spawn(move || {
            let mut bytes = Vec::new();
            let _ = stdout.read_to_end(&mut bytes);
            String::from_utf8_lossy(&bytes).into_owned()
        });
        let mut said = String::new();
        for line in stderr.lines().map_while(io::Result::ok) {
            progress.step(line.trim());
            said += &line;
            said.push('\n');
        }
        said + &printed.join().unwrap_or_default()
    });
    let status = child.wait().map_err(|error| format!("cannot run {name}: {error}"))?;
    if status.success() { Ok(()) } else { Err(said) }
}

/// A folder below `work`, with the name of what is made in it.
fn below(work: &Path, stage: &str, name: &str) -> std::path::PathBuf {
    work.join(stage).join(name)
}
