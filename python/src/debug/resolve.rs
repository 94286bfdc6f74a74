// python/src/debug/resolve.rs: from a handle to its object, and what is told of one that is not open.

use hpy_sys::*;

use super::frames::Frame;
use super::origin::Origin;
use super::report::{About, mistake};
use super::slots::{Kind, State, slots};

/// What is known of a handle, for messages: a copy, so that nothing is locked while it is written.
pub struct History {
    pub made: Origin,
    pub closed: Option<Origin>,
}

impl History {
    /// Where it was made and closed, on several lines.
    pub fn describe(&self) -> String {
        let mut text = format!("made {}", self.made.describe());
        if let Some(closed) = &self.closed {
            text.push_str(&format!("\nclosed {}", closed.describe()));
        }
        if !self.made.has_stack() {
            text.push_str(
                "\n= help: hpy.debug.set_handle_stack_trace_limit(16) has the C stack of both in this message",
            );
        }
        text
    }
}

/// The object of a handle. If the handle is not open, that is told as a mistake at `place`; then it is the object all the
/// same if another handle is known to keep it alive, or an error that has the first line of the message.
pub fn resolve(h: HPy, place: impl FnOnce() -> String) -> Result<HPy, String> {
    let current = Frame::current();
    let found = slots().find(h).map(|slot| {
        let is_usable = slot.state == State::Open && slot.is_of_object();
        let is_usable = is_usable && (slot.kind == Kind::Constant || slot.made.frame.number == current.number);
        if is_usable { Ok(slot.object) } else { Err((slot.state, slot.kind, slot.object, slot.made.frame)) }
    });
    let (state, kind, object, made) = match found {
        Some(Ok(object)) => return Ok(object),
        Some(Err(found)) => found,
        None => return Err(unknown(h, place())),
    };
    let is_of_object = kind.is_of_object();
    let is_foreign = made.is_of_other_interpreter(current);
    if state == State::Open && is_of_object && !is_foreign && !is_left_over(made, current) {
        return Ok(object);
    }
    let (history, is_alive) = {
        let mut slots = slots();
        let history = slots.find(h).map(|slot| slot.history());
        (history, is_of_object && !is_foreign && slots.keeps_alive(object))
    };
    let (headline, help) = match state {
        _ if is_foreign => ("Invalid usage of a handle of another interpreter", FOREIGN),
        State::Closed => ("Invalid usage of already closed handle", CLOSED),
        _ if !is_of_object => ("Invalid usage of a builder or tracker as a handle", NO_OBJECT),
        _ => ("Invalid usage of a handle of a call that has ended", LEFT_OVER),
    };
    let described = history.map_or_else(String::new, |history| history.describe());
    mistake(About::Handle, headline, &format!("{}: {described}\n{help}", place()));
    if is_alive { Ok(object) } else { Err(headline.to_owned()) }
}

#[cold]
fn unknown(h: HPy, place: String) -> String {
    let headline = "Invalid usage of already closed handle";
    let details = if slots().was_given(h) { LONG_CLOSED } else { NO_HANDLE };
    mistake(About::Handle, headline, &format!("{place}: {details}"));
    headline.to_owned()
}

/// Whether the handle was made in a call that has ended, by another call than the running one.
fn is_left_over(made: Frame, current: Frame) -> bool {
    made != current && current.number != 0 && made.has_ended()
}

pub const NO_HANDLE: &str = "the value is none that this context gave\n= help: set each variable of the type before it is \
                             used, to HPy_NULL at least";
const LONG_CLOSED: &str = "the handle was closed, and is no longer remembered\n= help: \
                           hpy.universal._debug.set_closed_handles_queue_max_size(n) has more closed handles remembered";
const CLOSED: &str = "= help: close a handle once, after its last use; the loader closes the arguments of a function when \
                      it returns";
const NO_OBJECT: &str = "= help: pass what HPyListBuilder_Build or HPyTupleBuilder_Build gives";
const LEFT_OVER: &str = "= help: keep an object in a HPyGlobal or a HPyField, and load it in each call";
const FOREIGN: &str =
    "= help: an object belongs to one interpreter: keep it in a HPyGlobal, which has a value for each";
