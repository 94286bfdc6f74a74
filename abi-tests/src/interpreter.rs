// abi-tests/src/interpreter.rs: compiling and running code, importing, context variables, leaving Python's execution.

use crate::support::{c_string, int, or_null};
use hpy_sys::*;

functions! {
    INTERPRETER(ctx) {
        compile(source, name, kind) => {
            HPy_Compile_s(ctx, c_string(ctx, source), c_string(ctx, name), int(ctx, kind) as HPy_SourceKind)
        };
        eval(code, globals, locals) => HPy_EvalCode(ctx, code, globals, or_null(ctx, locals));
        import_module(name) => HPyImport_ImportModule(ctx, c_string(ctx, name));
        var_new(name, default) => {
            // CPython keeps a str of the name.
            HPyContextVar_New(ctx, c_string(ctx, name), or_null(ctx, default))
        };
        var_get(var, default) => {
            let mut value = HPy_NULL;
            if HPyContextVar_Get(ctx, var, or_null(ctx, default), &mut value) < 0 {
                assert!(HPy_IsNull(value), "an error leaves no value");
                return HPy_NULL;
            }
            if HPy_IsNull(value) { HPy_Dup(ctx, ctx.h_Ellipsis) } else { value }
        };
        var_set(var, value) => HPyContextVar_Set(ctx, var, value);
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
