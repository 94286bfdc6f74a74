// hpy-rust/src/algebra.rs: small types whose operators make new instances: symbols, terms and sums.

use core::mem::offset_of;

use hpy_sys::*;

#[repr(C)]
struct Symbol {
    name: HPyField,
}

#[repr(C)]
struct Term {
    symbol: HPyField,
    coefficient: f64,
}

#[repr(C)]
struct Sum {
    left: HPyField,
    right: HPyField,
    constant: f64,
}

HPyType_HELPERS!(Symbol, unsafe { HPyType_BuiltinShape_Object });
HPyType_HELPERS!(Term, unsafe { HPyType_BuiltinShape_Object });
HPyType_HELPERS!(Sum, unsafe { HPyType_BuiltinShape_Object });

pub static SYMBOL: HPyGlobal = HPyGlobal::NULL;
pub static TERM: HPyGlobal = HPyGlobal::NULL;
pub static SUM: HPyGlobal = HPyGlobal::NULL;

enum Operand {
    Symbol,
    Term,
    Sum,
    Number(f64),
    Other,
    Failed,
}

use Operand::*;

#[inline(always)]
unsafe fn is_of(ctx: &HPyContext, object: HPy, global: &HPyGlobal) -> bool {
    unsafe {
        let ty = HPyGlobal_Borrow(ctx, global);
        let is = HPy_TypeCheck(ctx, object, ty) != 0;
        HPyGlobal_EndBorrow(ctx, ty);
        is
    }
}

unsafe fn operand(ctx: &HPyContext, object: HPy) -> Operand {
    unsafe {
        if is_of(ctx, object, &SYMBOL) {
            Symbol
        } else if is_of(ctx, object, &TERM) {
            Term
        } else if is_of(ctx, object, &SUM) {
            Sum
        } else if HPy_TypeCheck(ctx, object, ctx.h_FloatType) != 0 {
            Number(HPyFloat_AsDouble(ctx, object))
        } else if HPy_TypeCheck(ctx, object, ctx.h_LongType) != 0 {
            let number = HPyLong_AsDouble(ctx, object);
            if number == -1.0 && HPyErr_Occurred(ctx) != 0 { Failed } else { Number(number) }
        } else {
            Other
        }
    }
}

unsafe fn make_term(ctx: &HPyContext, symbol: HPy, coefficient: f64) -> HPy {
    unsafe {
        let ty = HPyGlobal_Borrow(ctx, &TERM);
        let mut term: *mut self::Term = core::ptr::null_mut();
        let h = HPy_New(ctx, ty, &mut term);
        HPyGlobal_EndBorrow(ctx, ty);
        if !HPy_IsNull(h) {
            HPyField_Store(ctx, h, &mut (*term).symbol, symbol);
            (*term).coefficient = coefficient;
        }
        h
    }
}

unsafe fn make_sum(ctx: &HPyContext, left: HPy, right: HPy, constant: f64) -> HPy {
    unsafe {
        let ty = HPyGlobal_Borrow(ctx, &SUM);
        let mut sum: *mut self::Sum = core::ptr::null_mut();
        let h = HPy_New(ctx, ty, &mut sum);
        HPyGlobal_EndBorrow(ctx, ty);
        if !HPy_IsNull(h) {
            HPyField_Store(ctx, h, &mut (*sum).left, left);
            if !HPy_IsNull(right) {
                HPyField_Store(ctx, h, &mut (*sum).right, right);
            }
            (*sum).constant = constant;
        }
        h
    }
}

HPyDef_SLOT!(multiply, HPy_nb_multiply, |ctx, left, right| unsafe {
    let (of, kind, number) = match operand(ctx, right) {
        Failed => return HPy_NULL,
        Number(number) => (left, operand(ctx, left), Number(number)),
        kind => (right, kind, operand(ctx, left)),
    };
    match (kind, number) {
        (Failed, _) | (_, Failed) => HPy_NULL,
        (Symbol, Number(factor)) => make_term(ctx, of, factor),
        (Term, Number(factor)) => {
            let term = self::Term::AsStruct(ctx, of);
            let symbol = HPyField_Load(ctx, of, &(*term).symbol);
            let result = make_term(ctx, symbol, (*term).coefficient * factor);
            HPy_Close(ctx, symbol);
            result
        }
        _ => HPy_Dup(ctx, ctx.h_NotImplemented),
    }
});

HPyDef_SLOT!(add, HPy_nb_add, |ctx, left, right| unsafe {
    match (operand(ctx, left), operand(ctx, right)) {
        (Failed, _) | (_, Failed) => HPy_NULL,
        (Symbol | Term | Sum, Symbol | Term | Sum) => make_sum(ctx, left, right, 0.0),
        (Sum, Number(number)) => {
            let sum = self::Sum::AsStruct(ctx, left);
            let (first, second) = (HPyField_Load(ctx, left, &(*sum).left), HPyField_Load(ctx, left, &(*sum).right));
            let result = make_sum(ctx, first, second, (*sum).constant + number);
            HPy_Close(ctx, first);
            HPy_Close(ctx, second);
            result
        }
        (Symbol | Term, Number(number)) => make_sum(ctx, left, HPy_NULL, number),
        _ => HPy_Dup(ctx, ctx.h_NotImplemented),
    }
});

HPyDef_SLOT!(Symbol_new, HPy_tp_new, |ctx, cls, args, nargs, _kw| unsafe {
    if nargs != 1 {
        return HPyErr_SetString(ctx, ctx.h_TypeError, c"a symbol takes its name".as_ptr());
    }
    let mut symbol: *mut self::Symbol = core::ptr::null_mut();
    let h = HPy_New(ctx, cls, &mut symbol);
    if !HPy_IsNull(h) {
        HPyField_Store(ctx, h, &mut (*symbol).name, *args);
    }
    h
});

HPyDef_SLOT!(Symbol_traverse, HPy_tp_traverse, |object, visit, arg| unsafe {
    HPy_VISIT!(visit, arg, &mut (*object.cast::<self::Symbol>()).name);
    0
});
HPyDef_SLOT!(Term_traverse, HPy_tp_traverse, |object, visit, arg| unsafe {
    HPy_VISIT!(visit, arg, &mut (*object.cast::<self::Term>()).symbol);
    0
});
HPyDef_SLOT!(Sum_traverse, HPy_tp_traverse, |object, visit, arg| unsafe {
    HPy_VISIT!(visit, arg, &mut (*object.cast::<self::Sum>()).left);
    HPy_VISIT!(visit, arg, &mut (*object.cast::<self::Sum>()).right);
    0
});
HPyDef_MEMBER!(Term_coefficient, "coefficient", HPyMember_DOUBLE, offset_of!(self::Term, coefficient), readonly = 1);
HPyDef_MEMBER!(Sum_constant, "constant", HPyMember_DOUBLE, offset_of!(self::Sum, constant), readonly = 1);

const FLAGS: c_ulong = HPy_TPFLAGS_DEFAULT | HPy_TPFLAGS_HAVE_GC;

static SYMBOL_SPEC: HPyType_Spec = HPyType_Spec!(
    name = "sample.Symbol",
    basicsize = size_of::<self::Symbol>(),
    flags = FLAGS,
    defines = [Symbol_new, add, multiply, Symbol_traverse],
);
static TERM_SPEC: HPyType_Spec = HPyType_Spec!(
    name = "sample.Term",
    basicsize = size_of::<self::Term>(),
    flags = FLAGS,
    defines = [add, multiply, Term_traverse, Term_coefficient],
);
static SUM_SPEC: HPyType_Spec = HPyType_Spec!(
    name = "sample.Sum",
    basicsize = size_of::<self::Sum>(),
    flags = FLAGS,
    defines = [add, multiply, Sum_traverse, Sum_constant],
);

/// Adds the types to the module, or returns false with an exception.
pub unsafe fn add_to(ctx: &HPyContext, module: HPy) -> bool {
    unsafe {
        for (global, spec) in [(&SYMBOL, &SYMBOL_SPEC), (&TERM, &TERM_SPEC), (&SUM, &SUM_SPEC)] {
            let ty = HPyType_FromSpec(ctx, spec, core::ptr::null());
            if HPy_IsNull(ty) {
                return false;
            }
            HPyGlobal_Store(ctx, global, ty);
            HPy_Close(ctx, ty);
        }
        let ty = HPyGlobal_Load(ctx, &SYMBOL);
        let added = [c"Symbol", c"OldSymbol"].iter().all(|name| HPy_SetAttr_s(ctx, module, name.as_ptr(), ty) == 0);
        HPy_Close(ctx, ty);
        added
    }
}
