# python/hpy/debug/mistakes.py: what happens when debug mode finds a mistake of a module.

from __future__ import annotations

from typing import Callable, NoReturn, Optional

from .leakdetector import HPyDebugError


class HPyMistakeError(HPyDebugError):
    """A module used HPy wrongly: the message says which function, where, and what to do."""


def set_on_mistake(callback: Optional[Callable[[str], object]]) -> Optional[Callable[[str], object]]:
    """Calls `callback(message)` for each mistake, instead of ending the process; returns the callback before it.

    If the callback raises, the module's function that is running raises that exception; where it cannot raise, as in
    `HPy_tp_destroy`, the exception goes to `sys.unraisablehook`. If the callback returns, the HPy function that found
    the mistake fails with SystemError, or does nothing if it cannot fail; one that got a closed handle goes on, if
    another handle keeps the object alive. `None` restores the default: a mistake prints its message and ends the process.

    Nobody is told of memory that is used after its handle was closed, or of a thread that Python does not know: the
    process always ends.
    """
    from hpy.universal import _debug

    return _debug.set_on_mistake(callback)


def raise_mistakes() -> Optional[Callable[[str], object]]:
    """Makes each mistake raise HPyMistakeError; returns the callback before it, for `set_on_mistake`."""
    return set_on_mistake(raise_mistake)


def raise_mistake(message: str) -> NoReturn:
    """The callback of `raise_mistakes`."""
    raise HPyMistakeError(message)
