// python/src/debug/module.rs: the module hpy.universal._debug: what Python code asks of the handles of debug mode.

// The contract of a definition's function is that of its convention.
#![allow(clippy::undocumented_unsafe_blocks)]
// C's `long` is a 64-bit integer on some targets.
#![allow(clippy::useless_conversion)]

use hpy_sys::*;

use super::debug_handle::{DEBUG_HANDLE, TYPE, integer, list, list_of, none, text};
use super::frames::Frame;
use super::origin::set_stack_limit;
use super::report::{About, INVALID_BUILDER, INVALID_HANDLE, MISTAKE, set_callback};
use super::slots::{State, slots};
use crate::raise::{Raised, raise};

/// A capsule that goes with the interpreter.
static END: HPyGlobal = HPyGlobal::NULL;

HPyCapsule_DESTRUCTOR!(ends, |_name, pointer, _context| {
    // The pointer is the number, and one more.
    super::forget(pointer.addr() as i64 - 1);
});

HPyDef_METH!(
    new_generation,
    "new_generation",
    HPyFunc_NOARGS,
    |_ctx, _self| unsafe {
        let generation = {
            let mut slots = slots();
            slots.generation += 1;
            slots.generation
        };
        integer(generation)
    },
    doc = "new_generation()\n--\n\nBegins a new generation of handles, and returns its number."
);

HPyDef_METH!(
    get_open_handles,
    "get_open_handles",
    HPyFunc_VARARGS,
    |ctx, _self, args, nargs| unsafe {
        let mut generation = 0;
        if !HPyArg_Parse!(ctx, None, args, nargs, "l:get_open_handles", &mut generation) {
            return HPy_NULL;
        }
        let open = slots().list(State::Open, i64::from(generation));
        list(ctx, open)
    },
    doc = "get_open_handles(generation)\n--\n\nReturns the open handles of the generation and later ones."
);

HPyDef_METH!(
    get_closed_handles,
    "get_closed_handles",
    HPyFunc_VARARGS,
    |ctx, _self, args, nargs| unsafe {
        let mut generation = 0;
        if !HPyArg_Parse!(ctx, None, args, nargs, "|l:get_closed_handles", &mut generation) {
            return HPy_NULL;
        }
        let closed = slots().list(State::Closed, i64::from(generation));
        list(ctx, closed)
    },
    doc = "get_closed_handles(generation=0)\n--\n\nReturns the closed handles that are remembered, of the generation and later ones."
);

/// Reads an argument that is a number of things or bytes.
///
/// # Safety
/// `arg` is an open handle, and the thread holds the interpreter.
unsafe fn size(ctx: &HPyContext, arg: HPy) -> Result<usize, Raised> {
    // SAFETY: the caller's promise.
    unsafe {
        let value = HPyLong_AsSize_t(ctx, arg);
        if value == usize::MAX && HPyErr_Occurred(ctx) != 0 { Err(Raised) } else { Ok(value) }
    }
}

HPyDef_METH!(
    get_closed_limit,
    "get_closed_handles_queue_max_size",
    HPyFunc_NOARGS,
    |_ctx, _self| unsafe { integer(slots().closed_limit as i64) },
    doc = "get_closed_handles_queue_max_size()\n--\n\nReturns how many closed handles are remembered."
);

HPyDef_METH!(
    set_closed_limit,
    "set_closed_handles_queue_max_size",
    HPyFunc_O,
    |ctx, _self, arg| unsafe {
        let Ok(limit) = size(ctx, arg) else { return HPy_NULL };
        let freed = {
            let mut slots = slots();
            slots.closed_limit = limit;
            slots.trim()
        };
        drop(freed);
        none()
    },
    doc = "set_closed_handles_queue_max_size(size)\n--\n\nSets how many closed handles are remembered."
);

HPyDef_METH!(
    get_protected_limit,
    "get_protected_raw_data_max_size",
    HPyFunc_NOARGS,
    |_ctx, _self| unsafe { integer(slots().protected_limit as i64) },
    doc = "get_protected_raw_data_max_size()\n--\n\nReturns how many bytes of closed handles are kept from being used again."
);

HPyDef_METH!(
    set_protected_limit,
    "set_protected_raw_data_max_size",
    HPyFunc_O,
    |ctx, _self, arg| unsafe {
        let Ok(limit) = size(ctx, arg) else { return HPy_NULL };
        let freed = {
            let mut slots = slots();
            slots.protected_limit = limit;
            slots.trim()
        };
        drop(freed);
        none()
    },
    doc = "set_protected_raw_data_max_size(size)\n--\n\nSets how many bytes of closed handles are kept from being used again."
);

/// Sets a callback from an argument, something that can be called or None, and returns the one before it, or null.
///
/// # Safety
/// `arg` is an open handle, and the thread holds the interpreter.
unsafe fn set(ctx: &HPyContext, about: About, arg: HPy) -> Result<HPy, Raised> {
    // SAFETY: the caller's promise.
    unsafe {
        if HPy_Is(ctx, arg, ctx.h_None) != 0 {
            Ok(set_callback(about, HPy_NULL))
        } else if HPyCallable_Check(ctx, arg) != 0 {
            Ok(set_callback(about, arg))
        } else {
            Err(raise(ctx.h_TypeError, "Expected a callable object"))
        }
    }
}

/// The same for a function that returns None.
///
/// # Safety
/// As of [`set`].
unsafe fn set_quietly(ctx: &HPyContext, about: About, arg: HPy) -> HPy {
    // SAFETY: the caller's promise.
    unsafe {
        let Ok(old) = set(ctx, about, arg) else { return HPy_NULL };
        HPy_Close(ctx, old);
    }
    none()
}

HPyDef_METH!(
    set_on_invalid_handle,
    "set_on_invalid_handle",
    HPyFunc_O,
    |ctx, _self, arg| unsafe { set_quietly(ctx, About::Handle, arg) },
    doc = "set_on_invalid_handle(callback)\n--\n\nHas callback() called when a module uses a handle that is not open; None ends the process then."
);

HPyDef_METH!(
    set_on_invalid_builder,
    "set_on_invalid_builder_handle",
    HPyFunc_O,
    |ctx, _self, arg| unsafe { set_quietly(ctx, About::Builder, arg) },
    doc = "set_on_invalid_builder_handle(callback)\n--\n\nHas callback() called when a module uses a builder that is not open; None ends the process then."
);

HPyDef_METH!(
    set_on_mistake,
    "set_on_mistake",
    HPyFunc_O,
    |ctx, _self, arg| unsafe {
        match set(ctx, About::Other, arg) {
            Ok(old) if HPy_IsNull(old) => none(),
            Ok(old) => old,
            Err(Raised) => HPy_NULL,
        }
    },
    doc = "set_on_mistake(callback)\n--\n\nHas callback(message) called for each mistake of a module; what it raises takes the place of the result of the module's function. None ends the process then. Returns the callback before it."
);

/// A list of texts.
///
/// # Safety
/// The thread holds the interpreter.
unsafe fn texts(ctx: &HPyContext, all: Vec<String>) -> HPy {
    // SAFETY: the caller's promise.
    unsafe { list_of(ctx, all.iter().map(|one| text(one))) }
}

HPyDef_METH!(
    get_open_resources,
    "get_open_resources",
    HPyFunc_VARARGS,
    |ctx, _self, args, nargs| unsafe {
        let mut generation = 0;
        if !HPyArg_Parse!(ctx, None, args, nargs, "|l:get_open_resources", &mut generation) {
            return HPy_NULL;
        }
        let open = slots().describe_resources(i64::from(generation));
        texts(ctx, open)
    },
    doc = "get_open_resources(generation=0)\n--\n\nReturns descriptions of the builders and trackers of the generation and later ones that are open."
);

HPyDef_METH!(
    get_modules,
    "get_modules",
    HPyFunc_NOARGS,
    |ctx, _self| unsafe { texts(ctx, crate::names::of_modules()) },
    doc = "get_modules()\n--\n\nReturns the full names of the modules that were loaded in debug or trace mode."
);

HPyDef_METH!(
    set_stack_trace_limit,
    "set_handle_stack_trace_limit",
    HPyFunc_O,
    |ctx, _self, arg| unsafe {
        if HPy_Is(ctx, arg, ctx.h_None) != 0 {
            set_stack_limit(0);
            return none();
        }
        let limit = HPyLong_AsSsize_t(ctx, arg);
        if limit == -1 && HPyErr_Occurred(ctx) != 0 {
            return HPy_NULL;
        }
        set_stack_limit(limit.max(0) as usize);
        none()
    },
    doc = "set_handle_stack_trace_limit(limit)\n--\n\nSets how many addresses of the C stack each handle keeps; None for none."
);

HPyDef_SLOT!(exec, HPy_mod_exec, |ctx, module| unsafe {
    let ty = HPyType_FromSpec(ctx, &DEBUG_HANDLE, core::ptr::null());
    if HPy_IsNull(ty) {
        return -1;
    }
    HPyGlobal_Store(ctx, &TYPE, ty);
    let number = core::ptr::without_provenance_mut((Frame::interpreter() + 1) as usize);
    let end = HPyCapsule_New(ctx, number, core::ptr::null(), &ends);
    if HPy_IsNull(end) {
        HPy_Close(ctx, ty);
        return -1;
    }
    HPyGlobal_Store(ctx, &END, end);
    HPy_Close(ctx, end);
    let result = HPy_SetAttr_s(ctx, module, c"DebugHandle".as_ptr(), ty);
    HPy_Close(ctx, ty);
    result
});

HPyDef_MULTIPLE_INTERPRETERS!(interpreters, unsafe { HPy_MOD_PER_INTERPRETER_GIL_SUPPORTED });
HPyDef_GIL!(gil, unsafe { HPy_MOD_GIL_NOT_USED });

/// The definition of the module.
pub static MODULE: HPyModuleDef = HPyModuleDef!(
    doc = "The handles of modules that are loaded in debug mode.",
    defines = [
        new_generation,
        get_open_handles,
        get_closed_handles,
        get_closed_limit,
        set_closed_limit,
        get_protected_limit,
        set_protected_limit,
        set_on_invalid_handle,
        set_on_invalid_builder,
        set_on_mistake,
        get_open_resources,
        get_modules,
        interpreters,
        gil,
        set_stack_trace_limit,
        exec
    ],
    globals = [TYPE, END, INVALID_HANDLE, INVALID_BUILDER, MISTAKE]
);
