// python/src/trace/mod.rs: trace mode: a context whose functions count and time each call, for each module.

pub mod module;

use core::cell::{Cell, RefCell};
use core::ptr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Instant;

use hpy_sys::host::{Deep, type_from_spec};
use hpy_sys::*;

use crate::context::trace::NAMES;
use crate::context::{Context, Crossing, PLAIN, TRACE_CONTEXT, call_real, native};
use crate::names::{self, ModuleId};
pub use crate::plain::ctx_GetItem_i;
use crate::raise::fatal;

/// The calls of one function, and the nanoseconds in it.
#[derive(Clone, Copy, Default)]
pub struct Figures {
    pub calls: u64,
    pub nanoseconds: u64,
}

/// The figures of each function, by its number.
pub type Table = [Figures; NAMES.len()];

/// A single call, of those that are kept.
#[derive(Clone, Copy)]
pub struct Event {
    pub function: usize,
    /// The implementation that Python called, or 0 for a function of the context.
    pub implementation: usize,
    pub module: ModuleId,
    pub thread: u64,
    /// In nanoseconds since the first event of the process.
    pub begin: u64,
    pub duration: u64,
}

/// What trace mode has seen.
pub struct Seen {
    /// By the module that made the calls.
    pub modules: Vec<Option<Box<Table>>>,
    pub events: Vec<Event>,
    /// How many events are kept, or none if they are not.
    pub limit: Option<usize>,
    /// How many came after the last that was kept.
    pub dropped: u64,
}

static SEEN: Mutex<Seen> = Mutex::new(Seen { modules: Vec::new(), events: Vec::new(), limit: None, dropped: 0 });

/// The callbacks that Python code has set, in each interpreter.
pub static ON_ENTER: HPyGlobal = HPyGlobal::NULL;
pub static ON_EXIT: HPyGlobal = HPyGlobal::NULL;

thread_local! {
    /// The modules whose functions this thread is in.
    static MODULES: RefCell<Vec<ModuleId>> = const { RefCell::new(Vec::new()) };
    static THREAD: Cell<u64> = const { Cell::new(0) };
    /// Whether a callback runs, which is not told of its own calls.
    static IS_TELLING: Cell<bool> = const { Cell::new(false) };
}

pub fn seen() -> MutexGuard<'static, Seen> {
    SEEN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Runs a function of the plain context, which the function of this number stands for.
///
/// # Safety
/// The thread holds the interpreter, before and after the function.
pub unsafe fn traced<R>(number: usize, function: impl FnOnce(&Context) -> R) -> R {
    // SAFETY: the caller's promise.
    unsafe {
        tell(number, "on-enter", &ON_ENTER);
        let result = timed(number, function);
        tell(number, "on-exit", &ON_EXIT);
        result
    }
}

/// The same for a function that leaves the interpreter.
///
/// # Safety
/// As of [`traced`].
pub unsafe fn left<R>(number: usize, function: impl FnOnce(&Context) -> R) -> R {
    // SAFETY: the caller's promise.
    unsafe { tell(number, "on-enter", &ON_ENTER) };
    timed(number, function)
}

/// The same for a function that enters the interpreter again.
///
/// # Safety
/// The thread left the interpreter.
pub unsafe fn entered<R>(number: usize, function: impl FnOnce(&Context) -> R) -> R {
    let result = timed(number, function);
    // SAFETY: the function entered the interpreter.
    unsafe { tell(number, "on-exit", &ON_EXIT) };
    result
}

/// Runs a function of the plain context, and notes how long it took. The thread may be out of the interpreter.
pub fn timed<R>(number: usize, function: impl FnOnce(&Context) -> R) -> R {
    let begin = Instant::now();
    // SAFETY: the context is filled, and lives as long as the process.
    let result = function(unsafe { &*PLAIN.get() });
    note(number, 0, begin);
    result
}

/// Runs an implementation of a module, whose calls are then those of its module.
///
/// # Safety
/// A trampoline of the convention `sig` calls it, with its packed arguments.
pub unsafe fn called(number: usize, sig: HPyFunc_Signature, func: HPyCFunction, args: *mut c_void, ctx: &Context) {
    let implementation = func.map_or(0, |function| function as usize);
    let mut called = Called::new(implementation, ctx);
    // SAFETY: the caller's promise.
    unsafe {
        let begin = Instant::now();
        call_real(sig, func, args, &mut called);
        note(number, implementation, begin);
    }
}

/// A type whose implementations are called through their trampolines, so that they get the trace context.
///
/// # Safety
/// As of [`HPyType_FromSpec`].
pub unsafe fn ctx_Type_FromSpec(_plain: &Context, spec: *const HPyType_Spec, params: *const HPyType_SpecParam) -> HPy {
    // SAFETY: the caller's promise.
    unsafe {
        names::note_type(spec, running());
        type_from_spec(spec, params, ptr::null())
    }
}

/// The module whose function this thread is in.
fn running() -> Option<ModuleId> {
    MODULES.with_borrow(|modules| modules.last().copied())
}

fn note(number: usize, implementation: usize, begin: Instant) {
    static FIRST: OnceLock<Instant> = OnceLock::new();
    let duration = begin.elapsed().as_nanos() as u64;
    let first = *FIRST.get_or_init(|| begin);
    let module = running().unwrap_or(ModuleId::UNKNOWN);
    let thread = thread();
    let mut seen = seen();
    let index = module.index();
    if seen.modules.len() <= index {
        seen.modules.resize_with(index + 1, || None);
    }
    let table = seen.modules[index].get_or_insert_with(|| Box::new([Figures::default(); NAMES.len()]));
    table[number].calls += 1;
    table[number].nanoseconds += duration;
    if let Some(limit) = seen.limit {
        if seen.events.len() < limit {
            let begin = begin.saturating_duration_since(first).as_nanos() as u64;
            seen.events.push(Event { function: number, implementation, module, thread, begin, duration });
        } else {
            seen.dropped += 1;
        }
    }
}

/// A number for this thread: Python's own, as far as it fits.
fn thread() -> u64 {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    THREAD.with(|thread| {
        if thread.get() == 0 {
            thread.set(NEXT.fetch_add(1, Ordering::Relaxed));
        }
        thread.get()
    })
}

/// Calls one of the callbacks with the name of a function, if it is set.
///
/// # Safety
/// The thread holds the interpreter.
unsafe fn tell(number: usize, kind: &str, which: &HPyGlobal) {
    // SAFETY: the thread holds the interpreter. A callback may set another one, so this keeps it.
    unsafe {
        let callback = HPyGlobal_Load(native(), which);
        if HPy_IsNull(callback) {
            return;
        }
        if IS_TELLING.replace(true) {
            HPy_Close(native(), callback);
            return;
        }
        let exception = crate::debug::report::Saved::take();
        let name = HPyUnicode_FromString(native(), NAMES[number].as_ptr());
        let result = if HPy_IsNull(name) { HPy_NULL } else { HPy_Call(native(), callback, &name, 1, HPy_NULL) };
        if HPy_IsNull(result) {
            HPyErr_WriteUnraisable(native(), callback);
            fatal(&format!("error when executing {kind} trace function"));
        }
        HPy_Close(native(), result);
        HPy_Close(native(), name);
        HPy_Close(native(), callback);
        exception.restore();
        IS_TELLING.set(false);
    }
}

/// A call of a module's function, whose calls are those of its module.
pub struct Called<'a> {
    context: &'a Context,
    deep: Option<Deep>,
}

impl<'a> Called<'a> {
    pub fn new(implementation: usize, context: &'a Context) -> Called<'a> {
        let module = names::module_of(implementation);
        MODULES.with_borrow_mut(|modules| modules.push(module));
        Called { context, deep: None }
    }
}

impl Drop for Called<'_> {
    fn drop(&mut self) {
        MODULES.with_borrow_mut(|modules| modules.pop());
    }
}

impl Crossing for Called<'_> {
    fn enters(&mut self) -> bool {
        // SAFETY: a trampoline is called by CPython, with the interpreter held.
        self.deep = unsafe { Deep::enter() };
        self.deep.is_some()
    }
    fn context(&self) -> &Context {
        self.context
    }
}

/// Gives the context its handles.
///
/// # Safety
/// No module has the context yet.
pub unsafe fn fill(native: &HPyContext) {
    // SAFETY: the caller's promise.
    unsafe { (*TRACE_CONTEXT.get()).fill(native, |h| h) }
}
