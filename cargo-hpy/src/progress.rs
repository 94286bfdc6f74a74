// cargo-hpy/src/progress.rs: shows the progress: a spinner in a terminal, lines elsewhere.

use std::io::{self, IsTerminal};
use std::time::{Duration, Instant};

use indicatif::{MultiProgress, ProgressBar, ProgressStyle};

/// Tasks that run side by side, with a line for each.
pub struct Tasks {
    lines: MultiProgress,
}

impl Tasks {
    pub fn new() -> Tasks {
        Tasks { lines: MultiProgress::new() }
    }

    /// Begins a task of several. Without a terminal its steps are left out: nobody could tell whose they are.
    pub fn start(&self, task: impl Into<String>) -> Progress {
        Progress::begin(task.into(), Some(&self.lines))
    }
}

/// The current step, on the standard error stream.
pub struct Progress {
    task: String,
    started: Instant,
    /// `None` if stderr is no terminal: then each step prints a line.
    line: Option<ProgressBar>,
    /// Whether other tasks run at the same time.
    is_one_of_several: bool,
}

impl Progress {
    /// Begins a task, like `building quickstart`.
    pub fn start(task: impl Into<String>) -> Progress {
        Progress::begin(task.into(), None)
    }

    fn begin(task: String, several: Option<&MultiProgress>) -> Progress {
        let line = io::stderr().is_terminal().then(|| {
            let line = ProgressBar::new_spinner();
            let line = several.map_or(line.clone(), |lines| lines.add(line));
            line.set_style(
                ProgressStyle::with_template("{spinner} {prefix} ({elapsed}) {wide_msg}").expect("a template"),
            );
            line.set_prefix(task.clone());
            line.enable_steady_tick(Duration::from_millis(100));
            line
        });
        if line.is_none() {
            eprintln!("{task}");
        }
        Progress { task, started: Instant::now(), line, is_one_of_several: several.is_some() }
    }

    /// Shows a step of the task.
    pub fn step(&self, text: &str) {
        match &self.line {
            Some(line) => line.set_message(text.to_owned()),
            None if self.is_one_of_several => {}
            None => eprintln!("  {text}"),
        }
    }

    /// Prints a permanent line.
    pub fn say(&self, text: &str) {
        match &self.line {
            Some(line) => line.suspend(|| eprintln!("{text}")),
            None => eprintln!("{text}"),
        }
    }

    /// Ends a successful task.
    pub fn done(mut self) {
        let text = format!("{}: {:.1} s", self.task, self.started.elapsed().as_secs_f64());
        match self.line.take() {
            Some(line) => {
                line.suspend(|| eprintln!("{text}"));
                line.finish_and_clear();
            }
            None => eprintln!("{text}"),
        }
    }
}

impl Drop for Progress {
    /// A task that failed leaves no line behind.
    fn drop(&mut self) {
        if let Some(line) = &self.line {
            line.finish_and_clear();
        }
    }
}
