// src/advice_macros.rs: HPyDef_MULTIPLE_INTERPRETERS! and HPyDef_GIL!: what a module says of interpreters and threads.

/// Says in which interpreters a module can be imported:
/// `HPyDef_MULTIPLE_INTERPRETERS!(SYM, unsafe { HPy_MOD_PER_INTERPRETER_GIL_SUPPORTED })`.
///
/// A CPython without such a thing ignores it.
///
/// # Safety
/// `HPy_MOD_MULTIPLE_INTERPRETERS_NOT_SUPPORTED` is no promise. The others are: the functions of the module keep what belongs
/// to one interpreter in [`HPyGlobal`](crate::HPyGlobal)s, which have a value for each, and not in other statics; with an own
/// lock for each interpreter, they also share nothing between threads that is not made for it.
///
/// Source: hpy-sys's own; CPython `Py_mod_multiple_interpreters`.
#[macro_export]
macro_rules! HPyDef_MULTIPLE_INTERPRETERS {
    (@define $definition:tt $given:tt $(,)?) => {
        $crate::__hpy_advice! {
            HPy_mod_multiple_interpreters, HPy_MOD_MULTIPLE_INTERPRETERS_NOT_SUPPORTED,
            "that a module works in several interpreters is a promise: write `unsafe {{ VALUE }}`";
            $definition $given
        }
    };
    ($(#[$attribute:meta])* $vis:vis $sym:ident, $($value:tt)+) => {
        $crate::__hpy_promise! {
            HPyDef_MULTIPLE_INTERPRETERS [@define [$(#[$attribute])* $vis static $sym]] [$($value)+] $($value)+
        }
    };
}

/// Says whether a module needs the global lock: `HPyDef_GIL!(SYM, unsafe { HPy_MOD_GIL_NOT_USED })`.
///
/// A CPython without such a thing ignores it.
///
/// # Safety
/// `HPy_MOD_GIL_USED` is no promise. `HPy_MOD_GIL_NOT_USED` is: the functions of the module share nothing between threads
/// that is not made for it.
///
/// Source: hpy-sys's own; CPython `Py_mod_gil`.
#[macro_export]
macro_rules! HPyDef_GIL {
    (@define $definition:tt $given:tt $(,)?) => {
        $crate::__hpy_advice! {
            HPy_mod_gil, HPy_MOD_GIL_USED,
            "that a module needs no global lock is a promise: write `unsafe {{ VALUE }}`";
            $definition $given
        }
    };
    ($(#[$attribute:meta])* $vis:vis $sym:ident, $($value:tt)+) => {
        $crate::__hpy_promise! {
            HPyDef_GIL [@define [$(#[$attribute])* $vis static $sym]] [$($value)+] $($value)+
        }
    };
}

/// A slot that holds a number; one that is not promised has to be the one that promises nothing.
#[doc(hidden)]
#[macro_export]
macro_rules! __hpy_advice {
    (
        $slot:ident, $harmless:ident, $message:literal;
        [$(#[$attribute:meta])* $vis:vis static $sym:ident] [$kind:ident $value:expr]
    ) => {
        $(#[$attribute])*
        #[allow(non_upper_case_globals, unused_unsafe)]
        $vis static $sym: $crate::HPyDef = {
            const __HPY_VALUE: $crate::__private::core::primitive::usize = $value as _;
            $crate::__hpy_advice!(@check $kind, __HPY_VALUE, $crate::$harmless, $message);
            // SAFETY: CPython takes the number as it is.
            unsafe {
                $crate::HPyDef::slot(
                    $crate::$slot, $crate::__private::Direct::NONE, $crate::__private::ptr::without_provenance(__HPY_VALUE),
                )
            }
        };
    };
    (@check promised, $value:expr, $harmless:expr, $message:literal) => {};
    (@check safe, $value:expr, $harmless:expr, $message:literal) => {
        const _: () = $crate::__private::core::assert!($value == $harmless as _, $message);
    };
}
