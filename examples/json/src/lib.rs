// examples/json/src/lib.rs: the Python module `hpy_json`: `loads` decodes a JSON document into Python objects.

mod decoder;

use hpy_sys::HPyModule;
use hpy_sys::safe::*;

HPyModule! {
    /// A JSON decoder.
    mod hpy_json {
        /// Decode a JSON document, a str or UTF-8 bytes, into Python objects.
        ///
        /// The result is that of json.loads(document). What RFC 8259 does not allow (NaN, Infinity) and what Unicode
        /// does not (half of a surrogate pair) is a ValueError. The error names line and column; columns count bytes.
        fn loads<'c>(ctx: &'c HPyContext, document: &Object<'c>, /) -> Result<Object<'c>> {
            if document.is_text() {
                return decoder::decode(ctx, document.to_str()?);
            }
            let Ok(bytes) = document.to_bytes() else {
                return TypeError::raise(ctx, "the JSON document must be str or bytes");
            };
            // A byte order mark is left out, as json.loads does.
            match std::str::from_utf8(bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes)) {
                Ok(text) => decoder::decode(ctx, text),
                Err(error) => ValueError::raise(ctx, format_args!("the document is not UTF-8: {error}")),
            }
        }
    }
}
