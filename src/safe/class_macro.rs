// src/safe/class_macro.rs: HPyType!: a class with its struct, attributes, methods and slots, declared together.

/// Declares a class: a struct, and methods that Python calls.
///
/// ```no_run
/// use hpy_sys::safe::*;
///
/// hpy_sys::HPyType! {
///     /// A point of the plane.
///     pub struct Point as "module.Point" {
///         /// The first coordinate.
///         x: f64 [get, set],
///         y: f64 [get],
///     }
///
///     impl Point {
///         fn new(x: f64 = 0.0, y: f64 = 0.0) -> Self {
///             Point { x, y }
///         }
///
///         /// The distance from zero.
///         fn norm(&self) -> f64 {
///             self.x.hypot(self.y)
///         }
///
///         #[getter]
///         fn sum(&self) -> f64 {
///             self.x + self.y
///         }
///
///         fn move_by(&mut self, ctx: &HPyContext, dx: f64, *, dy: f64 = 0.0) -> Result<()> {
///             if dx.is_nan() || dy.is_nan() {
///                 return ValueError::raise(ctx, "NaN is no distance");
///             }
///             (self.x, self.y) = (self.x + dx, self.y + dy);
///             Ok(())
///         }
///
///         fn __add__(&self, other: Ref<'_, Point>) -> Point {
///             Point { x: self.x + other.x, y: self.y + other.y }
///         }
///
///         fn __repr__(&self) -> String {
///             format!("Point({}, {})", self.x, self.y)
///         }
///     }
/// }
/// ```
///
/// [`HPyModule!`](crate::HPyModule) makes the class: `use Point;`. A value of the struct that a function returns becomes an
/// instance.
///
/// **The struct** is an ordinary one of Rust's, `Send` and `Sync`; it is dropped with the instance. `as` gives the class's
/// name in Python; `as "module.Point", subclass` lets Python derive from it. `[get]` behind a field makes it an attribute,
/// `[get, set]` one that is written. A field of type [`Field`](crate::safe::Field) refers to another object.
///
/// **The functions** are ordinary ones too. `fn new` is the constructor; a class without one has no instances that Python makes.
/// Any other has `&self` or `&mut self` first; `#[getter]` before one without parameters makes it an attribute, and
/// `#[getter(set = set_size)]` one that `fn set_size(&mut self, ctx: &HPyContext, size: f64) -> Result<()>` writes, with
/// `#[setter]` before it. `#[staticmethod]` stands before a function without `self`, and `#[classmethod]` before one whose first
/// parameter is `class: &Object<'_>`; HPy 0.9 and PyPy lack both. A doc comment becomes the docstring, and `inspect.signature`
/// gives the parameters.
///
/// | parameter | Python |
/// |---|---|
/// | `name: Type` | an argument, by position or by name; [`FromObject`](crate::safe::FromObject) says which types there are |
/// | `name: Type = default` | one that may be left out; an `Option` takes `None` too |
/// | `/` | what comes before is passed by position alone, which is faster for methods with `/` at the end |
/// | `*` | what follows is passed by name alone |
/// | `ctx: &HPyContext`, or `&'c HPyContext` | none: the context |
/// | `this: This<'_>` | none: the instance as an object |
/// | `state: State<'_, Counts>` | none: the [`State`](crate::safe::State) of the module that names the class in `use ..` |
///
/// A function returns a value that becomes an object, or a [`Result`](crate::safe::Result) with one. A function that returns an
/// [`Object`](crate::safe::Object) names its lifetime: `fn pair<'c>(&self, ctx: &'c HPyContext) -> Result<Object<'c>>`.
///
/// **Slots** are functions with Python's names: `__repr__`, `__str__`, `__hash__` (a `u64`), `__len__` (a `usize`), `__bool__`,
/// `__iter__`, `__next__` (an `Option`, with `None` at the end: two slots that HPy 0.9 lacks, and PyPy with it), `__await__`,
/// `__aiter__`, `__anext__` (which HPy 0.9 lacks too), `__contains__`, `__getitem__`, `__setitem__`, `__delitem__`, `__call__`,
/// `__eq__` (a `bool`, for `==` and `!=`), `__richcmp__` (with `op: HPy_RichCmpOp`, a `bool`), `__int__`, `__float__`,
/// `__index__`, `__neg__`, `__pos__`, `__abs__`, `__invert__`, and the operators `__add__`, `__sub__`, `__mul__`, `__truediv__`,
/// `__floordiv__`, `__mod__`, `__divmod__`, `__matmul__`, `__and__`, `__or__`, `__xor__`, `__lshift__`, `__rshift__`, `__pow__`
/// (of two operands): they are asked where the instance is the left operand, and give `NotImplemented` for a right one that their
/// parameter does not take. `__radd__` and its like are asked where it is the right operand. `__iadd__` and its like change the
/// instance, which is the result, and return nothing; Python asks `__add__` and its like for what their parameter does not take,
/// but CPython 3.9 does not ask `__pow__` after `__ipow__`. `__getattr__(&self, name: &str)` is asked for attributes that the instance
/// has not, and `__setattr__`, with a name and a value, in place of setting one:
/// [`set_own_attr`](crate::safe::Object::set_own_attr) is what Python would do. `__delattr__` gets the name, and
/// [`delete_own_attr`](crate::safe::Object::delete_own_attr) is Python's part. Any other method whose name belongs to a slot is
/// refused.
///
/// **Borrows.** A method with `&self` shares the struct, one with `&mut self` has it alone. Where both meet, because a method
/// calls Python, which calls another method, or because another thread does, the second raises `RuntimeError`. A class without
/// `&mut self` has no such counting, and it costs nothing.
///
/// Source: hpy-sys's own; in C a type is `HPyType_Spec`, `HPyType_HELPERS` and a `HPyDef` for each definition.
#[macro_export]
macro_rules! HPyType {
    (
        $(#[$($attribute:tt)*])* $vis:vis struct $class:ident as $python:literal $(, $flag:ident)* {
            $($(#[$($of_field:tt)*])* $field_vis:vis $field:ident: $type:ty $([$($access:ident),+])?),* $(,)?
        }
        impl $of:ident { $($functions:tt)* }
    ) => {
        $crate::__hpy_class! {
            @functions [
                [$(#[$($attribute)*])*] [$vis] $class $python [$($flag)*]
                [$({[$(#[$($of_field)*])*] [$field_vis] $field [$type] [$($($access)+)?]})*]
            ] $of []; $($functions)*
        }
    };
    ($($rest:tt)*) => {
        $crate::__private::core::compile_error!(
            "a class is a struct and what it does: `HPyType! { pub struct Point as \"module.Point\" { x: f64 [get] } impl Point { .. } }`"
        );
    };
}

/// Reads the functions of a class, and writes it.
#[doc(hidden)]
#[macro_export]
macro_rules! __hpy_class {
    (
        @functions $head:tt $of:ident [$($functions:tt)*];
        $(#[$($attribute:tt)*])* $vis:vis fn $name:ident $(<$lifetime:lifetime>)? ($($parameters:tt)*) $(-> $result:ty)? $body:block
        $($rest:tt)*
    ) => {
        $crate::__hpy_class! {
            @functions $head $of [
                $($functions)*
                {[$(#[$($attribute)*])*] [$vis] $name [$(<$lifetime>)?] [$($parameters)*] [$(-> $result)?] $body}
            ];
            $($rest)*
        }
    };
    (@functions $head:tt $of:ident $functions:tt; $($rest:tt)+) => {
        $crate::__private::core::compile_error!($crate::__private::core::concat!(
            "no function of a class: `", $crate::__private::core::stringify!($($rest)+), "`"
        ));
    };
    (
        @functions [
            [$(#[$($attribute:tt)*])*] [$vis:vis] $class:ident $python:literal [$($flag:ident)*]
            [$({[$($of_field:tt)*] [$field_vis:vis] $field:ident [$type:ty] $access:tt})*]
        ] $of:ident [$($function:tt)*];
    ) => {
        $(#[$($attribute)*])*
        $vis struct $class {
            $($($of_field)* $field_vis $field: $type,)*
        }

        $($crate::__hpy_method! { $of $function })*

        const _: () = {
            static __HPY_CLASS: $crate::HPyGlobal = $crate::HPyGlobal::NULL;
            const __HPY_ALL: &[($crate::__private::core::primitive::bool, $crate::__private::core::primitive::usize)] = {
                #[allow(unused_imports)]
                use $crate::safe::__private::NoField as _;
                &[$((
                    $crate::safe::__private::Probe::<$type>::IS_FIELD,
                    $crate::__private::core::mem::offset_of!($class, $field),
                )),*]
            };
            const __HPY_FIELDS: $crate::__private::core::primitive::usize = $crate::safe::__private::field::count(__HPY_ALL);
            const __HPY_IS_MUTABLE: $crate::__private::core::primitive::bool =
                false $(|| $crate::__hpy_class!(@is_mutable $function))* $(|| $crate::__hpy_class!(@is_set $access))*;
            const _: () = $crate::safe::__private::class::check(
                <$class as $crate::safe::Class>::FIELDS, $crate::__private::core::mem::align_of::<$class>(), __HPY_IS_MUTABLE
            );

            // SAFETY: the description has the struct's size, its constructor, and visits its fields; the methods are those of
            // this class alone.
            unsafe impl $crate::safe::Class for $class {
                type Flag = <$crate::safe::__private::Choice<__HPY_IS_MUTABLE> as $crate::safe::__private::Chosen>::Flag;
                const NAME: &'static $crate::__private::core::ffi::CStr =
                    $crate::__hpy_c_str!($crate::__private::core::stringify!($class));
                const TYPE: &'static $crate::HPyGlobal = &__HPY_CLASS;
                const FIELDS: &'static [$crate::__private::core::primitive::usize] =
                    &$crate::safe::__private::field::offsets::<__HPY_FIELDS>(__HPY_ALL);

                #[allow(clippy::all, unused)]
                fn spec() -> &'static $crate::HPyType_Spec {
                    type __HpyMemory = $crate::safe::__private::Memory<$class>;
                    static __HPY_DEFINES: $crate::NullTerminated<
                        $crate::HPyDef, { 4 $(+ $crate::__hpy_class!(@one $access))* $(+ $crate::__hpy_class!(@one $function))* }
                    > = $crate::safe::__private::class::defines([
                        $($crate::__hpy_attribute!($class $field [$($of_field)*] $access),)*
                        $($crate::__hpy_definition!($class $function),)*
                        $crate::__hpy_class!(@slot !(false $(|| $crate::__hpy_class!(@is_new $function))*), HPy_tp_new,
                            |ctx, _, _, _, _| $crate::safe::__private::class::no_constructor::<$class>(ctx)),
                        $crate::__hpy_class!(@slot __HPY_FIELDS > 0, HPy_tp_traverse,
                            $crate::safe::__private::field::traverse::<$class>),
                        $crate::__hpy_class!(@slot $crate::__private::core::mem::needs_drop::<$class>(), HPy_tp_destroy,
                            $crate::__private::destroy_struct::<__HpyMemory>),
                        $crate::__private::ptr::null(),
                    ]);
                    static __HPY_SPEC: $crate::HPyType_Spec = $crate::HPyType_Spec {
                        name: $crate::__hpy_c_string!($python),
                        basicsize: $crate::__private::core::mem::size_of::<__HpyMemory>() as $crate::c_int,
                        flags: $crate::HPy_TPFLAGS_DEFAULT $(| $crate::__hpy_class!(@flag $flag))*
                            | if __HPY_FIELDS > 0 { $crate::HPy_TPFLAGS_HAVE_GC } else { 0 },
                        defines: (&raw const __HPY_DEFINES).cast(),
                        doc: $crate::__hpy_c_string!($crate::__hpy_docstring!(
                            [$($crate::__hpy_constructor!(@signature $class $function)),*] [$(#[$($attribute)*])*]
                        )),
                        ..$crate::HPyType_Spec::EMPTY
                    };
                    &__HPY_SPEC
                }
            }

            // SAFETY: the global is a static.
            unsafe impl $crate::safe::__private::module::Item for $class {
                const GLOBAL: *const $crate::HPyGlobal = &raw const __HPY_CLASS;
                const HAS_FIELDS: $crate::__private::core::primitive::bool = __HPY_FIELDS > 0;

                fn add(
                    ctx: &$crate::HPyContext,
                    module: &$crate::safe::Object<'_>,
                    has_state: $crate::__private::core::primitive::bool,
                ) -> $crate::safe::Result<()> {
                    $crate::safe::__private::class::add::<$class>(ctx, module, has_state)
                }
            }

            impl<'c> $crate::safe::IntoObject<'c> for $class {
                fn into_object(self, ctx: &'c $crate::HPyContext) -> $crate::safe::Result<$crate::safe::Object<'c>> {
                    $crate::safe::Class::instance(self, ctx)
                }
            }
        };
    };
    (@flag subclass) => { $crate::HPy_TPFLAGS_BASETYPE };
    (@flag $other:ident) => {
        $crate::__private::core::compile_error!("the one flag of a class is `subclass`: Python may derive from it")
    };
    (@is_mutable { $attributes:tt $vis:tt $name:ident $lifetime:tt [&mut $($rest:tt)*] $($end:tt)* }) => { true };
    (@is_mutable $function:tt) => { false };
    (@is_set [get set]) => { true };
    (@is_set $access:tt) => { false };
    (@is_new { $attributes:tt $vis:tt new $($end:tt)* }) => { true };
    (@is_new $function:tt) => { false };
    (@one $item:tt) => { 1 };
    // A slot that a class has or not.
    (@slot $needed:expr, $slot:ident, $function:expr) => {{
        $crate::HPyDef_SLOT! { @define [static __HPY_DEFINITION, $slot] [promised $function] }
        if $needed { &raw const __HPY_DEFINITION } else { $crate::__private::ptr::null() }
    }};
}

/// Writes a function of a class as one of Rust.
#[doc(hidden)]
#[macro_export]
macro_rules! __hpy_method {
    (
        $class:ident { [$(#[doc = $doc:expr])* #[getter $((set = $setter:ident))?] $(#[doc = $more:expr])*] $($function:tt)* }
    ) => {
        $crate::__hpy_method! { $class { [$(#[doc = $doc])* $(#[doc = $more])*] $($function)* } }
    };
    ($class:ident { [$(#[doc = $doc:expr])* #[setter] $(#[doc = $more:expr])*] $($function:tt)* }) => {
        $crate::__hpy_method! { $class { [$(#[doc = $doc])* $(#[doc = $more])*] $($function)* } }
    };
    ($class:ident { [$(#[doc = $doc:expr])* #[staticmethod] $(#[doc = $more:expr])*] $($function:tt)* }) => {
        $crate::__hpy_method! { $class { [$(#[doc = $doc])* $(#[doc = $more])*] $($function)* } }
    };
    ($class:ident { [$(#[doc = $doc:expr])* #[classmethod] $(#[doc = $more:expr])*] $($function:tt)* }) => {
        $crate::__hpy_method! { $class { [$(#[doc = $doc])* $(#[doc = $more])*] $($function)* } }
    };
    (
        $class:ident {
            $attributes:tt $vis:tt $name:ident $lifetime:tt [$($parameters:tt)*] $result:tt $body:block
        }
    ) => {
        $crate::__hpy_function! {
            @parse [__hpy_method [@parsed $class $attributes $vis $name $lifetime $result $body]]
            [__hpy_ctx __hpy_this __hpy_arguments] [required] [keywords] [] [] [] [] [] [] []; $($parameters)*
        }
    };
    (
        @parsed $class:ident $attributes:tt $vis:tt $name:ident $lifetime:tt $result:tt $body:block $ids:tt $style:tt
        [shared $self:ident] $rust:tt $($python:tt)*
    ) => {
        $crate::__hpy_method! { @write $class $attributes $vis $name $lifetime [&$self,] $rust $result $body }
    };
    (
        @parsed $class:ident $attributes:tt $vis:tt $name:ident $lifetime:tt $result:tt $body:block $ids:tt $style:tt
        [exclusive $self:ident] $rust:tt $($python:tt)*
    ) => {
        $crate::__hpy_method! { @write $class $attributes $vis $name $lifetime [&mut $self,] $rust $result $body }
    };
    (
        @parsed $class:ident $attributes:tt $vis:tt $name:ident $lifetime:tt $result:tt $body:block $ids:tt $style:tt
        [] $rust:tt $($python:tt)*
    ) => {
        $crate::__hpy_method! { @write $class $attributes $vis $name $lifetime [] $rust $result $body }
    };
    (
        @write $class:ident [$($attributes:tt)*] [$vis:vis] $name:ident [$($lifetime:tt)*] [$($self:tt)*] [$($rust:tt)*]
        [$($result:tt)*] $body:block
    ) => {
        impl $class {
            $($attributes)*
            $vis fn $name $($lifetime)* ($($self)* $($rust)*) $($result)* $body
        }
    };
}
