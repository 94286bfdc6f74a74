// python/src/debug/mod.rs: debug mode: a context whose functions check what a module does with handles and more.
//
//     module -> context -> call.rs: checks, handles to objects -> the native function -> call.rs: a new handle -> module
//     CPython -> trampoline -> crossing.rs: handles for the arguments -> implementation -> crossing.rs: the object of its result

mod buffers;
mod builders;
pub mod call;
pub mod checks;
mod crossing;
mod debug_handle;
#[cfg(unix)]
mod faults;
pub mod fields;
pub mod frames;
pub mod functions;
pub mod module;
mod origin;
mod presence;
mod protected;
pub mod report;
mod resolve;
mod slots;

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use hpy_sys::{HPy, HPyContext};

use crate::context::{Shared, debug_context};
pub use crossing::Opened;
use frames::Frame;
use origin::Origin;
use slots::{Kind, slots};

/// The context of debug mode that a module's trampolines have. No author gets it, so that it is good at any time.
pub static BASE: Shared = Shared::new(debug_context());
/// The contexts that the calls of modules get, one after the other.
pub static RING: [Shared; 16] = [const { Shared::new(debug_context()) }; 16];

/// The handles of builtins, by the numbers of the interpreters.
static BUILTINS: Mutex<BTreeMap<i64, usize>> = Mutex::new(BTreeMap::new());

/// The handle of the running interpreter's builtins, which is never closed.
fn builtins(object: HPy) -> HPy {
    let frame = Frame::outside();
    let mut builtins = BUILTINS.lock().unwrap_or_else(PoisonError::into_inner);
    let open = || slots().open(Kind::Constant, object, Origin::of(frame))._i.addr();
    HPy { _i: std::ptr::without_provenance_mut(*builtins.entry(frame.interpreter).or_insert_with(open)) }
}

/// Forgets what belongs to an interpreter that ends.
fn forget(interpreter: i64) {
    BUILTINS.lock().unwrap_or_else(PoisonError::into_inner).remove(&interpreter);
    // The memory is freed without the lock.
    let freed = slots().forget(interpreter);
    drop(freed);
}

/// Gives the contexts their handles.
///
/// # Safety
/// No module has a context yet.
pub unsafe fn fill(native: &HPyContext) {
    let mut all = Vec::new();
    // SAFETY: the caller's promise.
    unsafe {
        (*BASE.get()).fill(native, |object| {
            let h = slots().open(Kind::Constant, object, Origin::NONE);
            all.push(h);
            h
        });
        for context in &RING {
            let mut next = all.iter();
            (*context.get()).fill(native, |_| *next.next().expect("each context has as many handles"));
        }
    }
}
