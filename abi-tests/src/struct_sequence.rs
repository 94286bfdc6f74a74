// abi-tests/src/struct_sequence.rs: struct sequences: their types, their instances, and what is refused.

use core::ptr;

use hpy_sys::*;

const fn field(name: *const c_char, doc: *const c_char) -> HPyStructSequence_Field {
    HPyStructSequence_Field { name, doc }
}

static FIELDS: [HPyStructSequence_Field; 4] = [
    field(c"name".as_ptr(), c"what it is called".as_ptr()),
    field(c"size".as_ptr(), ptr::null()),
    field(c"größe".as_ptr(), c"the same".as_ptr()),
    HPyStructSequence_Field::END,
];

static WITH_UNNAMED: [HPyStructSequence_Field; 4] = [
    field(c"first".as_ptr(), ptr::null()),
    field(HPyStructSequence_UnnamedField, ptr::null()),
    field(c"last".as_ptr(), ptr::null()),
    HPyStructSequence_Field::END,
];

const fn desc(
    name: *const c_char,
    doc: *const c_char,
    fields: *const HPyStructSequence_Field,
) -> HPyStructSequence_Desc {
    HPyStructSequence_Desc { name, doc, fields }
}

static NAMED: HPyStructSequence_Desc =
    desc(c"struct_sequence.Named".as_ptr(), c"Three fields.".as_ptr(), (&raw const FIELDS).cast());
static UNNAMED: HPyStructSequence_Desc =
    desc(c"struct_sequence.Unnamed".as_ptr(), ptr::null(), (&raw const WITH_UNNAMED).cast());
static EMPTY: HPyStructSequence_Desc =
    desc(c"struct_sequence.Empty".as_ptr(), ptr::null(), &HPyStructSequence_Field::END);
static NAMELESS: HPyStructSequence_Desc = desc(ptr::null(), ptr::null(), (&raw const FIELDS).cast());

HPyDef_METH!(named, "named", HPyFunc_NOARGS, |ctx, _self| unsafe { HPyStructSequence_NewType(ctx, &NAMED) });
HPyDef_METH!(unnamed, "unnamed", HPyFunc_NOARGS, |ctx, _self| unsafe { HPyStructSequence_NewType(ctx, &UNNAMED) });
HPyDef_METH!(empty, "empty", HPyFunc_NOARGS, |ctx, _self| unsafe { HPyStructSequence_NewType(ctx, &EMPTY) });
HPyDef_METH!(nameless, "nameless", HPyFunc_NOARGS, |ctx, _self| unsafe { HPyStructSequence_NewType(ctx, &NAMELESS) });

HPyDef_METH!(new, "new", HPyFunc_VARARGS, |ctx, _self, args, nargs| unsafe {
    HPyStructSequence_New(ctx, *args, nargs as HPy_ssize_t - 1, args.add(1))
});

static DEFINITION: HPyModuleDef =
    HPyModuleDef!(doc = "Struct sequences.", defines = [named, unnamed, empty, nameless, new]);

HPy_MODINIT!(struct_sequence, DEFINITION);
