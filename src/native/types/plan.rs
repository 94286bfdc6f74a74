// src/native/types/plan.rs: every decision about a new type, made before CPython makes it.

use super::bases::Bases;
use super::contents::{Contents, MANAGED};
use super::items::ITEMS_AT_END;
use super::operation::Type;
use super::place::Place;
use super::python_class;
use super::record::TypeInfo;
use crate::native::raise::{Result, type_error};
use crate::*;

/// A checked spec, and the decisions about it.
pub(super) struct Plan<'a> {
    pub spec: &'a HPyType_Spec,
    pub contents: Contents,
    pub bases: Bases,
    /// The metaclass that the type gets.
    pub metaclass: Type,
    pub place: Place,
    pub flags: c_ulong,
    /// Whether the type has the runtime's `tp_traverse`, and its `tp_clear`.
    pub traverses: bool,
    pub clears: bool,
}

impl<'a> Plan<'a> {
    /// Plans a type with these bases and this metaclass.
    ///
    /// # Safety
    /// A valid description, its contents, and the caller holds the interpreter.
    pub(super) unsafe fn new(
        spec: &'a HPyType_Spec,
        contents: Contents,
        bases: Bases,
        metaclass: Type,
    ) -> Result<Plan<'a>> {
        // SAFETY: the caller's promise.
        unsafe {
            python_class::learn()?;
            let place = Place::find(spec, &contents, &bases)?;
            if place.dict != 0 && contents.legacy_dealloc {
                return Err(type_error(c"a type with a legacy tp_dealloc cannot have a further base with a __dict__"));
            }
            let mut plan =
                Plan { spec, contents, bases, metaclass, place, flags: spec.flags, traverses: false, clears: false };
            plan.decide_flags();
            plan.decide_collection();
            plan.decide_subclasses();
            plan.decide_vectorcall();
            Ok(plan)
        }
    }

    /// CPython gets its own flags alone, and only those that it has.
    fn decide_flags(&mut self) {
        self.flags = self.flags & !MANAGED | self.place.managed;
        if !cfg!(cpython_disallow_instantiation_flag) {
            self.flags &= !HPy_TPFLAGS_DISALLOW_INSTANTIATION;
        }
        if cfg!(cpython_items_at_end_flag) && self.place.has_items {
            self.flags |= ITEMS_AT_END;
        }
    }

    /// A type below a garbage-collected one is collected, by the runtime's functions. An author's own deallocator goes with the
    /// functions of the base, which CPython inherits together.
    ///
    /// # Safety
    /// The bases of the plan are types.
    unsafe fn decide_collection(&mut self) {
        let Contents { traverse, legacy_dealloc, legacy_traverse, legacy_clear, .. } = self.contents;
        // SAFETY: the bases are types.
        let of_bases = self.bases.each().any(|base| unsafe { ffi::PyType_IS_GC(base) } != 0);
        let is_inherited = traverse.is_none() && legacy_dealloc;
        let is_managed = self.spec.flags & MANAGED != 0;
        if (of_bases || self.place.dict != 0 || is_managed) && !legacy_traverse && !is_inherited {
            self.flags |= HPy_TPFLAGS_HAVE_GC;
        }
        let is_collected = self.flags & HPy_TPFLAGS_HAVE_GC != 0;
        // A Python class below may be collected where this type is not, and CPython inherits `tp_traverse` only with the flag.
        // SAFETY: a type.
        let has_visited = unsafe { (*self.bases.best).tp_traverse.is_some() };
        self.traverses = (is_collected || traverse.is_some() || has_visited) && !legacy_traverse && !is_inherited;
        self.clears = self.traverses && !legacy_clear;
    }

    /// Before CPython 3.12 a Python class finds its dictionary behind the items, whose number would overlap the struct: so the
    /// type is final.
    ///
    /// # Safety
    /// The bases of the plan are types.
    unsafe fn decide_subclasses(&mut self) {
        let finds_dict_behind_items = !cfg!(any(cpython_managed_dict_is_private, cpython_managed_dict_is_public));
        // SAFETY: a type.
        let has_count = unsafe { (*self.bases.best).tp_itemsize } != 0;
        let is_legacy = self.spec.builtin_shape == HPyType_BuiltinShape_Legacy;
        if finds_dict_behind_items && self.spec.itemsize != 0 && !has_count && !is_legacy && !self.place.has_items {
            self.flags &= !HPy_TPFLAGS_BASETYPE;
        }
    }

    /// The runtime sets the vectorcall flag, not the author: on types whose instances have a call word.
    ///
    /// # Safety
    /// The bases of the plan are types.
    unsafe fn decide_vectorcall(&mut self) {
        if self.contents.vectorcall_offset.is_some() {
            return;
        }
        // SAFETY: a type.
        let is_inherited = unsafe { ffi::PyType_HasFeature(self.bases.best, HPy_TPFLAGS_HAVE_VECTORCALL) } != 0;
        self.flags &= !HPy_TPFLAGS_HAVE_VECTORCALL;
        let is_called = self.contents.call.is_some() || (self.place.has_own_call && is_inherited);
        if is_called && self.place.call != 0 {
            self.flags |= HPy_TPFLAGS_HAVE_VECTORCALL;
        }
    }

    /// Whether the runtime adds the member `__vectorcalloffset__`.
    pub(super) fn says_vectorcall_offset(&self) -> bool {
        self.flags & HPy_TPFLAGS_HAVE_VECTORCALL != 0 && self.contents.vectorcall_offset.is_none()
    }

    /// The record of the type, without the facts that only the finished type shows.
    pub(super) fn record(&self) -> TypeInfo {
        let contents = &self.contents;
        let mut info = TypeInfo::new(self.spec.builtin_shape, self.place.payload);
        info.end = self.place.end;
        info.call_offset = self.place.call;
        let mut set = |condition, fact| info.facts |= if condition { fact } else { 0 };
        set(self.traverses, TypeInfo::TRAVERSES);
        set(self.clears, TypeInfo::CLEARS);
        set(!contents.legacy_dealloc, TypeInfo::DEALLOCATES);
        set(self.place.has_items, TypeInfo::HAS_ITEMS);
        // SAFETY: the definitions of these slots have functions of these types.
        unsafe {
            info.traverse = core::mem::transmute::<HPyCFunction, Option<_>>(contents.traverse);
            info.destroy = core::mem::transmute::<HPyCFunction, Option<_>>(contents.destroy);
            info.call = core::mem::transmute::<HPyCFunction, cpy_vectorcallfunc>(contents.call);
            info.unlimited_call = core::mem::transmute::<HPyCFunction, cpy_vectorcallfunc>(contents.unlimited_call);
            info.context = contents.context;
            info.new = contents.new;
            info.init = core::mem::transmute::<HPyCFunction, Option<_>>(contents.init);
        }
        info
    }
}
