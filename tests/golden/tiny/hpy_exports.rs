// Generated for CPython 3.12 from the table in shims/api by generator/src/emit/rust/library.rs. Do not edit: change the table.

macro_rules! target_tag {
    () => {
        "cp312"
    };
}

export! {
    "HPy_Dup", HPy_Dup as fn(ctx: &HPyContext, h: HPy) -> HPy;
    "HPyTracker_Last", HPyTracker_Last as fn(ctx: &HPyContext, ht: HPyTracker) -> HPy;
    "HPyLong_AsUInt32_tMask", HPyLong_AsUInt32_tMask as fn(ctx: &HPyContext, h: HPy) -> u32;
    "HPy_GetAttr", HPy_GetAttr as fn(ctx: &HPyContext, obj: HPy, name: HPy) -> HPy;
    "HPy_DelAttr", HPy_DelAttr as fn(ctx: &HPyContext, obj: HPy, name: HPy) -> c_int;
    "HPy_GetItem_i", HPy_GetItem_i as fn(ctx: &HPyContext, obj: HPy, idx: HPy_ssize_t) -> HPy;
    "HPyField_Store", HPyField_Store as fn(ctx: &HPyContext, target_object: HPy, target_field: *mut HPyField, h: HPy);
    "HPyTuple_FromArray", HPyTuple_FromArray as fn(ctx: &HPyContext, items: *const HPy, n: HPy_ssize_t) -> HPy;
    "HPyErr_SetString", HPyErr_SetString as fn(ctx: &HPyContext, h_type: HPy, utf8_message: *const c_char) -> HPy;
    "HPyErr_Clear", HPyErr_Clear as fn(ctx: &HPyContext);
    "HPy_Call", HPy_Call as fn(ctx: &HPyContext, callable: HPy, args: *const HPy, nargs: usize, kwnames: HPy) -> HPy;
}

is_there! {
    HPyDict_Contains as fn(ctx: &HPyContext, h: HPy, key: HPy) -> c_int;
    HPy_GetBuffer as fn(ctx: &HPyContext, obj: HPy, view: *mut HPy_buffer, flags: c_int) -> c_int;
}
