// generator/src/emit/docs/porting.rs: the C API and what replaces it as tables in Markdown.

use std::collections::BTreeMap;

use crate::model::Api;

/// What a row says beside the name.
#[derive(Default)]
struct Answer {
    hpy: Vec<String>,
    notes: Vec<String>,
}

/// The sections of the document, and the names in each: a name belongs to the first that has its start.
const SECTIONS: [(&str, &[&str]); 4] = [
    (
        "Slots",
        &["Py_am_", "Py_bf_", "Py_mp_", "Py_nb_", "Py_sq_", "Py_tp_", "Py_mod_", "tp_", "nb_", "sq_", "mp_", "bf_"],
    ),
    (
        "Flags, and kinds of members and methods",
        &["METH_", "Py_TPFLAGS_", "Py_MOD_", "PyBUF_", "Py_T_", "T_", "READONLY", "Py_READONLY", "Py_RELATIVE"],
    ),
    ("Exceptions", &["PyExc_"]),
    ("Functions, macros, types and objects", &[""]),
];

/// The tables of all names, by section.
pub fn tables(api: &Api) -> String {
    let mut answers: BTreeMap<String, Answer> = BTreeMap::new();
    for it in api.replaced() {
        answers.entry(it.cpython).or_default().hpy.push(format!("`{}`", it.hpy));
    }
    for note in &api.porting.notes {
        for name in &note.of {
            answers.entry(name.clone()).or_default().notes.push(note.note.clone());
        }
    }
    for counterpart in &api.porting.counterparts {
        let hpy = counterpart.hpy.as_deref().unwrap_or("no counterpart").to_owned();
        for name in &counterpart.cpython {
            let answer = Answer { hpy: vec![hpy.clone()], notes: counterpart.note.iter().cloned().collect() };
            answers.insert(name.clone(), answer);
        }
    }
    let mut tables = SECTIONS.map(|(title, _)| format!("\n## {title}\n\n| CPython | HPy | |\n|---|---|---|\n"));
    for (name, answer) in answers {
        let section = SECTIONS.iter().position(|(_, starts)| starts.iter().any(|start| name.starts_with(start)));
        let row = format!("| `{name}` | {} | {} |\n", answer.hpy.join(", "), answer.notes.join(" "));
        tables[section.expect("the last has all")].push_str(&row);
    }
    tables.concat()
}
