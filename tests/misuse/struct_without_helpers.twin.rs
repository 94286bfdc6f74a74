use hpy_sys::*;

struct Point;

HPyType_HELPERS!(Point, unsafe { HPyType_BuiltinShape_Object });

HPyDef_SLOT!(Point_new, HPy_tp_new, |ctx, cls, _args, _nargs, _kw| unsafe {
    let mut point: *mut Point = core::ptr::null_mut();
    HPy_New(ctx, cls, &mut point)
});

fn main() {
    let _ = &Point_new;
}
