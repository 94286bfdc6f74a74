# python/tests/fake.py: a stand-in for the extension module `hpy.universal`, with leaks, mistakes and calls on command.
"""`install()` puts it where `import hpy.universal` finds it. `-p fake` does so for a run of pytest."""

import os
import sys
import types


class Handle:
    """A handle, left open or closed."""

    def __init__(self, obj, generation):
        self.obj, self.generation, self.is_closed = obj, generation, False

    def __repr__(self):
        return "<DebugHandle 0x1 CLOSED>" if self.is_closed else f"<DebugHandle 0x1 for {self.obj!r}>"

    def describe(self):
        return "made by HPy_Dup in sample.leak\n= help: more"


class Debug(types.ModuleType):
    def __init__(self):
        super().__init__("hpy.debug._debug")
        self.generation, self.handles, self.resources = 0, [], []
        self.on_mistake = self.limit = None

    def new_generation(self):
        self.generation += 1
        return self.generation

    def get_open_handles(self, gen):
        return [each for each in self.handles if each.generation >= gen and not each.is_closed]

    def get_open_resources(self, gen=0):
        return [text for generation, text in self.resources if generation >= gen]

    def get_modules(self):
        return ["first"] if os.environ.get("HPY") == "debug" else []

    def set_on_mistake(self, callback):
        before, self.on_mistake = self.on_mistake, callback
        return before

    def set_handle_stack_trace_limit(self, limit):
        self.limit = limit

    # What a module would do.
    def leak(self, obj):
        self.handles.append(Handle(obj, self.generation))
        return self.handles[-1]

    def leave_tracker(self):
        self.resources.append((self.generation, "<HPyTracker 0x2>"))

    def mistake(self, message="HPy_Close: a handle is closed twice"):
        if self.on_mistake is None:
            print(message, file=sys.stderr, flush=True)
            os._exit(70)
        self.on_mistake(message)


class Trace(types.ModuleType):
    def __init__(self):
        super().__init__("hpy.trace._trace")
        self.counts, self.times, self.limit, self.events, self.now = {}, {}, None, [], 5_000

    def get_call_counts(self):
        return total(self.counts)

    def get_durations(self):
        return total(self.times)

    def get_frequency(self):
        return 1_000_000_000

    def set_trace_functions(self, on_enter=None, on_exit=None):
        pass

    def get_module_call_counts(self):
        return {module: dict(numbers) for module, numbers in self.counts.items()}

    def get_module_durations(self):
        return {module: dict(numbers) for module, numbers in self.times.items()}

    def start_events(self, limit):
        self.limit, self.events = limit, []

    def stop_events(self):
        return self.events[: self.limit], max(0, len(self.events) - self.limit)

    # What a module would do.
    def call(self, name, module="first", duration=100, times=1):
        for _ in range(times):
            add(self.counts, module, name, 1)
            add(self.times, module, name, duration)
            if self.limit is not None:
                self.events.append((name, module, 7, self.now, duration))
            self.now += duration


def add(numbers, module, name, number):
    of_module = numbers.setdefault(module, {})
    of_module[name] = of_module.get(name, 0) + number


def total(numbers):
    result = {}
    for of_module in numbers.values():
        for name, number in of_module.items():
            result[name] = result.get(name, 0) + number
    return result


def make():
    universal = types.ModuleType("hpy.universal")
    universal._debug, universal._trace = Debug(), Trace()
    return universal


def install():
    sys.modules["hpy.universal"] = make()


def pytest_load_initial_conftests():
    """Before the plugin's own, where `-p fake` comes first on the command line."""


if any(argument == "fake" and before == "-p" for before, argument in zip(sys.argv, sys.argv[1:])):
    install()
