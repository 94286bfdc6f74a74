// src/loader/context.rs: the loader's context, and the offsets of its members.
//
// The context of HPy 0.9.0 ends before the index 263; later ones are longer. Some, such as that of PyPy 7.3.19, have the type
// `dict` at 244 and all members behind it one place later. No version tells them apart, so this file reads the context itself.
// A context of this project's loader says so by a word, and has all members at HPy's indices.

use core::ptr;
use core::sync::atomic::{AtomicPtr, AtomicU8, AtomicUsize, Ordering};

use crate::*;

/// The context for trampolines, which CPython passes none.
#[cfg_attr(feature = "c-library", unsafe(export_name = "_HPy_context_of_trampolines"))]
static CONTEXT: AtomicPtr<HPyContext> = AtomicPtr::new(ptr::null_mut());

/// The number of places by which the members from the index 244 on are later.
#[cfg_attr(feature = "c-library", unsafe(export_name = "_HPy_context_shift"))]
static SHIFT: AtomicUsize = AtomicUsize::new(0);

/// The context for trampolines that call their implementation, where handles are the objects themselves; else null.
#[cfg_attr(feature = "c-library", unsafe(export_name = "_HPy_context_of_short_calls"))]
static SHORT: AtomicPtr<HPyContext> = AtomicPtr::new(ptr::null_mut());

/// The table of this project's loader; null for others.
#[cfg_attr(feature = "c-library", unsafe(export_name = "_HPy_host_table"))]
static HOST: AtomicPtr<HostTable> = AtomicPtr::new(ptr::null_mut());

/// The table, where handles are the objects themselves and the table has all functions that this module knows; else null.
static READER: AtomicPtr<HostTable> = AtomicPtr::new(ptr::null_mut());

/// The distance between an object and its struct, where the type has the shape `HPyType_BuiltinShape_Object`; 0 where a call of
/// the context tells.
#[cfg_attr(feature = "c-library", unsafe(export_name = "_HPy_struct_offset"))]
static STRUCT_OFFSET: AtomicUsize = AtomicUsize::new(0);

/// Whether the loader has the members from the index 263 on.
static LATER: AtomicU8 = AtomicU8::new(UNKNOWN);

const UNKNOWN: u8 = 0;
const ABSENT: u8 = 1;
const PRESENT: u8 = 2;

/// The version whose context ends early; no release has the later members.
const WITHOUT_LATER: &[u8] = b"0.9.0";

/// The context for trampolines.
#[inline(always)]
pub(crate) fn context() -> *const HPyContext {
    CONTEXT.load(Ordering::Relaxed)
}

/// Stores the context: loaders call this before anything else.
///
/// # Safety
/// `ctx` is a loader's context, which lives as long as the process.
#[doc(hidden)]
pub unsafe fn enter(ctx: *mut HPyContext) {
    CONTEXT.store(ctx, Ordering::Relaxed);
    let (mut short, mut host, mut moved) = (ptr::null_mut(), ptr::null_mut(), false);
    // SAFETY: the caller's promise; every context is longer than its fixed members, and one with the mark ends with the table.
    unsafe {
        match mark(ctx) {
            Some(flags) => {
                host = *full(ctx).add(1).cast();
                short = if flags & HPy_HOST_SHORT != 0 { ctx } else { ptr::null_mut() };
            }
            None => moved = has_dict_at_244(ctx),
        }
    }
    SHORT.store(short, Ordering::Relaxed);
    HOST.store(host, Ordering::Relaxed);
    // SAFETY: null, or a table that lives as long as the process.
    let reader = unsafe { host.as_ref() }.filter(|host| !short.is_null() && host.size >= size_of::<HostTable>());
    // SAFETY: the table has the function, which takes any shape.
    let offset = reader.map_or(0, |host| unsafe { (host.struct_offset)(HPyType_BuiltinShape_Object) });
    STRUCT_OFFSET.store(offset as usize, Ordering::Relaxed);
    READER.store(reader.map_or(ptr::null_mut(), |_| host), Ordering::Relaxed);
    // SAFETY: a table of the loader that is this crate's, or a newer one.
    let extras = unsafe { host.as_ref() }.filter(|host| host.size > offset_of!(HostTable, extras));
    // SAFETY: the table has the function.
    super::extras::enter(extras.map_or(ptr::null(), |host| unsafe { (host.extras)() }));
    SHIFT.store(usize::from(moved), Ordering::Relaxed);
    if moved || !host.is_null() {
        LATER.store(PRESENT, Ordering::Relaxed);
    }
}

/// The flags of the mark, if the context is one of this project's loader. Where a word has 32 bits, none is.
///
/// # Safety
/// `ctx` is the context that the loader passes.
unsafe fn mark(ctx: *const HPyContext) -> Option<u32> {
    #[cfg(target_pointer_width = "64")]
    // SAFETY: the caller's promise; the word is behind the version in every context, where other loaders have no member.
    let word = unsafe { (*ctx).mark };
    #[cfg(not(target_pointer_width = "64"))]
    let (word, _) = (0, ctx);
    (word & !HPy_HOST_FLAGS == HPy_HOST_MARK).then_some(word & HPy_HOST_FLAGS)
}

/// The context for a call without packed arguments, if handles are the objects themselves.
#[inline(always)]
pub(crate) fn short() -> Option<&'static HPyContext> {
    // SAFETY: null, or a context that lives as long as the process.
    unsafe { SHORT.load(Ordering::Relaxed).as_ref() }
}

/// The table of this project's loader, if it has loaded the module.
#[inline(always)]
pub(crate) fn host() -> Option<&'static HostTable> {
    // SAFETY: null, or a table that lives as long as the process.
    unsafe { HOST.load(Ordering::Relaxed).as_ref() }
}

/// The table for reading objects in place, where handles are the objects themselves.
#[inline(always)]
pub(crate) fn reader() -> Option<&'static HostTable> {
    // SAFETY: null, or a table that lives as long as the process.
    unsafe { READER.load(Ordering::Relaxed).as_ref() }
}

/// The distance between an object and its struct, where the type has the shape `HPyType_BuiltinShape_Object`, if the loader has
/// told it.
#[inline(always)]
pub(crate) fn struct_offset() -> Option<usize> {
    Some(STRUCT_OFFSET.load(Ordering::Relaxed)).filter(|&offset| offset != 0)
}

/// Whether the member at 244 is a handle, that of `dict`. A heuristic, tried on HPy 0.9.0 and PyPy 7.3.19: the word's value is
/// nearer to the handle of another builtin type than to the next member, which is a function in either layout.
///
/// # Safety
/// `ctx` is the context that the loader passes.
unsafe fn has_dict_at_244(ctx: *const HPyContext) -> bool {
    // SAFETY: the caller's promise.
    unsafe {
        let full = full(ctx);
        let first = (&raw const (*full).ctx_Capsule_New).cast::<usize>();
        let (word, next) = (*first, *first.add(1));
        let of_type = (*ctx).h_SliceType._i as usize;
        word.abs_diff(of_type) < word.abs_diff(next)
    }
}

/// The context with the members that may be moved or missing.
#[inline(always)]
pub(crate) fn full(ctx: *const HPyContext) -> *const FullContext {
    // The loader's object is larger than the type of the reference, which has only the fixed members.
    ptr::with_exposed_provenance(ctx as usize)
}

/// Reads a member that is one place later in some contexts.
///
/// # Safety
/// The member is one of the indices 244 to 262.
#[inline(always)]
pub(crate) unsafe fn read_moved<F: Copy>(member: *const F) -> F {
    const { assert!(size_of::<F>() == size_of::<usize>()) }
    // SAFETY: the caller's promise; the next place is that of another member.
    unsafe { *member.add(SHIFT.load(Ordering::Relaxed)) }
}

macro_rules! moved {
    ($ctx:expr, $member:ident) => {
        loader::context::read_moved(&raw const (*loader::context::full($ctx)).$member)
    };
}
pub(crate) use moved;

macro_rules! later {
    ($ctx:expr, $member:ident) => {
        match loader::context::has_later($ctx) {
            true => Some((*loader::context::full($ctx)).$member),
            false => None,
        }
    };
}
pub(crate) use later;

/// Whether the loader has the members from the index 263 on.
///
/// # Safety
/// `ctx` is the context of a running call.
#[inline]
pub(crate) unsafe fn has_later(ctx: &HPyContext) -> bool {
    match LATER.load(Ordering::Relaxed) {
        // SAFETY: the caller's promise: the context of a running call.
        UNKNOWN => unsafe { ask(ctx) },
        known => known == PRESENT,
    }
}

/// Reads the version of the loader, which is a module.
///
/// # Safety
/// `ctx` is the context of a running call.
#[cold]
unsafe fn ask(ctx: &HPyContext) -> bool {
    // SAFETY: the caller's promise; this function closes the handles that it opens.
    unsafe {
        let loader = HPyImport_ImportModule(ctx, c"hpy.universal".as_ptr());
        let versions = match HPy_IsNull(loader) {
            true => HPy_NULL,
            false => HPy_CallMethodTupleDict_s(ctx, c"get_version".as_ptr(), loader, HPy_NULL, HPy_NULL),
        };
        let version = if HPy_IsNull(versions) { HPy_NULL } else { HPy_GetItem_i(ctx, versions, 0) };
        let mut length = 0;
        let text = match HPy_IsNull(version) {
            true => ptr::null(),
            false => HPyUnicode_AsUTF8AndSize(ctx, version, &mut length),
        };
        let is_early =
            text.is_null() || core::slice::from_raw_parts(text.cast::<u8>(), length as usize) == WITHOUT_LATER;
        if text.is_null() {
            HPyErr_Clear(ctx);
        }
        for h in [version, versions, loader] {
            HPy_Close(ctx, h);
        }
        LATER.store(if is_early { ABSENT } else { PRESENT }, Ordering::Relaxed);
        !is_early
    }
}

impl HPyContext {
    /// The type `dict`: mappings of hashable keys to values.
    ///
    /// Where a loader's context lacks it, it is looked up among the builtins.
    ///
    /// Source: HPy context index 263.
    pub fn h_DictType(&self) -> HPy {
        static FOUND: AtomicPtr<cpy_PyObject> = AtomicPtr::new(ptr::null_mut());
        // SAFETY: a caller with a context holds the interpreter. A context with the type has it at 263 or at 244.
        unsafe {
            let full = full(self);
            match SHIFT.load(Ordering::Relaxed) {
                0 if has_later(self) => return (*full).h_DictType,
                0 => {}
                _ => return *(&raw const (*full).ctx_Capsule_New).cast::<HPy>(),
            }
            let found = FOUND.load(Ordering::Relaxed);
            if !found.is_null() {
                return HPy { _i: found };
            }
            // The type lives as long as the process, so its handle is never closed.
            let ty = HPy_GetItem_s(self, self.h_Builtins(), c"dict".as_ptr());
            FOUND.store(ty._i, Ordering::Relaxed);
            ty
        }
    }
}
