// cargo-hpy/src/wheel/table.rs: the table of the wheels that were made.

use std::path::PathBuf;
use std::time::Duration;

/// A wheel that was asked for.
pub struct Row {
    /// What it is for: `cpython-3.12`, `universal`.
    pub what: String,
    /// The file, or `None` if it failed.
    pub file: Option<PathBuf>,
    pub time: Duration,
    /// The Pythons that have imported it.
    pub tested: Vec<String>,
}

impl Row {
    pub fn failed(what: &str, time: Duration) -> Row {
        Row { what: what.to_owned(), file: None, time, tested: Vec::new() }
    }
}

/// The table: wheel, tag, size, time, tested.
pub fn show(rows: &[Row]) -> String {
    let mut lines = vec![["wheel", "tag", "size", "time", "tested"].map(str::to_owned)];
    lines.extend(rows.iter().map(line));
    let width = |column: usize| lines.iter().map(|line| line[column].chars().count()).max().unwrap_or(0);
    let widths: [usize; 5] = std::array::from_fn(width);
    let mut text = String::new();
    for [name, tag, size, time, tested] in &lines {
        let [a, b, c, d, _] = widths;
        text += format!("{name:a$}  {tag:b$}  {size:>c$}  {time:>d$}  {tested}").trim_end();
        text.push('\n');
    }
    text
}

fn line(row: &Row) -> [String; 5] {
    let time = format!("{:.1} s", row.time.as_secs_f64());
    let Some(file) = &row.file else {
        return [row.what.clone(), "-".to_owned(), "-".to_owned(), time, "failed".to_owned()];
    };
    let size = file.metadata().map_or("-".to_owned(), |metadata| format!("{} kB", metadata.len().div_ceil(1000)));
    let tested = if row.tested.is_empty() { "no".to_owned() } else { row.tested.join(", ") };
    let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    [row.what.clone(), tag(&name), size, time, tested]
}

/// The tag in a wheel's name: its last three parts.
fn tag(name: &str) -> String {
    let Some(stem) = name.strip_suffix(".whl") else { return "-".to_owned() };
    let parts: Vec<_> = stem.rsplitn(4, '-').take(3).collect();
    parts.into_iter().rev().collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_wheel_has_a_line() {
        let row = |what: &str, file: Option<&str>| Row {
            what: what.to_owned(),
            file: file.map(PathBuf::from),
            time: Duration::from_millis(1240),
            tested: file.map(|_| "cpython-3.12".to_owned()).into_iter().collect(),
        };
        let rows = [row("cpython-3.12", Some("/out/first-0.1.0-cp312-cp312-linux_x86_64.whl")), row("universal", None)];
        assert_eq!(
            show(&rows),
            "wheel         tag                       size   time  tested\n\
             cpython-3.12  cp312-cp312-linux_x86_64     -  1.2 s  cpython-3.12\n\
             universal     -                            -  1.2 s  failed\n"
        );
    }
}
