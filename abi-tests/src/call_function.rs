// abi-tests/src/call_function.rs: callable instances: HPy_tp_call, a function for each object, and a place of one's own.

use core::ptr;

use crate::support::{Give, add_types, int, slice};
use hpy_sys::*;

/// `(name, number of self, positional arguments, names and values of the others)`
unsafe fn answer(ctx: &HPyContext, name: &str, number: i64, all: &[HPy], nargs: usize, names: HPy) -> HPy {
    let (name, number) = (name.give(ctx), number.give(ctx));
    let positional = HPyTuple_FromArray(ctx, all.as_ptr(), nargs as HPy_ssize_t);
    let values = HPyTuple_FromArray(ctx, all[nargs..].as_ptr(), (all.len() - nargs) as HPy_ssize_t);
    let names = if HPy_IsNull(names) { ctx.h_None } else { names };
    let parts = [name, number, positional, names, values];
    let result = HPyTuple_FromArray(ctx, parts.as_ptr(), 5);
    [name, number, positional, values].into_iter().for_each(|part| HPy_Close(ctx, part));
    result
}

unsafe fn all<'a>(ctx: &HPyContext, args: *const HPy, nargs: usize, names: HPy) -> &'a [HPy] {
    let named = if HPy_IsNull(names) { 0 } else { HPy_Length(ctx, names) as usize };
    slice(args, nargs + named)
}

#[repr(C)]
struct Caller {
    number: i64,
}

HPyType_HELPERS!(Caller, unsafe { HPyType_BuiltinShape_Object });

HPyDef_MEMBER!(number_member, "number", HPyMember_LONGLONG, offset_of!(Caller, number));
HPyDef_SLOT!(new, HPy_tp_new, |ctx, class, args, nargs, _kw| unsafe {
    let mut caller: *mut Caller = ptr::null_mut();
    let h = HPy_New(ctx, class, &mut caller);
    if !HPy_IsNull(h) {
        (*caller).number = slice(args, nargs as usize).first().map_or(1, |first| int(ctx, *first));
    }
    h
});
HPyDef_SLOT!(call, HPy_tp_call, |ctx, self_, args, nargs, names| unsafe {
    let number = (*Caller::AsStruct(ctx, self_)).number;
    answer(ctx, "call", number, all(ctx, args, nargs, names), nargs, names)
});
HPyDef_SLOT!(call_of_empty, HPy_tp_call, |ctx, _self, args, nargs, names| unsafe {
    answer(ctx, "empty", 0, all(ctx, args, nargs, names), nargs, names)
});
HPyDef_SLOT!(call_of_derived, HPy_tp_call, |ctx, self_, args, nargs, names| unsafe {
    let number = (*Caller::AsStruct(ctx, self_)).number;
    answer(ctx, "derived", number, all(ctx, args, nargs, names), nargs, names)
});
HPyDef_SLOT!(call_fails, HPy_tp_call, |ctx, _self, _args, _nargs, _names| unsafe {
    HPyErr_SetString(ctx, ctx.h_KeyError, c"call".as_ptr())
});
HPyDef_CALL_FUNCTION!(special, |ctx, self_, args, nargs, names| unsafe {
    let number = (*Caller::AsStruct(ctx, self_)).number;
    answer(ctx, "special", number, all(ctx, args, nargs, names), nargs, names)
});
HPyDef_CALL_FUNCTION!(special_of_empty, |ctx, _self, args, nargs, names| unsafe {
    answer(ctx, "special", 0, all(ctx, args, nargs, names), nargs, names)
});
HPyDef_CALL_FUNCTION!(of_place, |ctx, self_, args, nargs, names| unsafe {
    let number = (*Placed::AsStruct(ctx, self_)).number;
    answer(ctx, "place", number, all(ctx, args, nargs, names), nargs, names)
});

/// It has the place for its function itself, and itemsize is allowed.
#[repr(C)]
struct Placed {
    number: i64,
    function: HPyCallFunction,
}

HPyType_HELPERS!(Placed, unsafe { HPyType_BuiltinShape_Object });

HPyDef_MEMBER!(
    place,
    "__vectorcalloffset__",
    HPyMember_HPYSSIZET,
    unsafe { offset_of!(Placed, function) },
    readonly = 1
);
HPyDef_SLOT!(new_placed, HPy_tp_new, |ctx, class, _args, _nargs, _kw| unsafe {
    let mut placed: *mut Placed = ptr::null_mut();
    let h = HPy_New(ctx, class, &mut placed);
    if !HPy_IsNull(h) {
        (*placed).number = 5;
    }
    h
});

const FLAGS: c_ulong = HPy_TPFLAGS_DEFAULT | HPy_TPFLAGS_BASETYPE;

static CALLER: HPyType_Spec = HPyType_Spec!(
    name = "call_function.Caller",
    basicsize = size_of::<Caller>(),
    flags = FLAGS,
    defines = [new, call, number_member],
);
static WITHOUT_NEW: HPyType_Spec = HPyType_Spec!(
    name = "call_function.WithoutNew",
    basicsize = size_of::<Caller>(),
    flags = FLAGS,
    defines = [call, number_member],
);
static WITHOUT_STRUCT: HPyType_Spec =
    HPyType_Spec!(name = "call_function.WithoutStruct", flags = FLAGS, defines = [call_of_empty]);
static FAILS: HPyType_Spec = HPyType_Spec!(name = "call_function.Fails", flags = FLAGS, defines = [call_fails]);
static NOT_CALLABLE: HPyType_Spec =
    HPyType_Spec!(name = "call_function.NotCallable", basicsize = size_of::<Caller>(), flags = FLAGS, defines = [new]);
static PLACED: HPyType_Spec = HPyType_Spec!(
    name = "call_function.Placed",
    basicsize = size_of::<Placed>(),
    flags = FLAGS | HPy_TPFLAGS_HAVE_VECTORCALL,
    defines = [new_placed, place],
);
/// A type below `Caller` with a function of its own, and one without.
static DERIVED: HPyType_Spec =
    HPyType_Spec!(name = "call_function.Derived", flags = FLAGS, defines = [call_of_derived]);
static HEIR: HPyType_Spec = HPyType_Spec!(name = "call_function.Heir", flags = FLAGS);

HPyDef_SLOT!(exec, HPy_mod_exec, |ctx, module| unsafe {
    let specs = [
        (c"Caller", &CALLER),
        (c"WithoutNew", &WITHOUT_NEW),
        (c"WithoutStruct", &WITHOUT_STRUCT),
        (c"Fails", &FAILS),
        (c"NotCallable", &NOT_CALLABLE),
        (c"Placed", &PLACED),
    ];
    add_types(ctx, module, &specs)
});

unsafe fn below(ctx: &HPyContext, spec: &HPyType_Spec, base: HPy) -> HPy {
    let params = [HPyType_SpecParam { kind: HPyType_SpecParam_Base, object: base }, HPyType_SpecParam::END];
    HPyType_FromSpec(ctx, spec, params.as_ptr())
}

functions! {
    CALL_FUNCTION(ctx) + [exec] {
        set_special(h) => HPy_SetCallFunction(ctx, h, &special);
        set_special_of_empty(h) => HPy_SetCallFunction(ctx, h, &special_of_empty);
        set_of_place(h) => HPy_SetCallFunction(ctx, h, &of_place);
        derive(base) => below(ctx, &DERIVED, base);
        derive_empty(base) => below(ctx, &WITHOUT_STRUCT, base);
        inherit(base) => below(ctx, &HEIR, base);
    }
}

HPy_MODINIT!(call_function, CALL_FUNCTION);
