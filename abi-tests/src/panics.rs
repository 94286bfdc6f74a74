// abi-tests/src/panics.rs: a panic in each kind of function.

use std::sync::Once;

use crate::support::add_types;
use hpy_sys::*;

HPyDef_METH!(noargs, "noargs", HPyFunc_NOARGS, |_ctx, _self| unsafe { panic!("expected: noargs") });
HPyDef_METH!(formatted, "formatted", HPyFunc_O, |_ctx, _self, _arg| unsafe { panic!("expected: {} é", 1 + 2) });
HPyDef_METH!(varargs, "varargs", HPyFunc_VARARGS, |_ctx, _self, _args, _nargs| unsafe { panic!("expected: varargs") });
HPyDef_METH!(keywords, "keywords", HPyFunc_KEYWORDS, |_ctx, _self, _args, _nargs, _names| unsafe {
    panic!("expected: keywords")
});
HPyDef_METH!(odd_payload, "odd_payload", HPyFunc_NOARGS, |_ctx, _self| unsafe {
    std::panic::resume_unwind(Box::new(7));
});
HPyDef_METH!(with_exception_set, "with_exception_set", HPyFunc_NOARGS, |ctx, _self| unsafe {
    HPyErr_SetString(ctx, ctx.h_KeyError, c"before".as_ptr());
    panic!("expected: with an exception set")
});
HPyDef_METH!(with_nul, "with_nul", HPyFunc_NOARGS, |_ctx, _self| unsafe { panic!("expected: a\0b") });
HPyDef_METH!(set_error_and_close, "set_error_and_close", HPyFunc_O, |ctx, _self, class| unsafe {
    let h = HPy_Call(ctx, class, core::ptr::null(), 0, HPy_NULL);
    assert!(!HPy_IsNull(h));
    HPyErr_SetString(ctx, ctx.h_KeyError, c"mine".as_ptr());
    HPy_Close(ctx, h);
    HPy_NULL
});
HPyCapsule_DESTRUCTOR!(end, |_name, _pointer, _context| panic!("expected: capsule"));
HPyDef_METH!(capsule, "capsule", HPyFunc_NOARGS, |ctx, _self| unsafe {
    HPyCapsule_New(ctx, core::ptr::without_provenance_mut(1), core::ptr::null(), &end)
});

HPyDef_METH!(away, "away", HPyFunc_NOARGS, |ctx, _self| unsafe {
    HPy_LEAVE_PYTHON!(ctx, { panic!("expected: away") })
});
HPyDef_METH!(away_without_macro, "away_without_macro", HPyFunc_NOARGS, |ctx, _self| unsafe {
    let _state = HPy_LeavePythonExecution(ctx);
    panic!("expected: away")
});

/// A struct with nothing in particular.
#[repr(C)]
struct Panics {
    number: i64,
}

HPyType_HELPERS!(Panics, unsafe { HPyType_BuiltinShape_Object });

HPyDef_SLOT!(make, HPy_tp_new, |ctx, class, _args, _nargs, _kw| unsafe {
    let mut made: *mut Panics = core::ptr::null_mut();
    HPy_New(ctx, class, &mut made)
});
HPyDef_SLOT!(init, HPy_tp_init, |_ctx, _self, _args, nargs, _kw| {
    if nargs == 1 {
        panic!("expected: init");
    }
    0
});
HPyDef_SLOT!(repr, HPy_tp_repr, |_ctx, _self| unsafe { panic!("expected: repr") });
HPyDef_SLOT!(hash, HPy_tp_hash, |_ctx, _self| panic!("expected: hash"));
HPyDef_SLOT!(length, HPy_sq_length, |_ctx, _self| panic!("expected: length"));
HPyDef_SLOT!(truth, HPy_nb_bool, |_ctx, _self| panic!("expected: truth"));
HPyDef_SLOT!(add, HPy_nb_add, |_ctx, _left, _right| unsafe { panic!("expected: add") });
HPyDef_SLOT!(power, HPy_nb_power, |_ctx, _left, _right, _modulo| unsafe { panic!("expected: power") });
HPyDef_SLOT!(compare, HPy_tp_richcompare, |_ctx, _left, _right, _op| unsafe { panic!("expected: compare") });
HPyDef_SLOT!(contains, HPy_sq_contains, |_ctx, _self, _value| panic!("expected: contains"));
HPyDef_SLOT!(item, HPy_sq_item, |_ctx, _self, _index| unsafe { panic!("expected: item") });
HPyDef_SLOT!(set_item, HPy_mp_ass_subscript, |_ctx, _self, _key, _value| panic!("expected: set item"));
HPyDef_SLOT!(describe, HPy_tp_descr_get, |_ctx, _self, _object, _class| unsafe { panic!("expected: descriptor") });
HPyDef_SLOT!(call, HPy_tp_call, |_ctx, _self, _args, _nargs, _names| unsafe { panic!("expected: call") });
HPyDef_SLOT!(get_buffer, HPy_bf_getbuffer, |_ctx, _self, _buffer, _flags| unsafe { panic!("expected: buffer") });
HPyDef_GETSET!(
    attribute,
    "attribute",
    |_ctx, _self, _closure| unsafe { panic!("expected: getter") },
    |_ctx, _self, _value, _closure| panic!("expected: setter"),
);
static PANICS: HPyType_Spec = HPyType_Spec!(
    name = "panics.Panics",
    basicsize = size_of::<Panics>(),
    flags = HPy_TPFLAGS_DEFAULT | HPy_TPFLAGS_BASETYPE,
    defines = [
        make, init, repr, hash, length, truth, add, power, compare, contains, item, set_item, describe, call,
        get_buffer, attribute,
    ],
);

HPyDef_SLOT!(finalize, HPy_tp_finalize, |_ctx, _self| panic!("expected: finalize"));
static FINALIZER: HPyType_Spec =
    HPyType_Spec!(name = "panics.Finalizer", basicsize = 8, flags = HPy_TPFLAGS_DEFAULT, defines = [finalize],);

HPyDef_SLOT!(new, HPy_tp_new, |_ctx, _class, _args, _nargs, _kw| unsafe { panic!("expected: new") });
static NEVER_NEW: HPyType_Spec =
    HPyType_Spec!(name = "panics.NeverNew", basicsize = 8, flags = HPy_TPFLAGS_DEFAULT, defines = [new],);

HPyDef_SLOT!(give_buffer, HPy_bf_getbuffer, |ctx, self_, buffer, _flags| unsafe {
    buffer.write(HPy_buffer {
        buf: c"a".as_ptr().cast_mut().cast(),
        obj: HPy_Dup(ctx, self_),
        len: 1,
        itemsize: 1,
        readonly: 1,
        ndim: 1,
        format: core::ptr::null_mut(),
        shape: core::ptr::null_mut(),
        strides: core::ptr::null_mut(),
        suboffsets: core::ptr::null_mut(),
        internal: core::ptr::null_mut(),
    });
    0
});
HPyDef_SLOT!(release_buffer, HPy_bf_releasebuffer, |_ctx, _self, _buffer| panic!("expected: release"));
static BUFFER: HPyType_Spec = HPyType_Spec!(
    name = "panics.Buffer",
    basicsize = 8,
    flags = HPy_TPFLAGS_DEFAULT,
    defines = [give_buffer, release_buffer],
);

HPyDef_SLOT!(destroy, HPy_tp_destroy, |_this| panic!("expected: destroy"));
static DESTROYER: HPyType_Spec =
    HPyType_Spec!(name = "panics.Destroyer", basicsize = 8, flags = HPy_TPFLAGS_DEFAULT, defines = [destroy],);

HPyDef_SLOT!(traverse, HPy_tp_traverse, |_this, _visit, _arg| panic!("expected: traverse"));
static VISITED: HPyType_Spec = HPyType_Spec!(
    name = "panics.Visited",
    basicsize = 8,
    flags = HPy_TPFLAGS_DEFAULT | HPy_TPFLAGS_HAVE_GC,
    defines = [traverse],
);

/// Keeps expected panics from printing to stderr.
fn quiet() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let default = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            let payload = info.payload();
            let text = payload.downcast_ref::<String>().map(String::as_str).or(payload.downcast_ref().copied());
            if !text.is_some_and(|text: &str| text.starts_with("expected: ")) {
                default(info);
            }
        }));
    });
}

HPyDef_SLOT!(exec, HPy_mod_exec, |ctx, module| unsafe {
    quiet();
    let specs = [
        (c"Panics", &PANICS),
        (c"Finalizer", &FINALIZER),
        (c"NeverNew", &NEVER_NEW),
        (c"Buffer", &BUFFER),
        (c"Destroyer", &DESTROYER),
        (c"Visited", &VISITED),
    ];
    add_types(ctx, module, &specs)
});

static PANICS_MODULE: HPyModuleDef = HPyModuleDef!(
    defines = [
        noargs,
        formatted,
        varargs,
        keywords,
        odd_payload,
        with_exception_set,
        with_nul,
        set_error_and_close,
        capsule,
        away,
        away_without_macro,
        exec,
    ],
);

HPy_MODINIT!(panics, PANICS_MODULE);
