// src/helpers/specs.rs: HPyHelpers_*: types for a module, and arguments for a call.

use crate::*;

/// Makes a type from `hpyspec` and sets it as the attribute `name` of `obj`, which is normally a module.
///
/// `name` is a C string in UTF-8. `params` is null or a list that ends with a record of kind 0, as
/// [`HPyType_FromSpec`] takes it. All handles stay the caller's, and none remains of the type.
///
/// Returns 1, or 0 with an exception set: those of [`HPyType_FromSpec`] and [`HPy_SetAttr_s`].
///
/// # Safety
/// `obj` is an open handle, `name` a C string; `hpyspec` and `params` are as [`HPyType_FromSpec`] wants them.
///
/// # Source
/// HPy: `HPyHelpers_AddType`.
pub unsafe fn HPyHelpers_AddType(
    ctx: &HPyContext,
    obj: HPy,
    name: *const c_char,
    hpyspec: *const HPyType_Spec,
    params: *const HPyType_SpecParam,
) -> c_int {
    // SAFETY: the caller's promise; the type is one's own.
    unsafe {
        let h_type = HPyType_FromSpec(ctx, hpyspec, params);
        if HPy_IsNull(h_type) {
            return 0;
        }
        let set = HPy_SetAttr_s(ctx, obj, name, h_type) == 0;
        HPy_Close(ctx, h_type);
        set.into()
    }
}

/// Packs the arguments of a call with the convention `HPyFunc_KEYWORDS` into a tuple and a dictionary, as
/// [`HPy_CallTupleDict`] takes them.
///
/// `args` and `nargs` are the positional arguments; `kwnames` is a tuple of names or `HPy_NULL`, and the values of
/// keyword arguments follow the positional ones in `args`. `out_pos_args` and `out_kwd` are written on success: they
/// become new handles, which the caller closes, or `HPy_NULL` where there are no such arguments.
///
/// Returns 1, or 0 with an exception set: `SystemError` if `out_pos_args` or `out_kwd` is null, `TypeError` if
/// `kwnames` has no length, `MemoryError`.
///
/// # Safety
/// The arguments are those of such a call, and the outputs are null or may be written.
///
/// # Source
/// HPy: `HPyHelpers_PackArgsAndKeywords`.
pub unsafe fn HPyHelpers_PackArgsAndKeywords(
    ctx: &HPyContext,
    args: *const HPy,
    nargs: usize,
    kwnames: HPy,
    out_pos_args: *mut HPy,
    out_kwd: *mut HPy,
) -> c_int {
    // SAFETY: the caller's promise; what is made here is closed here, or the caller's.
    unsafe {
        if out_pos_args.is_null() || out_kwd.is_null() {
            let message = match out_pos_args.is_null() {
                true => c"argument 'out_pos_args' must not be NULL",
                false => c"argument 'out_kwd' must not be NULL",
            };
            HPyErr_SetString(ctx, ctx.h_SystemError, message.as_ptr());
            return 0;
        }
        let count = if HPy_IsNull(kwnames) { 0 } else { HPy_Length(ctx, kwnames) };
        if count < 0 {
            return 0;
        }
        let (mut tuple, mut dict) = (HPy_NULL, HPy_NULL);
        if nargs > 0 {
            tuple = HPyTuple_FromArray(ctx, args, nargs as HPy_ssize_t);
            if HPy_IsNull(tuple) {
                return 0;
            }
        }
        if count > 0 {
            dict = pack_keywords(ctx, kwnames, count, args.wrapping_add(nargs));
            if HPy_IsNull(dict) {
                HPy_Close(ctx, tuple);
                return 0;
            }
        }
        *out_pos_args = tuple;
        *out_kwd = dict;
        1
    }
}

/// A dictionary of names and values.
///
/// # Safety
/// `names` is an open handle of a sequence of `count` names, and there are `count` open handles at `values`.
unsafe fn pack_keywords(ctx: &HPyContext, names: HPy, count: HPy_ssize_t, values: *const HPy) -> HPy {
    // SAFETY: the caller's promise; what is made here is closed here, or the caller's.
    unsafe {
        let dict = HPyDict_New(ctx);
        if HPy_IsNull(dict) {
            return HPy_NULL;
        }
        for index in 0..count {
            let name = HPy_GetItem_i(ctx, names, index);
            let set = !HPy_IsNull(name) && HPy_SetItem(ctx, dict, name, *values.offset(index)) == 0;
            HPy_Close(ctx, name);
            if !set {
                HPy_Close(ctx, dict);
                return HPy_NULL;
            }
        }
        dict
    }
}
