// python/src/debug/presence.rs: whether a thread is in the interpreter, and what it left it with.

use core::ptr;
use std::cell::RefCell;

use hpy_sys::HPyThreadState;
use pyo3_ffi as ffi;

use super::frames::Frame;
use super::report::{About, end, is_anybody_told, mistake};

/// A thread left the interpreter in a call. The state is null for a call of `HPy_LeavePythonExecution` after another.
struct Away {
    call: u64,
    state: *mut ffi::PyThreadState,
}

thread_local! {
    static AWAY: RefCell<Vec<Away>> = const { RefCell::new(Vec::new()) };
}

/// Whether the thread is in the interpreter, as CPython knows.
pub fn is_attached() -> bool {
    // SAFETY: both only ask about this thread. The second tells nothing once there was a subinterpreter, and the first nothing
    // of this thread before CPython 3.12.
    unsafe { !ffi::compat::PyThreadState_GetUnchecked().is_null() && ffi::PyGILState_Check() != 0 }
}

/// Whether the running call has left the interpreter.
fn has_left(frame: Frame) -> bool {
    AWAY.with_borrow(|away| away.last().is_some_and(|last| last.call == frame.number))
}

/// A stay in the interpreter of a call that has left it: it leaves again when this goes.
pub struct Visit {
    call: u64,
}

impl Visit {
    fn begin(frame: Frame) -> Visit {
        let state = AWAY.with_borrow(|away| {
            let left = away.iter().rev().take_while(|left| left.call == frame.number);
            left.map(|left| left.state).find(|state| !state.is_null())
        });
        // SAFETY: the thread left with this state, and has not come back.
        unsafe { ffi::PyEval_RestoreThread(state.unwrap_or(ptr::null_mut())) };
        Visit { call: frame.number }
    }
}

impl Drop for Visit {
    fn drop(&mut self) {
        // SAFETY: the thread is in the interpreter since the visit began.
        let state = unsafe { ffi::PyEval_SaveThread() };
        AWAY.with_borrow_mut(|away| {
            let mut left = away.iter_mut().filter(|left| left.call == self.call && !left.state.is_null());
            if let Some(left) = left.next() {
                left.state = state;
            }
        });
    }
}

/// Tells if the thread may not call `function`, since it is out of the interpreter. If Python code has asked to be told, the
/// thread is in the interpreter until the visit ends.
pub fn check(function: &str, frame: Frame) -> Option<Visit> {
    let left = has_left(frame);
    if !left && is_attached() {
        return None;
    }
    let (headline, details) = match left {
        true => (format!("{function} is called between {LEAVE} and {REENTER}"), AWAY_HELP),
        false => (format!("{function} is called by a thread that is out of the interpreter"), FOREIGN_HELP),
    };
    if !left || !is_anybody_told() {
        end(&headline, details);
    }
    let visit = Visit::begin(frame);
    mistake(About::Other, &headline, details);
    Some(visit)
}

/// What stands for an entry of the interpreter among what a thread left it with: no call has the number.
const ENTERED: u64 = u64::MAX;

/// The thread has entered the interpreter by HPyThread_Enter: it is in, whatever it left before.
pub fn enter() {
    AWAY.with_borrow_mut(|away| away.push(Away { call: ENTERED, state: ptr::null_mut() }));
}

/// The thread leaves what it has entered last.
pub fn exit() {
    AWAY.with_borrow_mut(|away| {
        if let Some(last) = away.iter().rposition(|left| left.call == ENTERED) {
            away.remove(last);
        }
    });
}

/// Leaves the interpreter. In a visit it is left already, and stays left once.
///
/// # Safety
/// The thread is in the interpreter.
pub unsafe fn leave(frame: Frame, is_visit: bool) -> HPyThreadState {
    // SAFETY: the caller's promise.
    let state = if is_visit { ptr::null_mut() } else { unsafe { ffi::PyEval_SaveThread() } };
    AWAY.with_borrow_mut(|away| away.push(Away { call: frame.number, state }));
    HPyThreadState { _i: state }
}

/// Comes back into the interpreter.
///
/// # Safety
/// The module promises what `HPy_ReenterPythonExecution` asks for, as far as it is not checked here.
pub unsafe fn reenter(frame: Frame, given: HPyThreadState) {
    let last = AWAY.with_borrow_mut(|away| if has_call(away, frame) { away.pop() } else { None });
    match last {
        Some(Away { state, .. }) => {
            if !state.is_null() {
                // SAFETY: the thread left with this state.
                unsafe { ffi::PyEval_RestoreThread(state) };
            }
            if state != given._i && is_attached() {
                let headline = format!("{REENTER}: the state is not what {LEAVE} gave");
                mistake(About::Other, &headline, REENTER_HELP);
            }
        }
        None if is_attached() => {
            let headline = format!("{REENTER} is called by a thread that is in the interpreter");
            mistake(About::Other, &headline, REENTER_HELP);
        }
        None => end(&format!("{REENTER} is called by a thread that has not left the interpreter"), REENTER_HELP),
    }
}

fn has_call(away: &[Away], frame: Frame) -> bool {
    away.last().is_some_and(|last| last.call == frame.number)
}

/// Tells if a call returns while its thread is out of the interpreter. After this it is in.
pub fn come_back(frame: Frame) {
    if !has_left(frame) {
        return;
    }
    let headline = format!("a function returned between {LEAVE} and {REENTER}");
    if !is_anybody_told() {
        end(&headline, REENTER_HELP);
    }
    // It stays.
    core::mem::forget(Visit::begin(frame));
    AWAY.with_borrow_mut(|away| away.retain(|left| left.call != frame.number));
    mistake(About::Other, &headline, REENTER_HELP);
}

const LEAVE: &str = "HPy_LeavePythonExecution";
const REENTER: &str = "HPy_ReenterPythonExecution";
const AWAY_HELP: &str = "= help: call HPy_ReenterPythonExecution before any other function of HPy";
const FOREIGN_HELP: &str = "= help: a thread that Python has not called enters the interpreter with HPyThread_Enter, or hands \
                            its result to one that is in it";
const REENTER_HELP: &str = "= help: call HPy_ReenterPythonExecution once for each HPy_LeavePythonExecution, in the same \
                            call of the module and with what that gave";
