// abi-tests/src/gc.rs: instances with references: how they are visited, cleared, finalized and destroyed.

use core::ptr;
use core::sync::atomic::{AtomicI64, Ordering::Relaxed};

use crate::support::{Give, add_types, int, or_null, slice};
use hpy_sys::*;

/// A node of a graph.
#[repr(C)]
struct Node {
    left: HPyField,
    right: HPyField,
    number: i64,
}

HPyType_HELPERS!(Node, unsafe { HPyType_BuiltinShape_Object });

/// A node with a reference more.
#[repr(C)]
struct Derived {
    base: Node,
    extra: HPyField,
}

HPyType_HELPERS!(Derived, unsafe { HPyType_BuiltinShape_Object });

static FINALIZED: AtomicI64 = AtomicI64::new(0);
static DESTROYED: AtomicI64 = AtomicI64::new(0);
/// The sum of the numbers of all destroyed nodes: that the right struct was passed.
static SUM: AtomicI64 = AtomicI64::new(0);
/// Where a finalizer leaves its object, if it is asked to.
static RESURRECTED: HPyGlobal = HPyGlobal::NULL;

/// The number with which the constructor fails when the instance is made.
const FAILING: i64 = 666;

HPyDef_SLOT!(new, HPy_tp_new, |ctx, class, args, nargs, _kw| unsafe {
    let mut node: *mut Node = ptr::null_mut();
    let h = HPy_New(ctx, class, &mut node);
    if !HPy_IsNull(h) {
        (*node).number = slice(args, nargs as usize).first().map_or(1, |first| int(ctx, *first));
        if (*node).number == FAILING {
            HPy_Close(ctx, h);
            return HPyErr_SetString(ctx, ctx.h_ValueError, c"this number fails".as_ptr());
        }
    }
    h
});

HPyDef_SLOT!(traverse, HPy_tp_traverse, |this, visit, arg| unsafe {
    let node = this.cast::<Node>();
    HPy_VISIT!(visit, arg, &raw mut (*node).left);
    HPy_VISIT!(visit, arg, &raw mut (*node).right);
    0
});

// It does not look at what the visitor returns.
HPyDef_SLOT!(traverse_careless, HPy_tp_traverse, |this, visit, arg| unsafe {
    let node = this.cast::<Node>();
    for field in [&raw mut (*node).left, &raw mut (*node).right] {
        if !HPyField_IsNull(*field) {
            visit(field, arg);
        }
    }
    0
});

HPyDef_SLOT!(traverse_derived, HPy_tp_traverse, |this, visit, arg| unsafe {
    let derived = this.cast::<Derived>();
    HPy_VISIT!(visit, arg, &raw mut (*derived).base.left);
    HPy_VISIT!(visit, arg, &raw mut (*derived).base.right);
    HPy_VISIT!(visit, arg, &raw mut (*derived).extra);
    0
});

HPyDef_SLOT!(destroy, HPy_tp_destroy, |this| unsafe {
    DESTROYED.fetch_add(1, Relaxed);
    SUM.fetch_add((*this.cast::<Node>()).number, Relaxed);
});

HPyDef_SLOT!(finalize, HPy_tp_finalize, |ctx, self_| unsafe {
    FINALIZED.fetch_add(1, Relaxed);
    if (*Node::AsStruct(ctx, self_)).number < 0 {
        HPyGlobal_Store(ctx, &RESURRECTED, self_);
    }
});

unsafe fn load(ctx: &HPyContext, owner: HPy, field: *const HPyField) -> HPy {
    let h = HPyField_Load(ctx, owner, field);
    if HPy_IsNull(h) { HPy_Dup(ctx, ctx.h_None) } else { h }
}

/// Stores a value, or nothing if the attribute is deleted.
unsafe fn store(ctx: &HPyContext, owner: HPy, field: *mut HPyField, value: HPy) -> c_int {
    HPyField_Store(ctx, owner, field, or_null(ctx, value));
    assert!(HPyField_IsNull(*field) == HPy_IsNull(or_null(ctx, value)));
    0
}

HPyDef_GETSET!(
    left,
    "left",
    |ctx, h, _closure| unsafe { load(ctx, h, &raw const (*Node::AsStruct(ctx, h)).left) },
    |ctx, h, value, _closure| unsafe { store(ctx, h, &raw mut (*Node::AsStruct(ctx, h)).left, value) },
);
HPyDef_GETSET!(
    right,
    "right",
    |ctx, h, _closure| unsafe { load(ctx, h, &raw const (*Node::AsStruct(ctx, h)).right) },
    |ctx, h, value, _closure| unsafe { store(ctx, h, &raw mut (*Node::AsStruct(ctx, h)).right, value) },
);
HPyDef_GETSET!(
    extra,
    "extra",
    |ctx, h, _closure| unsafe { load(ctx, h, &raw const (*Derived::AsStruct(ctx, h)).extra) },
    |ctx, h, value, _closure| unsafe { store(ctx, h, &raw mut (*Derived::AsStruct(ctx, h)).extra, value) },
);
HPyDef_MEMBER!(number, "number", HPyMember_LONGLONG, offset_of!(Node, number));

const COLLECTED: c_ulong = HPy_TPFLAGS_DEFAULT | HPy_TPFLAGS_BASETYPE | HPy_TPFLAGS_HAVE_GC;

static NODE: HPyType_Spec = HPyType_Spec!(
    name = "gc.Node",
    basicsize = size_of::<Node>(),
    flags = COLLECTED,
    defines = [new, traverse, destroy, left, right, number],
);
static FINALIZING: HPyType_Spec = HPyType_Spec!(
    name = "gc.Finalizing",
    basicsize = size_of::<Node>(),
    flags = COLLECTED,
    defines = [new, traverse, destroy, finalize, left, right, number],
);
/// It holds references, and the garbage collector does not know its instances.
static UNTRACKED: HPyType_Spec = HPyType_Spec!(
    name = "gc.Untracked",
    basicsize = size_of::<Node>(),
    flags = HPy_TPFLAGS_DEFAULT | HPy_TPFLAGS_BASETYPE,
    defines = [new, traverse, destroy, left, right, number],
);
/// Types with one of the two functions.
static FIELDS: HPyType_Spec = HPyType_Spec!(
    name = "gc.Fields",
    basicsize = size_of::<Node>(),
    flags = COLLECTED,
    defines = [new, traverse, left, right, number],
);
static CARELESS: HPyType_Spec = HPyType_Spec!(
    name = "gc.Careless",
    basicsize = size_of::<Node>(),
    flags = COLLECTED,
    defines = [new, traverse_careless, left, right, number],
);
static OWNER: HPyType_Spec = HPyType_Spec!(
    name = "gc.Owner",
    basicsize = size_of::<Node>(),
    flags = HPy_TPFLAGS_DEFAULT | HPy_TPFLAGS_BASETYPE,
    defines = [new, destroy, number],
);
/// It has a place for weak references, behind the node.
#[repr(C)]
struct Weak {
    node: Node,
    list: HPyField,
}
HPyDef_MEMBER!(weak_list, "__weaklistoffset__", HPyMember_HPYSSIZET, unsafe { offset_of!(Weak, list) }, readonly = 1);
static WEAK: HPyType_Spec = HPyType_Spec!(
    name = "gc.Weak",
    basicsize = size_of::<Weak>(),
    flags = COLLECTED,
    defines = [new, traverse, destroy, finalize, left, right, number, weak_list],
);
/// A type below `Node`, made by [`derive`].
static DERIVED: HPyType_Spec = HPyType_Spec!(
    name = "gc.Derived",
    basicsize = size_of::<Derived>(),
    flags = COLLECTED,
    defines = [traverse_derived, destroy, extra],
);
/// A type below another, with nothing of its own.
static PLAIN: HPyType_Spec = HPyType_Spec!(name = "gc.Plain", flags = HPy_TPFLAGS_DEFAULT | HPy_TPFLAGS_BASETYPE);

/// A node whose dictionary is a field that its own function visits, as C API types do it.
#[repr(C)]
struct WithDict {
    node: Node,
    dict: HPyField,
    weak_references: HPyField,
}

HPyType_HELPERS!(WithDict, unsafe { HPyType_BuiltinShape_Object });

HPyDef_MEMBER!(dict_offset, "__dictoffset__", HPyMember_HPYSSIZET, unsafe { offset_of!(WithDict, dict) }, readonly = 1);
HPyDef_MEMBER!(
    list_offset,
    "__weaklistoffset__",
    HPyMember_HPYSSIZET,
    unsafe { offset_of!(WithDict, weak_references) },
    readonly = 1
);
HPyDef_SLOT!(traverse_with_dict, HPy_tp_traverse, |this, visit, arg| unsafe {
    let this = this.cast::<WithDict>();
    HPy_VISIT!(visit, arg, &raw mut (*this).node.left);
    HPy_VISIT!(visit, arg, &raw mut (*this).dict);
    HPy_VISIT!(visit, arg, &raw mut (*this).weak_references);
    HPy_VISIT!(visit, arg, &raw mut (*this).node.right);
    0
});
static WITH_DICT: HPyType_Spec = HPyType_Spec!(
    name = "gc.WithDict",
    basicsize = size_of::<WithDict>(),
    flags = COLLECTED,
    defines = [traverse_with_dict, destroy, left, right, number, dict_offset, list_offset],
);

HPyDef_SLOT!(exec, HPy_mod_exec, |ctx, module| unsafe {
    let specs = [
        (c"Node", &NODE),
        (c"Finalizing", &FINALIZING),
        (c"Untracked", &UNTRACKED),
        (c"Fields", &FIELDS),
        (c"Careless", &CARELESS),
        (c"Owner", &OWNER),
        (c"Weak", &WEAK),
        (c"WithDict", &WITH_DICT),
    ];
    add_types(ctx, module, &specs)
});

unsafe fn below(ctx: &HPyContext, spec: &HPyType_Spec, base: HPy) -> HPy {
    let params = [HPyType_SpecParam { kind: HPyType_SpecParam_Base, object: base }, HPyType_SpecParam::END];
    HPyType_FromSpec(ctx, spec, params.as_ptr())
}

functions! {
    GC(ctx) + [exec] globals [RESURRECTED] {
        derive(base) => below(ctx, &DERIVED, base);
        derive_plain(base) => below(ctx, &PLAIN, base);
        counts() => [&FINALIZED, &DESTROYED, &SUM].map(|count| count.load(Relaxed));
        take_resurrected() => {
            let h = HPyGlobal_Load(ctx, &RESURRECTED);
            HPyGlobal_Store(ctx, &RESURRECTED, HPy_NULL);
            if HPy_IsNull(h) { HPy_Dup(ctx, ctx.h_None) } else { h }
        };
        chain(class, length) => {
            let mut head = HPy_Dup(ctx, ctx.h_None);
            for _ in 0..int(ctx, length) {
                let node = HPy_Call(ctx, class, ptr::null(), 0, HPy_NULL);
                assert!(!HPy_IsNull(node));
                HPyField_Store(ctx, node, &raw mut (*Node::AsStruct(ctx, node)).left, head);
                HPy_Close(ctx, head);
                head = node;
            }
            head.give(ctx)
        };
    }
}

HPy_MODINIT!(gc, GC);
