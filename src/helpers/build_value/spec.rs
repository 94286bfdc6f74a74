// src/helpers/build_value/spec.rs: the format of HPy_BuildValue: one reading for compile time and run time.

use core::ffi::CStr;

use crate::helpers::units::{letters, value};

/// What a `HPy_BuildValue!` asks for, found free of mistakes at compile time.
pub struct BuildValueSpec {
    /// The format.
    pub format: &'static CStr,
    /// How many items are at its top level.
    pub(crate) items: usize,
    /// How many are in each of its brackets.
    pub(crate) counts: Counts,
}

/// How many items the first tuples and lists of a format have, in the order in which they begin.
#[derive(Clone, Copy)]
pub(crate) struct Counts {
    counts: [u16; 8],
    /// How many were seen, also of those that are not kept.
    seen: usize,
}

impl Counts {
    const NONE: Counts = Counts { counts: [0; 8], seen: 0 };

    /// A place for the count of the next bracket.
    const fn begin(&mut self) -> usize {
        self.seen += 1;
        self.seen - 1
    }

    const fn end(&mut self, place: usize, count: usize) {
        if place < self.counts.len() {
            self.counts[place] = if count < u16::MAX as usize { count as u16 } else { u16::MAX };
        }
    }

    /// The count of a bracket, if it was kept.
    pub(crate) fn get(&self, place: usize) -> Option<usize> {
        let count = self.counts.get(place).copied().filter(|count| *count != u16::MAX);
        count.map(usize::from)
    }
}

/// What is wrong with a format.
#[derive(Clone, Copy)]
pub(crate) enum Mistake {
    /// This bracket is not closed, or by another one.
    Unmatched(u8),
    /// This character means nothing here.
    BadCharacter(u8),
    MissingColon,
    MissingComma,
    UnexpectedComma,
    /// The unit `N`, which steals a reference in CPython.
    StealsReference,
}

/// Why there is no unit `N`.
pub(crate) const STEALS_REFERENCE: &CStr =
    c"HPy_BuildValue does not support the 'N' formatting unit. Instead, use the 'O' \
      formatting unit and manually close the handle if necessary.";

/// The mistake of a format that ends within a bracket: HPy names the outermost one, whatever else is wrong.
pub(crate) const fn unclosed(letters: &[u8]) -> Option<Mistake> {
    let (mut level, mut outermost, mut at) = (0usize, 0, 0);
    while at < letters.len() {
        match letters[at] {
            open @ (b'(' | b'[' | b'{') => {
                if level == 0 {
                    outermost = open;
                }
                level += 1;
            }
            b')' | b']' | b'}' => level = level.saturating_sub(1),
            _ => {}
        }
        at += 1;
    }
    if level > 0 { Some(Mistake::Unmatched(outermost)) } else { None }
}

/// Reads a format from some place on.
pub(crate) struct Reader<'a> {
    letters: &'a [u8],
    pub(crate) at: usize,
    /// How many values were asked for.
    pub(crate) values: usize,
    pub(crate) counts: Counts,
}

impl<'a> Reader<'a> {
    pub(crate) const fn new(letters: &'a [u8], at: usize) -> Reader<'a> {
        Reader { letters, at, values: 0, counts: Counts::NONE }
    }

    /// The next character, or 0 at the end.
    pub(crate) const fn peek(&self) -> u8 {
        if self.at < self.letters.len() { self.letters[self.at] } else { 0 }
    }

    pub(crate) const fn skip_spaces(&mut self) {
        while self.peek() == b' ' {
            self.at += 1;
        }
    }

    /// Reads items up to what closes `open`, which is 0 at top level, and tells how many they are. Commas are optional.
    pub(crate) const fn items(&mut self, open: u8) -> Result<usize, Mistake> {
        let close = match open {
            b'(' => b')',
            b'[' => b']',
            _ => 0,
        };
        let mut count = 0;
        loop {
            if self.unit() {
                count += 1;
                continue;
            }
            match self.peek() {
                end if end == close => {
                    self.at += 1;
                    return Ok(count);
                }
                0 | b')' | b']' | b'}' if open != 0 => return Err(Mistake::Unmatched(open)),
                b',' => self.at += 1,
                _ => {
                    if let Err(mistake) = self.nested(open) {
                        return Err(mistake);
                    }
                    count += 1;
                }
            }
        }
    }

    /// Reads a unit, if there is one.
    const fn unit(&mut self) -> bool {
        match value::find(letters(self.letters, self.at)) {
            Some((code, length)) => {
                self.at += length;
                self.values += value::arguments(code);
                true
            }
            None => false,
        }
    }

    /// Reads `key:value` pairs up to the closing brace, with commas between them.
    const fn pairs(&mut self) -> Result<usize, Mistake> {
        let (mut count, mut complete) = (0, false);
        loop {
            self.skip_spaces();
            match self.peek() {
                b'}' => {
                    self.at += 1;
                    return Ok(count);
                }
                0 | b')' | b']' => return Err(Mistake::Unmatched(b'{')),
                b',' if complete => {
                    self.at += 1;
                    complete = false;
                }
                b',' => return Err(Mistake::UnexpectedComma),
                _ if complete => return Err(Mistake::MissingComma),
                _ => {
                    if let Err(mistake) = self.pair() {
                        return Err(mistake);
                    }
                    count += 1;
                    complete = true;
                }
            }
        }
    }

    const fn pair(&mut self) -> Result<(), Mistake> {
        if let Err(mistake) = self.value(b'{') {
            return Err(mistake);
        }
        self.skip_spaces();
        match self.peek() {
            b':' => self.at += 1,
            0 => return Err(Mistake::Unmatched(b'{')),
            _ => return Err(Mistake::MissingColon),
        }
        self.skip_spaces();
        self.value(b'{')
    }

    /// Reads one value, which may be a whole tuple, list or dictionary, inside of what `open` begins.
    const fn value(&mut self, open: u8) -> Result<(), Mistake> {
        if self.unit() { Ok(()) } else { self.nested(open) }
    }

    /// Reads a tuple, list or dictionary, inside of what `open` begins.
    const fn nested(&mut self, open: u8) -> Result<(), Mistake> {
        let letter = self.peek();
        self.at += 1;
        let inner = match letter {
            b'(' | b'[' => {
                let place = self.counts.begin();
                let items = self.items(letter);
                if let Ok(count) = items {
                    self.counts.end(place, count);
                }
                items
            }
            b'{' => self.pairs(),
            b'N' => Err(Mistake::StealsReference),
            0 => Err(Mistake::Unmatched(open)),
            _ => Err(Mistake::BadCharacter(letter)),
        };
        match inner {
            Ok(_) => Ok(()),
            Err(mistake) => Err(mistake),
        }
    }
}

impl BuildValueSpec {
    /// A format and the number of its values.
    pub const fn new(format: &'static CStr, values: usize) -> BuildValueSpec {
        let mut reader = Reader::new(format.to_bytes(), 0);
        let items = match reader.items(0) {
            Ok(items) => items,
            Err(Mistake::Unmatched(_)) => panic!("unmatched bracket in the format: each ( [ {{ needs its ) ] }}"),
            Err(Mistake::BadCharacter(_)) => panic!(
                "{}",
                concat!("bad format char: the units are ", value::all!(), ", with ( ) [ ] { : } and `,` around them")
            ),
            Err(Mistake::MissingColon) => {
                panic!("missing ':' in the format: a dictionary is written {{key:value, key:value}}")
            }
            Err(Mistake::MissingComma) => {
                panic!("missing ',' in the format: a dictionary is written {{key:value, key:value}}")
            }
            Err(Mistake::UnexpectedComma) => {
                panic!("unexpected ',' in the format: a dictionary is written {{key:value, key:value}}")
            }
            Err(Mistake::StealsReference) => match STEALS_REFERENCE.to_str() {
                Ok(message) => panic!("{}", message),
                Err(_) => unreachable!(),
            },
        };
        assert!(values >= reader.values, "too few values: each unit of the format needs one");
        assert!(values <= reader.values, "too many values: each needs a unit in the format");
        BuildValueSpec { format, items, counts: reader.counts }
    }

    /// The code of the unit that the value `index` belongs to, and which of its values that is.
    pub const fn unit(&self, index: usize) -> (char, usize) {
        let (mut at, mut seen) = (0, 0);
        loop {
            match value::find(letters(self.format.to_bytes(), at)) {
                Some((code, length)) => {
                    let values = value::arguments(code);
                    if index < seen + values {
                        return (code as char, index - seen);
                    }
                    (at, seen) = (at + length, seen + values);
                }
                None => at += 1,
            }
        }
    }
}

const _: () = {
    const fn values(format: &CStr) -> usize {
        let mut reader = Reader::new(format.to_bytes(), 0);
        match reader.items(0) {
            Ok(_) => reader.values,
            Err(Mistake::Unmatched(open)) => 1000 + open as usize,
            Err(Mistake::BadCharacter(letter)) => 2000 + letter as usize,
            Err(Mistake::MissingColon) => 3001,
            Err(Mistake::MissingComma) => 3002,
            Err(Mistake::UnexpectedComma) => 3003,
            Err(Mistake::StealsReference) => 3004,
        }
    }
    assert!(values(c"") == 0 && values(c",") == 0 && values(c"()[]{}") == 0);
    assert!(values(c"(is){s:[ii], s:(i,) ,}O") == 8);
    assert!(values(c"(i]") == 1000 + b'(' as usize && values(c"[i") == 1000 + b'[' as usize);
    assert!(values(c"{i:i)") == 1000 + b'{' as usize && values(c"{i:") == 1000 + b'{' as usize);
    assert!(values(c"(i i)") == 2000 + b' ' as usize && values(c"i)") == 2000 + b')' as usize);
    assert!(values(c"{ii}") == 3001 && values(c"{i:ii:i}") == 3002 && values(c"{,}") == 3003 && values(c"N") == 3004);
    assert!(BuildValueSpec::new(c"(i,{s:O})", 3).unit(2).0 == 'O');
};
