# python/hpy/debug/__init__.py: what Python code asks of modules that are loaded in debug mode.
"""Finds leaked handles and wrong use of HPy, in modules that are loaded in debug mode, as with `HPY=debug`.

`python -m hpy.debug script.py` runs a script in debug mode and reports leaks. `hpy.debug.pytest` is for pytest.
"""

from __future__ import annotations

from typing import Optional

from .leakdetector import HPyDebugError, HPyLeakError, LeakDetector
from .mistakes import HPyMistakeError, raise_mistakes, set_on_mistake

__all__ = [
    "HPyDebugError",
    "HPyLeakError",
    "HPyMistakeError",
    "LeakDetector",
    "disable_handle_stack_traces",
    "raise_mistakes",
    "set_handle_stack_trace_limit",
    "set_on_mistake",
]


def set_handle_stack_trace_limit(limit: Optional[int]) -> None:
    """Records the stack, at most `limit` frames, wherever a module opens a handle; the handle's `repr` shows it."""
    from hpy.universal import _debug

    _debug.set_handle_stack_trace_limit(limit)


def disable_handle_stack_traces() -> None:
    """Records no stacks, as at the start."""
    set_handle_stack_trace_limit(None)
