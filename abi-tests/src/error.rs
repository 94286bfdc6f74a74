// abi-tests/src/error.rs: exceptions that are raised, compared and cleared within one call, and the end of the process.

use crate::support::{c_string, or_null};
use hpy_sys::*;

unsafe extern "C" {
    fn fopen(path: *const c_char, mode: *const c_char) -> *mut c_void;
}

/// Leaves ENOENT in C's `errno`.
unsafe fn no_such_file() {
    assert!(fopen(c"no such folder/no such file".as_ptr(), c"r".as_ptr()).is_null());
}

functions! {
    ERROR(ctx) {
        errno_with_filename(class, name) => {
            let name = c_string(ctx, name);
            no_such_file();
            HPyErr_SetFromErrnoWithFilename(ctx, class, name)
        };
        errno_with_objects(class, one, other) => {
            let (one, other) = (or_null(ctx, one), or_null(ctx, other));
            no_such_file();
            HPyErr_SetFromErrnoWithFilenameObjects(ctx, class, one, other)
        };
        occurred_and_clear(class) => {
            let before = HPyErr_Occurred(ctx);
            let null = HPyErr_SetObject(ctx, class, ctx.h_None);
            let between = HPyErr_Occurred(ctx);
            HPyErr_Clear(ctx);
            HPyErr_Clear(ctx);
            [before, HPy_IsNull(null) as i32, between, HPyErr_Occurred(ctx)]
        };
        matches(raised, classes) => {
            HPyErr_SetObject(ctx, raised, ctx.h_None);
            let result = HPyErr_ExceptionMatches(ctx, classes);
            HPyErr_Clear(ctx);
            result
        };
        call_and_match(callable, classes) => {
            let result = HPy_CallTupleDict(ctx, callable, HPy_NULL, HPy_NULL);
            if !HPy_IsNull(result) {
                return result;
            }
            let matched = HPyErr_ExceptionMatches(ctx, classes);
            if matched == 0 {
                return HPy_NULL;
            }
            HPyErr_Clear(ctx);
            matched
        };
        write_unraisable(class, text, object) => {
            HPyErr_SetString(ctx, class, c_string(ctx, text));
            HPyErr_WriteUnraisable(ctx, or_null(ctx, object));
            HPyErr_Occurred(ctx)
        };
        fatal(text) => {
            let text = c_string(ctx, text);
            // It never returns, which the condition hides from the compiler.
            if !text.is_null() {
                HPy_FatalError(ctx, text);
            }
        };
    }
}

HPy_MODINIT!(error, ERROR);
