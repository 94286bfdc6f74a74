// python/src/debug/slots.rs: the handles of debug mode: slots of a table, each with what is known of its handle.
//
// A handle is no address: it is the number of a slot and a serial number, which grows each time the slot is used anew. So a
// stale handle, and a value that never was one, are told from an open handle without touching memory that may be gone.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};

use hpy_sys::HPy;
use hpy_sys::host::Memory;

use super::frames::Frame;
use super::origin::Origin;
use super::protected::Protected;
use super::resolve::History;

/// What a handle stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// An object; the handle is closed by whoever has it.
    Object,
    /// An argument of a call, which the loader closes after it.
    Argument,
    /// A constant of the context, which is never closed.
    Constant,
    /// A list or tuple that is being built.
    Builder,
    /// A tracker, and so no object.
    Tracker,
    /// The memory of a builder of `bytes`, whose handle no module gets.
    BytesBuilder,
    /// The memory of a builder of `str`, as above.
    StrBuilder,
}

impl Kind {
    /// Whether it is a handle of an object, as functions take it.
    pub fn is_of_object(self) -> bool {
        matches!(self, Kind::Object | Kind::Argument | Kind::Constant)
    }
}

/// What became of a handle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Free,
    Open,
    Closed,
}

/// One handle.
pub struct Slot {
    serial: u32,
    pub state: State,
    pub kind: Kind,
    /// The object. A handle that is open owns a reference, unless it is a constant or an argument of a call.
    pub object: HPy,
    pub generation: i64,
    /// The order in which handles were made.
    pub sequence: u64,
    pub made: Origin,
    pub closed: Option<Origin>,
    /// Copies of the object's memory that the module has pointers to.
    pub data: Option<Protected>,
    /// The handles of a tracker.
    pub tracked: Vec<HPy>,
    /// The memory that a growing builder has had, of which the last one is its own.
    pub memory: Vec<Memory>,
}

/// What closing a handle gives.
pub enum Taken {
    /// The object, whose reference is the caller's now, and the memory that handles no longer keep.
    Own(HPy, Vec<Protected>),
    /// The handle is open, and stays so.
    Borrowed(Borrowed),
    /// It is no open handle of an object.
    Nothing,
}

/// The object of a handle that a module may not close.
pub struct Borrowed {
    pub object: HPy,
    kind: Kind,
}

impl Borrowed {
    /// What the handle is, for a message.
    pub fn what(&self) -> &'static str {
        if self.kind == Kind::Constant { "a constant of the context" } else { "an argument" }
    }
}

/// All handles.
pub struct Slots {
    slots: Vec<Slot>,
    free: Vec<u32>,
    closed: VecDeque<u32>,
    /// How many closed handles are remembered.
    pub closed_limit: usize,
    /// How many bytes the copies of closed handles may keep.
    pub protected_limit: usize,
    protected: usize,
    pub generation: i64,
    sequence: u64,
    /// The handles of growing builders, by where each memory begins that they have had.
    builders: BTreeMap<usize, HPy>,
}

static SLOTS: Mutex<Slots> = Mutex::new(Slots {
    slots: Vec::new(),
    free: Vec::new(),
    closed: VecDeque::new(),
    closed_limit: 1024,
    protected_limit: 10 * 1024 * 1024,
    protected: 0,
    generation: 0,
    sequence: 0,
    builders: BTreeMap::new(),
});

/// The handles. No code of Python's runs while they are locked.
pub fn slots() -> MutexGuard<'static, Slots> {
    SLOTS.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The bits of a handle that are the slot's number, above the mark.
const INDEX_BITS: u32 = usize::BITS / 2;
/// The lowest bits of a handle: no address of an object has them.
const MARK: usize = 0b101;
const MARK_BITS: u32 = 3;

impl Slots {
    /// A new handle.
    pub fn open(&mut self, kind: Kind, object: HPy, made: Origin) -> HPy {
        let index = self.free.pop().unwrap_or_else(|| {
            self.slots.push(Slot::EMPTY);
            (self.slots.len() - 1) as u32
        });
        self.sequence += 1;
        let slot = &mut self.slots[index as usize];
        // A serial number fits into the upper half of a handle.
        slot.serial = (slot.serial + 1) & (u32::MAX >> 1);
        *slot = Slot {
            state: State::Open,
            kind,
            object,
            generation: self.generation,
            sequence: self.sequence,
            made,
            serial: slot.serial,
            ..Slot::EMPTY
        };
        handle(index, slot.serial)
    }

    /// The slot of a handle that is open, or is remembered.
    pub fn find(&mut self, h: HPy) -> Option<&mut Slot> {
        let index = index(h)?;
        let slot = self.slots.get_mut(index as usize)?;
        (handle(index, slot.serial)._i == h._i && slot.state != State::Free).then_some(slot)
    }

    /// Whether a handle of this value was given out, if long ago.
    pub fn was_given(&self, h: HPy) -> bool {
        let slot = index(h).and_then(|index| self.slots.get(index as usize).map(|slot| (index, slot)));
        slot.is_some_and(|(index, slot)| (h._i as usize) <= handle(index, slot.serial)._i as usize)
    }

    /// Has the growing builder of a handle have this memory from now on.
    pub fn moves(&mut self, builder: HPy, memory: Memory) {
        if let Some(slot) = self.find(builder) {
            slot.memory.push(memory);
            self.builders.insert(memory.start, builder);
        }
    }

    /// The handle of the growing builder that had the memory from there on last.
    pub fn builder_of(&self, start: usize) -> Option<HPy> {
        self.builders.get(&start).copied()
    }

    /// Closes an open handle, and gives the memory that it no longer keeps, to be freed without the lock.
    pub fn close(&mut self, h: HPy, closed: Option<Origin>) -> Vec<Protected> {
        let Some(index) = index(h) else { return Vec::new() };
        let Some(slot) = self.find(h).filter(|slot| slot.state == State::Open) else { return Vec::new() };
        slot.state = State::Closed;
        slot.closed = closed;
        if let Some(data) = &mut slot.data {
            data.forbid();
            let size = data.size();
            self.protected += size;
        }
        self.closed.push_back(index);
        self.trim()
    }

    /// Closes a handle of an object, if it is open and owns a reference.
    pub fn take(&mut self, h: HPy, closed: Origin) -> Taken {
        let Some(slot) = self.find(h).filter(|slot| slot.state == State::Open && slot.is_of_object()) else {
            return Taken::Nothing;
        };
        let object = slot.object;
        match slot.kind {
            Kind::Object => Taken::Own(object, self.close(h, Some(closed))),
            kind => Taken::Borrowed(Borrowed { object, kind }),
        }
    }

    /// Forgets the oldest closed handles, as far as there are more than the limits allow.
    pub fn trim(&mut self) -> Vec<Protected> {
        let mut freed = Vec::new();
        while self.closed.len() > self.closed_limit {
            let Some(index) = self.closed.pop_front() else { break };
            let slot = &mut self.slots[index as usize];
            slot.state = State::Free;
            slot.closed = None;
            forget_memory(&mut self.builders, slot, index);
            if let Some(data) = slot.data.take() {
                self.protected -= data.size();
                freed.push(data);
            }
            self.free.push(index);
        }
        let mut oldest = 0;
        while self.protected > self.protected_limit && oldest < self.closed.len() {
            let slot = &mut self.slots[self.closed[oldest] as usize];
            if let Some(data) = slot.data.take() {
                self.protected -= data.size();
                freed.push(data);
            }
            oldest += 1;
        }
        freed
    }

    /// The handles that are open, or closed, of a generation and later ones, in the order in which they were made or closed.
    pub fn list(&self, state: State, generation: i64) -> Vec<HPy> {
        let current = Frame::interpreter();
        let wanted = |slot: &Slot| {
            let is_wanted = slot.state == state && slot.is_of_object() && slot.generation >= generation;
            is_wanted && slot.is_of(current)
        };
        let of = |index: usize| handle(index as u32, self.slots[index].serial);
        if state == State::Closed {
            let closed = self.closed.iter().map(|index| *index as usize);
            return closed.filter(|index| wanted(&self.slots[*index])).map(of).collect();
        }
        let mut all: Vec<_> = (0..self.slots.len()).filter(|index| wanted(&self.slots[*index])).collect();
        all.sort_by_key(|index| self.slots[*index].sequence);
        all.into_iter().map(of).collect()
    }

    /// The builders and trackers that are open, of a generation and later ones, as texts for messages.
    pub fn describe_resources(&self, generation: i64) -> Vec<String> {
        let what = |slot: &Slot| match slot.kind {
            Kind::Builder => Some("a builder"),
            Kind::Tracker => Some("a tracker"),
            Kind::BytesBuilder => Some("a builder of bytes"),
            Kind::StrBuilder => Some("a builder of str"),
            _ => None,
        };
        let current = Frame::interpreter();
        let is_open = |slot: &&Slot| slot.state == State::Open && slot.generation >= generation && slot.is_of(current);
        let open = self.slots.iter().filter(is_open);
        let mut open: Vec<_> =
            open.filter_map(|slot| what(slot).map(|what| (slot.sequence, what, &slot.made))).collect();
        open.sort_by_key(|(sequence, ..)| *sequence);
        open.into_iter().map(|(_, what, made)| format!("{what} made {}", made.describe())).collect()
    }

    /// Whether some open handle keeps the object alive.
    pub fn keeps_alive(&self, object: HPy) -> bool {
        self.slots.iter().any(|slot| slot.state == State::Open && slot.object._i == object._i)
    }

    /// Forgets the handles of an interpreter that ends, and gives the memory that they no longer keep.
    pub fn forget(&mut self, interpreter: i64) -> Vec<Protected> {
        let mut freed = Vec::new();
        let is_of = |slot: &Slot| slot.state != State::Free && slot.made.frame.interpreter == interpreter;
        self.closed.retain(|index| !is_of(&self.slots[*index as usize]));
        for (index, slot) in self.slots.iter_mut().enumerate().filter(|(_, slot)| is_of(slot)) {
            if let Some(data) = slot.data.take() {
                if slot.state == State::Closed {
                    self.protected -= data.size();
                }
                freed.push(data);
            }
            forget_memory(&mut self.builders, slot, index as u32);
            *slot = Slot { serial: slot.serial, ..Slot::EMPTY };
            self.free.push(index as u32);
        }
        freed
    }
}

impl Slot {
    /// Whether it is a handle of an object, as functions take it.
    pub fn is_of_object(&self) -> bool {
        self.kind.is_of_object()
    }

    /// Whether it belongs to this interpreter, or to all.
    fn is_of(&self, interpreter: i64) -> bool {
        let own = self.made.frame.interpreter;
        own == interpreter || own == Frame::NONE.interpreter
    }

    pub fn history(&self) -> History {
        History { made: self.made.clone(), closed: self.closed.clone() }
    }

    const EMPTY: Slot = Slot {
        serial: 0,
        state: State::Free,
        kind: Kind::Object,
        object: hpy_sys::HPy_NULL,
        generation: 0,
        sequence: 0,
        made: Origin::NONE,
        closed: None,
        data: None,
        tracked: Vec::new(),
        memory: Vec::new(),
    };
}

// SAFETY: the handles and pointers of a slot are values here; whoever uses them holds the interpreter.
unsafe impl Send for Slots {}

/// Forgets the memory of a slot, as far as no later builder has had it.
fn forget_memory(builders: &mut BTreeMap<usize, HPy>, slot: &mut Slot, index: u32) {
    let own = handle(index, slot.serial)._i;
    for memory in core::mem::take(&mut slot.memory) {
        if builders.get(&memory.start).is_some_and(|builder| builder._i == own) {
            builders.remove(&memory.start);
        }
    }
}

fn handle(index: u32, serial: u32) -> HPy {
    let value = ((serial as usize) << INDEX_BITS) | ((index as usize) << MARK_BITS) | MARK;
    HPy { _i: std::ptr::without_provenance_mut(value) }
}

fn index(h: HPy) -> Option<u32> {
    let value = h._i as usize;
    let lower = value & (usize::MAX >> (usize::BITS - INDEX_BITS));
    (value & ((1 << MARK_BITS) - 1) == MARK).then_some((lower >> MARK_BITS) as u32)
}
