use hpy_sys::*;

#[repr(C)]
struct Note {
    text: String,
}
HPyType_HELPERS!(Note, destroy = Note_destroy);

fn main() {}
