# python/hpy/debug/leakdetector.py: finds what a module opened and left open between two points of a program.

from __future__ import annotations

from types import TracebackType
from typing import TYPE_CHECKING, Optional, Sequence

if TYPE_CHECKING:
    from hpy.universal import _DebugHandle


class HPyDebugError(Exception):
    """What debug mode found."""


class HPyLeakError(HPyDebugError):
    """Handles were left open: `leaks` has them. `resources` describes trackers, builders and buffers left open."""

    def __init__(self, leaks: Sequence[_DebugHandle], resources: Sequence[str] = ()) -> None:
        super().__init__()
        self.leaks = leaks
        self.resources = resources

    def __str__(self) -> str:
        lines = []
        if self.leaks or not self.resources:
            lines.append(f"{len(self.leaks)} unclosed handle{plural(self.leaks)}:")
            lines += [f"    {handle!r}" for handle in self.leaks]
        if self.resources:
            lines.append(f"{len(self.resources)} unclosed resource{plural(self.resources)}:")
            lines += [f"    {resource}" for resource in self.resources]
        return "\n".join(lines)


def plural(things: Sequence[object]) -> str:
    return "" if len(things) == 1 else "s"


class LeakDetector:
    """Reports handles that modules in debug mode open after `start` and leave open until `stop`.

    As a context manager it starts and stops itself:

        with LeakDetector():
            module.function()

    It sees modules that were loaded in debug mode, as with `HPY=debug`. It is for one use.
    """

    def __init__(self) -> None:
        self.generation: Optional[int] = None

    def start(self) -> None:
        """Watches handles from here on. Raises ValueError if it was started before."""
        if self.generation is not None:
            raise ValueError("LeakDetector already started")
        from hpy.universal import _debug

        self.generation = _debug.new_generation()

    def stop(self) -> None:
        """Raises HPyLeakError if a handle, tracker, builder or buffer opened since `start` is still open."""
        if self.generation is None:
            raise ValueError("LeakDetector not started yet")
        from hpy.universal import _debug

        leaks = _debug.get_open_handles(self.generation)
        resources = _debug.get_open_resources(self.generation)
        if leaks or resources:
            raise HPyLeakError(leaks, resources)

    def __enter__(self) -> LeakDetector:
        self.start()
        return self

    def __exit__(
        self,
        kind: Optional[type[BaseException]],
        error: Optional[BaseException],
        traceback: Optional[TracebackType],
    ) -> None:
        self.stop()
