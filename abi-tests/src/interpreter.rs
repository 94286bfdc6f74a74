// abi-tests/src/interpreter.rs: leaving Python's execution.

use crate::support::int;
use hpy_sys::*;

functions! {
    INTERPRETER(ctx) {
        leave_and_wait(seconds) => {
            let milliseconds = int(ctx, seconds);
            let state = HPy_LeavePythonExecution(ctx);
            std::thread::sleep(std::time::Duration::from_millis(milliseconds as u64));
            HPy_ReenterPythonExecution(ctx, state);
        };
        leave_and_count(count) => {
            let count = int(ctx, count);
            let state = HPy_LeavePythonExecution(ctx);
            let sum: i64 = (0..count).sum();
            HPy_ReenterPythonExecution(ctx, state);
            sum
        };
    }
}

HPy_MODINIT!(interpreter, INTERPRETER);
