// src/safe/exceptions.rs: raising exceptions, and taking them away.

use core::fmt::{Display, Write};

use super::{IntoObject, Object, Result};
use crate::helpers::TextBuffer;
use crate::raised::Raised;
use crate::*;

/// A class of exceptions: one of Python's own, such as [`ValueError`], or one of [`HPyException!`](crate::HPyException).
pub trait Exception: Sized {
    /// Calls `f` with a handle of the class, which is open for the time of the call.
    fn with_class<R>(ctx: &HPyContext, f: impl FnOnce(HPy) -> R) -> Result<R>;

    /// Raises an exception of this class: `return ValueError::raise(ctx, "too small")`. It never gives `Ok`.
    ///
    /// The message is text, or `format_args!("{value} is too small")`. If there is no memory for it, that is what is raised.
    #[cold]
    #[inline(never)]
    fn raise<T>(ctx: &HPyContext, message: impl Display) -> Result<T> {
        let mut text = TextBuffer::new(ctx);
        // SAFETY: the context is that of the running call, and the result is new.
        let text = unsafe {
            // A message that cannot be written is cut off there.
            let _ = write!(text, "{message}");
            Object::from_handle(ctx, text.into_str())?
        };
        Self::raise_object(ctx, &text)
    }

    /// Raises an exception of this class with any value: an instance of it, or the arguments for one.
    #[cold]
    fn raise_object<'c, T>(ctx: &'c HPyContext, value: impl IntoObject<'c>) -> Result<T> {
        // SAFETY: the handles are open.
        let set = |class, value| unsafe { HPyErr_SetObject(ctx, class, value) };
        value.with_handle(ctx, |value| Self::with_class(ctx, |class| set(class, value)))??;
        Err(Raised)
    }
}

/// The errors of Rust as exceptions: `text.parse::<f64>().or_raise::<ValueError>(ctx)?`.
pub trait OrRaise<T> {
    /// The value, or an exception of the class `E` with the error's text.
    fn or_raise<E: Exception>(self, ctx: &HPyContext) -> Result<T>;
}

impl<T, X: Display> OrRaise<T> for core::result::Result<T, X> {
    #[inline]
    fn or_raise<E: Exception>(self, ctx: &HPyContext) -> Result<T> {
        self.or_else(|error| E::raise(ctx, error))
    }
}

impl Raised {
    /// Whether the exception that is set is one of the class `E`, or of a subclass.
    pub fn is<E: Exception>(&self, ctx: &HPyContext) -> bool {
        // SAFETY: the handle is open.
        E::with_class(ctx, |class| unsafe { HPyErr_ExceptionMatches(ctx, class) }).is_ok_and(|answer| answer != 0)
    }

    /// Adds a note to the exception that is set, which a traceback shows behind its message:
    /// `Err(raised) => return Err(raised.add_note(ctx, "in line 3"))`. If that fails, the new exception is the one that is set.
    ///
    /// A loader without `HPyErr_GetRaisedException` raises `ImportError`.
    #[cold]
    pub fn add_note(self, ctx: &HPyContext, note: impl Display) -> Raised {
        // SAFETY: the context is that of the running call, and the handles are open.
        unsafe {
            let exc = HPyErr_GetRaisedException(ctx);
            let mut text = TextBuffer::new(ctx);
            // A note that cannot be written is cut off there.
            let _ = write!(text, "{note}");
            let added = Object::from_handle(ctx, text.into_str())
                .is_ok_and(|note| !HPy_IsNull(exc) && HPyException_AddNote(ctx, exc, note.handle()) == 0);
            if added {
                HPyErr_SetRaisedException(ctx, exc);
            }
            HPy_Close(ctx, exc);
        }
        self
    }

    /// Takes the exception away, as `except: pass` does.
    pub fn clear(self, ctx: &HPyContext) {
        // SAFETY: the context is that of the running call.
        unsafe { HPyErr_Clear(ctx) }
    }
}

impl Write for TextBuffer<'_> {
    fn write_str(&mut self, text: &str) -> core::fmt::Result {
        self.push(text.as_bytes()).map_err(|Raised| core::fmt::Error)
    }
}

macro_rules! exceptions {
    ($($name:ident $handle:ident;)*) => {
        $(
            #[doc = concat!("Python's `", stringify!($name), "`.")]
            #[derive(Debug)]
            pub struct $name;

            impl Exception for $name {
                #[inline(always)]
                fn with_class<R>(ctx: &HPyContext, f: impl FnOnce(HPy) -> R) -> Result<R> {
                    Ok(f(ctx.$handle))
                }
            }
        )*
    };
}

exceptions! {
    BaseException h_BaseException;
    ArithmeticError h_ArithmeticError;
    AssertionError h_AssertionError;
    AttributeError h_AttributeError;
    BufferError h_BufferError;
    EOFError h_EOFError;
    FileExistsError h_FileExistsError;
    FileNotFoundError h_FileNotFoundError;
    FloatingPointError h_FloatingPointError;
    ImportError h_ImportError;
    IndexError h_IndexError;
    KeyboardInterrupt h_KeyboardInterrupt;
    KeyError h_KeyError;
    LookupError h_LookupError;
    MemoryError h_MemoryError;
    NameError h_NameError;
    NotImplementedError h_NotImplementedError;
    OSError h_OSError;
    OverflowError h_OverflowError;
    PermissionError h_PermissionError;
    RecursionError h_RecursionError;
    ReferenceError h_ReferenceError;
    RuntimeError h_RuntimeError;
    StopAsyncIteration h_StopAsyncIteration;
    StopIteration h_StopIteration;
    SystemError h_SystemError;
    TimeoutError h_TimeoutError;
    TypeError h_TypeError;
    UnicodeDecodeError h_UnicodeDecodeError;
    UnicodeEncodeError h_UnicodeEncodeError;
    UnicodeError h_UnicodeError;
    ValueError h_ValueError;
    ZeroDivisionError h_ZeroDivisionError;
}
