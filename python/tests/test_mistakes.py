# python/tests/test_mistakes.py: debug mode finds each mistake of mistakes.c: by default, as an exception, and by HPy's callbacks.

import gc
import pathlib
import shutil
import subprocess
import sys
import threading
import traceback
from typing import NamedTuple

import pytest
from conftest import SAMPLE, spec

from hpy.debug import HPyMistakeError, LeakDetector, raise_mistakes, set_on_mistake

CLOSED = "Invalid usage of already closed handle"
OLD = "Invalid usage of a handle of a call that has ended"
BUILDER = "Invalid usage of already closed builder"
MISSED = "HPy_tp_traverse of 'mistakes.Missing' does not visit a field of the object"
REENTER = "HPy_ReenterPythonExecution"
LEAVE = "HPy_LeavePythonExecution"
LATER_FREE = "the handle was closed, and is no longer remembered"


class Mistake(NamedTuple):
    """A call that makes one mistake, what the message has in its first line, and what in others."""

    call: str
    headline: str
    more: tuple = ()
    #: What HPy's own callback is about, if any is: `handle` or `builder`.
    about: str = "other"
    #: The function that the message names, where it is another than the called one.
    place: str = ""


def kinds(expected):
    return [Mistake(f"m.kind_{name}(x)", headline) for name, headline in expected.items()]


HANDLES = [
    Mistake("m.use_closed(x)", CLOSED, (
        "HPy_Add arg 1: made by HPy_Dup in mistakes.use_closed", "closed by HPy_Close in mistakes.use_closed"), "handle"),
    Mistake("m.use_freed(x)", CLOSED, (
        "HPyUnicode_Substring arg 1: made by HPyUnicode_FromString in mistakes.use_freed",), "handle"),
    Mistake("m.use_long_closed(x)", CLOSED, ("HPy_Repr arg 1: " + LATER_FREE,), "handle"),
    Mistake("m.close_twice(x)", CLOSED, ("HPy_Close arg 1: made by HPy_Dup in mistakes.close_twice",), "handle"),
    Mistake("m.close_argument(x)", "HPy_Close closes an argument, which is not the module's own", (), "handle"),
    Mistake("m.close_self(x)", "HPy_Close closes an argument, which is not the module's own", (), "handle"),
    Mistake("m.close_constant(x)", "HPy_Close closes a constant of the context, which is not the module's own", (), "handle"),
    Mistake("m.return_argument(x)", "a function returned an argument, which is not its own", (), "handle"),
    Mistake("m.return_constant(x)", "a function returned a constant of the context, which is not its own", (), "handle"),
    Mistake("m.return_closed(x)", CLOSED, ("the result: made by HPy_Dup in mistakes.return_closed",), "handle"),
    Mistake("m.return_freed(x)", CLOSED, ("the result: made by HPyUnicode_FromString",), "handle"),
    Mistake("m.return_garbage(x)", CLOSED, ("the result: the value is none that this context gave",), "handle"),
    Mistake("m.garbage_handle(x)", CLOSED, ("HPy_Repr arg 1: the value is none that this context gave",), "handle"),
    Mistake("m.garbage_address(x)", CLOSED, ("HPy_Repr arg 1: the value is none that this context gave",), "handle"),
    Mistake("m.garbage_like_a_handle(x)", CLOSED, ("HPy_Repr arg 1: the value is none that this context gave",), "handle"),
    Mistake("m.keep(x), m.use_kept_argument(x)", CLOSED, (
        "made by the call in mistakes.keep", "closed by the end of the call in mistakes.keep"), "handle",
        "mistakes.use_kept_argument"),
    Mistake("m.keep(x), m.use_kept(x)", OLD, (
        "HPy_Repr arg 1: made by HPy_Dup in mistakes.keep", "= help: keep an object in a HPyGlobal or a HPyField"), "handle",
        "mistakes.use_kept"),
    Mistake("m.keep(x), m.return_kept(x)", OLD, ("the result: made by HPy_Dup in mistakes.keep",), "handle",
            "mistakes.return_kept"),
    Mistake("m.keep(x), m.close_kept(x), m.use_kept(x)", CLOSED, (
        "made by HPy_Dup in mistakes.keep", "closed by HPy_Close in mistakes.close_kept"), "handle", "mistakes.use_kept"),
]
NULLS = [
    Mistake("m.null_handle(x)", "HPy_Add arg 2 must not be HPy_NULL", ("= help: `h2` is a handle that is open",)),
    Mistake("m.null_in_array(x)", "HPyTuple_FromArray arg 1 must not hold HPy_NULL", ("each item of `items`",)),
    Mistake("m.null_array(x)", "HPy_Call arg 2 must not be NULL"),
    Mistake("m.negative_count(x)", "HPyTuple_FromArray arg 2 must not be negative"),
    Mistake("m.null_text(x)", "HPyUnicode_FromString arg 1 must not be NULL", ("= help: `utf8` is the address",)),
    Mistake("m.null_name(x)", "HPy_GetAttr_s arg 2 must not be NULL"),
    Mistake("m.null_bytes(x)", "HPyBytes_FromString arg 1 must not be NULL"),
    Mistake("m.null_message(x)", "HPyErr_SetString arg 2 must not be NULL"),
    Mistake("m.null_result(x)", "HPyContextVar_Get arg 3 must not be NULL"),
    Mistake("m.null_spec(x)", "HPyType_FromSpec arg 1 must not be NULL"),
    Mistake("m.null_global(x)", "HPyGlobal_Store arg 1 must not be NULL"),
    Mistake("m.null_field(x)", "HPyField_Store arg 2 must not be NULL"),
    Mistake("m.null_data(m.Plain)", "_HPy_New arg 2 must not be NULL"),
]
CONTEXTS = [
    Mistake("m.keep_context(x), m.use_kept_context(x)", "Error: Wrong HPy Context!", (
        "HPy_Dup: the context is not that of the running call", "= help: pass the context that the function got"), "other",
        "mistakes.use_kept_context"),
]
SHAPES = [
    Mistake(f"m.read_plain({wrong})", "Invalid usage of _HPy_AsStruct_Object. Expected shape HPyType_BuiltinShape_Object but "
            "got HPyType_BuiltinShape_Legacy", (f"the object is of the type '{name}'", "HPy_TypeCheck"))
    for wrong, name in (("5", "int"), ("x", "str"), ("type('Sub', (int,), {})()", "Sub"))
] + [
    Mistake("m.wrong_shape(m.Plain())", "Invalid usage of _HPy_AsStruct_Long. Expected shape HPyType_BuiltinShape_Long but got "
            "HPyType_BuiltinShape_Object"),
]
KINDS = kinds({
    "typecheck": "HPy_TypeCheck arg 2 must be a type", "name": "HPyType_GetName arg must be a type",
    "subtype_1": "HPyType_IsSubtype arg 1 must be a type", "subtype_2": "HPyType_IsSubtype arg 2 must be a type",
    "get_size": "HPyBytes_GET_SIZE arg must be a bytes object", "as_string": "HPyBytes_AS_STRING arg must be a bytes object",
    "kwnames": "HPy_Call arg 'kwnames' must be a tuple object or HPy_NULL",
    "method_kwnames": "HPy_CallMethod arg 'kwnames' must be a tuple object or HPy_NULL",
    "globals": "HPy_EvalCode arg 2 must be a dict object", "locals": "HPy_EvalCode arg 3 must be a dict object",
    "exception": "HPyErr_NewException arg 3 must be a dict object",
    "exception_with_doc": "HPyErr_NewExceptionWithDoc arg 4 must be a dict object",
    "iterator": "HPyIter_Next arg must be an iterator", "slice": "HPySlice_Unpack arg 1 must be a slice object",
}) + [
    Mistake("m.kind_substring(5)", "HPyUnicode_Substring arg 1 must be a Unicode object"),
    Mistake("m.kind_code({})", "HPy_EvalCode arg 1 must be a code object"),
    Mistake("m.no_receiver(x)", "HPy_CallMethod arg 3 must not be 0", ("`args[0]` is the object",)),
]
FIELDS = [
    Mistake("m.store_field(m.Missing())", MISSED, ("HPyField_Store stored to the field at offset 8", "HPy_VISIT")),
    Mistake("m.store_field(type('Sub', (m.Missing,), {})())", MISSED.replace("mistakes.Missing", "Sub")),
    Mistake("m.visit_no_field(m.Wrong())", "HPy_tp_traverse of 'mistakes.Wrong' visits what is no field of the object", (
        "it visits offset 16",)),
    Mistake("m.store_field(m.Without())", "HPyField_Store: the type 'mistakes.Without' has a field, and no HPy_tp_traverse"),
    Mistake("m.copy_field(m.Good())", "HPyField_Load: the field does not belong to the object", ("do not copy a field out",)),
    Mistake("m.copy_overwritten_field(m.Good())", "HPyField_Load: the field does not belong to the object"),
    Mistake("m.store_unregistered(x)", "HPyGlobal_Store: the global is not registered", ("`globals` of the HPyModuleDef",)),
]
LEAVING = [
    Mistake("m.call_away(x)", f"HPy_Dup is called between {LEAVE} and {REENTER}", (
        f"= help: call {REENTER} before any other function",)),
    Mistake("m.leave_twice(x)", f"{LEAVE} is called between {LEAVE} and {REENTER}"),
    Mistake("m.reenter_twice(x)", f"{REENTER} is called by a thread that is in the interpreter"),
    Mistake("m.reenter_with_another(x)", f"{REENTER}: the state is not what {LEAVE} gave"),
    Mistake("m.return_away(x)", f"a function returned between {LEAVE} and {REENTER}"),
]
BUILDERS = [
    Mistake("m.set_after_build(x)", BUILDER, (
        "HPyListBuilder_Set arg 1: made by HPyListBuilder_New in mistakes.set_after_build",
        "closed by HPyListBuilder_Build in mistakes.set_after_build"), "builder"),
    Mistake("m.build_twice(x)", BUILDER, ("HPyListBuilder_Build arg 1: made by",), "builder"),
    Mistake("m.cancel_after_build(x)", BUILDER, ("HPyListBuilder_Cancel arg 1: made by",), "builder"),
    Mistake("m.garbage_builder(x)", BUILDER, ("the value is none that this context gave",), "builder"),
    Mistake("m.object_as_builder(x)", BUILDER, ("made by HPy_Dup",), "builder"),
    Mistake("m.builder_as_object(x)", "Invalid usage of a builder or tracker as a handle", (
        "HPy_Repr arg 1: made by HPyListBuilder_New",), "handle"),
    Mistake("m.index_beyond(x)", "HPyListBuilder_Set arg 2 is out of range", ("the index is 1, and the size 1",)),
    Mistake("m.index_negative(x)", "HPyTupleBuilder_Set arg 2 is out of range", ("the index is -1, and the size 1",)),
    Mistake("m.set_twice(x)", "HPyListBuilder_Set arg 2: the item 0 is already set"),
    Mistake("m.item_missing(x)", "HPyTupleBuilder_Build: the item 1 is not set"),
    Mistake("m.add_after_close(x)", "HPyTracker_Add: Invalid usage of already closed tracker", (
        "made by HPyTracker_New", "closed by HPyTracker_Close"), "builder"),
    Mistake("m.close_tracker_twice(x)", "HPyTracker_Close: Invalid usage of already closed tracker", (), "builder"),
    Mistake("m.track_closed(x)", CLOSED, ("HPyTracker_Add arg 2: made by HPy_Dup",), "handle"),
    Mistake("m.track_argument(x)", "HPy_Close closes an argument, which is not the module's own", (), "handle"),
]
BUFFERS = [
    Mistake("m.set_owner(1), memoryview(m.Exporter())", "a function returned an argument, which is not its own",
            ("the `obj` of a view",), "handle", "mistakes.Exporter.HPy_bf_getbuffer"),
    Mistake("m.set_owner(2), memoryview(m.Exporter())", CLOSED, ("the `obj` of a view: made by HPy_Dup",), "handle",
            "mistakes.Exporter.HPy_bf_getbuffer"),
    Mistake("m.set_owner(3), memoryview(m.Exporter())", CLOSED, ("the value is none that this context gave",), "handle",
            "mistakes.Exporter.HPy_bf_getbuffer"),
    Mistake("m.set_owner(4), memoryview(m.Exporter())", "HPy_bf_getbuffer gave a view without an `obj`", (), "other",
            "mistakes.Exporter.HPy_bf_getbuffer"),
    Mistake("m.set_owner(5), memoryview(m.Exporter())", "HPy_bf_getbuffer failed, and left the `obj` of the view", (), "other",
            "mistakes.Exporter.HPy_bf_getbuffer"),
]
MISTAKES = HANDLES + NULLS + CONTEXTS + SHAPES + KINDS + FIELDS + LEAVING + BUILDERS + BUFFERS

# Nobody can be told of these: the process ends.
MEMORY = "= help: such memory is the object's own: copy what has to outlive the handle, and never write to it"
ENDS = [
    Mistake("m.text_after_close(x)", "memory that HPyUnicode_AsUTF8AndSize gave is used after its handle was closed", (
        "the fault in mistakes.text_after_close is at the byte 1", MEMORY)),
    Mistake("m.text_written(x)", "memory that HPyUnicode_AsUTF8AndSize gave is written to", ("at the byte 2", MEMORY)),
    Mistake("m.keep_text(x), m.use_kept_text(x)", "memory that HPyUnicode_AsUTF8AndSize gave is used after its handle was closed", (
        "the fault in mistakes.use_kept_text is at", "the pointer was given in mistakes.keep_text", MEMORY), "other",
        "mistakes.use_kept_text"),
    Mistake("m.bytes_after_close(x)", "memory that HPyBytes_AsString gave is used after its handle was closed", (MEMORY,)),
    Mistake("m.bytes_written(x)", "memory that HPyBytes_AS_STRING gave is written to", (MEMORY,)),
    Mistake("m.name_after_close(x)", "memory that HPyType_GetName gave is used after its handle was closed", (MEMORY,)),
    # The thread has no function of the module's that could be named.
    Mistake("m.foreign_thread(x)", "HPyLong_FromInt64_t is called by a thread that is out of the interpreter", (
        "= help: a thread that Python has not called",), "other", " "),
    Mistake("m.reenter_elsewhere(x)", f"{REENTER} is called by a thread that has not left the interpreter", (), "other", " "),
]

# A result that contradicts an exception is a SystemError unless somebody wants to be told.
IS_SET, NOT_SET = "returned a result with an exception set", "returned an error without setting an exception"
CONTRADICTIONS = [
    Mistake("m.result_with_exception(x)", IS_SET, ("= help: return HPy_NULL or -1 after a failure",)),
    Mistake("m.error_without_exception(x)", NOT_SET, ("= help: set one with HPyErr_SetString",)),
] + [
    Mistake(f"m.set_contrary({how}), {call}", headline, (), "other", f"mistakes.Contrary.{name}")
    for how, headline in ((1, IS_SET), (2, NOT_SET))
    for call, name in (
        ("m.Contrary()", "HPy_tp_init"), ("len(c)", "HPy_sq_length"), ("5 in c", "HPy_sq_contains"), ("hash(c)", "HPy_tp_hash"),
        ("c.__setitem__(1, 2)", "HPy_mp_ass_subscript"), ("c.place", "place"), ("setattr(c, 'place', 1)", "place"),
        ("c + 1", "HPy_nb_add"),
    ) if (how, name) != (1, "HPy_tp_hash")
] + [
    Mistake("m.set_owner(6), memoryview(m.Exporter())", IS_SET, (), "other", "mistakes.Exporter.HPy_bf_getbuffer"),
]


@pytest.fixture
def library(universal):
    path = pathlib.Path(SAMPLE or "none").with_name("mistakes.hpy0.so")
    if not path.exists():
        pytest.skip("beside HPY_TEST_MODULE there is no mistakes.hpy0.so, to which mistakes.c is compiled")
    return path


@pytest.fixture
def m(universal, library, tmp_path):
    """The module `mistakes` in debug mode, a new one each time; a mistake may be left over from no other test."""
    path = str(shutil.copy(library, tmp_path / "mistakes.hpy0.so"))
    yield universal.load("mistakes", path, spec("mistakes", path), mode=universal.MODE_DEBUG)
    set_on_mistake(None)
    universal._debug.set_on_invalid_handle(None)
    universal._debug.set_on_invalid_builder_handle(None)


def names(m):
    contrary = m.Contrary() if m.set_contrary(0) is None else None
    return {"m": m, "x": "text", "c": contrary}


def name_of(mistake):
    return mistake.call


def place_of(mistake):
    called = mistake.call.rsplit("m.", 1)[-1].split("(")[0]
    if mistake.call.count("m.") > 1 and not mistake.place:
        called = mistake.call.split("m.")[1].split("(")[0]
    return mistake.place or f"mistakes.{called}"


LOAD = """
import sys
sys.path[:0] = {paths!r}
from importlib.machinery import ExtensionFileLoader, ModuleSpec
from hpy import universal
spec = ModuleSpec("mistakes", ExtensionFileLoader("mistakes", {library!r}), origin={library!r})
m = universal.load("mistakes", {library!r}, spec, mode=universal.MODE_DEBUG)
"""
SCRIPT = LOAD + """
x = "text"
c = m.Contrary()
{call}
print("survived")
"""


def run(library, call):
    """Runs code in a process of its own, and returns its exit status and the lines of its stderr."""
    script = SCRIPT.format(paths=sys.path, library=str(library), call=call)
    found = subprocess.run([sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=60)
    return found.returncode, found.stdout.decode(), found.stderr.decode().splitlines()


@pytest.mark.parametrize("mistake", MISTAKES + ENDS, ids=name_of)
def test_a_mistake_ends_the_process(library, mistake):
    status, out, lines = run(library, mistake.call)
    assert status == 1 and "survived" not in out, lines
    assert lines[0] == f"Fatal Python error: {mistake.headline}", lines
    text = "\n".join(lines)
    for more in (*mistake.more, f"in {place_of(mistake)}" if mistake.place != " " else "", "= help: "):
        assert more in text


@pytest.mark.parametrize("mistake", MISTAKES, ids=name_of)
def test_a_mistake_raises(m, mistake):
    assert raise_mistakes() is None
    with pytest.raises(HPyMistakeError) as caught:
        eval(mistake.call, names(m))
    headline, *lines = str(caught.value).splitlines()
    assert headline == mistake.headline
    assert lines[0] == f"in {place_of(mistake)}" and lines[-1].startswith("= help: ")
    for more in mistake.more:
        assert more in "\n".join(lines)


@pytest.mark.parametrize("mistake", MISTAKES + CONTRADICTIONS, ids=name_of)
def test_a_callback_is_told_and_the_module_goes_on(m, mistake):
    told = []
    values = names(m)
    assert set_on_mistake(told.append) is None
    try:
        eval(mistake.call, values)
    except (SystemError, ValueError, BufferError):
        pass
    gc.collect()
    assert [message.splitlines()[0] for message in told] == [mistake.headline]
    assert m.go_on is not None and m.nulls_that_are_allowed(1) == slice(None)


@pytest.mark.parametrize("mistake", [one for one in MISTAKES if one.about != "other"], ids=name_of)
def test_hpys_callbacks_are_told_of_handles_and_builders(universal, m, mistake):
    told = []
    universal._debug.set_on_invalid_handle(lambda: told.append("handle"))
    universal._debug.set_on_invalid_builder_handle(lambda: told.append("builder"))
    try:
        eval(mistake.call, names(m))
    except SystemError:
        pass
    assert told == [mistake.about]


@pytest.mark.parametrize("mistake", CONTRADICTIONS, ids=name_of)
def test_a_contradiction_is_a_system_error(m, mistake):
    with pytest.raises(SystemError) as caught:
        eval(mistake.call, names(m))
    headline, *lines = str(caught.value).splitlines()
    assert headline == f"{place_of(mistake)} {mistake.headline}" and lines[-1].startswith("= help: ")
    if mistake.headline == IS_SET:
        assert isinstance(caught.value.__cause__, (ValueError, BufferError))


@pytest.mark.parametrize("mistake", CONTRADICTIONS, ids=name_of)
def test_a_contradiction_raises_where_mistakes_do(m, mistake):
    raise_mistakes()
    with pytest.raises(HPyMistakeError) as caught:
        eval(mistake.call, names(m))
    assert str(caught.value).splitlines()[:2] == [mistake.headline, f"in {place_of(mistake)}"]


def test_what_is_right_is_no_mistake(m):
    class Sub(m.Plain):
        pass

    class Below(m.Good):
        __slots__ = "slot"

    raise_mistakes()
    with LeakDetector():
        assert m.read_plain(m.Plain()) == m.read_plain(Sub()) == 7
        assert m.nulls_that_are_allowed(1) == slice(None, None, None)
        for node in (m.Good(), Below()):
            m.store_field(node)
            assert m.load_field(node) is True
        assert m.store_registered("kept") == "kept"
        m.set_owner(0), m.set_contrary(0)
        assert bytes(memoryview(m.Exporter())) == b"abc\0"
        contrary = m.Contrary()
        assert (len(contrary), 5 in contrary, hash(contrary), contrary.place) == (0, False, 5, None)


@pytest.mark.parametrize("name, resource", [("leave_builder", "a builder made by HPyListBuilder_New"),
                                            ("leave_tuple_builder", "a builder made by HPyTupleBuilder_New"),
                                            ("leave_tracker", "a tracker made by HPyTracker_New")])
def test_builders_and_trackers_left_open(universal, m, name, resource):
    generation = universal._debug.new_generation()
    getattr(m, name)(1)
    (found,) = universal._debug.get_open_resources(generation)
    assert found == f"{resource} in mistakes.{name}"


def test_a_view_that_is_given_back(m):
    m.set_owner(7)
    told = []
    set_on_mistake(told.append)
    exporter = m.Exporter()
    count = sys.getrefcount(exporter)
    memoryview(exporter).release()
    assert [message.splitlines()[:2] for message in told] == [
        ["HPy_Close closes an argument, which is not the module's own", "in mistakes.Exporter.HPy_bf_releasebuffer"]
    ]
    assert sys.getrefcount(exporter) == count


@pytest.mark.parametrize("owner", range(1, 7))
def test_a_wrong_view_leaks_no_owner(m, owner):
    m.set_owner(owner)
    set_on_mistake(lambda message: None)
    exporter = m.Exporter()
    count = sys.getrefcount(exporter)
    try:
        memoryview(exporter).release()
    except (BufferError, SystemError):
        pass
    assert sys.getrefcount(exporter) == count


# Where no call can raise, sys.unraisablehook gets the exception.


@pytest.fixture
def unraisable(monkeypatch):
    seen = []
    monkeypatch.setattr(sys, "unraisablehook", lambda unraisable: seen.append(unraisable.exc_value))
    return seen


@pytest.mark.parametrize("how, headline", [(3, CLOSED), (4, IS_SET)])
def test_mistakes_of_finalizers(m, unraisable, how, headline):
    raise_mistakes()
    contrary = m.Contrary()
    m.set_contrary(how)
    del contrary
    gc.collect()
    m.set_contrary(0)
    (error,) = unraisable
    assert isinstance(error, HPyMistakeError) and str(error).splitlines()[0] == headline
    assert "in mistakes.Contrary.HPy_tp_finalize" in str(error)


def test_a_finalizer_leaves_an_exception_alone(m):
    """An object goes while an exception is on its way."""
    raise_mistakes()

    def fails():
        contrary = m.Contrary()  # noqa: F841
        raise KeyError("of the function")

    with pytest.raises(KeyError):
        fails()


@pytest.mark.parametrize("call", ["m.Destroyed()", "m.make_capsule(1)"])
def test_destructors_have_no_context(library, m, unraisable, call):
    status, _, lines = run(library, f"{call}; import gc; gc.collect()")
    assert status == 1 and lines[0] == "Fatal Python error: Error: Wrong HPy Context!"
    raise_mistakes()
    eval(call, names(m))
    gc.collect()
    assert unraisable and all(str(error).startswith("Error: Wrong HPy Context!") for error in unraisable)


def test_finalizers_that_end_the_process(library):
    status, _, lines = run(library, "m.set_contrary(3); del c")
    assert status == 1 and lines[0] == f"Fatal Python error: {CLOSED}"


# Calls in calls.


def test_a_mistake_raises_in_the_innermost_call(m):
    raise_mistakes()

    def inner():
        try:
            m.close_twice("x")
        except HPyMistakeError as error:
            return str(error).splitlines()[1]

    assert m.call(inner) == ("in mistakes.close_twice", "in mistakes.close_twice")


def test_a_mistake_in_a_call_fails_those_around(m):
    raise_mistakes()
    with pytest.raises(HPyMistakeError) as caught:
        m.call(lambda: m.call(lambda: m.go_on("x")))
    assert "in mistakes.go_on" in str(caught.value)
    assert len(traceback.extract_tb(caught.value.__traceback__)) > 3


def test_a_mistake_raises_though_the_module_goes_on(m):
    raise_mistakes()
    with pytest.raises(HPyMistakeError):
        m.go_on("x")
    set_on_mistake(lambda message: None)
    assert m.go_on("x") == "'x'"


def test_a_callback_that_calls_the_module(m):
    told = []

    def callback(message):
        told.append(message.splitlines()[1])
        if len(told) < 5:
            m.close_twice("x")
        assert m.store_registered(7) == 7

    set_on_mistake(callback)
    m.go_on("x")
    assert told == ["in mistakes.go_on"] + ["in mistakes.close_twice"] * 4


def test_a_callback_without_end_is_a_recursion_error(m):
    set_on_mistake(lambda message: m.close_twice("x"))
    with pytest.raises(RecursionError):
        m.go_on("x")


def test_a_callback_that_takes_itself_away(m):
    set_on_mistake(lambda message: set_on_mistake(told.append))
    told = []
    m.go_on("x"), m.go_on("x")
    assert len(told) == 1


def test_the_callback_gets_no_exception_and_leaves_the_one_that_was_set(m):
    def callback(message):
        assert sys.exc_info() == (None, None, None)
        with pytest.raises(ZeroDivisionError):
            1 / 0

    set_on_mistake(callback)
    assert m.go_on("x") == "'x'"


def test_mistakes_leak_nothing(universal, m):
    """Of the objects that a mistake is about, and of the exceptions."""
    set_on_mistake(lambda message: None)
    calls = [one.call for one in MISTAKES + CONTRADICTIONS if "keep(" not in one.call and "set_twice" not in one.call]
    argument = "an argument of its own"

    def all_mistakes():
        for call in calls:
            try:
                eval(call, {**values, "x": argument})
            except (SystemError, ValueError, BufferError):
                pass
        gc.collect()

    values = names(m)
    all_mistakes()
    generation, count = universal._debug.new_generation(), sys.getrefcount(argument)
    for _ in range(3):
        all_mistakes()
    assert sys.getrefcount(argument) == count
    left = universal._debug.get_open_handles(generation)
    assert left == [], left
    assert universal._debug.get_open_resources(generation) == []


# Threads and interpreters.


def test_threads(universal, m):
    """Each thread makes mistakes and none, and gets the exceptions of its own."""
    raise_mistakes()
    failures = []

    def work():
        try:
            for _ in range(60):
                node = m.Good()
                m.store_field(node)
                assert m.load_field(node) is True and m.read_plain(m.Plain()) == 7
                for name in ("close_twice", "set_after_build", "call_away", "null_text", "garbage_handle"):
                    with pytest.raises(HPyMistakeError, match=f"in mistakes.{name}"):
                        getattr(m, name)("x")
        except BaseException as error:
            failures.append(error)

    generation = universal._debug.new_generation()
    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert universal._debug.get_open_handles(generation) == []


INTERPRETERS = """
try:
    import _interpreters as interpreters
    new = lambda: interpreters.create("legacy")
except ImportError:
    import _xxsubinterpreters as interpreters
    new = lambda: interpreters.create(isolated=False)
CODE = '''LOAD'''
generation = universal._debug.new_generation()
m.keep("of the first")
def run(code):
    try:
        failed = interpreters.run_string(there, CODE + code)
    except Exception as error:
        failed = error
    assert failed is None, failed
there = new()
"""


def in_interpreters(library, code):
    load = LOAD.format(paths=sys.path, library=str(library))
    return run(library, INTERPRETERS.replace("LOAD", load) + code)


@pytest.fixture
def several():
    try:
        __import__("_interpreters" if sys.version_info >= (3, 13) else "_xxsubinterpreters")
    except ImportError:
        pytest.skip("this Python has no module for other interpreters")


def test_a_handle_of_another_interpreter(several, library):
    status, _, lines = in_interpreters(library, "run('m.use_kept(1)')")
    assert status == 1
    assert lines[0] == "Fatal Python error: Invalid usage of a handle of another interpreter", lines
    text = "\n".join(lines)
    assert "HPy_Repr arg 1: made by HPy_Dup in mistakes.keep" in text and "= help: an object belongs to one" in text


def test_interpreters_see_their_own_handles(several, library):
    status, out, lines = in_interpreters(library, """
run('''
generation = universal._debug.new_generation()
assert len(universal._debug.get_open_handles(0)) > 50
assert not [handle for handle in universal._debug.get_open_handles(0) if handle.obj == "of the first"]
universal._debug.set_on_mistake(lambda message: None)
m.keep("of the second"), m.go_on("x")
assert [handle.obj for handle in universal._debug.get_open_handles(generation)] == ["of the second"]
''')
assert [handle.obj for handle in universal._debug.get_open_handles(generation)] == ["of the first"]
interpreters.destroy(there)
assert [handle.obj for handle in universal._debug.get_open_handles(generation)] == ["of the first"]
assert not [handle for handle in universal._debug.get_closed_handles(generation) if handle.obj]
""")
    assert status == 0 and out == "survived\n", lines


def test_leaving_the_interpreter_where_there_are_several(several, library):
    """CPython itself then no longer tells whether a thread is in the interpreter."""
    for call in ("call_away", "leave_twice", "return_away", "reenter_twice"):
        (headline,) = [one.headline for one in LEAVING if one.call == f"m.{call}(x)"]
        status, _, lines = in_interpreters(library, f"run('m'); m.{call}(x)")
        assert status == 1 and lines[0] == f"Fatal Python error: {headline}", lines
