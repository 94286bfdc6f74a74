// src/macros.rs: HPy's definition macros, under HPy's names.
//
// A macro names everything by a full path, so that no name of the author's comes in between, and expands nothing that the
// author wrote inside an `unsafe` of its own: `promise.rs` says where the author writes one.

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
/// functions beside it.
#[doc(hidden)]
#[macro_export]
macro_rules! __hpy_trampoline {
    ($($convention:ident)::+, $($implementation:ident)::+, $given:tt) => {{
        struct __HpyImplementation;
        impl $crate::$($convention)::+ for __HpyImplementation {
            // What the author promises may be more than what rustc asks a promise for.
            #[allow(unused_unsafe)]
            const IMPL: $crate::$($implementation)::+ = $crate::__hpy_given!($crate::$($implementation)::+, $given);
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
/// HPyDef_METH!(double, "double", HPyFunc_O, |ctx, _self, arg| unsafe { HPy_Add(ctx, arg, arg) }, doc = "Twice it.");
/// ```
///
/// # Safety
/// In every definition macro the implementation is a closure whose body is an `unsafe` block, as above, or the name of a
/// function in one: `unsafe { double_impl }`. There the author promises what CPython relies on:
///
/// - It does what the functions that it calls ask for, when its own arguments are what its convention passes: handles that
///   are open until it returns, an array of as many as the count says, the struct of an instance.
/// - A handle that it returns is a new one, or `HPy_NULL` with an exception set. A `HPy_bf_getbuffer` fills the view before
///   it returns 0.
/// - An instance that it gets is one of the type that has the definition among its `defines`.
///
/// A convention that returns no handle and fills no memory also takes a safe closure or function, which has nothing to
/// promise: `HPyDef_SLOT!(exec, HPy_mod_exec, |_ctx, _module| 0)`.
///
/// Source: HPy `HPyDef_METH`, `HPyDef_METH_IMPL`.
#[macro_export]
macro_rules! HPyDef_METH {
    (
        @define [$(#[$attribute:meta])* $vis:vis static $sym:ident, $name:expr, $signature:ident $($kind:ident)?] $given:tt
        $(, doc = $doc:expr)? $(,)?
    ) => {
        $(#[$attribute])*
        #[allow(non_upper_case_globals)]
        $vis static $sym: $crate::HPyDef = {
            let (__hpy_call, __hpy_direct) =
                $crate::__hpy_trampoline!(convention::$signature, implementation::$signature, $given);
            let (__hpy_name, __hpy_doc) = ($crate::__hpy_c_string!($name), $crate::__hpy_doc!($($doc)?));
            // SAFETY: the functions are those of the convention, and the texts are constants.
            unsafe {
                let __hpy_signature = $crate::$signature $(| $crate::$kind as $crate::HPyFunc_Signature)?;
                $crate::HPyDef::meth(__hpy_name, __hpy_signature, __hpy_direct, __hpy_call as *const (), __hpy_doc)
            }
        };
    };
    ($(#[$attribute:meta])* $vis:vis $sym:ident, $name:expr, $signature:ident, $($implementation:tt)+) => {
        $crate::__hpy_promise! {
            HPyDef_METH [@define [$(#[$attribute])* $vis static $sym, $name, $signature]]
            [$($implementation)+] $($implementation)+
        }
    };
}

/// Defines a slot of a type or a module: `HPyDef_SLOT!(SYM, HPy_nb_add, implementation)`.
///
/// The implementation has the type that [`implementation`](crate::implementation) gives for the slot's convention.
/// [`HPyDef_METH!`](crate::HPyDef_METH#safety) says where `unsafe` stands, and for what.
///
/// Source: HPy `HPyDef_SLOT`, `HPyDef_SLOT_IMPL`.
#[macro_export]
macro_rules! HPyDef_SLOT {
    (@define [$(#[$attribute:meta])* $vis:vis static $sym:ident, $slot:ident] $given:tt $(,)?) => {
        $(#[$attribute])*
        #[allow(non_upper_case_globals)]
        $vis static $sym: $crate::HPyDef = {
            let (__hpy_call, __hpy_direct) = $crate::__hpy_trampoline!(slot::$slot, slot_implementation::$slot, $given);
            // SAFETY: the functions are those of the slot.
            unsafe { $crate::HPyDef::slot($crate::$slot, __hpy_direct, __hpy_call as *const ()) }
        };
    };
    ($(#[$attribute:meta])* $vis:vis $sym:ident, $slot:ident, $($implementation:tt)+) => {
        $crate::__hpy_slot! { $slot; [$(#[$attribute])* $vis static $sym] $($implementation)+ }
    };
}

/// A definition of a getter and a setter, either of which may be none.
#[doc(hidden)]
#[macro_export]
macro_rules! __hpy_getset {
    (
        [$(#[$attribute:meta])* $vis:vis static $sym:ident, $name:expr] $get:expr, $set:expr,
        [$($doc:expr)?] [$($closure:expr)?]
    ) => {
        $(#[$attribute])*
        #[allow(non_upper_case_globals)]
        $vis static $sym: $crate::HPyDef = {
            let __hpy_get: $crate::__private::GetFunctions = $get;
            let __hpy_set: $crate::__private::SetFunctions = $set;
            let (__hpy_name, __hpy_doc) = ($crate::__hpy_c_string!($name), $crate::__hpy_doc!($($doc)?));
            let __hpy_closure = $crate::__hpy_or!([$($closure)?], $crate::__private::ptr::null_mut());
            // SAFETY: the functions are those of the conventions, and the texts are constants.
            unsafe { $crate::HPyDef::getset(__hpy_name, __hpy_get, __hpy_set, __hpy_doc, __hpy_closure) }
        };
    };
}

/// Defines an attribute that a function reads: `HPyDef_GET!(SYM, "name", getter)`.
///
/// `doc = "..."` and `closure = pointer` may follow, in this order. [`HPyDef_METH!`](crate::HPyDef_METH#safety) says where
/// `unsafe` stands, and for what.
///
/// Source: HPy `HPyDef_GET`, `HPyDef_GET_IMPL`.
#[macro_export]
macro_rules! HPyDef_GET {
    (
        @define [$(#[$attribute:meta])* $vis:vis static $sym:ident, $name:expr] $given:tt
        $(, doc = $doc:expr)? $(, closure = $closure:expr)? $(,)?
    ) => {
        $crate::__hpy_getset! {
            [$(#[$attribute])* $vis static $sym, $name]
            $crate::__private::Some(
                $crate::__hpy_trampoline!(convention::HPyFunc_GETTER, implementation::HPyFunc_GETTER, $given)
            ),
            $crate::__private::None,
            [$($doc)?] [$($closure)?]
        }
    };
    ($(#[$attribute:meta])* $vis:vis $sym:ident, $name:expr, $($implementation:tt)+) => {
        $crate::__hpy_promise! {
            HPyDef_GET [@define [$(#[$attribute])* $vis static $sym, $name]] [$($implementation)+] $($implementation)+
        }
    };
}

/// Defines an attribute that a function writes and nothing reads: `HPyDef_SET!(SYM, "name", setter)`.
///
/// The setter gets `HPy_NULL` as value when the attribute is deleted. `doc = "..."` and `closure = pointer` may follow,
/// in this order. [`HPyDef_METH!`](crate::HPyDef_METH#safety) says where `unsafe` stands, and for what.
///
/// Source: HPy `HPyDef_SET`, `HPyDef_SET_IMPL`.
#[macro_export]
macro_rules! HPyDef_SET {
    (
        @define [$(#[$attribute:meta])* $vis:vis static $sym:ident, $name:expr] $given:tt
        $(, doc = $doc:expr)? $(, closure = $closure:expr)? $(,)?
    ) => {
        $crate::__hpy_getset! {
            [$(#[$attribute])* $vis static $sym, $name]
            $crate::__private::None,
            $crate::__private::Some(
                $crate::__hpy_trampoline!(convention::HPyFunc_SETTER, implementation::HPyFunc_SETTER, $given)
            ),
            [$($doc)?] [$($closure)?]
        }
    };
    ($(#[$attribute:meta])* $vis:vis $sym:ident, $name:expr, $($implementation:tt)+) => {
        $crate::__hpy_promise! {
            HPyDef_SET [@define [$(#[$attribute])* $vis static $sym, $name]] [$($implementation)+] $($implementation)+
        }
    };
}

/// Defines an attribute with a getter and a setter: `HPyDef_GETSET!(SYM, "name", getter, setter)`.
///
/// `doc = "..."` and `closure = pointer` may follow, in this order. [`HPyDef_METH!`](crate::HPyDef_METH#safety) says where
/// `unsafe` stands, and for what.
///
/// Source: HPy `HPyDef_GETSET`, `HPyDef_GETSET_IMPL`.
#[macro_export]
macro_rules! HPyDef_GETSET {
    (
        @define $definition:tt $get:tt $set:tt $(, doc = $doc:expr)? $(, closure = $closure:expr)? $(,)?
    ) => {
        $crate::__hpy_getset! {
            $definition
            $crate::__private::Some(
                $crate::__hpy_trampoline!(convention::HPyFunc_GETTER, implementation::HPyFunc_GETTER, $get)
            ),
            $crate::__private::Some(
                $crate::__hpy_trampoline!(convention::HPyFunc_SETTER, implementation::HPyFunc_SETTER, $set)
            ),
            [$($doc)?] [$($closure)?]
        }
    };
    (@set $definition:tt $get:tt, $($set:tt)+) => {
        $crate::__hpy_promise! { HPyDef_GETSET [@define $definition $get] [$($set)+] $($set)+ }
    };
    ($(#[$attribute:meta])* $vis:vis $sym:ident, $name:expr, $($implementation:tt)+) => {
        $crate::__hpy_promise! {
            HPyDef_GETSET [@set [$(#[$attribute])* $vis static $sym, $name]] [$($implementation)+] $($implementation)+
        }
    };
}

/// Defines a function that [`HPy_SetCallFunction`](crate::HPy_SetCallFunction) gives to single objects:
/// `HPyDef_CALL_FUNCTION!(SYM, implementation)`, with the convention `HPyFunc_KEYWORDS`.
///
/// [`HPyDef_METH!`](crate::HPyDef_METH#safety) says where `unsafe` stands, and for what.
///
/// Source: HPy `HPyDef_CALL_FUNCTION`.
#[macro_export]
macro_rules! HPyDef_CALL_FUNCTION {
    (@define [$(#[$attribute:meta])* $vis:vis static $sym:ident] $given:tt $(,)?) => {
        $(#[$attribute])*
        #[allow(non_upper_case_globals)]
        $vis static $sym: $crate::HPyCallFunction = {
            let (__hpy_call, __hpy_direct) =
                $crate::__hpy_trampoline!(slot::HPy_tp_call, slot_implementation::HPy_tp_call, $given);
            // SAFETY: the functions are those of the convention.
            unsafe { $crate::HPyCallFunction::new(__hpy_call, __hpy_direct) }
        };
    };
    ($(#[$attribute:meta])* $vis:vis $sym:ident, $($implementation:tt)+) => {
        $crate::__hpy_promise! {
            HPyDef_CALL_FUNCTION [@define [$(#[$attribute])* $vis static $sym]] [$($implementation)+] $($implementation)+
        }
    };
}

/// Defines what happens when a capsule goes: `HPyCapsule_DESTRUCTOR!(SYM, implementation)`.
///
/// The implementation gets the capsule's name, pointer and context, and no HPy context: it makes no call to Python.
/// [`HPyDef_METH!`](crate::HPyDef_METH#safety) says where `unsafe` stands, and for what.
///
/// Source: HPy `HPyCapsule_DESTRUCTOR`.
#[macro_export]
macro_rules! HPyCapsule_DESTRUCTOR {
    (@define [$(#[$attribute:meta])* $vis:vis static $sym:ident] $given:tt $(,)?) => {
        $(#[$attribute])*
        #[allow(non_upper_case_globals)]
        $vis static $sym: $crate::HPyCapsule_Destructor = {
            let (__hpy_call, __hpy_direct) = $crate::__hpy_trampoline!(
                convention::HPyFunc_CAPSULE_DESTRUCTOR,
                implementation::HPyFunc_CAPSULE_DESTRUCTOR,
                $given
            );
            // SAFETY: the functions are those of the convention.
            unsafe { $crate::HPyCapsule_Destructor::new(__hpy_call, __hpy_direct) }
        };
    };
    ($(#[$attribute:meta])* $vis:vis $sym:ident, $($implementation:tt)+) => {
        $crate::__hpy_promise! {
            HPyCapsule_DESTRUCTOR [@define [$(#[$attribute])* $vis static $sym]] [$($implementation)+] $($implementation)+
        }
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
