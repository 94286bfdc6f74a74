// src/safe/containers.rs: conversions of sequences: slices, arrays, and vectors.

use super::exceptions::{Exception, TypeError, ValueError};
use super::{Bytes, FromObject, IntoObject, Object, Result};
use crate::abi::give_to_list;
use crate::raised::Raised;
use crate::*;

/// A list that is being built, and cancelled if that ends early.
struct Building<'c> {
    ctx: &'c HPyContext,
    builder: HPyListBuilder,
}

impl Drop for Building<'_> {
    fn drop(&mut self) {
        // SAFETY: the builder was not built, and is not used again.
        unsafe { HPyListBuilder_Cancel(self.ctx, self.builder) }
    }
}

impl<'c> Object<'c> {
    /// A list of these items, in one pass: `Object::list(ctx, 0..3)`.
    ///
    /// Raises what an item's conversion raises, and `MemoryError`. An iterator that gives other than `len` items panics.
    #[inline]
    pub fn list<I>(ctx: &'c HPyContext, items: I) -> Result<Object<'c>>
    where
        I: IntoIterator<Item: IntoObject<'c>, IntoIter: ExactSizeIterator>,
    {
        let mut items = items.into_iter();
        let count = items.len();
        // SAFETY: each place below the count is set once, with a handle that becomes the list's; the result is new.
        unsafe {
            let builder = HPyListBuilder_New(ctx, count as HPy_ssize_t);
            if builder._lst.is_null() {
                return Err(Raised);
            }
            let building = Building { ctx, builder };
            for index in 0..count {
                let item = items.next().expect("the iterator gives as many items as it says");
                give_to_list(ctx, builder, index as HPy_ssize_t, item.into_object(ctx)?.into_handle());
            }
            core::mem::forget(building);
            Object::from_handle(ctx, HPyListBuilder_Build(ctx, builder))
        }
    }
}

/// A list.
impl<'c, 's, T> IntoObject<'c> for &'s [T]
where
    &'s T: IntoObject<'c>,
{
    #[inline]
    fn into_object(self, ctx: &'c HPyContext) -> Result<Object<'c>> {
        Object::list(ctx, self)
    }
}

/// A list.
impl<'c, T: IntoObject<'c>, const N: usize> IntoObject<'c> for [T; N] {
    #[inline]
    fn into_object(self, ctx: &'c HPyContext) -> Result<Object<'c>> {
        Object::list(ctx, self)
    }
}

/// Numbers by reference, so that a slice of them is a list.
macro_rules! by_reference {
    ($($type:ty),*) => {
        $(
            impl<'c> IntoObject<'c> for &$type {
                #[inline(always)]
                fn into_object(self, ctx: &'c HPyContext) -> Result<Object<'c>> {
                    (*self).into_object(ctx)
                }
            }
        )*
    };
}

by_reference!(i8, u8, i16, u16, i32, u32, i64, u64, isize, usize, i128, u128, f32, f64, bool, char, &str, Bytes<'_>);

/// From any iterable but a text, of this length.
impl<'a, 'c, T, const N: usize> FromObject<'a, 'c> for [T; N]
where
    T: for<'b> FromObject<'b, 'c>,
{
    fn from_object(object: &'a Object<'c>) -> Result<Self> {
        let mut items = no_text(object)?.iter()?;
        let mut values = [const { None }; N];
        for value in &mut values {
            let Some(item) = items.next() else { return wrong_length(object, N) };
            *value = Some(item?.extract()?);
        }
        match items.next() {
            None => Ok(values.map(|value| value.expect("every item was read"))),
            Some(Ok(_)) => wrong_length(object, N),
            Some(Err(raised)) => Err(raised),
        }
    }
}

fn wrong_length<T>(object: &Object<'_>, count: usize) -> Result<T> {
    ValueError::raise(object.context(), format_args!("exactly {count} items are needed"))
}

/// A text is an iterable of texts, and is meant as one value.
fn no_text<'a, 'c>(object: &'a Object<'c>) -> Result<&'a Object<'c>> {
    let ctx = object.context();
    // SAFETY: the handle is open.
    match unsafe { HPyUnicode_Check(ctx, object.handle()) } {
        0 => Ok(object),
        _ => TypeError::raise(ctx, "an iterable of items is needed, and this is a str"),
    }
}

#[cfg(feature = "std")]
mod owned {
    use std::vec::Vec;

    use super::*;

    /// A list.
    impl<'c, T: IntoObject<'c>> IntoObject<'c> for Vec<T> {
        #[inline]
        fn into_object(self, ctx: &'c HPyContext) -> Result<Object<'c>> {
            Object::list(ctx, self)
        }
    }

    /// From any iterable but a text.
    impl<'a, 'c, T: for<'b> FromObject<'b, 'c>> FromObject<'a, 'c> for Vec<T> {
        fn from_object(object: &'a Object<'c>) -> Result<Self> {
            no_text(object)?.iter()?.map(|item| item?.extract()).collect()
        }
    }
}
