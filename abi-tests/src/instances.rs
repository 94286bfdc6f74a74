// abi-tests/src/instances.rs: instances made with a value: structs with fields that are dropped.

use core::sync::atomic::{AtomicI64, Ordering};

use hpy_sys::*;

/// How many values there are.
static ALIVE: AtomicI64 = AtomicI64::new(0);

/// A value that is counted.
struct Counted(String);

impl Counted {
    fn new(text: &str) -> Counted {
        ALIVE.fetch_add(1, Ordering::Relaxed);
        Counted(text.to_owned())
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        ALIVE.fetch_sub(1, Ordering::Relaxed);
    }
}

#[repr(C)]
struct Note {
    number: i64,
    text: Counted,
}
HPyType_HELPERS!(Note, unsafe { HPyType_BuiltinShape_Object }, destroy = Note_destroy);

HPyDef_SLOT!(Note_new, HPy_tp_new, |ctx, cls, _args, nargs, _kw| unsafe {
    Note::New(ctx, cls, Note { number: nargs as i64, text: Counted::new("größe") })
});
HPyDef_MEMBER!(Note_number, "number", HPyMember_LONGLONG, offset_of!(Note, number));
HPyDef_GET!(Note_text, "text", |ctx, self_, _closure| unsafe {
    let text = std::ffi::CString::new((*Note::AsStruct(ctx, self_)).text.0.as_str()).expect("it has no NUL");
    HPyUnicode_FromString(ctx, text.as_ptr())
});

static NOTE: HPyType_Spec = HPyType_Spec!(
    name = "hpy_abi_tests.instances.Note",
    basicsize = size_of::<Note>(),
    flags = HPy_TPFLAGS_DEFAULT | HPy_TPFLAGS_BASETYPE,
    builtin_shape = Note::SHAPE,
    defines = [Note_new, Note_number, Note_text, Note_destroy],
);

// The same without a constructor: what `object.__new__` makes has a struct of zeroes.
static BARE: HPyType_Spec = HPyType_Spec!(
    name = "hpy_abi_tests.instances.Bare",
    basicsize = size_of::<Note>(),
    builtin_shape = Note::SHAPE,
    defines = [Note_destroy],
);

HPyDef_SLOT!(exec, HPy_mod_exec, |ctx, module| unsafe {
    let add = |name: *const c_char, spec| HPyHelpers_AddType(ctx, module, name, spec, core::ptr::null()) != 0;
    if add(c"Note".as_ptr(), &NOTE) && add(c"Bare".as_ptr(), &BARE) { 0 } else { -1 }
});

functions! {
    INSTANCES(ctx) + [exec] {
        alive() => ALIVE.load(Ordering::Relaxed);
        // The value of an instance that cannot be made is dropped.
        make(class) => Note::New(ctx, class, Note { number: 7, text: Counted::new("made") });
    }
}

HPy_MODINIT!(instances, INSTANCES);
