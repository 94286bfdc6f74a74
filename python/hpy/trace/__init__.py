# python/hpy/trace/__init__.py: what Python code asks of modules that are loaded in trace mode.
"""Counts and times the calls of HPy's functions by modules that are loaded in trace mode, as with `HPY=trace`.

`python -m hpy.trace script.py` runs a script in trace mode and prints the figures. A function is named by its member in
HPy's context: `HPy_Add` is `ctx_Add`.
"""

from hpy.universal import _trace

from .recording import Figures, Recording

__all__ = [
    "Figures",
    "Recording",
    "get_call_counts",
    "get_durations",
    "get_frequency",
    "get_module_call_counts",
    "get_module_durations",
    "set_trace_functions",
    "start_events",
    "stop_events",
]

# HPy's.
get_call_counts = _trace.get_call_counts
get_durations = _trace.get_durations
get_frequency = _trace.get_frequency
set_trace_functions = _trace.set_trace_functions

# Of hpy-sys.
get_module_call_counts = _trace.get_module_call_counts
get_module_durations = _trace.get_module_durations
start_events = _trace.start_events
stop_events = _trace.stop_events
