// src/c_library.rs: the functions of the library that extensions in C link with, under their C names.
//
// They are symbols of the library, and of no extension that is linked with it: each is hidden.

use crate::__helpers::{NextValue, Value, Values};
#[cfg(feature = "cpython")]
use crate::native::TypeInfo;
use crate::*;

/// Makes a symbol visible up to the border of the extension that it is linked into.
macro_rules! hidden {
    ($symbol:expr) => {
        #[cfg(not(any(windows, target_vendor = "apple")))]
        core::arch::global_asm!(concat!(".hidden ", $symbol));
        #[cfg(target_vendor = "apple")]
        core::arch::global_asm!(concat!(".private_extern _", $symbol));
    };
}

/// Exports functions: `"symbol", function as fn(name: Type) -> Type;`
macro_rules! export {
    ($($symbol:expr, $function:path as fn($($name:ident: $type:ty),* $(,)?) $(-> $result:ty)?;)*) => {
        $(
            const _: () = {
                #[unsafe(export_name = $symbol)]
                unsafe extern "C" fn exported($($name: $type),*) $(-> $result)? {
                    // SAFETY: the caller's promise; the C declaration has the same types.
                    unsafe { $function($($name),*) }
                }
            };
            hidden!($symbol);
        )*
    };
}

/// Calls functions, so that the compiler says if one of them is not defined: `function as fn(name: Type) -> Type;`
macro_rules! is_there {
    ($($function:path as fn($($name:ident: $type:ty),* $(,)?) $(-> $result:ty)?;)*) => {
        $(
            const _: () = {
                #[allow(dead_code)]
                unsafe fn called($($name: $type),*) $(-> $result)? {
                    // SAFETY: it is never run.
                    unsafe { $function($($name),*) }
                }
            };
        )*
    };
}

include!(concat!(env!("OUT_DIR"), "/hpy_exports.rs"));

// What the headers of the CPython ABI ask for.
#[cfg(feature = "cpython")]
export! {
    concat!("_HPyModule_Init_", target_tag!()), module_init as fn(made: &ModuleInit, definition: &HPyModuleDef) -> *mut cpy_PyObject;
    "_HPy_TypeCall", native::type_call as fn(
        object: *mut cpy_PyObject,
        args: *mut cpy_PyObject,
        kw: *mut cpy_PyObject,
        own: ffi::vectorcallfunc,
        direct: ffi::vectorcallfunc,
    ) -> *mut cpy_PyObject;
    "_HPy_PayloadOffset", offset_of_payload as fn(of: *mut ffi::PyTypeObject) -> usize;
    "_HPyErr_TakesNoArguments", native::module::takes_no_arguments as fn(
        module: *mut cpy_PyObject,
        nargs: HPy_ssize_t,
        called: HPyCFunction,
    ) -> *mut cpy_PyObject;
    "_HPyGlobal_LoadEntry", native::load_entry as fn(word: *mut cpy_PyObject) -> HPy;
}

// What the headers ask for where setting `__call__` leaves the vectorcall protocol alone.
#[cfg(all(feature = "cpython", not(cpython_vectorcall_follows_call)))]
export! {
    "_HPy_CallType", native::call_type as fn(
        object: *mut cpy_PyObject,
        args: *const *mut cpy_PyObject,
        nargsf: usize,
        kwnames: *mut cpy_PyObject,
    ) -> *mut cpy_PyObject;
}
#[cfg(all(feature = "cpython", not(cpython_vectorcall_follows_call)))]
hidden!("_HPy_slot_tp_call");

// What the headers of the ABIs with a context ask for.
#[cfg(not(feature = "cpython"))]
export! {
    "_HPyModule_Get", module_get as fn(made: &ModuleInit, definition: &'static HPyModuleDef) -> *const HPyModuleDef;
    "_HPyContext_Enter", loader::context::enter as fn(ctx: *mut HPyContext);
}

export! {
    "HPyHelpers_AddType", HPyHelpers_AddType as fn(
        ctx: &HPyContext,
        obj: HPy,
        name: *const c_char,
        spec: *const HPyType_Spec,
        params: *const HPyType_SpecParam,
    ) -> c_int;
    "HPyHelpers_PackArgsAndKeywords", HPyHelpers_PackArgsAndKeywords as fn(
        ctx: &HPyContext,
        args: *const HPy,
        nargs: usize,
        kwnames: HPy,
        out_pos_args: *mut HPy,
        out_kwd: *mut HPy,
    ) -> c_int;
    "HPyStructSequence_NewType", HPyStructSequence_NewType as fn(
        ctx: &HPyContext,
        desc: *const HPyStructSequence_Desc,
    ) -> HPy;
    "HPyStructSequence_New", HPyStructSequence_New as fn(
        ctx: &HPyContext,
        of: HPy,
        nargs: HPy_ssize_t,
        args: *const HPy,
    ) -> HPy;
    "_HPyArg_Parse", __helpers::arg_parse as fn(
        ctx: &HPyContext,
        ht: *mut HPyTracker,
        args: *const HPy,
        nargs: usize,
        format: *const c_char,
        outputs: *const *mut c_void,
    ) -> c_int;
    "_HPyArg_ParseKeywords", __helpers::arg_parse_keywords as fn(
        ctx: &HPyContext,
        ht: *mut HPyTracker,
        args: *const HPy,
        nargs: usize,
        kwnames: HPy,
        format: *const c_char,
        names: *const *const c_char,
        outputs: *const *mut c_void,
    ) -> c_int;
    "_HPyArg_ParseKeywordsDict", __helpers::arg_parse_keywords_dict as fn(
        ctx: &HPyContext,
        ht: *mut HPyTracker,
        args: *const HPy,
        nargs: usize,
        kw: HPy,
        format: *const c_char,
        names: *const *const c_char,
        outputs: *const *mut c_void,
    ) -> c_int;
    "_HPy_BuildValue", build_value as fn(
        ctx: &HPyContext,
        format: *const c_char,
        next: NextValue,
        arguments: *mut c_void,
    ) -> HPy;
    "_HPyUnicode_FromFormat", unicode_from_format as fn(
        ctx: &HPyContext,
        format: *const c_char,
        next: NextValue,
        arguments: *mut c_void,
    ) -> HPy;
}

// These are exported where they are defined, as they are not functions, or are known by their address.
#[cfg(feature = "cpython")]
hidden!("_HPy_context");
#[cfg(feature = "cpython")]
hidden!("_HPy_dealloc");
#[cfg(feature = "cpython")]
hidden!("_HPy_dealloc_bare");
#[cfg(feature = "cpython")]
hidden!("_HPy_traverse");
#[cfg(feature = "cpython")]
hidden!("_HPy_construct");
#[cfg(not(feature = "cpython"))]
hidden!("_HPy_context_of_trampolines");
#[cfg(not(feature = "cpython"))]
hidden!("_HPy_context_shift");
hidden!("_HPyStructSequence_Unnamed");

#[cfg(not(feature = "cpython"))]
unsafe fn module_get(made: &ModuleInit, definition: &'static HPyModuleDef) -> *const HPyModuleDef {
    // SAFETY: HPy_MODINIT passes what belongs together.
    unsafe { made.init(definition) }
}

#[cfg(feature = "cpython")]
unsafe fn module_init(made: &ModuleInit, definition: &HPyModuleDef) -> *mut cpy_PyObject {
    // SAFETY: HPy_MODINIT passes what belongs together.
    unsafe { made.init(definition) }
}

#[cfg(feature = "cpython")]
unsafe fn offset_of_payload(of: *mut ffi::PyTypeObject) -> usize {
    // SAFETY: the caller passes a type. One that no HPy runtime made has HPy_New give the object itself.
    unsafe { TypeInfo::of(of) }.map_or(0, |info| info.payload_offset)
}

unsafe fn build_value(ctx: &HPyContext, format: *const c_char, next: NextValue, arguments: *mut c_void) -> HPy {
    // SAFETY: the caller's promise.
    unsafe { __helpers::build_value(ctx, format, |ty| next(arguments, ty as c_char)) }
}

unsafe fn unicode_from_format(ctx: &HPyContext, format: *const c_char, next: NextValue, arguments: *mut c_void) -> HPy {
    // SAFETY: the caller's promise.
    unsafe { __helpers::text_of_format(ctx, format, Values::Variable(next, arguments)) }
}

/// C's `_HPy_Value` is as large.
const _: () = assert!(size_of::<Value>() == size_of::<u64>());
