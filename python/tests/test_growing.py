# python/tests/test_growing.py: debug mode finds each mistake of growing.c, with builders of bytes and str.

import pathlib
import shutil
import subprocess
import sys

import pytest
from conftest import SAMPLE, spec

from hpy.debug import HPyLeakError, HPyMistakeError, LeakDetector, raise_mistakes, set_on_mistake

ENDED = "Invalid usage of already closed builder"
GROWN = "Invalid usage of a copy of a builder that has grown since"
CLOSED = "Invalid usage of already closed handle"
UNKNOWN = "its memory is none that this context gave"


def of_kind(kind, name):
    """The calls that make one mistake each, what the message has in its first line, and what in others."""
    made = f"made by {name}_Grow in growing."
    return {
        f"m.build_{kind}_twice(x)": (ENDED, (
            f"{name}_Build arg 1: {made}build_{kind}_twice", f"closed by {name}_Build in growing.build_{kind}_twice")),
        f"m.cancel_{kind}_twice(x)": (ENDED, (
            f"{name}_Cancel arg 1: {made}cancel_{kind}_twice", f"closed by {name}_Cancel in growing.cancel_{kind}_twice")),
        f"m.cancel_built_{kind}(x)": (ENDED, (f"closed by {name}_Build in",)),
        f"m.grow_built_{kind}(x)": (ENDED, (f"{name}_Grow arg 1: {made}grow_built_{kind}",)),
        f"m.copy_grown_{kind}(x)": (GROWN, (f"{name}_Cancel arg 1: {made}copy_grown_{kind}", "do not copy the struct")),
        f"m.garbage_{kind}(x)": (ENDED, (f"{name}_Build arg 1: {UNKNOWN}",)),
        f"m.null_{kind}(x)": (f"{name}_Build arg 1 must not be NULL", ("`builder` is the address",)),
        f"m.keep_{kind}(x), m.use_kept_{kind}(x)": (ENDED, (
            f"{made}keep_{kind}", f"closed by {name}_Build in growing.keep_{kind}", f"in growing.use_kept_{kind}")),
    }


MISTAKES = {
    **of_kind("bytes", "HPyBytesBuilder"),
    **of_kind("str", "HPyStrBuilder"),
    "m.write_object_to_built_str(x)": (ENDED, ("HPyStrBuilder_WriteSubstring arg 1: made by HPyStrBuilder_Grow",)),
    "m.write_closed_to_str(x)": (CLOSED, ("HPyStrBuilder_WriteSubstring arg 2: made by HPy_Dup",)),
}
ALL = pytest.mark.parametrize("call", MISTAKES)

LOAD = """
import sys
sys.path[:0] = {paths!r}
from importlib.machinery import ExtensionFileLoader, ModuleSpec
from hpy import universal
spec = ModuleSpec("growing", ExtensionFileLoader("growing", {library!r}), origin={library!r})
m, x = universal.load("growing", {library!r}, spec, mode=universal.MODE_DEBUG), "text"
{call}
print("survived")
"""


@pytest.fixture
def library(universal):
    path = pathlib.Path(SAMPLE or "none").with_name("growing.hpy0.so")
    if not path.exists():
        pytest.skip("beside HPY_TEST_MODULE there is no growing.hpy0.so, to which growing.c is compiled")
    return path


@pytest.fixture
def m(universal, library, tmp_path):
    """The module `growing` in debug mode, a new one each time."""
    path = str(shutil.copy(library, tmp_path / "growing.hpy0.so"))
    yield universal.load("growing", path, spec("growing", path), mode=universal.MODE_DEBUG)
    set_on_mistake(None)
    universal._debug.set_on_invalid_builder_handle(None)


def check(call, headline, lines):
    expected, more = MISTAKES[call]
    assert headline == expected, lines
    for part in (*more, "in growing.", "= help: "):
        assert part in "\n".join(lines)


@ALL
def test_a_mistake_ends_the_process(library, call):
    script = LOAD.format(paths=sys.path, library=str(library), call=call)
    found = subprocess.run([sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=60)
    headline, *lines = found.stderr.decode().splitlines()
    assert found.returncode == 1 and b"survived" not in found.stdout, lines
    check(call, headline.replace("Fatal Python error: ", "", 1), lines)


@ALL
def test_a_mistake_raises(m, call):
    raise_mistakes()
    with pytest.raises(HPyMistakeError) as caught:
        eval(call, {"m": m, "x": "text"})
    headline, *lines = str(caught.value).splitlines()
    check(call, headline, lines)


@ALL
def test_a_module_goes_on_after_a_mistake(universal, m, call):
    """Nothing is freed twice or left: what the mistake is about is refused, or was the module's all the same."""
    told = []
    set_on_mistake(told.append)
    generation = universal._debug.new_generation()
    for _ in range(3):
        try:
            eval(call, {"m": m, "x": "text"})
        except SystemError as error:
            assert str(error) == MISTAKES[call][0]
    assert [message.splitlines()[0] for message in told] == [MISTAKES[call][0]] * 3
    assert universal._debug.get_open_resources(generation) == []
    assert universal._debug.get_open_handles(generation) == []


def test_the_callback_of_hpy(universal, m):
    told = []
    universal._debug.set_on_invalid_builder_handle(lambda: told.append("builder"))
    m.cancel_str_twice("x"), m.copy_grown_bytes("x")
    assert told == ["builder"] * 2


@pytest.mark.parametrize("name, made", [
    ("leave_bytes", "bytes made by HPyBytesBuilder_Grow"), ("overwrite_bytes", "bytes made by HPyBytesBuilder_Grow"),
    ("leave_str", "str made by HPyStrBuilder_Grow"), ("overwrite_str", "str made by HPyStrBuilder_Grow"),
    ("leave_object_in_str", "str made by HPyStrBuilder_WriteSubstring"),
])
def test_a_builder_that_is_left(universal, m, name, made):
    with pytest.raises(HPyLeakError) as caught, LeakDetector():
        getattr(m, name)("x")
    assert f"a builder of {made} in growing.{name}" in str(caught.value)


def test_a_builder_that_is_used_rightly_is_no_mistake(m):
    raise_mistakes()
    with LeakDetector():
        assert (m.right_bytes(1), m.right_str(1)) == (b"text", "text")
        assert m.widen("\xe4bc") == "text\U0001f40d\xe4b"
