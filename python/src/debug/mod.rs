// python/src/debug/mod.rs: debug mode: a context whose functions check what a module does with handles and more.
//
//     module -> context -> call.rs: checks, handles to objects -> the native function -> call.rs: a new handle -> module
//     CPython -> trampoline -> crossing.rs: handles for the arguments -> implementation -> crossing.rs: the object of its result

pub mod call;
pub mod checks;
mod crossing;
#[cfg(unix)]
mod faults;
pub mod fields;
pub mod frames;
pub mod functions;
pub mod module;
mod origin;
mod protected;
pub mod report;
mod slots;

use hpy_sys::HPyContext;

use crate::context::{Shared, debug_context};
use origin::Origin;
use slots::{Kind, slots};

/// The contexts of debug mode. Each call of a module gets the next; outside of calls any will do.
pub static RING: [Shared; 16] = [const { Shared::new(debug_context()) }; 16];

/// Gives the contexts their handles.
///
/// # Safety
/// No module has a context yet.
pub unsafe fn fill(native: &HPyContext) {
    let mut all = Vec::new();
    // SAFETY: the caller's promise.
    unsafe {
        (*RING[0].get()).fill(native, |object| {
            let h = slots().open(Kind::Constant, object, Origin::NONE);
            all.push(h);
            h
        });
        for context in &RING[1..] {
            let mut next = all.iter();
            (*context.get()).fill(native, |_| *next.next().expect("each context has as many handles"));
        }
    }
}
