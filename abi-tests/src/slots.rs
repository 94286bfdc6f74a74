// abi-tests/src/slots.rs: every slot of a type: each answers with its own name and what it was called with.

use std::sync::Mutex;

use crate::support::{Give, slice};
use hpy_sys::*;

/// The slots whose result says nothing, in the order of their calls.
static CALLED: Mutex<Vec<&str>> = Mutex::new(Vec::new());

fn called(name: &'static str) {
    CALLED.lock().expect("nobody panics with it").push(name);
}

/// `("name", operand, ...)`
unsafe fn answer<const N: usize>(ctx: &HPyContext, name: &str, operands: [HPy; N]) -> HPy {
    let builder = HPyTupleBuilder_New(ctx, N as HPy_ssize_t + 1);
    let name = name.give(ctx);
    HPyTupleBuilder_Set(ctx, builder, 0, name);
    HPy_Close(ctx, name);
    for (index, operand) in operands.into_iter().enumerate() {
        let operand = if HPy_IsNull(operand) { ctx.h_Ellipsis } else { operand };
        HPyTupleBuilder_Set(ctx, builder, index as HPy_ssize_t + 1, operand);
    }
    HPyTupleBuilder_Build(ctx, builder)
}

macro_rules! slots {
    ($($name:ident, $slot:ident: $($operand:ident)*;)*) => {
        $(HPyDef_SLOT!($name, $slot, |ctx, $($operand),*| unsafe { answer(ctx, stringify!($name), [$($operand),*]) });)*
    };
}

slots! {
    nb_absolute, HPy_nb_absolute: a;
    nb_add, HPy_nb_add: a b;
    nb_and, HPy_nb_and: a b;
    nb_divmod, HPy_nb_divmod: a b;
    nb_floor_divide, HPy_nb_floor_divide: a b;
    nb_inplace_add, HPy_nb_inplace_add: a b;
    nb_inplace_and, HPy_nb_inplace_and: a b;
    nb_inplace_floor_divide, HPy_nb_inplace_floor_divide: a b;
    nb_inplace_lshift, HPy_nb_inplace_lshift: a b;
    nb_inplace_multiply, HPy_nb_inplace_multiply: a b;
    nb_inplace_or, HPy_nb_inplace_or: a b;
    nb_inplace_power, HPy_nb_inplace_power: a b c;
    nb_inplace_remainder, HPy_nb_inplace_remainder: a b;
    nb_inplace_rshift, HPy_nb_inplace_rshift: a b;
    nb_inplace_subtract, HPy_nb_inplace_subtract: a b;
    nb_inplace_true_divide, HPy_nb_inplace_true_divide: a b;
    nb_inplace_xor, HPy_nb_inplace_xor: a b;
    nb_invert, HPy_nb_invert: a;
    nb_lshift, HPy_nb_lshift: a b;
    nb_multiply, HPy_nb_multiply: a b;
    nb_negative, HPy_nb_negative: a;
    nb_or, HPy_nb_or: a b;
    nb_positive, HPy_nb_positive: a;
    nb_power, HPy_nb_power: a b c;
    nb_remainder, HPy_nb_remainder: a b;
    nb_rshift, HPy_nb_rshift: a b;
    nb_subtract, HPy_nb_subtract: a b;
    nb_true_divide, HPy_nb_true_divide: a b;
    nb_xor, HPy_nb_xor: a b;
    nb_matrix_multiply, HPy_nb_matrix_multiply: a b;
    nb_inplace_matrix_multiply, HPy_nb_inplace_matrix_multiply: a b;
    sq_concat, HPy_sq_concat: a b;
    sq_inplace_concat, HPy_sq_inplace_concat: a b;
    mp_subscript, HPy_mp_subscript: a b;
    tp_descr_get, HPy_tp_descr_get: a b c;
}

HPyDef_SLOT!(nb_int, HPy_nb_int, |ctx, _self| unsafe { HPyLong_FromInt64_t(ctx, 11) });
HPyDef_SLOT!(nb_index, HPy_nb_index, |ctx, _self| unsafe { HPyLong_FromInt64_t(ctx, 12) });
HPyDef_SLOT!(nb_float, HPy_nb_float, |ctx, _self| unsafe { HPyFloat_FromDouble(ctx, 13.5) });
HPyDef_SLOT!(nb_bool, HPy_nb_bool, |_ctx, _self| {
    called("nb_bool");
    0
});

/// An index at which the slots that get one fail.
const BAD: HPy_ssize_t = 66;

unsafe fn bad_index(ctx: &HPyContext) -> HPy {
    HPyErr_SetString(ctx, ctx.h_IndexError, c"66".as_ptr())
}

unsafe fn indexed(ctx: &HPyContext, name: &str, a: HPy, index: HPy_ssize_t) -> HPy {
    if index == BAD {
        return bad_index(ctx);
    }
    let index = index.give(ctx);
    let result = answer(ctx, name, [a, index]);
    HPy_Close(ctx, index);
    result
}

HPyDef_SLOT!(sq_item, HPy_sq_item, |ctx, a, index| unsafe { indexed(ctx, "sq_item", a, index) });
HPyDef_SLOT!(sq_repeat, HPy_sq_repeat, |ctx, a, count| unsafe { indexed(ctx, "sq_repeat", a, count) });
HPyDef_SLOT!(sq_inplace_repeat, HPy_sq_inplace_repeat, |ctx, a, count| unsafe {
    indexed(ctx, "sq_inplace_repeat", a, count)
});
HPyDef_SLOT!(sq_length, HPy_sq_length, |_ctx, _self| {
    called("sq_length");
    100
});
HPyDef_SLOT!(sq_contains, HPy_sq_contains, |ctx, _self, value| unsafe {
    called("sq_contains");
    is_positive(ctx, value)
});
HPyDef_SLOT!(sq_ass_item, HPy_sq_ass_item, |ctx, _self, index, value| unsafe {
    called(if HPy_IsNull(value) { "delete sq_ass_item" } else { "sq_ass_item" });
    if index == BAD {
        bad_index(ctx);
        return -1;
    }
    0
});

/// Whether `value` is a positive int; no int is an error.
unsafe fn is_positive(ctx: &HPyContext, value: HPy) -> c_int {
    let value = HPyLong_AsInt64_t(ctx, value);
    if value == -1 && HPyErr_Occurred(ctx) != 0 { -1 } else { (value > 0) as c_int }
}

HPyDef_SLOT!(mp_length, HPy_mp_length, |ctx, _self| unsafe {
    called("mp_length");
    HPyErr_SetString(ctx, ctx.h_ValueError, c"no length".as_ptr());
    -1
});
HPyDef_SLOT!(mp_ass_subscript, HPy_mp_ass_subscript, |ctx, _self, key, value| unsafe {
    called(if HPy_IsNull(value) { "delete mp_ass_subscript" } else { "mp_ass_subscript" });
    if HPy_IsTrue(ctx, key) == 0 {
        HPyErr_SetObject(ctx, ctx.h_KeyError, key);
        return -1;
    }
    0
});

HPyDef_SLOT!(tp_call, HPy_tp_call, |ctx, self_, args, nargs, names| unsafe {
    let names = if HPy_IsNull(names) { ctx.h_None } else { names };
    let count = HPyLong_FromSize_t(ctx, nargs);
    let first = slice(args, nargs).first().copied().unwrap_or(ctx.h_None);
    let result = answer(ctx, "tp_call", [self_, count, first, names]);
    HPy_Close(ctx, count);
    result
});
HPyDef_SLOT!(tp_hash, HPy_tp_hash, |_ctx, _self| 77);
HPyDef_SLOT!(tp_repr, HPy_tp_repr, |ctx, _self| unsafe { "tp_repr".give(ctx) });
HPyDef_SLOT!(tp_str, HPy_tp_str, |ctx, _self| unsafe { "tp_str".give(ctx) });
HPyDef_SLOT!(tp_richcompare, HPy_tp_richcompare, |ctx, a, b, op| unsafe {
    if op == HPy_NE {
        return HPy_Dup(ctx, ctx.h_NotImplemented);
    }
    let op = HPyLong_FromInt32_t(ctx, op);
    let result = answer(ctx, "tp_richcompare", [a, b, op]);
    HPy_Close(ctx, op);
    result
});
HPyDef_SLOT!(tp_new, HPy_tp_new, |ctx, class, args, nargs, kw| unsafe {
    called(if HPy_IsNull(kw) { "tp_new" } else { "tp_new with keywords" });
    HPyType_GenericNew(ctx, class, args, nargs, kw)
});
HPyDef_SLOT!(tp_init, HPy_tp_init, |ctx, _self, args, nargs, kw| unsafe {
    called(if HPy_IsNull(kw) { "tp_init" } else { "tp_init with keywords" });
    match slice(args, nargs as usize).first() {
        Some(first) if HPy_IsTrue(ctx, *first) == 0 => {
            HPyErr_SetString(ctx, ctx.h_ValueError, c"tp_init wants something true".as_ptr());
            -1
        }
        _ => 0,
    }
});
HPyDef_SLOT!(tp_finalize, HPy_tp_finalize, |_ctx, _self| called("tp_finalize"));
HPyDef_SLOT!(tp_destroy, HPy_tp_destroy, |_this| called("tp_destroy"));
HPyDef_SLOT!(tp_traverse, HPy_tp_traverse, |_this, _visit, _arg| {
    called("tp_traverse");
    0
});

static NUMBER: HPyType_Spec = HPyType_Spec!(
    name = "slots.Number",
    flags = HPy_TPFLAGS_DEFAULT | HPy_TPFLAGS_BASETYPE,
    defines = [
        nb_absolute,
        nb_add,
        nb_and,
        nb_bool,
        nb_divmod,
        nb_float,
        nb_floor_divide,
        nb_index,
        nb_inplace_add,
        nb_inplace_and,
        nb_inplace_floor_divide,
        nb_inplace_lshift,
        nb_inplace_multiply,
        nb_inplace_or,
        nb_inplace_power,
        nb_inplace_remainder,
        nb_inplace_rshift,
        nb_inplace_subtract,
        nb_inplace_true_divide,
        nb_inplace_xor,
        nb_int,
        nb_invert,
        nb_lshift,
        nb_multiply,
        nb_negative,
        nb_or,
        nb_positive,
        nb_power,
        nb_remainder,
        nb_rshift,
        nb_subtract,
        nb_true_divide,
        nb_xor,
        nb_matrix_multiply,
        nb_inplace_matrix_multiply,
    ],
);
static SEQUENCE: HPyType_Spec = HPyType_Spec!(
    name = "slots.Sequence",
    flags = HPy_TPFLAGS_DEFAULT | HPy_TPFLAGS_BASETYPE,
    defines =
        [sq_ass_item, sq_concat, sq_contains, sq_inplace_concat, sq_inplace_repeat, sq_item, sq_length, sq_repeat,],
);
static MAPPING: HPyType_Spec = HPyType_Spec!(
    name = "slots.Mapping",
    flags = HPy_TPFLAGS_DEFAULT,
    defines = [mp_ass_subscript, mp_length, mp_subscript],
);
static OBJECT: HPyType_Spec = HPyType_Spec!(
    name = "slots.Object",
    basicsize = 8,
    flags = HPy_TPFLAGS_DEFAULT | HPy_TPFLAGS_BASETYPE | HPy_TPFLAGS_HAVE_GC,
    defines = [
        tp_call,
        tp_descr_get,
        tp_hash,
        tp_init,
        tp_new,
        tp_repr,
        tp_richcompare,
        tp_str,
        tp_traverse,
        tp_finalize,
        tp_destroy,
    ],
);

HPyDef_METH!(take_called, "take_called", HPyFunc_NOARGS, |ctx, _self| unsafe {
    let names = core::mem::take(&mut *CALLED.lock().expect("nobody panics with it"));
    names.join(" ").as_str().give(ctx)
});

HPyDef_SLOT!(exec, HPy_mod_exec, |ctx, module| unsafe {
    let specs = [(c"Number", &NUMBER), (c"Sequence", &SEQUENCE), (c"Mapping", &MAPPING), (c"Object", &OBJECT)];
    crate::support::add_types(ctx, module, &specs)
});

static SLOTS: HPyModuleDef = HPyModuleDef!(defines = [take_called, exec]);

HPy_MODINIT!(slots, SLOTS);
