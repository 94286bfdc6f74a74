// src/helpers/arg/spec.rs: the format of the argument parsers, read at compile time.

use super::nested::DEEPEST;
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
    /// The number of parameters: of units, of which those in parentheses belong to one.
    pub parameters: usize,
    /// The number of units.
    pub units: usize,
    /// The number of units, if any is in parentheses.
    pub items: usize,
    /// The number of parameters before `|` and `$`: those whose argument may not be left out.
    pub required: usize,
    /// The number of parameters before `$`: those that a positional argument may fill.
    pub positional: usize,
    /// The first unit that gives a handle, which a tracker keeps.
    pub(crate) tracked: Option<u8>,
    /// The first unit in parentheses that gives what lives as long as the item, which a tracker keeps.
    pub(crate) item: Option<u8>,
}

/// Where a unit is in its format.
#[derive(Clone, Copy)]
pub struct UnitPlace {
    /// The code of the unit.
    pub code: char,
    /// Whether its argument may not be left out.
    pub is_required: bool,
    /// The parameter that it belongs to.
    pub parameter: usize,
    /// How many parentheses stand together right before it.
    pub opened: usize,
    /// How many parentheses it is in.
    pub depth: usize,
}

impl UnitPlace {
    /// All but the code in one number, which a constant parameter can be.
    pub const fn packed(self) -> usize {
        self.parameter << 9 | self.depth << 5 | self.opened << 1 | self.is_required as usize
    }

    /// The other way round.
    #[inline(always)]
    pub(crate) const fn unpacked(code: char, packed: usize) -> UnitPlace {
        let (parameter, depth, opened) = (packed >> 9, packed >> 5 & 15, packed >> 1 & 15);
        UnitPlace { code, is_required: packed & 1 != 0, parameter, opened, depth }
    }
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
        assert!(names.len() >= spec.parameters, "too few keywords: each unit of the format needs a name in the list");
        assert!(names.len() <= spec.parameters, "too many keywords: each name in the list needs a unit in the format");
        check_names(names);
        (spec.names, spec.texts) = (list, names);
        spec
    }

    /// For a parser with no tracker: then what a unit gives cannot live as long as an item of an argument.
    pub const fn without_items(self) -> ArgSpec {
        assert!(
            self.item.is_none(),
            "{}",
            concat!(
                "a unit in parentheses that gives what lives as long as the item, ",
                arg::borrowed!(),
                ", needs a tracker: write `Some(&mut tracker)` for `None`"
            )
        );
        self
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
        self.without_items()
    }

    /// For a caller who closes the values of a dictionary: then no unit needs a tracker.
    pub const fn untracked(mut self) -> ArgSpec {
        self.tracked = None;
        self
    }

    const fn read(format: &'static str, has_keywords: bool) -> ArgSpec {
        let bytes = format.as_bytes();
        let (mut parameters, mut units, mut required, mut positional) = (0, 0, None, None);
        let (mut at, mut tracked, mut item, mut depth, mut is_empty) = (0, None, None, 0, false);
        while !ends_units(bytes[at]) {
            if let Some((code, length)) = arg::find(letters(bytes, at)) {
                units += 1;
                parameters += (depth == 0) as usize;
                is_empty = false;
                if item.is_none() && depth > 0 && arg::is_borrowed(code) {
                    item = Some(code);
                }
                if tracked.is_none() && arg::is_tracked(code) {
                    tracked = Some(code);
                }
                at += length;
                continue;
            }
            match bytes[at] {
                b'(' => {
                    assert!(depth < DEEPEST, "the parentheses of the format are nested more than 8 deep");
                    parameters += (depth == 0) as usize;
                    depth += 1;
                    is_empty = true;
                }
                b')' => {
                    assert!(depth > 0, "the format has a `)` too many");
                    assert!(!is_empty, "the parentheses of the format have nothing in them");
                    depth -= 1;
                }
                b'|' | b'$' if depth > 0 => {
                    panic!("an item of a sequence cannot be left out: `|` and `$` are outside of parentheses")
                }
                b'|' => {
                    assert!(positional.is_none(), "`|` after `$` has no effect: what follows `$` is optional already");
                    assert!(required.is_none(), "the format has `|` twice");
                    required = Some(parameters);
                }
                b'$' if has_keywords => {
                    assert!(positional.is_none(), "the format has `$` twice");
                    positional = Some(parameters);
                }
                b'$' => panic!("`$` is for keywords: use `HPyArg_ParseKeywords!` or `HPyArg_ParseKeywordsDict!`"),
                _ => panic!(
                    "{}",
                    concat!(
                        "unknown arg format code: the units are ",
                        arg::all!(),
                        ", parentheses around some of them, and the options | $ : ;"
                    )
                ),
            }
            at += 1;
        }
        assert!(depth == 0, "the format has a `(` that no `)` closes");
        check_suffix(bytes, at);
        let positional = or(positional, parameters);
        let required = or(required, positional);
        let items = if has_parentheses(bytes) { units } else { 0 };
        let (names, texts): (_, &[&str]) = (core::ptr::null(), &[]);
        ArgSpec { format, names, texts, parameters, units, items, required, positional, tracked, item }
    }

    const fn check_outputs(&self, outputs: usize) {
        assert!(outputs >= self.units, "too few outputs: each unit of the format needs one");
        assert!(outputs <= self.units, "too many outputs: each needs a unit in the format");
    }

    /// The unit that belongs to the output `index`.
    pub const fn unit(&self, index: usize) -> UnitPlace {
        let bytes = self.format.as_bytes();
        let (mut at, mut seen, mut parameter, mut opened, mut depth) = (0, 0, 0, 0, 0);
        loop {
            if let Some((code, length)) = arg::find(letters(bytes, at)) {
                if seen == index {
                    let is_required = self.required > parameter;
                    return UnitPlace { code: code as char, is_required, parameter, opened, depth };
                }
                parameter += (depth == 0) as usize;
                (at, seen, opened) = (at + length, seen + 1, 0);
                continue;
            }
            match bytes[at] {
                b'(' => (opened, depth) = (opened + 1, depth + 1),
                b')' => {
                    depth -= 1;
                    parameter += (depth == 0) as usize;
                }
                _ => {}
            }
            at += 1;
        }
    }

    /// The format as the functions for the run time take it.
    pub(crate) const fn format(&self) -> *const c_char {
        self.format.as_ptr().cast()
    }
}

const fn has_parentheses(letters: &[u8]) -> bool {
    let mut at = 0;
    while !ends_units(letters[at]) {
        if letters[at] == b'(' {
            return true;
        }
        at += 1;
    }
    false
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
    assert!(spec.unit(0).code == 'l' && spec.unit(2).code == 'O' && spec.items == 0);
    let spec = ArgSpec::positional("i((ll)O)|(d):name\0", 5);
    assert!(spec.parameters == 3 && spec.units == 5 && spec.items == 5 && spec.required == 2);
    let UnitPlace { parameter, opened, depth, .. } = spec.unit(1);
    assert!(parameter == 1 && opened == 2 && depth == 2);
    let UnitPlace { parameter, opened, depth, .. } = spec.unit(4);
    assert!(parameter == 2 && opened == 1 && depth == 1 && spec.unit(3).opened == 0);
    let spec = ArgSpec::positional("\0", 0);
    assert!(spec.units == 0 && spec.required == 0);
    let spec = ArgSpec::positional("b|i;l|l:l\0", 2);
    assert!(spec.units == 2 && spec.required == 1 && spec.unit(1).code == 'i');
    let spec = ArgSpec::keywords("l$O\0", &["\0", "b\0"], core::ptr::null(), 2);
    assert!(spec.units == 2 && spec.required == 1 && spec.positional == 1);
    let spec = ArgSpec::keywords("l|l$O\0", &["a\0", "b\0", "c\0"], core::ptr::null(), 3);
    assert!(spec.units == 3 && spec.required == 1 && spec.positional == 2);
};
