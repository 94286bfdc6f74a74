// src/member_macro.rs: HPyDef_MEMBER!, and which field of a struct can be which member.

use crate::*;

/// Defines an attribute that is a value in the object's struct:
/// `HPyDef_MEMBER!(SYM, "x", HPyMember_DOUBLE, offset_of!(Point, x))`.
///
/// `readonly = 1` and `doc = "..."` may follow, in this order. rustc checks that the field is what the member says: an `f64`
/// for `HPyMember_DOUBLE`, a [`HPyField`] for `HPyMember_OBJECT`.
///
/// # Safety
/// Any other offset is a promise, `unsafe { OFFSET }`: at this place of an instance is a value that Python may read as the
/// member says, and write unless it is read-only. So are the offsets that CPython itself reads, with the type
/// `HPyMember_HPYSSIZET`: `__vectorcalloffset__`, `__dictoffset__` and `__weaklistoffset__`.
///
/// Source: HPy `HPyDef_MEMBER`.
///
/// [`HPyField`]: crate::HPyField
#[macro_export]
macro_rules! HPyDef_MEMBER {
    (
        @define [$(#[$attribute:meta])* $vis:vis static $sym:ident, $name:expr, $type:expr] $({ $struct:ty, $($field:tt).+ })?
        [promised $offset:expr] $(, readonly = $readonly:expr)? $(, doc = $doc:expr)? $(,)?
    ) => {
        $(#[$attribute])*
        #[allow(non_upper_case_globals, unused_unsafe)]
        $vis static $sym: $crate::HPyDef = {
            $(
                const _: fn(&$struct) =
                    |__hpy_struct| $crate::__private::check_member::<{ $type }, _>(&__hpy_struct.$($field).+);
                const _: () = $crate::__private::core::assert!(
                    $offset == $crate::offset_of!($struct, $($field).+), "this `offset_of!` is not that of `core`",
                );
            )?
            $crate::HPyDef::member(
                $crate::__hpy_c_string!($name),
                $type,
                ($offset) as $crate::HPy_ssize_t,
                $crate::__hpy_or!([$($readonly as $crate::c_int)?], 0),
                $crate::__hpy_doc!($($doc)?),
            )
        };
    };
    (@define $definition:tt [safe $offset:expr] $($more:tt)*) => {
        $crate::__private::core::compile_error!(
            "the offset of a member is checked where it is `offset_of!(Struct, field)`; any other one is a promise: write `unsafe { OFFSET }`"
        );
    };
    (
        @offset $definition:tt [$($given:tt)*]
        $(::)? $(core::mem::)? $(std::mem::)? offset_of!($struct:ty, $($field:tt).+ $(,)?) $($more:tt)*
    ) => {
        $crate::__hpy_promise! {
            @take promised HPyDef_MEMBER [@define $definition { $struct, $($field).+ }] $($given)*
        }
    };
    (@offset $definition:tt $given:tt $($same:tt)*) => {
        $crate::__hpy_promise! { HPyDef_MEMBER [@define $definition] $given $($same)* }
    };
    ($(#[$attribute:meta])* $vis:vis $sym:ident, $name:expr, $type:expr, $($offset:tt)+) => {
        $crate::HPyDef_MEMBER! {
            @offset [$(#[$attribute])* $vis static $sym, $name, $type] [$($offset)+] $($offset)+
        }
    };
}

/// A field that Python may read and write as a member of the type `TYPE`.
#[diagnostic::on_unimplemented(
    message = "a field of type `{Self}` is not what this `HPyMember_*` says",
    label = "Python would read and write it as another type",
    note = "if it is a promise, write `unsafe {{ offset_of!(..) }}`"
)]
pub trait Member<const TYPE: HPyMember_FieldType> {}

/// Makes sure that a field is what its member says.
#[doc(hidden)]
pub fn check_member<const TYPE: HPyMember_FieldType, T: Member<TYPE>>(_: &T) {}

macro_rules! members {
    ($($type:ty: $($member:ident),*;)*) => {
        $($(
            #[diagnostic::do_not_recommend]
            impl Member<{ $member }> for $type {}
        )*)*
    };
}

members! {
    c_short: HPyMember_SHORT;
    c_int: HPyMember_INT;
    c_long: HPyMember_LONG;
    c_longlong: HPyMember_LONGLONG;
    HPy_ssize_t: HPyMember_HPYSSIZET;
    i8: HPyMember_BYTE, HPyMember_CHAR;
    u8: HPyMember_UBYTE, HPyMember_CHAR;
    c_ushort: HPyMember_USHORT;
    c_uint: HPyMember_UINT;
    c_ulong: HPyMember_ULONG;
    c_ulonglong: HPyMember_ULONGLONG;
    f32: HPyMember_FLOAT;
    f64: HPyMember_DOUBLE;
    bool: HPyMember_BOOL;
    *const c_char: HPyMember_STRING;
    *mut c_char: HPyMember_STRING;
    HPyField: HPyMember_OBJECT, HPyMember_OBJECT_EX;
}

#[diagnostic::do_not_recommend]
impl<const SIZE: usize> Member<{ HPyMember_STRING_INPLACE }> for [c_char; SIZE] {}
#[diagnostic::do_not_recommend]
impl<T> Member<{ HPyMember_NONE }> for T {}
