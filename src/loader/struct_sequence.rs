// src/loader/struct_sequence.rs: struct sequences, as `collections.namedtuple`.

use core::ptr;

use crate::helpers::struct_sequence::{no_struct_sequence, wrong_count};
use crate::*;

/// The name is there.
///
/// # Safety
/// `desc` is a description with a name that is a C string, and fields up to one without a name.
pub(crate) unsafe fn new_type(ctx: &HPyContext, desc: *const HPyStructSequence_Desc) -> HPy {
    // SAFETY: the caller's promise; this function closes the handles that it opens.
    unsafe {
        let HPyStructSequence_Desc { name, doc, fields } = *desc;
        let (module, name) = split(name);
        let tracker = HPyTracker_New(ctx, 8);
        if tracker.is_null() {
            return HPy_NULL;
        }
        let ty = named_tuple(ctx, tracker, module, name, fields);
        HPyTracker_Close(ctx, tracker);
        if HPy_IsNull(ty) || (set_doc(ctx, ty, doc) && set_docs_of_fields(ctx, ty, fields)) {
            return ty;
        }
        HPy_Close(ctx, ty);
        HPy_NULL
    }
}

/// Splits `module.Type` in two parts; the first may be empty.
///
/// # Safety
/// `name` is a C string that lives as long as the result.
unsafe fn split<'a>(name: *const c_char) -> (&'a [u8], *const c_char) {
    // SAFETY: the caller's promise: a C string.
    let text = unsafe { core::ffi::CStr::from_ptr(name) }.to_bytes();
    match text.iter().rposition(|&byte| byte == b'.') {
        Some(dot) => (&text[..dot], name.wrapping_add(dot + 1)),
        None => (&[], name),
    }
}

/// `collections.namedtuple(name, fields, rename=True, module=module)`; a field without a name becomes `_1`.
///
/// # Safety
/// `tracker` is open, `name` is a C string, and `fields` is null or ends with one without a name.
unsafe fn named_tuple(
    ctx: &HPyContext,
    tracker: HPyTracker,
    module: &[u8],
    name: *const c_char,
    fields: *const HPyStructSequence_Field,
) -> HPy {
    // Adds a new handle to the tracker, or returns from the function on failure.
    macro_rules! kept {
        ($h:expr) => {{
            let h = $h;
            if HPy_IsNull(h) || HPyTracker_Add(ctx, tracker, h) < 0 {
                return HPy_NULL;
            }
            h
        }};
    }
    // SAFETY: the caller's promise.
    unsafe {
        let collections = kept!(HPyImport_ImportModule(ctx, c"collections".as_ptr()));
        let make = kept!(HPy_GetAttr_s(ctx, collections, c"namedtuple".as_ptr()));
        let names = kept!(HPyList_New(ctx, 0));
        let mut field = fields;
        while !field.is_null() && !(*field).name.is_null() {
            let is_unnamed = ptr::eq((*field).name, HPyStructSequence_UnnamedField);
            let name = if is_unnamed { c"_".as_ptr() } else { (*field).name };
            let name = HPyUnicode_FromString(ctx, name);
            let appended = !HPy_IsNull(name) && HPyList_Append(ctx, names, name) == 0;
            HPy_Close(ctx, name);
            if !appended {
                return HPy_NULL;
            }
            field = field.add(1);
        }
        let name = kept!(HPyUnicode_FromString(ctx, name));
        let args = kept!(HPyTuple_Pack!(ctx, name, names));
        let keywords = kept!(HPyDict_New(ctx));
        if HPy_SetItem_s(ctx, keywords, c"rename".as_ptr(), ctx.h_True) < 0 {
            return HPy_NULL;
        }
        if !module.is_empty() {
            let bytes = kept!(HPyBytes_FromStringAndSize(ctx, module.as_ptr().cast(), module.len() as HPy_ssize_t));
            let module = kept!(HPyUnicode_FromEncodedObject(ctx, bytes, c"utf-8".as_ptr(), ptr::null()));
            if HPy_SetItem_s(ctx, keywords, c"module".as_ptr(), module) < 0 {
                return HPy_NULL;
            }
        }
        HPy_CallTupleDict(ctx, make, args, keywords)
    }
}

/// Sets the docstring of an object: `None` for null, where `namedtuple` has its own text.
///
/// # Safety
/// `obj` is an open handle, and `doc` a C string or null.
unsafe fn set_doc(ctx: &HPyContext, obj: HPy, doc: *const c_char) -> bool {
    // SAFETY: the caller's promise.
    unsafe {
        let text = if doc.is_null() { HPy_Dup(ctx, ctx.h_None) } else { HPyUnicode_FromString(ctx, doc) };
        let set = !HPy_IsNull(text) && HPy_SetAttr_s(ctx, obj, c"__doc__".as_ptr(), text) == 0;
        HPy_Close(ctx, text);
        set
    }
}

/// # Safety
/// `of` is an open handle, and `fields` is null or ends with one without a name.
unsafe fn set_docs_of_fields(ctx: &HPyContext, ty: HPy, fields: *const HPyStructSequence_Field) -> bool {
    let mut field = fields;
    // SAFETY: the caller's promise.
    unsafe {
        while !field.is_null() && !(*field).name.is_null() {
            if !ptr::eq((*field).name, HPyStructSequence_UnnamedField) {
                let attribute = HPy_GetAttr_s(ctx, ty, (*field).name);
                let set = !HPy_IsNull(attribute) && set_doc(ctx, attribute, (*field).doc);
                HPy_Close(ctx, attribute);
                if !set {
                    return false;
                }
            }
            field = field.add(1);
        }
        true
    }
}

/// # Safety
/// `type_` is an open handle, and there are `nargs` open handles at `args`.
pub(crate) unsafe fn new(ctx: &HPyContext, type_: HPy, nargs: HPy_ssize_t, args: *const HPy) -> HPy {
    // SAFETY: the caller's promise; this function closes the handles that it opens.
    unsafe {
        let is_type = HPy_TypeCheck(ctx, type_, ctx.h_TypeType) != 0;
        if !is_type || HPyType_IsSubtype(ctx, type_, ctx.h_TupleType) == 0 {
            return no_struct_sequence(ctx, type_);
        }
        let fields = HPy_GetAttr_s(ctx, type_, c"_fields".as_ptr());
        if HPy_IsNull(fields) {
            HPyErr_Clear(ctx);
            return no_struct_sequence(ctx, type_);
        }
        let count = HPy_Length(ctx, fields);
        HPy_Close(ctx, fields);
        if count != nargs {
            return if count < 0 { HPy_NULL } else { wrong_count(ctx, count, nargs) };
        }
        let items = HPyTuple_FromArray(ctx, args, nargs);
        if HPy_IsNull(items) {
            return HPy_NULL;
        }
        let object = HPy_CallTupleDict(ctx, type_, items, HPy_NULL);
        HPy_Close(ctx, items);
        object
    }
}
