// src/native/readers.rs: without a global lock, a load of a global must count its reference before a store releases the
// object. Loads take no lock: they are counted, and a store waits for those that began before it.
//
// This is sleepable read-copy-update (McKenney): readers count themselves in one of two phases, on a counter that few
// threads share; a writer turns the phase over, so that new readers count elsewhere, and waits until the old one is empty.

/// With a global lock for each interpreter, nothing can happen between a load and its new reference.
#[cfg(not(cpython_free_threaded))]
mod counted {
    #[inline(always)]
    pub(crate) fn read<R>(load: impl FnOnce() -> R) -> R {
        load()
    }

    #[inline(always)]
    pub(crate) fn wait() {}
}

#[cfg(cpython_free_threaded)]
mod counted {
    use core::cell::UnsafeCell;
    use core::sync::atomic::AtomicUsize;
    use core::sync::atomic::Ordering::SeqCst;

    use crate::ffi;

    /// Threads share a counter with few others.
    const COUNTERS: usize = 16;

    /// Counters on cache lines of their own.
    #[repr(align(64))]
    struct Counter(AtomicUsize);

    static PHASE: AtomicUsize = AtomicUsize::new(0);
    static READERS: [[Counter; COUNTERS]; 2] = [const { [const { Counter(AtomicUsize::new(0)) }; COUNTERS] }; 2];

    struct Mutex(UnsafeCell<ffi::PyMutex>);

    // SAFETY: PyMutex is made to be shared.
    unsafe impl Sync for Mutex {}

    static WRITER: Mutex = Mutex(UnsafeCell::new(ffi::PyMutex::new()));

    /// Runs `load`, which does not wait and does not call Python.
    #[inline(always)]
    pub(crate) fn read<R>(load: impl FnOnce() -> R) -> R {
        let local = 0_u8;
        // The address of a local picks the counter: the stacks of threads are far from each other.
        let counter = (core::ptr::from_ref(&local).addr() >> 16) % COUNTERS;
        let readers = &READERS[PHASE.load(SeqCst) & 1][counter].0;
        readers.fetch_add(1, SeqCst);
        let result = load();
        readers.fetch_sub(1, SeqCst);
        result
    }

    /// Waits for all loads that may have read a value that was replaced before the call.
    pub(crate) fn wait() {
        // SAFETY: the thread is attached to an interpreter.
        unsafe { ffi::PyMutex_Lock(WRITER.0.get()) };
        // A reader may have read the phase and not counted itself yet: the second round waits for it.
        for _ in 0..2 {
            let old = PHASE.fetch_add(1, SeqCst) & 1;
            for counter in &READERS[old] {
                while counter.0.load(SeqCst) != 0 {
                    core::hint::spin_loop();
                }
            }
        }
        // SAFETY: this thread has locked it.
        unsafe { ffi::PyMutex_Unlock(WRITER.0.get()) };
    }
}

pub(crate) use counted::{read, wait};
