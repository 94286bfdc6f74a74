# python/hpy/universal.pyi: the types of the extension module, whose functions are written in Rust.

from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any, Callable, Final, Mapping, Optional, final

MODE_UNIVERSAL: Final = 0
MODE_DEBUG: Final = 1
MODE_TRACE: Final = 2

def get_version() -> tuple[str, str]:
    """The loader's version, and the revision of its sources."""

def load(name: str, path: str, spec: ModuleSpec, debug: bool = False, mode: int = -1) -> Any:
    """Loads the module `name` from the file `path`, in one of the modes `MODE_*`; `debug` is short for `MODE_DEBUG`.

    Returns a new module, which it does not put into `sys.modules`. Raises RuntimeError if the file is no HPy module of
    that name for this loader.
    """

def _load_bootstrap(
    name: str,
    ext_name: str,
    package: str,
    file: str,
    loader: Any,
    spec: ModuleSpec,
    env: Mapping[str, str],
) -> Any:
    """Loads the module `name` from `file` in the mode that HPY in `env` gives it, for the file that imports it.

    Sets `__name__` to `ext_name`, and `__package__`, `__file__`, `__loader__`, `__spec__`, and the origin of `spec`.
    """

@final
class _DebugHandle:
    """A handle of a module in debug mode: `hpy.universal._debug.DebugHandle`. Equal is only the same handle."""

    @property
    def obj(self) -> Any:
        """The object of the handle."""
    @property
    def id(self) -> int:
        """The number that `repr` shows."""
    @property
    def is_closed(self) -> bool: ...
    @property
    def raw_data_size(self) -> int:
        """The bytes that a module got from the object of this handle, as by `HPyUnicode_AsUTF8AndSize`; -1 for none."""
    # Of hpy-sys.
    def describe(self) -> str:
        """What made the handle and what closed it, on several lines."""
    def _force_close(self) -> None:
        """Closes the handle, for tests."""
    __hash__: None  # type: ignore[assignment]

class _Debug(ModuleType):
    """What `hpy.debug` is made of."""

    DebugHandle: type[_DebugHandle]

    def new_generation(self) -> int:
        """Begins a generation of handles, and returns its number."""
    def get_open_handles(self, gen: int, /) -> list[_DebugHandle]:
        """The open handles of generation `gen` and later ones, oldest first."""
    def get_closed_handles(self, gen: int = 0, /) -> list[_DebugHandle]:
        """The remembered closed handles that were opened in generation `gen` or later, in the order of closing."""
    def get_closed_handles_queue_max_size(self) -> int: ...
    def set_closed_handles_queue_max_size(self, size: int, /) -> None:
        """The number of closed handles that are remembered, so that their use is found."""
    def get_protected_raw_data_max_size(self) -> int: ...
    def set_protected_raw_data_max_size(self, size: int, /) -> None:
        """The bytes of raw data of closed handles that are kept unreadable, so that their use is found."""
    def set_on_invalid_handle(self, callback: Optional[Callable[[], object]], /) -> None:
        """Calls `callback()` when a closed handle is used, instead of ending the process."""
    def set_on_invalid_builder_handle(self, callback: Optional[Callable[[], object]], /) -> None:
        """Calls `callback()` when a builder is used after its end, instead of ending the process."""
    def set_handle_stack_trace_limit(self, limit: Optional[int], /) -> None:
        """The number of frames that are recorded where a handle is opened; None for none."""
    # Of hpy-sys.
    def get_open_resources(self, gen: int = 0, /) -> list[str]:
        """Descriptions of the trackers, builders and buffers of generation `gen` and later ones that are still open."""
    def get_modules(self) -> list[str]:
        """The full names of the modules that were loaded in debug mode, in that order."""
    def set_on_mistake(self, callback: Optional[Callable[[str], object]], /) -> Optional[Callable[[str], object]]:
        """Calls `callback(message)` for each mistake of a module; returns the callback before it."""

# Function, module, thread, and in nanoseconds the begin and the duration.
_TraceEvent = tuple[str, str, int, int, int]

class _Trace(ModuleType):
    """What `hpy.trace` is made of."""

    def get_call_counts(self) -> dict[str, int]:
        """The number of calls of each function of the context, since the start."""
    def get_durations(self) -> dict[str, int]:
        """The nanoseconds in each function of the context, since the start."""
    def get_frequency(self) -> int:
        """The resolution of the clock in Hertz."""
    def set_trace_functions(
        self,
        on_enter: Optional[Callable[[str], object]] = ...,
        on_exit: Optional[Callable[[str], object]] = ...,
    ) -> None:
        """Calls `on_enter(name)` before and `on_exit(name)` after each call. One left out stays; None ends it."""
    # Of hpy-sys.
    def get_module_call_counts(self) -> dict[str, dict[str, int]]:
        """The same for each module in trace mode, with the functions that it has called."""
    def get_module_durations(self) -> dict[str, dict[str, int]]:
        """The same for each module in trace mode, with the functions that it has called."""
    def start_events(self, limit: int, /) -> None:
        """Keeps each single call from here on, at most `limit`."""
    def stop_events(self) -> tuple[list[_TraceEvent], int]:
        """Ends that; returns the calls in the order of their ends, and the number that came after the limit."""

_debug: _Debug
_trace: _Trace
