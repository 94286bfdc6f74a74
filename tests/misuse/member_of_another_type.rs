use hpy_sys::*;

#[repr(C)]
struct Point {
    x: f32,
}

HPyDef_MEMBER!(x, "x", HPyMember_DOUBLE, offset_of!(Point, x));

fn main() {}
