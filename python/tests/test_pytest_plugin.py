# python/tests/test_pytest_plugin.py: the plugin for pytest, in runs of pytest of its own, with a fake loader.

import pytest

TESTS = """
import pytest
from hpy.universal import _debug

def test_clean():
    pass

def test_leaks():
    _debug.leak("x")

def test_mistakes():
    _debug.mistake("closed twice")

def test_hides_a_mistake():
    try:
        _debug.mistake("closed twice, unseen")
    except Exception:
        pass
"""


@pytest.fixture
def run(pytester, monkeypatch):
    """Runs a test file under the plugin, and returns the result."""
    monkeypatch.delenv("HPY", raising=False)

    def run(text, *options, mode=None):
        if mode is not None:
            monkeypatch.setenv("HPY", mode)
        pytester.makepyfile(text)
        fixed = ("-p", "fake", "-p", "hpy.debug.pytest", "-p", "no:cacheprovider", "--strict-markers")
        return pytester.runpytest_subprocess(*fixed, *options)

    import os
    import sys

    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([os.path.dirname(__file__), *filter(None, sys.path)]))
    return run


def test_nothing_is_checked_unasked(run):
    result = run(TESTS.replace("_debug.mistake", "print"))
    result.assert_outcomes(passed=4)
    result.stdout.no_fnmatch_line("*hpy: *")


def test_the_option_checks_every_test(run):
    result = run(TESTS, "--hpy-debug")
    result.assert_outcomes(passed=1, failed=3)
    result.stdout.fnmatch_lines([
        "*hpy.debug.leakdetector.HPyLeakError: 1 unclosed handle:",
        "*<DebugHandle 0x1 for 'x'>",
        "*HPyMistakeError: closed twice",
        "*HPyMistakeError: closed twice, unseen",
    ], consecutive=False)


def test_the_option_loads_modules_in_debug_mode(run):
    result = run("import os\nMODE = os.environ['HPY']\ndef test(): assert MODE == 'debug'", "--hpy-debug")
    result.assert_outcomes(passed=1)
    result.stdout.no_fnmatch_line("*nothing was checked*")


def test_the_marker_checks_one_test_and_leaves_one_out(run):
    text = "import pytest\nfrom hpy.universal import _debug\n{}\ndef test_leaks(): _debug.leak('x')"
    run(text.format("@pytest.mark.hpy_debug")).assert_outcomes(failed=1)
    run(text.format("@pytest.mark.hpy_debug(True)")).assert_outcomes(failed=1)
    run(text.format("@pytest.mark.hpy_debug(enabled=False)"), "--hpy-debug").assert_outcomes(passed=1)
    run(text.format("@pytest.mark.hpy_debug(False)"), "--hpy-debug").assert_outcomes(passed=1)


@pytest.mark.parametrize("arguments", ["1", "True, False", "on=True", "True, enabled=True"])
def test_a_wrong_marker_is_an_error(run, arguments):
    result = run(f"import pytest\n@pytest.mark.hpy_debug({arguments})\ndef test(): pass")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["*::test: the marker hpy_debug has * and takes nothing, True or False: write *"])


def test_setup_and_teardown_are_checked(run):
    result = run("""
import pytest
from hpy.universal import _debug

@pytest.fixture
def early():
    _debug.leak("early")

@pytest.fixture
def late():
    yield
    _debug.leak("late")

def test_setup(early): pass
def test_teardown(late): pass
""", "--hpy-debug")
    result.assert_outcomes(passed=1, errors=2)
    result.stdout.fnmatch_lines(["*ERROR at setup of test_setup*", "*ERROR at teardown of test_teardown*"])


def test_a_failure_of_the_test_itself_comes_first(run):
    result = run("from hpy.universal import _debug\ndef test(): _debug.leak('x'); assert 1 == 2", "--hpy-debug")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*assert 1 == 2", "*HPy's debug mode*", "1 unclosed handle:"])


def test_the_fixture_fails_a_test_that_leaks(run):
    text = "from hpy.universal import _debug\ndef test(hpy_debug):\n    assert hpy_debug.generation\n    _debug.leak('x')"
    for options in [(), ("--hpy-debug",)]:
        result = run(text, *options)
        result.assert_outcomes(passed=1, errors=1)
        result.stdout.fnmatch_lines(["*ERROR at teardown of test*", "*HPyLeakError: 1 unclosed handle:"])


def test_the_fixture_can_be_imported_too(run, pytester):
    pytester.makeconftest("from hpy.debug.pytest import hpy_debug\npytest_plugins = ['hpy.debug.pytest']")
    run("def test(hpy_debug): pass").assert_outcomes(passed=1)


def test_another_mode_in_the_environment_is_an_error(run):
    result = run("def test(): pass", "--hpy-debug", mode="trace")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["*HPY is 'trace', and pytest --hpy-debug loads modules in debug mode: unset HPY*"])


def test_it_says_if_no_module_was_in_debug_mode(run):
    result = run("import pytest\n@pytest.mark.hpy_debug\ndef test(): pass")
    result.assert_outcomes(passed=1)
    result.stdout.fnmatch_lines(["hpy: nothing was checked, because no module was loaded in debug mode: run `pytest --hpy-debug`*"])
