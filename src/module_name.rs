// src/module_name.rs: the name of a module in `HPy_MODINIT!`, and in the function that CPython looks up (PEP 489).

/// The name as text, without the `r#` of a raw identifier.
#[doc(hidden)]
#[macro_export]
macro_rules! __hpy_module_name {
    (r#as) => {
        "as"
    };
    (r#break) => {
        "break"
    };
    (r#const) => {
        "const"
    };
    (r#continue) => {
        "continue"
    };
    (r#dyn) => {
        "dyn"
    };
    (r#else) => {
        "else"
    };
    (r#enum) => {
        "enum"
    };
    (r#extern) => {
        "extern"
    };
    (r#false) => {
        "false"
    };
    (r#fn) => {
        "fn"
    };
    (r#for) => {
        "for"
    };
    (r#if) => {
        "if"
    };
    (r#impl) => {
        "impl"
    };
    (r#in) => {
        "in"
    };
    (r#let) => {
        "let"
    };
    (r#loop) => {
        "loop"
    };
    (r#match) => {
        "match"
    };
    (r#mod) => {
        "mod"
    };
    (r#move) => {
        "move"
    };
    (r#mut) => {
        "mut"
    };
    (r#pub) => {
        "pub"
    };
    (r#ref) => {
        "ref"
    };
    (r#return) => {
        "return"
    };
    (r#static) => {
        "static"
    };
    (r#struct) => {
        "struct"
    };
    (r#trait) => {
        "trait"
    };
    (r#true) => {
        "true"
    };
    (r#type) => {
        "type"
    };
    (r#unsafe) => {
        "unsafe"
    };
    (r#use) => {
        "use"
    };
    (r#where) => {
        "where"
    };
    (r#while) => {
        "while"
    };
    (r#async) => {
        "async"
    };
    (r#await) => {
        "await"
    };
    (r#abstract) => {
        "abstract"
    };
    (r#become) => {
        "become"
    };
    (r#box) => {
        "box"
    };
    (r#do) => {
        "do"
    };
    (r#final) => {
        "final"
    };
    (r#macro) => {
        "macro"
    };
    (r#override) => {
        "override"
    };
    (r#priv) => {
        "priv"
    };
    (r#try) => {
        "try"
    };
    (r#typeof) => {
        "typeof"
    };
    (r#unsized) => {
        "unsized"
    };
    (r#virtual) => {
        "virtual"
    };
    (r#yield) => {
        "yield"
    };
    (r#gen) => {
        "gen"
    };
    ($name:tt) => {
        $crate::__private::core::stringify!($name)
    };
}

/// Makes sure that a name that is not ASCII comes with its Punycode name, and one that is ASCII with none.
#[doc(hidden)]
pub const fn check_module_name(name: &str, encoded: &str) {
    if name.is_ascii() {
        assert!(encoded.is_empty(), "the name of the module is ASCII: leave out its other name");
        return;
    }
    let wanted = Punycode::of(name);
    if !wanted.is(encoded) {
        panic!("{}", wanted.message())
    }
}

/// Bytes that a constant can hold.
struct Text {
    bytes: [u8; 256],
    length: usize,
}

impl Text {
    const EMPTY: Text = Text { bytes: [0; 256], length: 0 };

    const fn push(&mut self, byte: u8) {
        assert!(self.length < 256, "the name of the module is too long");
        self.bytes[self.length] = byte;
        self.length += 1;
    }

    const fn push_all(&mut self, text: &[u8]) {
        let mut at = 0;
        while at < text.len() {
            self.push(text[at]);
            at += 1;
        }
    }
}

/// A name in Punycode (RFC 3492), with `_` for `-`, and the error message where it is missing.
struct Punycode {
    text: Text,
    message: Text,
}

const BASE: u32 = 36;
const INITIAL_BIAS: u32 = 72;
const INITIAL_POINT: u32 = 128;

impl Punycode {
    const fn of(name: &str) -> Punycode {
        let text = encoded(name);
        let mut message = Text::EMPTY;
        message.push_all(b"the name of the module is not ASCII, and CPython asks for it by another: write `");
        message.push_all(name.as_bytes());
        message.push_all(b" = \"");
        message.push_all(text.bytes.split_at(text.length).0);
        message.push_all(b"\"`");
        Punycode { text, message }
    }

    const fn is(&self, other: &str) -> bool {
        if other.len() != self.text.length {
            return false;
        }
        let mut at = 0;
        while at < self.text.length {
            if self.text.bytes[at] != other.as_bytes()[at] {
                return false;
            }
            at += 1;
        }
        true
    }

    const fn message(&self) -> &str {
        match core::str::from_utf8(self.message.bytes.split_at(self.message.length).0) {
            Ok(message) => message,
            Err(_) => panic!("the name of the module is no text"),
        }
    }
}

/// The ASCII characters, and then for each other one the distance from the one before, in the order of their code points.
const fn encoded(name: &str) -> Text {
    let (points, count) = points(name.as_bytes());
    let (mut text, mut at) = (Text::EMPTY, 0);
    while at < count {
        if points[at] < INITIAL_POINT {
            text.push(points[at] as u8);
        }
        at += 1;
    }
    let basic = text.length as u32;
    if basic > 0 {
        text.push(b'_');
    }
    let (mut done, mut point, mut delta, mut bias) = (basic, INITIAL_POINT, 0, INITIAL_BIAS);
    while (done as usize) < count {
        let next = least_from(&points, count, point);
        delta += (next - point) * (done + 1);
        point = next;
        at = 0;
        while at < count {
            if points[at] < point {
                delta += 1;
            } else if points[at] == point {
                push_number(&mut text, delta, bias);
                bias = adapted(delta, done + 1, done == basic);
                delta = 0;
                done += 1;
            }
            at += 1;
        }
        delta += 1;
        point += 1;
    }
    text
}

/// The code points of a text, and their number.
const fn points(bytes: &[u8]) -> ([u32; 64], usize) {
    let (mut points, mut count, mut at) = ([0; 64], 0, 0);
    while at < bytes.len() {
        let first = bytes[at] as u32;
        let (mut point, more) = match first {
            0xf0.. => (first & 0x07, 3),
            0xe0.. => (first & 0x0f, 2),
            0xc0.. => (first & 0x1f, 1),
            _ => (first, 0),
        };
        let mut index = 1;
        while index <= more {
            point = point << 6 | (bytes[at + index] & 0x3f) as u32;
            index += 1;
        }
        assert!(count < 64, "the name of the module is too long");
        points[count] = point;
        count += 1;
        at += 1 + more;
    }
    (points, count)
}

/// The least code point from `from` on.
const fn least_from(points: &[u32; 64], count: usize, from: u32) -> u32 {
    let (mut least, mut at) = (u32::MAX, 0);
    while at < count {
        if points[at] >= from && points[at] < least {
            least = points[at];
        }
        at += 1;
    }
    least
}

/// Adds a number of variable length.
const fn push_number(text: &mut Text, mut number: u32, bias: u32) {
    let mut place = BASE;
    loop {
        let threshold = if place <= bias + 1 {
            1
        } else if place >= bias + 26 {
            26
        } else {
            place - bias
        };
        if number < threshold {
            text.push(digit(number));
            return;
        }
        text.push(digit(threshold + (number - threshold) % (BASE - threshold)));
        number = (number - threshold) / (BASE - threshold);
        place += BASE;
    }
}

const fn digit(value: u32) -> u8 {
    if value < 26 { b'a' + value as u8 } else { b'0' + (value - 26) as u8 }
}

/// The bias for the next number.
const fn adapted(delta: u32, done: u32, is_first: bool) -> u32 {
    let mut delta = if is_first { delta / 700 } else { delta / 2 };
    delta += delta / done;
    let mut place = 0;
    while delta > (BASE - 1) * 26 / 2 {
        delta /= BASE - 1;
        place += BASE;
    }
    place + BASE * delta / (delta + 38)
}

// The values of Python's codec `punycode`.
const _: () = {
    assert!(Punycode::of("größe").is("gre_6ka8i"));
    assert!(Punycode::of("été").is("t_9fab"));
    assert!(Punycode::of("模块").is("gfs105b"));
    assert!(Punycode::of("данные2").is("2_7sblf3ba2h"));
};
