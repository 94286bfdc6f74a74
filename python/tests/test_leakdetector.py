# python/tests/test_leakdetector.py: LeakDetector and its errors, with a fake loader and with the real one.

import pytest

from hpy.debug import HPyDebugError, HPyLeakError, HPyMistakeError, LeakDetector, raise_mistakes, set_on_mistake


@pytest.mark.parametrize("things, text", [(0, "0 unclosed handles:"), (1, "1 unclosed handle:\n    'a'"),
                                          (2, "2 unclosed handles:\n    'a'\n    'a'")])
def test_the_error_counts_the_handles_and_shows_each(things, text):
    error = HPyLeakError(["a"] * things)
    assert str(error) == text
    assert (error.leaks, error.args) == (["a"] * things, ())
    assert isinstance(error, HPyDebugError)


def test_the_error_shows_resources_after_the_handles():
    error = HPyLeakError(["a"], ["<HPyTracker>", "<HPyListBuilder>"])
    assert str(error) == "1 unclosed handle:\n    'a'\n2 unclosed resources:\n    <HPyTracker>\n    <HPyListBuilder>"
    assert str(HPyLeakError([], ["<HPyTracker>"])) == "1 unclosed resource:\n    <HPyTracker>"


def test_a_detector_is_started_once_and_stopped_after_that(fake):
    detector = LeakDetector()
    with pytest.raises(ValueError, match="^LeakDetector not started yet$"):
        detector.stop()
    detector.start()
    with pytest.raises(ValueError, match="^LeakDetector already started$"):
        detector.start()
    detector.stop()
    with pytest.raises(ValueError, match="^LeakDetector already started$"):
        detector.start()


def test_it_reports_what_was_opened_since_the_start(fake):
    fake._debug.leak("before")
    detector = LeakDetector()
    detector.start()
    handle = fake._debug.leak("after")
    for _ in range(2):
        with pytest.raises(HPyLeakError) as caught:
            detector.stop()
        assert caught.value.leaks == [handle]
    handle.is_closed = True
    detector.stop()


def test_it_reports_an_open_tracker(fake):
    with pytest.raises(HPyLeakError, match="^1 unclosed resource:\n    <HPyTracker 0x2>$"):
        with LeakDetector():
            fake._debug.leave_tracker()


def test_a_leak_is_reported_beside_the_exception_of_the_block(fake):
    with pytest.raises(HPyLeakError) as caught:
        with LeakDetector() as detector:
            assert detector.generation == 1
            fake._debug.leak("x")
            raise KeyError("y")
    assert repr(caught.value.__context__) == "KeyError('y')"


def test_detectors_nest(fake):
    with pytest.raises(HPyLeakError):
        with LeakDetector():
            fake._debug.leak("outer")
            with LeakDetector():
                pass


def test_a_mistake_calls_the_callback(fake):
    messages = []
    assert set_on_mistake(messages.append) is None
    fake._debug.mistake("m")
    assert messages == ["m"]
    assert set_on_mistake(None) == messages.append


def test_a_mistake_can_raise(fake):
    assert raise_mistakes() is None
    with pytest.raises(HPyMistakeError, match="^m$"):
        fake._debug.mistake("m")


def test_the_real_loader_reports_leaks(load, universal):
    sample = load(universal.MODE_DEBUG)
    with LeakDetector():
        assert sample.add(1, 2) == 3
    with pytest.raises(HPyLeakError, match="^1 unclosed handle:\n    <DebugHandle 0x[0-9a-f]+ for 'left open'>\n") as caught:
        with LeakDetector():
            sample.leak("left open")
    (handle,) = caught.value.leaks
    assert (handle.obj, handle.is_closed) == ("left open", False)


def test_the_real_loader_reports_open_trackers(load, universal):
    sample = load(universal.MODE_DEBUG)
    with pytest.raises(HPyLeakError) as caught:
        with LeakDetector():
            sample.leave_tracker()
    assert len(caught.value.resources) == 1 and "HPyTracker" in caught.value.resources[0]


def test_the_real_loader_reports_views_that_are_not_released(load, universal):
    sample = load(universal.MODE_DEBUG)
    data = bytearray(b"abc")
    with pytest.raises(HPyLeakError) as caught:
        with LeakDetector():
            assert sample.keep_view(data) == 3
    (handle,) = caught.value.leaks
    assert handle.obj is data


@pytest.mark.parametrize("function", ["close_twice", "use_closed"])
def test_a_mistake_raises_through_the_real_loader(load, universal, function):
    sample = load(universal.MODE_DEBUG)
    previous = raise_mistakes()
    try:
        with pytest.raises(HPyMistakeError, match="sample"):
            getattr(sample, function)("x")
        assert sample.add(1, 2) == 3
    finally:
        set_on_mistake(previous)
