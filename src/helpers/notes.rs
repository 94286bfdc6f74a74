// src/helpers/notes.rs: notes of exceptions, on every Python.

use core::ffi::CStr;

use crate::*;

/// Adds the text `note`, a `str`, to the notes of the exception `exc`, which a traceback shows behind its message.
///
/// It is `exc.add_note(note)`; before Python 3.11, which brought that method, the note gets into `exc.__notes__` in the same way.
///
/// Returns 0, or -1 with an exception set: `TypeError` if it is no `str`.
///
/// # Safety
/// The handles are open.
pub unsafe fn HPyException_AddNote(ctx: &HPyContext, exc: HPy, note: HPy) -> c_int {
    // SAFETY: the caller's promise; the handles that are opened are closed.
    unsafe {
        let mut method = HPy_NULL;
        match HPy_GetOptionalAttr_s(ctx, exc, c"add_note".as_ptr(), &mut method) {
            0 => add_to_notes(ctx, exc, note),
            1 => {
                HPy_Close(ctx, method);
                // HPy_Call can panic on CPython 3.9 and 3.10, which the library for C may not.
                let none = HPy_CallMethod_s(ctx, c"add_note".as_ptr(), [exc, note].as_ptr(), 2, HPy_NULL);
                HPy_Close(ctx, none);
                if HPy_IsNull(none) { -1 } else { 0 }
            }
            _ => -1,
        }
    }
}

/// What `add_note` does, on a Python without it.
///
/// # Safety
/// The handles are open.
#[cold]
unsafe fn add_to_notes(ctx: &HPyContext, exc: HPy, note: HPy) -> c_int {
    const NAME: &CStr = c"__notes__";
    // SAFETY: the caller's promise; the handles that are opened are closed.
    unsafe {
        if HPyUnicode_Check(ctx, note) == 0 {
            with_name(ctx, HPy_Type(ctx, note), |name| {
                HPyErr_Format!(ctx, ctx.h_TypeError, "note must be a str, not '%.200s'", name)
            });
            return -1;
        }
        let mut notes = HPy_NULL;
        let failed = match HPy_GetOptionalAttr_s(ctx, exc, NAME.as_ptr(), &mut notes) {
            0 => {
                notes = HPyList_New(ctx, 0);
                if HPy_IsNull(notes) { -1 } else { HPy_SetAttr_s(ctx, exc, NAME.as_ptr(), notes) }
            }
            1 if HPyList_Check(ctx, notes) == 0 => {
                HPyErr_SetString(ctx, ctx.h_TypeError, c"Cannot add note: __notes__ is not a list".as_ptr());
                -1
            }
            1 => 0,
            _ => -1,
        };
        let failed = if failed == 0 { HPyList_Append(ctx, notes, note) } else { failed };
        HPy_Close(ctx, notes);
        failed
    }
}

/// Adds the text `utf8`, a C string in UTF-8, to the notes of the exception that is set: what the function that passes it on knows.
///
/// Returns 0; or -1 with another exception set, whose context is the one that was.
///
/// # Safety
/// An exception is set, and `utf8` is a C string.
pub unsafe fn HPyErr_AddNote(ctx: &HPyContext, utf8: *const c_char) -> c_int {
    // SAFETY: the caller's promise; the handles that are opened are closed.
    unsafe {
        let exc = HPyErr_GetRaisedException(ctx);
        if HPy_IsNull(exc) {
            return -1;
        }
        let note = HPyUnicode_FromString(ctx, utf8);
        let failed = if HPy_IsNull(note) { -1 } else { HPyException_AddNote(ctx, exc, note) };
        HPy_Close(ctx, note);
        if failed == 0 {
            HPyErr_SetRaisedException(ctx, exc);
        } else {
            let new = HPyErr_GetRaisedException(ctx);
            HPyException_SetContext(ctx, new, exc);
            HPyErr_SetRaisedException(ctx, new);
            HPy_Close(ctx, new);
        }
        HPy_Close(ctx, exc);
        failed
    }
}
