// python/src/debug/faults.rs: explains a memory fault in a copy that a module got of an object's memory.
//
// The handler runs on the signal. It waits for no lock, since its own thread may hold it. It allocates: the process ends in any
// case, and the message is what the author needs. A fault elsewhere goes on to the handler that was there before.

use core::ffi::c_void;
use core::{mem, ptr};
use std::collections::BTreeMap;
use std::io::Write as _;
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use super::frames::Frame;
use super::origin::Origin;
use crate::names;

/// A copy: its size, and what gave the module its address.
struct Watched {
    size: usize,
    function: &'static str,
    implementation: usize,
    is_closed: bool,
}

/// The copies, by their addresses.
static WATCHED: Mutex<BTreeMap<usize, Watched>> = Mutex::new(BTreeMap::new());
/// The handlers that were there before: of SIGSEGV and SIGBUS.
static BEFORE: OnceLock<[libc::sigaction; 2]> = OnceLock::new();
const SIGNALS: [libc::c_int; 2] = [libc::SIGSEGV, libc::SIGBUS];

fn watched() -> MutexGuard<'static, BTreeMap<usize, Watched>> {
    WATCHED.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Explains faults from now on in these bytes.
pub fn watch(start: usize, size: usize, made: &Origin) {
    BEFORE.get_or_init(install);
    let (function, implementation) = (made.function, made.frame.implementation);
    watched().insert(start, Watched { size, function, implementation, is_closed: false });
}

/// The handle of the bytes from there on is closed.
pub fn close(start: usize) {
    if let Some(watched) = watched().get_mut(&start) {
        watched.is_closed = true;
    }
}

/// The bytes from there on are no longer watched.
pub fn forget(start: usize) {
    watched().remove(&start);
}

fn install() -> [libc::sigaction; 2] {
    SIGNALS.map(|signal| {
        // SAFETY: a handler of the type that SA_SIGINFO asks for; zeroes are an empty set of signals.
        unsafe {
            let (mut new, mut old): (libc::sigaction, libc::sigaction) = (mem::zeroed(), mem::zeroed());
            new.sa_sigaction = handle as extern "C" fn(_, _, _) as *const () as usize;
            new.sa_flags = libc::SA_SIGINFO | libc::SA_ONSTACK;
            libc::sigaction(signal, &new, &mut old);
            old
        }
    })
}

extern "C" fn handle(signal: libc::c_int, info: *mut libc::siginfo_t, _context: *mut c_void) {
    // SAFETY: the kernel passes the address of the fault.
    let address = unsafe { (*info).si_addr() } as usize;
    if let Ok(all) = WATCHED.try_lock() {
        let before = all.range(..=address).next_back();
        if let Some((start, watched)) = before.filter(|(start, watched)| address - *start < watched.size) {
            explain(watched, address - start);
            // SAFETY: it only ends the process.
            unsafe { libc::_exit(1) }
        }
    }
    let before = BEFORE.get().and_then(|before| SIGNALS.iter().position(|of| *of == signal).map(|index| before[index]));
    // SAFETY: the handler that was there before, or the default one: the fault occurs again on return.
    unsafe {
        match before {
            Some(before) => libc::sigaction(signal, &before, ptr::null_mut()),
            None => 0,
        };
    }
}

fn explain(watched: &Watched, offset: usize) {
    let what = if watched.is_closed { "is used after its handle was closed" } else { "is written to" };
    let within = |implementation| match names::of_fault(implementation) {
        Some(name) => format!(" in {name}"),
        None => String::new(),
    };
    let (used, given) = (within(Frame::of_fault().implementation), within(watched.implementation));
    _ = writeln!(
        std::io::stderr(),
        "Fatal Python error: memory that {} gave {what}\n\
         the fault{used} is at the byte {offset} of it, and the pointer was given{given}\n\
         = help: such memory is the object's own: copy what has to outlive the handle, and never write to it",
        watched.function,
    );
}
