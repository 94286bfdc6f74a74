// src/helpers/arg/undo.rs: what the argument parsers gave, and take back where they fail; and what is converted for its errors.

use core::cell::Cell;

use super::error::raise;
use super::parse::Parser;
use super::spec::ends_units;
use super::units::{convert_unit, undo_unit};
use crate::helpers::units::{arg, letters_of};
use crate::*;

/// Room for the value of any unit's variable: the largest is a view.
type Room = HPy_buffer;

impl<'a> Parser<'a> {
    /// The parser of a call that has given nothing yet.
    pub(super) fn new(
        ctx: &'a HPyContext,
        args: *const HPy,
        nargs: usize,
        format: *const c_char,
        outputs: *const *mut c_void,
    ) -> Parser<'a> {
        Parser { ctx, args, nargs, format, outputs, given: Cell::new(0) }
    }
}

impl Parser<'_> {
    /// Converts an argument for its error alone. A unit that reads an argument of the call has none.
    ///
    /// # Safety
    /// `h` is an open handle.
    #[cold]
    #[inline(never)]
    pub(super) unsafe fn convert_and_forget(&self, unit: u8, h: HPy) -> bool {
        if arg::is_in_place(unit) {
            return true;
        }
        let mut forgotten = [const { Room::EMPTY }; arg::MOST];
        let outputs = forgotten.each_mut().map(|variable| (&raw mut *variable).cast());
        // SAFETY: the caller's promise; every variable of a unit fits into a view.
        unsafe {
            let converted = convert_unit(self.ctx, self.format, unit, h, outputs.as_ptr());
            if converted && arg::is_undone(unit) {
                undo_unit(self.ctx, unit, outputs.as_ptr());
            }
            converted
        }
    }

    /// Remembers that an output has something which is given back if the parser fails.
    ///
    /// # Safety
    /// The unit has written the outputs from `output` on.
    #[cold]
    pub(super) unsafe fn note_given(&self, unit: u8, output: usize) -> bool {
        if output >= u128::BITS as usize {
            // SAFETY: the caller's promise.
            unsafe {
                undo_unit(self.ctx, unit, self.outputs.add(output));
                return raise(self.ctx, self.format, self.ctx.h_SystemError, c"a buffer is behind the 128th variable");
            }
        }
        self.given.set(self.given.get() | 1 << output);
        true
    }

    /// Passes the outcome on, and if that is a failure gives back what the outputs have.
    ///
    /// # Safety
    /// The parser's outputs and format belong together.
    pub(super) unsafe fn or_undo(&self, parsed: bool) -> bool {
        if !parsed && self.given.get() != 0 {
            // SAFETY: the caller's promise.
            unsafe { self.undo() };
        }
        parsed
    }

    /// # Safety
    /// As of [`or_undo`](Parser::or_undo).
    #[cold]
    unsafe fn undo(&self) {
        let (mut at, mut output) = (self.format, 0);
        // SAFETY: the loop ends at the format's terminator, and a bit is set for outputs that were written.
        unsafe {
            while !ends_units(*at as u8) {
                let Some((unit, length)) = arg::find(letters_of(at)) else {
                    at = at.add(1);
                    continue;
                };
                if output < u128::BITS as usize && self.given.get() >> output & 1 != 0 {
                    undo_unit(self.ctx, unit, self.outputs.add(output));
                }
                (at, output) = (at.add(length), output + arg::arguments(unit));
            }
        }
    }
}
