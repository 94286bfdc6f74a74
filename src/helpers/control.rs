// src/helpers/control.rs: macros that steer the code around them: comparisons, and blocks without the interpreter.

use crate::*;

/// The time during which the thread is out of the interpreter; it comes back when this goes, on whichever way.
#[doc(hidden)]
pub struct Away<'a> {
    ctx: &'a HPyContext,
    state: HPyThreadState,
}

impl<'a> Away<'a> {
    /// Leaves the interpreter.
    ///
    /// # Safety
    /// The thread holds the interpreter, and calls nothing of HPy before this goes.
    #[inline(always)]
    pub unsafe fn leave(ctx: &'a HPyContext) -> Away<'a> {
        // SAFETY: the caller's promise.
        Away { ctx, state: unsafe { HPy_LeavePythonExecution(ctx) } }
    }
}

impl Drop for Away<'_> {
    #[inline(always)]
    fn drop(&mut self) {
        // SAFETY: the state comes from HPy_LeavePythonExecution, and comes back once.
        unsafe { HPy_ReenterPythonExecution(self.ctx, self.state) }
    }
}

/// Runs a block while other threads run Python: `let sum = HPy_LEAVE_PYTHON!(ctx, { add_up(numbers) });`
///
/// - `ctx`: the context.
/// - the block; its value is that of the macro. It may end in any way: the thread is back in the interpreter after a
///   `return`, a `break`, a `?` and a panic too.
///
/// It cannot fail.
///
/// # Safety
/// The block calls nothing of HPy and reads no memory of a Python object that another thread may change.
///
/// ```no_run
/// use hpy_sys::*;
///
/// HPyDef_METH!(sum_up, "sum_up", HPyFunc_O, |ctx, _self, arg| unsafe {
///     let end = HPyLong_AsInt64_t(ctx, arg);
///     if end == -1 && HPyErr_Occurred(ctx) != 0 {
///         return HPy_NULL;
///     }
///     let sum = HPy_LEAVE_PYTHON!(ctx, { (0..end).fold(0i64, i64::wrapping_add) });
///     HPyLong_FromInt64_t(ctx, sum)
/// });
/// ```
///
/// Source: HPy `HPy_BEGIN_LEAVE_PYTHON`, `HPy_END_LEAVE_PYTHON`.
#[macro_export]
macro_rules! HPy_LEAVE_PYTHON {
    ($ctx:expr, $block:block) => {{
        let __hpy_away = $crate::__helpers::Away::leave($ctx);
        $block
    }};
}

/// Compares two Rust values as an operator asks, and returns `True` or `False` from the function around it:
/// `HPy_RETURN_RICHCOMPARE!(ctx, this.x, other.x, op)`.
///
/// - `ctx`: the context.
/// - two values that `<` and `==` compare.
/// - the operator, a [`HPy_RichCmpOp`](crate::HPy_RichCmpOp), as a `HPy_tp_richcompare` gets it.
///
/// The function returns a new handle. An operator that is none ends the process.
///
/// # Safety
/// `ctx` is the context of the running call.
///
/// ```no_run
/// use hpy_sys::*;
///
/// #[repr(C)]
/// struct Point {
///     x: f64,
/// }
/// HPyType_HELPERS!(Point, unsafe { HPyType_BuiltinShape_Object });
///
/// HPyDef_SLOT!(Point_compare, HPy_tp_richcompare, |ctx, this, other, op| unsafe {
///     HPy_RETURN_RICHCOMPARE!(ctx, (*Point::AsStruct(ctx, this)).x, (*Point::AsStruct(ctx, other)).x, op)
/// });
/// ```
///
/// Source: HPy `HPy_RETURN_RICHCOMPARE`.
#[macro_export]
macro_rules! HPy_RETURN_RICHCOMPARE {
    ($ctx:expr, $v1:expr, $v2:expr, $op:expr $(,)?) => {
        return {
            let __hpy_ctx: &$crate::HPyContext = $ctx;
            let (__hpy_v1, __hpy_v2) = (&$v1, &$v2);
            // Each operator has its own result, so that its comparison is a branch.
            let __hpy_result = |result: bool| $crate::HPyBool_FromBool(__hpy_ctx, result);
            match $op {
                $crate::HPy_LT => __hpy_result(__hpy_v1 < __hpy_v2),
                $crate::HPy_LE => __hpy_result(__hpy_v1 <= __hpy_v2),
                $crate::HPy_EQ => __hpy_result(__hpy_v1 == __hpy_v2),
                $crate::HPy_NE => __hpy_result(__hpy_v1 != __hpy_v2),
                $crate::HPy_GT => __hpy_result(__hpy_v1 > __hpy_v2),
                $crate::HPy_GE => __hpy_result(__hpy_v1 >= __hpy_v2),
                _ => $crate::HPy_FatalError(__hpy_ctx, c"Invalid value for HPy_RichCmpOp".as_ptr()),
            }
        }
    };
}
