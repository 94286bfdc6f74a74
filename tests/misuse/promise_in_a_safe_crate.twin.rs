#![deny(warnings)]
#![allow(dead_code)]

use hpy_sys::*;

#[repr(C)]
struct Point {
    x: f64,
    weak: *mut c_void,
}

fn same(_ctx: &HPyContext, _self: HPy, arg: HPy) -> HPy {
    arg
}

HPyType_HELPERS!(Point, unsafe { HPyType_BuiltinShape_Object });
HPyDef_METH!(meth, "meth", HPyFunc_O, |_ctx, _self, arg| unsafe { arg });
HPyDef_METH!(named, "named", HPyFunc_O, unsafe { same });
HPyDef_SLOT!(slot, HPy_nb_add, |_ctx, left, _right| unsafe { left });
HPyDef_SLOT!(buffer, HPy_bf_getbuffer, |_ctx, _self, _buffer, _flags| unsafe { 0 });
HPyDef_SLOT!(finalize, HPy_tp_finalize, unsafe { HPy_Close });
HPyDef_GET!(get, "get", |_ctx, self_, _closure| unsafe { self_ });
HPyDef_GETSET!(both, "both", |_ctx, self_, _closure| unsafe { self_ }, |_ctx, _self, _value, _closure| 0);
HPyDef_CALL_FUNCTION!(call, |_ctx, self_, _args, _nargs, _names| unsafe { self_ });
HPyDef_SET!(set, "set", |_ctx, _self, _value, closure| unsafe { *closure.cast() });
HPyCapsule_DESTRUCTOR!(gone, |_name, pointer, _context| unsafe { *pointer.cast::<()>() });
HPyDef_MEMBER!(weak, "__weaklistoffset__", HPyMember_HPYSSIZET, unsafe { offset_of!(Point, weak) }, readonly = 1);
HPyDef_MEMBER!(far, "far", HPyMember_INT, unsafe { 1000 });
HPyDef_MULTIPLE_INTERPRETERS!(interpreters, unsafe { HPy_MOD_PER_INTERPRETER_GIL_SUPPORTED });
HPyDef_GIL!(gil, unsafe { HPy_MOD_GIL_NOT_USED });
static MODULE: HPyModuleDef = HPyModuleDef!(legacy_methods = unsafe { core::ptr::null_mut() });

fn main() {}
