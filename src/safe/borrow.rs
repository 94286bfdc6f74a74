// src/safe/borrow.rs: the struct of an instance as Rust borrows it: shared by many, or changed by one.

use core::fmt;
use core::marker::PhantomData;
use core::ops::{Deref, DerefMut};
use core::sync::atomic::{AtomicUsize, Ordering};

use super::class::{Class, Memory};
use super::exceptions::{Exception, RuntimeError, TypeError};
use super::{FromObject, Object, Result};
use crate::*;

/// How the borrows of an instance are counted: one word before its struct, or nothing at all.
///
/// # Safety
/// [`share`](Flag::share) is true only where nobody changes the struct until [`unshare`](Flag::unshare), and a value is there.
pub unsafe trait Flag: Send + Sync + Sized + 'static {
    /// The flag of a struct that is there and that nobody borrows.
    const FREE: Self;
    /// Begins a shared borrow, if that is possible.
    fn share(&self) -> bool;
    /// Whether there is a value.
    fn is_written(&self) -> bool;
    /// Ends a shared borrow.
    ///
    /// # Safety
    /// One began and did not end.
    unsafe fn unshare(&self);
    /// What a setter borrows.
    type ForSetter<'a, T: Class<Flag = Self>>: Deref<Target = T>;
    /// Begins the borrow of a setter.
    ///
    /// # Safety
    /// The object is an instance of the class.
    unsafe fn for_setter<'a, T: Class<Flag = Self>>(object: &'a Object<'_>) -> Result<Self::ForSetter<'a, T>>;
}

/// The flag of a class without `&mut self` methods: its structs are shared for ever.
///
/// In the native ABI it is nothing, and costs nothing. Under PyPy `object.__new__` makes an instance of any class: so in the
/// loader ABIs it says whether a value was written.
#[derive(Debug)]
pub struct Frozen(#[cfg(not(feature = "cpython"))] bool);

// SAFETY: `New` writes the value at once, and nobody changes it after that. CPython makes no instance past the constructor.
unsafe impl Flag for Frozen {
    const FREE: Frozen = Frozen(
        #[cfg(not(feature = "cpython"))]
        true,
    );

    #[inline(always)]
    fn share(&self) -> bool {
        #[cfg(feature = "cpython")]
        return true;
        #[cfg(not(feature = "cpython"))]
        self.0
    }

    fn is_written(&self) -> bool {
        self.share()
    }

    #[inline(always)]
    unsafe fn unshare(&self) {}

    type ForSetter<'a, T: Class<Flag = Frozen>> = Ref<'a, T>;
    #[inline(always)]
    unsafe fn for_setter<'a, T: Class<Flag = Frozen>>(object: &'a Object<'_>) -> Result<Ref<'a, T>> {
        // SAFETY: the caller's promise.
        unsafe { Ref::new(object) }
    }
}

/// The flag of a class with `&mut self` methods.
#[doc(hidden)]
#[derive(Debug)]
pub struct Checked(AtomicUsize);

/// Zeroed memory: no value was written yet.
const NOTHING: usize = 0;
/// Nobody borrows the value. Each shared borrow adds one.
const FREE: usize = 1;
/// Somebody changes the value.
const TAKEN: usize = usize::MAX;

/// Whether one global lock orders all borrows, so that a load and a store do without a locked instruction. A module of the loader
/// ABIs may run without one.
const LOCKED: bool = cfg!(all(feature = "cpython", not(cpython_free_threaded)));

impl Checked {
    /// Replaces the count, if `next` has one for it.
    #[inline(always)]
    fn update(&self, next: impl Fn(usize) -> Option<usize>) -> bool {
        if LOCKED {
            let value = next(self.0.load(Ordering::Relaxed));
            value.inspect(|&value| self.0.store(value, Ordering::Relaxed)).is_some()
        } else {
            self.0.fetch_update(Ordering::AcqRel, Ordering::Acquire, next).is_ok()
        }
    }

    /// Begins the borrow of one who changes the value.
    #[inline(always)]
    fn take(&self) -> bool {
        self.update(|count| (count == FREE).then_some(TAKEN))
    }

    /// Ends the borrow that [`take`](Checked::take) began.
    #[inline(always)]
    fn give(&self) {
        self.0.store(FREE, if LOCKED { Ordering::Relaxed } else { Ordering::Release });
    }
}

// SAFETY: while somebody shares the value, the count is above FREE, and `take` fails.
unsafe impl Flag for Checked {
    const FREE: Checked = Checked(AtomicUsize::new(FREE));

    #[inline(always)]
    fn share(&self) -> bool {
        self.update(|count| (count != NOTHING && count < TAKEN - 1).then(|| count + 1))
    }

    fn is_written(&self) -> bool {
        self.0.load(Ordering::Relaxed) != NOTHING
    }

    #[inline(always)]
    unsafe fn unshare(&self) {
        self.update(|count| Some(count - 1));
    }

    type ForSetter<'a, T: Class<Flag = Checked>> = RefMut<'a, T>;
    #[inline(always)]
    unsafe fn for_setter<'a, T: Class<Flag = Checked>>(object: &'a Object<'_>) -> Result<RefMut<'a, T>> {
        // SAFETY: the caller's promise.
        unsafe { RefMut::new(object) }
    }
}

/// The flag of a class, as whether a method changes its struct chooses it.
#[derive(Debug)]
pub struct Choice<const IS_MUTABLE: bool>;

/// What [`Choice`] has chosen.
pub trait Chosen {
    /// The flag.
    type Flag: Flag;
}

impl Chosen for Choice<false> {
    type Flag = Frozen;
}

impl Chosen for Choice<true> {
    type Flag = Checked;
}

/// The struct of an instance, borrowed: `fn add(&self, other: Ref<'_, Point>)`.
///
/// It keeps a class with `&mut self` methods from changing the struct meanwhile: such a method raises `RuntimeError`.
pub struct Ref<'a, T: Class> {
    /// A pointer, so that this is not `Send`: the borrow ends in the interpreter.
    memory: *const Memory<T>,
    /// As long as the handle is open.
    object: PhantomData<&'a T>,
}

impl<'a, T: Class> Ref<'a, T> {
    /// # Safety
    /// The object is an instance of the class. Its memory may be zeroed in the loader ABIs, and be missing.
    #[inline(always)]
    pub(super) unsafe fn new(object: &'a Object<'_>) -> Result<Ref<'a, T>> {
        // SAFETY: the caller's promise. The object keeps its memory as long as the handle is open.
        unsafe {
            let memory = Memory::<T>::AsStruct(object.context(), object.handle());
            match has_struct(memory) && (*memory).flag.share() {
                true => Ok(Ref { memory, object: PhantomData }),
                false => not_borrowed(object, memory),
            }
        }
    }
}

impl<T: Class> Deref for Ref<'_, T> {
    type Target = T;

    #[inline(always)]
    fn deref(&self) -> &T {
        // SAFETY: the flag is shared, so nobody changes the value.
        unsafe { &(*self.memory).value }
    }
}

impl<T: Class> Drop for Ref<'_, T> {
    #[inline(always)]
    fn drop(&mut self) {
        // SAFETY: `new` began the borrow.
        unsafe { (*self.memory).flag.unshare() }
    }
}

impl<T: Class + fmt::Debug> fmt::Debug for Ref<'_, T> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, out)
    }
}

/// The struct of an instance, borrowed to change it: what a method with `&mut self` gets.
///
/// Any other borrow of it meanwhile raises `RuntimeError`.
pub struct RefMut<'a, T: Class> {
    memory: *mut Memory<T>,
    /// As long as the handle is open.
    object: PhantomData<&'a mut T>,
}

impl<'a, T: Class<Flag = Checked>> RefMut<'a, T> {
    /// # Safety
    /// As for [`Ref::new`].
    #[inline(always)]
    pub(super) unsafe fn new(object: &'a Object<'_>) -> Result<RefMut<'a, T>> {
        // SAFETY: the caller's promise. The object keeps its memory as long as the handle is open.
        unsafe {
            let memory = Memory::<T>::AsStruct(object.context(), object.handle());
            match has_struct(memory) && (*memory).flag.take() {
                true => Ok(RefMut { memory, object: PhantomData }),
                false => not_borrowed(object, memory),
            }
        }
    }
}

impl<T: Class> Deref for RefMut<'_, T> {
    type Target = T;

    #[inline(always)]
    fn deref(&self) -> &T {
        // SAFETY: the flag is taken, so nobody else has the value.
        unsafe { &(*self.memory).value }
    }
}

impl<T: Class> DerefMut for RefMut<'_, T> {
    #[inline(always)]
    fn deref_mut(&mut self) -> &mut T {
        // SAFETY: the flag is taken, so nobody else has the value.
        unsafe { &mut (*self.memory).value }
    }
}

impl<T: Class> Drop for RefMut<'_, T> {
    #[inline(always)]
    fn drop(&mut self) {
        // SAFETY: the memory is still there, and a class that is changed has this flag.
        unsafe { (*(&raw const (*self.memory).flag).cast::<Checked>()).give() }
    }
}

impl<T: Class + fmt::Debug> fmt::Debug for RefMut<'_, T> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, out)
    }
}

/// Whether the object has a struct: under PyPy, one of `object.__new__` may have none.
#[inline(always)]
fn has_struct<T: Class>(memory: *const Memory<T>) -> bool {
    cfg!(feature = "cpython") || !memory.is_null()
}

/// # Safety
/// `memory` is null, or that of an instance of the class, which may be zeroed.
#[cold]
#[inline(never)]
unsafe fn not_borrowed<T: Class, R>(object: &Object<'_>, memory: *const Memory<T>) -> Result<R> {
    // SAFETY: the caller's promise. All bytes zero are a flag that says that there is no value.
    let is_written = unsafe { !memory.is_null() && (*memory).flag.is_written() };
    match is_written {
        true => RuntimeError::raise(
            object.context(),
            "this instance is in use: another of its methods runs and changes it, or reads it",
        ),
        false => TypeError::raise(object.context(), "this instance has no value: its constructor did not make it"),
    }
}

/// An instance of the class, or of a subclass; anything else is a `TypeError`.
impl<'a, 'c, T: Class> FromObject<'a, 'c> for Ref<'a, T> {
    #[inline]
    fn from_object(object: &'a Object<'c>) -> Result<Self> {
        object.cast::<T>()?;
        // SAFETY: the type was looked at.
        unsafe { Ref::new(object) }
    }
}

/// An instance of the class, or of a subclass, to change it; anything else is a `TypeError`.
impl<'a, 'c, T: Class<Flag = Checked>> FromObject<'a, 'c> for RefMut<'a, T> {
    #[inline]
    fn from_object(object: &'a Object<'c>) -> Result<Self> {
        object.cast::<T>()?;
        // SAFETY: the type was looked at.
        unsafe { RefMut::new(object) }
    }
}
