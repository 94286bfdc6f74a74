// abi-tests/src/inline_helpers.rs: HPy's small helpers: integers, attributes, calls, slices, comparisons, errno.

use core::ptr;

use hpy_sys::*;

/// A function that converts an integer and makes it anew.
macro_rules! integer {
    ($name:ident, $python:literal, $as:ident, $from:ident) => {
        HPyDef_METH!($name, $python, HPyFunc_O, |ctx, _self, arg| unsafe {
            let value = $as(ctx, arg);
            if value as i64 == -1 && HPyErr_Occurred(ctx) != 0 {
                return HPy_NULL;
            }
            $from(ctx, value)
        });
    };
}

integer!(long, "long", HPyLong_AsLong, HPyLong_FromLong);
integer!(unsigned_long, "unsigned_long", HPyLong_AsUnsignedLong, HPyLong_FromUnsignedLong);
integer!(unsigned_long_mask, "unsigned_long_mask", HPyLong_AsUnsignedLongMask, HPyLong_FromUnsignedLong);
integer!(long_long, "long_long", HPyLong_AsLongLong, HPyLong_FromLongLong);
integer!(unsigned_long_long, "unsigned_long_long", HPyLong_AsUnsignedLongLong, HPyLong_FromUnsignedLongLong);
integer!(
    unsigned_long_long_mask,
    "unsigned_long_long_mask",
    HPyLong_AsUnsignedLongLongMask,
    HPyLong_FromUnsignedLongLong
);
integer!(pid, "pid", HPyLong_AsPid, HPyLong_FromPid);

HPyDef_METH!(long_bits, "long_bits", HPyFunc_NOARGS, |ctx, _self| unsafe {
    HPyLong_FromLong(ctx, c_long::BITS as c_long)
});

HPyDef_METH!(boolean, "boolean", HPyFunc_O, |ctx, _self, arg| unsafe {
    let value = HPyLong_AsLong(ctx, arg);
    HPyBool_FromLong(ctx, value)
});

HPyDef_METH!(del_attr, "del_attr", HPyFunc_VARARGS, |ctx, _self, args, _nargs| unsafe {
    if HPy_DelAttr(ctx, *args, *args.add(1)) < 0 { HPy_NULL } else { HPy_Dup(ctx, ctx.h_None) }
});

HPyDef_METH!(del_attr_s, "del_attr_s", HPyFunc_O, |ctx, _self, arg| unsafe {
    if HPy_DelAttr_s(ctx, arg, c"x".as_ptr()) < 0 { HPy_NULL } else { HPy_Dup(ctx, ctx.h_None) }
});

/// `None` stands for an argument that is left out.
fn or_null(ctx: &HPyContext, h: HPy) -> HPy {
    // SAFETY: the handles are open.
    if unsafe { HPy_Is(ctx, h, ctx.h_None) } != 0 { HPy_NULL } else { h }
}

HPyDef_METH!(call_method, "call_method", HPyFunc_VARARGS, |ctx, _self, args, _nargs| unsafe {
    HPy_CallMethodTupleDict(ctx, *args.add(1), *args, or_null(ctx, *args.add(2)), or_null(ctx, *args.add(3)))
});

HPyDef_METH!(call_split, "call_split", HPyFunc_VARARGS, |ctx, _self, args, _nargs| unsafe {
    HPy_CallMethodTupleDict_s(ctx, c"split".as_ptr(), *args, or_null(ctx, *args.add(1)), or_null(ctx, *args.add(2)))
});

HPyDef_METH!(pack, "pack", HPyFunc_O, |ctx, _self, arg| unsafe {
    let empty = HPyTuple_Pack!(ctx);
    let result = HPyTuple_Pack!(ctx, arg, empty, arg,);
    HPy_Close(ctx, empty);
    result
});

// adjust(slice, length) is (start, stop, step, number of items)
HPyDef_METH!(adjust, "adjust", HPyFunc_VARARGS, |ctx, _self, args, nargs| unsafe {
    let (mut slice, mut length) = (HPy_NULL, 0);
    if !HPyArg_Parse!(ctx, None, args, nargs, "On:adjust", &mut slice, &mut length) {
        return HPy_NULL;
    }
    let (mut start, mut stop, mut step) = (0, 0, 0);
    if HPySlice_Unpack(ctx, slice, &mut start, &mut stop, &mut step) < 0 {
        return HPy_NULL;
    }
    let count = HPySlice_AdjustIndices(ctx, length, &mut start, &mut stop, step);
    HPy_BuildValue!(ctx, "nnnn", start, stop, step, count)
});

unsafe extern "C" {
    fn chdir(path: *const c_char) -> c_int;
}

const NOWHERE: *const c_char = c"/nowhere/at/all".as_ptr();

HPyDef_METH!(errno, "errno", HPyFunc_NOARGS, |ctx, _self| unsafe {
    chdir(NOWHERE);
    HPyErr_SetFromErrno(ctx, ctx.h_OSError)
});

HPyDef_METH!(errno_with_filename, "errno_with_filename", HPyFunc_O, |ctx, _self, arg| unsafe {
    chdir(NOWHERE);
    HPyErr_SetFromErrnoWithFilenameObject(ctx, ctx.h_OSError, arg)
});

/// Adds up while other threads run; a negative end comes back early.
unsafe fn sum_away(ctx: &HPyContext, end: c_long) -> Option<c_long> {
    // SAFETY: the block calls nothing of HPy.
    unsafe {
        let sum = HPy_LEAVE_PYTHON!(ctx, {
            if end < 0 {
                return None;
            }
            (0..end).sum()
        });
        Some(sum)
    }
}

HPyDef_METH!(away, "away", HPyFunc_O, |ctx, _self, arg| unsafe {
    match sum_away(ctx, HPyLong_AsLong(ctx, arg)) {
        Some(sum) => HPyLong_FromLong(ctx, sum),
        None => HPyErr_SetString(ctx, ctx.h_ValueError, c"negative".as_ptr()),
    }
});

HPyDef_METH!(away_panic, "away_panic", HPyFunc_NOARGS, |ctx, _self| unsafe {
    HPy_LEAVE_PYTHON!(ctx, { panic!("out there") })
});

// pack_arguments(nargs or None, kwnames, outputs, *args): which outputs there are is a set of bits
HPyDef_METH!(pack_arguments, "pack_arguments", HPyFunc_VARARGS, |ctx, _self, args, _nargs| unsafe {
    let (count, outputs) = (HPyLong_AsLong(ctx, *args), HPyLong_AsLong(ctx, *args.add(2)));
    let kwnames = or_null(ctx, *args.add(1));
    let (mut tuple, mut dict) = (ctx.h_Ellipsis, ctx.h_Ellipsis);
    let out_tuple = if outputs & 1 != 0 { &raw mut tuple } else { ptr::null_mut() };
    let out_dict = if outputs & 2 != 0 { &raw mut dict } else { ptr::null_mut() };
    if HPyHelpers_PackArgsAndKeywords(ctx, args.add(3), count as usize, kwnames, out_tuple, out_dict) == 0 {
        assert!(HPy_Is(ctx, tuple, ctx.h_Ellipsis) != 0 && HPy_Is(ctx, dict, ctx.h_Ellipsis) != 0);
        return HPy_NULL;
    }
    let or_none = |h| if HPy_IsNull(h) { ctx.h_None } else { h };
    let result = HPyTuple_Pack!(ctx, or_none(tuple), or_none(dict));
    HPy_Close(ctx, tuple);
    HPy_Close(ctx, dict);
    result
});

#[repr(C)]
struct Number {
    value: c_long,
}

HPyType_HELPERS!(Number, unsafe { HPyType_BuiltinShape_Object });

HPyDef_SLOT!(Number_new, HPy_tp_new, |ctx, cls, args, nargs, kw| unsafe {
    let mut value = 0;
    if !HPyArg_ParseKeywordsDict!(ctx, None, args, nargs, kw, "l:Number", ["value"], &mut value) {
        return HPy_NULL;
    }
    Number::New(ctx, cls, Number { value })
});

HPyDef_SLOT!(Number_compare, HPy_tp_richcompare, |ctx, this, other, op| unsafe {
    HPy_RETURN_RICHCOMPARE!(ctx, (*Number::AsStruct(ctx, this)).value, (*Number::AsStruct(ctx, other)).value, op)
});

static NUMBER: HPyType_Spec = HPyType_Spec!(
    name = "inline_helpers.Number",
    basicsize = size_of::<Number>(),
    builtin_shape = Number::SHAPE,
    defines = [Number_new, Number_compare],
);

static NOT_A_TYPE: HPyType_Spec = HPyType_Spec!(name = "inline_helpers.NotAType", basicsize = -1);

// add_type(object, which)
HPyDef_METH!(add_type, "add_type", HPyFunc_VARARGS, |ctx, _self, args, _nargs| unsafe {
    let spec = if HPy_IsTrue(ctx, *args.add(1)) != 0 { &NUMBER } else { &NOT_A_TYPE };
    let added = HPyHelpers_AddType(ctx, *args, c"Number".as_ptr(), spec, ptr::null());
    if added == 0 { HPy_NULL } else { HPyLong_FromLong(ctx, added.into()) }
});

static DEFINITION: HPyModuleDef = HPyModuleDef!(
    doc = "HPy's small helpers.",
    defines = [
        long,
        unsigned_long,
        unsigned_long_mask,
        long_long,
        unsigned_long_long,
        unsigned_long_long_mask,
        pid,
        long_bits,
        boolean,
        del_attr,
        del_attr_s,
        call_method,
        call_split,
        pack,
        adjust,
        errno,
        errno_with_filename,
        away,
        away_panic,
        pack_arguments,
        add_type,
    ],
);

HPy_MODINIT!(inline_helpers, DEFINITION);
