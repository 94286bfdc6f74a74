// src/safe/field.rs: references from an instance to other objects, which the garbage collector knows of.

use core::cell::UnsafeCell;
use core::fmt;
use core::marker::PhantomData;
use core::ptr;

use super::exceptions::{Exception, SystemError};
use super::{Borrowed, IntoObject, Object, Result};
use crate::*;

/// A reference from the struct of an instance, or from the state of a module, to another object.
///
/// It is a field of the struct that [`HPyType!`](crate::HPyType) or [`HPyModule!`](crate::HPyModule) declares: the macro visits it
/// for the garbage collector. A class with one has no `&mut self` methods, since no field may be moved out of its instance.
///
/// A function reads that of a module's [`State`](super::State) with `field.get(&state)`. A method that reads or writes it has a parameter `this: This<'_>`: the instance as an object.
///
/// ```no_run
/// use hpy_sys::safe::*;
///
/// hpy_sys::HPyType! {
///     /// A node with one other.
///     pub struct Node as "nodes.Node" {
///         next: Field,
///     }
///
///     impl Node {
///         fn new(next: &Object<'_>) -> Self {
///             Node { next: Field::new(next) }
///         }
///
///         fn next<'c>(&self, this: This<'c>) -> Option<Object<'c>> {
///             self.next.get(this)
///         }
///     }
/// }
/// ```
#[repr(C)]
pub struct Field {
    /// What the garbage collector visits.
    stored: UnsafeCell<HPyField>,
    /// A handle that is to be stored once the instance is there.
    first: UnsafeCell<HPy>,
}

// SAFETY: what is stored is only touched through HPy, which orders its threads; the first handle is only touched while nobody
// else has the field.
unsafe impl Send for Field {}
// SAFETY: as above.
unsafe impl Sync for Field {}

impl fmt::Debug for Field {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Field").finish_non_exhaustive()
    }
}

/// The instance whose method runs, as an object: what [`Field`]s are read and written with.
///
/// A method has it as a parameter, `this: This<'_>`, which is none for Python.
#[derive(Clone, Copy, Debug)]
pub struct This<'c> {
    object: Borrowed<'c>,
    /// The address of the struct, and where in it fields are visited.
    start: usize,
    fields: &'static [usize],
}

impl<'c> core::ops::Deref for This<'c> {
    type Target = Object<'c>;

    fn deref(&self) -> &Object<'c> {
        &self.object
    }
}

/// What [`Field`]s belong to: [`This`], an instance, or a [`State`](super::State), which is lent: `field.get(&state)`.
///
/// # Safety
/// [`has`](Owner::has) is true for a field alone that the garbage collector visits as one of the object's own.
pub unsafe trait Owner<'c> {
    #[doc(hidden)]
    fn context(&self) -> &'c HPyContext;
    #[doc(hidden)]
    fn handle(&self) -> HPy;
    #[doc(hidden)]
    fn has(&self, field: &Field) -> bool;
}

// SAFETY: the fields of the class are visited where the struct begins.
unsafe impl<'c> Owner<'c> for This<'c> {
    #[inline(always)]
    fn context(&self) -> &'c HPyContext {
        self.object.context()
    }

    #[inline(always)]
    fn handle(&self) -> HPy {
        self.object.handle()
    }

    #[inline(always)]
    fn has(&self, field: &Field) -> bool {
        self.fields.contains(&ptr::from_ref(field).addr().wrapping_sub(self.start))
    }
}

impl<'c> This<'c> {
    /// The instance whose method runs.
    ///
    /// # Safety
    /// The object is an instance of the class, and open for `'c`.
    #[doc(hidden)]
    #[inline(always)]
    pub unsafe fn new<T: super::Class>(object: Borrowed<'c>) -> This<'c> {
        // SAFETY: the caller's promise.
        let memory = unsafe { super::class::Memory::<T>::AsStruct(object.context(), object.handle()) };
        This { object, start: memory.addr() + super::class::value_offset::<T>(), fields: T::FIELDS }
    }
}

impl Field {
    /// A field that refers to nothing.
    pub const fn empty() -> Field {
        Field { stored: UnsafeCell::new(HPyField_NULL), first: UnsafeCell::new(HPy_NULL) }
    }

    /// A field for a new instance: it refers to `object` as soon as the instance is made.
    ///
    /// A field that never gets into an instance keeps its object for ever: make it last.
    pub fn new(object: &Object<'_>) -> Field {
        Field { first: UnsafeCell::new(object.clone().into_handle()), ..Field::empty() }
    }

    /// The object that the field of `this`, the instance or the module, refers to, if any.
    ///
    /// None for a field of another one.
    #[inline]
    pub fn get<'c>(&self, this: impl Owner<'c>) -> Option<Object<'c>> {
        if !this.has(self) {
            return None;
        }
        let ctx = this.context();
        // SAFETY: the field is one of the object's own; the handle is new, or null where there is none, with no exception.
        unsafe { Object::from_handle(ctx, HPyField_Load(ctx, this.handle(), self.stored.get())).ok() }
    }

    /// Lets the field of `this` refer to `value`; what it referred to is released.
    ///
    /// Raises `SystemError` for a field of another one, and what the conversion raises.
    #[inline]
    pub fn set<'c>(&self, this: impl Owner<'c>, value: impl IntoObject<'c>) -> Result<()> {
        let ctx = this.context();
        if !this.has(self) {
            return SystemError::raise(ctx, "the field is not one of this object");
        }
        // SAFETY: the field is one of the object's own, and is visited.
        value.with_handle(ctx, |value| unsafe { HPyField_Store(ctx, this.handle(), self.stored.get(), value) })
    }

    /// Lets the field of `this` refer to nothing. A field of another one stays as it is.
    pub fn clear<'c>(&self, this: impl Owner<'c>) {
        if this.has(self) {
            // SAFETY: the field is one of the object's own.
            unsafe { HPyField_Store(this.context(), this.handle(), self.stored.get(), HPy_NULL) }
        }
    }

    /// Stores the first handle in a field of a new instance.
    ///
    /// # Safety
    /// The field is one of the object's own, and nobody else has it yet.
    pub(super) unsafe fn settle(field: *const Field, object: &Object<'_>) {
        let ctx = object.context();
        // SAFETY: the caller's promise; the handle is the field's own, and is not used again.
        unsafe {
            let first = (*field).first.get().replace(HPy_NULL);
            if !HPy_IsNull(first) {
                HPyField_Store(ctx, object.handle(), (*field).stored.get(), first);
                HPy_Close(ctx, first);
            }
        }
    }
}

/// Visits the fields of an instance, for `HPy_tp_traverse`.
///
/// # Safety
/// `data` is the memory of an instance of the class, and the others are what the collector passes.
pub unsafe fn traverse<T: super::Class>(data: *mut c_void, visit: HPyFunc_visitproc, arg: *mut c_void) -> c_int {
    for &offset in T::FIELDS {
        // SAFETY: the caller's promise. A field begins with what is stored.
        unsafe {
            let field = data.byte_add(super::class::value_offset::<T>() + offset).cast::<HPyField>();
            HPy_VISIT!(visit, arg, field);
        }
    }
    0
}

/// Tells whether a type is [`Field`]: its own constant goes before that of the trait.
pub struct Probe<T>(PhantomData<T>);

impl Probe<Field> {
    /// It is.
    pub const IS_FIELD: bool = true;
}

/// Any other type.
pub trait NoField {
    /// It is not.
    const IS_FIELD: bool = false;
}

impl<T> NoField for Probe<T> {}

/// How many of the fields of a struct are [`Field`]s.
pub const fn count(all: &[(bool, usize)]) -> usize {
    let (mut at, mut count) = (0, 0);
    while at < all.len() {
        count += all[at].0 as usize;
        at += 1;
    }
    count
}

/// Their offsets.
pub const fn offsets<const N: usize>(all: &[(bool, usize)]) -> [usize; N] {
    let (mut offsets, mut at, mut to) = ([0; N], 0, 0);
    while at < all.len() {
        if all[at].0 {
            offsets[to] = all[at].1;
            to += 1;
        }
        at += 1;
    }
    offsets
}
