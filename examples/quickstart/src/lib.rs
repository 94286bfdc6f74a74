// examples/quickstart/src/lib.rs: HPy's first example, two functions and a module, and then a type.

use hpy_sys::*;

HPyDef_METH!(myabs, "myabs", HPyFunc_O, |ctx, _self, arg| unsafe { HPy_Absolute(ctx, arg) });

HPyDef_METH!(add_ints, "add_ints", HPyFunc_VARARGS, |ctx, _self, args, nargs| unsafe {
    let (mut a, mut b) = (0, 0);
    if !HPyArg_Parse!(ctx, None, args, nargs, "ll", &mut a, &mut b) {
        return HPy_NULL;
    }
    HPyLong_FromLong(ctx, a + b)
});

/// A point of the plane.
#[repr(C)]
struct Point {
    x: f64,
    y: f64,
}

HPyType_HELPERS!(Point, unsafe { HPyType_BuiltinShape_Object });

HPyDef_MEMBER!(Point_x, "x", HPyMember_DOUBLE, offset_of!(Point, x));
HPyDef_MEMBER!(Point_y, "y", HPyMember_DOUBLE, offset_of!(Point, y));

HPyDef_SLOT!(Point_new, HPy_tp_new, |ctx, cls, args, nargs, _kw| unsafe {
    let (mut x, mut y) = (0.0, 0.0);
    if !HPyArg_Parse!(ctx, None, args, nargs as usize, "dd:Point", &mut x, &mut y) {
        return HPy_NULL;
    }
    Point::New(ctx, cls, Point { x, y })
});

HPyDef_METH!(Point_norm, "norm", HPyFunc_NOARGS, |ctx, self_| unsafe {
    let point = &*Point::AsStruct(ctx, self_);
    HPyFloat_FromDouble(ctx, point.x.hypot(point.y))
});

HPyDef_SLOT!(Point_repr, HPy_tp_repr, |ctx, self_| unsafe {
    let point = &*Point::AsStruct(ctx, self_);
    let text = std::ffi::CString::new(format!("Point({}, {})", point.x, point.y)).expect("numbers have no NUL");
    HPyUnicode_FromString(ctx, text.as_ptr())
});

static POINT: HPyType_Spec = HPyType_Spec!(
    name = "quickstart.Point",
    basicsize = size_of::<Point>(),
    flags = HPy_TPFLAGS_DEFAULT | HPy_TPFLAGS_BASETYPE,
    builtin_shape = Point::SHAPE,
    defines = [Point_new, Point_x, Point_y, Point_norm, Point_repr],
    doc = "A point of the plane.",
);

HPyDef_SLOT!(exec, HPy_mod_exec, |ctx, module| unsafe {
    if HPyHelpers_AddType(ctx, module, c"Point".as_ptr(), &POINT, core::ptr::null()) != 0 { 0 } else { -1 }
});

static QUICKSTART: HPyModuleDef = HPyModuleDef!(doc = "HPy Quickstart Example", defines = [myabs, add_ints, exec]);

HPy_MODINIT!(quickstart, QUICKSTART);
