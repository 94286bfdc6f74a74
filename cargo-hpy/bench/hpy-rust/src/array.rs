// hpy-rust/src/array.rs: an array of C doubles: items, arithmetic that makes new arrays, and a list of its values.

use hpy_sys::*;

struct Array {
    values: Box<[f64]>,
}

HPyType_HELPERS!(Array, unsafe { HPyType_BuiltinShape_Object }, destroy = Array_destroy);

/// No class is below the type.
unsafe fn make(ctx: &HPyContext, of: HPy, values: Box<[f64]>) -> HPy {
    unsafe { Array::New(ctx, of, Array { values }) }
}

unsafe fn values_of<'a>(ctx: &HPyContext, array: HPy) -> &'a [f64] {
    unsafe { &(*Array::AsStruct(ctx, array)).values }
}

HPyDef_SLOT!(Array_new, HPy_tp_new, |ctx, cls, args, nargs, _kw| unsafe {
    if nargs != 1 {
        return HPyErr_SetString(ctx, ctx.h_TypeError, c"an array takes its values".as_ptr());
    }
    let size = HPy_Length(ctx, *args);
    if size < 0 {
        return HPy_NULL;
    }
    let mut values = vec![0.0; size as usize].into_boxed_slice();
    if HPySequence_AsDoubleArray(ctx, *args, values.as_mut_ptr(), size) < 0 {
        return HPy_NULL;
    }
    make(ctx, cls, values)
});

HPyDef_SLOT!(Array_length, HPy_sq_length, |ctx, self_| unsafe { values_of(ctx, self_).len() as HPy_ssize_t });

HPyDef_SLOT!(Array_item, HPy_sq_item, |ctx, self_, index| unsafe {
    match values_of(ctx, self_).get(index as usize) {
        Some(value) => HPyFloat_FromDouble(ctx, *value),
        None => HPyErr_SetString(ctx, ctx.h_IndexError, c"array index out of range".as_ptr()),
    }
});

HPyDef_SLOT!(Array_ass_item, HPy_sq_ass_item, |ctx, self_, index, value| unsafe {
    if HPy_IsNull(value) {
        HPyErr_SetString(ctx, ctx.h_TypeError, c"items of an array cannot be deleted".as_ptr());
        return -1;
    }
    if index as usize >= values_of(ctx, self_).len() {
        HPyErr_SetString(ctx, ctx.h_IndexError, c"array index out of range".as_ptr());
        return -1;
    }
    let number = HPyFloat_AsDouble(ctx, value);
    if number == -1.0 && HPyErr_Occurred(ctx) != 0 {
        return -1;
    }
    (&mut (*Array::AsStruct(ctx, self_)).values)[index as usize] = number;
    0
});

unsafe fn added(ctx: &HPyContext, of: HPy, a: &[f64], b: &[f64]) -> HPy {
    unsafe {
        if a.len() != b.len() {
            return HPyErr_SetString(ctx, ctx.h_ValueError, c"the arrays have different lengths".as_ptr());
        }
        make(ctx, of, a.iter().zip(b).map(|(a, b)| a + b).collect())
    }
}

// One of the two is an array, so both are if they have one type.
HPyDef_SLOT!(Array_add, HPy_nb_add, |ctx, left, right| unsafe {
    let of = HPy_BorrowType(ctx, left);
    let result = match HPy_TypeIs(ctx, right, of) {
        0 => HPy_Dup(ctx, ctx.h_NotImplemented),
        _ => added(ctx, of, values_of(ctx, left), values_of(ctx, right)),
    };
    HPy_EndBorrow(ctx, of);
    result
});

// One of the two is an array: that which is no float, if the other is one.
HPyDef_SLOT!(Array_multiply, HPy_nb_multiply, |ctx, left, right| unsafe {
    let (array, number) = if HPyFloat_Check(ctx, left) != 0 { (right, left) } else { (left, right) };
    if HPyFloat_Check(ctx, number) == 0 {
        return HPy_Dup(ctx, ctx.h_NotImplemented);
    }
    let factor = HPyFloat_AsDouble(ctx, number);
    let of = HPy_BorrowType(ctx, array);
    let result = make(ctx, of, values_of(ctx, array).iter().map(|value| value * factor).collect());
    HPy_EndBorrow(ctx, of);
    result
});

HPyDef_METH!(Array_tolist, "tolist", HPyFunc_NOARGS, |ctx, self_| unsafe {
    let values = values_of(ctx, self_);
    HPyList_FromDoubleArray(ctx, values.as_ptr(), values.len() as HPy_ssize_t)
});

pub static SPEC: HPyType_Spec = HPyType_Spec!(
    name = "sample.Array",
    basicsize = size_of::<Array>(),
    builtin_shape = Array::SHAPE,
    defines =
        [Array_new, Array_destroy, Array_length, Array_item, Array_ass_item, Array_add, Array_multiply, Array_tolist,],
);
