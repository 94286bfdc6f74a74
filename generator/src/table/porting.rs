// generator/src/table/porting.rs: reads the records for those who port, and refuses what is said twice.

use std::collections::HashSet;

use super::record::Record;
use crate::model::Api;
use crate::model::porting::{Counterpart, Helper, Note, Porting};
use crate::problems::Problems;

/// Reads those of a file.
pub fn read(root: &mut Record<'_>, porting: &mut Porting) {
    root.each("helper", |record| {
        let name = record.required_text("name");
        let replaces = names(record, "replaces");
        porting.helpers.push(Helper { place: record.place.clone(), name, replaces });
    });
    root.each("counterpart", |record| {
        let cpython = names(record, "cpython");
        let (hpy, note) = (record.text("hpy"), record.text("note"));
        if hpy.is_none() && note.is_none() {
            record.wrong(
                format!("`{}` has no counterpart, and it is not said what to do", cpython.join(", ")),
                "say it: `note = \"...\"`, or name the counterpart: `hpy = \"...\"`",
            );
        }
        porting.counterparts.push(Counterpart { place: record.place.clone(), cpython, hpy, note });
    });
    root.each("note", |record| {
        let of = names(record, "of");
        let note = record.required_text("note");
        porting.notes.push(Note { place: record.place.clone(), of, note });
    });
}

fn names(record: &mut Record<'_>, key: &'static str) -> Vec<String> {
    let names = record.texts(key).unwrap_or_default();
    if names.is_empty() {
        record.wrong(format!("`{key}` names nothing"), format!("list names of the C API: `{key} = [\"...\"]`"));
    }
    names
}

/// Each name has one answer, and each note is about an answer.
pub fn check(api: &Api, problems: &mut Problems) {
    let replaced: HashSet<_> = api.replaced().into_iter().map(|it| it.cpython).collect();
    let mut answered = HashSet::new();
    for counterpart in &api.porting.counterparts {
        for name in &counterpart.cpython {
            if replaced.contains(name) {
                let found = format!("a record replaces `{name}`, and this is a counterpart of it too");
                problems.add(&counterpart.place, found, "remove the name here, or make it a `[[note]]`");
            }
            if !answered.insert(name) {
                problems.add(&counterpart.place, format!("`{name}` has two counterparts"), "remove one of the two");
            }
        }
    }
    let mut noted = HashSet::new();
    for note in &api.porting.notes {
        for name in &note.of {
            if !replaced.contains(name) {
                let found = format!("no record replaces `{name}`, which the note is about");
                problems.add(&note.place, found, "correct the name, or make it a `[[counterpart]]`");
            }
            if !noted.insert(name) {
                problems.add(&note.place, format!("`{name}` has two notes"), "make one of the two");
            }
        }
    }
}
