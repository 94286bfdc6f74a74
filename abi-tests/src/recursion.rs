// abi-tests/src/recursion.rs: constructors and call functions that call themselves for what they are given.

use core::ptr;

use crate::support::{Give, add_types, slice};
use hpy_sys::*;

#[repr(C)]
struct Item {
    number: i64,
}

HPyType_HELPERS!(Item, unsafe { HPyType_BuiltinShape_Object });

/// Calls `callable` with the first item of a list that has one.
unsafe fn call_for_item(ctx: &HPyContext, callable: HPy, args: &[HPy]) -> bool {
    let Some(&list) = args.first() else { return true };
    if HPyList_Check(ctx, list) == 0 || HPy_Length(ctx, list) <= 0 {
        return true;
    }
    let item = HPy_GetItem_i(ctx, list, 0);
    let result = HPy_Call(ctx, callable, &item, 1, HPy_NULL);
    HPy_Close(ctx, item);
    let is_made = !HPy_IsNull(result);
    HPy_Close(ctx, result);
    is_made
}

HPyDef_SLOT!(new, HPy_tp_new, |ctx, class, args, nargs, _kw| unsafe {
    if !call_for_item(ctx, class, slice(args, nargs as usize)) {
        return HPy_NULL;
    }
    let mut item: *mut Item = ptr::null_mut();
    HPy_New(ctx, class, &mut item)
});
HPyDef_SLOT!(new_alone, HPy_tp_new, |ctx, class, _args, _nargs, _kw| unsafe {
    let mut item: *mut Item = ptr::null_mut();
    HPy_New(ctx, class, &mut item)
});
HPyDef_SLOT!(init, HPy_tp_init, |ctx, this, args, nargs, _kw| unsafe {
    let class = HPy_Type(ctx, this);
    let is_made = call_for_item(ctx, class, slice(args, nargs as usize));
    HPy_Close(ctx, class);
    if is_made { 0 } else { -1 }
});

/// Calls its first argument with itself, unless that is `None`.
unsafe fn call_argument(ctx: &HPyContext, args: &[HPy]) -> HPy {
    match args.first() {
        Some(&h) if HPy_Is(ctx, h, ctx.h_None) == 0 => HPy_Call(ctx, h, &h, 1, HPy_NULL),
        _ => HPy_Dup(ctx, ctx.h_None),
    }
}

HPyDef_SLOT!(call, HPy_tp_call, |ctx, _self, args, nargs, _names| unsafe { call_argument(ctx, slice(args, nargs)) });
HPyDef_CALL_FUNCTION!(function, |ctx, _self, args, nargs, _names| unsafe { call_argument(ctx, slice(args, nargs)) });

const FLAGS: c_ulong = HPy_TPFLAGS_DEFAULT | HPy_TPFLAGS_BASETYPE;
const SIZE: usize = size_of::<Item>();

static NEW: HPyType_Spec = HPyType_Spec!(name = "recursion.New", basicsize = SIZE, flags = FLAGS, defines = [new]);
static NEW_AND_INIT: HPyType_Spec =
    HPyType_Spec!(name = "recursion.NewAndInit", basicsize = SIZE, flags = FLAGS, defines = [new_alone, init]);
static CALLED: HPyType_Spec =
    HPyType_Spec!(name = "recursion.Called", basicsize = SIZE, flags = FLAGS, defines = [call]);
static CALLED_WITHOUT_STRUCT: HPyType_Spec =
    HPyType_Spec!(name = "recursion.CalledWithoutStruct", flags = FLAGS, defines = [call]);

HPyDef_SLOT!(exec, HPy_mod_exec, |ctx, module| unsafe {
    let specs = [
        (c"New", &NEW),
        (c"NewAndInit", &NEW_AND_INIT),
        (c"Called", &CALLED),
        (c"CalledWithoutStruct", &CALLED_WITHOUT_STRUCT),
    ];
    add_types(ctx, module, &specs)
});

functions! {
    RECURSION(ctx) + [exec] {
        set_function(h) => HPy_SetCallFunction(ctx, h, &function).give(ctx);
    }
}

HPy_MODINIT!(recursion, RECURSION);
