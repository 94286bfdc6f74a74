use hpy_sys::*;

#[repr(C)]
struct Note {
    text: String,
}
HPyType_HELPERS!(Note, unsafe { HPyType_BuiltinShape_Object });

fn main() {}
