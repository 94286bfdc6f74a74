// abi-tests/src/shapes.rs: types that extend a builtin type: a struct of their own behind that of each shape.

use core::sync::atomic::{AtomicI64, Ordering::Relaxed};

use crate::support::{or_null, string};
use hpy_sys::*;

/// How many instances of all the types were destroyed with an intact struct.
static DESTROYED: AtomicI64 = AtomicI64::new(0);

/// As strictly aligned as a struct may be in the ABI, which CPython's compiler makes use of.
#[cfg(feature = "cpython")]
type Wide = u128;
#[cfg(not(feature = "cpython"))]
type Wide = u64;

macro_rules! shapes {
    ($($module:ident, $name:literal, $shape:ident, $base:ident $(($($of:tt)*))?;)*) => {
        $(mod $module {
            use core::sync::atomic::Ordering::Relaxed;

            use crate::support::or_null;
            use hpy_sys::*;

            #[repr(C)]
            pub struct Payload {
                number: i64,
                field: HPyField,
                wide: super::Wide,
            }

            HPyType_HELPERS!(Payload, unsafe { $shape });

            HPyDef_MEMBER!(number, "number", HPyMember_LONGLONG, offset_of!(Payload, number));
            HPyDef_GETSET!(
                field,
                "field",
                |ctx, h, _closure| unsafe {
                    let value = HPyField_Load(ctx, h, &raw const (*Payload::AsStruct(ctx, h)).field);
                    if HPy_IsNull(value) { HPy_Dup(ctx, ctx.h_None) } else { value }
                },
                |ctx, h, value, _closure| unsafe {
                    HPyField_Store(ctx, h, &raw mut (*Payload::AsStruct(ctx, h)).field, or_null(ctx, value));
                    0
                },
            );
            HPyDef_METH!(double, "double", HPyFunc_NOARGS, |ctx, h| unsafe {
                let payload = Payload::AsStruct(ctx, h);
                assert!(payload.is_aligned(), "the struct is not where Rust wants it");
                (*payload).wide = super::Wide::MAX;
                HPyLong_FromInt64_t(ctx, (*payload).number * 2)
            });
            HPyDef_SLOT!(traverse, HPy_tp_traverse, |this, visit, arg| unsafe {
                HPy_VISIT!(visit, arg, &raw mut (*this.cast::<Payload>()).field);
                0
            });
            HPyDef_SLOT!(destroy, HPy_tp_destroy, |this| unsafe {
                if (*this.cast::<Payload>()).number == 42 {
                    super::DESTROYED.fetch_add(1, Relaxed);
                }
            });

            const FLAGS: c_ulong = HPy_TPFLAGS_DEFAULT | HPy_TPFLAGS_BASETYPE;

            /// With a struct, and nothing to visit.
            pub static PLAIN: HPyType_Spec = HPyType_Spec!(
                name = $name,
                basicsize = size_of::<Payload>(),
                flags = FLAGS,
                builtin_shape = Payload::SHAPE,
                defines = [number, double],
            );
            /// With a struct that refers to an object.
            pub static FULL: HPyType_Spec = HPyType_Spec!(
                name = $name,
                basicsize = size_of::<Payload>(),
                flags = FLAGS | HPy_TPFLAGS_HAVE_GC,
                builtin_shape = Payload::SHAPE,
                defines = [number, double, field, traverse, destroy],
            );
            /// Without a struct.
            pub static EMPTY: HPyType_Spec =
                HPyType_Spec!(name = $name, flags = FLAGS, builtin_shape = Payload::SHAPE);
        })*

        functions! {
            SHAPES(ctx) {
                make(kind, name, base) => {
                    let base = or_null(ctx, base);
                    let (specs, default_base) = match string(ctx, name) {
                        $($name => ([&$module::PLAIN, &$module::FULL, &$module::EMPTY], ctx.$base $(($($of)*))?),)*
                        other => panic!("there is no shape {other}"),
                    };
                    let spec = match string(ctx, kind) {
                        "plain" => specs[0],
                        "full" => specs[1],
                        _ => specs[2],
                    };
                    let object = if HPy_IsNull(base) { default_base } else { base };
                    let params = [HPyType_SpecParam { kind: HPyType_SpecParam_Base, object }, HPyType_SpecParam::END];
                    HPyType_FromSpec(ctx, spec, params.as_ptr())
                };
                destroyed() => DESTROYED.load(Relaxed);
            }
        }
    };
}

shapes! {
    object, "shapes.Object", HPyType_BuiltinShape_Object, h_BaseObjectType;
    class, "shapes.Type", HPyType_BuiltinShape_Type, h_TypeType;
    long, "shapes.Long", HPyType_BuiltinShape_Long, h_LongType;
    float, "shapes.Float", HPyType_BuiltinShape_Float, h_FloatType;
    unicode, "shapes.Unicode", HPyType_BuiltinShape_Unicode, h_UnicodeType;
    tuple, "shapes.Tuple", HPyType_BuiltinShape_Tuple, h_TupleType;
    list, "shapes.List", HPyType_BuiltinShape_List, h_ListType;
    dict, "shapes.Dict", HPyType_BuiltinShape_Dict, h_DictType();
    opaque, "shapes.Opaque", HPyType_BuiltinShape_Opaque, h_ValueError;
}

HPy_MODINIT!(shapes, SHAPES);
