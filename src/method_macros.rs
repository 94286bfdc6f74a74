// src/method_macros.rs: the kinds of methods beside the ordinary ones: of classes, static ones, and those in the place of a slot.

/// Defines a class method of a type, as [`HPyDef_METH!`](crate::HPyDef_METH) defines a method: `self` is the class.
///
/// Natively and through this project's loader; others refuse the type: "Unsupported HPyMeth signature".
///
/// Source: an extra, HPy 0.9 has no class methods. CPython: `METH_CLASS`.
#[macro_export]
macro_rules! HPyDef_CLASSMETH {
    ($(#[$attribute:meta])* $vis:vis $sym:ident, $name:expr, $signature:ident, $($implementation:tt)+) => {
        $crate::__hpy_promise! {
            HPyDef_METH [@define [$(#[$attribute])* $vis static $sym, $name, $signature HPyMeth_CLASS]]
            [$($implementation)+] $($implementation)+
        }
    };
}

/// Defines a static method of a type, as [`HPyDef_METH!`](crate::HPyDef_METH) defines a method: `self` is `HPy_NULL`.
///
/// Natively and through this project's loader; others refuse the type: "Unsupported HPyMeth signature".
///
/// Source: an extra, HPy 0.9 has no static methods. CPython: `METH_STATIC`.
#[macro_export]
macro_rules! HPyDef_STATICMETH {
    ($(#[$attribute:meta])* $vis:vis $sym:ident, $name:expr, $signature:ident, $($implementation:tt)+) => {
        $crate::__hpy_promise! {
            HPyDef_METH [@define [$(#[$attribute])* $vis static $sym, $name, $signature HPyMeth_STATIC]]
            [$($implementation)+] $($implementation)+
        }
    };
}

/// Defines a method that Python code finds in the place of the slot of its name, as [`HPyDef_METH!`](crate::HPyDef_METH) defines
/// a method: `HPyDef_COEXISTMETH!(SYM, "__contains__", HPyFunc_O, implementation)`.
///
/// Calls by name go to it, and take no tuple. The type has the slot too, for operators and C code.
///
/// Natively and through this project's loader; others refuse the type: "Unsupported HPyMeth signature".
///
/// Source: an extra, HPy 0.9 has no such methods. CPython: `METH_COEXIST`.
#[macro_export]
macro_rules! HPyDef_COEXISTMETH {
    ($(#[$attribute:meta])* $vis:vis $sym:ident, $name:expr, $signature:ident, $($implementation:tt)+) => {
        $crate::__hpy_promise! {
            HPyDef_METH [@define [$(#[$attribute])* $vis static $sym, $name, $signature HPyMeth_COEXIST]]
            [$($implementation)+] $($implementation)+
        }
    };
}
