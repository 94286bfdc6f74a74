#![forbid(unsafe_code)]

use hpy_sys::*;

#[repr(C)]
struct Point {
    x: f64,
}

fn no_length(_ctx: &HPyContext, _self: HPy) -> HPy_ssize_t {
    0
}

HPyDef_SLOT!(length, HPy_sq_length, no_length);
HPyDef_SLOT!(hash, HPy_tp_hash, |_ctx, _self| 7);
HPyDef_SLOT!(finalize, HPy_tp_finalize, |_ctx, _self| ());
HPyDef_SET!(set, "set", move |_ctx: &HPyContext, _self, _value, _closure| -> c_int { 0 });
HPyCapsule_DESTRUCTOR!(gone, |_name, _pointer, _context| {});
HPyDef_MEMBER!(x, "x", HPyMember_DOUBLE, offset_of!(Point, x), readonly = 1, doc = "checked");
HPyDef_MULTIPLE_INTERPRETERS!(interpreters, HPy_MOD_MULTIPLE_INTERPRETERS_NOT_SUPPORTED);
HPyDef_GIL!(gil, HPy_MOD_GIL_USED);
HPyDef_SLOT!(exec, HPy_mod_exec, |_ctx, _module| 0);

static MODULE: HPyModuleDef = HPyModuleDef!(doc = "Safe.", defines = [interpreters, gil, exec]);

HPy_MODINIT!(safe, MODULE);

fn main() {}
