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
