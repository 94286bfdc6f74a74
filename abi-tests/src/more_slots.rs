// abi-tests/src/more_slots.rs: the slots that HPy 0.9 lacks: iterators, hooks of attributes, descriptors, `await`.

use crate::support::{add_types, int, slice};
use hpy_sys::*;

#[repr(C)]
struct Countdown {
    left: i64,
}
HPyType_HELPERS!(Countdown, unsafe { HPyType_BuiltinShape_Object });

HPyDef_SLOT!(new, HPy_tp_new, |ctx, class, args, nargs, _kw| unsafe {
    let left = slice(args, nargs as usize).first().map_or(0, |&first| int(ctx, first));
    Countdown::New(ctx, class, Countdown { left })
});
HPyDef_SLOT!(iter, HPy_tp_iter, |ctx, this| unsafe { HPy_Dup(ctx, this) });
HPyDef_SLOT!(iternext, HPy_tp_iternext, |ctx, this| unsafe {
    let countdown = &mut *Countdown::AsStruct(ctx, this);
    match countdown.left {
        0 => HPy_NULL,
        13 => HPyErr_SetString(ctx, ctx.h_LookupError, c"thirteen".as_ptr()),
        left => {
            countdown.left = left - 1;
            HPyLong_FromInt64_t(ctx, left)
        }
    }
});

HPyDef_CLASSMETH!(
    of,
    "of",
    HPyFunc_O,
    |ctx, class, left| unsafe { HPy_CallOneArg(ctx, class, left) },
    doc = "of(left)\n"
);
HPyDef_CLASSMETH!(of_all, "of_all", HPyFunc_VARARGS, |ctx, class, args, nargs| unsafe {
    HPy_Call(ctx, class, args, nargs, HPy_NULL)
});
HPyDef_STATICMETH!(twice, "twice", HPyFunc_O, |ctx, this, number| unsafe {
    assert!(HPy_IsNull(this), "a static method has no object");
    HPy_Add(ctx, number, number)
});
HPyDef_STATICMETH!(nothing, "nothing", HPyFunc_NOARGS, |ctx, _this| unsafe { HPy_Dup(ctx, ctx.h_None) });

/// Whether a name is this one.
unsafe fn is(ctx: &HPyContext, name: HPy, text: &core::ffi::CStr) -> bool {
    HPyUnicode_EqualToUTF8(ctx, name, text.as_ptr()) != 0
}

HPyDef_SLOT!(getattro, HPy_tp_getattro, |ctx, this, name| unsafe {
    match is(ctx, name, c"special") {
        true => HPyLong_FromInt64_t(ctx, 7),
        false => HPy_GenericGetAttr(ctx, this, name),
    }
});
HPyDef_SLOT!(setattro, HPy_tp_setattro, |ctx, this, name, value| unsafe {
    if is(ctx, name, c"locked") {
        HPyErr_SetString(ctx, ctx.h_LookupError, if HPy_IsNull(value) { c"delete".as_ptr() } else { c"set".as_ptr() });
        return -1;
    }
    HPy_GenericSetAttr(ctx, this, name, value)
});
HPyDef_SLOT!(descr_get, HPy_tp_descr_get, |ctx, this, _object, _class| unsafe { HPy_Dup(ctx, this) });
HPyDef_SLOT!(descr_set, HPy_tp_descr_set, |ctx, _this, object, value| unsafe {
    HPy_SetAttr_s(ctx, object, c"stored".as_ptr(), if HPy_IsNull(value) { ctx.h_None } else { value })
});

HPyDef_SLOT!(await_, HPy_am_await, |ctx, this| unsafe {
    // An iterator without items: what is awaited has no result.
    let left = HPyLong_FromInt64_t(ctx, 0);
    let class = HPy_Type(ctx, this);
    let result = HPy_CallOneArg(ctx, class, left);
    HPy_Close(ctx, class);
    HPy_Close(ctx, left);
    result
});
HPyDef_SLOT!(aiter, HPy_am_aiter, |ctx, this| unsafe { HPy_Dup(ctx, this) });
HPyDef_SLOT!(anext, HPy_am_anext, |ctx, this| unsafe {
    let countdown = &mut *Countdown::AsStruct(ctx, this);
    if countdown.left == 0 {
        return HPyErr_SetString(ctx, ctx.h_StopAsyncIteration, c"".as_ptr());
    }
    countdown.left -= 1;
    HPy_Dup(ctx, this)
});

const SIZE: usize = size_of::<Countdown>();
const FLAGS: c_ulong = HPy_TPFLAGS_DEFAULT | HPy_TPFLAGS_BASETYPE;

static COUNTDOWN: HPyType_Spec =
    HPyType_Spec!(name = "more_slots.Countdown", basicsize = SIZE, flags = FLAGS, defines = [new, iter, iternext]);
static PROXY: HPyType_Spec = HPyType_Spec!(name = "more_slots.Proxy", flags = FLAGS, defines = [getattro, setattro]);
static DESCRIPTOR: HPyType_Spec =
    HPyType_Spec!(name = "more_slots.Descriptor", flags = FLAGS, defines = [descr_get, descr_set]);
static ASYNCHRONOUS: HPyType_Spec = HPyType_Spec!(
    name = "more_slots.Asynchronous",
    basicsize = SIZE,
    flags = FLAGS,
    defines = [new, iter, iternext, await_, aiter, anext],
);

HPyDef_SLOT!(exec, HPy_mod_exec, |ctx, module| unsafe {
    add_types(
        ctx,
        module,
        &[
            (c"Countdown", &COUNTDOWN),
            (c"Proxy", &PROXY),
            (c"Descriptor", &DESCRIPTOR),
            (c"Asynchronous", &ASYNCHRONOUS),
        ],
    )
});

HPyDef_STATICMETH!(static_function, "static_function", HPyFunc_NOARGS, |ctx, _this| unsafe {
    HPy_Dup(ctx, ctx.h_None)
});
static WITH_STATIC: HPyModuleDef = HPyModuleDef!(defines = [static_function]);
HPy_MODINIT!(with_static, WITH_STATIC);

static MADE: HPyType_Spec = HPyType_Spec!(
    name = "class_methods.Countdown",
    basicsize = SIZE,
    flags = FLAGS,
    defines = [new, iter, iternext, of, of_all, twice, nothing],
);
HPyDef_SLOT!(exec_made, HPy_mod_exec, |ctx, module| unsafe { add_types(ctx, module, &[(c"Countdown", &MADE)]) });
static CLASS_METHODS: HPyModuleDef = HPyModuleDef!(defines = [exec_made]);
HPy_MODINIT!(class_methods, CLASS_METHODS);

static MORE_SLOTS: HPyModuleDef = HPyModuleDef!(defines = [exec]);
HPy_MODINIT!(more_slots, MORE_SLOTS);
