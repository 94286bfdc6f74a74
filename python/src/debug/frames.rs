// python/src/debug/frames.rs: the calls of modules that a thread is in, each with a context of its own.
//
// A context is good for the call that got it: so each call gets the next of a ring of contexts that are alike.

use core::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use hpy_sys::HPy;

use super::{BASE, RING};
use crate::context::Context;

/// A call of a module's function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Frame {
    /// The number of the call, or 0 outside of calls.
    pub number: u64,
    /// The address of the implementation.
    pub implementation: usize,
    /// The address of the context that the implementation got.
    context: usize,
}

/// What a thread knows.
struct Thread {
    frames: Vec<Frame>,
    /// Exceptions that take the place of a call's result, with the number of the call.
    pending: Vec<(u64, HPy)>,
}

thread_local! {
    /// Whether the thread is between HPy_LeavePythonExecution and HPy_ReenterPythonExecution.
    static IS_AWAY: Cell<bool> = const { Cell::new(false) };
    static THREAD: RefCell<Thread> = const { RefCell::new(Thread { frames: Vec::new(), pending: Vec::new() }) };
}

static NUMBER: AtomicU64 = AtomicU64::new(1);
static ACTIVE: Mutex<BTreeSet<u64>> = Mutex::new(BTreeSet::new());

impl Frame {
    pub const NONE: Frame = Frame { number: 0, implementation: 0, context: 0 };

    /// The innermost call of this thread.
    pub fn current() -> Frame {
        THREAD.with_borrow(|thread| thread.frames.last().copied().unwrap_or(Frame::NONE))
    }

    /// Whether `context` is that of this call, or of trampolines. Outside of calls any will do.
    pub fn has(&self, context: &Context) -> bool {
        let context = (&raw const *context).addr();
        self.number == 0 || self.context == context || BASE.get().addr() == context
    }

    /// Whether the call is over, and so the handles that were opened in it are to be closed.
    pub fn has_ended(&self) -> bool {
        self.number != 0 && !active().contains(&self.number)
    }

    /// Has `exception`, which this takes over, raised in the place of the call's result. False outside of calls.
    pub fn raise_later(exception: HPy) -> bool {
        THREAD.with_borrow_mut(|thread| {
            let Some(number) = thread.frames.last().map(|frame| frame.number) else { return false };
            if thread.pending.last().is_some_and(|(of, _)| *of == number) {
                return false;
            }
            thread.pending.push((number, exception));
            true
        })
    }

    /// The exception that takes the place of the call's result.
    pub fn pending(&self) -> Option<HPy> {
        THREAD.with_borrow_mut(|thread| {
            let is_this = thread.pending.last().is_some_and(|(of, _)| *of == self.number);
            if is_this { thread.pending.pop().map(|(_, exception)| exception) } else { None }
        })
    }
}

/// Whether this thread holds an interpreter, as far as that can be told.
///
/// CPython itself answers no more once there was a second interpreter, but the thread knows what it did.
pub fn has_interpreter() -> bool {
    // SAFETY: it only asks CPython about this thread.
    !IS_AWAY.get() && unsafe { pyo3_ffi::PyGILState_Check() } != 0
}

/// Notes that the thread left its interpreter, or came back.
pub fn set_away(is_away: bool) {
    IS_AWAY.set(is_away);
}

fn active() -> MutexGuard<'static, BTreeSet<u64>> {
    ACTIVE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A call that a thread is in, until this goes.
pub struct Entered {
    pub frame: Frame,
}

impl Entered {
    /// Enters a call of `implementation`.
    pub fn new(implementation: usize) -> Entered {
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let context = RING[number as usize % RING.len()].get();
        let frame = Frame { number, implementation, context: context.addr() };
        active().insert(number);
        THREAD.with_borrow_mut(|thread| thread.frames.push(frame));
        Entered { frame }
    }

    /// The context of the call.
    pub fn context(&self) -> &'static Context {
        let number = self.frame.number as usize;
        // SAFETY: a context lives as long as the process, and is not written once a module runs.
        unsafe { &*RING[number % RING.len()].get() }
    }
}

impl Drop for Entered {
    fn drop(&mut self) {
        THREAD.with_borrow_mut(|thread| thread.frames.pop());
        active().remove(&self.frame.number);
    }
}
