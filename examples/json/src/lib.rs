// examples/json/src/lib.rs: the Python module `hpy_json`: `loads` decodes a JSON document into Python objects.

mod decoder;
mod object;

use hpy_sys::*;
use object::{Object, Raised};

HPyDef_METH!(
    loads,
    "loads",
    HPyFunc_O,
    // SAFETY: the argument is open for the time of the call, and the result is a new handle, or an exception is set.
    |ctx, _self, document| unsafe {
        match decode(ctx, document) {
            Ok(object) => object.into_handle(),
            Err(Raised) => HPy_NULL,
        }
    },
    doc = "loads(document, /)\n--\n\n\
           Decode a JSON document, a str or UTF-8 bytes, into Python objects.\n\n\
           The result is that of json.loads(document). What RFC 8259 does not allow (NaN, Infinity) and what Unicode\n\
           does not (half of a surrogate pair) is a ValueError. The error names line and column; columns count bytes.",
);

// SAFETY: the module has no state, so any number of interpreters can use it at once.
HPyDef_MULTIPLE_INTERPRETERS!(interpreters, unsafe { HPy_MOD_PER_INTERPRETER_GIL_SUPPORTED });
// SAFETY: the same goes for threads.
HPyDef_GIL!(gil, unsafe { HPy_MOD_GIL_NOT_USED });

static MODULE: HPyModuleDef = HPyModuleDef!(doc = "A JSON decoder.", defines = [loads, interpreters, gil]);

HPy_MODINIT!(hpy_json, MODULE);

/// # Safety
/// `document` is an open handle, and stays open while the result is made.
unsafe fn decode(ctx: &HPyContext, document: HPy) -> Result<Object<'_>, Raised> {
    // SAFETY: the caller's promise. The bytes are not changed meanwhile, as neither `str` nor `bytes` can be.
    let bytes = unsafe { document_bytes(ctx, document)? };
    match std::str::from_utf8(bytes) {
        Ok(text) => decoder::decode(ctx, text),
        Err(error) => Err(object::raise(ctx, ctx.h_ValueError, &format!("the document is not UTF-8: {error}"))),
    }
}

/// The document in UTF-8, where it is in memory: nothing is copied. A byte order mark is left out, as json.loads does.
///
/// # Safety
/// `document` is an open handle, and stays open while the bytes are used.
unsafe fn document_bytes(ctx: &HPyContext, document: HPy) -> Result<&[u8], Raised> {
    // SAFETY: the handle is open; pointer and size are those of the object's own memory.
    unsafe {
        if HPyUnicode_Check(ctx, document) != 0 {
            let mut size = 0;
            let start = HPyUnicode_AsUTF8AndSize(ctx, document, &mut size);
            if start.is_null() {
                return Err(Raised);
            }
            return Ok(std::slice::from_raw_parts(start.cast(), size as usize));
        }
        if HPyBytes_Check(ctx, document) != 0 {
            let (start, size) = (HPyBytes_AS_STRING(ctx, document), HPyBytes_GET_SIZE(ctx, document));
            let bytes: &[u8] = std::slice::from_raw_parts(start.cast(), size as usize);
            return Ok(bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes));
        }
    }
    Err(object::raise(ctx, ctx.h_TypeError, "the JSON document must be str or bytes"))
}
