// src/safe/tuples.rs: conversions of tuples and options.

use super::exceptions::{Exception, TypeError, ValueError};
use super::{FromObject, IntoObject, Object, Result};
use crate::*;

macro_rules! tuples {
    ($($count:literal: $($name:ident $index:tt),*;)*) => {
        $(
            impl<'c, $($name: IntoObject<'c>),*> IntoObject<'c> for ($($name,)*) {
                #[inline]
                fn into_object(self, ctx: &'c HPyContext) -> Result<Object<'c>> {
                    let items = [$(self.$index.into_object(ctx)?),*];
                    let handles = items.each_ref().map(Object::handle);
                    // SAFETY: the handles are open, and as many as the length says; the result is new.
                    unsafe { Object::from_handle(ctx, HPyTuple_FromArray(ctx, handles.as_ptr(), $count)) }
                }
            }

            /// From a `tuple` or a subclass of it, of this length.
            impl<'a, 'c, $($name: for<'b> FromObject<'b, 'c>),*> FromObject<'a, 'c> for ($($name,)*) {
                fn from_object(object: &'a Object<'c>) -> Result<Self> {
                    check(object, $count)?;
                    Ok(($(object.get_index($index)?.extract::<$name>()?,)*))
                }
            }
        )*
    };
}

tuples! {
    1: A 0;
    2: A 0, B 1;
    3: A 0, B 1, C 2;
    4: A 0, B 1, C 2, D 3;
    5: A 0, B 1, C 2, D 3, E 4;
    6: A 0, B 1, C 2, D 3, E 4, F 5;
    7: A 0, B 1, C 2, D 3, E 4, F 5, G 6;
    8: A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7;
}

fn check(object: &Object<'_>, count: usize) -> Result<()> {
    let ctx = object.context();
    // SAFETY: the handle is open.
    if unsafe { HPyTuple_Check(ctx, object.handle()) } == 0 {
        return TypeError::raise(ctx, "a tuple is needed");
    }
    match object.len()? {
        length if length == count => Ok(()),
        length => ValueError::raise(ctx, format_args!("a tuple of {count} items is needed, and this one has {length}")),
    }
}

/// `None` is `None`.
impl<'c> IntoObject<'c> for () {
    #[inline(always)]
    fn into_object(self, ctx: &'c HPyContext) -> Result<Object<'c>> {
        Ok((*ctx.none()).clone())
    }
}

impl<'c, T: IntoObject<'c>> IntoObject<'c> for Option<T> {
    #[inline]
    fn into_object(self, ctx: &'c HPyContext) -> Result<Object<'c>> {
        match self {
            Some(value) => value.into_object(ctx),
            None => ().into_object(ctx),
        }
    }
}

impl<'a, 'c, T: FromObject<'a, 'c>> FromObject<'a, 'c> for Option<T> {
    #[inline]
    fn from_object(object: &'a Object<'c>) -> Result<Self> {
        if object.is(object.context().h_None) { Ok(None) } else { T::from_object(object).map(Some) }
    }
}
