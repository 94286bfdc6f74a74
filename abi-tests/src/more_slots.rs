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

static MORE_SLOTS: HPyModuleDef = HPyModuleDef!(defines = [exec]);
HPy_MODINIT!(more_slots, MORE_SLOTS);
