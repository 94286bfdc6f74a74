// src/helpers/arg/spec.rs: the format of the argument parsers, read at compile time.

use crate::c_char;
use crate::helpers::units::{arg, letters};

/// What a call of one of the `HPyArg_Parse*!` macros asks for: computed, and found free of mistakes, at compile time.
pub struct ArgSpec {
    /// The format with its terminator.
    format: &'static str,
    /// The names of the parameters, up to a null pointer; null for `HPyArg_Parse!`.
    pub(crate) names: *const *const c_char,
    /// The same, each with its terminator.
    pub(crate) texts: &'static [&'static str],
    /// The number of units.
    pub units: usize,
    /// The number of units before `|` and `$`: those whose argument may not be left out.
    pub required: usize,
    /// The number of units before `$`: those that a positional argument may fill.
    pub positional: usize,
    /// The first unit that gives a handle, which a tracker keeps.
    pub(crate) tracked: Option<u8>,
}

/// Whether the units end before this character.
pub(crate) const fn ends_units(letter: u8) -> bool {
    matches!(letter, 0 | b':' | b';')
}

impl ArgSpec {
    /// For `HPyArg_Parse!`: a format that ends with a NUL, and the number of outputs.
    pub const fn positional(format: &'static str, outputs: usize) -> ArgSpec {
        let spec = ArgSpec::read(format, false);
        spec.check_outputs(outputs);
        spec
    }

    /// For `HPyArg_ParseKeywords!` and `HPyArg_ParseKeywordsDict!`: also the names, each with its terminator, once as
    /// text and once as a list for the run time.
    pub const fn keywords(
        format: &'static str,
        names: &'static [&'static str],
        list: *const *const c_char,
        outputs: usize,
    ) -> ArgSpec {
        let mut spec = ArgSpec::read(format, true);
        spec.check_outputs(outputs);
        assert!(names.len() >= spec.units, "too few keywords: each unit of the format needs a name in the list");
        assert!(names.len() <= spec.units, "too many keywords: each name in the list needs a unit in the format");
        check_names(names);
        (spec.names, spec.texts) = (list, names);
        spec
    }

    /// For `HPyArg_ParseKeywordsDict!` with no tracker: then it cannot have a unit that gives a handle.
    pub const fn without_tracker(self) -> ArgSpec {
        assert!(
            self.tracked.is_none(),
            "{}",
            concat!(
                "a unit that gives a handle, ",
                arg::tracked!(),
                ", needs a tracker here: write `Some(&mut tracker)` for `None`"
            )
        );
        self
    }

    /// For a caller who closes the values of a dictionary: then no unit needs a tracker.
    pub const fn untracked(mut self) -> ArgSpec {
        self.tracked = None;
        self
    }

    const fn read(format: &'static str, has_keywords: bool) -> ArgSpec {
        let bytes = format.as_bytes();
        let (mut units, mut required, mut positional) = (0, None, None);
        let (mut at, mut tracked) = (0, None);
        while !ends_units(bytes[at]) {
            if let Some((code, length)) = arg::find(letters(bytes, at)) {
                units += 1;
                if tracked.is_none() && arg::is_tracked(code) {
                    tracked = Some(code);
                }
                at += length;
                continue;
            }
            match bytes[at] {
                b'|' => {
                    assert!(positional.is_none(), "`|` after `$` has no effect: what follows `$` is optional already");
                    assert!(required.is_none(), "the format has `|` twice");
                    required = Some(units);
                }
                b'$' if has_keywords => {
                    assert!(positional.is_none(), "the format has `$` twice");
                    positional = Some(units);
                }
                b'$' => panic!("`$` is for keywords: use `HPyArg_ParseKeywords!` or `HPyArg_ParseKeywordsDict!`"),
                _ => panic!(
                    "{}",
                    concat!("unknown arg format code: the units are ", arg::all!(), ", and the options | $ : ;")
                ),
            }
            at += 1;
        }
        check_suffix(bytes, at);
        let positional = or(positional, units);
        let required = or(required, positional);
        ArgSpec { format, names: core::ptr::null(), texts: &[], units, required, positional, tracked }
    }

    const fn check_outputs(&self, outputs: usize) {
        assert!(outputs >= self.units, "too few outputs: each unit of the format needs one");
        assert!(outputs <= self.units, "too many outputs: each needs a unit in the format");
    }

    /// The code of the unit that belongs to the output `index`.
    pub const fn unit(&self, index: usize) -> char {
        let (mut at, mut seen) = (0, 0);
        loop {
            match arg::find(letters(self.format.as_bytes(), at)) {
                Some((code, _)) if seen == index => return code as char,
                Some((_, length)) => (at, seen) = (at + length, seen + 1),
                None => at += 1,
            }
        }
    }

    /// The format as the functions for the run time take it.
    pub(crate) const fn format(&self) -> *const c_char {
        self.format.as_ptr().cast()
    }
}

/// The text after the units goes into messages as a C string.
const fn check_suffix(letters: &[u8], mut at: usize) {
    while at < letters.len() - 1 {
        assert!(letters[at] != 0, "the format has a NUL in it");
        at += 1;
    }
}

const fn check_names(names: &[&str]) {
    let (mut index, mut named) = (0, false);
    while index < names.len() {
        let name = names[index].as_bytes();
        let empty = name.len() == 1;
        assert!(!(empty && named), "empty keyword parameter name: parameters without a name come first");
        named |= !empty;
        let mut at = 0;
        while at < name.len() - 1 {
            assert!(name[at] != 0, "a keyword parameter name has a NUL in it");
            at += 1;
        }
        let mut earlier = 0;
        while earlier < index && !empty {
            assert!(!equal(names[earlier].as_bytes(), name), "two keyword parameters have the same name");
            earlier += 1;
        }
        index += 1;
    }
}

const fn equal(one: &[u8], other: &[u8]) -> bool {
    if one.len() != other.len() {
        return false;
    }
    let mut at = 0;
    while at < one.len() {
        if one[at] != other[at] {
            return false;
        }
        at += 1;
    }
    true
}

const fn or(value: Option<usize>, default: usize) -> usize {
    match value {
        Some(value) => value,
        None => default,
    }
}

const _: () = {
    let spec = ArgSpec::positional("ll|O:name\0", 3);
    assert!(spec.units == 3 && spec.required == 2 && spec.positional == 3);
    assert!(spec.unit(0) == 'l' && spec.unit(2) == 'O');
    let spec = ArgSpec::positional("\0", 0);
    assert!(spec.units == 0 && spec.required == 0);
    let spec = ArgSpec::positional("b|i;l|l:l\0", 2);
    assert!(spec.units == 2 && spec.required == 1 && spec.unit(1) == 'i');
    let spec = ArgSpec::keywords("l$O\0", &["\0", "b\0"], core::ptr::null(), 2);
    assert!(spec.units == 2 && spec.required == 1 && spec.positional == 1);
    let spec = ArgSpec::keywords("l|l$O\0", &["a\0", "b\0", "c\0"], core::ptr::null(), 3);
    assert!(spec.units == 3 && spec.required == 1 && spec.positional == 2);
};
