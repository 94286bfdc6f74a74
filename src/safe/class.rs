// src/safe/class.rs: what a class of `HPyType!` is to Rust: its struct, its type, and making instances.

use core::ffi::CStr;
use core::ptr;

use super::borrow::{Flag, Ref, RefMut};
use super::exceptions::{Exception, SystemError, TypeError};
use super::field::Field;
use super::{Borrowed, Object, Result};
use crate::*;

/// A class that [`HPyType!`](crate::HPyType) declares.
///
/// # Safety
/// [`spec`](Class::spec) describes a type whose instances have a [`Memory`] of this struct behind the head of an object, and
/// whose `HPy_tp_traverse` visits all of [`FIELDS`](Class::FIELDS), the places of its [`Field`]s in the struct. A frozen class
/// has a constructor that writes a value, or that raises.
pub unsafe trait Class: Send + Sync + Sized + 'static {
    /// How borrows are counted.
    type Flag: Flag;
    /// The class's name.
    const NAME: &'static CStr;
    /// The type object of each interpreter.
    #[doc(hidden)]
    const TYPE: &'static HPyGlobal;
    /// The offsets of the fields that refer to objects.
    #[doc(hidden)]
    const FIELDS: &'static [usize];
    /// The description of the type.
    #[doc(hidden)]
    fn spec() -> &'static HPyType_Spec;

    /// Makes an instance of this very class.
    ///
    /// Raises `SystemError` if no module of this interpreter has the class, and `MemoryError`.
    fn instance(self, ctx: &HPyContext) -> Result<Object<'_>> {
        let class = class_of::<Self>(ctx)?;
        // SAFETY: it is the type that was made for this struct.
        unsafe { new(ctx, class.handle(), self) }
    }
}

/// The memory of an instance.
#[doc(hidden)]
#[repr(C)]
pub struct Memory<T: Class> {
    pub(super) flag: T::Flag,
    pub(super) value: T,
}

// SAFETY: `HPyType!` makes types of this shape alone, and the author of another `Class` promises the same.
unsafe impl<T: Class> HPyStruct for Memory<T> {
    const SHAPE: HPyType_BuiltinShape = HPyType_BuiltinShape_Object;
}

/// Where the value is in the memory of an instance.
pub const fn value_offset<T: Class>() -> usize {
    offset_of!(Memory<T>, value)
}

/// Makes an instance, for `HPy_tp_new`.
///
/// # Safety
/// `class` is an open handle of a type that was made for this struct, or of a subtype.
#[inline]
pub unsafe fn new<'c, T: Class>(ctx: &'c HPyContext, class: HPy, value: T) -> Result<Object<'c>> {
    // SAFETY: the caller's promise; the result is new.
    unsafe {
        let object = Object::from_handle(ctx, Memory::<T>::New(ctx, class, Memory { flag: T::Flag::FREE, value }))?;
        if !T::FIELDS.is_empty() {
            let value = (&raw mut (*Memory::<T>::AsStruct(ctx, object.handle())).value).cast::<u8>();
            for &offset in T::FIELDS {
                Field::settle(value.add(offset).cast(), &object);
            }
        }
        Ok(object)
    }
}

/// The struct of an instance, for a method that reads it.
///
/// # Safety
/// The object is an instance of the class: CPython looked at it before it called the method.
#[inline(always)]
pub unsafe fn shared<'a, T: Class>(object: &'a Object<'_>) -> Result<Ref<'a, T>> {
    // SAFETY: the caller's promise.
    unsafe { Ref::new(object) }
}

/// The struct of an instance, for a method that changes it.
///
/// # Safety
/// As for [`shared`].
#[inline(always)]
pub unsafe fn exclusive<'a, T: Class<Flag = super::borrow::Checked>>(object: &'a Object<'_>) -> Result<RefMut<'a, T>> {
    // SAFETY: the caller's promise.
    unsafe { RefMut::new(object) }
}

/// The struct of an instance, for a setter: as one that changes it, if the class has methods that do.
///
/// # Safety
/// As for [`shared`].
#[inline(always)]
pub unsafe fn for_setter<'a, T: Class>(object: &'a Object<'_>) -> Result<<T::Flag as Flag>::ForSetter<'a, T>> {
    // SAFETY: the caller's promise.
    unsafe { T::Flag::for_setter(object) }
}

/// The type object of a class in the running interpreter.
#[inline]
fn class_of<T: Class>(ctx: &HPyContext) -> Result<Object<'_>> {
    // SAFETY: the context is that of the running call, and the handle is new, or null where nothing was stored.
    unsafe { Object::from_handle(ctx, HPyGlobal_Load(ctx, T::TYPE)) }.or_else(|_| not_made(ctx, T::NAME))
}

#[cold]
#[inline(never)]
fn not_made<'c>(ctx: &'c HPyContext, name: &CStr) -> Result<Object<'c>> {
    let name = name.to_str().unwrap_or("?");
    SystemError::raise(ctx, format_args!("no module has made the class {name}: name it in `use ..` of its HPyModule!"))
}

impl<'c> Object<'c> {
    /// Whether it is an instance of the class, or of a subclass.
    ///
    /// Raises `SystemError` if no module of this interpreter has the class.
    #[inline]
    pub fn is_instance<T: Class>(&self) -> Result<bool> {
        let (ctx, class) = (self.context(), class_of::<T>(self.context())?);
        // SAFETY: the handles are open, and the second is a type's.
        Ok(unsafe { HPy_TypeCheck(ctx, self.handle(), class.handle()) } != 0)
    }

    /// The object, if it is an instance of the class; else a `TypeError` is set.
    #[inline]
    pub(super) fn cast<T: Class>(&self) -> Result<&Self> {
        if self.is_instance::<T>()? { Ok(self) } else { wrong_class(self, T::NAME) }
    }
}

#[cold]
#[inline(never)]
fn wrong_class<'a, 'c>(object: &'a Object<'c>, name: &CStr) -> Result<&'a Object<'c>> {
    let name = name.to_str().unwrap_or("?");
    TypeError::raise(object.context(), format_args!("an instance of {name} is needed"))
}

/// What a class without `fn new` has for `HPy_tp_new`.
#[cold]
pub fn no_constructor<T: Class>(ctx: &HPyContext) -> HPy {
    let raised = TypeError::raise(ctx, format_args!("cannot create '{}' instances", T::NAME.to_str().unwrap_or("?")));
    raised.unwrap_or(HPy_NULL)
}

/// Makes the type of a class, and sets it as an attribute of a module, which it leads to if that has state.
pub fn add<T: Class>(ctx: &HPyContext, module: &Object<'_>, has_state: bool) -> Result<()> {
    let leads = [HPyType_SpecParam { kind: HPyType_SpecParam_Module, object: module.handle() }, HPyType_SpecParam::END];
    // SAFETY: the description is a static, the list of parameters ends, and the type is new.
    unsafe {
        let params = if has_state { leads.as_ptr() } else { ptr::null() };
        let class = Object::from_handle(ctx, HPyType_FromSpec(ctx, T::spec(), params))?;
        HPyGlobal_Store(ctx, T::TYPE, class.handle());
        Borrowed::from_handle(ctx, module.handle()).set_attr(T::NAME, &class)
    }
}

/// A list of definitions without the ones that are null, which a null pointer ends.
pub const fn defines<const N: usize>(all: [*const HPyDef; N]) -> NullTerminated<HPyDef, N> {
    let (mut packed, mut from, mut to) = ([ptr::null(); N], 0, 0);
    while from < N {
        if !all[from].is_null() {
            packed[to] = all[from];
            to += 1;
        }
        from += 1;
    }
    NullTerminated(packed)
}

/// What an attribute raises that is deleted.
#[cold]
pub fn not_deleted(ctx: &HPyContext, name: &str) -> Result<()> {
    TypeError::raise(ctx, format_args!("cannot delete the attribute '{name}'"))
}

/// The attribute that an instance has itself, if there is one.
///
/// # Safety
/// The handles are open.
pub unsafe fn own_attribute<'c>(ctx: &'c HPyContext, this: HPy, name: HPy) -> Result<Option<Object<'c>>> {
    // SAFETY: the caller's promise; the result is new.
    match unsafe { Object::from_handle(ctx, HPy_GenericGetAttr(ctx, this, name)) } {
        Ok(found) => Ok(Some(found)),
        Err(raised) if raised.is::<super::AttributeError>(ctx) => {
            raised.clear(ctx);
            Ok(None)
        }
        Err(raised) => Err(raised),
    }
}

impl<'c> Object<'c> {
    /// Sets an attribute as an object without `__setattr__` does: for a `__setattr__` that leaves the rest to Python.
    ///
    /// Raises `AttributeError` if the object has no such attribute and no dictionary, and what a setter raises.
    pub fn set_own_attr(&self, name: impl super::IntoObject<'c>, value: impl super::IntoObject<'c>) -> Result<()> {
        let ctx = self.context();
        let name = name.into_object(ctx)?;
        // SAFETY: the handles are open.
        let set = |value| unsafe { HPy_GenericSetAttr(ctx, self.handle(), name.handle(), value) };
        super::calls::done(value.with_handle(ctx, set)?)
    }

    /// Deletes an attribute as an object without `__delattr__` does: for a `__delattr__` that leaves the rest to Python.
    ///
    /// Raises `AttributeError` if the object has no such attribute, and what a setter raises.
    pub fn delete_own_attr(&self, name: impl super::IntoObject<'c>) -> Result<()> {
        let ctx = self.context();
        // SAFETY: the handles are open; null deletes.
        let delete = |name| unsafe { HPy_GenericSetAttr(ctx, self.handle(), name, HPy_NULL) };
        super::calls::done(name.with_handle(ctx, delete)?)
    }
}

/// What `HPyType!` makes sure of.
pub const fn check(fields: &[usize], alignment: usize, is_mutable: bool) {
    let mut at = 0;
    while at < fields.len() {
        let is_aligned = fields[at] % align_of::<Field>() == 0 && alignment >= align_of::<Field>();
        assert!(is_aligned, "a class with a `Field` is not packed: the garbage collector reads the field where it is");
        at += 1;
    }
    assert!(
        fields.is_empty() || !is_mutable,
        "a class with a `Field` has no `&mut self` method and no `#[set]`, since no field may be moved out of its instance: take \
         `&self`, and keep what changes in an atomic, a `Mutex` or another `Field`"
    );
}
