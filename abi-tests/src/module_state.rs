// abi-tests/src/module_state.rs: a module with state: a number, an object, and memory of its own; and classes that find it.

use core::sync::atomic::{AtomicI32, Ordering};

use crate::support::{Give, or_null};
use hpy_sys::*;

#[repr(C)]
struct State {
    count: i64,
    kept: HPyField,
    memory: Option<Box<[u8; 100]>>,
}

static DESTROYED: AtomicI32 = AtomicI32::new(0);

unsafe fn state<'a>(state: *mut c_void) -> Option<&'a mut State> {
    state.cast::<State>().as_mut()
}

/// Counts one more.
unsafe fn next(ctx: &HPyContext, data: *mut c_void) -> HPy {
    match state(data) {
        Some(state) => {
            state.count += 1;
            state.count.give(ctx)
        }
        None if HPyErr_Occurred(ctx) != 0 => HPy_NULL,
        None => HPy_Dup(ctx, ctx.h_None),
    }
}

HPyDef_SLOT!(traverse, HPy_mod_traverse, |data, visit, arg| unsafe {
    HPy_VISIT!(visit, arg, &mut (*data.cast::<State>()).kept);
    0
});
HPyDef_SLOT!(destroy, HPy_mod_destroy, |data| unsafe {
    drop((*data.cast::<State>()).memory.take());
    DESTROYED.fetch_add(1, Ordering::Relaxed);
});

HPyDef_METH!(next_of_function, "next", HPyFunc_NOARGS, |ctx, module| unsafe {
    next(ctx, HPyModule_GetState(ctx, module))
});
HPyDef_METH!(keep, "keep", HPyFunc_O, |ctx, module, value| unsafe {
    let Some(state) = state(HPyModule_GetState(ctx, module)) else { return HPy_NULL };
    HPyField_Store(ctx, module, &mut state.kept, value);
    HPy_Dup(ctx, ctx.h_None)
});
HPyDef_METH!(kept, "kept", HPyFunc_NOARGS, |ctx, module| unsafe {
    let Some(state) = state(HPyModule_GetState(ctx, module)) else { return HPy_NULL };
    match HPyField_IsNull(state.kept) {
        true => HPy_Dup(ctx, ctx.h_None),
        false => HPyField_Load(ctx, module, &state.kept),
    }
});
HPyDef_METH!(destroyed, "destroyed", HPyFunc_NOARGS, |ctx, _module| unsafe {
    DESTROYED.load(Ordering::Relaxed).give(ctx)
});
HPyDef_METH!(state_of, "state_of", HPyFunc_O, |ctx, _module, other| unsafe {
    let data = HPyModule_GetState(ctx, other);
    if data.is_null() && HPyErr_Occurred(ctx) != 0 { HPy_NULL } else { HPyBool_FromBool(ctx, !data.is_null()) }
});

// Of the classes.
HPyDef_METH!(next_of_method, "next", HPyFunc_NOARGS, |ctx, self_| unsafe {
    next(ctx, HPy_GetModuleState(ctx, self_, &STATE))
});
HPyDef_SLOT!(next_of_slot, HPy_nb_index, |ctx, self_| unsafe { next(ctx, HPy_GetModuleState(ctx, self_, &STATE)) });
HPyDef_GET!(module_of_instance, "module", |ctx, self_, _closure| unsafe {
    let class = HPy_Type(ctx, self_);
    let module = HPyType_GetModuleByDef(ctx, class, &STATE);
    HPy_Close(ctx, class);
    module
});
HPyDef_METH!(module_of, "module_of", HPyFunc_O, |ctx, _module, class| unsafe {
    HPyType_GetModuleByDef(ctx, class, &STATE)
});
HPyDef_METH!(own_module, "own_module", HPyFunc_O, |ctx, _module, class| unsafe { HPyType_GetModule(ctx, class) });
HPyDef_METH!(next_of_class, "next_of_class", HPyFunc_O, |ctx, _module, class| unsafe {
    next(ctx, HPyType_GetModuleState(ctx, class))
});

static CLASS: HPyType_Spec = HPyType_Spec!(
    name = "hpy_abi_tests.module_state.Class",
    flags = HPy_TPFLAGS_DEFAULT | HPy_TPFLAGS_BASETYPE,
    defines = [next_of_method, next_of_slot, module_of_instance],
);

/// A class with these parameters beside the end.
unsafe fn class(ctx: &HPyContext, first: HPyType_SpecParam, second: HPyType_SpecParam) -> HPy {
    HPyType_FromSpec(ctx, &CLASS, [first, second, HPyType_SpecParam::END].as_ptr())
}

fn param(kind: HPyType_SpecParam_Kind, object: HPy) -> HPyType_SpecParam {
    HPyType_SpecParam { kind, object }
}

HPyDef_METH!(class_of, "class_of", HPyFunc_VARARGS, |ctx, module, args, nargs| unsafe {
    let module = match nargs {
        0 => module,
        _ => or_null(ctx, *args),
    };
    class(ctx, param(HPyType_SpecParam_Module, module), HPyType_SpecParam::END)
});
HPyDef_METH!(class_with_metaclass, "class_with_metaclass", HPyFunc_O, |ctx, module, metaclass| unsafe {
    class(ctx, param(HPyType_SpecParam_Module, module), param(HPyType_SpecParam_Metaclass, metaclass))
});
HPyDef_METH!(class_twice, "class_twice", HPyFunc_NOARGS, |ctx, module| unsafe {
    class(ctx, param(HPyType_SpecParam_Module, module), param(HPyType_SpecParam_Module, module))
});
HPyDef_METH!(class_without, "class_without", HPyFunc_NOARGS, |ctx, _module| unsafe {
    class(ctx, HPyType_SpecParam::END, HPyType_SpecParam::END)
});

unsafe fn fill(ctx: &HPyContext, module: HPy) -> Option<&'static mut State> {
    let state = state(HPyModule_GetState(ctx, module))?;
    assert!(state.count == 0 && HPyField_IsNull(state.kept) && state.memory.is_none(), "it begins zeroed");
    state.memory = Some(Box::new([1; 100]));
    Some(state)
}

HPyDef_SLOT!(exec, HPy_mod_exec, |ctx, module| unsafe {
    if fill(ctx, module).is_none() {
        return -1;
    }
    let class = class(ctx, param(HPyType_SpecParam_Module, module), HPyType_SpecParam::END);
    let result = HPyModule_AddObjectRef(ctx, module, c"Class".as_ptr(), class);
    HPy_Close(ctx, class);
    result
});

static STATE: HPyModuleDef = HPyModuleDef!(
    size = size_of::<State>() as HPy_ssize_t,
    defines = [
        traverse,
        destroy,
        exec,
        next_of_function,
        keep,
        kept,
        destroyed,
        state_of,
        module_of,
        own_module,
        next_of_class,
        class_of,
        class_with_metaclass,
        class_twice,
        class_without,
    ],
);
HPy_MODINIT!(module_state, STATE);

// The execution fails when the state is filled.
HPyDef_SLOT!(exec_fails, HPy_mod_exec, |ctx, module| unsafe {
    let Some(state) = fill(ctx, module) else { return -1 };
    HPyField_Store(ctx, module, &mut state.kept, module);
    HPyErr_SetString(ctx, ctx.h_KeyError, c"no exec".as_ptr());
    -1
});
static FAILS: HPyModuleDef =
    HPyModuleDef!(size = size_of::<State>() as HPy_ssize_t, defines = [traverse, destroy, exec_fails]);
HPy_MODINIT!(module_state_fails, FAILS);

static OTHER: HPyModuleDef = HPyModuleDef!(size = 1);
HPy_MODINIT!(module_state_other, OTHER);

// What is refused.
static NO_SIZE: HPyModuleDef = HPyModuleDef!(defines = [destroy]);
HPy_MODINIT!(module_state_no_size, NO_SIZE);
static TWO_TRAVERSES: HPyModuleDef = HPyModuleDef!(size = 24, defines = [traverse, traverse]);
HPy_MODINIT!(module_state_two_traverses, TWO_TRAVERSES);
static TWO_DESTROYS: HPyModuleDef = HPyModuleDef!(size = 24, defines = [destroy, destroy]);
HPy_MODINIT!(module_state_two_destroys, TWO_DESTROYS);
HPyDef_SLOT!(create, HPy_mod_create, |ctx, spec| unsafe { HPy_Dup(ctx, spec) });
static CREATE: HPyModuleDef = HPyModuleDef!(size = 24, defines = [create]);
HPy_MODINIT!(module_state_create, CREATE);
