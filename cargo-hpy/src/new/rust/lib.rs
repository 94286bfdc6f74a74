//! An extension for Python, written with HPy.

use hpy_sys::*;

/// The class `Point`: a struct in each instance.
#[repr(C)]
struct Point {
    x: f64,
    y: f64,
}
HPyType_HELPERS!(Point, unsafe { HPyType_BuiltinShape_Object });

// In `unsafe` you promise to use handles as HPy asks: close each handle that a call returns, once, or return it.
HPyDef_SLOT!(POINT_NEW, HPy_tp_new, |ctx, cls, args, nargs, _kw| unsafe {
    let (mut x, mut y) = (0.0, 0.0);
    if !HPyArg_Parse!(ctx, None, args, nargs as usize, "dd:Point", &mut x, &mut y) {
        return HPy_NULL; // HPyArg_Parse! has set the exception.
    }
    Point::New(ctx, cls, Point { x, y })
});
HPyDef_MEMBER!(POINT_X, "x", HPyMember_DOUBLE, offset_of!(Point, x));
HPyDef_MEMBER!(POINT_Y, "y", HPyMember_DOUBLE, offset_of!(Point, y));
HPyDef_METH!(
    POINT_NORM,
    "norm",
    HPyFunc_NOARGS,
    |ctx, self_| unsafe {
        let point = &*Point::AsStruct(ctx, self_);
        HPyFloat_FromDouble(ctx, point.x.hypot(point.y))
    },
    doc = "The distance from the origin."
);

static POINT: HPyType_Spec = HPyType_Spec!(
    name = "{{module}}.Point",
    basicsize = size_of::<Point>(),
    builtin_shape = Point::SHAPE,
    doc = "A point of the plane.",
    defines = [POINT_NEW, POINT_X, POINT_Y, POINT_NORM],
);

HPyDef_METH!(
    HALF,
    "half",
    HPyFunc_O,
    |ctx, _self, number| unsafe {
        let two = HPyLong_FromLong(ctx, 2);
        let half = HPy_TrueDivide(ctx, number, two);
        HPy_Close(ctx, two); // Ours; `number` is the caller's.
        half // HPy_NULL if the division has set an exception.
    },
    doc = "Half of a number."
);

HPyDef_SLOT!(EXEC, HPy_mod_exec, |ctx, module| unsafe {
    if HPyHelpers_AddType(ctx, module, c"Point".as_ptr(), &POINT, core::ptr::null()) != 0 { 0 } else { -1 }
});

static MODULE: HPyModuleDef =
    HPyModuleDef!(doc = "An extension for Python, written with HPy.", defines = [HALF, EXEC]);
HPy_MODINIT!({{module}}, MODULE);
