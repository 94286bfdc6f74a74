//! What an object has, where the interpreter is left.
use hpy_sys::safe::*;

pub fn length(ctx: &HPyContext, object: &Object<'_>) -> Result<usize> {
    let text = object.to_str()?;
    Ok(ctx.leave_python(|| text.chars().count()))
}

fn main() {}
