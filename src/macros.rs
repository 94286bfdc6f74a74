// src/macros.rs: HPy's definition macros, under HPy's names.
//
// A macro that takes an implementation takes the name of a function or a closure. A closure's body may call HPy without
// writing `unsafe`, as the whole definition is one promise to CPython. A macro names everything by a full path, so that no
// name of the author's comes in between.

use core::ffi::CStr;

/// The C string in `text`, whose last byte is the terminator that the macros add.
#[doc(hidden)]
pub const fn c_string(text: &'static str) -> &'static CStr {
    match CStr::from_bytes_with_nul(text.as_bytes()) {
        Ok(text) => text,
        Err(_) => panic!("this string has a NUL in it, and Python sees it up to there only"),
    }
}

/// The bytes of `text` and a terminator; `SIZE` counts both.
#[doc(hidden)]
pub const fn terminated<const SIZE: usize>(text: &str) -> [u8; SIZE] {
    let (mut bytes, mut at) = ([0; SIZE], 0);
    while at < text.len() {
        bytes[at] = text.as_bytes()[at];
        at += 1;
    }
    bytes
}

/// Bytes that are a text.
#[doc(hidden)]
pub const fn text(bytes: &'static [u8]) -> &'static str {
    match core::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(_) => panic!("these bytes are no text"),
    }
}

/// A constant text with a terminator: a literal, `concat!(..)`, `include_str!(..)`, the name of a constant.
#[doc(hidden)]
#[macro_export]
macro_rules! __hpy_terminated {
    ($text:expr) => {{
        const __HPY_TEXT: &$crate::__private::core::primitive::str = $text;
        const __HPY_BYTES: &[$crate::__private::core::primitive::u8; __HPY_TEXT.len() + 1] =
            &$crate::__private::terminated(__HPY_TEXT);
        const __HPY_TERMINATED: &$crate::__private::core::primitive::str = $crate::__private::text(__HPY_BYTES);
        __HPY_TERMINATED
    }};
}

/// A constant text as a pointer to a C string, checked at compile time.
#[doc(hidden)]
#[macro_export]
macro_rules! __hpy_c_string {
    ($text:expr) => {
        const { $crate::__private::c_string($crate::__hpy_terminated!($text)) }.as_ptr()
    };
}

/// The number of expressions, which are not evaluated; a path may have an attribute.
#[doc(hidden)]
#[macro_export]
macro_rules! __hpy_count {
    (@one $item:expr) => {
        ()
    };
    (@paths $($(#[$attribute:meta])* $item:path),*) => {
        <[()]>::len(&[$($(#[$attribute])* $crate::__hpy_count!(@one $item)),*])
    };
    ($($item:expr),* $(,)?) => {
        <[()]>::len(&[$($crate::__hpy_count!(@one $item)),*])
    };
}

/// What is given, or else the default.
#[doc(hidden)]
#[macro_export]
macro_rules! __hpy_or {
    ([], $default:expr) => {
        $default
    };
    ([$given:expr], $default:expr) => {
        $given
    };
}

/// The docstring that is given, or null.
#[doc(hidden)]
#[macro_export]
macro_rules! __hpy_doc {
    () => {
        $crate::__private::ptr::null()
    };
    ($doc:expr) => {
        $crate::__hpy_c_string!($doc)
    };
}

/// Implements a calling convention for a type of its own, and gives the function that CPython calls, and the
/// second function that the runtime has a use for.
#[doc(hidden)]
#[macro_export]
macro_rules! __hpy_trampoline {
    ($($convention:ident)::+, $($implementation:ident)::+, $body:expr) => {{
        struct __HpyImplementation;
        impl $crate::$($convention)::+ for __HpyImplementation {
            const IMPL: $crate::$($implementation)::+ = {
                #[allow(unused_unsafe)]
                // SAFETY: whoever writes a definition promises that it does what its convention asks.
                unsafe {
                    $body
                }
            };
        }
        ($crate::$($convention)::+::<__HpyImplementation>, <__HpyImplementation as $crate::$($convention)::+>::DIRECT)
    }};
}

/// Defines a method, or a function of a module: `HPyDef_METH!(SYM, "name", HPyFunc_O, implementation)`.
///
/// `SYM` becomes a `static` [`HPyDef`](crate::HPyDef) that goes into the `defines` of a type or a module. The convention
/// is one of `HPyFunc_NOARGS`, `HPyFunc_O`, `HPyFunc_VARARGS` and `HPyFunc_KEYWORDS`, and the implementation has the type
/// of that name in [`implementation`](crate::implementation). `doc = "..."` may follow, and `pub` may come first.
///
/// ```no_run
/// use hpy_sys::*;
///
/// HPyDef_METH!(double, "double", HPyFunc_O, |ctx, _self, arg| HPy_Add(ctx, arg, arg), doc = "Twice the argument.");
/// ```
///
/// Source: HPy `HPyDef_METH`, `HPyDef_METH_IMPL`.
#[macro_export]
macro_rules! HPyDef_METH {
    (
        $(#[$attribute:meta])* $vis:vis $sym:ident, $name:expr, $signature:ident, $impl:expr
        $(, doc = $doc:expr)? $(,)?
    ) => {
        $(#[$attribute])*
        #[allow(non_upper_case_globals)]
        $vis static $sym: $crate::HPyDef = {
            let (__hpy_call, __hpy_direct) =
                $crate::__hpy_trampoline!(convention::$signature, implementation::$signature, $impl);
            $crate::HPyDef::meth(
                $crate::__hpy_c_string!($name),
                $crate::$signature,
                __hpy_direct,
                __hpy_call as *const (),
                $crate::__hpy_doc!($($doc)?),
            )
        };
    };
}

/// Defines a slot of a type or a module: `HPyDef_SLOT!(SYM, HPy_nb_add, implementation)`.
///
/// The implementation has the type that [`implementation`](crate::implementation) gives for the slot's convention.
///
/// Source: HPy `HPyDef_SLOT`, `HPyDef_SLOT_IMPL`.
#[macro_export]
macro_rules! HPyDef_SLOT {
    ($(#[$attribute:meta])* $vis:vis $sym:ident, $slot:ident, $impl:expr $(,)?) => {
        $crate::__hpy_slot! { $slot; $(#[$attribute])* $vis $sym, $impl }
    };
}

/// Defines an attribute that is a value in the object's struct:
/// `HPyDef_MEMBER!(SYM, "x", HPyMember_DOUBLE, offset_of!(Point, x))`.
///
/// `readonly = 1` and `doc = "..."` may follow, in this order.
///
/// Source: HPy `HPyDef_MEMBER`.
#[macro_export]
macro_rules! HPyDef_MEMBER {
    (
        $(#[$attribute:meta])* $vis:vis $sym:ident, $name:expr, $type:expr, $offset:expr
        $(, readonly = $readonly:expr)? $(, doc = $doc:expr)? $(,)?
    ) => {
        $(#[$attribute])*
        #[allow(non_upper_case_globals)]
        $vis static $sym: $crate::HPyDef = $crate::HPyDef::member(
            $crate::__hpy_c_string!($name),
            $type,
            $offset as $crate::HPy_ssize_t,
            $crate::__hpy_or!([$($readonly as $crate::c_int)?], 0),
            $crate::__hpy_doc!($($doc)?),
        );
    };
}

/// Defines an attribute that a function reads: `HPyDef_GET!(SYM, "name", getter)`.
///
/// `doc = "..."` and `closure = pointer` may follow, in this order.
///
/// Source: HPy `HPyDef_GET`, `HPyDef_GET_IMPL`.
#[macro_export]
macro_rules! HPyDef_GET {
    (
        $(#[$attribute:meta])* $vis:vis $sym:ident, $name:expr, $get:expr
        $(, doc = $doc:expr)? $(, closure = $closure:expr)? $(,)?
    ) => {
        $(#[$attribute])*
        #[allow(non_upper_case_globals)]
        $vis static $sym: $crate::HPyDef = $crate::HPyDef::getset(
            $crate::__hpy_c_string!($name),
            $crate::__private::Some(
                $crate::__hpy_trampoline!(convention::HPyFunc_GETTER, implementation::HPyFunc_GETTER, $get)
            ),
            $crate::__private::None,
            $crate::__hpy_doc!($($doc)?),
            $crate::__hpy_or!([$($closure)?], $crate::__private::ptr::null_mut()),
        );
    };
}

/// Defines an attribute that a function writes and nothing reads: `HPyDef_SET!(SYM, "name", setter)`.
///
/// The setter gets `HPy_NULL` as value when the attribute is deleted. `doc = "..."` and `closure = pointer` may follow,
/// in this order.
///
/// Source: HPy `HPyDef_SET`, `HPyDef_SET_IMPL`.
#[macro_export]
macro_rules! HPyDef_SET {
    (
        $(#[$attribute:meta])* $vis:vis $sym:ident, $name:expr, $set:expr
        $(, doc = $doc:expr)? $(, closure = $closure:expr)? $(,)?
    ) => {
        $(#[$attribute])*
        #[allow(non_upper_case_globals)]
        $vis static $sym: $crate::HPyDef = $crate::HPyDef::getset(
            $crate::__hpy_c_string!($name),
            $crate::__private::None,
            $crate::__private::Some(
                $crate::__hpy_trampoline!(convention::HPyFunc_SETTER, implementation::HPyFunc_SETTER, $set)
            ),
            $crate::__hpy_doc!($($doc)?),
            $crate::__hpy_or!([$($closure)?], $crate::__private::ptr::null_mut()),
        );
    };
}

/// Defines an attribute with a getter and a setter: `HPyDef_GETSET!(SYM, "name", getter, setter)`.
///
/// `doc = "..."` and `closure = pointer` may follow, in this order.
///
/// Source: HPy `HPyDef_GETSET`, `HPyDef_GETSET_IMPL`.
#[macro_export]
macro_rules! HPyDef_GETSET {
    (
        $(#[$attribute:meta])* $vis:vis $sym:ident, $name:expr, $get:expr, $set:expr
        $(, doc = $doc:expr)? $(, closure = $closure:expr)? $(,)?
    ) => {
        $(#[$attribute])*
        #[allow(non_upper_case_globals)]
        $vis static $sym: $crate::HPyDef = $crate::HPyDef::getset(
            $crate::__hpy_c_string!($name),
            $crate::__private::Some(
                $crate::__hpy_trampoline!(convention::HPyFunc_GETTER, implementation::HPyFunc_GETTER, $get)
            ),
            $crate::__private::Some(
                $crate::__hpy_trampoline!(convention::HPyFunc_SETTER, implementation::HPyFunc_SETTER, $set)
            ),
            $crate::__hpy_doc!($($doc)?),
            $crate::__hpy_or!([$($closure)?], $crate::__private::ptr::null_mut()),
        );
    };
}

/// Defines a function that [`HPy_SetCallFunction`](crate::HPy_SetCallFunction) gives to single objects:
/// `HPyDef_CALL_FUNCTION!(SYM, implementation)`, with the convention `HPyFunc_KEYWORDS`.
///
/// Source: HPy `HPyDef_CALL_FUNCTION`.
#[macro_export]
macro_rules! HPyDef_CALL_FUNCTION {
    ($(#[$attribute:meta])* $vis:vis $sym:ident, $impl:expr $(,)?) => {
        $(#[$attribute])*
        #[allow(non_upper_case_globals)]
        $vis static $sym: $crate::HPyCallFunction = {
            let (__hpy_call, __hpy_direct) =
                $crate::__hpy_trampoline!(slot::HPy_tp_call, slot_implementation::HPy_tp_call, $impl);
            $crate::HPyCallFunction::new(__hpy_call, __hpy_direct)
        };
    };
}

/// Defines what happens when a capsule goes: `HPyCapsule_DESTRUCTOR!(SYM, implementation)`.
///
/// The implementation gets the capsule's name, pointer and context, and no HPy context: it makes no call to Python.
///
/// Source: HPy `HPyCapsule_DESTRUCTOR`.
#[macro_export]
macro_rules! HPyCapsule_DESTRUCTOR {
    ($(#[$attribute:meta])* $vis:vis $sym:ident, $impl:expr $(,)?) => {
        $(#[$attribute])*
        #[allow(non_upper_case_globals)]
        $vis static $sym: $crate::HPyCapsule_Destructor = {
            let (__hpy_call, __hpy_direct) = $crate::__hpy_trampoline!(
                convention::HPyFunc_CAPSULE_DESTRUCTOR,
                implementation::HPyFunc_CAPSULE_DESTRUCTOR,
                $impl
            );
            $crate::HPyCapsule_Destructor::new(__hpy_call, __hpy_direct)
        };
    };
}

/// Says in which interpreters a module can be imported:
/// `HPyDef_MULTIPLE_INTERPRETERS!(SYM, HPy_MOD_PER_INTERPRETER_GIL_SUPPORTED)`.
///
/// A CPython without such a thing ignores it. What belongs to one interpreter is to be kept in
/// [`HPyGlobal`](crate::HPyGlobal)s, which have a value for each, and not in other statics.
///
/// Source: hpy-sys's own; CPython `Py_mod_multiple_interpreters`.
#[macro_export]
macro_rules! HPyDef_MULTIPLE_INTERPRETERS {
    ($(#[$attribute:meta])* $vis:vis $sym:ident, $value:expr $(,)?) => {
        $(#[$attribute])*
        #[allow(non_upper_case_globals)]
        $vis static $sym: $crate::HPyDef =
            $crate::HPyDef::slot($crate::HPy_mod_multiple_interpreters, $crate::__private::None, $crate::__private::ptr::without_provenance($value as usize));
    };
}

/// Says whether a module needs the global lock: `HPyDef_GIL!(SYM, HPy_MOD_GIL_NOT_USED)`.
///
/// A CPython without such a thing ignores it.
///
/// Source: hpy-sys's own; CPython `Py_mod_gil`.
#[macro_export]
macro_rules! HPyDef_GIL {
    ($(#[$attribute:meta])* $vis:vis $sym:ident, $value:expr $(,)?) => {
        $(#[$attribute])*
        #[allow(non_upper_case_globals)]
        $vis static $sym: $crate::HPyDef =
            $crate::HPyDef::slot($crate::HPy_mod_gil, $crate::__private::None, $crate::__private::ptr::without_provenance($value as usize));
    };
}

/// Visits a field in a traverse function: `HPy_VISIT!(visit, arg, &mut this.field)`.
///
/// It returns from the traverse function if the visitor asks for it.
///
/// Source: HPy `HPy_VISIT`.
#[macro_export]
macro_rules! HPy_VISIT {
    ($visit:expr, $arg:expr, $field:expr) => {{
        let __hpy_field: *mut $crate::HPyField = $field;
        if !$crate::HPyField_IsNull(*__hpy_field) {
            let __hpy_result = $visit(__hpy_field, $arg);
            if __hpy_result != 0 {
                return __hpy_result;
            }
        }
    }};
}
