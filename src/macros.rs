// src/macros.rs: HPy's definition macros, under HPy's names.
//
// A macro that takes an implementation takes the name of a function or a closure. A closure's body may call HPy without
// writing `unsafe`, as the whole definition is one promise to CPython.

use core::ffi::CStr;

/// The C string in `text`, whose last byte is the terminator that the macros add.
#[doc(hidden)]
pub const fn c_string(text: &'static str) -> &'static CStr {
    match CStr::from_bytes_with_nul(text.as_bytes()) {
        Ok(text) => text,
        Err(_) => panic!("this string has a NUL in it, and Python sees it up to there only"),
    }
}

/// A string literal as a pointer to a C string, checked at compile time.
#[doc(hidden)]
#[macro_export]
macro_rules! __hpy_c_string {
    ($text:expr) => {
        const { $crate::__private::c_string(concat!($text, "\0")) }.as_ptr()
    };
}

/// Implements a calling convention for a type of its own, and gives the function that CPython calls, and the
/// implementation as a C function where somebody calls it.
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
    ($vis:vis $sym:ident, $name:expr, $signature:ident, $impl:expr $(, doc = $doc:literal)? $(,)?) => {
        #[allow(non_upper_case_globals)]
        $vis static $sym: $crate::HPyDef = {
            #[allow(unused_mut, unused_assignments)]
            let mut __hpy_doc = $crate::__private::ptr::null();
            $(__hpy_doc = $crate::__hpy_c_string!($doc);)?
            let (__hpy_call, __hpy_direct) =
                $crate::__hpy_trampoline!(convention::$signature, implementation::$signature, $impl);
            $crate::HPyDef::meth(
                $crate::__hpy_c_string!($name),
                $crate::$signature,
                __hpy_direct,
                __hpy_call as *const (),
                __hpy_doc,
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
    ($vis:vis $sym:ident, $slot:ident, $impl:expr $(,)?) => {
        #[allow(non_upper_case_globals)]
        $vis static $sym: $crate::HPyDef = {
            let (__hpy_call, __hpy_direct) = $crate::__hpy_trampoline!(slot::$slot, slot_implementation::$slot, $impl);
            $crate::HPyDef::slot($crate::$slot, __hpy_direct, __hpy_call as *const ())
        };
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
    ($vis:vis $sym:ident, $name:literal, $type:expr, $offset:expr $(, readonly = $readonly:expr)? $(, doc = $doc:literal)? $(,)?) => {
        #[allow(non_upper_case_globals)]
        $vis static $sym: $crate::HPyDef = $crate::HPyDef::member($crate::HPyMember {
            name: $crate::__hpy_c_string!($name),
            type_: $type,
            offset: $offset as $crate::HPy_ssize_t,
            $(readonly: $readonly as $crate::c_int,)?
            $(doc: $crate::__hpy_c_string!($doc),)?
            ..$crate::HPyMember::EMPTY
        });
    };
}

/// Defines an attribute that a function reads: `HPyDef_GET!(SYM, "name", getter)`.
///
/// `doc = "..."` and `closure = pointer` may follow, in this order.
///
/// Source: HPy `HPyDef_GET`, `HPyDef_GET_IMPL`.
#[macro_export]
macro_rules! HPyDef_GET {
    ($vis:vis $sym:ident, $name:literal, $get:expr $(, doc = $doc:literal)? $(, closure = $closure:expr)? $(,)?) => {
        #[allow(non_upper_case_globals)]
        $vis static $sym: $crate::HPyDef = {
            let (__hpy_get, __hpy_get_direct) =
                $crate::__hpy_trampoline!(convention::HPyFunc_GETTER, implementation::HPyFunc_GETTER, $get);
            $crate::HPyDef::getset($crate::HPyGetSet {
                name: $crate::__hpy_c_string!($name),
                getter_impl: __hpy_get_direct,
                getter_cpy_trampoline: Some(__hpy_get),
                $(doc: $crate::__hpy_c_string!($doc),)?
                $(closure: $closure,)?
                ..$crate::HPyGetSet::EMPTY
            })
        };
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
    ($vis:vis $sym:ident, $name:literal, $set:expr $(, doc = $doc:literal)? $(, closure = $closure:expr)? $(,)?) => {
        #[allow(non_upper_case_globals)]
        $vis static $sym: $crate::HPyDef = {
            let (__hpy_set, __hpy_set_direct) =
                $crate::__hpy_trampoline!(convention::HPyFunc_SETTER, implementation::HPyFunc_SETTER, $set);
            $crate::HPyDef::getset($crate::HPyGetSet {
                name: $crate::__hpy_c_string!($name),
                setter_impl: __hpy_set_direct,
                setter_cpy_trampoline: Some(__hpy_set),
                $(doc: $crate::__hpy_c_string!($doc),)?
                $(closure: $closure,)?
                ..$crate::HPyGetSet::EMPTY
            })
        };
    };
}

/// Defines an attribute with a getter and a setter: `HPyDef_GETSET!(SYM, "name", getter, setter)`.
///
/// `doc = "..."` and `closure = pointer` may follow, in this order.
///
/// Source: HPy `HPyDef_GETSET`, `HPyDef_GETSET_IMPL`.
#[macro_export]
macro_rules! HPyDef_GETSET {
    ($vis:vis $sym:ident, $name:literal, $get:expr, $set:expr $(, doc = $doc:literal)? $(, closure = $closure:expr)? $(,)?) => {
        #[allow(non_upper_case_globals, clippy::needless_update)]
        $vis static $sym: $crate::HPyDef = {
            let (__hpy_get, __hpy_get_direct) =
                $crate::__hpy_trampoline!(convention::HPyFunc_GETTER, implementation::HPyFunc_GETTER, $get);
            let (__hpy_set, __hpy_set_direct) =
                $crate::__hpy_trampoline!(convention::HPyFunc_SETTER, implementation::HPyFunc_SETTER, $set);
            $crate::HPyDef::getset($crate::HPyGetSet {
                name: $crate::__hpy_c_string!($name),
                getter_impl: __hpy_get_direct,
                getter_cpy_trampoline: Some(__hpy_get),
                setter_impl: __hpy_set_direct,
                setter_cpy_trampoline: Some(__hpy_set),
                $(doc: $crate::__hpy_c_string!($doc),)?
                $(closure: $closure,)?
                ..$crate::HPyGetSet::EMPTY
            })
        };
    };
}

/// Defines a function that [`HPy_SetCallFunction`](crate::HPy_SetCallFunction) gives to single objects:
/// `HPyDef_CALL_FUNCTION!(SYM, implementation)`, with the convention `HPyFunc_KEYWORDS`.
///
/// Source: HPy `HPyDef_CALL_FUNCTION`.
#[macro_export]
macro_rules! HPyDef_CALL_FUNCTION {
    ($vis:vis $sym:ident, $impl:expr $(,)?) => {
        #[allow(non_upper_case_globals)]
        $vis static $sym: $crate::HPyCallFunction = {
            let (__hpy_call, __hpy_direct) =
                $crate::__hpy_trampoline!(convention::HPyFunc_KEYWORDS, implementation::HPyFunc_KEYWORDS, $impl);
            $crate::HPyCallFunction { cpy_trampoline: Some(__hpy_call), impl_: __hpy_direct }
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
    ($vis:vis $sym:ident, $impl:expr $(,)?) => {
        #[allow(non_upper_case_globals)]
        $vis static $sym: $crate::HPyCapsule_Destructor = {
            let (__hpy_call, __hpy_direct) = $crate::__hpy_trampoline!(
                convention::HPyFunc_CAPSULE_DESTRUCTOR,
                implementation::HPyFunc_CAPSULE_DESTRUCTOR,
                $impl
            );
            $crate::HPyCapsule_Destructor { cpy_trampoline: Some(__hpy_call), impl_: __hpy_direct }
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
    ($vis:vis $sym:ident, $value:expr $(,)?) => {
        #[allow(non_upper_case_globals)]
        $vis static $sym: $crate::HPyDef =
            $crate::HPyDef::slot($crate::HPy_mod_multiple_interpreters, None, $crate::__private::ptr::without_provenance($value as usize));
    };
}

/// Says whether a module needs the global lock: `HPyDef_GIL!(SYM, HPy_MOD_GIL_NOT_USED)`.
///
/// A CPython without such a thing ignores it.
///
/// Source: hpy-sys's own; CPython `Py_mod_gil`.
#[macro_export]
macro_rules! HPyDef_GIL {
    ($vis:vis $sym:ident, $value:expr $(,)?) => {
        #[allow(non_upper_case_globals)]
        $vis static $sym: $crate::HPyDef =
            $crate::HPyDef::slot($crate::HPy_mod_gil, None, $crate::__private::ptr::without_provenance($value as usize));
    };
}

/// Declares the struct of a type: `HPyType_HELPERS!(Point)`, or `HPyType_HELPERS!(Point, HPyType_BuiltinShape_List)`.
///
/// It implements [`HPyStruct`](crate::HPyStruct): `Point::AsStruct(ctx, h)` is the struct of the object `h`, and
/// `Point::SHAPE` is what the type's description gives as `builtin_shape`.
///
/// Source: HPy `HPyType_HELPERS`, `HPyType_LEGACY_HELPERS`, `SHAPE`.
#[macro_export]
macro_rules! HPyType_HELPERS {
    ($type:ty $(,)?) => {
        $crate::HPyType_HELPERS!($type, $crate::HPyType_BuiltinShape_Object);
    };
    ($type:ty, $shape:expr $(,)?) => {
        // SAFETY: whoever declares the struct uses it for types of this shape.
        unsafe impl $crate::HPyStruct for $type {
            const SHAPE: $crate::HPyType_BuiltinShape = $shape;
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

/// A list of pointers to statics that ends with null: `HPyDefines![a, b]` for the `defines` of a description.
#[macro_export]
macro_rules! HPyDefines {
    ($($def:expr),* $(,)?) => {{
        static __HPY_LIST: $crate::NullTerminated<$crate::HPyDef, { <[&str]>::len(&[$(stringify!($def)),*]) + 1 }> =
            $crate::NullTerminated([$(&raw const $def,)* $crate::__private::ptr::null()]);
        (&raw const __HPY_LIST).cast::<*const $crate::HPyDef>()
    }};
}

/// Describes a type: `HPyType_Spec!(name = "module.Point", basicsize = size_of::<Point>(), defines = [x, y])`.
///
/// The fields are those of [`HPyType_Spec`](struct@crate::HPyType_Spec); what is left out is zero.
///
/// Source: HPy `HPyType_Spec`.
#[macro_export]
macro_rules! HPyType_Spec {
    (@set $spec:ident;) => {};
    (@set $spec:ident; name = $value:literal $(, $($rest:tt)*)?) => {
        $spec.name = $crate::__hpy_c_string!($value);
        $crate::HPyType_Spec!(@set $spec; $($($rest)*)?);
    };
    (@set $spec:ident; doc = $value:literal $(, $($rest:tt)*)?) => {
        $spec.doc = $crate::__hpy_c_string!($value);
        $crate::HPyType_Spec!(@set $spec; $($($rest)*)?);
    };
    (@set $spec:ident; defines = [$($def:expr),* $(,)?] $(, $($rest:tt)*)?) => {
        $spec.defines = $crate::HPyDefines![$($def),*];
        $crate::HPyType_Spec!(@set $spec; $($($rest)*)?);
    };
    (@set $spec:ident; basicsize = $value:expr $(, $($rest:tt)*)?) => {
        $spec.basicsize = $value as $crate::c_int;
        $crate::HPyType_Spec!(@set $spec; $($($rest)*)?);
    };
    (@set $spec:ident; itemsize = $value:expr $(, $($rest:tt)*)?) => {
        $spec.itemsize = $value as $crate::c_int;
        $crate::HPyType_Spec!(@set $spec; $($($rest)*)?);
    };
    (@set $spec:ident; $field:ident = $value:expr $(, $($rest:tt)*)?) => {
        $spec.$field = $value;
        $crate::HPyType_Spec!(@set $spec; $($($rest)*)?);
    };
    ($($fields:tt)*) => {{
        let mut __hpy_spec = $crate::HPyType_Spec::EMPTY;
        $crate::HPyType_Spec!(@set __hpy_spec; $($fields)*);
        __hpy_spec
    }};
}

/// Describes a module: `HPyModuleDef!(doc = "What it is for.", defines = [function, exec])`.
///
/// The fields are those of [`HPyModuleDef`](struct@crate::HPyModuleDef); what is left out is zero.
///
/// Source: HPy `HPyModuleDef`.
#[macro_export]
macro_rules! HPyModuleDef {
    (@set $module:ident;) => {};
    (@set $module:ident; doc = $value:literal $(, $($rest:tt)*)?) => {
        $module.doc = $crate::__hpy_c_string!($value);
        $crate::HPyModuleDef!(@set $module; $($($rest)*)?);
    };
    (@set $module:ident; defines = [$($def:expr),* $(,)?] $(, $($rest:tt)*)?) => {
        $module.defines = $crate::HPyDefines![$($def),*];
        $crate::HPyModuleDef!(@set $module; $($($rest)*)?);
    };
    (@set $module:ident; globals = [$($global:expr),* $(,)?] $(, $($rest:tt)*)?) => {
        $module.globals = {
            static __HPY_LIST: $crate::NullTerminated<$crate::HPyGlobal, { <[&str]>::len(&[$(stringify!($global)),*]) + 1 }> =
                $crate::NullTerminated([$(&raw const $global,)* $crate::__private::ptr::null()]);
            (&raw const __HPY_LIST).cast::<*const $crate::HPyGlobal>()
        };
        $crate::HPyModuleDef!(@set $module; $($($rest)*)?);
    };
    (@set $module:ident; $field:ident = $value:expr $(, $($rest:tt)*)?) => {
        $module.$field = $value;
        $crate::HPyModuleDef!(@set $module; $($($rest)*)?);
    };
    ($($fields:tt)*) => {{
        #[allow(unused_mut)]
        let mut __hpy_module = $crate::HPyModuleDef::EMPTY;
        $crate::HPyModuleDef!(@set __hpy_module; $($fields)*);
        __hpy_module
    }};
}
