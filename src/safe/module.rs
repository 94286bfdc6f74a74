// src/safe/module.rs: what a module of `HPyModule!` consists of, as its `HPy_mod_exec` makes it.

use core::ffi::CStr;

use super::exceptions::{Exception, SystemError};
use super::{IntoObject, Object, Result};
use crate::*;

/// A class or an exception that a module makes.
///
/// # Safety
/// `GLOBAL` is the address of a static.
pub unsafe trait Item {
    /// What keeps it in each interpreter.
    const GLOBAL: *const HPyGlobal;
    /// Whether its instances refer to objects.
    const HAS_FIELDS: bool = false;
    /// Makes it, and sets it as an attribute of the module, which has state or not.
    fn add(ctx: &HPyContext, module: &Object<'_>, has_state: bool) -> Result<()>;
}

/// What a module says about the global lock.
///
/// A loader of HPy's ABI gets a field by value, so without a lock another thread may store in between.
pub const fn gil(has_fields: bool) -> usize {
    if has_fields && cfg!(not(feature = "cpython")) { HPy_MOD_GIL_USED as _ } else { HPy_MOD_GIL_NOT_USED as _ }
}

/// Calls `f` with the class of an exception of the extension's own.
#[inline]
pub fn with_exception<R>(ctx: &HPyContext, class: &HPyGlobal, name: &str, f: impl FnOnce(HPy) -> R) -> Result<R> {
    // SAFETY: the context is that of the running call, and the handle is new, or null where nothing was stored.
    match unsafe { Object::from_handle(ctx, HPyGlobal_Load(ctx, class)) } {
        Ok(class) => Ok(f(class.handle())),
        Err(_) => not_made(ctx, name),
    }
}

#[cold]
#[inline(never)]
fn not_made<R>(ctx: &HPyContext, name: &str) -> Result<R> {
    SystemError::raise(ctx, format_args!("no module has made {name}: name it in `use ..` of its HPyModule!"))
}

/// Makes an exception, and sets it as an attribute of a module.
pub fn add_exception<B: Exception>(
    ctx: &HPyContext,
    module: &Object<'_>,
    global: &'static HPyGlobal,
    name: &CStr,
    full: &CStr,
    doc: &CStr,
) -> Result<()> {
    // SAFETY: the texts are C strings, the handles are open, and the class is new.
    unsafe {
        let make = |base| HPyErr_NewExceptionWithDoc(ctx, full.as_ptr(), doc.as_ptr(), base, HPy_NULL);
        let class = Object::from_handle(ctx, B::with_class(ctx, make)?)?;
        HPyGlobal_Store(ctx, global, class.handle());
        set(ctx, module, name, &class)
    }
}

/// Sets an attribute of a module.
pub fn set<'c>(ctx: &'c HPyContext, module: &Object<'_>, name: &CStr, value: impl IntoObject<'c>) -> Result<()> {
    // SAFETY: the handles are open, and the name is a C string.
    let set = |value| unsafe { HPy_SetAttr_s(ctx, module.handle(), name.as_ptr(), value) };
    super::calls::done(value.with_handle(ctx, set)?)
}

impl<'c> Object<'c> {
    /// A module in this one, which `import package.name` finds: an empty one, whose attributes are for the caller to set.
    ///
    /// Its name is that of this module, a dot, and `name`.
    pub fn add_submodule(&self, name: &str) -> Result<Object<'c>> {
        let ctx = self.context();
        let parent = self.get_attr(c"__name__")?;
        let dotted = ".".into_object(ctx)?.call_method("join", &[&(&parent, name).into_object(ctx)?])?;
        let module = ctx.import(c"types")?.get_attr(c"ModuleType")?.call(&[&dotted])?;
        ctx.import(c"sys")?.get_attr(c"modules")?.set_item(&dotted, &module)?;
        // SAFETY: the handles are open.
        let set = |name| unsafe { HPy_SetAttr(ctx, self.handle(), name, module.handle()) };
        if name.with_handle(ctx, set)? < 0 { Err(crate::raised::Raised) } else { Ok(module) }
    }
}
