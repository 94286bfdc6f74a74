// python/src/debug/frames.rs: the calls of modules that a thread is in, each with a context of its own.
//
// A context is good for the call that got it: so each call gets the next of a ring of contexts that are alike.

use core::cell::RefCell;
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use hpy_sys::HPy;
use pyo3_ffi as ffi;

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
    /// The number of the interpreter, or -1 for none.
    pub interpreter: i64,
}

/// What a thread knows.
struct Thread {
    frames: Vec<Frame>,
    /// Exceptions that take the place of a call's result, with the number of the call.
    pending: Vec<(u64, HPy)>,
}

thread_local! {
    static THREAD: RefCell<Thread> = const { RefCell::new(Thread { frames: Vec::new(), pending: Vec::new() }) };
}

static NUMBER: AtomicU64 = AtomicU64::new(1);
static ACTIVE: Mutex<BTreeSet<u64>> = Mutex::new(BTreeSet::new());

impl Frame {
    pub const NONE: Frame = Frame { number: 0, implementation: 0, context: 0, interpreter: -1 };

    /// What is no call, in the running interpreter.
    pub fn outside() -> Frame {
        Frame { interpreter: Frame::interpreter(), ..Frame::NONE }
    }

    /// The innermost call of this thread.
    pub fn current() -> Frame {
        THREAD.with_borrow(|thread| thread.frames.last().copied().unwrap_or(Frame::NONE))
    }

    /// The same in the handler of a memory fault.
    pub fn of_fault() -> Frame {
        let last = THREAD.try_with(|thread| thread.try_borrow().ok()?.frames.last().copied());
        last.ok().flatten().unwrap_or(Frame::NONE)
    }

    /// Whether `context` is that of this call, or of trampolines. Outside of calls no other is right.
    pub fn has(&self, context: &Context) -> bool {
        let context = (&raw const *context).addr();
        self.context == context || BASE.get().addr() == context
    }

    /// The number of the running interpreter.
    pub fn interpreter() -> i64 {
        // SAFETY: whoever asks is in the interpreter.
        unsafe { ffi::PyInterpreterState_GetID(ffi::PyInterpreterState_Get()) }
    }

    /// Whether it is of another interpreter than `current`. Outside of calls that is not known.
    pub fn is_of_other_interpreter(&self, current: Frame) -> bool {
        let is_known = |frame: Frame| frame.interpreter != Frame::NONE.interpreter;
        is_known(*self) && is_known(current) && self.interpreter != current.interpreter
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
        let frame = Frame { number, implementation, context: context.addr(), interpreter: Frame::interpreter() };
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
