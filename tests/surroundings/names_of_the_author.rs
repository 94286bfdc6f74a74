//! Names that the macros could take for their own: variants, macros, no prelude at all.
#![no_implicit_prelude]
#![allow(unused_macros, dead_code)]

extern crate core;
extern crate hpy_sys;

use Mode::*;
use hpy_sys::*;

enum Mode {
    None,
    Some(i32),
    Ok,
    Err,
}

macro_rules! concat {
    ($($any:tt)*) => { ::core::compile_error!("this is the author's own concat!") };
}
macro_rules! stringify {
    ($($any:tt)*) => { ::core::compile_error!("this is the author's own stringify!") };
}

#[repr(C)]
struct Point {
    x: f64,
    note: Note,
}
struct Note;
impl ::core::ops::Drop for Note {
    fn drop(&mut self) {}
}
HPyType_HELPERS!(Point, unsafe { HPyType_BuiltinShape_Object }, destroy = pub Point_destroy);

#[repr(C)]
struct Plain {
    field: HPyField,
}
HPyType_HELPERS!(Plain, unsafe { HPyType_BuiltinShape_Object });

HPyDef_SLOT!(Point_new, HPy_tp_new, |ctx, cls, args, nargs, kw| unsafe {
    let (mut x, mut text, mut o) = (0.0, c"".as_ptr(), HPy_NULL);
    let mut tracker = HPyTracker::NULL;
    let some = ::core::option::Option::Some(&mut tracker);
    if !HPyArg_ParseKeywordsDict!(ctx, None, args, nargs, kw, "d|s", ["x", "text"], &mut x, &mut text)
        || !HPyArg_ParseKeywordsDict!(ctx, some, args, nargs, kw, "d|O", ["x", "o"], &mut x, &mut o)
    {
        return HPy_NULL;
    }
    HPyTracker_Close(ctx, tracker);
    Point::New(ctx, cls, Point { x, note: Note })
});
HPyDef_MEMBER!(Point_x, "x", HPyMember_DOUBLE, offset_of!(Point, x), readonly = 1);
HPyDef_MEMBER!(Plain_field, "field", HPyMember_OBJECT_EX, ::core::mem::offset_of!(Plain, field,));
HPyDef_MEMBER!(Plain_place, "place", HPyMember_HPYSSIZET, unsafe { ::core::mem::offset_of!(Plain, field) }, readonly = 1);
HPyDef_SLOT!(Point_length, HPy_sq_length, move |_ctx, _self| 1);
HPyDef_METH!(parse, "parse", HPyFunc_KEYWORDS, |ctx, _self, args, nargs, kwnames| unsafe {
    let (mut a, mut b) = (0, 0);
    if HPyArg_Parse!(ctx, None, args, nargs, "l|l", &mut a, &mut b)
        && HPyArg_ParseKeywords!(ctx, None, args, nargs, kwnames, "l$l", ["a", "b"], &mut a, &mut b)
    {
        return HPyTuple_Pack!(ctx, args.read(), HPy_BuildValue!(ctx, "(ll)", a, b));
    }
    HPyErr_Format!(ctx, ctx.h_ValueError, "%d", 1)
});
HPyDef_GETSET!(value, "value", |ctx, _self, _| unsafe { HPyUnicode_FromFormat!(ctx, "%zd", 1) }, |_ctx, _self, _value, _| 0);
HPyDef_SLOT!(compare, HPy_tp_richcompare, |ctx, _self, _other, op| unsafe { HPy_RETURN_RICHCOMPARE!(ctx, 1, 2, op) });
HPyDef_SLOT!(traverse, HPy_tp_traverse, |this, visit, arg| unsafe {
    HPy_VISIT!(visit, arg, &raw mut (*this.cast::<Plain>()).field);
    0
});
HPyDef_CALL_FUNCTION!(call, |ctx, _self, _args, _nargs, _names| unsafe { HPyLong_FromLong(ctx, 1) });
HPyCapsule_DESTRUCTOR!(gone, |_name, _pointer, _context| ());
HPyDef_MULTIPLE_INTERPRETERS!(interpreters, unsafe { HPy_MOD_PER_INTERPRETER_GIL_SUPPORTED });
HPyDef_GIL!(lock, unsafe { HPy_MOD_GIL_NOT_USED });

static GLOBAL: HPyGlobal = HPyGlobal::NULL;
static POINT: HPyType_Spec = HPyType_Spec!(
    name = "module.Point",
    basicsize = ::core::mem::size_of::<Point>(),
    defines = [Point_new, Point_destroy, Point_x, Point_length, value, compare],
);
static DEFINITION: HPyModuleDef =
    HPyModuleDef!(doc = "It.", defines = [parse, interpreters, lock], globals = [GLOBAL]);
HPy_MODINIT!(async, DEFINITION);

fn main() {
    let _ = (&POINT, &call, &gone, &traverse, None, Some(1), Ok, Err);
}
