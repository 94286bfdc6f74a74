// abi-tests/src/thread_entry.rs: threads that Python did not make, mutexes, critical sections, and initialisation that happens once.

use core::cell::UnsafeCell;
use core::sync::atomic::{AtomicI32, AtomicI64, Ordering};

use crate::support::{Give, int};
use hpy_sys::*;

/// Gives any thread what is the author's to protect.
struct Shared<T>(T);
unsafe impl<T> Send for Shared<T> {}
unsafe impl<T> Sync for Shared<T> {}

impl<T: Copy> Shared<T> {
    fn get(&self) -> T {
        self.0
    }
}

static CALLED: HPyGlobal = HPyGlobal::NULL;
static MUTEX: HPyMutex = HPyMutex::new();
static COUNT: Shared<UnsafeCell<i64>> = Shared(UnsafeCell::new(0));
static INITS: AtomicI32 = AtomicI32::new(0);
static ONCE: HPyOnce = HPyOnce::new();
static FAILED: AtomicI64 = AtomicI64::new(0);

unsafe fn call(ctx: &HPyContext, number: i64) {
    let (callable, number) = (HPyGlobal_Load(ctx, &CALLED), number.give(ctx));
    let result = HPy_Call(ctx, callable, &number, 1, HPy_NULL);
    if HPy_IsNull(result) {
        HPyErr_Clear(ctx);
        FAILED.fetch_add(1, Ordering::Relaxed);
    }
    for h in [callable, number, result] {
        HPy_Close(ctx, h);
    }
}

/// Calls the global `times` times from each of `threads` threads, which Python did not make.
unsafe fn call_from(ctx: &HPyContext, threads: i64, times: i64, enters: bool) -> i64 {
    let made = HPyInterpreterView_FromCurrent(ctx);
    assert!(!made.is_null());
    FAILED.store(0, Ordering::Relaxed);
    let shared = Shared(made);
    let away = HPy_LeavePythonExecution(ctx);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                for number in 0..times {
                    let (ctx, token) = HPyThread_Enter(shared.get()).expect("the interpreter is there");
                    call(ctx, number);
                    if enters {
                        let (ctx, again) = HPyThread_Enter(shared.get()).expect("the interpreter is there");
                        call(ctx, number);
                        HPyThread_Leave(ctx, again);
                    }
                    HPyThread_Leave(ctx, token);
                }
            });
        }
    });
    HPy_ReenterPythonExecution(ctx, away);
    HPyInterpreterView_Close(ctx, made);
    FAILED.load(Ordering::Relaxed)
}

/// Adds to a count, with what lets other threads run between the read and the write.
unsafe fn count(ctx: &HPyContext, callable: HPy) -> bool {
    let before = *COUNT.0.get();
    let result = HPy_Call(ctx, callable, core::ptr::null(), 0, HPy_NULL);
    *COUNT.0.get() = before + 1;
    HPy_Close(ctx, result);
    !HPy_IsNull(result)
}

unsafe extern "C" fn init(ctx: &HPyContext, arg: *mut c_void) -> c_int {
    let callable = *arg.cast::<HPy>();
    INITS.fetch_add(1, Ordering::Relaxed);
    let result = HPy_Call(ctx, callable, core::ptr::null(), 0, HPy_NULL);
    HPy_Close(ctx, result);
    if HPy_IsNull(result) { -1 } else { 0 }
}

functions! {
    THREAD_ENTRY(ctx) + [] globals [CALLED] {
        set_called(callable) => HPyGlobal_Store(ctx, &CALLED, callable);
        call_from_threads(threads, times) => call_from(ctx, int(ctx, threads), int(ctx, times), false);
        call_nested(threads, times) => call_from(ctx, int(ctx, threads), int(ctx, times), true);
        count_locked(callable) => {
            HPyMutex_Lock(ctx, &MUTEX);
            let result = count(ctx, callable);
            HPyMutex_Unlock(ctx, &MUTEX);
            if !result {
                return HPy_NULL;
            }
            HPy_Dup(ctx, ctx.h_None)
        };
        counted() => core::mem::take(&mut *COUNT.0.get());
        in_section(h, value) => {
            let mut section = HPyCriticalSection::new();
            HPyCriticalSection_Begin(ctx, &mut section, h);
            let failed = HPyList_Append(ctx, h, value);
            HPyCriticalSection_End(ctx, &mut section);
            failed
        };
        in_section_of_two(a, b) => {
            let mut section = HPyCriticalSection2::new();
            HPyCriticalSection2_Begin(ctx, &mut section, a, b);
            let item = HPy_GetItem_i(ctx, a, -1);
            let failed = HPyList_Append(ctx, b, item);
            HPyCriticalSection2_End(ctx, &mut section);
            HPy_Close(ctx, item);
            failed
        };
        once(callable) => {
            let mut callable = callable;
            match HPyOnce_Call(ctx, &ONCE, init, (&raw mut callable).cast()) {
                0 => INITS.load(Ordering::Relaxed).give(ctx),
                _ => HPy_NULL,
            }
        };
        view() => {
            let made = HPyInterpreterView_FromCurrent(ctx);
            if made.is_null() {
                return HPy_NULL;
            }
            HPyInterpreterView_Close(ctx, made);
            HPy_Dup(ctx, ctx.h_None)
        };
    }
}

HPy_MODINIT!(thread_entry, THREAD_ENTRY);
