// python/src/debug/faults.rs: explains a memory fault in a copy that a module got of an object's memory.
//
// The handler runs on the signal. It takes no lock that its own thread may hold, and allocates: the process ends in any case,
// and the message is what the author needs. A fault elsewhere goes on to the handler that was there before.

use core::ffi::c_void;
use core::{mem, ptr};
use std::sync::{Mutex, OnceLock, PoisonError};

use super::origin::Origin;
use crate::names;

/// A copy: where it is, and what gave the module its address.
struct Watched {
    start: usize,
    size: usize,
    function: &'static str,
    implementation: usize,
}

static WATCHED: Mutex<Vec<Watched>> = Mutex::new(Vec::new());
/// The handlers that were there before: of SIGSEGV and SIGBUS.
static BEFORE: OnceLock<[libc::sigaction; 2]> = OnceLock::new();
const SIGNALS: [libc::c_int; 2] = [libc::SIGSEGV, libc::SIGBUS];

/// Explains faults from now on in these bytes.
pub fn watch(start: usize, size: usize, made: &Origin) {
    BEFORE.get_or_init(install);
    let watched = Watched { start, size, function: made.function, implementation: made.frame.implementation };
    WATCHED.lock().unwrap_or_else(PoisonError::into_inner).push(watched);
}

/// The bytes from there on are no longer watched.
pub fn forget(start: usize) {
    let mut all = WATCHED.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(index) = all.iter().rposition(|watched| watched.start == start) {
        all.swap_remove(index);
    }
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
        if let Some(watched) =
            all.iter().find(|watched| (watched.start..watched.start + watched.size).contains(&address))
        {
            let module = names::of(watched.implementation).map_or(String::new(), |name| format!(" in {name}"));
            eprintln!(
                "Fatal Python error: memory that {} gave is written to, or used after its handle was closed\n\
                 the pointer was given{module}, and the fault is {} bytes behind it\n\
                 = help: such memory is the object's own: copy what has to outlive the handle, and never write to it",
                watched.function,
                address - watched.start,
            );
            std::process::exit(1);
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
