// abi-tests/src/support.rs: what the families share: modules of one-line functions, and values from and for Python.

use core::ffi::CStr;
use std::ffi::CString;

use hpy_sys::*;

/// A module of functions that take positional arguments: `functions! { MODULE(ctx) { add(a, b) => HPy_Add(ctx, a, b); } }`.
///
/// [`Give`] turns a function's result into a Python object. Before the functions, `+ [name, ...]` adds definitions, and
/// `globals [NAME, ...]` names the globals.
macro_rules! functions {
    (
        $module:ident($ctx:ident) $(+ [$($more:ident),* $(,)?])? $(globals [$($global:ident),*])? {
            $($name:ident($($arg:ident),*) => $body:expr;)*
        }
    ) => {
        $(
            HPyDef_METH!($name, stringify!($name), HPyFunc_VARARGS, |$ctx, _self, args, nargs| unsafe {
                #[allow(unused_variables)]
                let [$($arg),*] = $crate::support::arguments(stringify!($name), args, nargs);
                $crate::support::Give::give($body, $ctx)
            });
        )*
        pub static $module: HPyModuleDef = HPyModuleDef!(
            defines = [$($name,)* $($($more,)*)?]
            $(, globals = [$($global),*])?
        );
    };
}

/// The arguments of a function of [`functions!`]: as many as it has names.
pub unsafe fn arguments<const N: usize>(function: &str, args: *const HPy, nargs: usize) -> [HPy; N] {
    assert!(nargs == N, "{function} takes {N} arguments, and got {nargs}");
    if N == 0 { [HPy_NULL; N] } else { unsafe { *args.cast() } }
}

/// The arguments of a method.
pub unsafe fn slice<'a>(args: *const HPy, nargs: usize) -> &'a [HPy] {
    if nargs == 0 { &[] } else { unsafe { core::slice::from_raw_parts(args, nargs) } }
}

/// The results that a function can return to Python. With an exception set, the result has to be the error value.
pub trait Give {
    unsafe fn give(self, ctx: &HPyContext) -> HPy;
}

impl Give for HPy {
    unsafe fn give(self, ctx: &HPyContext) -> HPy {
        let failed = unsafe { HPyErr_Occurred(ctx) } != 0;
        assert!(failed == HPy_IsNull(self), "a call gave a handle and set an exception, or neither");
        self
    }
}

impl Give for () {
    unsafe fn give(self, ctx: &HPyContext) -> HPy {
        let failed = unsafe { HPyErr_Occurred(ctx) } != 0;
        if failed { HPy_NULL } else { unsafe { HPy_Dup(ctx, ctx.h_None) } }
    }
}

impl Give for bool {
    unsafe fn give(self, ctx: &HPyContext) -> HPy {
        unsafe { HPyBool_FromBool(ctx, self) }
    }
}

macro_rules! give_number {
    ($($type:ty: $make:ident, $error:expr;)*) => {
        $(impl Give for $type {
            unsafe fn give(self, ctx: &HPyContext) -> HPy {
                unsafe {
                    if HPyErr_Occurred(ctx) != 0 {
                        assert!(self == $error, "an exception is set, and the call gave {self}");
                        return HPy_NULL;
                    }
                    $make(ctx, self)
                }
            }
        })*
    };
}

give_number! {
    i32: HPyLong_FromInt32_t, -1;
    u32: HPyLong_FromUInt32_t, u32::MAX;
    i64: HPyLong_FromInt64_t, -1;
    u64: HPyLong_FromUInt64_t, u64::MAX;
    isize: HPyLong_FromSsize_t, -1;
    usize: HPyLong_FromSize_t, usize::MAX;
    f64: HPyFloat_FromDouble, -1.0;
}

/// A C string; null is an error if there is one, and `None` otherwise.
impl Give for *const c_char {
    unsafe fn give(self, ctx: &HPyContext) -> HPy {
        unsafe {
            if self.is_null() {
                return ().give(ctx);
            }
            assert!(HPyErr_Occurred(ctx) == 0, "an exception is set, and the call gave a string");
            HPyUnicode_FromString(ctx, self)
        }
    }
}

impl Give for &str {
    unsafe fn give(self, ctx: &HPyContext) -> HPy {
        let text = CString::new(self).expect("there is no NUL in it");
        unsafe { HPyUnicode_FromString(ctx, text.as_ptr()) }
    }
}

/// A tuple.
impl<T: Give + Copy, const N: usize> Give for [T; N] {
    unsafe fn give(self, ctx: &HPyContext) -> HPy {
        unsafe {
            let builder = HPyTupleBuilder_New(ctx, N as HPy_ssize_t);
            for (index, item) in self.into_iter().enumerate() {
                let item = item.give(ctx);
                HPyTupleBuilder_Set(ctx, builder, index as HPy_ssize_t, item);
                HPy_Close(ctx, item);
            }
            HPyTupleBuilder_Build(ctx, builder)
        }
    }
}

/// `HPy_NULL` for `...`, and any other object as it is.
pub unsafe fn or_null(ctx: &HPyContext, h: HPy) -> HPy {
    if unsafe { HPy_Is(ctx, h, ctx.h_Ellipsis) } != 0 { HPy_NULL } else { h }
}

/// The C string of a str or bytes, for as long as the object lives; null for `...`.
pub unsafe fn c_string(ctx: &HPyContext, h: HPy) -> *const c_char {
    unsafe {
        let h = or_null(ctx, h);
        let text = if HPy_IsNull(h) {
            return core::ptr::null();
        } else if HPyBytes_Check(ctx, h) != 0 {
            HPyBytes_AsString(ctx, h)
        } else {
            HPyUnicode_AsUTF8AndSize(ctx, h, core::ptr::null_mut())
        };
        assert!(!text.is_null(), "a str or bytes is needed");
        text
    }
}

/// The text of a str.
pub unsafe fn string<'a>(ctx: &HPyContext, h: HPy) -> &'a str {
    unsafe { CStr::from_ptr(c_string(ctx, h)) }.to_str().expect("it is UTF-8")
}

/// The value of an int.
pub unsafe fn int(ctx: &HPyContext, h: HPy) -> i64 {
    let value = unsafe { HPyLong_AsInt64_t(ctx, h) };
    assert!(value != -1 || unsafe { HPyErr_Occurred(ctx) } == 0, "an int of 64 bits is needed");
    value
}

/// The items of a list or tuple, as handles that are closed with [`close_all`].
pub unsafe fn items(ctx: &HPyContext, sequence: HPy) -> Vec<HPy> {
    unsafe { (0..HPy_Length(ctx, sequence)).map(|index| HPy_GetItem_i(ctx, sequence, index)).collect() }
}

pub unsafe fn close_all(ctx: &HPyContext, handles: Vec<HPy>) {
    handles.into_iter().for_each(|h| unsafe { HPy_Close(ctx, h) });
}

/// Makes types and puts them into a module: 0, or -1 with an exception set.
pub unsafe fn add_types(ctx: &HPyContext, module: HPy, specs: &[(&CStr, &HPyType_Spec)]) -> c_int {
    for (name, spec) in specs {
        let made = HPyType_FromSpec(ctx, *spec, core::ptr::null());
        if HPy_IsNull(made) {
            return -1;
        }
        let result = HPy_SetAttr_s(ctx, module, name.as_ptr(), made);
        HPy_Close(ctx, made);
        if result < 0 {
            return -1;
        }
    }
    0
}
