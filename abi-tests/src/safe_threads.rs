// abi-tests/src/safe_threads.rs: threads in safe Rust: entering Python, a mutex, critical sections, a value that is made once.

#![forbid(unsafe_code)]

use std::thread;

use hpy_sys::HPyModule;
use hpy_sys::safe::*;

static COUNT: Mutex<i64> = Mutex::new(0);
static MADE: OnceCell<String> = OnceCell::new();

HPyModule! {
    /// Threads.
    mod safe_threads {
        /// The length of the name of a module, which each of some threads imports.
        fn import_in_threads(ctx: &HPyContext, name: &str, attribute: String, threads: usize) -> Result<Vec<Option<i64>>> {
            let interpreter = ctx.interpreter()?;
            let name = std::ffi::CString::new(name).or_raise::<ValueError>(ctx)?;
            let read = || interpreter.enter(|ctx| {
                let module = ctx.import(&name);
                // One more entry of the same thread.
                let nested = interpreter.enter(|ctx| ctx.import(&name).map_err(|raised| raised.clear(ctx)).is_ok());
                assert_eq!(nested, Some(module.is_ok()));
                let value = module.and_then(|module| module.call_method(&attribute, &[])).and_then(|value| value.extract());
                value.map_err(|raised| raised.clear(ctx)).ok()
            });
            Ok(ctx.leave_python(|| thread::scope(|scope| {
                let running: Vec<_> = (0..threads).map(|_| scope.spawn(read)).collect();
                running.into_iter().map(|thread| thread.join().expect("it does not panic").flatten()).collect()
            })))
        }
        /// What a thread leaves set.
        fn raise_in_thread(ctx: &HPyContext) -> Result<bool> {
            let interpreter = ctx.interpreter()?;
            let run = || interpreter.enter(|ctx| ctx.import(c"there is no such module").is_err());
            Ok(ctx.leave_python(|| thread::scope(|scope| scope.spawn(run).join().ok().flatten())) == Some(true))
        }
        fn count(ctx: &HPyContext, f: &Object<'_>) -> Result<i64> {
            let mut count = COUNT.lock(ctx);
            let before = *count;
            f.call(&[])?;
            *count = before + 1;
            Ok(*count)
        }
        fn once(ctx: &HPyContext, f: &Object<'_>) -> Result<String> {
            let before = MADE.get().cloned();
            let made = MADE.get_or_try_init(ctx, || f.call(&[])?.extract::<String>())?;
            assert!(before.is_none() || before.as_ref() == Some(made));
            Ok(made.clone())
        }
        fn append(list: &Object<'_>, value: i64) -> Result<()> {
            list.critical_section(|| list.append(value))
        }
        fn append_both(a: &Object<'_>, b: &Object<'_>, value: i64) -> Result<()> {
            a.critical_section_with(b, || {
                a.append(value)?;
                b.append(value)
            })
        }
    }
}
