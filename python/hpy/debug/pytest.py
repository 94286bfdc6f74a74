# python/hpy/debug/pytest.py: a plugin for pytest: the fixture and the marker hpy_debug, the option --hpy-debug.
"""Runs tests under HPy's debug mode. pytest loads this plugin by itself where hpy-sys is installed.

* `pytest --hpy-debug` loads modules in debug mode, and checks every test.
* The marker `@pytest.mark.hpy_debug` checks one test; `@pytest.mark.hpy_debug(False)` leaves one out of `--hpy-debug`.
* The fixture `hpy_debug` is a started `LeakDetector`, stopped after the test.

A checked test fails if a module leaves a handle open in it, or makes a mistake. The mistake raises `HPyMistakeError`;
the test fails even if it catches that. Setup, call and teardown are checked each for itself.
"""

from __future__ import annotations

import os
from typing import Any, Generator, Iterator, List, Optional, Set

import pytest

from .leakdetector import HPyDebugError, HPyLeakError, LeakDetector
from .mistakes import HPyMistakeError, raise_mistake, set_on_mistake

MARKER = (
    "hpy_debug(enabled=True): check that no HPy module leaks a handle or makes a mistake in this test; "
    "False leaves the test out of --hpy-debug."
)
NOTHING_CHECKED = (
    "hpy: nothing was checked, because no module was loaded in debug mode: run `pytest --hpy-debug`, or set HPY=debug; "
    "a module of the native ABI has no debug mode"
)


@pytest.fixture
def hpy_debug(request: pytest.FixtureRequest) -> Iterator[LeakDetector]:
    """A started `LeakDetector`. It is stopped after the test, and fails it if a module left a handle open."""
    with LeakDetector() as detector:
        yield detector


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("hpy")
    group.addoption(
        "--hpy-debug",
        action="store_true",
        default=False,
        help="load HPy modules in debug mode, and fail tests in which one leaks a handle or uses HPy wrongly",
    )


def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    # A conftest.py may already import modules.
    if getattr(early_config.known_args_namespace, "hpy_debug", False):
        choose_debug_mode()


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", MARKER)
    if config.getoption("hpy_debug"):
        choose_debug_mode()
    config.pluginmanager.register(Checks(config), "hpy-debug-checks")


def choose_debug_mode() -> None:
    """Has modules loaded in debug mode from here on, unless HPY names modules itself."""
    try:
        import hpy.universal  # noqa: F401
    except ImportError as error:
        raise pytest.UsageError(f"--hpy-debug needs HPy's loader: {error}") from error
    from hpy._script import ModeError, choose_mode

    try:
        choose_mode(os.environ, "debug", "pytest --hpy-debug")
    except ModeError as error:
        raise pytest.UsageError(str(error)) from error


class Checks:
    """The hooks around the phases of each checked test."""

    def __init__(self, config: pytest.Config) -> None:
        self.all = bool(config.getoption("hpy_debug"))
        self.wanted: Set[pytest.Item] = set()
        self.checked = 0

    def pytest_collection_modifyitems(self, items: List[pytest.Item]) -> None:
        self.wanted = {item for item in items if is_wanted(item, self.all)}

    @pytest.hookimpl(hookwrapper=True, tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> Generator[None, Any, None]:
        yield from self.check(item, "setup")

    @pytest.hookimpl(hookwrapper=True, tryfirst=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Generator[None, Any, None]:
        yield from self.check(item, "call")

    @pytest.hookimpl(hookwrapper=True, tryfirst=True)
    def pytest_runtest_teardown(self, item: pytest.Item) -> Generator[None, Any, None]:
        yield from self.check(item, "teardown")

    def check(self, item: pytest.Item, phase: str) -> Generator[None, Any, None]:
        if item not in self.wanted:
            yield
            return
        self.checked += 1
        mistakes: List[str] = []

        def note(message: str) -> None:
            mistakes.append(message)
            raise_mistake(message)

        detector = LeakDetector()
        detector.start()
        previous = set_on_mistake(note)
        try:
            outcome: Any = yield
        finally:
            set_on_mistake(previous)
        # The fixture, where a test asks for it, reports the leaks itself.
        has_fixture = "hpy_debug" in getattr(item, "fixturenames", ())
        found = problem(mistakes, None if has_fixture else detector)
        if found is None:
            return
        if outcome.excinfo is None:
            fail(outcome, found)
        elif not isinstance(outcome.excinfo[1], HPyDebugError):
            item.add_report_section(phase, "HPy's debug mode", str(found))

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        if self.checked:
            from hpy.universal import _debug

            if not _debug.get_modules():
                terminalreporter.write_line(NOTHING_CHECKED, yellow=True)


def is_wanted(item: pytest.Item, default: bool) -> bool:
    """Whether a test is to be checked, by its marker or else by the option."""
    marker = item.get_closest_marker("hpy_debug")
    if marker is None:
        return default
    given = [*marker.args, *marker.kwargs.values()]
    if len(given) > 1 or not {"enabled"}.issuperset(marker.kwargs) or not all(isinstance(each, bool) for each in given):
        raise pytest.UsageError(
            f"{item.nodeid}: the marker hpy_debug has {marker.args} {marker.kwargs}, and takes nothing, True or False: "
            "write @pytest.mark.hpy_debug, or @pytest.mark.hpy_debug(False) to leave the test out"
        )
    return given != [False]


def problem(mistakes: List[str], detector: Optional[LeakDetector]) -> Optional[HPyDebugError]:
    """The error to report after a phase, whose code may have caught exceptions of mistakes."""
    if mistakes:
        return HPyMistakeError("\n".join(mistakes))
    if detector is not None:
        try:
            detector.stop()
        except HPyLeakError as error:
            return error
    return None


def fail(outcome: Any, error: HPyDebugError) -> None:
    """Makes the phase fail. pluggy before 1.1 takes an exception that the wrapper raises."""
    if not hasattr(outcome, "force_exception"):
        raise error
    outcome.force_exception(error)
