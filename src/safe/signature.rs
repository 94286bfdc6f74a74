// src/safe/signature.rs: docstrings from doc comments, put together at compile time.

/// The length of a docstring: the signature, then the lines of a doc comment, without the space that begins each.
pub const fn length(signature: &str, lines: &[Option<&str>]) -> usize {
    let (mut length, mut at, mut first) = (signature.len(), 0, true);
    while at < lines.len() {
        if let Some(line) = lines[at] {
            length += line.len() - indent(line) + !first as usize;
            first = false;
        }
        at += 1;
    }
    length
}

/// The space between `///` and the text.
const fn indent(line: &str) -> usize {
    let bytes = line.as_bytes();
    (!bytes.is_empty() && bytes[0] == b' ') as usize
}

/// The docstring.
pub const fn text<const LENGTH: usize>(signature: &str, lines: &[Option<&str>]) -> [u8; LENGTH] {
    let (mut text, mut to, mut at, mut first) = ([0; LENGTH], 0, 0, true);
    while to < signature.len() {
        text[to] = signature.as_bytes()[to];
        to += 1;
    }
    while at < lines.len() {
        if let Some(line) = lines[at] {
            if !first {
                text[to] = b'\n';
                to += 1;
            }
            first = false;
            let mut from = indent(line);
            while from < line.len() {
                text[to] = line.as_bytes()[from];
                (from, to) = (from + 1, to + 1);
            }
        }
        at += 1;
    }
    text
}

const ORDER: &str =
    "the comparisons of an order are one method: `fn __richcmp__(&self, other: .., op: HPy_RichCmpOp) -> bool`";

/// Methods that a class of `HPyType!` has in another way.
const OTHERWISE: &[(&str, &str)] = &[
    ("__new__", "the constructor of a class is `fn new`"),
    ("__init__", "the constructor of a class is `fn new`, which returns the value"),
    ("__del__", "a struct that frees something implements `Drop`"),
    (
        "__getattribute__",
        "`__getattr__` is asked for attributes that the instance has not; for all of them a type of `HPyType_Spec!` has the slot \
         `HPy_tp_getattro`",
    ),
    ("__ne__", "`__eq__` answers `!=` too"),
    ("__lt__", ORDER),
    ("__le__", ORDER),
    ("__gt__", ORDER),
    ("__ge__", ORDER),
];

/// Refuses a method whose name belongs to a slot: CPython's operators would not find it.
pub const fn check_method(name: &str) {
    refuse(name, OTHERWISE);
    refuse(name, crate::METHODS_OF_SLOTS);
}

const fn refuse(name: &str, others: &[(&str, &str)]) {
    let mut at = 0;
    while at < others.len() {
        let (other, advice) = others[at];
        if equal(name.as_bytes(), other.as_bytes()) {
            panic!("{}", advice);
        }
        at += 1;
    }
}

const fn equal(one: &[u8], other: &[u8]) -> bool {
    let mut at = 0;
    while at < one.len() && at < other.len() {
        if one[at] != other[at] {
            return false;
        }
        at += 1;
    }
    one.len() == other.len()
}

/// A docstring as a constant text: `__hpy_docstring!([signature pieces] [attributes])`.
#[doc(hidden)]
#[macro_export]
macro_rules! __hpy_docstring {
    ([$($signature:expr),* $(,)?] [$(#[$($attribute:tt)*])*]) => {{
        const __HPY_SIGNATURE: &$crate::__private::core::primitive::str = $crate::__private::core::concat!($($signature),*);
        const __HPY_LINES: &[$crate::__private::Option<&$crate::__private::core::primitive::str>] =
            &[$($crate::__hpy_docstring!(@line $($attribute)*)),*];
        const __HPY_LENGTH: $crate::__private::core::primitive::usize =
            $crate::safe::__private::signature::length(__HPY_SIGNATURE, __HPY_LINES);
        const __HPY_DOC: &[$crate::__private::core::primitive::u8] =
            &$crate::safe::__private::signature::text::<__HPY_LENGTH>(__HPY_SIGNATURE, __HPY_LINES);
        $crate::__private::text(__HPY_DOC)
    }};
    (@line doc = $doc:expr) => { $crate::__private::Some($doc) };
    (@line $($other:tt)*) => { $crate::__private::None };
}
