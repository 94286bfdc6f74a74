// abi-tests/src/safe.rs: the crate's safe Rust: classes, exceptions and a module that the macros declare, without `unsafe`.

#![forbid(unsafe_code)]

use std::collections::BTreeMap;
use std::collections::HashMap;
use std::sync::atomic::{AtomicI64, Ordering};

use hpy_sys::safe::*;
use hpy_sys::{HPy_LT, HPy_RichCmpOp, HPyException, HPyModule, HPyType};

/// How many structs were dropped.
static DROPPED: AtomicI64 = AtomicI64::new(0);

HPyException! {
    /// Nothing there.
    pub struct EmptyError as "safe.EmptyError": ValueError;
}

HPyType! {
    /// A point of the plane.
    ///
    /// Two lines.
    #[derive(Debug, Clone)]
    pub struct Point as "safe.Point" {
        /// The first coordinate.
        x: f64 [get, set],
        y: f64 [get],
        name: String,
    }

    impl Point {
        fn new(x: f64 = 0.0, y: f64 = -1.5, *, name: Option<&str> = None) -> Result<Self> {
            Ok(Point { x, y, name: name.unwrap_or("p").to_owned() })
        }

        /// The distance.
        fn norm(&self) -> f64 { self.x.hypot(self.y) }

        #[getter]
        fn sum(&self) -> f64 { self.x + self.y }

        /// Moves.
        fn move_by(&mut self, ctx: &HPyContext, dx: f64, *, dy: f64 = 0.0) -> Result<()> {
            if dx.is_nan() { return ValueError::raise(ctx, format_args!("NaN {dy}")); }
            self.x += dx; self.y += dy;
            Ok(())
        }
        /// A parameter may have the name of its function.
        fn grown(&self, grown: f64, by: f64 = 1.0) -> f64 { self.x + grown * by }
        fn scaled(&self, by: f64, /) -> Point { Point { x: self.x * by, y: self.y * by, name: self.name.clone() } }
        fn both(&self, a: i32, b: &str, /) -> (i32, String) { (a, b.to_owned()) }
        fn call_back(&mut self, f: &Object<'_>) -> Result<()> { f.call(&[])?; Ok(()) }
        fn __add__(&self, other: Ref<'_, Point>) -> Point { Point { x: self.x + other.x, y: self.y + other.y, name: "s".into() } }
        fn __eq__(&self, other: Ref<'_, Point>) -> bool { self.x == other.x && self.y == other.y }
        fn __repr__(&self) -> String { format!("Point({}, {}, {:?})", self.x, self.y, self.name) }
        fn __len__(&self) -> usize { 2 }
        fn __hash__(&self) -> u64 { 7 }
        fn __getitem__(&self, ctx: &HPyContext, index: usize) -> Result<f64> {
            match index { 0 => Ok(self.x), 1 => Ok(self.y), _ => IndexError::raise(ctx, "no") }
        }
        fn __setitem__(&mut self, ctx: &HPyContext, index: usize, value: f64) -> Result<()> {
            match index { 0 => self.x = value, 1 => self.y = value, _ => return IndexError::raise(ctx, "no") }
            Ok(())
        }
        fn __call__(&self, a: i64, b: i64 = 3) -> i64 { a * b }
        fn __contains__(&self, x: f64) -> bool { x == self.x }
        fn __neg__(&self) -> Point { self.scaled(-1.0) }
        fn __bool__(&self) -> bool { self.x != 0.0 }
        fn __float__(&self) -> f64 { self.norm() }
    }
}

HPyType! {
    /// A node.
    pub struct Node as "safe.Node" {
        next: Field,
        other: Field,
    }
    impl Node {
        fn new(next: &Object<'_>) -> Self { Node { next: Field::new(next), other: Field::empty() } }
        fn next<'c>(&self, this: This<'c>) -> Option<Object<'c>> { self.next.get(this) }
        fn set(&self, this: This<'_>, value: &Object<'_>) -> Result<()> {
            match value.is_none() { true => { self.other.clear(this); Ok(()) } false => Ok(()) }
        }
        fn link<'c>(&self, this: This<'c>, value: Object<'c>) -> Result<()> { self.other.set(this, value) }
    }
}

HPyType! {
    pub struct Opaque as "safe.Opaque", subclass {
        n: i64,
    }

    impl Opaque {
        fn n(&self) -> i64 {
            self.n
        }

        /// A method that Rust does not know.
        #[getter]
        fn double(&self, this: This<'_>, ctx: &HPyContext) -> Result<i64> {
            let _ = (this.is_none(), ctx);
            Ok(2 * self.n)
        }

        fn __richcmp__(&self, other: Ref<'_, Opaque>, op: HPy_RichCmpOp) -> bool {
            match op {
                HPy_LT => self.n < other.n,
                _ => self.n == other.n,
            }
        }
    }
}

impl Drop for Opaque {
    fn drop(&mut self) {
        DROPPED.fetch_add(1, Ordering::Relaxed);
    }
}

/// The builder cannot be borrowed while it writes.
fn text_length(text: &TextBuilder<'_>) -> usize {
    text.len()
}

HPyModule! {
    /// Safe Rust.
    mod safe {
        use EmptyError, Point, Node, Opaque;
        /// The answer.
        const ANSWER: i64 = 42;

        /// Half of it.
        fn half(x: f64) -> f64 { x / 2.0 }
        fn nothing() {}
        /// A parameter may have the name of its function.
        fn only(only: i64, /) -> i64 { only + 1 }
        fn named<'c>(ctx: &'c HPyContext, named: &Object<'c>, nothing: i64 = 7) -> Result<Object<'c>> {
            (named, nothing).into_object(ctx)
        }
        fn total(numbers: &Object<'_>, start: f64 = 0.0) -> Result<f64> {
            numbers.iter()?.try_fold(start, |sum, n| Ok(sum + n?.extract::<f64>()?))
        }
        fn opaque(n: i64) -> Opaque { Opaque { n } }
        fn count(words: Vec<String>) -> BTreeMap<String, usize> {
            let mut map = BTreeMap::new();
            for w in words { *map.entry(w).or_default() += 1; }
            map
        }
        fn empty(ctx: &HPyContext) -> Result<()> { EmptyError::raise(ctx, "x") }
        fn big(n: i128) -> i128 { n }
        fn ubig(n: u128) -> u128 { n }
        fn small(n: i8) -> i8 { n }
        fn byte(ctx: &HPyContext, n: Vec<u8>) -> Result<Vec<u8>> { let _ = ctx; Ok(n) }
        fn raw<'c>(ctx: &'c HPyContext, b: Bytes<'_>) -> Result<Object<'c>> { Bytes(&b.0[1..]).into_object(ctx) }
        fn slow(ctx: &HPyContext, n: u64) -> u64 { ctx.leave_python(|| (0..n).fold(0u64, |a, b| a ^ b.wrapping_mul(31))) }
        fn text(s: &str) -> String { s.chars().rev().collect() }
        fn pair(p: (i64, String)) -> (String, i64) { (p.1, p.0) }
        fn arr(p: [i64; 3]) -> [i64; 3] { p }
        fn flag(b: bool) -> bool { !b }
        fn same<'c>(o: Object<'c>) -> Object<'c> { o }
        fn norm2(p: Ref<'_, Point>) -> f64 { p.norm() }
        fn dropped() -> i64 { DROPPED.load(Ordering::Relaxed) }
        fn lookup(map: HashMap<String, i64>, key: &str) -> Option<i64> { map.get(key).copied() }
        fn catch(ctx: &HPyContext, call: &Object<'_>) -> Result<bool> {
            match call.call(&[]) {
                Ok(result) => result.is_true(),
                Err(raised) if raised.is::<LookupError>(ctx) => {
                    raised.clear(ctx);
                    Ok(false)
                }
                Err(raised) => Err(raised),
            }
        }
        fn sum_lengths(items: &Object<'_>) -> Result<usize> {
            let mut sum = 0;
            for item in items.iter()? {
                sum += item?.len()?;
            }
            Ok(sum)
        }
        fn use_object<'c>(ctx: &'c HPyContext, object: &Object<'c>, /) -> Result<Object<'c>> {
            object.set_attr(c"value", 3)?;
            let value = object.get_attr(c"value")?;
            let dict = Object::dict(ctx)?;
            dict.set_item("one", 1)?;
            dict.set_item(&value, "three")?;
            dict.set_item(2.5, ctx.none())?;
            dict.delete_item(2.5)?;
            let list = [1, 2].into_object(ctx)?;
            list.append(dict.contains("one")?)?;
            let text = list.call_method("__len__", &[])?.extract::<u16>()?;
            let is_less = value.compare(4, HPy_LT)?;
            (dict, list, text, is_less, object.class()?, value.call_with(1).is_err_and(|raised| {
                raised.clear(ctx);
                true
            })).into_object(ctx)
        }
        fn build_text<'c>(ctx: &'c HPyContext, parts: &Object<'c>, room: usize) -> Result<Object<'c>> {
            let mut text = TextBuilder::with_capacity(ctx, room);
            for part in parts.iter()? {
                let part = part?;
                match part.is_text() {
                    true => text.push_object(&part)?,
                    false => text.push_repr_of(&part)?,
                }
                text.push('\u{20ac}')?;
                text.push_str("-\u{e9}")?;
                text.push_slice(&"0123".into_object(ctx)?, 1..3)?;
                text.push_str_of(&part)?;
                text.push_fmt(format_args!("{:>3}", text_length(&text)))?;
            }
            match text.is_empty() {
                true => Ok((*ctx.none()).clone()),
                false => text.finish(),
            }
        }
        fn truncated<'c>(ctx: &'c HPyContext, from: &Object<'c>, count: usize) -> Result<Object<'c>> {
            let mut text = TextBuilder::new(ctx);
            text.push_object(from)?;
            text.truncate(count);
            text.finish()
        }
        fn build_bytes<'c>(ctx: &'c HPyContext, parts: Vec<Vec<u8>>, size: usize) -> Result<Object<'c>> {
            let mut bytes = BytesBuilder::new(ctx);
            for part in &parts {
                bytes.extend(part)?;
                bytes.push(0)?;
            }
            bytes.as_mut_slice().reverse();
            bytes.resize(size, b'z')?;
            bytes.finish()
        }
        fn move_both(a: RefMut<'_, Point>, b: RefMut<'_, Point>) {
            let (mut a, mut b) = (a, b);
            (a.x, b.x) = (b.x, a.x);
        }
        fn panics(n: Option<i64>) -> i64 { n.unwrap() }
        fn parse(ctx: &HPyContext, s: &str) -> Result<i64> { s.parse::<i64>().or_raise::<ValueError>(ctx) }

        exec(ctx, module) {
            let sub = module.add_submodule("sub")?;
            sub.set_attr(c"half", module.get_attr(c"half")?)?;
            module.set_attr(c"__version__", "1.0")?;
            let _ = ctx;
            Ok(())
        }
    }
}
