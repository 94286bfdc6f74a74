//! Texts that are constants of any kind, attributes and documentation before definitions, few and all arguments.
#![deny(missing_docs, warnings)]

use hpy_sys::*;

const NAME: &str = "twice";
const DOC: &str = include_str!("constant_texts.rs");
const FORMAT: &str = "l|l:twice";
const FIRST: &str = "first";

HPyDef_METH!(
    /// A function with documentation of its own.
    #[allow(dead_code)]
    pub twice, NAME, HPyFunc_VARARGS, |ctx, _self, args, nargs| unsafe {
        let (mut a, mut b) = (0, 0);
        if !HPyArg_Parse!(ctx, None, args, nargs, FORMAT, &mut a, &mut b) {
            return HPy_NULL;
        }
        HPy_BuildValue!(ctx, concat!("(", "ll", ")"), a, b)
    },
    doc = concat!("Twice", " it.")
);
HPyDef_METH!(named, concat!("na", "med"), HPyFunc_KEYWORDS, |ctx, _self, args, nargs, names| unsafe {
    let mut a = 0;
    if !HPyArg_ParseKeywords!(ctx, None, args, nargs, names, concat!("l", ":f"), [FIRST], &mut a) {
        return HPy_NULL;
    }
    HPyUnicode_FromFormat!(ctx, concat!("%l", "d"), a)
}, doc = DOC);

/// The struct of an instance.
#[repr(C)]
#[derive(Debug)]
pub struct Node {
    next: HPyField,
    number: c_int,
    held: HPy,
    tracker: HPyTracker,
    state: HPyThreadState,
    list: HPyListBuilder,
    tuple: HPyTupleBuilder,
}
HPyType_HELPERS!(Node, unsafe { HPyType_BuiltinShape_Object });

HPyDef_MEMBER!(few, "few", HPyMember_INT, offset_of!(Node, number));
HPyDef_MEMBER!(all, concat!("a", "ll"), HPyMember_INT, offset_of!(Node, number), readonly = 1, doc = DOC);
HPyDef_MEMBER!(with_doc, "with_doc", HPyMember_INT, offset_of!(Node, number), doc = concat!("a", "b"));
HPyDef_GET!(get_few, "get_few", |ctx, _self, _closure| unsafe { HPyLong_FromLong(ctx, 1) });
HPyDef_GET!(get_all, NAME, |ctx, _self, _closure| unsafe { HPyLong_FromLong(ctx, 1) }, doc = DOC, closure = core::ptr::null_mut());
HPyDef_SET!(set_few, "set_few", |_ctx, _self, _value, _closure| 0);
HPyDef_SET!(set_all, NAME, |_ctx, _self, _value, _closure| 0, doc = DOC, closure = core::ptr::null_mut());
HPyDef_GETSET!(few_of_both, "few", |ctx, _self, _| unsafe { HPyLong_FromLong(ctx, 1) }, |_ctx, _self, _value, _| 0);
HPyDef_GETSET!(
    /// With all that there may be.
    #[cfg(unix)]
    pub both, NAME, |ctx, _self, _| unsafe { HPyLong_FromLong(ctx, 1) }, |_ctx, _self, _value, _| 0,
    doc = concat!("Bo", "th."), closure = core::ptr::null_mut(),
);

static NODE: HPyType_Spec = HPyType_Spec!(
    name = concat!("module", ".", "Node"),
    basicsize = size_of::<Node>(),
    itemsize = 0,
    flags = HPy_TPFLAGS_DEFAULT,
    builtin_shape = Node::SHAPE,
    legacy_slots = core::ptr::null_mut(),
    defines = [few, all, with_doc, get_few, get_all, set_few, set_all, few_of_both, #[cfg(unix)] both, #[cfg(not(any(unix, windows)))] nowhere],
    doc = DOC,
);
static LEAST: HPyType_Spec = HPyType_Spec!(name = "module.Least");

static GLOBAL: HPyGlobal = HPyGlobal::NULL;
static DEFINITION: HPyModuleDef = HPyModuleDef!(
    doc = DOC,
    size = 0,
    defines = [twice, #[cfg(not(any(unix, windows)))] nowhere, named],
    globals = [#[cfg(any(unix, windows))] GLOBAL],
);
static EMPTY: HPyModuleDef = HPyModuleDef!();
HPy_MODINIT!(module, DEFINITION);
HPy_MODINIT!(empty, EMPTY);

fn main() {
    println!("{:?} {:?} {:?} {:p} {:p}", HPy_NULL, HPyField_NULL, GLOBAL, &NODE, &LEAST);
}
