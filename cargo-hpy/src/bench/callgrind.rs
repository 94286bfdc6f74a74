// cargo-hpy/src/bench/callgrind.rs: counts the instructions of a statement with valgrind's callgrind.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde::Deserialize;
use serde_json::json;

use super::rows::Row;
use super::run::{self, LeftOut};

/// The script that runs in Python, and the library through which it controls callgrind.
const SCRIPT: &str = include_str!("../../bench/count.py");
const COUNTER: &str = include_str!("../../bench/counter.c");

/// An empty statement: its count is that of the loop.
const EMPTY: &str = "nothing";

/// Callgrind, ready to count in one folder.
pub struct Callgrind {
    valgrind: PathBuf,
    folder: PathBuf,
}

/// The counts of one mode: instructions by row, and problems by row.
#[derive(Default)]
pub struct Counted {
    pub instructions: BTreeMap<String, f64>,
    pub problems: Vec<(String, String)>,
}

impl Callgrind {
    /// Prepares the tools, or names the missing one.
    pub fn new(folder: &Path) -> Result<Callgrind, LeftOut> {
        let valgrind = run::program("valgrind", "apt install valgrind")?;
        let compiler = run::program("cc", "apt install gcc")?;
        let write = |name: &str, text: &str| fs::write(folder.join(name), text).map_err(|error| error.to_string());
        fs::create_dir_all(folder).map_err(|error| error.to_string())?;
        write("count.py", SCRIPT)?;
        write("counter.c", COUNTER)?;
        let mut command = Command::new(compiler);
        command.args(["-O2", "-shared", "-fPIC", "counter.c", "-o", "counter.so"]).current_dir(folder);
        run::succeed(&mut command).map_err(|said| format!("valgrind's headers do not compile: {said}"))?;
        Ok(Callgrind { valgrind, folder: folder.to_owned() })
    }

    /// Counts all `rows` in one process of `python`, which imports from the folders of `search_path`.
    pub fn count(&self, python: &Path, search_path: &OsStr, rows: &[&Row]) -> Result<Counted, LeftOut> {
        let dumps = self.folder.join("dumps");
        let _ = fs::remove_dir_all(&dumps);
        fs::create_dir_all(&dumps).map_err(|error| error.to_string())?;
        fs::write(self.folder.join("rows.json"), document(rows)).map_err(|error| error.to_string())?;
        let mut command = Command::new(&self.valgrind);
        command.args(["--tool=callgrind", "--quiet", "--instr-atstart=no"]);
        command.arg(format!("--callgrind-out-file={}", dumps.join("dump").display()));
        // The same hashes in each run; no site-packages, whose hooks would be part of the process.
        command.arg(python).args(["-s", "-B", "count.py", "./counter.so", "rows.json"]);
        command.current_dir(&self.folder).env("PYTHONHASHSEED", "0").env("PYTHONPATH", search_path);
        let printed = run::succeed(&mut command)?;
        let totals = read_dumps(&dumps)?;
        Ok(Counted { instructions: per_statement(rows, &totals)?, problems: read_problems(&printed) })
    }
}

/// The rows as the script reads them.
fn document(rows: &[&Row]) -> String {
    let mut all = vec![json!({"name": EMPTY, "setup": "", "statement": "pass", "repeat": 1000})];
    for row in rows {
        let (setup, statement) = row.filled(row.size.map(|size| size.counted));
        all.push(json!({"name": row.name, "setup": setup, "statement": statement, "repeat": row.repeat}));
    }
    json!(all).to_string()
}

fn read_problems(printed: &str) -> Vec<(String, String)> {
    #[derive(Deserialize)]
    struct Problem {
        row: String,
        problem: String,
    }
    let problems = printed.lines().filter_map(|line| serde_json::from_str(line).ok());
    problems.map(|Problem { row, problem }| (row, problem)).collect()
}

/// The instructions of each run, by the row's name and the number of its statements.
fn read_dumps(folder: &Path) -> Result<BTreeMap<(String, u32), f64>, LeftOut> {
    let mut totals = BTreeMap::new();
    for entry in folder.read_dir().map_err(|error| error.to_string())?.flatten() {
        let text = fs::read_to_string(entry.path()).map_err(|error| error.to_string())?;
        totals.extend(read_dump(&text));
    }
    Ok(totals)
}

fn read_dump(text: &str) -> Option<((String, u32), f64)> {
    let trigger = text.lines().find_map(|line| line.strip_prefix("desc: Trigger: Client Request: "))?;
    let (name, count) = trigger.rsplit_once('=')?;
    let total = text.lines().find_map(|line| line.strip_prefix("totals: ").or(line.strip_prefix("summary: ")))?;
    Some(((name.to_owned(), count.trim().parse().ok()?), total.trim().parse().ok()?))
}

/// The instructions of one statement: the difference of two runs, without the loop; for a row about many items, those of one
/// item.
fn per_statement(rows: &[&Row], totals: &BTreeMap<(String, u32), f64>) -> Result<BTreeMap<String, f64>, LeftOut> {
    let one = |name: &str, repeat: u32| {
        let total = |count| totals.get(&(name.to_owned(), count));
        Some((total(2 * repeat)? - total(repeat)?) / f64::from(repeat))
    };
    let empty = one(EMPTY, 1000).ok_or("callgrind wrote no counts")?;
    let counted = rows.iter().filter_map(|row| {
        let items = row.size.map_or(1.0, |size| f64::from(size.counted));
        Some((row.name.clone(), (one(&row.name, row.repeat)? - empty) / items))
    });
    Ok(counted.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dump_says_what_was_counted() {
        let text =
            "version: 1\npid: 7\ndesc: Trigger: Client Request: a = b=1000\nevents: Ir\nsummary: 500\n\ntotals: 500\n";
        assert_eq!(read_dump(text), Some((("a = b".to_owned(), 1000), 500.0)));
        assert_eq!(read_dump("desc: Trigger: Program termination\ntotals: 7\n"), None);
    }

    #[test]
    fn a_statement_takes_the_difference_without_the_loop() {
        let row = Row::of_user("", "f()");
        let total = |name: &str, count, total| ((name.to_owned(), count), total);
        let totals = [
            total(EMPTY, 1000, 5_100.0),
            total(EMPTY, 2000, 10_100.0),
            total("f()", 100, 3_000.0),
            total("f()", 200, 5_500.0),
        ];
        let counted = per_statement(&[&row], &totals.into_iter().collect()).unwrap();
        assert_eq!(counted["f()"], 20.0);
    }
}
