// Generated for CPython 3.12 from the table in shims/api by generator/src/emit/rust/library.rs. Do not edit: change the table.

macro_rules! target_tag {
    () => {
        "cp312"
    };
}

export! {
    "HPy_Dup", HPy_Dup as fn(ctx: &HPyContext, h: HPy) -> HPy;
    "HPyLong_AsUInt32_tMask", HPyLong_AsUInt32_tMask as fn(ctx: &HPyContext, h: HPy) -> u32;
    "HPy_GetAttr", HPy_GetAttr as fn(ctx: &HPyContext, obj: HPy, name: HPy) -> HPy;
    "HPy_DelAttr", HPy_DelAttr as fn(ctx: &HPyContext, obj: HPy, name: HPy) -> c_int;
    "HPyErr_SetString", HPyErr_SetString as fn(ctx: &HPyContext, h_type: HPy, utf8_message: *const c_char) -> HPy;
    "HPyErr_Clear", HPyErr_Clear as fn(ctx: &HPyContext);
    "HPy_Call", HPy_Call as fn(ctx: &HPyContext, callable: HPy, args: *const HPy, nargs: usize, kwnames: HPy) -> HPy;
}

is_there! {
}
