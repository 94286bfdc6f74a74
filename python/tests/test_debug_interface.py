# python/tests/test_debug_interface.py: `_debug` and `_trace` of the real extension module, as HPy 0.9.0 has them.

import sys

import pytest


@pytest.fixture
def debug(universal):
    yield universal._debug
    universal._debug.set_closed_handles_queue_max_size(1024)
    universal._debug.set_protected_raw_data_max_size(10 * 2**20)
    universal._debug.set_handle_stack_trace_limit(None)
    universal._debug.set_on_invalid_handle(None)
    universal._debug.set_on_invalid_builder_handle(None)


@pytest.fixture
def trace(universal):
    yield universal._trace
    universal._trace.set_trace_functions(None, None)


@pytest.fixture
def sample(load, universal):
    return load(universal.MODE_DEBUG)


def open_handles(debug, generation):
    return [handle.obj for handle in debug.get_open_handles(generation)]


def test_generations_count_up(debug):
    first = debug.new_generation()
    assert debug.new_generation() == first + 1


def test_open_handles_come_oldest_first(debug, sample):
    first = debug.new_generation()
    sample.leak("a"), sample.leak("b")
    second = debug.new_generation()
    sample.leak("c")
    assert open_handles(debug, first) == ["a", "b", "c"] and open_handles(debug, second) == ["c"]


def test_constants_are_open_handles_of_generation_0(debug, universal):
    assert None in open_handles(debug, 0)[:10]


def test_a_handle(debug, sample):
    generation = debug.new_generation()
    sample.leak("x")
    (handle,), (again,) = debug.get_open_handles(generation), debug.get_open_handles(generation)
    assert type(handle) is debug.DebugHandle and handle is not again
    assert handle == again and not handle != again and handle != 5 and handle != "x"
    assert (handle.obj, handle.is_closed, handle.raw_data_size) == ("x", False, -1)
    lines = repr(handle).splitlines()
    assert lines[0] == f"<DebugHandle {handle.id:#x} for 'x'>"
    assert lines[1:] == [
        "To get the stack trace of where it was allocated use:", "hpy.debug.set_handle_stack_trace_limit"
    ]
    for name in ("obj", "id", "is_closed", "raw_data_size"):
        with pytest.raises(AttributeError):
            setattr(handle, name, 1)
    with pytest.raises(TypeError):
        hash(handle)
    with pytest.raises(TypeError):
        handle < again
    assert handle._force_close() is None
    assert handle.is_closed and repr(handle).splitlines()[0] == f"<DebugHandle {handle.id:#x} CLOSED>"
    assert debug.get_open_handles(generation) == []


# HPy 0.9.0 crashes in this one, and in the next.
def test_closing_by_force_twice_is_closing_once(debug, sample):
    generation, thing = debug.new_generation(), object()
    sample.leak(thing)
    (handle,) = debug.get_open_handles(generation)
    count = sys.getrefcount(thing)
    handle._force_close()
    handle._force_close()
    assert sys.getrefcount(thing) == count - 1


def test_a_handle_is_made_by_a_module_alone(debug):
    try:
        handle = debug.DebugHandle()
    except TypeError:
        return
    repr(handle)


def test_a_handle_whose_object_has_no_repr(debug, sample):
    class Bad:
        def __repr__(self):
            raise ZeroDivisionError

    generation = debug.new_generation()
    sample.leak(Bad())
    (handle,) = debug.get_open_handles(generation)
    with pytest.raises(ZeroDivisionError):
        repr(handle)
    handle._force_close()


def test_two_handles_of_one_object_differ(debug, sample):
    generation = debug.new_generation()
    sample.leak("x"), sample.leak("x")
    first, second = debug.get_open_handles(generation)
    assert first != second and first.id != second.id and first.obj is second.obj


def test_closing_releases_the_object(debug, sample):
    generation, thing = debug.new_generation(), object()
    before = sys.getrefcount(thing)
    sample.leak(thing)
    (handle,) = debug.get_open_handles(generation)
    assert sys.getrefcount(thing) == before + 1
    handle._force_close()
    assert sys.getrefcount(thing) == before


def test_stacks(debug, sample):
    debug.set_handle_stack_trace_limit(16)
    generation = debug.new_generation()
    sample.leak("x")
    (handle,) = debug.get_open_handles(generation)
    assert repr(handle).splitlines()[1] == "Allocation stacktrace:" and "sample.hpy0.so" in repr(handle)


def test_closed_handles_are_remembered_up_to_a_number(debug, sample):
    generation = debug.new_generation()
    sample.add(1, 2)
    closed = debug.get_closed_handles(generation)
    assert closed and all(handle.is_closed for handle in closed)
    assert len(debug.get_closed_handles()) >= len(closed)
    assert debug.get_closed_handles(debug.new_generation()) == []
    debug.set_closed_handles_queue_max_size(2)
    assert debug.get_closed_handles_queue_max_size() == 2
    for _ in range(20):
        sample.add(1, 2)
    assert len(debug.get_closed_handles()) <= 3


def test_raw_data(debug, sample):
    generation = debug.new_generation()
    sample.leak_utf8("h\u00e9llo")
    (handle,) = debug.get_open_handles(generation)
    assert handle.raw_data_size == 7
    handle._force_close()
    assert handle.raw_data_size == 7
    debug.set_protected_raw_data_max_size(0)
    sample.leak_utf8("other")
    (handle,) = debug.get_open_handles(generation)
    handle._force_close()
    assert handle.raw_data_size == -1


@pytest.mark.parametrize("function, setter", [("close_twice", "set_on_invalid_handle"),
                                              ("use_closed", "set_on_invalid_handle"),
                                              ("use_ended_builder", "set_on_invalid_builder_handle")])
def test_a_callback_replaces_the_end_of_the_process(debug, sample, function, setter):
    calls = []
    getattr(debug, setter)(lambda *arguments: calls.append(arguments))
    getattr(sample, function)(*[] if function == "use_ended_builder" else ["x"])
    assert calls == [()]


@pytest.mark.parametrize("setter", ["set_on_invalid_handle", "set_on_invalid_builder_handle"])
def test_a_callback_is_callable(debug, setter):
    with pytest.raises(TypeError, match="^Expected a callable object$"):
        getattr(debug, setter)(5)
    getattr(debug, setter)(None)


@pytest.mark.parametrize("name, arguments, error", [
    ("new_generation", (1,), TypeError), ("get_open_handles", ("x",), TypeError), ("get_open_handles", (2**80,), OverflowError),
    ("get_open_handles", (None,), TypeError), ("get_closed_handles", (1, 2), TypeError), ("get_closed_handles", ("x",), TypeError),
    ("set_closed_handles_queue_max_size", (-1,), OverflowError), ("set_closed_handles_queue_max_size", ("x",), TypeError),
    ("set_closed_handles_queue_max_size", (), TypeError), ("set_protected_raw_data_max_size", (-1,), OverflowError),
    ("set_protected_raw_data_max_size", (None,), TypeError), ("set_handle_stack_trace_limit", ("x",), TypeError),
    ("set_handle_stack_trace_limit", (2**80,), OverflowError), ("set_on_invalid_handle", (), TypeError),
])
def test_wrong_arguments(debug, name, arguments, error):
    with pytest.raises(error):
        getattr(debug, name)(*arguments)


def test_counts_and_durations(trace, load, universal):
    sample = load(universal.MODE_TRACE)
    counts, durations = trace.get_call_counts(), trace.get_durations()
    assert list(counts) == list(durations) and len(counts) >= 180
    assert sample.add(1, 2) == 3
    assert trace.get_call_counts()["ctx_Add"] == counts["ctx_Add"] + 1
    assert trace.get_durations()["ctx_Add"] > durations["ctx_Add"]
    assert trace.get_frequency() >= 1_000


def test_trace_functions_are_not_told_of_their_own_calls(trace, load, universal):
    sample, seen = load(universal.MODE_TRACE), []

    def enter(name):
        seen.append(name)
        assert sample.add(1, 2) == 3

    trace.set_trace_functions(on_enter=enter, on_exit=enter)
    sample.add(1, 2)
    assert seen == ["ctx_Add", "ctx_Add"]


def test_trace_functions(trace, load, universal):
    sample, seen = load(universal.MODE_TRACE), []
    trace.set_trace_functions(on_enter=lambda name: seen.append("+" + name), on_exit=lambda name: seen.append("-" + name))
    sample.add(1, 2)
    assert seen == ["+ctx_Add", "-ctx_Add"]
    trace.set_trace_functions()
    trace.set_trace_functions(on_enter=None)
    sample.add(1, 2)
    assert seen[2:] == ["-ctx_Add"]
    trace.set_trace_functions(on_exit=None)
    sample.add(1, 2)
    assert len(seen) == 3
    for keywords in ({"on_enter": 5}, {"on_exit": "x"}):
        with pytest.raises(TypeError, match="^Expected a callable object or None$"):
            trace.set_trace_functions(**keywords)
