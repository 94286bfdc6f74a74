// examples/json/src/decoder.rs: makes Python objects straight from serde_json's parser, with no Rust values between.

use std::collections::HashMap;
use std::fmt;
use std::str;

use hpy_sys::safe::{Exception, HPyContext, IntoObject, Object, Raised, RecursionError, Result, ValueError};
use hpy_sys::wchar_t;
use serde_core::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

/// How many lists and dicts may be open at once. So many take less than 400 kB of stack in a release build.
const MAX_DEPTH: usize = 1000;

/// Decodes a document. A syntax error becomes a `ValueError`.
pub fn decode<'c>(ctx: &'c HPyContext, text: &str) -> Result<Object<'c>> {
    let mut decoder = Decoder { ctx, keys: HashMap::default(), items: Vec::new(), wide: Vec::new(), depth: 0 };
    let mut source = serde_json::Deserializer::from_str(text);
    source.disable_recursion_limit();
    let value = Value(&mut decoder).deserialize(&mut source);
    value.and_then(|value| source.end().map(|()| value)).or_else(|error| match ctx.is_raised() {
        true => Err(Raised),
        false => ValueError::raise(ctx, error),
    })
}

/// The state that all values of one document share.
struct Decoder<'c, 'de> {
    ctx: &'c HPyContext,
    /// The keys seen so far: a document repeats a few of them, and each is made and hashed by Python only once.
    keys: HashMap<&'de [u8], Object<'c>, foldhash::fast::RandomState>,
    /// The items of the lists that are open, those of the innermost one at the end.
    items: Vec<Object<'c>>,
    /// Memory for strings that are not ASCII.
    wide: Vec<wchar_t>,
    /// The number of lists and dicts that are open.
    depth: usize,
}

impl<'c> Decoder<'c, '_> {
    fn enter(&mut self) -> Result<()> {
        if self.depth == MAX_DEPTH {
            let message = format_args!("the JSON document nests more than {MAX_DEPTH} lists and dicts");
            return RecursionError::raise(self.ctx, message);
        }
        self.depth += 1;
        Ok(())
    }

    fn leave(&mut self) {
        self.depth -= 1;
    }

    fn string(&mut self, text: &str) -> Result<Object<'c>> {
        if text.is_ascii() {
            return Object::from_ascii(self.ctx, text);
        }
        self.wide.clear();
        #[cfg(windows)]
        self.wide.extend(text.encode_utf16());
        #[cfg(not(windows))]
        self.wide.extend(text.chars().map(|c| c as wchar_t));
        Object::from_wide(self.ctx, &self.wide)
    }

    /// A key, which the parser has not held against Unicode.
    fn key<E: Error>(&mut self, bytes: &[u8]) -> std::result::Result<Object<'c>, E> {
        let text = str::from_utf8(bytes).map_err(|_| E::custom("half of a surrogate pair in a key"))?;
        self.string(text).map_err(through_parser)
    }

    /// A number that is no 64-bit integer: a float if it has a fraction or an exponent, as in the json module.
    fn number(&self, text: &str) -> Result<Object<'c>> {
        match text.bytes().any(|byte| matches!(byte, b'.' | b'e' | b'E')) {
            true => text.parse::<f64>().expect("JSON's numbers are numbers in Rust").into_object(self.ctx),
            false => self.ctx.int().call_with(text),
        }
    }
}

/// An exception on its way through the parser, which carries it to the end without looking at it.
fn through_parser<E: Error>(raised: Raised) -> E {
    E::custom(raised)
}

/// Decodes one value of any kind.
struct Value<'a, 'c, 'de>(&'a mut Decoder<'c, 'de>);

impl<'c, 'de> DeserializeSeed<'de> for Value<'_, 'c, 'de> {
    type Value = Object<'c>;

    fn deserialize<D: Deserializer<'de>>(self, source: D) -> std::result::Result<Object<'c>, D::Error> {
        source.deserialize_any(self)
    }
}

impl<'c, 'de> Visitor<'de> for Value<'_, 'c, 'de> {
    type Value = Object<'c>;

    fn expecting(&self, out: &mut fmt::Formatter) -> fmt::Result {
        out.write_str("a JSON value")
    }

    fn visit_unit<E: Error>(self) -> std::result::Result<Object<'c>, E> {
        ().into_object(self.0.ctx).map_err(through_parser)
    }

    fn visit_bool<E: Error>(self, value: bool) -> std::result::Result<Object<'c>, E> {
        value.into_object(self.0.ctx).map_err(through_parser)
    }

    fn visit_i64<E: Error>(self, value: i64) -> std::result::Result<Object<'c>, E> {
        value.into_object(self.0.ctx).map_err(through_parser)
    }

    fn visit_u64<E: Error>(self, value: u64) -> std::result::Result<Object<'c>, E> {
        value.into_object(self.0.ctx).map_err(through_parser)
    }

    fn visit_str<E: Error>(self, text: &str) -> std::result::Result<Object<'c>, E> {
        self.0.string(text).map_err(through_parser)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut source: A) -> std::result::Result<Object<'c>, A::Error> {
        let decoder = self.0;
        decoder.enter().map_err(through_parser)?;
        let start = decoder.items.len();
        while let Some(item) = source.next_element_seed(Value(decoder))? {
            decoder.items.push(item);
        }
        let list = Object::list(decoder.ctx, decoder.items.drain(start..)).map_err(through_parser)?;
        decoder.leave();
        Ok(list)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut source: A) -> std::result::Result<Object<'c>, A::Error> {
        let decoder = self.0;
        let mut name = source.next_key_seed(Key(decoder))?;
        if let Some(Name::OfNumber) = name {
            return decoder.number(&source.next_value::<String>()?).map_err(through_parser);
        }
        decoder.enter().map_err(through_parser)?;
        let dict = Object::dict(decoder.ctx).map_err(through_parser)?;
        while let Some(Name::OfItem(key)) = name {
            let value = source.next_value_seed(Value(decoder))?;
            dict.set_item(&key, &value).map_err(through_parser)?;
            name = source.next_key_seed(Key(decoder))?;
        }
        decoder.leave();
        Ok(dict)
    }
}

/// Decodes the key of an item.
struct Key<'a, 'c, 'de>(&'a mut Decoder<'c, 'de>);

enum Name<'c> {
    OfItem(Object<'c>),
    /// serde_json passes a number that is no 64-bit integer as a map, whose one value is its text.
    OfNumber,
}

impl<'c, 'de> DeserializeSeed<'de> for Key<'_, 'c, 'de> {
    type Value = Name<'c>;

    /// Asks for bytes: serde_json gives them for every key of a document, while the key of a number stays a string.
    fn deserialize<D: Deserializer<'de>>(self, source: D) -> std::result::Result<Name<'c>, D::Error> {
        source.deserialize_bytes(self)
    }
}

impl<'c, 'de> Visitor<'de> for Key<'_, 'c, 'de> {
    type Value = Name<'c>;

    fn expecting(&self, out: &mut fmt::Formatter) -> fmt::Result {
        out.write_str("a key")
    }

    /// A key as it is written in the document.
    fn visit_borrowed_bytes<E: Error>(self, bytes: &'de [u8]) -> std::result::Result<Name<'c>, E> {
        if let Some(key) = self.0.keys.get(bytes) {
            return Ok(Name::OfItem(key.clone()));
        }
        let key = self.0.key(bytes)?;
        self.0.keys.insert(bytes, key.clone());
        Ok(Name::OfItem(key))
    }

    /// A key with escapes.
    fn visit_bytes<E: Error>(self, bytes: &[u8]) -> std::result::Result<Name<'c>, E> {
        self.0.key(bytes).map(Name::OfItem)
    }

    fn visit_str<E: Error>(self, _: &str) -> std::result::Result<Name<'c>, E> {
        Ok(Name::OfNumber)
    }
}
