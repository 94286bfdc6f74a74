// src/describe.rs: the macros that describe types and modules.

/// A list of pointers to statics that ends with null: `HPyDefines![a, b]` for the `defines` of a description.
///
/// An entry may have a `#[cfg(..)]` before it.
#[macro_export]
macro_rules! HPyDefines {
    ($($(#[$attribute:meta])* $def:path),* $(,)?) => {{
        static __HPY_LIST: $crate::NullTerminated<
            $crate::HPyDef, { $crate::__hpy_count!(@paths $($(#[$attribute])* $def),*) + 1 }
        > = $crate::NullTerminated([$($(#[$attribute])* &raw const $def,)* $crate::__private::ptr::null()]);
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
    (@set $spec:ident; name = $value:expr $(, $($rest:tt)*)?) => {
        $spec.name = $crate::__hpy_c_string!($value);
        $crate::HPyType_Spec!(@set $spec; $($($rest)*)?);
    };
    (@set $spec:ident; doc = $value:expr $(, $($rest:tt)*)?) => {
        $spec.doc = $crate::__hpy_c_string!($value);
        $crate::HPyType_Spec!(@set $spec; $($($rest)*)?);
    };
    (@set $spec:ident; defines = [$($(#[$attribute:meta])* $def:path),* $(,)?] $(, $($rest:tt)*)?) => {
        $spec.defines = $crate::HPyDefines![$($(#[$attribute])* $def),*];
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
/// # Safety
/// `legacy_methods` is a promise, `legacy_methods = unsafe { POINTER }`: the pointer is to `PyMethodDef`s up to one that is
/// zero, which live as long as the extension. The other fields are checked.
///
/// Source: HPy `HPyModuleDef`.
#[macro_export]
macro_rules! HPyModuleDef {
    (@set $module:ident;) => {};
    (@set $module:ident; doc = $value:expr $(, $($rest:tt)*)?) => {
        let __hpy_doc = $crate::__hpy_c_string!($value);
        // SAFETY: the text is a constant.
        let $module = unsafe { $module.with_doc(__hpy_doc) };
        $crate::HPyModuleDef!(@set $module; $($($rest)*)?);
    };
    (@set $module:ident; defines = [$($(#[$attribute:meta])* $def:path),* $(,)?] $(, $($rest:tt)*)?) => {
        let __hpy_defines = $crate::HPyDefines![$($(#[$attribute])* $def),*];
        // SAFETY: the list is a static.
        let $module = unsafe { $module.with_defines(__hpy_defines) };
        $crate::HPyModuleDef!(@set $module; $($($rest)*)?);
    };
    (@set $module:ident; globals = [$($(#[$attribute:meta])* $global:path),* $(,)?] $(, $($rest:tt)*)?) => {
        static __HPY_GLOBALS: $crate::NullTerminated<
            $crate::HPyGlobal, { $crate::__hpy_count!(@paths $($(#[$attribute])* $global),*) + 1 }
        > = $crate::NullTerminated([$($(#[$attribute])* &raw const $global,)* $crate::__private::ptr::null()]);
        // SAFETY: the list is a static.
        let $module = unsafe { $module.with_globals((&raw const __HPY_GLOBALS).cast()) };
        $crate::HPyModuleDef!(@set $module; $($($rest)*)?);
    };
    (@set $module:ident; size = $value:expr $(, $($rest:tt)*)?) => {
        let $module = $module.with_size($value);
        $crate::HPyModuleDef!(@set $module; $($($rest)*)?);
    };
    (@set $module:ident; legacy_methods = $($methods:tt)+) => {
        $crate::__hpy_promise! { HPyModuleDef [@legacy $module;] [$($methods)+] $($methods)+ }
    };
    (@legacy $module:ident; [promised $value:expr] $(, $($rest:tt)*)?) => {
        #[allow(unused_unsafe)]
        let __hpy_methods = $value;
        // SAFETY: the author's promise, in the block around the value.
        let $module = unsafe { $module.with_legacy_methods(__hpy_methods) };
        $crate::HPyModuleDef!(@set $module; $($($rest)*)?);
    };
    (@legacy $module:ident; [safe $value:expr] $($rest:tt)*) => {
        $crate::__private::core::compile_error!(
            "that `legacy_methods` ends with a method that is zero is a promise: write `legacy_methods = unsafe { POINTER }`"
        );
    };
    (@set $module:ident; $field:ident = $($rest:tt)*) => {
        $crate::__private::core::compile_error!($crate::__private::core::concat!(
            "a module has no `", $crate::__private::core::stringify!($field),
            "`: its fields are `doc`, `size`, `legacy_methods`, `defines` and `globals`"
        ));
    };
    ($($fields:tt)*) => {{
        let __hpy_module = $crate::HPyModuleDef::EMPTY;
        $crate::HPyModuleDef!(@set __hpy_module; $($fields)*);
        __hpy_module
    }};
}
