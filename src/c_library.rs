// src/c_library.rs: the functions of the library that extensions in C link with, under their C names.
//
// Each symbol is hidden: an extension that links the library does not export it.

use crate::__helpers::{NextValue, Value, Values};
#[cfg(feature = "cpython")]
use crate::native::TypeInfo;
use crate::*;

/// Gives a symbol hidden visibility: the linker finds it, and the extension does not export it.
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
                /// # Safety
                /// As the function that it exports, whose documentation says it.
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

/// Names functions, so that a missing one is a compiler error: `function as fn(name: Type) -> Type;`
macro_rules! is_there {
    ($($function:path as fn($($name:ident: $type:ty),* $(,)?) $(-> $result:ty)?;)*) => {
        $(
            const _: () = {
                /// # Safety
                /// It is never run: calling it promises nothing.
                #[allow(dead_code)]
                unsafe fn called($($name: $type),*) $(-> $result)? {
                    // SAFETY: it never runs.
                    unsafe { $function($($name),*) }
                }
            };
        )*
    };
}

include!(concat!(env!("OUT_DIR"), "/hpy_exports.rs"));

// The functions that the headers of the native ABI call.
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
    "_HPy_PayloadOffset", offset_of_payload as fn(ty: *mut ffi::PyTypeObject) -> usize;
    "_HPy_NewOther", native::new_object as fn(ctx: &HPyContext, h_type: HPy) -> HPy;
    "_HPyErr_TakesNoArguments", native::module::takes_no_arguments as fn(
        module: *mut cpy_PyObject,
        nargs: HPy_ssize_t,
        called: HPyCFunction,
    ) -> *mut cpy_PyObject;
    "_HPyStrBuilder_WriteFloat", native::write_repr_of_float as fn(
        ctx: &HPyContext,
        builder: *mut HPyStrBuilder,
        h: HPy,
    ) -> c_int;
    "_HPy_KeptName", native::body::kept_name as fn(text: *const c_char) -> *mut cpy_PyObject;
    "_HPyGlobal_BorrowEntry", native::borrow_entry as fn(word: *mut cpy_PyObject) -> HPy;
    "_HPyGlobal_LoadEntry", native::load_entry as fn(word: *mut cpy_PyObject) -> HPy;
}

// The functions that the headers call where setting `__call__` does not change the vectorcall protocol.
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

// The functions that the headers of the loader ABIs call.
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
        ty: HPy,
        nargs: HPy_ssize_t,
        args: *const HPy,
    ) -> HPy;
    "HPyException_AddNote", HPyException_AddNote as fn(ctx: &HPyContext, exc: HPy, note: HPy) -> c_int;
    "HPyErr_AddNote", HPyErr_AddNote as fn(ctx: &HPyContext, utf8: *const c_char) -> c_int;
    "HPyStrBuilder_WriteUTF8", HPyStrBuilder_WriteUTF8 as fn(
        ctx: &HPyContext,
        builder: *mut HPyStrBuilder,
        utf8: *const c_char,
        size: HPy_ssize_t,
    ) -> c_int;
    "HPyThread_Enter", thread_enter as fn(
        view: *mut HPyInterpreterView,
        token: *mut HPyThreadToken,
    ) -> *const HPyContext;
    "HPyThread_Leave", HPyThread_Leave as fn(ctx: &HPyContext, token: HPyThreadToken);
    "HPyOnce_Call", HPyOnce_Call as fn(
        ctx: &HPyContext,
        once: &HPyOnce,
        init: unsafe extern "C" fn(&HPyContext, *mut c_void) -> c_int,
        arg: *mut c_void,
    ) -> c_int;
    "_HPyArg_ConvertUnit", __helpers::arg_convert_unit as fn(
        ctx: &HPyContext,
        format: *const c_char,
        unit: c_char,
        h: HPy,
        output: *mut c_void,
    ) -> c_int;
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

#[cfg(all(feature = "cpython", not(cpython_mutex)))]
export! {
    "_HPyMutex_Wait", thread::wait as fn(ctx: &HPyContext, mutex: &HPyMutex);
}

// These are exported at their definition: they are not functions, or their address identifies them.
#[cfg(feature = "cpython")]
hidden!("_HPy_context");
#[cfg(feature = "cpython")]
hidden!("_HPy_dealloc");
#[cfg(feature = "cpython")]
hidden!("_HPy_dealloc_bare");
#[cfg(all(feature = "cpython", cpython_deallocs_nest))]
hidden!("_HPy_dealloc_depth");
#[cfg(feature = "cpython")]
hidden!("_HPy_frame_with_room");
#[cfg(feature = "cpython")]
hidden!("_HPy_CountedCall");
#[cfg(feature = "cpython")]
hidden!("_HPy_allocate");
#[cfg(feature = "cpython")]
hidden!("_HPy_allocate_collected");
#[cfg(feature = "cpython")]
hidden!("_HPy_traverse");
#[cfg(feature = "cpython")]
hidden!("_HPy_construct");
#[cfg(not(feature = "cpython"))]
hidden!("_HPy_context_of_trampolines");
#[cfg(not(feature = "cpython"))]
hidden!("_HPy_context_shift");
#[cfg(not(feature = "cpython"))]
hidden!("_HPy_context_of_short_calls");
#[cfg(not(feature = "cpython"))]
hidden!("_HPy_host_table");
#[cfg(not(feature = "cpython"))]
hidden!("_HPy_struct_offset");
hidden!("_HPyStructSequence_Unnamed");

/// # Safety
/// As [`HPyThread_Enter`]; `token` may be written.
unsafe fn thread_enter(view: *mut HPyInterpreterView, token: *mut HPyThreadToken) -> *const HPyContext {
    // SAFETY: the caller's promise.
    unsafe {
        let Some((ctx, own)) = HPyThread_Enter(view) else { return core::ptr::null() };
        token.write(own);
        ctx
    }
}

/// # Safety
/// As [`ModuleInit::init`]: `definition` is valid, and always the same for `made`.
#[cfg(not(feature = "cpython"))]
unsafe fn module_get(made: &ModuleInit, definition: &'static HPyModuleDef) -> *const HPyModuleDef {
    // SAFETY: HPy_MODINIT passes a definition and its state.
    unsafe { made.init(definition) }
}

/// # Safety
/// As [`ModuleInit::init`]: CPython imports the module of `definition`, which is always the same for `made`.
#[cfg(feature = "cpython")]
unsafe fn module_init(made: &ModuleInit, definition: &HPyModuleDef) -> *mut cpy_PyObject {
    // SAFETY: HPy_MODINIT passes a definition and its state.
    unsafe { made.init(definition) }
}

/// # Safety
/// `of` is a type.
#[cfg(feature = "cpython")]
unsafe fn offset_of_payload(ty: *mut ffi::PyTypeObject) -> usize {
    // SAFETY: the caller passes a type. For a foreign type HPy_New returns the object itself as the struct.
    unsafe { TypeInfo::of(ty) }.map_or(0, |info| info.payload_offset)
}

/// # Safety
/// `format` is a C string, and `next` gives with `arguments` a value of the type of each unit, with handles that are open.
unsafe fn build_value(ctx: &HPyContext, format: *const c_char, next: NextValue, arguments: *mut c_void) -> HPy {
    // SAFETY: the caller's promise.
    unsafe { __helpers::build_value(ctx, format, |ty| next(arguments, ty as c_char)) }
}

/// # Safety
/// `format` is a C string, and `next` gives with `arguments` a value of the type of each unit, with handles that are
/// open.
unsafe fn unicode_from_format(ctx: &HPyContext, format: *const c_char, next: NextValue, arguments: *mut c_void) -> HPy {
    // SAFETY: the caller's promise.
    unsafe { __helpers::text_of_format(ctx, format, Values::Variable(next, arguments)) }
}

/// # Safety
/// `format` is a C string, and `next` gives with `arguments` a value of the type of each unit, with handles that are
/// open.
/// C's `_HPy_Value` is as large.
const _: () = assert!(size_of::<Value>() == size_of::<u64>());
