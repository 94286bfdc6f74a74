# python/hpy/debug/__main__.py: `python -m hpy.debug`: runs a script in debug mode, and reports leaks at its end.

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, Optional, Sequence

from hpy._script import USAGE, add_target, parse

from . import HPyLeakError, LeakDetector, raise_mistakes, set_handle_stack_trace_limit

if TYPE_CHECKING:
    from hpy.universal import _DebugHandle

COMMAND = "python -m hpy.debug"
DESCRIPTION = """
Runs a script with HPY=debug. A mistake of a module ends it with a message. At its end it reports what modules left
open; then the exit status is 1, if the script's own is 0.
"""


def frames(text: str) -> int:
    """A number of frames; 0 for none."""
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is no number of frames: give 0 or more")
    return int(text)


def arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog=COMMAND, usage=USAGE.format("hpy.debug"), description=DESCRIPTION, allow_abbrev=False
    )
    parser.add_argument(
        "--stack",
        metavar="N",
        type=frames,
        default=16,
        help="show at most N frames of where a handle was opened (default: 16; 0 for none, which is faster)",
    )
    parser.add_argument(
        "--raise", dest="raises", action="store_true", help="a mistake raises hpy.debug.HPyMistakeError instead"
    )
    add_target(parser)
    return parser


def main(given: Optional[Sequence[str]] = None) -> int:
    """Runs the command; returns the exit status."""
    parser = arguments()
    options, script = parse(parser, sys.argv[1:] if given is None else given, "debug")
    set_handle_stack_trace_limit(options.stack or None)
    if options.raises:
        raise_mistakes()
    detector = LeakDetector()
    detector.start()
    status = script.run()
    leak = None
    try:
        detector.stop()
    except HPyLeakError as error:
        leak = error
    print(report(leak), file=sys.stderr)
    return status or int(leak is not None)


def report(leak: Optional[HPyLeakError]) -> str:
    """The last words: the leaks, or which modules have none."""
    from hpy.universal import _debug

    if leak is not None:
        places = [place for place in map(place_of, leak.leaks) if place]
        return "\n".join([f"{COMMAND}: {leak}", *places])
    modules = _debug.get_modules()
    if not modules:
        return (
            f"{COMMAND}: nothing was checked, because the script loaded no module in debug mode; "
            "a module of the native ABI has none: build it with --abi universal"
        )
    return f"{COMMAND}: nothing left open by {', '.join(sorted(set(modules)))}"


def place_of(handle: _DebugHandle) -> str:
    """What opened a handle: the function of HPy, and that of the module."""
    made = handle.describe().splitlines()[0]
    return f"{repr(handle).splitlines()[0]} was {made}"


if __name__ == "__main__":
    sys.exit(main())
