// python/src/debug/debug_handle.rs: the type DebugHandle: a handle of a module, for Python code.

// The contract of a definition's function is that of its convention.
#![allow(clippy::undocumented_unsafe_blocks)]

use hpy_sys::*;

use super::frames::Frame;
use super::origin::Origin;
use super::slots::{State, Taken, slots};
use crate::context::native;
use crate::raise::c_text;

/// A handle that Python code looks at.
#[repr(C)]
pub struct DebugHandle {
    handle: HPy,
}

HPyType_HELPERS!(DebugHandle, unsafe { HPyType_BuiltinShape_Object });

/// The type, for instances.
pub static TYPE: HPyGlobal = HPyGlobal::NULL;

/// A new integer.
pub fn integer(value: i64) -> HPy {
    // SAFETY: whoever is called by Python holds the interpreter.
    unsafe { HPyLong_FromInt64_t(native(), value) }
}

pub fn text(value: &str) -> HPy {
    // SAFETY: as above.
    unsafe { HPyUnicode_FromString(native(), c_text(value).as_ptr()) }
}

pub fn none() -> HPy {
    // SAFETY: as above.
    unsafe { HPy_Dup(native(), native().h_None) }
}

/// # Safety
/// `self_` is an instance of the type.
unsafe fn handle_of(ctx: &HPyContext, self_: HPy) -> HPy {
    // SAFETY: the caller's promise.
    unsafe { (*DebugHandle::AsStruct(ctx, self_)).handle }
}

/// The object of a handle that is open, with a reference of the caller's, or null.
///
/// # Safety
/// The thread holds the interpreter.
unsafe fn object_of(h: HPy) -> HPy {
    let mut slots = slots();
    let open = slots.find(h).filter(|slot| slot.state == State::Open).map(|slot| slot.object);
    // SAFETY: the object of an open handle is alive.
    unsafe { HPy_Dup(native(), open.unwrap_or(HPy_NULL)) }
}

HPyDef_GET!(
    DebugHandle_obj,
    "obj",
    |ctx, self_, _closure| unsafe {
        let object = object_of(handle_of(ctx, self_));
        if HPy_IsNull(object) { none() } else { object }
    },
    doc = "The object of the handle, or None if the handle is closed."
);

HPyDef_GET!(
    DebugHandle_id,
    "id",
    |ctx, self_, _closure| unsafe { HPyLong_FromSize_t(ctx, handle_of(ctx, self_)._i as usize) },
    doc = "The value of the handle."
);

HPyDef_GET!(
    DebugHandle_is_closed,
    "is_closed",
    |ctx, self_, _closure| unsafe {
        let is_open = slots().find(handle_of(ctx, self_)).is_some_and(|slot| slot.state == State::Open);
        HPyBool_FromBool(ctx, !is_open)
    },
    doc = "Whether the handle is closed."
);

HPyDef_GET!(
    DebugHandle_raw_data_size,
    "raw_data_size",
    |ctx, self_, _closure| unsafe {
        let size = slots().find(handle_of(ctx, self_)).and_then(|slot| slot.data.as_ref().map(|data| data.size()));
        integer(size.map_or(-1, |size| size as i64))
    },
    doc = "The size of the memory that the module got of the object, or -1 if it got none."
);

HPyDef_METH!(
    DebugHandle_force_close,
    "_force_close",
    HPyFunc_NOARGS,
    |ctx, self_| unsafe {
        let taken = slots().take(handle_of(ctx, self_), Origin::here("_force_close", Frame::current()));
        if let Taken::Own(object, freed) = taken {
            drop(freed);
            HPy_Close(ctx, object);
        }
        none()
    },
    doc = "_force_close()\n--\n\nCloses the handle in the place of the module, which must not use it again. Arguments and constants stay."
);

HPyDef_METH!(
    DebugHandle_describe,
    "describe",
    HPyFunc_NOARGS,
    |ctx, self_| unsafe {
        let history = slots().find(handle_of(ctx, self_)).map(|slot| slot.history());
        text(&history.map_or_else(|| "no longer remembered".to_owned(), |history| history.describe()))
    },
    doc = "describe()\n--\n\nReturns what made the handle and what closed it, on several lines."
);

HPyDef_SLOT!(DebugHandle_richcompare, HPy_tp_richcompare, |ctx, self_, other, op| unsafe {
    let ty = HPyGlobal_Load(ctx, &TYPE);
    let is_handle = HPy_TypeCheck(ctx, other, ty) != 0;
    HPy_Close(ctx, ty);
    if !is_handle || (op != HPy_EQ && op != HPy_NE) {
        return HPy_Dup(ctx, ctx.h_NotImplemented);
    }
    let same = handle_of(ctx, self_)._i == handle_of(ctx, other)._i;
    HPyBool_FromBool(ctx, same == (op == HPy_EQ))
});

HPyDef_SLOT!(DebugHandle_repr, HPy_tp_repr, |ctx, self_| unsafe {
    let h = handle_of(ctx, self_);
    let made = slots().find(h).map(|slot| slot.made.clone());
    let stack = made.and_then(|made| made.stack());
    let more = match stack {
        Some(stack) => format!("Allocation stacktrace:\n{stack}"),
        None => {
            "To get the stack trace of where it was allocated use:\nhpy.debug.set_handle_stack_trace_limit".to_owned()
        }
    };
    let object = object_of(h);
    if HPy_IsNull(object) {
        return text(&format!("<DebugHandle {:#x} CLOSED>\n{more}", h._i as usize));
    }
    let repr = HPy_Repr(ctx, object);
    HPy_Close(ctx, object);
    let mut length = 0;
    let start = if HPy_IsNull(repr) { core::ptr::null() } else { HPyUnicode_AsUTF8AndSize(ctx, repr, &mut length) };
    let result = if start.is_null() {
        HPy_NULL
    } else {
        let bytes = core::slice::from_raw_parts(start.cast::<u8>(), length as usize);
        text(&format!("<DebugHandle {:#x} for {}>\n{more}", h._i as usize, String::from_utf8_lossy(bytes)))
    };
    HPy_Close(ctx, repr);
    result
});

pub static DEBUG_HANDLE: HPyType_Spec = HPyType_Spec!(
    name = "hpy.debug._debug.DebugHandle",
    basicsize = size_of::<DebugHandle>(),
    flags = HPy_TPFLAGS_DEFAULT,
    builtin_shape = DebugHandle::SHAPE,
    defines = [
        DebugHandle_obj,
        DebugHandle_id,
        DebugHandle_is_closed,
        DebugHandle_raw_data_size,
        DebugHandle_force_close,
        DebugHandle_describe,
        DebugHandle_richcompare,
        DebugHandle_repr
    ],
    doc = "A handle of a module in debug mode.",
);

/// A list of `DebugHandle` objects.
///
/// # Safety
/// The thread holds the interpreter.
pub unsafe fn list(ctx: &HPyContext, handles: Vec<HPy>) -> HPy {
    // SAFETY: the caller's promise.
    unsafe {
        let ty = HPyGlobal_Load(ctx, &TYPE);
        let all = list_of(ctx, handles.into_iter().map(|handle| DebugHandle::New(ctx, ty, DebugHandle { handle })));
        HPy_Close(ctx, ty);
        all
    }
}

/// A list of new objects; null among them is an exception.
///
/// # Safety
/// The thread holds the interpreter.
pub unsafe fn list_of(ctx: &HPyContext, items: impl ExactSizeIterator<Item = HPy>) -> HPy {
    // SAFETY: the caller's promise.
    unsafe {
        let builder = HPyListBuilder_New(ctx, items.len() as HPy_ssize_t);
        for (index, item) in items.enumerate() {
            if HPy_IsNull(item) {
                HPyListBuilder_Cancel(ctx, builder);
                return HPy_NULL;
            }
            HPyListBuilder_Set(ctx, builder, index as HPy_ssize_t, item);
            HPy_Close(ctx, item);
        }
        HPyListBuilder_Build(ctx, builder)
    }
}
