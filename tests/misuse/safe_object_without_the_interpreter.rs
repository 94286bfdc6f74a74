//! An object where the interpreter is left.
use hpy_sys::safe::*;

pub fn length(ctx: &HPyContext, object: &Object<'_>) -> Result<usize> {
    ctx.leave_python(|| object.len())
}

fn main() {}
