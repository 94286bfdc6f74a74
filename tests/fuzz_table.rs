// tests/fuzz_table.rs: random changes of the table, of pythons.toml and of configuration files: the generator accepts each, or
// refuses it with a sentence, a place and a remedy. It never panics.
//
// HPY_FUZZ_CASES is the number of cases and HPY_FUZZ_SEED the first one; a failure names both.

mod common;

use std::env;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Mutex;

use common::{cpython, sources};
use hpy_generator::problems::Problems;
use hpy_generator::table::{self, validate};
use hpy_generator::target::Target;
use hpy_generator::target::abi::Abi;
use hpy_generator::target::pythons;
use hpy_generator::target::version::Version;
use hpy_generator::{Sources, generate};

/// The number of cases of each kind.
const CASES: u64 = 1500;
/// One in this many accepted tables goes through the whole generator.
const GENERATED: u64 = 40;

/// Pseudo-random numbers (xorshift).
struct Random(u64);

impl Random {
    /// The numbers of one case; adjacent seeds give unrelated ones.
    fn new(seed: u64) -> Random {
        Random(seed.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % limit.max(1) as u64).unwrap()
    }

    fn one_of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }
}

/// Replacements of a value: of each type, and its extremes.
const VALUES: &[&str] = &[
    "0",
    "-1",
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775808",
    "0xFFFF_FFFF_FFFF_FFFF",
    "1.5",
    "nan",
    "true",
    "\"\"",
    "\" \"",
    "\"é\"",
    "\"(\"",
    "\"HPy (\"",
    "\"HPy f(HPyContext *ctx, ...)\"",
    "\"int f(\"",
    "\"3.\"",
    "\"3.300\"",
    "\"3.255\"",
    "\"255.255\"",
    "\"-3.9\"",
    "\"PyFoo(h, h)\"",
    "\"PyFoo(ctx\"",
    "\"h=\"",
    "\"=\"",
    "\"h:TypeError\"",
    "\"\\u0000\"",
    "'''x\ny'''",
    "[]",
    "[1]",
    "[[]]",
    "{}",
    "{ from = \"3.9\" }",
    "[{ from = \"3.15\", until = \"3.9\", call = \"x\" }]",
    "1979-05-27",
];
/// Replacements of a letter.
const LETTERS: &[char] = &[
    '"',
    '\'',
    '[',
    ']',
    '{',
    '}',
    '(',
    ')',
    '=',
    '\n',
    '#',
    ',',
    '*',
    '.',
    '-',
    '\\',
    '\0',
    'é',
    '\u{1f600}',
    ' ',
    '9',
];

/// A text with one to three changes.
fn changed(text: &str, random: &mut Random) -> String {
    let mut text = text.to_owned();
    for _ in 0..=random.below(3) {
        text = change(&text, random);
    }
    text
}

fn change(text: &str, random: &mut Random) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let line = random.below(lines.len());
    match random.below(9) {
        0 if !lines.is_empty() => drop(lines.remove(line)),
        1 if !lines.is_empty() => lines.insert(line, lines[line].clone()),
        2 if !lines.is_empty() => {
            let other = random.below(lines.len());
            lines.swap(line, other);
        }
        3 => lines.truncate(line),
        4 | 5 if !lines.is_empty() => {
            if let Some((key, _)) = lines[line].clone().split_once('=') {
                lines[line] = format!("{key}= {}", random.one_of(VALUES));
            }
        }
        6 if !lines.is_empty() => {
            // A word of another line.
            let other = random.below(lines.len());
            let words: Vec<_> = lines[other].split([' ', '(', ',', '"']).map(str::to_owned).collect();
            let word = random.one_of(&words).clone();
            let old: Vec<_> = lines[line].split([' ', '(', ',', '"']).filter(|word| !word.is_empty()).collect();
            if !old.is_empty() {
                lines[line] = lines[line].replacen(*random.one_of(&old), &word, 1);
            }
        }
        _ => {
            let mut letters: Vec<char> = text.chars().collect();
            let place = random.below(letters.len());
            match random.below(3) {
                0 if !letters.is_empty() => drop(letters.remove(place)),
                1 if !letters.is_empty() => letters[place] = *random.one_of(LETTERS),
                _ => letters.insert(place, *random.one_of(LETTERS)),
            }
            return letters.into_iter().collect();
        }
    }
    lines.join("\n") + "\n"
}

/// The problems of a changed file: each has a sentence, a remedy, and a line that the file has.
fn is_an_error(problems: &Problems, files: &[(String, String)]) {
    let said = problems.to_string();
    for problem in said.split("\n\nerror: ") {
        let mut lines = problem.lines();
        let found = lines.next().unwrap_or_default();
        assert!(!found.trim_start_matches("error: ").is_empty(), "it has no sentence: {said}");
        assert!(problem.contains("\n  = help: "), "it has no remedy: {said}");
        let place = problem.lines().find_map(|line| line.strip_prefix("  --> "));
        let (path, line) = place.and_then(|place| place.rsplit_once(':')).unwrap_or_else(|| panic!("no place: {said}"));
        // The whole table is a folder.
        if path == "shims/api" {
            continue;
        }
        let (_, text) = files.iter().find(|(name, _)| name == path).unwrap_or_else(|| panic!("another file: {said}"));
        let line: usize = line.parse().unwrap();
        assert!((1..=text.lines().count().max(1) + 1).contains(&line), "the file has no such line: {said}");
    }
}

/// Runs the cases of one kind, each with its own seed, which a failure names.
fn cases(kind: &str, case: impl Fn(u64, &mut Random)) {
    // The failure contains the message of a panic.
    static ALONE: Mutex<()> = Mutex::new(());
    let _alone = ALONE.lock();
    let number = |variable: &str, default| env::var(variable).map_or(default, |value| value.parse().expect(variable));
    let (count, seed) = (number("HPY_FUZZ_CASES", CASES), number("HPY_FUZZ_SEED", 0));
    let hook = panic::take_hook();
    panic::set_hook(Box::new(|_| {}));
    let failed = (seed..seed + count).find_map(|number| {
        let run = AssertUnwindSafe(|| case(number, &mut Random::new(number)));
        let panicked = panic::catch_unwind(run).err()?;
        let said = panicked.downcast_ref::<String>().cloned();
        let said = said.or_else(|| panicked.downcast_ref::<&str>().map(|&text| text.to_owned()));
        Some(format!("HPY_FUZZ_SEED={number} HPY_FUZZ_CASES=1: {}", said.unwrap_or_default()))
    });
    panic::set_hook(hook);
    assert!(failed.is_none(), "{kind}: {}", failed.unwrap());
    println!("{kind}: {count} cases from seed {seed}");
}

#[test]
fn the_table() {
    let sources = sources();
    let pythons = common::pythons();
    cases("table", |number, random| {
        let index = random.below(sources.table.len());
        let (path, text) = &sources.table[index];
        let file = (path.clone(), changed(text, random));
        // Reading one file is quick; the check of the whole table reports missing records.
        match table::read::read(std::slice::from_ref(&file)) {
            Err(problems) => is_an_error(&problems, &[file]),
            Ok(api) => {
                if let Err(problems) = validate::check(&api, &pythons) {
                    is_an_error(&problems, std::slice::from_ref(&file));
                }
                if number % GENERATED == 0 {
                    let mut table = sources.table.clone();
                    table[index] = file;
                    whole(&table, &pythons);
                }
            }
        }
    });
}

/// The whole generator, with the table in the place of the real one.
fn whole(table: &[(String, String)], pythons: &pythons::Pythons) {
    let all = sources();
    let sources = Sources { table: table.to_vec(), ..all };
    let Ok(api) = table::read::read(&sources.table) else { return };
    if let Err(problems) = validate::check(&api, pythons) {
        is_an_error(&problems, &sources.table);
        return;
    }
    for abi in [cpython("3.9"), cpython("3.15t"), Abi::Universal] {
        assert!(generate(&sources, pythons, &abi).is_ok_and(|outputs| !outputs.files.is_empty()));
    }
}

#[test]
fn the_pythons() {
    let all = sources();
    let (path, text) = all.pythons;
    let api = table::read::read(&all.table).unwrap_or_else(|problems| panic!("{problems}"));
    cases("pythons.toml", |_, random| {
        let file = (path.clone(), changed(&text, random));
        match pythons::read(&file) {
            Err(problems) => is_an_error(&problems, std::slice::from_ref(&file)),
            Ok(pythons) => {
                assert!(!pythons.cfgs(&cpython("3.12")).is_empty() || pythons.facts.is_empty());
                let _ = common::target("3.12").check(&pythons, false);
                if let Err(problems) = validate::check(&api, &pythons) {
                    is_an_error(&problems, &all.table);
                }
            }
        }
    });
}

/// Python's configuration file: if pyo3-build-config accepts it, the generator makes it a target or refuses it.
#[test]
fn the_target() {
    let pythons = common::pythons();
    cases("target", |_, random| {
        let word = |random: &mut Random| (0..random.below(12)).map(|_| *random.one_of(LETTERS)).collect::<String>();
        let small = |random: &mut Random| u8::try_from(random.below(256)).unwrap();
        let target = Target {
            implementation: if random.below(3) == 0 { word(random) } else { "CPython".to_owned() },
            version: Version { major: if random.below(3) == 0 { small(random) } else { 3 }, minor: small(random) },
            free_threaded: random.below(2) == 0,
            debug: random.below(2) == 0,
            executable: (random.below(2) == 0).then(|| word(random)),
        };
        if let Err(problems) = target.check(&pythons, false) {
            assert!(problems.to_string().contains("\n  = help: "), "{problems}");
        }
        assert!(target.describe(&pythons).starts_with("target = "));
        let record = target.record();
        let table = toml::de::DeTable::parse(&record).unwrap_or_else(|error| panic!("{error}: {record}"));
        let executable = table.get_ref().get("executable").and_then(|value| value.get_ref().as_str());
        assert_eq!(executable, target.executable.as_deref());
    });
}
