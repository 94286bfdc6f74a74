// cargo-hpy/src/bench/pyperf.rs: how long a statement takes, as pyperf measures it in processes of its own.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde::Deserialize;

use super::results::Timing;
use super::rows::Row;
use super::run::{self, LeftOut};

/// An environment with pyperf.
pub struct Pyperf {
    python: PathBuf,
    folder: PathBuf,
}

/// Each benchmark takes about a second: few processes, since there are many benchmarks.
const OPTIONS: &[&str] = &["--processes=5", "--values=4", "--warmups=1", "--min-time=0.02"];

impl Pyperf {
    pub fn new(python: PathBuf, folder: &Path) -> Pyperf {
        Pyperf { python, folder: folder.to_owned() }
    }

    /// Seconds per statement, or per item of a row about many.
    pub fn time(&self, row: &Row, search_path: &OsStr) -> Result<Timing, LeftOut> {
        let (setup, statement) = row.filled(row.size.map(|size| size.timed));
        let file = self.folder.join("pyperf.json");
        let _ = fs::remove_file(&file);
        let mut command = Command::new(&self.python);
        command.args(["-B", "-m", "pyperf", "timeit", "--quiet", "--inherit-environ=PYTHONPATH"]).args(OPTIONS);
        command.arg("--output").arg(&file).args(["--setup", &setup, &statement]).env("PYTHONPATH", search_path);
        run::succeed(&mut command)?;
        let text = fs::read_to_string(&file).map_err(|error| error.to_string())?;
        let items = row.size.map_or(1.0, |size| f64::from(size.timed));
        timing(&text, items).ok_or_else(|| "pyperf wrote no values".to_owned())
    }
}

/// Mean and standard deviation of the values in pyperf's document, of which each is for `items` items.
fn timing(document: &str, items: f64) -> Option<Timing> {
    #[derive(Deserialize)]
    struct Suite {
        benchmarks: Vec<Benchmark>,
    }
    #[derive(Deserialize)]
    struct Benchmark {
        runs: Vec<Run>,
    }
    #[derive(Deserialize)]
    struct Run {
        #[serde(default)]
        values: Vec<f64>,
    }
    let suite: Suite = serde_json::from_str(document).ok()?;
    let values: Vec<f64> = suite.benchmarks.into_iter().flat_map(|of| of.runs).flat_map(|run| run.values).collect();
    let count = values.len() as f64;
    if count < 1.0 {
        return None;
    }
    let mean = values.iter().sum::<f64>() / count;
    let squares = values.iter().map(|value| (value - mean).powi(2)).sum::<f64>();
    let deviation = if count > 1.0 { (squares / (count - 1.0)).sqrt() } else { 0.0 };
    Some(Timing { mean: mean / items, deviation: deviation / items })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_all_runs_count_and_calibrations_do_not() {
        let document =
            r#"{"benchmarks": [{"runs": [{"warmups": [[1, 9.0]]}, {"values": [1.0, 3.0]}, {"values": [2.0]}]}]}"#;
        let Timing { mean, deviation } = timing(document, 2.0).unwrap();
        assert_eq!((mean, deviation), (1.0, 0.5));
        assert!(timing(r#"{"benchmarks": []}"#, 1.0).is_none());
    }
}
