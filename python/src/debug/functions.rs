// python/src/debug/functions.rs: the functions of the debug context that are more than checks around a native one.

use hpy_sys::host::type_from_spec;
use hpy_sys::*;

use super::call::{Call, resolve_at};
use super::crossing::Opened;
use super::fields;
use super::frames::{Frame, has_interpreter, set_away};
use super::report::{About, mistake};
use super::slots::{Kind, Slot, State, slots};
use crate::context::debug as callees;
use crate::context::{Context, call_real, native};
use crate::names;
use crate::plain::call_without_context;
use crate::raise::fatal;

/// # Safety
/// As of [`HPy_Close`].
pub unsafe extern "C-unwind" fn ctx_Close(ctx: &Context, h: HPy) {
    let call = Call::enter(ctx, &callees::HPy_Close);
    if HPy_IsNull(h) {
        return;
    }
    let found = slots().find(h).map(|slot| (slot.kind, slot.state, slot.object));
    match found {
        Some((Kind::Object, State::Open, object)) => {
            call.end(h);
            // SAFETY: the handle was open, and owned a reference.
            unsafe { HPy_Close(native(), object) };
        }
        Some((Kind::Argument | Kind::Constant, State::Open, _)) => {
            let what =
                if matches!(found, Some((Kind::Constant, ..))) { "a constant of the context" } else { "an argument" };
            let headline = format!("HPy_Close closes {what}, which is not the module's own");
            mistake(
                About::Handle,
                &headline,
                "= help: close a handle of its own that HPy_Dup makes, or do not close it",
            );
        }
        _ => {
            resolve_at(h, || "HPy_Close arg 1".to_owned());
        }
    }
}

/// # Safety
/// As of [`HPyType_FromSpec`].
pub unsafe extern "C-unwind" fn ctx_Type_FromSpec(
    ctx: &Context,
    spec: *const HPyType_Spec,
    params: *const HPyType_SpecParam,
) -> HPy {
    let call = Call::enter(ctx, &callees::HPyType_FromSpec);
    let mut own = Vec::new();
    // SAFETY: the module's promise: parameters that end with the kind 0, or null.
    unsafe {
        let mut next = params;
        while let Some(param) = next.as_ref().filter(|param| param.kind != 0) {
            let place = || format!("HPyType_FromSpec parameter {}", own.len() + 1);
            let object = if HPy_IsNull(param.object) { HPy_NULL } else { resolve_at(param.object, place) };
            own.push(HPyType_SpecParam { kind: param.kind, object });
            next = next.add(1);
        }
        own.push(HPyType_SpecParam::END);
        names::note_type(spec, Some(names::module_of(Frame::current().implementation)));
        // The runtime takes the way through the trampolines, which open and close the handles of a call.
        call.handle(type_from_spec(spec, if params.is_null() { params } else { own.as_ptr() }, core::ptr::null()))
    }
}

/// # Safety
/// A trampoline of the convention `sig` calls it, with its packed arguments.
pub unsafe extern "C-unwind" fn ctx_CallRealFunctionFromTrampoline(
    _ctx: &Context,
    sig: HPyFunc_Signature,
    func: HPyCFunction,
    args: *mut c_void,
) {
    let mut opened = Opened::new(func.map_or(0, |function| function as usize));
    // SAFETY: the module's promise.
    unsafe {
        if !call_real(sig, func, args, &mut opened) && !call_without_context(sig, func, args) {
            fatal(&format!("hpy.universal: a trampoline has an unknown calling convention: {sig}"));
        }
    }
}

/// # Safety
/// As of [`HPyField_Store`].
pub unsafe extern "C-unwind" fn ctx_Field_Store(
    ctx: &Context,
    target_object: HPy,
    target_field: *mut HPyField,
    h: HPy,
) {
    // SAFETY: the module's promise.
    unsafe {
        let call = Call::enter(ctx, &callees::HPyField_Store);
        let (object, value) = (call.object(0, target_object), call.object(2, h));
        HPyField_Store(native(), object, target_field, value);
        fields::check_stored(call.name(), object, target_field);
    }
}

/// # Safety
/// As of [`HPyField_Load`].
pub unsafe extern "C-unwind" fn ctx_Field_Load(ctx: &Context, source_object: HPy, source_field: HPyField) -> HPy {
    // SAFETY: the module's promise.
    unsafe {
        let call = Call::enter(ctx, &callees::HPyField_Load);
        let object = call.object(0, source_object);
        if !HPyField_IsNull(source_field) {
            fields::check_loaded(call.name(), object, source_field);
        }
        call.handle(HPyField_Load(native(), object, &source_field))
    }
}

/// # Safety
/// As of [`HPyGlobal_Store`].
pub unsafe extern "C-unwind" fn ctx_Global_Store(ctx: &Context, global: &HPyGlobal, h: HPy) {
    // SAFETY: the module's promise.
    unsafe {
        let call = Call::enter(ctx, &callees::HPyGlobal_Store);
        fields::check_global(call.name(), global);
        HPyGlobal_Store(native(), global, call.object(1, h));
    }
}

/// # Safety
/// As of [`HPy_LeavePythonExecution`].
pub unsafe extern "C-unwind" fn ctx_LeavePythonExecution(ctx: &Context) -> HPyThreadState {
    Call::enter(ctx, &callees::HPy_LeavePythonExecution);
    // SAFETY: the module's promise.
    let state = unsafe { HPy_LeavePythonExecution(native()) };
    set_away(true);
    state
}

/// # Safety
/// As of [`HPy_ReenterPythonExecution`].
pub unsafe extern "C-unwind" fn ctx_ReenterPythonExecution(ctx: &Context, state: HPyThreadState) {
    if has_interpreter() {
        let headline =
            format!("{} is called by a thread that is in the interpreter", callees::HPy_ReenterPythonExecution.name);
        let help = "= help: call it once for each HPy_LeavePythonExecution, on the same thread";
        mistake(About::Other, &headline, help);
        return;
    }
    // SAFETY: the module's promise.
    unsafe { HPy_ReenterPythonExecution(native(), state) };
    set_away(false);
    Call::enter(ctx, &callees::HPy_ReenterPythonExecution);
}

/// # Safety
/// As of [`HPyTracker_New`].
pub unsafe extern "C-unwind" fn ctx_Tracker_New(ctx: &Context, _size: HPy_ssize_t) -> HPyTracker {
    let call = Call::enter(ctx, &callees::HPyTracker_New);
    HPyTracker { _i: slots().open(Kind::Tracker, HPy_NULL, call.origin())._i.cast() }
}

/// # Safety
/// As of [`HPyTracker_Add`].
pub unsafe extern "C-unwind" fn ctx_Tracker_Add(ctx: &Context, ht: HPyTracker, h: HPy) -> c_int {
    // SAFETY: the module's promise.
    unsafe {
        let call = Call::enter(ctx, &callees::HPyTracker_Add);
        call.object(1, h);
        tracked(&call, ht, |handles| handles.push(h));
        0
    }
}

/// # Safety
/// As of [`HPyTracker_ForgetAll`].
pub unsafe extern "C-unwind" fn ctx_Tracker_ForgetAll(ctx: &Context, ht: HPyTracker) {
    let call = Call::enter(ctx, &callees::HPyTracker_ForgetAll);
    tracked(&call, ht, Vec::clear);
}

/// # Safety
/// As of [`HPyTracker_Close`].
pub unsafe extern "C-unwind" fn ctx_Tracker_Close(ctx: &Context, ht: HPyTracker) {
    let call = Call::enter(ctx, &callees::HPyTracker_Close);
    if ht._i.is_null() {
        return;
    }
    let Some(handles) = tracked(&call, ht, core::mem::take) else { return };
    call.end(HPy { _i: ht._i.cast() });
    for h in handles {
        // SAFETY: the tracker owned the handle.
        unsafe { ctx_Close(ctx, h) };
    }
}

/// Does something to the handles of a tracker, which has to be open.
fn tracked<R>(call: &Call, ht: HPyTracker, act: impl FnOnce(&mut Vec<HPy>) -> R) -> Option<R> {
    let h = HPy { _i: ht._i.cast() };
    let details = match slots().find(h) {
        Some(Slot { state: State::Open, kind: Kind::Tracker, tracked, .. }) => return Some(act(tracked)),
        Some(slot) => super::call::describe(slot),
        None => "the value is no tracker that this context gave".to_owned(),
    };
    let headline = format!("{}: Invalid usage of already closed tracker", call.name());
    mistake(About::Builder, &headline, &details);
    None
}

/// The dictionary of the running interpreter's builtins, as a constant.
///
/// # Safety
/// The thread holds the interpreter.
pub unsafe extern "C" fn builtins() -> HPy {
    super::constant(native().h_Builtins())
}

/// The struct of an instance of a type with the shape Opaque.
///
/// # Safety
/// As of `_HPy_AsStruct_Object`.
pub unsafe extern "C" fn struct_of(_ctx: &HPyContext, h: HPy) -> *mut c_void {
    let object = resolve_at(h, || "_HPy_AsStruct_Opaque arg 1".to_owned());
    // SAFETY: the object is alive.
    unsafe { (HostTable::NATIVE.struct_of)(native(), object) }
}
