# python/hpy/trace/recording.py: the calls of HPy's functions between two points of a program.

from __future__ import annotations

import os
from types import TracebackType
from typing import TYPE_CHECKING, Dict, List, NamedTuple, Optional, Type, Union

from hpy.universal import _trace

from .events import write
from .table import format_tables

if TYPE_CHECKING:
    from hpy.universal import _TraceEvent

# {module: {function: number}}
Numbers = Dict[str, Dict[str, int]]
# The member through which Python calls a function of a module. Its time includes the calls inside.
ENTRY = "ctx_CallRealFunctionFromTrampoline"
# A recording keeps at most this many single calls. One takes some 200 bytes while it is kept, and as many in a file.
EVENTS = 1_000_000


class Figures(NamedTuple):
    """The calls of one function, or by one module."""

    name: str
    calls: int
    # In nanoseconds. It includes Python code that the function calls, and HPy functions that are called from there.
    duration: int


class Recording:
    """The calls by modules in trace mode inside a `with` block.

        with Recording() as recording:
            module.function()
        print(recording.table())

    With `events`, it also keeps each single call, up to that number, for `write_json`.
    """

    def __init__(self, events: int = 0) -> None:
        if events < 0:
            raise ValueError(f"a recording of {events} events: give a number from 0 on")
        self.wanted = events
        self.calls: Numbers = {}
        self.durations: Numbers = {}
        self.events: List[_TraceEvent] = []
        # The number of calls that came after the last kept event.
        self.dropped = 0

    def __enter__(self) -> Recording:
        self.calls = _trace.get_module_call_counts()
        self.durations = _trace.get_module_durations()
        if self.wanted:
            _trace.start_events(self.wanted)
        return self

    def __exit__(
        self,
        kind: Optional[Type[BaseException]],
        error: Optional[BaseException],
        traceback: Optional[TracebackType],
    ) -> None:
        if self.wanted:
            self.events, self.dropped = _trace.stop_events()
        self.calls = difference(_trace.get_module_call_counts(), self.calls)
        self.durations = difference(_trace.get_module_durations(), self.durations)

    def functions(self) -> List[Figures]:
        """The figures of each HPy function that was called, of all modules together."""
        total: Dict[str, Figures] = {}
        for module, calls in self.calls.items():
            for name, number in calls.items():
                before = total.get(name, Figures(name, 0, 0))
                duration = before.duration + self.durations.get(module, {}).get(name, 0)
                total[name] = Figures(name, before.calls + number, duration)
        return [figures for figures in total.values() if figures.name != ENTRY]

    def modules(self) -> List[Figures]:
        """The figures of each module that called HPy functions: of all these calls."""
        return [figures for module in self.calls if (figures := self.of_module(module)).calls]

    def entries(self) -> List[Figures]:
        """The figures of each module whose functions Python called: of these calls, with all that happens inside."""
        entered = [module for module, calls in self.calls.items() if ENTRY in calls]
        return [Figures(module, self.calls[module][ENTRY], self.durations[module].get(ENTRY, 0)) for module in entered]

    def of_module(self, module: str) -> Figures:
        calls, durations = (dict(numbers.get(module, {})) for numbers in (self.calls, self.durations))
        calls.pop(ENTRY, None)
        durations.pop(ENTRY, None)
        return Figures(module, sum(calls.values()), sum(durations.values()))

    def table(self, sort: str = "time", limit: int = 0) -> str:
        """The figures as text: sorted by `time`, `calls`, `mean` or `name`; `limit` rows a table, 0 for all."""
        tables = {"HPy function": self.functions(), "module": self.modules(), "called by Python": self.entries()}
        return format_tables(tables, sort, limit)

    def write_json(self, path: Union[str, "os.PathLike[str]"]) -> None:
        """Writes the single calls as Trace Event JSON, which browsers' profilers and Perfetto open."""
        if not self.wanted:
            raise ValueError(f"this recording keeps no single calls: make it with Recording(events={EVENTS})")
        with open(path, "w", encoding="utf-8") as file:
            write(file, self.events, self.dropped)


def difference(after: Numbers, before: Numbers) -> Numbers:
    """What was added, without zeros."""
    added: Numbers = {}
    for module, numbers in after.items():
        old = before.get(module, {})
        new = {name: number - old.get(name, 0) for name, number in numbers.items() if number != old.get(name, 0)}
        if new:
            added[module] = new
    return added
