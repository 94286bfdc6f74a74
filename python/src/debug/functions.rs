// python/src/debug/functions.rs: the functions of the debug context that are more than checks around a native one.

use hpy_sys::host::type_from_spec;
use hpy_sys::*;

pub use super::buffers::*;
pub use super::builders::*;
use super::call::{Call, Callee, Parameter, clear};
use super::checks::length_of_names;
use super::crossing::Opened;
use super::fields;
use super::frames::Frame;
use super::presence;
use super::report::{About, mistake};
use super::resolve::{NO_HANDLE, resolve};
use super::slots::{Kind, Slot, State, Taken, slots};
use crate::context::debug as callees;
use crate::context::{Context, call_real, native};
use crate::names;

/// # Safety
/// As of [`HPy_Close`].
pub unsafe extern "C-unwind" fn ctx_Close(ctx: &Context, h: HPy) {
    let call = Call::enter(ctx, &callees::HPy_Close);
    if HPy_IsNull(h) {
        return;
    }
    let taken = slots().take(h, call.origin());
    match taken {
        Taken::Own(object, freed) => {
            drop(freed);
            // SAFETY: the handle was open, and owned a reference.
            unsafe { HPy_Close(native(), object) };
        }
        Taken::Borrowed(object) => {
            let what = object.what();
            let headline = format!("HPy_Close closes {what}, which is not the module's own");
            let help = "= help: close a handle of its own that HPy_Dup makes, or do not close it";
            mistake(About::Handle, &headline, help);
        }
        // What is told is all.
        Taken::Nothing => _ = resolve(h, || "HPy_Close arg 1".to_owned()),
    }
}

/// # Safety
/// As of [`HPyType_FromSpec`].
pub unsafe extern "C-unwind" fn ctx_Type_FromSpec(
    ctx: &Context,
    spec: *const HPyType_Spec,
    params: *const HPyType_SpecParam,
) -> HPy {
    let mut call = Call::enter(ctx, &callees::HPyType_FromSpec);
    call.pointer(0, spec.is_null());
    let mut own = Vec::new();
    // SAFETY: the module's promise: parameters that end with the kind 0, or null.
    unsafe {
        let mut next = params;
        while let Some(param) = next.as_ref().filter(|param| param.kind != 0) {
            own.push(HPyType_SpecParam { kind: param.kind, object: call.object(1, param.object) });
            next = next.add(1);
        }
        own.push(HPyType_SpecParam::END);
        if call.fails(true) {
            return HPy_NULL;
        }
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
    unsafe { call_real(sig, func, args, &mut opened) }
}

/// # Safety
/// As of [`_HPy_New`].
pub unsafe extern "C-unwind" fn ctx_New(ctx: &Context, h_type: HPy, data: *mut *mut c_void) -> HPy {
    // SAFETY: the module's promise.
    unsafe { instance(Call::enter(ctx, &callees::_HPy_New), h_type, 1, data, |class| _HPy_New(native(), class, data)) }
}

/// # Safety
/// As of [`_HPy_NewVar`].
pub unsafe extern "C-unwind" fn ctx_NewVar(
    ctx: &Context,
    h_type: HPy,
    count: HPy_ssize_t,
    data: *mut *mut c_void,
) -> HPy {
    // SAFETY: the module's promise.
    unsafe {
        let call = Call::enter(ctx, &callees::_HPy_NewVar);
        instance(call, h_type, 2, data, |class| _HPy_NewVar(native(), class, count, data))
    }
}

/// An instance that `make` makes of the type, whose struct it writes to `data`, the parameter at `position`.
///
/// # Safety
/// The module promises what the function of `call` asks for, as far as it is not checked here.
unsafe fn instance(
    mut call: Call,
    h_type: HPy,
    position: usize,
    data: *mut *mut c_void,
    make: impl FnOnce(HPy) -> HPy,
) -> HPy {
    // SAFETY: the caller's promise.
    unsafe {
        let class = call.object(0, h_type);
        call.pointer(position, data.is_null());
        if call.fails(true) {
            clear(data, core::ptr::null_mut());
            return HPy_NULL;
        }
        let made = make(class);
        fields::forget(made);
        call.handle(made)
    }
}

/// The thread is out of the interpreter: there is nothing to check it with.
///
/// # Safety
/// As of [`_HPyThread_Ensure`].
pub unsafe extern "C-unwind" fn ctx_Thread_Ensure(_ctx: &Context, view: *mut HPyInterpreterView) -> *mut c_void {
    // SAFETY: the module's promise.
    let token = unsafe { _HPyThread_Ensure(native(), view) };
    if !token.is_null() {
        presence::enter();
    }
    token
}

/// The thread may be out of the interpreter.
///
/// # Safety
/// As of [`HPyInterpreterView_Close`].
pub unsafe extern "C-unwind" fn ctx_InterpreterView_Close(ctx: &Context, view: *mut HPyInterpreterView) {
    drop(presence::is_attached().then(|| Call::enter(ctx, &callees::HPyInterpreterView_Close)));
    // SAFETY: the module's promise.
    unsafe { HPyInterpreterView_Close(native(), view) }
}

/// # Safety
/// As of [`_HPyThread_Release`].
pub unsafe extern "C-unwind" fn ctx_Thread_Release(ctx: &Context, token: *mut c_void) {
    // The checks end before the thread leaves.
    drop(Call::enter(ctx, &callees::_HPyThread_Release));
    presence::exit();
    // SAFETY: the module's promise.
    unsafe { _HPyThread_Release(native(), token) }
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
        let mut call = Call::enter(ctx, &callees::HPyField_Store);
        let (object, value) = (call.object(0, target_object), call.object(2, h));
        call.pointer(1, target_field.is_null());
        if call.fails(false) {
            return;
        }
        let is_checked = fields::note(object, target_field, value);
        HPyField_Store(native(), object, target_field, value);
        if is_checked && !HPy_IsNull(value) {
            fields::check_stored(call.name(), object, target_field);
        }
    }
}

/// # Safety
/// As of [`HPyField_Load`].
pub unsafe extern "C-unwind" fn ctx_Field_Load(ctx: &Context, source_object: HPy, source_field: HPyField) -> HPy {
    // SAFETY: the module's promise.
    unsafe {
        let mut call = Call::enter(ctx, &callees::HPyField_Load);
        let object = call.object(0, source_object);
        if !call.fails(false) && !HPyField_IsNull(source_field) {
            fields::check_loaded(&mut call, object, &source_field);
        }
        if call.fails(false) {
            return HPy_NULL;
        }
        call.handle(HPyField_Load(native(), object, &source_field))
    }
}

/// # Safety
/// As of [`HPyGlobal_Store`].
pub unsafe extern "C-unwind" fn ctx_Global_Store(ctx: &Context, global: *const HPyGlobal, h: HPy) {
    // SAFETY: the module's promise.
    unsafe {
        let mut call = Call::enter(ctx, &callees::HPyGlobal_Store);
        call.pointer(0, global.is_null());
        let value = call.object(1, h);
        if !call.fails(false) {
            if !HPy_IsNull(value) {
                fields::check_global(call.name(), &*global);
            }
            HPyGlobal_Store(native(), &*global, value);
        }
    }
}

/// # Safety
/// As of [`HPy_ReenterPythonExecution`].
pub unsafe extern "C-unwind" fn ctx_ReenterPythonExecution(ctx: &Context, state: HPyThreadState) {
    let frame = Frame::current();
    // SAFETY: the module's promise.
    unsafe { presence::reenter(frame, state) };
    if presence::is_attached() {
        Call::enter(ctx, &callees::HPy_ReenterPythonExecution);
    }
}

/// # Safety
/// As of [`HPy_LeavePythonExecution`].
pub unsafe extern "C-unwind" fn ctx_LeavePythonExecution(ctx: &Context) -> HPyThreadState {
    let call = Call::enter(ctx, &callees::HPy_LeavePythonExecution);
    // SAFETY: the thread is in the interpreter.
    unsafe { presence::leave(call.frame, call.is_visit()) }
}

/// # Safety
/// As of [`HPy_CallMethod`].
pub unsafe extern "C-unwind" fn ctx_CallMethod(
    ctx: &Context,
    name: HPy,
    args: *const HPy,
    nargs: usize,
    kwnames: HPy,
) -> HPy {
    // SAFETY: the module's promise.
    unsafe {
        let mut call = Call::enter(ctx, &callees::HPy_CallMethod);
        let name = call.object(0, name);
        if nargs == 0 {
            let headline = "HPy_CallMethod arg 3 must not be 0".to_owned();
            call.refuse(About::Other, headline, "= help: `args[0]` is the object whose method is called");
        }
        let args = call.objects(1, args, nargs as HPy_ssize_t, length_of_names(kwnames));
        let kwnames = call.object(3, kwnames);
        if call.fails(true) {
            return HPy_NULL;
        }
        call.handle(HPy_CallMethod(native(), name, args, nargs, kwnames))
    }
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
        let mut call = Call::enter(ctx, &callees::HPyTracker_Add);
        call.object(1, h);
        if !call.fails(true) {
            tracked(&mut call, ht, |handles| handles.push(h));
        }
        if call.fails(true) { -1 } else { 0 }
    }
}

/// # Safety
/// As of [`HPyTracker_ForgetAll`].
pub unsafe extern "C-unwind" fn ctx_Tracker_ForgetAll(ctx: &Context, ht: HPyTracker) {
    tracked(&mut Call::enter(ctx, &callees::HPyTracker_ForgetAll), ht, Vec::clear);
}

/// # Safety
/// As of [`HPyTracker_Close`].
pub unsafe extern "C-unwind" fn ctx_Tracker_Close(ctx: &Context, ht: HPyTracker) {
    let mut call = Call::enter(ctx, &callees::HPyTracker_Close);
    if ht._i.is_null() {
        return;
    }
    let Some(handles) = tracked(&mut call, ht, core::mem::take) else { return };
    call.end(HPy { _i: ht._i.cast() });
    for h in handles {
        // SAFETY: the tracker owned the handle.
        unsafe { ctx_Close(ctx, h) };
    }
}

/// Does something to the handles of a tracker, which has to be open.
fn tracked<R>(call: &mut Call, ht: HPyTracker, act: impl FnOnce(&mut Vec<HPy>) -> R) -> Option<R> {
    let h = HPy { _i: ht._i.cast() };
    let found = match slots().find(h) {
        Some(Slot { state: State::Open, kind: Kind::Tracker, tracked, .. }) => return Some(act(tracked)),
        found => found.map(|slot| slot.history()),
    };
    let details = found.map_or_else(|| NO_HANDLE.to_owned(), |history| history.describe());
    let headline = format!("{}: Invalid usage of already closed tracker", call.name());
    call.refuse(About::Builder, headline, &format!("{details}\n{TRACKER_HELP}"));
    None
}

const TRACKER_HELP: &str = "= help: a tracker ends with HPyTracker_Close, and is not used after it";

/// The dictionary of the running interpreter's builtins, as a constant.
///
/// # Safety
/// The thread holds the interpreter.
pub unsafe extern "C" fn builtins() -> HPy {
    super::builtins(native().h_Builtins())
}

/// The struct of an instance of a type with the shape Opaque.
///
/// # Safety
/// As of `_HPy_AsStruct_Object`.
pub unsafe extern "C" fn struct_of(ctx: &HPyContext, h: HPy) -> *mut c_void {
    static OPAQUE: Callee =
        Callee { name: "_HPy_AsStruct_Opaque", parameters: &[Parameter { name: "h", takes_null: false, kind: None }] };
    // SAFETY: the context is one of debug mode, which begins as the native one. The object is alive.
    unsafe {
        let mut call = Call::enter(&*(&raw const *ctx).cast(), &OPAQUE);
        let object = call.object(0, h);
        call.has_shape(object, "HPyType_BuiltinShape_Opaque");
        if call.fails(false) { call.nowhere() } else { (HostTable::NATIVE.struct_of)(native(), object) }
    }
}
