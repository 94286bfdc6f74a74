// src/loader/extras/mod.rs: the functions that HPy 0.9 lacks: those of this project's loader, and what is there through others.

mod block;
mod builder;
mod datetime;
mod dict;
mod error;
mod memory;
mod module;
mod number;
mod object;
mod sequence;
mod set;
mod text;
mod thread;
mod weakref;

use core::ffi::CStr;
use core::ptr;
use core::sync::atomic::{AtomicPtr, Ordering};

pub(crate) use block::*;
pub(crate) use builder::*;
pub(crate) use datetime::*;
pub(crate) use dict::*;
pub(crate) use error::*;
pub(crate) use memory::*;
pub(crate) use module::*;
pub(crate) use number::*;
pub(crate) use object::*;
pub(crate) use sequence::*;
pub(crate) use set::*;
pub(crate) use text::*;
pub(crate) use thread::*;
pub(crate) use weakref::*;

use crate::{ExtraTable, HPy, HPy_NULL, HPyContext, HPyErr_SetString, c_char, c_int, c_void};

/// The table of this project's loader; null for others.
static TABLE: AtomicPtr<ExtraTable> = AtomicPtr::new(ptr::null_mut());

/// Stores the table.
pub(super) fn enter(table: *const c_void) {
    TABLE.store(table.cast_mut().cast(), Ordering::Relaxed);
}

/// The table, if it has what lies at `offset`: an older loader has a shorter one.
#[inline(always)]
pub(crate) fn table(offset: usize) -> Option<&'static ExtraTable> {
    // SAFETY: null, or a table that lives as long as the process.
    unsafe { TABLE.load(Ordering::Relaxed).as_ref() }.filter(|table| table.size > offset)
}

/// A function of the table, if it is there.
macro_rules! find {
    ($member:ident) => {
        loader::extras::table(offset_of!(ExtraTable, $member)).map(|table| table.$member)
    };
}
pub(crate) use find;

/// What a function returns that failed.
pub(crate) trait Failed {
    const FAILED: Self;
}

macro_rules! failed {
    ($($ty:ty = $value:expr;)*) => {
        $(impl Failed for $ty {
            const FAILED: $ty = $value;
        })*
    };
}

failed! {
    HPy = HPy_NULL;
    c_int = -1;
    crate::HPy_ssize_t = -1;
    () = ();
    *mut c_char = ptr::null_mut();
    *mut c_void = ptr::null_mut();
    *const c_void = ptr::null();
    *mut crate::HPyInterpreterView = ptr::null_mut();
}

/// Raises `ImportError`, which names the function and the loader that has it.
///
/// # Safety
/// The thread holds the interpreter.
#[cold]
pub(crate) unsafe fn missing<T: Failed>(ctx: &HPyContext, function: &CStr) -> T {
    const TEXT: &CStr =
        c"is a function of hpy-sys' loader, which has not loaded this module: install the package hpy-sys";
    // SAFETY: the caller's promise; the texts end with zeros.
    unsafe {
        let mut message = [0 as c_char; 160];
        let texts = function.to_bytes().iter().chain(b" ").chain(TEXT.to_bytes());
        for (place, &byte) in message.iter_mut().take(159).zip(texts) {
            *place = byte as c_char;
        }
        HPyErr_SetString(ctx, ctx.h_ImportError, message.as_ptr());
    }
    T::FAILED
}
