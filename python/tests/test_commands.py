# python/tests/test_commands.py: `python -m hpy.debug` and `python -m hpy.trace`, with a fake loader and with the real one.

import json

import pytest

LEAK = "from hpy.universal import _debug; _debug.leak('x')\n"
CALLS = "from hpy.universal import _trace; _trace.call('ctx_Add', times=3); _trace.call('ctx_Dup', duration=900)\n"
COMMANDS = ["hpy.debug", "hpy.trace"]


@pytest.fixture
def script(tmp_path):
    def write(text, name="script.py"):
        (tmp_path / name).write_text(text)
        return name

    return write


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("arguments, message", [
    ([], "name a script to run, or a module with -m"),
    (["-m"], "-m needs the name of a module"),
    (["none.py"], "there is no script 'none.py' in "),
    (["-m", "no_module"], "there is no module 'no_module': sys.path has none; a script is run without -m"),
    (["-m", "no_module.sub"], "there is no module 'no_module.sub': No module named 'no_module'"),
    (["--bogus", "script.py"], "unrecognized arguments: --bogus"),
])
def test_wrong_arguments(python, script, command, arguments, message):
    script("")
    found = python("-m", command, *arguments, code=2)
    assert f"usage: python -m {command} [options] (SCRIPT | -m MODULE) [ARGUMENTS]" in found.stderr
    assert f"python -m {command}: error: {message}" in found.stderr


@pytest.mark.parametrize("arguments, message", [
    (["--sort", "size"], "invalid choice: 'size'"),
    (["--limit", "-1"], "--limit: '-1' is no number: give 0 or more"),
    (["--events", "0"], "--events: '0' is no number of calls: give 1 or more"),
    (["--json", "none/trace.json"], "--json none/trace.json: No such file or directory: name a file that can be written"),
])
def test_wrong_options_of_trace(python, script, arguments, message):
    assert message in python("-m", "hpy.trace", *arguments, script(""), code=2).stderr


def test_wrong_options_of_debug(python, script):
    found = python("-m", "hpy.debug", "--stack", "many", script(""), code=2)
    assert "--stack: 'many' is no number of frames: give 0 or more" in found.stderr


@pytest.mark.parametrize("command, mode, other", [("hpy.debug", "debug", "trace"), ("hpy.trace", "trace", "debug")])
def test_another_mode_in_the_environment_is_an_error(python, script, command, mode, other):
    found = python("-m", command, script(""), code=2, HPY=other)
    assert f"error: HPY is '{other}', and python -m {command} loads modules in {mode} mode: unset HPY, or set it " \
           f"to {mode}, or to MODULE:{mode} for single modules" in found.stderr


@pytest.mark.parametrize("command, given, seen", [
    ("hpy.debug", None, "debug"), ("hpy.debug", "", ""), ("hpy.debug", "D", "D"),
    ("hpy.debug", "first:debug", "first:debug"), ("hpy.trace", None, "trace"), ("hpy.trace", "tr", "tr"),
])
def test_the_script_sees_the_mode(python, script, command, given, seen):
    variables = {} if given is None else {"HPY": given}
    found = python("-m", command, script("import os; print(repr(os.environ['HPY']))"), **variables)
    assert found.stdout == repr(seen) + "\n"


@pytest.mark.parametrize("command", COMMANDS)
def test_the_script_runs_as_from_python(python, script, command):
    script("value = 1", "beside.py")
    name = script("import sys, beside; print(__name__, sys.argv[1:], sys.argv[0])")
    assert python("-m", command, name, "-m", "--json", "a b").stdout == "__main__ ['-m', '--json', 'a b'] script.py\n"
    found = python("-m", command, "-m", "script", "--limit")
    assert found.stdout.startswith("__main__ ['--limit'] ") and found.stdout.endswith("script.py\n")


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("text, code", [("raise SystemExit(3)", 3), ("raise SystemExit", 0),
                                        ("raise SystemExit('no')", 1), ("1 / 0", 1)])
def test_the_exit_status_is_the_scripts_own(python, script, command, text, code):
    found = python("-m", command, script(text), code=code)
    assert "_script.py" not in found.stderr and "runpy" not in found.stderr
    assert ("ZeroDivisionError" in found.stderr) == (text == "1 / 0")


@pytest.mark.parametrize("command", COMMANDS)
def test_without_a_module_it_says_so(python, script, command):
    found = python("-m", command, script(""), HPY="other:universal")
    assert "a module of the native ABI has" in found.stderr and "build it with --abi universal" in found.stderr


def test_debug_reports_leaks(python, script):
    found = python("-m", "hpy.debug", script(LEAK), code=1)
    assert found.stderr == (
        "python -m hpy.debug: 1 unclosed handle:\n    <DebugHandle 0x1 for 'x'>\n"
        "<DebugHandle 0x1 for 'x'> was made by HPy_Dup in sample.leak\n"
    )
    assert python("-m", "hpy.debug", script(LEAK + "raise SystemExit(5)"), code=5).stderr == found.stderr


def test_debug_reports_leaks_of_threads_that_outlive_the_script(python, script):
    name = script("import threading, time\ndef late(): time.sleep(0.2); " + LEAK + "threading.Thread(target=late).start()")
    assert "1 unclosed handle" in python("-m", "hpy.debug", name, code=1).stderr


def test_debug_names_the_modules_without_leaks(python, script):
    found = python("-m", "hpy.debug", script(""), HPY="debug")
    assert found.stderr == "python -m hpy.debug: nothing left open by first\n"


def test_a_mistake_ends_the_process_or_raises(python, script):
    name = script("from hpy.universal import _debug; _debug.mistake('closed twice')")
    assert python("-m", "hpy.debug", name, code=70).stderr == "closed twice\n"
    assert "hpy.debug.mistakes.HPyMistakeError: closed twice" in python("-m", "hpy.debug", "--raise", name, code=1).stderr


@pytest.mark.parametrize("options, limit", [([], 16), (["--stack", "0"], None), (["--stack=3"], 3)])
def test_debug_records_stacks(python, script, options, limit):
    name = script("from hpy.universal import _debug; print(_debug.limit)")
    assert python("-m", "hpy.debug", *options, name).stdout == f"{limit}\n"


def test_trace_prints_tables(python, script):
    lines = python("-m", "hpy.trace", "--sort", "calls", "--limit", "1", script(CALLS)).stderr.splitlines()
    assert [line.split()[:2] for line in lines[:4]] == [
        ["HPy", "function"], ["ctx_Add", "3"], ["(1", "more)"], ["total", "4"]
    ]


def test_trace_writes_json(python, script, tmp_path):
    found = python("-m", "hpy.trace", "--json", "t.json", "--events=3", script(CALLS))
    assert found.stderr.endswith(f"3 calls in {tmp_path / 't.json'}; --events left out 1\n")
    assert len(json.loads((tmp_path / "t.json").read_text())["traceEvents"]) == 3


def test_the_commands_with_the_real_loader(python, script, sample_file):
    name = script(f"""
import os, sys
from importlib.machinery import ExtensionFileLoader, ModuleSpec
from hpy.universal import _load_bootstrap
path = {str(sample_file)!r}
spec = ModuleSpec("sample", ExtensionFileLoader("sample", path), origin=path)
sample = _load_bootstrap("sample", "sample", "", path, spec.loader, spec, os.environ)
assert sample.add(1, 2) == 3
getattr(sample, sys.argv[1])("left open")
""")
    found = python("-m", "hpy.debug", name, "leak", install=False, code=1)
    assert found.stderr.startswith("python -m hpy.debug: 1 unclosed handle:\n    <DebugHandle 0x")
    assert "for 'left open'>" in found.stderr
    assert "HPyMistakeError" in python("-m", "hpy.debug", "--raise", name, "close_twice", install=False, code=1).stderr
    fatal = python("-m", "hpy.debug", name, "close_twice", install=False, code=None)
    assert fatal.returncode != 0 and "close_twice" in fatal.stderr
    assert "ctx_Add" in python("-m", "hpy.trace", name, "leak", install=False).stderr
