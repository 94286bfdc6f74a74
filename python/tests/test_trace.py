# python/tests/test_trace.py: recordings, their tables and their JSON, with a fake loader and with the real one.

import json

import pytest


def record(fake, events=0):
    from hpy.trace import Recording

    fake._trace.call("ctx_Close", times=50)
    with Recording(events) as recording:
        fake._trace.call("ctx_Add", duration=2_000, times=1_500)
        fake._trace.call("ctx_Close", duration=100, times=3_000)
        fake._trace.call("ctx_New", "second", duration=50_000)
        fake._trace.call("ctx_CallRealFunctionFromTrampoline", duration=4_000_000, times=2)
    return recording


def test_a_recording_has_what_was_called_inside(fake):
    recording = record(fake)
    assert sorted(recording.functions()) == [
        ("ctx_Add", 1_500, 3_000_000), ("ctx_Close", 3_000, 300_000), ("ctx_New", 1, 50_000)
    ]
    assert sorted(recording.modules()) == [("first", 4_500, 3_300_000), ("second", 1, 50_000)]
    assert recording.entries() == [("first", 2, 8_000_000)]


def test_the_table(fake):
    assert record(fake).table() == """\
HPy function  calls  time ms  % time  ns/call
ctx_Add       1,500    3.000    89.6    2,000
ctx_Close     3,000    0.300     9.0      100
ctx_New           1    0.050     1.5   50,000
total         4,501    3.350   100.0      744

module  calls  time ms  % time  ns/call
first   4,500    3.300    98.5      733
second      1    0.050     1.5   50,000
total   4,501    3.350   100.0      744

called by Python  calls  time ms  % time    ns/call
first                 2    8.000   100.0  4,000,000
total                 2    8.000   100.0  4,000,000

A time includes all that is called inside: Python code, and HPy functions that this code calls."""


@pytest.mark.parametrize("sort, names", [
    ("time", ["ctx_Add", "ctx_Close", "ctx_New"]), ("calls", ["ctx_Close", "ctx_Add", "ctx_New"]),
    ("mean", ["ctx_New", "ctx_Add", "ctx_Close"]), ("name", ["ctx_Add", "ctx_Close", "ctx_New"]),
])
def test_the_table_is_sorted(fake, sort, names):
    assert [line.split()[0] for line in record(fake).table(sort).splitlines()[1:4]] == names


def test_the_table_says_what_it_leaves_out(fake):
    lines = record(fake).table(limit=1).splitlines()
    assert lines[1].startswith("ctx_Add") and lines[2:4] == ["(2 more)", "total         4,501    3.350   100.0      744"]


def test_an_empty_recording_says_so(fake):
    from hpy.trace import Recording

    with Recording() as recording:
        pass
    assert recording.table() == "no module in trace mode called an HPy function"


def test_wrong_arguments(fake):
    from hpy.trace import Recording

    recording = record(fake)
    with pytest.raises(ValueError, match="^a table sorted by 'size': it is sorted by time, calls, mean, name$"):
        recording.table("size")
    with pytest.raises(ValueError, match="^a table of -1 rows: give 0 for all, or a number from 1 on$"):
        recording.table(limit=-1)
    with pytest.raises(ValueError, match="^a recording of -1 events: give a number from 0 on$"):
        Recording(-1)
    with pytest.raises(ValueError, match=r"^this recording keeps no single calls: make it with Recording\(events=1000000\)$"):
        recording.write_json("unused.json")


def test_calls_that_take_no_time_have_a_table(fake):
    from hpy.trace import Recording

    with Recording() as recording:
        fake._trace.call("ctx_Add", duration=0)
    assert recording.table().splitlines()[1] == "ctx_Add           1    0.000     0.0        0"


def test_the_json_is_of_the_trace_event_format(fake, tmp_path):
    recording = record(fake, events=10_000)
    recording.write_json(tmp_path / "trace.json")
    document = json.loads((tmp_path / "trace.json").read_text())
    events = document["traceEvents"]
    assert document["displayTimeUnit"] == "ns" and document["otherData"] == {"dropped": 0}
    assert len(events) == 4_503
    assert {key: events[1][key] for key in ("name", "cat", "ph", "ts", "dur", "tid")} == {
        "name": "ctx_Add", "cat": "first", "ph": "X", "ts": 2.0, "dur": 2.0, "tid": 7
    }
    assert events[0]["ts"] == 0 and len({event["pid"] for event in events}) == 1


def test_the_json_of_no_calls_is_valid(fake, tmp_path):
    from hpy.trace import Recording

    with Recording(events=1) as recording:
        pass
    recording.write_json(str(tmp_path / "trace.json"))
    assert json.loads((tmp_path / "trace.json").read_text())["traceEvents"] == []


def test_a_recording_counts_the_events_that_it_drops(fake, tmp_path):
    recording = record(fake, events=2)
    assert (len(recording.events), recording.dropped) == (2, 4_501)
    recording.write_json(tmp_path / "trace.json")
    assert json.loads((tmp_path / "trace.json").read_text())["otherData"] == {"dropped": 4_501}


def test_the_real_loader_records(load, universal, tmp_path):
    from hpy.trace import Recording

    sample = load(universal.MODE_TRACE)
    with Recording(events=100) as recording:
        assert sample.add(1, 2) == 3
    assert [(name, calls) for name, calls, _ in recording.functions()] == [("ctx_Add", 1)]
    assert [(name, calls) for name, calls, _ in recording.modules()] == [("sample", 1)]
    ((name, module, thread, begin, duration),) = [each for each in recording.events if each[0] == "ctx_Add"]
    assert module == "sample" and duration > 0
    recording.write_json(tmp_path / "trace.json")
    assert json.loads((tmp_path / "trace.json").read_text())["traceEvents"]
