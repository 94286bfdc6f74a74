// abi-tests/src/definitions.rs: definitions that `types.make` puts together: members of all kinds, methods, attributes, slots.

use core::ptr;

use crate::support::{Give, slice};
use hpy_sys::*;

/// A struct with a member of each kind.
#[repr(C)]
pub struct All {
    short: c_short,
    int: c_int,
    long: c_long,
    float: f32,
    double: f64,
    pub string: *const c_char,
    object: HPyField,
    character: c_char,
    byte: i8,
    ubyte: u8,
    ushort: c_ushort,
    uint: c_uint,
    ulong: c_ulong,
    inplace: [c_char; 8],
    boolean: bool,
    object_ex: HPyField,
    longlong: c_longlong,
    ulonglong: c_ulonglong,
    ssize: HPy_ssize_t,
}

HPyType_HELPERS!(All, unsafe { HPyType_BuiltinShape_Object });

macro_rules! members {
    ($($name:ident, $readonly:ident: $text:literal, $kind:ident;)*) => {
        $(
            HPyDef_MEMBER!($name, $text, $kind, offset_of!(All, $name), doc = "a member");
            HPyDef_MEMBER!($readonly, $text, $kind, offset_of!(All, $name), readonly = 1);
        )*
    };
}

members! {
    short, readonly_short: "short", HPyMember_SHORT;
    int, readonly_int: "int", HPyMember_INT;
    long, readonly_long: "long", HPyMember_LONG;
    float, readonly_float: "float", HPyMember_FLOAT;
    double, readonly_double: "double", HPyMember_DOUBLE;
    string, readonly_string: "string", HPyMember_STRING;
    object, readonly_object: "object", HPyMember_OBJECT;
    character, readonly_character: "character", HPyMember_CHAR;
    byte, readonly_byte: "byte", HPyMember_BYTE;
    ubyte, readonly_ubyte: "ubyte", HPyMember_UBYTE;
    ushort, readonly_ushort: "ushort", HPyMember_USHORT;
    uint, readonly_uint: "uint", HPyMember_UINT;
    ulong, readonly_ulong: "ulong", HPyMember_ULONG;
    inplace, readonly_inplace: "inplace", HPyMember_STRING_INPLACE;
    boolean, readonly_boolean: "boolean", HPyMember_BOOL;
    object_ex, readonly_object_ex: "object_ex", HPyMember_OBJECT_EX;
    longlong, readonly_longlong: "longlong", HPyMember_LONGLONG;
    ulonglong, readonly_ulonglong: "ulonglong", HPyMember_ULONGLONG;
    ssize, readonly_ssize: "ssize", HPyMember_HPYSSIZET;
}
HPyDef_MEMBER!(none, "none", HPyMember_NONE, unsafe { 0 });
HPyDef_MEMBER!(vectorcalloffset, "__vectorcalloffset__", HPyMember_HPYSSIZET, unsafe { 0 }, readonly = 1);

HPyDef_METH!(
    noargs,
    "noargs",
    HPyFunc_NOARGS,
    |ctx, self_| unsafe { HPy_Dup(ctx, self_) },
    doc = "noargs()\n--\n\nNo arguments."
);
HPyDef_METH!(one, "one", HPyFunc_O, |ctx, self_, arg| unsafe { pair(ctx, self_, arg) });
HPyDef_METH!(positional, "positional", HPyFunc_VARARGS, |ctx, self_, args, nargs| unsafe {
    let list = list(ctx, slice(args, nargs));
    let result = pair(ctx, self_, list);
    HPy_Close(ctx, list);
    result
});
HPyDef_METH!(keywords, "keywords", HPyFunc_KEYWORDS, |ctx, self_, args, nargs, names| unsafe {
    let _ = self_;
    let named = if HPy_IsNull(names) { 0 } else { HPy_Length(ctx, names) as usize };
    let list = list(ctx, slice(args, nargs + named));
    let result = pair(ctx, list, if HPy_IsNull(names) { ctx.h_None } else { names });
    HPy_Close(ctx, list);
    result
});
HPyDef_METH!(dunder, "__reduce__", HPyFunc_NOARGS, |ctx, _self| unsafe { "reduced".give(ctx) });

HPyDef_METH!(method_repr, "__repr__", HPyFunc_NOARGS, |ctx, _self| unsafe { "repr of a method".give(ctx) });
HPyDef_METH!(method_eq, "__eq__", HPyFunc_O, |ctx, _self, _other| unsafe { HPyBool_FromBool(ctx, true) });
HPyDef_METH!(method_iter, "__iter__", HPyFunc_NOARGS, |ctx, self_| unsafe { HPy_Dup(ctx, self_) });
HPyDef_METH!(method_int, "int", HPyFunc_NOARGS, |ctx, _self| unsafe { "a method".give(ctx) });
HPyDef_METH!(other_int, "int", HPyFunc_NOARGS, |ctx, _self| unsafe { "another method".give(ctx) });
HPyDef_GET!(get_int, "int", |ctx, _self, _closure| unsafe { "a getter".give(ctx) });
HPyDef_GET!(other_get, "get", |ctx, _self, _closure| unsafe { "another getter".give(ctx) });

unsafe fn pair(ctx: &HPyContext, a: HPy, b: HPy) -> HPy {
    HPyTuple_FromArray(ctx, [a, b].as_ptr(), 2)
}

unsafe fn list(ctx: &HPyContext, all: &[HPy]) -> HPy {
    let builder = HPyListBuilder_New(ctx, all.len() as HPy_ssize_t);
    for (index, item) in all.iter().enumerate() {
        HPyListBuilder_Set(ctx, builder, index as HPy_ssize_t, *item);
    }
    HPyListBuilder_Build(ctx, builder)
}

/// A method whose convention is none of a method's.
static bad_signature: HPyDef =
    unsafe { HPyDef::meth(c"bad".as_ptr(), HPyFunc_INQUIRY, __private::Direct::NONE, ptr::null(), ptr::null()) };

const fn nothing(kind: HPyDef_Kind, slot: HPySlot_Slot) -> HPyDef {
    unsafe {
        let mut definition = HPyDef::slot(slot, __private::Direct::NONE, ptr::null());
        // It is the first field.
        (&raw mut definition).cast::<HPyDef_Kind>().write(kind);
        definition
    }
}

/// A slot with a number that nobody has.
static bad_slot: HPyDef = nothing(HPyDef_Kind_Slot, 900);
static bad_kind: HPyDef = nothing(9, 0);

HPyDef_GET!(get, "get", |ctx, self_, _closure| unsafe { HPy_Dup(ctx, self_) }, doc = "a getter");
HPyDef_GET!(get_fails, "get_fails", |ctx, _self, _closure| unsafe {
    HPyErr_SetString(ctx, ctx.h_KeyError, c"get_fails".as_ptr())
});
HPyDef_SET!(set, "set", |ctx, self_, value, _closure| unsafe { store_double(ctx, self_, value) });
HPyDef_GETSET!(
    both,
    "both",
    |ctx, self_, closure| unsafe {
        HPyFloat_FromDouble(ctx, (*All::AsStruct(ctx, self_)).double + closure.addr() as f64)
    },
    |ctx, self_, value, closure| unsafe {
        assert!(closure.addr() == 1000);
        store_double(ctx, self_, value)
    },
    doc = "both ways",
    closure = ptr::without_provenance_mut(1000),
);

unsafe fn store_double(ctx: &HPyContext, self_: HPy, value: HPy) -> c_int {
    if HPy_IsNull(value) {
        HPyErr_SetString(ctx, ctx.h_TypeError, c"it stays".as_ptr());
        return -1;
    }
    let value = HPyFloat_AsDouble(ctx, value);
    if value == -1.0 && HPyErr_Occurred(ctx) != 0 {
        return -1;
    }
    (*All::AsStruct(ctx, self_)).double = value;
    0
}

HPyDef_SLOT!(new, HPy_tp_new, unsafe { HPyType_GenericNew });
HPyDef_SLOT!(repr, HPy_tp_repr, |ctx, _self| unsafe { "hpy repr".give(ctx) });
HPyDef_SLOT!(other_repr, HPy_tp_repr, |ctx, _self| unsafe { "other repr".give(ctx) });
HPyDef_SLOT!(init, HPy_tp_init, |_ctx, _self, _args, _nargs, _kw| 0);
HPyDef_SLOT!(call, HPy_tp_call, |ctx, self_, args, nargs, _names| unsafe {
    let list = list(ctx, slice(args, nargs));
    let result = pair(ctx, self_, list);
    HPy_Close(ctx, list);
    result
});
HPyDef_SLOT!(traverse, HPy_tp_traverse, |this, visit, arg| unsafe {
    let this = this.cast::<All>();
    HPy_VISIT!(visit, arg, &raw mut (*this).object);
    HPy_VISIT!(visit, arg, &raw mut (*this).object_ex);
    0
});
HPyDef_SLOT!(traverse_nothing, HPy_tp_traverse, |_this, _visit, _arg| 0);
HPyDef_SLOT!(destroy, HPy_tp_destroy, |_this| {});
HPyDef_SLOT!(exec, HPy_mod_exec, |_ctx, _module| 0);

macro_rules! table {
    ($($name:ident)*) => {
        /// The definition with this name.
        pub fn by_name(name: &str) -> &'static HPyDef {
            match name {
                $(stringify!($name) => &$name,)*
                _ => panic!("there is no definition {name}"),
            }
        }
    };
}

table! {
    short int long float double string object character byte ubyte ushort uint ulong inplace boolean object_ex longlong
    ulonglong ssize none vectorcalloffset
    readonly_short readonly_int readonly_long readonly_float readonly_double readonly_string readonly_object
    readonly_character readonly_byte readonly_ubyte readonly_ushort readonly_uint readonly_ulong readonly_inplace
    readonly_boolean readonly_object_ex readonly_longlong readonly_ulonglong readonly_ssize
    method_repr method_eq method_iter method_int other_int get_int other_get
    noargs one positional keywords dunder bad_signature bad_slot bad_kind
    get get_fails set both
    new repr other_repr init call traverse traverse_nothing destroy exec
}
