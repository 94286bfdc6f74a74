# python/hpy/trace/events.py: writes single calls as Trace Event JSON, which browsers' profilers open.

from __future__ import annotations

import json
import os
from typing import IO, TYPE_CHECKING, Any, Dict, Iterator, Sequence

if TYPE_CHECKING:
    from hpy.universal import _TraceEvent


def write(file: IO[str], events: Sequence[_TraceEvent], dropped: int = 0) -> None:
    """Writes one event a line: a file of many calls is never in memory as a whole.

    {"displayTimeUnit": "ns", "otherData": {"dropped": 0}, "traceEvents": [
    {"name": "ctx_Add", "cat": "first", "ph": "X", "ts": 0.25, "dur": 0.5, "pid": 1, "tid": 2}
    ]}
    """
    head = json.dumps({"displayTimeUnit": "ns", "otherData": {"dropped": dropped}})
    file.write(head[:-1] + ', "traceEvents": [\n')
    separator = ""
    for record in records(events, os.getpid()):
        file.write(separator + json.dumps(record))
        separator = ",\n"
    file.write("\n]}\n")


def records(events: Sequence[_TraceEvent], process: int) -> Iterator[Dict[str, Any]]:
    """The events of the format: complete ones, whose times are microseconds from the first event on."""
    start = min((begin for _, _, _, begin, _ in events), default=0)
    for name, module, thread, begin, duration in events:
        yield {
            "name": name,
            "cat": module,
            "ph": "X",
            "ts": (begin - start) / 1000,
            "dur": duration / 1000,
            "pid": process,
            "tid": thread,
        }
