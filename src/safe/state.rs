// src/safe/state.rs: the state of a module: a struct of Rust in each module object, and how functions and methods find it.

use core::fmt;
use core::marker::PhantomData;
use core::mem::MaybeUninit;
use core::ops::Deref;
use core::ptr;
use core::sync::atomic::{AtomicBool, Ordering};

use super::exceptions::{Exception, SystemError};
use super::field::{Field, Owner, This};
use super::{Borrowed, Object, Result};
use crate::raised::Raised;
use crate::*;

/// The struct that a [`HPyModule!`](crate::HPyModule) declares as the state of its module.
///
/// # Safety
/// [`definition`](ModuleState::definition) describes modules whose state is a mark and this struct, as [`size`] counts them, and
/// whose `HPy_mod_traverse` visits all of [`FIELDS`](ModuleState::FIELDS), the places of its [`Field`]s in the struct.
pub unsafe trait ModuleState: Send + Sync + Sized + 'static {
    /// The module's name.
    #[doc(hidden)]
    const MODULE: &'static str;
    /// The offsets of the fields that refer to objects.
    #[doc(hidden)]
    const FIELDS: &'static [usize];
    /// The description of the module.
    #[doc(hidden)]
    fn definition() -> &'static HPyModuleDef;
}

/// The memory of a module, which begins zeroed.
#[doc(hidden)]
#[repr(C)]
pub struct Memory<T> {
    written: AtomicBool,
    value: MaybeUninit<T>,
}

/// The state of the module that a function belongs to.
///
/// A function of [`HPyModule!`](crate::HPyModule), and a constructor, a method, a getter, a slot or a class method of
/// [`HPyType!`](crate::HPyType), has it as a parameter, `state: State<'_, Counts>`, which is none for Python. It derefs to the
/// struct. The module lives as long as it: what a method gets holds a reference, since Python may give the instance another class
/// meanwhile.
///
/// An interpreter keeps the classes of the module that it imported last, and a class keeps its module. So the state of a module with
/// classes is dropped when the module is imported anew or when the interpreter ends.
///
/// ```no_run
/// use hpy_sys::safe::*;
/// use std::sync::atomic::{AtomicU64, Ordering};
///
/// hpy_sys::HPyModule! {
///     mod tickets {
///         use Ticket;
///
///         /// What each module object holds.
///         struct Counts {
///             next: AtomicU64,
///             last: Field,
///         }
///
///         fn last<'c>(state: State<'c, Counts>) -> Option<Object<'c>> {
///             state.last.get(&state)
///         }
///
///         exec(ctx, module) {
///             Ok(Counts { next: AtomicU64::new(1), last: Field::empty() })
///         }
///     }
/// }
///
/// hpy_sys::HPyType! {
///     pub struct Ticket as "tickets.Ticket" {
///         number: u64 [get],
///     }
///
///     impl Ticket {
///         fn new(state: State<'_, Counts>) -> Self {
///             Ticket { number: state.next.fetch_add(1, Ordering::Relaxed) }
///         }
///
///         fn keep(&self, this: This<'_>, state: State<'_, Counts>) -> Result<()> {
///             state.last.set(&state, &*this)
///         }
///     }
/// }
/// # fn main() {}
/// ```
pub struct State<'c, T: ModuleState> {
    ctx: &'c HPyContext,
    value: *const T,
    module: HPy,
    /// Whether the handle of the module is this one's own.
    own: bool,
}

impl<T: ModuleState> fmt::Debug for State<'_, T> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("State").field("module", &T::MODULE).finish_non_exhaustive()
    }
}

impl<T: ModuleState> Deref for State<'_, T> {
    type Target = T;

    #[inline(always)]
    fn deref(&self) -> &T {
        // SAFETY: it was written, stays where it is as long as its module, and is shared alone.
        unsafe { &*self.value }
    }
}

impl<T: ModuleState> Drop for State<'_, T> {
    #[inline(always)]
    fn drop(&mut self) {
        if self.own {
            // SAFETY: the handle is open, and this one's own.
            unsafe { HPy_Close(self.ctx, self.module) }
        }
    }
}

impl<'c, T: ModuleState> State<'c, T> {
    /// The state of the module that made the class of `instance`, or the nearest class above it: where a function has no parameter
    /// for it, such as a setter.
    ///
    /// Raises `SystemError` if no class of the instance is one of such a module, or if the module's `exec` is not done.
    pub fn of(instance: &Object<'c>) -> Result<State<'c, T>> {
        State::of_class(&instance.class()?)
    }

    /// # Safety
    /// `module` is an open handle of a module of `T::definition()`, and stays open for `'c` or is the result's own.
    #[inline(always)]
    unsafe fn of_module(ctx: &'c HPyContext, module: HPy, own: bool) -> Result<State<'c, T>> {
        // SAFETY: the caller's promise. The state is null before the module is executed, and zeroed then.
        let memory = unsafe { HPyModule_GetState(ctx, module).cast::<Memory<T>>().as_ref() };
        // Closes the handle on each way out.
        let mut state = State { ctx, value: ptr::null(), module, own };
        match memory {
            Some(memory) if memory.written.load(Ordering::Acquire) => {
                state.value = memory.value.as_ptr();
                Ok(state)
            }
            _ => not_written(ctx, T::MODULE),
        }
    }

    /// The object is a type: one that CPython passes to a function as the class, or that of an object.
    #[inline]
    fn of_class(class: &Object<'c>) -> Result<State<'c, T>> {
        let ctx = class.context();
        // SAFETY: the handle is a type's, and the definition a static. The result is new, and of this definition.
        unsafe {
            let module = HPyType_GetModuleByDef(ctx, class.handle(), T::definition());
            if HPy_IsNull(module) {
                return not_found(class, T::MODULE);
            }
            State::of_module(ctx, module, true)
        }
    }
}

#[cold]
#[inline(never)]
fn not_written<R>(ctx: &HPyContext, module: &str) -> Result<R> {
    SystemError::raise(ctx, format_args!("the module {module} has no state yet: it is what `exec` returns at its end"))
}

#[cold]
#[inline(never)]
fn not_found<R>(class: &Object<'_>, module: &str) -> Result<R> {
    Raised.clear(class.context());
    let name = class.get_attr(c"__name__")?;
    SystemError::raise(
        class.context(),
        format_args!(
            "the class {} does not belong to the module {module}, whose state it reads: name it in `use ..` of that HPyModule!",
            name.extract::<&str>().unwrap_or("?")
        ),
    )
}

// SAFETY: the fields are visited where they are, and the module is their owner.
unsafe impl<'c, T: ModuleState> Owner<'c> for &State<'c, T> {
    fn context(&self) -> &'c HPyContext {
        self.ctx
    }

    fn handle(&self) -> HPy {
        self.module
    }

    fn has(&self, field: &Field) -> bool {
        T::FIELDS.contains(&ptr::from_ref(field).addr().wrapping_sub(self.value.addr()))
    }
}

/// Where a function finds the state of its module.
#[diagnostic::on_unimplemented(
    message = "no way leads from here to the state `{T}`",
    label = "a parameter `State<'_, {T}>` in a function that cannot find it",
    note = "a function of `HPyModule!` has the state of its own module, the `struct` that is declared in it",
    note = "a function of `HPyType!` has that of the module that names its class in `use ..`; a static method has none: make it a \
            class method"
)]
pub trait Source<'c, T: ModuleState> {
    /// The state.
    fn state(&self) -> Result<State<'c, T>>;
}

/// The `self` of a function of a module whose state is `T`, or `()`.
pub struct OfModule<'c, T>(Borrowed<'c>, PhantomData<T>);

impl<'c, T> OfModule<'c, T> {
    /// # Safety
    /// The module is one of the definition, and open for `'c`.
    #[inline(always)]
    pub unsafe fn new(ctx: &'c HPyContext, module: HPy) -> OfModule<'c, T> {
        // SAFETY: the caller's promise.
        OfModule(unsafe { Borrowed::from_handle(ctx, module) }, PhantomData)
    }
}

impl<'c, T: ModuleState> Source<'c, T> for OfModule<'c, T> {
    #[inline(always)]
    fn state(&self) -> Result<State<'c, T>> {
        // SAFETY: the module is one of the definition, and its function keeps it for the time of the call.
        unsafe { State::of_module(self.0.context(), self.0.handle(), false) }
    }
}

/// The class that a constructor or a class method gets.
pub struct OfClass<'c>(Borrowed<'c>);

impl<'c> OfClass<'c> {
    /// # Safety
    /// The handle is a type's, and open for `'c`.
    #[inline(always)]
    pub unsafe fn new(ctx: &'c HPyContext, class: HPy) -> OfClass<'c> {
        // SAFETY: the caller's promise.
        OfClass(unsafe { Borrowed::from_handle(ctx, class) })
    }
}

impl<'c, T: ModuleState> Source<'c, T> for OfClass<'c> {
    #[inline]
    fn state(&self) -> Result<State<'c, T>> {
        State::of_class(&self.0)
    }
}

impl<'c, T: ModuleState> Source<'c, T> for This<'c> {
    #[inline]
    fn state(&self) -> Result<State<'c, T>> {
        State::of(self)
    }
}

/// A static method, from which no way leads to a module.
pub struct Nowhere;

/// The state that a parameter asks for.
#[inline(always)]
pub fn find<'c, T: ModuleState>(source: &impl Source<'c, T>) -> Result<State<'c, T>> {
    source.state()
}

/// Writes the state that `exec` made.
///
/// # Safety
/// The module is one of `T::definition()`, and runs its `HPy_mod_exec`.
pub unsafe fn write<T: ModuleState>(module: &Object<'_>, value: T) -> Result<()> {
    let ctx = module.context();
    // SAFETY: the caller's promise: CPython has made the memory, zeroed, and reads a module's state alone once it is written.
    unsafe {
        let memory = HPyModule_GetState(ctx, module.handle()).cast::<Memory<T>>();
        if memory.is_null() {
            return if HPyErr_Occurred(ctx) != 0 { Err(Raised) } else { not_written(ctx, T::MODULE) };
        }
        let place = (&raw mut (*memory).value).cast::<T>();
        place.write(value);
        for &offset in T::FIELDS {
            Field::settle(place.byte_add(offset).cast(), module);
        }
        (*memory).written.store(true, Ordering::Release);
    }
    Ok(())
}

/// Visits the fields, for `HPy_mod_traverse`.
///
/// # Safety
/// `data` is the memory of such a module, and the others are what the collector passes.
pub unsafe fn traverse<T: ModuleState>(data: *mut c_void, visit: HPyFunc_visitproc, arg: *mut c_void) -> c_int {
    for &offset in T::FIELDS {
        // SAFETY: the caller's promise. A field begins with what is stored, and one that is zeroed refers to nothing.
        unsafe {
            let field = data.byte_add(offset_of!(Memory<T>, value) + offset).cast::<HPyField>();
            HPy_VISIT!(visit, arg, field);
        }
    }
    0
}

/// Drops the state, for `HPy_mod_destroy`.
///
/// # Safety
/// `data` is the memory of such a module, which goes.
pub unsafe fn destroy<T: ModuleState>(data: *mut c_void) {
    // SAFETY: the caller's promise.
    unsafe {
        let memory = &mut *data.cast::<Memory<T>>();
        if core::mem::take(memory.written.get_mut()) {
            memory.value.assume_init_drop();
        }
    }
}

/// The size of a module's state; refuses at compile time a struct that its memory is not aligned for.
pub const fn size<T: ModuleState>() -> HPy_ssize_t {
    crate::instance::check_alignment::<Memory<T>>();
    size_of::<Memory<T>>() as HPy_ssize_t
}
