// src/safe/iterate.rs: iterating over any iterable.

use super::{Object, Result};
use crate::raised::Raised;
use crate::*;

/// The items of an iterable. An error is the last item.
pub struct Iter<'c> {
    /// None after the end: the iterator is not asked again.
    iterator: Option<Object<'c>>,
}

impl<'c> Object<'c> {
    /// The items of any iterable: `for item in object.iter()? { let item = item?; .. }`.
    ///
    /// Raises `TypeError` if the object is no iterable.
    #[inline]
    pub fn iter(&self) -> Result<Iter<'c>> {
        // SAFETY: the handle is open, and the result is new.
        unsafe {
            let iterator = Object::from_handle(self.context(), HPy_GetIter(self.context(), self.handle()))?;
            Ok(Iter { iterator: Some(iterator) })
        }
    }
}

impl<'c> Iterator for Iter<'c> {
    type Item = Result<Object<'c>>;

    #[inline]
    fn next(&mut self) -> Option<Result<Object<'c>>> {
        let iterator = self.iterator.as_ref()?;
        let ctx = iterator.context();
        // SAFETY: `HPy_GetIter` gave the iterator; its handle is open, and the result is new.
        unsafe {
            if let Ok(item) = Object::from_handle(ctx, HPyIter_Next(ctx, iterator.handle())) {
                return Some(Ok(item));
            }
            self.iterator = None;
            (HPyErr_Occurred(ctx) != 0).then_some(Err(Raised))
        }
    }
}

impl core::iter::FusedIterator for Iter<'_> {}
