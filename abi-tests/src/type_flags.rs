// abi-tests/src/type_flags.rs: flags of types, instances whose size varies, and methods in the place of a slot.

use core::sync::atomic::{AtomicI64, Ordering::Relaxed};

use crate::support::{Give, int, or_null};
use hpy_sys::*;

/// How many structs were destroyed intact.
static DESTROYED: AtomicI64 = AtomicI64::new(0);

#[repr(C)]
struct Own {
    number: i64,
}
HPyType_HELPERS!(Own, unsafe { HPyType_BuiltinShape_Object });
HPyDef_MEMBER!(number, "number", HPyMember_LONGLONG, offset_of!(Own, number));
HPyDef_SLOT!(destroy, HPy_tp_destroy, |this| unsafe {
    DESTROYED.fetch_add((*this.cast::<Own>()).number, Relaxed);
});

const FLAGS: c_ulong = HPy_TPFLAGS_DEFAULT | HPy_TPFLAGS_BASETYPE;

/// A type with these flags, without definitions or with a struct.
unsafe fn make(ctx: &HPyContext, flags: c_ulong, base: HPy, has_struct: bool) -> HPy {
    let spec = match has_struct {
        true => HPyType_Spec!(
            name = "hpy_abi_tests.type_flags.Own",
            basicsize = size_of::<Own>(),
            defines = [number, destroy],
            doc = "Own(value, /, *, key=None)\n--\n\nA class with a signature."
        ),
        false => HPyType_Spec!(name = "hpy_abi_tests.type_flags.Bare"),
    };
    let params = [HPyType_SpecParam { kind: HPyType_SpecParam_Base, object: base }, HPyType_SpecParam::END];
    let params = if HPy_IsNull(base) { core::ptr::null() } else { params.as_ptr() };
    HPyType_FromSpec(ctx, &HPyType_Spec { flags: FLAGS | flags, ..spec }, params)
}

// An author's own place of the dictionary contradicts the flag.
#[repr(C)]
struct WithPlace {
    dict: HPyField,
}
HPyDef_MEMBER!(
    place,
    "__dictoffset__",
    HPyMember_HPYSSIZET,
    unsafe { offset_of!(WithPlace, dict) as HPy_ssize_t },
    readonly = true
);
static TWO_PLACES: HPyType_Spec = HPyType_Spec!(
    name = "hpy_abi_tests.type_flags.TwoPlaces",
    basicsize = size_of::<WithPlace>(),
    flags = FLAGS | HPy_TPFLAGS_MANAGED_DICT,
    defines = [place],
);
HPyDef_SLOT!(new, HPy_tp_new, |ctx, cls, _args, _nargs, _kw| unsafe { HPy_Dup(ctx, cls) });
static TWO_WAYS: HPyType_Spec = HPyType_Spec!(
    name = "hpy_abi_tests.type_flags.TwoWays",
    flags = FLAGS | HPy_TPFLAGS_DISALLOW_INSTANTIATION,
    defines = [new],
);

// A row of numbers behind a struct.
#[repr(C)]
struct Row {
    first: i64,
    other: HPyField,
}
HPyType_HELPERS!(Row, unsafe { HPyType_BuiltinShape_Opaque });
HPyDef_MEMBER!(first, "first", HPyMember_LONGLONG, offset_of!(Row, first));
HPyDef_GETSET!(
    other,
    "other",
    |ctx, h, _closure| unsafe {
        let value = HPyField_Load(ctx, h, &raw const (*Row::AsStruct(ctx, h)).other);
        if HPy_IsNull(value) { HPy_Dup(ctx, ctx.h_None) } else { value }
    },
    |ctx, h, value, _closure| unsafe {
        HPyField_Store(ctx, h, &raw mut (*Row::AsStruct(ctx, h)).other, value);
        0
    },
);
HPyDef_SLOT!(row_traverse, HPy_tp_traverse, |this, visit, arg| unsafe {
    HPy_VISIT!(visit, arg, &raw mut (*this.cast::<Row>()).other);
    0
});
HPyDef_SLOT!(row_destroy, HPy_tp_destroy, |this| unsafe {
    DESTROYED.fetch_add((*this.cast::<Row>()).first, Relaxed);
});
HPyDef_SLOT!(row_new, HPy_tp_new, |ctx, cls, args, nargs, _kw| unsafe {
    let mut row = core::ptr::null_mut::<Row>();
    let h = HPy_NewVar(ctx, cls, nargs, &mut row);
    if HPy_IsNull(h) {
        assert!(row.is_null());
        return h;
    }
    assert!(row.is_aligned() && (*row).first == 0 && HPyField_IsNull((*row).other), "it is zeroed");
    (*row).first = 1;
    let items = HPy_GetItemData(ctx, h).cast::<i64>();
    assert!(items.is_aligned() && items as usize >= row.add(1) as usize);
    for index in 0..nargs {
        assert!(*items.offset(index) == 0, "so are the items");
        *items.offset(index) = int(ctx, *args.offset(index));
    }
    h
});
HPyDef_SLOT!(row_length, HPy_sq_length, |ctx, h| unsafe { HPy_VarSize(ctx, h) });
HPyDef_SLOT!(row_item, HPy_sq_item, |ctx, h, index| unsafe {
    if index < 0 || index >= HPy_VarSize(ctx, h) {
        HPyErr_SetString(ctx, ctx.h_IndexError, c"row".as_ptr());
        return HPy_NULL;
    }
    (*HPy_GetItemData(ctx, h).cast::<i64>().offset(index)).give(ctx)
});
static ROW: HPyType_Spec = HPyType_Spec!(
    name = "hpy_abi_tests.type_flags.Row",
    basicsize = size_of::<Row>(),
    itemsize = size_of::<i64>(),
    flags = FLAGS | HPy_TPFLAGS_HAVE_GC,
    builtin_shape = Row::SHAPE,
    defines = [first, other, row_traverse, row_destroy, row_new, row_length, row_item],
);

// A row with one number more before the items.
#[repr(C)]
struct Longer {
    row: Row,
    more: [i64; 2],
    last: i64,
}
HPyType_HELPERS!(Longer, unsafe { HPyType_BuiltinShape_Opaque });
HPyDef_MEMBER!(last, "last", HPyMember_LONGLONG, offset_of!(Longer, last));
HPyDef_SLOT!(longer_traverse, HPy_tp_traverse, |this, visit, arg| unsafe {
    HPy_VISIT!(visit, arg, &raw mut (*this.cast::<Longer>()).row.other);
    0
});
static LONGER: HPyType_Spec = HPyType_Spec!(
    name = "hpy_abi_tests.type_flags.Longer",
    basicsize = size_of::<Longer>(),
    flags = FLAGS | HPy_TPFLAGS_HAVE_GC,
    builtin_shape = Longer::SHAPE,
    defines = [last, longer_traverse],
);

// A struct behind a metaclass of any size.
static META: HPyType_Spec = HPyType_Spec!(
    name = "hpy_abi_tests.type_flags.Meta",
    basicsize = size_of::<Own>(),
    flags = FLAGS,
    builtin_shape = HPyType_BuiltinShape_Opaque,
    defines = [meta_number],
);
HPyDef_MEMBER!(meta_number, "number", HPyMember_LONGLONG, offset_of!(Own, number));

// Slots of one name, with a method beside.
HPyDef_SLOT!(contains, HPy_sq_contains, |_ctx, _h, _item| unsafe { 1 });
HPyDef_COEXISTMETH!(
    contains_by_name,
    "__contains__",
    HPyFunc_O,
    |ctx, _h, item| unsafe { HPy_Dup(ctx, item) },
    doc = "__contains__($self, item, /)\n--\n\nThe item."
);
static BESIDE: HPyType_Spec =
    HPyType_Spec!(name = "hpy_abi_tests.type_flags.Beside", flags = FLAGS, defines = [contains_by_name, contains]);
static ALONE: HPyType_Spec =
    HPyType_Spec!(name = "hpy_abi_tests.type_flags.Alone", flags = FLAGS, defines = [contains_by_name]);

unsafe fn below(ctx: &HPyContext, spec: &HPyType_Spec, base: HPy) -> HPy {
    let params = [HPyType_SpecParam { kind: HPyType_SpecParam_Base, object: base }, HPyType_SpecParam::END];
    HPyType_FromSpec(ctx, spec, if HPy_IsNull(base) { core::ptr::null() } else { params.as_ptr() })
}

functions! {
    TYPE_FLAGS(ctx) {
        with_flags(flags, base) => make(ctx, int(ctx, flags) as c_ulong, or_null(ctx, base), false);
        own_with_flags(flags, base) => make(ctx, int(ctx, flags) as c_ulong, or_null(ctx, base), true);
        flag_values() => [
            (HPy_TPFLAGS_MANAGED_DICT as i64),
            (HPy_TPFLAGS_MANAGED_WEAKREF as i64),
            (HPy_TPFLAGS_DISALLOW_INSTANTIATION as i64),
        ];
        two_places() => below(ctx, &TWO_PLACES, HPy_NULL);
        two_ways() => below(ctx, &TWO_WAYS, HPy_NULL);
        row_class(base) => below(ctx, &ROW, or_null(ctx, base));
        longer(base) => below(ctx, &LONGER, base);
        meta(base) => below(ctx, &META, base);
        beside() => below(ctx, &BESIDE, HPy_NULL);
        alone() => below(ctx, &ALONE, HPy_NULL);
        instance(class) => {
            let mut data = core::ptr::null_mut::<Own>();
            HPy_New(ctx, class, &mut data)
        };
        new_var(class, count) => {
            let mut data = core::ptr::null_mut::<Row>();
            HPy_NewVar(ctx, class, int(ctx, count) as HPy_ssize_t, &mut data)
        };
        item_data(h) => {
            let data = HPy_GetItemData(ctx, h);
            if data.is_null() {
                return HPy_NULL;
            }
            true
        };
        var_size(h) => HPy_VarSize(ctx, h);
        destroyed() => DESTROYED.swap(0, Relaxed);
    }
}

HPy_MODINIT!(type_flags, TYPE_FLAGS);
