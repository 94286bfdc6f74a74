use hpy_sys::*;

#[repr(C, align(64))]
struct Lanes {
    lanes: [f32; 16],
}
HPyType_HELPERS!(Lanes, unsafe { HPyType_BuiltinShape_Object });

fn main() {}
