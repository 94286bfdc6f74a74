// python/src/trace/module.rs: the module hpy.universal._trace: what Python code asks of the calls of trace mode.

// The contract of a definition's function is that of its convention.
#![allow(clippy::undocumented_unsafe_blocks)]

use hpy_sys::*;

use super::{Event, Figures, ON_ENTER, ON_EXIT, Table, seen};
use crate::context::native;
use crate::context::trace::NAMES;
use crate::names::{self, ModuleId};
use crate::raise::{Owned, Raised, c_text, raise};

/// A new dictionary of integers.
fn numbers<'a>(items: impl Iterator<Item = (&'a core::ffi::CStr, u64)>) -> Result<Owned, Raised> {
    // SAFETY: whoever is called by Python holds the interpreter.
    unsafe {
        let dict = Owned::new(HPyDict_New(native()))?;
        for (name, number) in items {
            let value = Owned::new(HPyLong_FromUInt64_t(native(), number))?;
            if HPy_SetItem_s(native(), dict.get(), name.as_ptr(), value.get()) < 0 {
                return Err(Raised);
            }
        }
        Ok(dict)
    }
}

/// The sums of one figure over all modules, for every function.
fn of_all(figure: fn(&Figures) -> u64) -> HPy {
    let mut sums = [0; NAMES.len()];
    for table in seen().modules.iter().flatten() {
        sums.iter_mut().zip(table.iter()).for_each(|(sum, figures)| *sum += figure(figures));
    }
    let sums = NAMES.iter().zip(sums).map(|(name, sum)| (*name, if is_of_module(name) { sum } else { 0 }));
    numbers(sums).map_or(HPy_NULL, Owned::into_handle)
}

/// One figure of each module, for the functions that it has called.
fn of_modules(figure: fn(&Figures) -> u64) -> Result<Owned, Raised> {
    let copy = |table: &Table| NAMES.iter().copied().zip(table.iter().copied()).collect::<Vec<_>>();
    let tables: Vec<_> = {
        let seen = seen();
        let modules = seen.modules.iter().enumerate();
        modules.filter_map(|(index, table)| table.as_ref().map(|table| (index, copy(table)))).collect()
    };
    // SAFETY: whoever is called by Python holds the interpreter.
    unsafe {
        let all = Owned::new(HPyDict_New(native()))?;
        for (index, table) in tables {
            let called = table.iter().filter(|(_, figures)| figures.calls != 0);
            let of_one = numbers(called.map(|(name, figures)| (*name, figure(figures))))?;
            let name = c_text(&names::of_module(ModuleId::at(index)));
            if HPy_SetItem_s(native(), all.get(), name.as_ptr(), of_one.get()) < 0 {
                return Err(Raised);
            }
        }
        Ok(all)
    }
}

HPyDef_METH!(
    get_call_counts,
    "get_call_counts",
    HPyFunc_NOARGS,
    |_ctx, _self| unsafe { of_all(|figures| figures.calls) },
    doc = "get_call_counts()\n--\n\nReturns the number of calls of each function of the context."
);

HPyDef_METH!(
    get_durations,
    "get_durations",
    HPyFunc_NOARGS,
    |_ctx, _self| unsafe { of_all(|figures| figures.nanoseconds) },
    doc = "get_durations()\n--\n\nReturns the nanoseconds in each function of the context."
);

HPyDef_METH!(
    get_module_call_counts,
    "get_module_call_counts",
    HPyFunc_NOARGS,
    |_ctx, _self| unsafe { of_modules(|figures| figures.calls).map_or(HPy_NULL, Owned::into_handle) },
    doc = "get_module_call_counts()\n--\n\nReturns the number of calls of each function, by module."
);

HPyDef_METH!(
    get_module_durations,
    "get_module_durations",
    HPyFunc_NOARGS,
    |_ctx, _self| unsafe { of_modules(|figures| figures.nanoseconds).map_or(HPy_NULL, Owned::into_handle) },
    doc = "get_module_durations()\n--\n\nReturns the nanoseconds in each function, by module."
);

HPyDef_METH!(
    get_frequency,
    "get_frequency",
    HPyFunc_NOARGS,
    |ctx, _self| unsafe { HPyLong_FromInt64_t(ctx, 1_000_000_000) },
    doc = "get_frequency()\n--\n\nReturns the resolution of the clock in Hertz: durations are in nanoseconds."
);

/// A callback from an argument: none for None. The argument that is left out changes nothing.
///
/// # Safety
/// `arg` is an open handle or null.
unsafe fn set(ctx: &HPyContext, arg: HPy, place: &HPyGlobal) -> Result<(), Raised> {
    if HPy_IsNull(arg) {
        return Ok(());
    }
    // SAFETY: the caller's promise.
    unsafe {
        let is_none = HPy_Is(ctx, arg, ctx.h_None) != 0;
        if !is_none && HPyCallable_Check(ctx, arg) == 0 {
            return Err(raise(ctx.h_TypeError, "Expected a callable object or None"));
        }
        HPyGlobal_Store(ctx, place, if is_none { HPy_NULL } else { arg });
        Ok(())
    }
}

HPyDef_METH!(
    set_trace_functions,
    "set_trace_functions",
    HPyFunc_KEYWORDS,
    |ctx, _self, args, nargs, kwnames| unsafe {
        let (mut on_enter, mut on_exit) = (HPy_NULL, HPy_NULL);
        if !HPyArg_ParseKeywords!(
            ctx,
            None,
            args,
            nargs,
            kwnames,
            "|OO:set_trace_functions",
            ["on_enter", "on_exit"],
            &mut on_enter,
            &mut on_exit
        ) {
            return HPy_NULL;
        }
        let result = set(ctx, on_enter, &ON_ENTER).and_then(|()| set(ctx, on_exit, &ON_EXIT));
        if result.is_err() { HPy_NULL } else { HPy_Dup(ctx, ctx.h_None) }
    },
    doc = "set_trace_functions(on_enter=..., on_exit=...)\n--\n\nHas on_enter(name) called before each call of a function, and on_exit(name) after it. None ends that."
);

HPyDef_METH!(
    start_events,
    "start_events",
    HPyFunc_O,
    |ctx, _self, arg| unsafe {
        let limit = HPyLong_AsSsize_t(ctx, arg);
        if limit == -1 && HPyErr_Occurred(ctx) != 0 {
            return HPy_NULL;
        }
        let Ok(limit) = usize::try_from(limit) else {
            let Raised = raise(ctx.h_ValueError, &format!("the limit {limit} is negative"));
            return HPy_NULL;
        };
        {
            let mut seen = seen();
            seen.events = Vec::new();
            (seen.limit, seen.dropped) = (Some(limit), 0);
        }
        HPy_Dup(ctx, ctx.h_None)
    },
    doc = "start_events(limit)\n--\n\nKeeps each single call from here on, at most `limit`."
);

HPyDef_METH!(
    stop_events,
    "stop_events",
    HPyFunc_NOARGS,
    |_ctx, _self| unsafe { stopped().map_or(HPy_NULL, Owned::into_handle) },
    doc = "stop_events()\n--\n\nEnds that, and returns the calls, and how many came after the limit."
);

/// # Safety
/// The thread holds the interpreter.
unsafe fn stopped() -> Result<Owned, Raised> {
    let ctx = native();
    let (events, dropped) = {
        let mut seen = seen();
        seen.limit = None;
        (core::mem::take(&mut seen.events), core::mem::take(&mut seen.dropped))
    };
    // SAFETY: the caller's promise; the handles are closed when they go.
    unsafe {
        let list = Owned::new(HPyList_New(ctx, 0))?;
        for event in events {
            let module = c_text(&names::of_module(event.module));
            let parts = [
                Owned::new(HPyUnicode_FromString(ctx, name_of(&event).as_ptr()))?,
                Owned::new(HPyUnicode_FromString(ctx, module.as_ptr()))?,
                Owned::new(HPyLong_FromUInt64_t(ctx, event.thread))?,
                Owned::new(HPyLong_FromUInt64_t(ctx, event.begin))?,
                Owned::new(HPyLong_FromUInt64_t(ctx, event.duration))?,
            ];
            let handles = parts.each_ref().map(Owned::get);
            let tuple = Owned::new(HPyTuple_FromArray(ctx, handles.as_ptr(), 5))?;
            if HPyList_Append(ctx, list.get(), tuple.get()) < 0 {
                return Err(Raised);
            }
        }
        let dropped = Owned::new(HPyLong_FromUInt64_t(ctx, dropped))?;
        Owned::new(HPyTuple_FromArray(ctx, [list.get(), dropped.get()].as_ptr(), 2))
    }
}

/// The name of a function of the context, or that of the implementation that Python called.
fn name_of(event: &Event) -> std::borrow::Cow<'static, core::ffi::CStr> {
    match names::of(event.implementation) {
        Some(name) => c_text(&name).into(),
        None => NAMES[event.function].into(),
    }
}

/// The sums that HPy has: without the calls of implementations.
fn is_of_module(name: &core::ffi::CStr) -> bool {
    name != c"ctx_CallRealFunctionFromTrampoline"
}

HPyDef_MULTIPLE_INTERPRETERS!(interpreters, unsafe { HPy_MOD_PER_INTERPRETER_GIL_SUPPORTED });
HPyDef_GIL!(gil, unsafe { HPy_MOD_GIL_NOT_USED });

/// The definition of the module.
pub static MODULE: HPyModuleDef = HPyModuleDef!(
    doc = "The calls of modules that are loaded in trace mode.",
    defines = [
        get_call_counts,
        get_durations,
        get_module_call_counts,
        get_module_durations,
        get_frequency,
        set_trace_functions,
        start_events,
        stop_events,
        interpreters,
        gil
    ],
    globals = [ON_ENTER, ON_EXIT]
);
