// hpy-rust/src/node.rs: a type whose instances refer to others, can be collected, and are called.

use hpy_sys::*;

#[repr(C)]
struct Node {
    next: HPyField,
}

HPyType_HELPERS!(Node, unsafe { HPyType_BuiltinShape_Object });

HPyDef_SLOT!(Node_new, HPy_tp_new, |ctx, cls, args, nargs, kw| unsafe {
    let mut next = HPy_NULL;
    let mut tracker = HPyTracker::NULL;
    let parsed = !HPy_IsNull(kw) || nargs != 1;
    if !parsed {
        next = *args;
    } else if !HPyArg_ParseKeywordsDict!(ctx, Some(&mut tracker), args, nargs, kw, "|O:Node", ["next"], &mut next) {
        return HPy_NULL;
    }
    let mut node: *mut Node = core::ptr::null_mut();
    let h = HPy_New(ctx, cls, &mut node);
    if !HPy_IsNull(h) {
        HPyField_Store(ctx, h, &mut (*node).next, next);
    }
    if parsed {
        HPyTracker_Close(ctx, tracker);
    }
    h
});

HPyDef_SLOT!(Node_traverse, HPy_tp_traverse, |object, visit, arg| unsafe {
    HPy_VISIT!(visit, arg, &mut (*object.cast::<Node>()).next);
    0
});

HPyDef_SLOT!(Node_call, HPy_tp_call, |ctx, _self, args, nargs, kwnames| unsafe {
    if !HPy_IsNull(kwnames) || nargs != 1 {
        return HPyErr_SetString(ctx, ctx.h_TypeError, c"a node takes one argument".as_ptr());
    }
    HPy_Dup(ctx, *args)
});

HPyDef_GETSET!(
    Node_next,
    "next",
    |ctx, self_, _closure| unsafe {
        let node = Node::AsStruct(ctx, self_);
        if HPyField_IsNull((*node).next) { HPy_Dup(ctx, ctx.h_None) } else { HPyField_Load(ctx, self_, &(*node).next) }
    },
    |ctx, self_, value, _closure| unsafe {
        HPyField_Store(ctx, self_, &mut (*Node::AsStruct(ctx, self_)).next, value);
        0
    }
);

pub static SPEC: HPyType_Spec = HPyType_Spec!(
    name = "sample.Node",
    basicsize = size_of::<Node>(),
    flags = HPy_TPFLAGS_DEFAULT | HPy_TPFLAGS_BASETYPE | HPy_TPFLAGS_HAVE_GC,
    builtin_shape = Node::SHAPE,
    defines = [Node_new, Node_traverse, Node_call, Node_next],
);
