# abi-tests/python/support.py: helpers of the assertions.

import functools
import gc
import importlib.machinery
import importlib.util
import os
import subprocess
import sys
import sysconfig
import threading
import types
import unittest

LIBRARY = os.environ["HPY_ABI_TESTS"]
LANGUAGE = os.environ["HPY_ABI_TESTS_LANGUAGE"]
# The mode of the loader, where there is one.
WAY = os.environ.get("HPY_ABI_TESTS_WAY")
HERE = os.path.dirname(os.path.abspath(__file__))
# A function of the library takes this for HPy_NULL.
NULL = ...

# Whether the library is for a loader ABI, universal or hybrid.
HAS_CONTEXT = ".hpy0" in os.path.basename(LIBRARY) or os.path.isdir(LIBRARY)

without_context = unittest.skipIf(HAS_CONTEXT, "it is about CPython's own API or its own loaders")


def _has_native_runtime():
    if not HAS_CONTEXT:
        return True
    from hpy import universal

    return universal.get_version()[1].startswith("hpy-sys")


# Whether the functions are those of the native ABI: through this project's loader they are.
HAS_NATIVE_RUNTIME = _has_native_runtime()
needs_native_runtime = unittest.skipUnless(HAS_NATIVE_RUNTIME, "it is about the runtime of the native ABI")
# Whether a handle is the object itself, which debug mode's are not.
handles_are_objects = unittest.skipUnless(HAS_NATIVE_RUNTIME and WAY != "debug", "it is about handles that are objects")
# Whether it may use CPython's own API too: in the universal ABI it may not.
HAS_LEGACY = not HAS_CONTEXT or ".hpy0-" in os.path.basename(LIBRARY)
needs_legacy = unittest.skipUnless(HAS_LEGACY, "the universal ABI has nothing of CPython's own API")

FREE_THREADED = bool(sysconfig.get_config_var("Py_GIL_DISABLED"))


class AnyCount(int):
    """A number of references on an interpreter without counts: it equals every number, and so does a sum with it."""

    __eq__ = __le__ = __ge__ = lambda self, other: True
    __ne__ = __lt__ = __gt__ = lambda self, other: False
    __add__ = __sub__ = __radd__ = __rsub__ = lambda self, other: self
    __hash__ = int.__hash__


def known_count(value, count=getattr(sys, "getrefcount", None)):
    """The references to a value. A free-threaded build counts those to types, modules, functions and code partly in each
    thread, and does not count references from running code or to an immortal object."""
    if isinstance(value, (type, types.ModuleType, types.FunctionType, types.MethodType, types.CodeType)):
        return AnyCount()
    number = count(value) - 1
    return AnyCount() if number >= 1 << 28 else number


# Under valgrind, where each object is its own block, tests take some fifty times as long.
UNDER_VALGRIND = os.environ.get("PYTHONMALLOC") == "malloc"

# A small stack, and a chain of so many objects that it overflows if each that goes takes two dozen bytes of it. CPython 3.13 lets
# ten thousand deallocators nest, however small the stack is: there it is as large as a main thread's.
SMALL_STACK, LONG_CHAIN = (1 << 23, 100000) if sys.version_info[:2] == (3, 13) else (1 << 19, 30000)


def in_a_small_thread(test):
    """Runs a test in a thread with a small stack: what would overflow it need not be as long."""

    @functools.wraps(test)
    def run(self):
        raised = []

        def call():
            try:
                test(self)
            except BaseException as error:
                raised.append(error)

        before = threading.stack_size(SMALL_STACK)
        try:
            thread = threading.Thread(target=call)
            thread.start()
        finally:
            threading.stack_size(before)
        thread.join()
        if raised:
            raise raised.pop()

    return run


if not hasattr(sys, "getrefcount"):
    # PyPy counts no references, so that no count ever changes.
    sys.getrefcount = lambda value: 0
elif FREE_THREADED:
    sys.getrefcount = known_count


def load(name, package="hpy_abi_tests", library=None):
    """The module `name` of the library, or of a copy of it: a new one each time."""
    library = library or LIBRARY
    if os.path.isdir(library):
        # A library for each module, as HPy's own headers make them; the others are in one.
        own = os.path.join(library, name + ".hpy0.so")
        library = own if os.path.exists(own) else os.path.join(library, "others.hpy0.so")
    full_name = package + "." + name if package else name
    if HAS_CONTEXT:
        from hpy import universal

        # As HPy's Python stubs load a library: the interpreter's import system does not know universal modules.
        spec = importlib.machinery.ModuleSpec(full_name, None, origin=library)
        return universal._load_bootstrap(full_name, full_name, package, library, None, spec, os.environ)
    loader = importlib.machinery.ExtensionFileLoader(full_name, library)
    spec = importlib.util.spec_from_file_location(full_name, library, loader=loader)
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


def run_python(code, *arguments):
    """Runs code in another interpreter; it can `from support import load`."""
    begin = "import sys; sys.path.insert(0, %r)\n" % HERE
    command = [sys.executable, "-s", *arguments, "-c", begin + code]
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, universal_newlines=True)


def only_in_rust(reason):
    """Marks a test of a feature that C cannot have."""
    return unittest.skipIf(LANGUAGE != "rust", reason)


def not_repeated(test):
    """Marks a test that a leak run does not repeat: it takes long, or leaks on purpose."""
    test.not_repeated = True
    return test


def collect():
    """Collects unreachable objects; CPython 3.12 and later need more than one round for types."""
    for _ in range(3):
        gc.collect()
