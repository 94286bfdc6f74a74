// src/slot_macro.rs: HPyDef_SLOT! for a slot that HPy has, and what it says of CPython's that HPy has not.

/// Refuses the slots of CPython that HPy has not: rustc would suggest another one whose name is similar.
#[doc(hidden)]
#[macro_export]
macro_rules! __hpy_slot {
    (HPy_am_send; $($rest:tt)*) => {
        $crate::__private::core::compile_error!("HPy has no slot `HPy_am_send`: a type of the shape `HPyType_BuiltinShape_Legacy` may have CPython's in `legacy_slots`");
    };
    (HPy_tp_getattr; $($rest:tt)*) => {
        $crate::__private::core::compile_error!("HPy has no slot `HPy_tp_getattr`: `HPy_tp_getattro` gets the name as an object");
    };
    (HPy_tp_setattr; $($rest:tt)*) => {
        $crate::__private::core::compile_error!("HPy has no slot `HPy_tp_setattr`: `HPy_tp_setattro` gets the name as an object");
    };
    (HPy_tp_dealloc; $($rest:tt)*) => {
        $crate::__private::core::compile_error!("HPy has no slot `HPy_tp_dealloc`: an instance frees what it owns in `HPy_tp_destroy`");
    };
    (HPy_tp_free; $($rest:tt)*) => {
        $crate::__private::core::compile_error!("HPy has no slot `HPy_tp_free`: an instance frees what it owns in `HPy_tp_destroy`");
    };
    (HPy_tp_clear; $($rest:tt)*) => {
        $crate::__private::core::compile_error!("HPy has no slot `HPy_tp_clear`: the runtime clears all fields that `HPy_tp_traverse` visits");
    };
    (HPy_tp_alloc; $($rest:tt)*) => {
        $crate::__private::core::compile_error!("HPy has no slot `HPy_tp_alloc`: `HPy_New` makes instances");
    };
    (HPy_tp_del; $($rest:tt)*) => {
        $crate::__private::core::compile_error!("HPy has no slot `HPy_tp_del`: `HPy_tp_finalize` runs before an instance goes");
    };
    (HPy_tp_is_gc; $($rest:tt)*) => {
        $crate::__private::core::compile_error!("HPy has no slot `HPy_tp_is_gc`: a flag of the description, `HPy_TPFLAGS_HAVE_GC`, says it");
    };
    (HPy_tp_vectorcall; $($rest:tt)*) => {
        $crate::__private::core::compile_error!("HPy has no slot `HPy_tp_vectorcall`: `HPy_tp_call` is called without a tuple already");
    };
    (HPy_tp_doc; $($rest:tt)*) => {
        $crate::__private::core::compile_error!("HPy has no slot `HPy_tp_doc`: `doc = ..` of the description says it");
    };
    (HPy_tp_base; $($rest:tt)*) => {
        $crate::__private::core::compile_error!("HPy has no slot `HPy_tp_base`: a `HPyType_SpecParam` says it");
    };
    (HPy_tp_bases; $($rest:tt)*) => {
        $crate::__private::core::compile_error!("HPy has no slot `HPy_tp_bases`: a `HPyType_SpecParam` says it");
    };
    (HPy_tp_methods; $($rest:tt)*) => {
        $crate::__private::core::compile_error!("HPy has no slot `HPy_tp_methods`: each method is a `HPyDef_METH!`");
    };
    (HPy_tp_members; $($rest:tt)*) => {
        $crate::__private::core::compile_error!("HPy has no slot `HPy_tp_members`: each member is a `HPyDef_MEMBER!`");
    };
    (HPy_tp_getset; $($rest:tt)*) => {
        $crate::__private::core::compile_error!("HPy has no slot `HPy_tp_getset`: each attribute is a `HPyDef_GETSET!`");
    };
    ($slot:ident; [$($definition:tt)*] $($implementation:tt)+) => {
        $crate::__hpy_promise! {
            HPyDef_SLOT [@define [$($definition)*, $slot]] [$($implementation)+] $($implementation)+
        }
    };
}
