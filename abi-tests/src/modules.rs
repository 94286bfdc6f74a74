// abi-tests/src/modules.rs: definitions of modules: good ones, and each one that is refused.

use crate::legacy;
use crate::support::Give;
use hpy_sys::*;

unsafe fn note(ctx: &HPyContext, module: HPy, text: &str) -> c_int {
    let notes = if HPy_HasAttr_s(ctx, module, c"notes".as_ptr()) != 0 {
        HPy_GetAttr_s(ctx, module, c"notes".as_ptr())
    } else {
        "".give(ctx)
    };
    let text = text.give(ctx);
    let all = HPy_Add(ctx, notes, text);
    let result = HPy_SetAttr_s(ctx, module, c"notes".as_ptr(), all);
    [notes, text, all].into_iter().for_each(|h| HPy_Close(ctx, h));
    result
}

HPyDef_METH!(
    function,
    "function",
    HPyFunc_O,
    |ctx, module, arg| unsafe { HPyTuple_FromArray(ctx, [module, arg].as_ptr(), 2) },
    doc = "function($module, arg, /)\n--\n\nGives what it is called with."
);
HPyDef_SLOT!(exec_first, HPy_mod_exec, |ctx, module| unsafe { note(ctx, module, "first ") });
HPyDef_SLOT!(exec_second, HPy_mod_exec, |ctx, module| unsafe { note(ctx, module, "second ") });
HPyDef_SLOT!(exec_third, HPy_mod_exec, |ctx, module| unsafe { note(ctx, module, "third") });
static FULL: HPyModuleDef = HPyModuleDef!(
    doc = "A module with everything.",
    legacy_methods = unsafe { legacy::methods() },
    defines = [exec_first, function, exec_second, exec_third],
);
HPy_MODINIT!(module_full, FULL);

static EMPTY: HPyModuleDef = HPyModuleDef!();
HPy_MODINIT!(module_empty, EMPTY);
// Names that are no plain identifiers of ASCII.
#[cfg(feature = "cpython")]
HPy_MODINIT!(größe = "gre_6ka8i", EMPTY);
HPy_MODINIT!(r#async, EMPTY);
HPy_MODINIT!(match, EMPTY);

// A module ignores these definitions.
HPyDef_MEMBER!(member, "member", HPyMember_INT, unsafe { 0 });
HPyDef_GET!(getter, "getter", |ctx, h, _closure| unsafe { HPy_Dup(ctx, h) });
static IGNORED: HPyModuleDef = HPyModuleDef!(defines = [member, getter, function]);
HPy_MODINIT!(module_ignored, IGNORED);

HPyDef_SLOT!(create, HPy_mod_create, |ctx, spec| unsafe {
    let types = HPyImport_ImportModule(ctx, c"types".as_ptr());
    let class = HPy_GetAttr_s(ctx, types, c"SimpleNamespace".as_ptr());
    let module = HPy_Call(ctx, class, core::ptr::null(), 0, HPy_NULL);
    let name = HPy_GetAttr_s(ctx, spec, c"name".as_ptr());
    HPy_SetAttr_s(ctx, module, c"created_for".as_ptr(), name);
    [types, class, name].into_iter().for_each(|h| HPy_Close(ctx, h));
    module
});
static CREATED: HPyModuleDef = HPyModuleDef!(defines = [create]);
HPy_MODINIT!(module_created, CREATED);

HPyDef_SLOT!(create_module, HPy_mod_create, |ctx, _spec| unsafe {
    let types = HPyImport_ImportModule(ctx, c"types".as_ptr());
    let class = HPy_GetAttr_s(ctx, types, c"ModuleType".as_ptr());
    let name = "inner".give(ctx);
    let module = HPy_Call(ctx, class, &name, 1, HPy_NULL);
    [types, class, name].into_iter().for_each(|h| HPy_Close(ctx, h));
    module
});
static CREATES_MODULE: HPyModuleDef = HPyModuleDef!(defines = [create_module]);
HPy_MODINIT!(module_creates_module, CREATES_MODULE);

HPyDef_SLOT!(create_fails, HPy_mod_create, |ctx, _spec| unsafe {
    HPyErr_SetString(ctx, ctx.h_KeyError, c"no create".as_ptr())
});
static CREATE_FAILS: HPyModuleDef = HPyModuleDef!(defines = [create_fails]);
HPy_MODINIT!(module_create_fails, CREATE_FAILS);

static NEGATIVE_SIZE: HPyModuleDef = HPyModuleDef!(size = -1);
HPy_MODINIT!(module_negative_size, NEGATIVE_SIZE);

HPyDef_SLOT!(repr, HPy_tp_repr, |ctx, _self| unsafe { "".give(ctx) });
static TYPE_SLOT: HPyModuleDef = HPyModuleDef!(defines = [function, repr]);
HPy_MODINIT!(module_type_slot, TYPE_SLOT);

static TWO_CREATES: HPyModuleDef = HPyModuleDef!(defines = [create, create_fails]);
HPy_MODINIT!(module_two_creates, TWO_CREATES);
static CREATE_AND_EXEC: HPyModuleDef = HPyModuleDef!(defines = [create, exec_first]);
HPy_MODINIT!(module_create_and_exec, CREATE_AND_EXEC);
static CREATE_AND_METHOD: HPyModuleDef = HPyModuleDef!(defines = [function, create]);
HPy_MODINIT!(module_create_and_method, CREATE_AND_METHOD);
static CREATE_AND_DOC: HPyModuleDef = HPyModuleDef!(doc = "doc", defines = [create]);
HPy_MODINIT!(module_create_and_doc, CREATE_AND_DOC);
static CREATE_AND_LEGACY: HPyModuleDef =
    HPyModuleDef!(legacy_methods = unsafe { legacy::methods() }, defines = [create]);
HPy_MODINIT!(module_create_and_legacy, CREATE_AND_LEGACY);
static SOME: HPyGlobal = HPyGlobal::NULL;
static CREATE_AND_GLOBALS: HPyModuleDef = HPyModuleDef!(defines = [create], globals = [SOME]);
HPy_MODINIT!(module_create_and_globals, CREATE_AND_GLOBALS);

static BAD_SIGNATURE: HPyModuleDef = HPyModuleDef!(defines = [function, BAD]);
static BAD: HPyDef = unsafe {
    HPyDef::meth(c"bad".as_ptr(), HPyFunc_INQUIRY, __private::Direct::NONE, core::ptr::null(), core::ptr::null())
};
HPy_MODINIT!(module_bad_signature, BAD_SIGNATURE);

HPyDef_SLOT!(exec_fails, HPy_mod_exec, |ctx, _module| unsafe {
    HPyErr_SetString(ctx, ctx.h_KeyError, c"no exec".as_ptr());
    -1
});
HPyDef_SLOT!(exec_never, HPy_mod_exec, |_ctx, _module| panic!("a slot after one that fails is not run"));
static EXEC_FAILS: HPyModuleDef = HPyModuleDef!(defines = [exec_first, exec_fails, exec_never]);
HPy_MODINIT!(module_exec_fails, EXEC_FAILS);

HPyDef_SLOT!(exec_says_nothing, HPy_mod_exec, |_ctx, _module| -1);
static EXEC_SAYS_NOTHING: HPyModuleDef = HPyModuleDef!(defines = [exec_says_nothing]);
HPy_MODINIT!(module_exec_says_nothing, EXEC_SAYS_NOTHING);

HPyDef_SLOT!(exec_leaves_error, HPy_mod_exec, |ctx, _module| unsafe {
    HPyErr_SetString(ctx, ctx.h_KeyError, c"left".as_ptr());
    0
});
static EXEC_LEAVES_ERROR: HPyModuleDef = HPyModuleDef!(defines = [exec_leaves_error]);
HPy_MODINIT!(module_exec_leaves_error, EXEC_LEAVES_ERROR);

HPyDef_SLOT!(exec_panics, HPy_mod_exec, |_ctx, _module| panic!("expected: in exec"));
static EXEC_PANICS: HPyModuleDef = HPyModuleDef!(defines = [exec_panics]);
HPy_MODINIT!(module_exec_panics, EXEC_PANICS);
