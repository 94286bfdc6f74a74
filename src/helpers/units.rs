// src/helpers/units.rs: the units of formats, from the table: how one is told from the letters of a format.

use crate::c_char;

include!(concat!(env!("OUT_DIR"), "/hpy_units.rs"));

/// As many letters of a format as the longest unit has, from `at` on; after the end they are 0.
pub(crate) const fn letters<const LONGEST: usize>(format: &[u8], at: usize) -> [u8; LONGEST] {
    let (mut letters, mut index) = ([0; LONGEST], 0);
    while index < LONGEST && at + index < format.len() {
        letters[index] = format[at + index];
        index += 1;
    }
    letters
}

/// The same for a format that is known at run time only: nothing behind its terminator is read.
///
/// # Safety
/// `at` points into a C string, or to its terminator.
#[inline(always)]
pub(crate) unsafe fn letters_of<const LONGEST: usize>(at: *const c_char) -> [u8; LONGEST] {
    let mut letters = [0; LONGEST];
    for (index, letter) in letters.iter_mut().enumerate() {
        // SAFETY: the loop ends at the terminator.
        *letter = unsafe { *at.add(index) } as u8;
        if *letter == 0 {
            break;
        }
    }
    letters
}

/// Whether a letter is a unit by itself that converts to one variable, of which nothing is kept or given back: most are, and need no
/// longer look.
pub(crate) fn is_plain(letter: u8) -> bool {
    static PLAIN: [bool; 256] = {
        let (mut plain, mut code) = ([false; 256], 0);
        while code < 256 {
            let unit = code as u8;
            let keeps =
                arg::is_tracked(unit) || arg::is_borrowed(unit) || arg::is_undone(unit) || arg::is_in_place(unit);
            let is_one = matches!(arg::find([unit, 0]), Some((_, 1))) && arg::arguments(unit) == 1;
            plain[code] = is_one && !keeps;
            code += 1;
        }
        // A letter that longer units begin with is none.
        code = 0;
        while code < 256 {
            let first = arg::first_letter(code as u8);
            if first != code as u8 {
                plain[first as usize] = false;
            }
            code += 1;
        }
        plain
    };
    PLAIN[letter as usize]
}
