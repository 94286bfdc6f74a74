// src/loader/members.rs: HPyType_FromSpec, which passes loaders of others writable copies of some definitions.
//
// HPy 0.9.0 keeps the address of the definition of an object member, and adds the size of the object's head to its offset.
// The definition may be read-only, and each further type of the same spec would add the size again. So each type gets its own
// copies. They are never freed, since loaders do not report the end of a type.

use core::ptr;

use super::memory;
use crate::*;

#[doc = table_doc!("HPyType_FromSpec")]
pub unsafe fn HPyType_FromSpec(ctx: &HPyContext, spec: *const HPyType_Spec, params: *const HPyType_SpecParam) -> HPy {
    // SAFETY: the caller's promise: a spec, whose list of definitions ends with null, or is none.
    unsafe {
        // This project's loader takes it as it is, and its debug mode one that is null.
        let is_host = super::context::host().is_some();
        if !is_host && names_module(params) {
            return super::extras::missing(ctx, c"HPyType_FromSpec with HPyType_SpecParam_Module");
        }
        const FLAGS: c_ulong =
            HPy_TPFLAGS_MANAGED_DICT | HPy_TPFLAGS_MANAGED_WEAKREF | HPy_TPFLAGS_DISALLOW_INSTANTIATION;
        if !is_host && (*spec).flags & FLAGS != 0 {
            return super::extras::missing(ctx, c"HPyType_FromSpec with a flag that HPy 0.9 lacks");
        }
        let (all, objects) = if is_host { (0, 0) } else { count((*spec).defines) };
        if objects == 0 {
            return (ctx.ctx_Type_FromSpec)(ctx, spec, params);
        }
        let size = (all + 1) * size_of::<*const HPyDef>();
        let (Some(list), Some(copies)) = (memory::allocate(size), memory::allocate(objects * size_of::<HPyDef>()))
        else {
            return HPyErr_NoMemory(ctx);
        };
        copy((*spec).defines, list.as_ptr().cast(), copies.as_ptr().cast());
        let spec = HPyType_Spec { defines: list.as_ptr().cast(), ..ptr::read(spec) };
        let made = (ctx.ctx_Type_FromSpec)(ctx, &spec, params);
        // Loaders keep the addresses of definitions, but not the list.
        memory::free(list);
        made
    }
}

/// Whether a type is made with its module.
///
/// # Safety
/// `params` is null, or a list that ends with the kind 0.
unsafe fn names_module(params: *const HPyType_SpecParam) -> bool {
    let mut next = params;
    // SAFETY: the caller's promise.
    unsafe {
        while let Some(param) = next.as_ref().filter(|param| param.kind != 0) {
            if param.kind == HPyType_SpecParam_Module {
                return true;
            }
            next = next.add(1);
        }
    }
    false
}

/// The number of definitions, and of object members among them.
///
/// # Safety
/// `defines` is null, or a list that ends with null.
unsafe fn count(defines: *const *const HPyDef) -> (usize, usize) {
    let (mut all, mut objects) = (0, 0);
    // SAFETY: the caller's promise.
    unsafe {
        while let Some(definition) = defines.as_ref().and_then(|_| (*defines.add(all)).as_ref()) {
            all += 1;
            objects += usize::from(is_object(definition));
        }
    }
    (all, objects)
}

/// Fills `list` with the definitions and a null, and `copies` with copies of the object members.
///
/// # Safety
/// `defines` is a list that ends with null, and `list` and `copies` have room for what [`count`] has counted.
unsafe fn copy(defines: *const *const HPyDef, list: *mut *const HPyDef, mut copies: *mut HPyDef) {
    let mut index = 0;
    // SAFETY: the caller's promise: room for the numbers of `count`.
    unsafe {
        while let Some(definition) = (*defines.add(index)).as_ref() {
            if is_object(definition) {
                copies.write(HPyDef { kind: definition.kind, of: definition.of });
                list.add(index).write(copies);
                copies = copies.add(1);
            } else {
                list.add(index).write(definition);
            }
            index += 1;
        }
        list.add(index).write(ptr::null());
    }
}

fn is_object(definition: &HPyDef) -> bool {
    // SAFETY: the kind tells the union's member.
    definition.kind == HPyDef_Kind_Member
        && matches!(unsafe { definition.of.member }.type_, HPyMember_OBJECT | HPyMember_OBJECT_EX)
}
