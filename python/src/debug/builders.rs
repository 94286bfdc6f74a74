// python/src/debug/builders.rs: builders of `bytes` and `str` in debug mode, which their memory tells from each other.
//
// A builder is a struct of the author's. Its memory begins with the first call that grows it, and ends with Build or Cancel: then a
// copy of the struct has memory that no open builder has.

use hpy_sys::host::{Growing, Memory};
use hpy_sys::*;

use super::call::{BUILDER_HELP, Call, Callee};
use super::report::About;
use super::slots::{Kind, Slot, State, slots};
use crate::context::debug as callees;
use crate::context::{Context, native};

/// A struct that modules build in.
trait Followed: Growing {
    const KIND: Kind;
}

impl Followed for HPyBytesBuilder {
    const KIND: Kind = Kind::BytesBuilder;
}

impl Followed for HPyStrBuilder {
    const KIND: Kind = Kind::StrBuilder;
}

/// A call that a builder is an argument of.
struct Building {
    call: Call,
    /// The handle of the builder's memory, if it has any.
    known: Option<HPy>,
}

impl Building {
    /// Tells if the builder is a copy of one that has ended or grown since.
    ///
    /// # Safety
    /// `builder` is the address of a builder, or null.
    unsafe fn enter<B: Followed>(ctx: &Context, callee: &'static Callee, builder: *const B) -> Building {
        let mut call = Call::enter(ctx, callee);
        call.pointer(0, builder.is_null());
        // SAFETY: the caller's promise.
        let memory = unsafe { builder.as_ref() }.and_then(B::memory);
        let known = memory.and_then(|memory| owner(&mut call, B::KIND, memory));
        Building { call, known }
    }

    /// Ends the builder before its memory is freed, since another thread may be given that at once. True if it is not to be
    /// built or cancelled: then an exception is set, if the function `raises` any.
    ///
    /// # Safety
    /// `builder` is the address of a builder, or null.
    unsafe fn end<B: Growing>(&mut self, builder: *mut B, raises: bool) -> bool {
        if let Some(known) = self.known.take() {
            self.call.end(known);
        }
        let fails = self.call.fails(raises);
        if fails && !builder.is_null() {
            // SAFETY: the caller's promise. It has nothing of its own.
            unsafe { builder.write(B::EMPTY) };
        }
        fails
    }

    /// Follows the builder to the memory that it has after the call.
    ///
    /// # Safety
    /// `builder` is the address of a builder.
    unsafe fn follow<B: Followed>(self, builder: *const B) {
        // SAFETY: the caller's promise.
        let memory = unsafe { (*builder).memory() };
        match (self.known, memory) {
            (None, None) => {}
            // Without memory for more, CPython has freed it.
            (Some(known), None) => self.call.end(known),
            (known, Some(memory)) => {
                let origin = self.call.origin();
                let mut slots = slots();
                let known = known.unwrap_or_else(|| slots.open(B::KIND, HPy_NULL, origin));
                let is_same = slots.find(known).is_some_and(|slot| slot.memory.last() == Some(&memory));
                if !is_same {
                    slots.moves(known, memory);
                }
            }
        }
    }
}

/// The handle of the open builder that has the memory. Tells if there is none.
fn owner(call: &mut Call, kind: Kind, memory: Memory) -> Option<HPy> {
    let (headline, found, help) = {
        let mut slots = slots();
        let builder = slots.builder_of(memory.start);
        match builder.and_then(|builder| slots.find(builder)) {
            Some(slot) if is_owner(slot, kind, memory) => return builder,
            None => (ENDED, UNKNOWN.to_owned(), BUILDER_HELP),
            Some(slot) if slot.state == State::Open && !slot.memory.contains(&memory) => {
                (ENDED, REUSED.to_owned(), BUILDER_HELP)
            }
            Some(slot) => {
                let is_open = slot.state == State::Open;
                let (headline, help) = if is_open { (GROWN, GROWN_HELP) } else { (ENDED, BUILDER_HELP) };
                let history = slot.history();
                drop(slots);
                (headline, history.describe(), help)
            }
        }
    };
    let details = format!("{} arg 1: {found}\n{help}", call.name());
    call.refuse(About::Builder, headline.to_owned(), &details);
    None
}

fn is_owner(slot: &Slot, kind: Kind, memory: Memory) -> bool {
    slot.state == State::Open && slot.kind == kind && slot.memory.last() == Some(&memory)
}

const ENDED: &str = "Invalid usage of already closed builder";
const GROWN: &str = "Invalid usage of a copy of a builder that has grown since";
const UNKNOWN: &str = "its memory is none that this context gave, or was freed long ago\n= help: begin each builder with \
                       HPyBytesBuilder_New or HPyStrBuilder_New";
const REUSED: &str = "another builder has its memory now";
const GROWN_HELP: &str = "= help: pass the address of the builder itself, and do not copy the struct: its memory may move \
                          with each call";

/// # Safety
/// As of [`HPyBytesBuilder_Grow`].
pub unsafe extern "C-unwind" fn ctx_BytesBuilder_Grow(
    ctx: &Context,
    builder: *mut HPyBytesBuilder,
    more: HPy_ssize_t,
) -> c_int {
    // SAFETY: the module's promise.
    unsafe { grow(ctx, &callees::HPyBytesBuilder_Grow, builder, || HPyBytesBuilder_Grow(native(), builder, more)) }
}

/// # Safety
/// As of [`HPyBytesBuilder_Build`].
pub unsafe extern "C-unwind" fn ctx_BytesBuilder_Build(ctx: &Context, builder: *mut HPyBytesBuilder) -> HPy {
    // SAFETY: the module's promise.
    unsafe { build(ctx, &callees::HPyBytesBuilder_Build, builder, || HPyBytesBuilder_Build(native(), builder)) }
}

/// # Safety
/// As of [`HPyBytesBuilder_Cancel`].
pub unsafe extern "C-unwind" fn ctx_BytesBuilder_Cancel(ctx: &Context, builder: *mut HPyBytesBuilder) {
    // SAFETY: the module's promise.
    unsafe { cancel(ctx, &callees::HPyBytesBuilder_Cancel, builder, || HPyBytesBuilder_Cancel(native(), builder)) }
}

/// # Safety
/// As of [`HPyStrBuilder_Grow`].
pub unsafe extern "C-unwind" fn ctx_StrBuilder_Grow(
    ctx: &Context,
    builder: *mut HPyStrBuilder,
    more: HPy_ssize_t,
    maxchar: HPy_UCS4,
) -> c_int {
    // SAFETY: the module's promise.
    unsafe { grow(ctx, &callees::HPyStrBuilder_Grow, builder, || HPyStrBuilder_Grow(native(), builder, more, maxchar)) }
}

/// # Safety
/// As of [`HPyStrBuilder_WriteSubstring`].
pub unsafe extern "C-unwind" fn ctx_StrBuilder_WriteSubstring(
    ctx: &Context,
    builder: *mut HPyStrBuilder,
    str: HPy,
    start: HPy_ssize_t,
    end: HPy_ssize_t,
) -> c_int {
    // SAFETY: the module's promise.
    unsafe {
        let mut building = Building::enter(ctx, &callees::HPyStrBuilder_WriteSubstring, builder);
        let text = building.call.object(1, str);
        if building.call.fails(true) {
            return -1;
        }
        let result = HPyStrBuilder_WriteSubstring(native(), builder, text, start, end);
        building.follow(builder);
        result
    }
}

/// # Safety
/// As of [`HPyStrBuilder_Build`].
pub unsafe extern "C-unwind" fn ctx_StrBuilder_Build(ctx: &Context, builder: *mut HPyStrBuilder) -> HPy {
    // SAFETY: the module's promise.
    unsafe { build(ctx, &callees::HPyStrBuilder_Build, builder, || HPyStrBuilder_Build(native(), builder)) }
}

/// # Safety
/// As of [`HPyStrBuilder_Cancel`].
pub unsafe extern "C-unwind" fn ctx_StrBuilder_Cancel(ctx: &Context, builder: *mut HPyStrBuilder) {
    // SAFETY: the module's promise.
    unsafe { cancel(ctx, &callees::HPyStrBuilder_Cancel, builder, || HPyStrBuilder_Cancel(native(), builder)) }
}

/// # Safety
/// The module promises what `run` asks for, as far as it is not checked here.
unsafe fn grow<B: Followed>(
    ctx: &Context,
    callee: &'static Callee,
    builder: *mut B,
    run: impl FnOnce() -> c_int,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        let building = Building::enter(ctx, callee, builder);
        if building.call.fails(true) {
            return -1;
        }
        let result = run();
        building.follow(builder);
        result
    }
}

/// # Safety
/// As of [`grow`].
unsafe fn build<B: Followed>(
    ctx: &Context,
    callee: &'static Callee,
    builder: *mut B,
    run: impl FnOnce() -> HPy,
) -> HPy {
    // SAFETY: the caller's promise.
    unsafe {
        let mut building = Building::enter(ctx, callee, builder);
        if building.end(builder, true) { HPy_NULL } else { building.call.handle(run()) }
    }
}

/// # Safety
/// As of [`grow`].
unsafe fn cancel<B: Followed>(ctx: &Context, callee: &'static Callee, builder: *mut B, run: impl FnOnce()) {
    // SAFETY: the caller's promise.
    unsafe {
        let mut building = Building::enter(ctx, callee, builder);
        if !building.end(builder, false) {
            run();
        }
    }
}
