#![forbid(unsafe_code)]

use hpy_sys::*;

#[repr(C)]
struct Point {
    x: f64,
    weak: *mut c_void,
}

fn same(_ctx: &HPyContext, _self: HPy, arg: HPy) -> HPy {
    arg
}

HPyType_HELPERS!(Point, HPyType_BuiltinShape_Object);
HPyDef_METH!(meth, "meth", HPyFunc_O, |_ctx, _self, arg| arg);
HPyDef_METH!(named, "named", HPyFunc_O, same);
HPyDef_SLOT!(slot, HPy_nb_add, |_ctx, left, _right| left);
HPyDef_SLOT!(buffer, HPy_bf_getbuffer, |_ctx, _self, _buffer, _flags| 0);
HPyDef_SLOT!(finalize, HPy_tp_finalize, HPy_Close);
HPyDef_GET!(get, "get", |_ctx, self_, _closure| self_);
HPyDef_GETSET!(both, "both", |_ctx, self_, _closure| self_, |_ctx, _self, _value, _closure| 0);
HPyDef_CALL_FUNCTION!(call, |_ctx, self_, _args, _nargs, _names| self_);
HPyDef_SET!(set, "set", |_ctx, _self, _value, closure| *closure.cast());
HPyCapsule_DESTRUCTOR!(gone, |_name, pointer, _context| *pointer.cast::<()>());
HPyDef_MEMBER!(weak, "__weaklistoffset__", HPyMember_HPYSSIZET, offset_of!(Point, weak), readonly = 1);
HPyDef_MEMBER!(far, "far", HPyMember_INT, 1000);
HPyDef_MULTIPLE_INTERPRETERS!(interpreters, HPy_MOD_PER_INTERPRETER_GIL_SUPPORTED);
HPyDef_GIL!(gil, HPy_MOD_GIL_NOT_USED);
static MODULE: HPyModuleDef = HPyModuleDef!(legacy_methods = core::ptr::null_mut());

fn main() {}
