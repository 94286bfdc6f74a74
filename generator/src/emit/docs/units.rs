// generator/src/emit/docs/units.rs: the units of formats as tables in Markdown.

use crate::model::units::{Padding, Unit, Units};

/// Those of `HPyArg_Parse`.
pub fn args(units: &Units) -> String {
    let mut out =
        String::from("| unit | Python | C variable | Rust variable | what it gets |\n|---|---|---|---|---|\n");
    for unit in &units.args {
        let (c, rust) = types(unit);
        out.push_str(&format!("| {} | {} | {c} | {rust} | {} |\n", spellings("", unit), unit.kind.python, unit.doc));
    }
    out
}

/// Those of `HPy_BuildValue`.
pub fn values(units: &Units) -> String {
    let mut out = String::from("| unit | C value | Rust value | Python | what it is |\n|---|---|---|---|---|\n");
    for unit in &units.values {
        let (c, rust) = types(unit);
        out.push_str(&format!("| {} | {c} | {rust} | {} | {} |\n", spellings("", unit), unit.kind.python, unit.doc));
    }
    out
}

/// Those of `HPyUnicode_FromFormat`.
pub fn formats(units: &Units) -> String {
    let mut out =
        String::from("| unit | C value | Rust value | text | between `%` and unit |\n|---|---|---|---|---|\n");
    out.push_str("| `%%` | | | a percent sign | nothing |\n");
    for unit in &units.formats {
        let (c, rust) = types(unit);
        let padding = match unit.kind.padding {
            Padding::Zeros => "`0`, width, precision",
            Padding::Spaces => "width, precision",
            Padding::Nothing => "nothing",
        };
        out.push_str(&format!("| {} | {c} | {rust} | {} | {padding} |\n", spellings("%", unit), unit.doc));
    }
    out
}

fn spellings<K>(prefix: &str, unit: &Unit<K>) -> String {
    unit.spellings.iter().map(|spelling| format!("`{prefix}{spelling}`")).collect::<Vec<_>>().join(" ")
}

/// What is in C and in Rust.
fn types<K>(unit: &Unit<K>) -> (String, String) {
    let c: Vec<_> = unit.types.iter().map(|of| format!("`{}`", of.c)).collect();
    let rust: Vec<_> = (0..unit.types.len())
        .map(|index| unit.rust_types(index).iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(" or "))
        .collect();
    (c.join(", then "), rust.join(", then "))
}
