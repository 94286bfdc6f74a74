#![forbid(unsafe_code)]

use hpy_sys::*;

#[repr(C)]
struct Point {
    x: f32,
}

HPyDef_MEMBER!(x, "x", HPyMember_FLOAT, offset_of!(Point, x));

fn main() {}
