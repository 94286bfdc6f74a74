use hpy_sys::*;

#[repr(C)]
struct Note {
    text: String,
}
HPyType_HELPERS!(Note, unsafe { HPyType_BuiltinShape_Object }, destroy = Note_destroy);

HPyDef_SLOT!(Note_new, HPy_tp_new, |ctx, cls, _args, _nargs, _kw| unsafe {
    Note::New(ctx, cls, Note { text: String::new() })
});

fn main() {
    let _ = &Note_new;
}
