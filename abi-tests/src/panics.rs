// abi-tests/src/panics.rs: a panic in each kind of function.

use std::sync::Once;

use crate::support::add_types;
use hpy_sys::*;

HPyDef_METH!(noargs, "noargs", HPyFunc_NOARGS, |_ctx, _self| panic!("expected: noargs"));
HPyDef_METH!(formatted, "formatted", HPyFunc_O, |_ctx, _self, _arg| panic!("expected: {} é", 1 + 2));
HPyDef_METH!(varargs, "varargs", HPyFunc_VARARGS, |_ctx, _self, _args, _nargs| panic!("expected: varargs"));
HPyDef_METH!(keywords, "keywords", HPyFunc_KEYWORDS, |_ctx, _self, _args, _nargs, _names| {
    panic!("expected: keywords")
});
HPyDef_METH!(odd_payload, "odd_payload", HPyFunc_NOARGS, |_ctx, _self| {
    std::panic::resume_unwind(Box::new(7));
});
HPyDef_METH!(with_exception_set, "with_exception_set", HPyFunc_NOARGS, |ctx, _self| {
    HPyErr_SetString(ctx, ctx.h_KeyError, c"before".as_ptr());
    panic!("expected: with an exception set")
});

HPyDef_SLOT!(init, HPy_tp_init, |_ctx, _self, _args, nargs, _kw| {
    if nargs == 1 {
        panic!("expected: init");
    }
    0
});
HPyDef_SLOT!(repr, HPy_tp_repr, |_ctx, _self| panic!("expected: repr"));
HPyDef_SLOT!(hash, HPy_tp_hash, |_ctx, _self| panic!("expected: hash"));
HPyDef_SLOT!(length, HPy_sq_length, |_ctx, _self| panic!("expected: length"));
HPyDef_SLOT!(truth, HPy_nb_bool, |_ctx, _self| panic!("expected: truth"));
HPyDef_SLOT!(get_buffer, HPy_bf_getbuffer, |_ctx, _self, _buffer, _flags| panic!("expected: buffer"));
HPyDef_GETSET!(
    attribute,
    "attribute",
    |_ctx, _self, _closure| panic!("expected: getter"),
    |_ctx, _self, _value, _closure| panic!("expected: setter"),
);
static PANICS: HPyType_Spec = HPyType_Spec!(
    name = "panics.Panics",
    basicsize = 8,
    flags = HPy_TPFLAGS_DEFAULT | HPy_TPFLAGS_BASETYPE,
    defines = [init, repr, hash, length, truth, get_buffer, attribute],
);

HPyDef_SLOT!(finalize, HPy_tp_finalize, |_ctx, _self| panic!("expected: finalize"));
static FINALIZER: HPyType_Spec =
    HPyType_Spec!(name = "panics.Finalizer", basicsize = 8, flags = HPy_TPFLAGS_DEFAULT, defines = [finalize],);

HPyDef_SLOT!(destroy, HPy_tp_destroy, |_this| panic!("expected: destroy"));
static DESTROYER: HPyType_Spec =
    HPyType_Spec!(name = "panics.Destroyer", basicsize = 8, flags = HPy_TPFLAGS_DEFAULT, defines = [destroy],);

/// What is expected is not printed to stderr.
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

HPyDef_SLOT!(exec, HPy_mod_exec, |ctx, module| {
    quiet();
    add_types(ctx, module, &[(c"Panics", &PANICS), (c"Finalizer", &FINALIZER), (c"Destroyer", &DESTROYER)])
});

static PANICS_MODULE: HPyModuleDef =
    HPyModuleDef!(defines = [noargs, formatted, varargs, keywords, odd_payload, with_exception_set, exec]);

HPy_MODINIT!(panics, PANICS_MODULE);
