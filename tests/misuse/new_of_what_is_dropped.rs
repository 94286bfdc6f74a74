use hpy_sys::*;

#[repr(C)]
struct Note {
    text: String,
}
HPyType_HELPERS!(Note, unsafe { HPyType_BuiltinShape_Object }, destroy = Note_destroy);

HPyDef_SLOT!(Note_new, HPy_tp_new, |ctx, cls, _args, _nargs, _kw| unsafe {
    let mut note: *mut Note = core::ptr::null_mut();
    let h = HPy_New(ctx, cls, &mut note);
    if !HPy_IsNull(h) {
        *note = Note { text: String::new() };
    }
    h
});

fn main() {
    let _ = &Note_new;
}
