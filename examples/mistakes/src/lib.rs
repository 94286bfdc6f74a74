// examples/mistakes/src/lib.rs: three mistakes, which docs/debug.md finds in debug mode.

use hpy_sys::*;

HPyDef_METH!(leak, "leak", HPyFunc_O, |ctx, _self, arg| unsafe {
    HPy_Dup(ctx, arg); // Nobody closes it.
    HPy_Dup(ctx, ctx.h_None)
});

HPyDef_METH!(closed, "closed", HPyFunc_O, |ctx, _self, arg| unsafe {
    let copy = HPy_Dup(ctx, arg);
    HPy_Close(ctx, copy);
    HPy_Repr(ctx, copy) // It is closed.
});

/// A node of a tree.
#[repr(C)]
struct Node {
    left: HPyField,
    right: HPyField,
}

HPyType_HELPERS!(Node, unsafe { HPyType_BuiltinShape_Object });

HPyDef_SLOT!(Node_new, HPy_tp_new, |ctx, cls, args, nargs, _kw| unsafe {
    let (mut left, mut right) = (HPy_NULL, HPy_NULL);
    if !HPyArg_Parse!(ctx, None, args, nargs as usize, "OO:Node", &mut left, &mut right) {
        return HPy_NULL;
    }
    let h = Node::New(ctx, cls, Node { left: HPyField_NULL, right: HPyField_NULL });
    if !HPy_IsNull(h) {
        let node = Node::AsStruct(ctx, h);
        HPyField_Store(ctx, h, &raw mut (*node).left, left);
        HPyField_Store(ctx, h, &raw mut (*node).right, right);
    }
    h
});

HPyDef_SLOT!(Node_traverse, HPy_tp_traverse, |this, visit, arg| unsafe {
    let node = this.cast::<Node>();
    HPy_VISIT!(visit, arg, &raw mut (*node).left);
    0 // It does not visit `right`.
});

static NODE: HPyType_Spec = HPyType_Spec!(
    name = "mistakes.Node",
    basicsize = size_of::<Node>(),
    flags = HPy_TPFLAGS_DEFAULT | HPy_TPFLAGS_HAVE_GC,
    builtin_shape = Node::SHAPE,
    defines = [Node_new, Node_traverse],
);

HPyDef_SLOT!(exec, HPy_mod_exec, |ctx, module| unsafe {
    if HPyHelpers_AddType(ctx, module, c"Node".as_ptr(), &NODE, core::ptr::null()) != 0 { 0 } else { -1 }
});

static MISTAKES: HPyModuleDef = HPyModuleDef!(defines = [leak, closed, exec]);

HPy_MODINIT!(mistakes, MISTAKES);
