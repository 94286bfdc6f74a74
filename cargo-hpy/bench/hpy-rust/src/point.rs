// hpy-rust/src/point.rs: a type with a struct: its constructor, methods of each convention, members, and slots.

use core::mem::offset_of;

use hpy_sys::*;

#[repr(C)]
struct Point {
    x: f64,
    y: f64,
}

HPyType_HELPERS!(Point, unsafe { HPyType_BuiltinShape_Object });

unsafe fn make(ctx: &HPyContext, of: HPy, x: f64, y: f64) -> HPy {
    unsafe { Point::New(ctx, of, Point { x, y }) }
}

HPyDef_SLOT!(Point_new, HPy_tp_new, |ctx, cls, args, nargs, kw| unsafe {
    let (mut x, mut y) = (0.0, 0.0);
    if !HPyArg_ParseKeywordsDict!(ctx, None, args, nargs, kw, "dd:Point", ["x", "y"], &mut x, &mut y) {
        return HPy_NULL;
    }
    make(ctx, cls, x, y)
});

HPyDef_MEMBER!(Point_x, "x", HPyMember_DOUBLE, offset_of!(Point, x));
HPyDef_MEMBER!(Point_y, "y", HPyMember_DOUBLE, offset_of!(Point, y));

HPyDef_METH!(Point_norm2, "norm2", HPyFunc_NOARGS, |ctx, self_| unsafe {
    let point = &*Point::AsStruct(ctx, self_);
    HPyFloat_FromDouble(ctx, point.x * point.x + point.y * point.y)
});

HPyDef_METH!(Point_times, "times", HPyFunc_O, |ctx, self_, arg| unsafe {
    let factor = HPyFloat_AsDouble(ctx, arg);
    if factor == -1.0 && HPyErr_Occurred(ctx) != 0 {
        return HPy_NULL;
    }
    HPyFloat_FromDouble(ctx, (*Point::AsStruct(ctx, self_)).x * factor)
});

HPyDef_METH!(Point_dot, "dot", HPyFunc_VARARGS, |ctx, self_, args, nargs| unsafe {
    let (mut x, mut y) = (0.0, 0.0);
    if !HPyArg_Parse!(ctx, None, args, nargs, "dd:dot", &mut x, &mut y) {
        return HPy_NULL;
    }
    let point = &*Point::AsStruct(ctx, self_);
    HPyFloat_FromDouble(ctx, point.x * x + point.y * y)
});

HPyDef_METH!(Point_grown, "grown", HPyFunc_KEYWORDS, |ctx, self_, args, nargs, kwnames| unsafe {
    let mut factor = 2.0;
    if !HPyArg_ParseKeywords!(ctx, None, args, nargs, kwnames, "|d:grown", ["factor"], &mut factor) {
        return HPy_NULL;
    }
    HPyFloat_FromDouble(ctx, (*Point::AsStruct(ctx, self_)).x * factor)
});

HPyDef_GETSET!(
    Point_sum,
    "sum",
    |ctx, self_, _closure| unsafe {
        let point = &*Point::AsStruct(ctx, self_);
        HPyFloat_FromDouble(ctx, point.x + point.y)
    },
    |ctx, self_, value, _closure| unsafe {
        if HPy_IsNull(value) {
            HPyErr_SetString(ctx, ctx.h_AttributeError, c"sum cannot be deleted".as_ptr());
            return -1;
        }
        let sum = HPyFloat_AsDouble(ctx, value);
        if sum == -1.0 && HPyErr_Occurred(ctx) != 0 {
            return -1;
        }
        let point = &mut *Point::AsStruct(ctx, self_);
        point.x = sum - point.y;
        0
    }
);

// The slot is called for a point on either side.
HPyDef_SLOT!(Point_add, HPy_nb_add, |ctx, left, right| unsafe {
    let of = HPy_BorrowType(ctx, left);
    let sum = if HPy_TypeCheck(ctx, right, of) != 0 {
        let (left, right) = (&*Point::AsStruct(ctx, left), &*Point::AsStruct(ctx, right));
        make(ctx, of, left.x + right.x, left.y + right.y)
    } else {
        HPy_Dup(ctx, ctx.h_NotImplemented)
    };
    HPy_EndBorrow(ctx, of);
    sum
});

HPyDef_SLOT!(Point_negative, HPy_nb_negative, |ctx, self_| unsafe {
    HPyFloat_FromDouble(ctx, -(*Point::AsStruct(ctx, self_)).x)
});

HPyDef_SLOT!(Point_bool, HPy_nb_bool, |ctx, self_| unsafe { ((*Point::AsStruct(ctx, self_)).x != 0.0) as c_int });

HPyDef_SLOT!(Point_length, HPy_sq_length, |_ctx, _self| 2);

HPyDef_SLOT!(Point_item, HPy_sq_item, |ctx, self_, index| unsafe {
    let point = &*Point::AsStruct(ctx, self_);
    match index {
        0 => HPyFloat_FromDouble(ctx, point.x),
        1 => HPyFloat_FromDouble(ctx, point.y),
        _ => HPyErr_SetString(ctx, ctx.h_IndexError, c"a point has two items".as_ptr()),
    }
});

HPyDef_SLOT!(Point_contains, HPy_sq_contains, |ctx, self_, value| unsafe {
    let number = HPyFloat_AsDouble(ctx, value);
    if number == -1.0 && HPyErr_Occurred(ctx) != 0 {
        return -1;
    }
    let point = &*Point::AsStruct(ctx, self_);
    (number == point.x || number == point.y) as c_int
});

HPyDef_SLOT!(Point_richcompare, HPy_tp_richcompare, |ctx, self_, other, op| unsafe {
    let of = HPy_BorrowType(ctx, self_);
    let fits = HPy_TypeCheck(ctx, other, of) != 0;
    HPy_EndBorrow(ctx, of);
    if !fits {
        return HPy_Dup(ctx, ctx.h_NotImplemented);
    }
    let (left, right) = ((*Point::AsStruct(ctx, self_)).x, (*Point::AsStruct(ctx, other)).x);
    HPy_RETURN_RICHCOMPARE!(ctx, left, right, op)
});

// As in C, a double that is no integer of this size is not looked for.
HPyDef_SLOT!(Point_hash, HPy_tp_hash, |ctx, self_| unsafe {
    (*Point::AsStruct(ctx, self_)).x.to_int_unchecked::<HPy_hash_t>()
});

HPyDef_SLOT!(Point_repr, HPy_tp_repr, |ctx, self_| unsafe {
    let point = &*Point::AsStruct(ctx, self_);
    HPyUnicode_FromFormat!(ctx, "Point(%d, %d)", point.x as c_int, point.y as c_int)
});

pub static SPEC: HPyType_Spec = HPyType_Spec!(
    name = "sample.Point",
    basicsize = size_of::<Point>(),
    flags = HPy_TPFLAGS_DEFAULT | HPy_TPFLAGS_BASETYPE | HPy_TPFLAGS_IMMUTABLETYPE,
    builtin_shape = Point::SHAPE,
    defines = [
        Point_new,
        Point_x,
        Point_y,
        Point_norm2,
        Point_times,
        Point_dot,
        Point_grown,
        Point_sum,
        Point_add,
        Point_negative,
        Point_bool,
        Point_length,
        Point_item,
        Point_contains,
        Point_richcompare,
        Point_hash,
        Point_repr,
    ],
);
