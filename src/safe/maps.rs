// src/safe/maps.rs: conversions of Rust's maps, which are `dict`s.

use core::hash::{BuildHasher, Hash};
use std::collections::{BTreeMap, HashMap};

use super::{FromObject, IntoObject, Object, Result};
use crate::HPyContext;

fn filled<'c, K: IntoObject<'c>, V: IntoObject<'c>>(
    ctx: &'c HPyContext,
    items: impl IntoIterator<Item = (K, V)>,
) -> Result<Object<'c>> {
    let dict = Object::dict(ctx)?;
    for (key, value) in items {
        dict.set_item(key, value)?;
    }
    Ok(dict)
}

/// The items of a mapping, as its method `items` gives them.
fn items<'c, M, K, V>(object: &Object<'c>) -> Result<M>
where
    M: FromIterator<(K, V)>,
    (K, V): for<'b> FromObject<'b, 'c>,
{
    object.call_method("items", &[])?.iter()?.map(|item| item?.extract()).collect()
}

impl<'c, K: IntoObject<'c>, V: IntoObject<'c>, S> IntoObject<'c> for HashMap<K, V, S> {
    fn into_object(self, ctx: &'c HPyContext) -> Result<Object<'c>> {
        filled(ctx, self)
    }
}

impl<'c, K: IntoObject<'c>, V: IntoObject<'c>> IntoObject<'c> for BTreeMap<K, V> {
    fn into_object(self, ctx: &'c HPyContext) -> Result<Object<'c>> {
        filled(ctx, self)
    }
}

impl<'c, K, V, S> FromObject<'_, 'c> for HashMap<K, V, S>
where
    K: Eq + Hash + for<'b> FromObject<'b, 'c>,
    V: for<'b> FromObject<'b, 'c>,
    S: BuildHasher + Default,
{
    fn from_object(object: &Object<'c>) -> Result<Self> {
        items(object)
    }
}

impl<'c, K, V> FromObject<'_, 'c> for BTreeMap<K, V>
where
    K: Ord + for<'b> FromObject<'b, 'c>,
    V: for<'b> FromObject<'b, 'c>,
{
    fn from_object(object: &Object<'c>) -> Result<Self> {
        items(object)
    }
}
