# python/hpy/_script.py: runs a script or a module for `python -m hpy.debug` and `python -m hpy.trace`.

from __future__ import annotations

import argparse
import importlib.util
import os
import runpy
import sys
import threading
from types import TracebackType
from typing import MutableMapping, Optional, Sequence, Tuple

USAGE = "python -m {} [options] (SCRIPT | -m MODULE) [ARGUMENTS]"


class ModeError(Exception):
    """HPY asks for another mode than the command."""


def choose_mode(environment: MutableMapping[str, str], mode: str, command: str) -> None:
    """Sets HPY to `mode` where it is not set. Where it names modules, it stays."""
    value = environment.get("HPY")
    if value is None:
        environment["HPY"] = mode
    # The loader takes a mode's first letters for it, in either case, and none for debug.
    elif ":" not in value and not mode.startswith((value or "debug").lower()):
        raise ModeError(
            f"HPY is {value!r}, and {command} loads modules in {mode} mode: unset HPY, or set it to {mode}, "
            f"or to MODULE:{mode} for single modules"
        )


class Script:
    """What to run: a script, or with `-m` a module, and its arguments."""

    def __init__(self, target: str, is_module: bool, arguments: Sequence[str]) -> None:
        self.target = target
        self.is_module = is_module
        self.arguments = list(arguments)

    def problem(self) -> Optional[str]:
        """Why it cannot run, or None."""
        if not self.is_module:
            if os.path.exists(self.target):
                return None
            return f"there is no script {self.target!r} in {os.getcwd()}; a module is run with -m {self.target}"
        try:
            found = importlib.util.find_spec(self.target)
        except (ImportError, ValueError) as error:
            return f"there is no module {self.target!r}: {error}"
        return None if found else f"there is no module {self.target!r}: sys.path has none; a script is run without -m"

    def run(self) -> int:
        """Runs it as `__main__`, waits for its threads, and returns the exit status that it asks for."""
        sys.argv[:] = [self.target, *self.arguments]
        # Python has put the current folder there, for -m; with -P it has put nothing there.
        if not self.is_module and not getattr(sys.flags, "safe_path", False):
            sys.path[0] = os.path.dirname(os.path.abspath(self.target))
        status = self.execute()
        # As Python does at its end: the figures are complete only after them.
        for thread in threading.enumerate():
            if thread is not threading.current_thread() and not thread.daemon:
                thread.join()
        return status

    def execute(self) -> int:
        try:
            if self.is_module:
                runpy.run_module(self.target, run_name="__main__", alter_sys=True)
            else:
                runpy.run_path(self.target, run_name="__main__")
        except SystemExit as error:
            return exit_status(error)
        except BaseException as error:
            shown = error.with_traceback(without_own_frames(error.__traceback__))
            sys.excepthook(type(shown), shown, shown.__traceback__)
            return 130 if isinstance(error, KeyboardInterrupt) else 1
        return 0


def exit_status(error: SystemExit) -> int:
    if error.code is None or isinstance(error.code, int):
        return error.code or 0
    print(error.code, file=sys.stderr)
    return 1


def without_own_frames(traceback: Optional[TracebackType]) -> Optional[TracebackType]:
    """The traceback from the first frame of the script; all of it if no frame is the script's."""
    own = {__file__, runpy.__file__, "<frozen runpy>"}
    rest = traceback
    while rest is not None and rest.tb_frame.f_code.co_filename in own:
        rest = rest.tb_next
    return rest or traceback


def add_target(parser: argparse.ArgumentParser) -> None:
    """Everything from -m or the script on belongs to the script, whatever it looks like."""
    parser.add_argument("-m", dest="module", metavar="MODULE", nargs=argparse.REMAINDER, help="run a module")
    parser.add_argument("script", metavar="SCRIPT", nargs=argparse.REMAINDER, help="the script, and its arguments")


def parse(parser: argparse.ArgumentParser, arguments: Sequence[str], mode: str) -> Tuple[argparse.Namespace, Script]:
    """The options and the script, with HPY set to `mode`. The parser exits with a message where something is wrong."""
    options = parser.parse_args(arguments)
    is_module = options.module is not None
    target = options.module if is_module else options.script
    if not target:
        parser.error("-m needs the name of a module" if is_module else "name a script to run, or a module with -m")
    script = Script(target[0], is_module, target[1:])
    problem = script.problem()
    if problem:
        parser.error(problem)
    try:
        import hpy.universal  # noqa: F401

        choose_mode(os.environ, mode, parser.prog)
    except ImportError as error:
        parser.error(f"this Python has no loader of HPy modules: {error}; install hpy-sys for {sys.executable}")
    except ModeError as error:
        parser.error(str(error))
    return options, script
