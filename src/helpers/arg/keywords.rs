// src/helpers/arg/keywords.rs: the keyword arguments of a call: their names and values.

use core::ffi::CStr;
use core::slice;

use crate::abi::borrowed;
use crate::raised::Raised;
use crate::*;

/// The keyword arguments of a call.
pub(crate) struct Keywords {
    /// The names: a tuple of the caller's, a list of one's own, or `HPy_NULL` if there are none.
    names: HPy,
    /// How many there are.
    pub(crate) count: usize,
    /// Where the values are.
    values: Values,
}

enum Values {
    /// In an array, in the order of the names.
    Array(*const HPy),
    /// In a dictionary, under the names in the list.
    Dict(HPy),
    /// In a dictionary whose items are looked at where they are, without a list of names.
    Items(HPy),
}

impl Keywords {
    /// Those of a call with the convention `HPyFunc_KEYWORDS`; an error is `HPy_Length`'s.
    ///
    /// # Safety
    /// `kwnames` is an open handle or `HPy_NULL`, and a value for each name follows at `values`. They outlive the
    /// result.
    pub(crate) unsafe fn of_names(ctx: &HPyContext, kwnames: HPy, values: *const HPy) -> Result<Keywords, Raised> {
        let count = match HPy_IsNull(kwnames) {
            true => 0,
            // SAFETY: the caller passes an open handle.
            false => unsafe { borrowed::length_of_tuple(kwnames).unwrap_or_else(|| HPy_Length(ctx, kwnames)) },
        };
        let count = usize::try_from(count).map_err(|_| Raised)?;
        Ok(Keywords { names: kwnames, count, values: Values::Array(values) })
    }

    /// Those of a call with the conventions `HPyFunc_NEWFUNC` and `HPyFunc_INITPROC`.
    ///
    /// # Safety
    /// `kw` is an open handle or `HPy_NULL`, and outlives the result.
    pub(crate) unsafe fn of_dict(ctx: &HPyContext, kw: HPy) -> Result<Keywords, Raised> {
        if HPy_IsNull(kw) {
            return Ok(Keywords { names: HPy_NULL, count: 0, values: Values::Dict(HPy_NULL) });
        }
        // SAFETY: the caller passes an open handle.
        unsafe {
            if let Some(count) = borrowed::length_of_dict(kw) {
                return Ok(Keywords { names: HPy_NULL, count: count as usize, values: Values::Items(kw) });
            }
            Keywords::listed(ctx, kw)
        }
    }

    /// Those in a dictionary, with a list of their names.
    ///
    /// # Safety
    /// `kw` is an open handle, and outlives the result.
    unsafe fn listed(ctx: &HPyContext, kw: HPy) -> Result<Keywords, Raised> {
        // SAFETY: the caller passes an open handle; the list is one's own, and is closed by `close`.
        unsafe {
            let names = HPyDict_Keys(ctx, kw);
            if HPy_IsNull(names) {
                return Err(Raised);
            }
            match usize::try_from(HPy_Length(ctx, names)) {
                Ok(count) => Ok(Keywords { names, count, values: Values::Dict(kw) }),
                Err(_) => {
                    HPy_Close(ctx, names);
                    Err(Raised)
                }
            }
        }
    }

    /// Whether [`value`](Keywords::value) gives handles of one's own.
    pub(crate) fn are_owned(&self) -> bool {
        matches!(self.values, Values::Dict(_) | Values::Items(_))
    }

    /// The name `index`, a handle of one's own.
    ///
    /// # Safety
    /// `index` is below the count.
    pub(crate) unsafe fn name(&self, ctx: &HPyContext, index: usize) -> Result<HPy, Raised> {
        // SAFETY: the index is below the count.
        let name = unsafe { HPy_GetItem_i(ctx, self.names, index as HPy_ssize_t) };
        if HPy_IsNull(name) { Err(Raised) } else { Ok(name) }
    }

    /// What `read` makes of the text of the name `index`; nothing if no parameter can have it.
    ///
    /// # Safety
    /// `index` is below the count.
    pub(crate) unsafe fn text<R>(
        &self,
        ctx: &HPyContext,
        index: usize,
        read: impl FnOnce(&[u8]) -> Option<R>,
    ) -> Result<Option<R>, Raised> {
        // SAFETY: the text lives as long as the handle of the name is open.
        unsafe {
            let borrowed = borrowed::item(self.names, index as HPy_ssize_t);
            let name = borrowed.map_or_else(|| self.name(ctx, index), Ok)?;
            let result = text_of(ctx, name).map(|text| text.and_then(read));
            if borrowed.is_none() {
                HPy_Close(ctx, name);
            }
            result
        }
    }

    /// The same with a list of the names, if there is none yet.
    ///
    /// # Safety
    /// What this was made of is still open.
    pub(crate) unsafe fn with_list(&self, ctx: &HPyContext) -> Result<Option<Keywords>, Raised> {
        match self.values {
            // SAFETY: the caller's promise.
            Values::Items(dict) => unsafe { Keywords::listed(ctx, dict) }.map(Some),
            _ => Ok(None),
        }
    }

    /// The value of the keyword argument that has the name of a parameter, if there is one.
    ///
    /// # Safety
    /// `parameter` is a C string, and what this was made of is still open.
    pub(crate) unsafe fn find_value(&self, ctx: &HPyContext, parameter: *const c_char) -> Result<Option<HPy>, Raised> {
        // SAFETY: the parameter's name is a C string. Nothing here runs code that could change the dictionary.
        unsafe {
            let Values::Items(dict) = self.values else {
                let index = self.find(ctx, parameter)?;
                return index.map(|index| self.value(ctx, index)).transpose();
            };
            let text = CStr::from_ptr(parameter).to_bytes();
            // A parameter with an empty name has none.
            if let Some(value) = borrowed::search_dict(dict, text).filter(|_| !text.is_empty()) {
                return Ok(Some(HPy_Dup(ctx, value)));
            }
            for (name, value) in borrowed::items_of_dict(dict).into_iter().flatten() {
                if text_of(ctx, name)?.is_some_and(|text| is_name(parameter, text)) {
                    return Ok(Some(HPy_Dup(ctx, value)));
                }
            }
            Ok(None)
        }
    }

    /// Which of the keyword arguments has the name of a parameter.
    ///
    /// # Safety
    /// `parameter` is a C string, and what this was made of is still open.
    pub(crate) unsafe fn find(&self, ctx: &HPyContext, parameter: *const c_char) -> Result<Option<usize>, Raised> {
        for index in 0..self.count {
            // SAFETY: the index is below the count, and the parameter's name is a C string.
            unsafe {
                let found = self.text(ctx, index, |text| is_name(parameter, text).then_some(index))?;
                if found.is_some() {
                    return Ok(found);
                }
            }
        }
        Ok(None)
    }

    /// Which of the parameters `from` .. `to` the keyword argument `index` is for.
    ///
    /// # Safety
    /// `index` is below the count, and there are `to` C strings at `names`.
    pub(crate) unsafe fn parameter(
        &self,
        ctx: &HPyContext,
        index: usize,
        names: *const *const c_char,
        from: usize,
        to: usize,
    ) -> Result<Option<usize>, Raised> {
        // SAFETY: the index is below the count, and there are `to` names, all of them C strings.
        unsafe { self.text(ctx, index, |text| (from..to).find(|&parameter| is_name(*names.add(parameter), text))) }
    }

    /// The value `index`.
    ///
    /// # Safety
    /// `index` is below the count, and what this was made of is still open.
    pub(crate) unsafe fn value(&self, ctx: &HPyContext, index: usize) -> Result<HPy, Raised> {
        match self.values {
            // SAFETY: there are as many values as names.
            Values::Array(values) => Ok(unsafe { *values.add(index) }),
            // SAFETY: the name is one's own.
            Values::Dict(dict) | Values::Items(dict) => unsafe {
                let name = self.name(ctx, index)?;
                let value = HPy_GetItem(ctx, dict, name);
                HPy_Close(ctx, name);
                if HPy_IsNull(value) { Err(Raised) } else { Ok(value) }
            },
        }
    }

    /// Closes what is one's own.
    ///
    /// # Safety
    /// What this was made of is still open.
    pub(crate) unsafe fn close(self, ctx: &HPyContext) {
        if self.are_owned() {
            // SAFETY: the list is not used again.
            unsafe { HPy_Close(ctx, self.names) }
        }
    }
}

/// The text of a name, for as long as the name lives; none if no parameter can have it: it is no text, or has no UTF-8.
///
/// # Safety
/// `name` is an open handle, and stays open for as long as the text is used.
#[inline(always)]
pub(crate) unsafe fn text_of<'a>(ctx: &HPyContext, name: HPy) -> Result<Option<&'a [u8]>, Raised> {
    // SAFETY: the caller passes an open handle.
    unsafe {
        if let Some(text) = borrowed::text(name) {
            return Ok(Some(text));
        }
        let mut size = 0;
        let text = HPyUnicode_AsUTF8AndSize(ctx, name, &mut size);
        if text.is_null() { no_text(ctx) } else { Ok(Some(slice::from_raw_parts(text.cast(), size as usize))) }
    }
}

/// # Safety
/// An exception is set.
#[cold]
#[inline(never)]
unsafe fn no_text<'a>(ctx: &HPyContext) -> Result<Option<&'a [u8]>, Raised> {
    // SAFETY: the caller's promise: an exception is set.
    unsafe {
        // A name that is no text, and one without UTF-8, is told of after the values were converted.
        if HPyErr_ExceptionMatches(ctx, ctx.h_UnicodeEncodeError) == 0
            && HPyErr_ExceptionMatches(ctx, ctx.h_TypeError) == 0
        {
            return Err(Raised);
        }
        HPyErr_Clear(ctx);
        Ok(None)
    }
}

/// Whether the name of a parameter is `text`; a parameter with an empty name has none.
///
/// # Safety
/// `parameter` is a C string.
pub(super) unsafe fn is_name(parameter: *const c_char, text: &[u8]) -> bool {
    // SAFETY: the name is a C string, and the loop goes no further than its terminator.
    unsafe {
        for (at, &letter) in text.iter().enumerate() {
            let expected = *parameter.add(at) as u8;
            if expected == 0 || expected != letter {
                return false;
            }
        }
        !text.is_empty() && *parameter.add(text.len()) == 0
    }
}
