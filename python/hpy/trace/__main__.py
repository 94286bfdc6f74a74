# python/hpy/trace/__main__.py: `python -m hpy.trace`: runs a script in trace mode, and prints what it called.

from __future__ import annotations

import argparse
import os
import sys
from typing import Optional, Sequence

from hpy._script import USAGE, add_target, parse

from .recording import EVENTS, Recording
from .table import NO_CALLS, SORTS

COMMAND = "python -m hpy.trace"
DESCRIPTION = """
Runs a script with HPY=trace. At its end it prints, to stderr, the calls of HPy's functions: for each function,
and for each module. The exit status is the script's own.
"""
NO_MODULE = f"{COMMAND}: {NO_CALLS}; a module of the native ABI has no trace mode: build it with --abi universal"


def number(text: str) -> int:
    """A number of rows."""
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is no number: give 0 or more")
    return int(text)


def positive(text: str) -> int:
    """A number of calls."""
    if not text.isdecimal() or not int(text):
        raise argparse.ArgumentTypeError(f"{text!r} is no number of calls: give 1 or more")
    return int(text)


def arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog=COMMAND, usage=USAGE.format("hpy.trace"), description=DESCRIPTION, allow_abbrev=False
    )
    parser.add_argument("--sort", choices=list(SORTS), default="time", help="what sorts the rows (default: time)")
    parser.add_argument(
        "--limit", metavar="N", type=number, default=20, help="at most N rows a table (default: 20; 0 for all)"
    )
    parser.add_argument(
        "--json",
        metavar="FILE",
        help="write each single call to FILE, as Trace Event JSON, which browsers' profilers and Perfetto open",
    )
    parser.add_argument(
        "--events", metavar="N", type=positive, default=EVENTS, help=f"at most N calls in FILE (default: {EVENTS})"
    )
    add_target(parser)
    return parser


def main(given: Optional[Sequence[str]] = None) -> int:
    """Runs the command; returns the exit status."""
    parser = arguments()
    options, script = parse(parser, sys.argv[1:] if given is None else given, "trace")
    if options.json:
        # The script may run for long before the file is written.
        try:
            open(options.json, "a", encoding="utf-8").close()
        except OSError as error:
            parser.error(f"--json {options.json}: {error.strerror}: name a file that can be written")
    with Recording(options.events if options.json else 0) as recording:
        status = script.run()
    print(recording.table(options.sort, options.limit) if recording.calls else NO_MODULE, file=sys.stderr)
    if options.json:
        recording.write_json(options.json)
        dropped = f"; --events left out {recording.dropped:,}" if recording.dropped else ""
        print(f"{len(recording.events):,} calls in {os.path.abspath(options.json)}{dropped}", file=sys.stderr)
    return status


if __name__ == "__main__":
    sys.exit(main())
