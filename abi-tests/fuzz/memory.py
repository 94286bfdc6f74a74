# abi-tests/fuzz/memory.py: allocation failures: each use of a family, with the allocation of a certain number failing.
#
# A use ends with its result or an exception, never with the end of the process.

import contextvars
import functools
import sys
import warnings

import calls
from support import NULL, load

try:
    from _testcapi import remove_mem_hooks, set_nomemory
except ImportError:
    set_nomemory = None  # an interpreter without CPython's own tests

CASES = 4000 if set_nomemory else 0
# CPython itself loses references when memory runs out: `len(1)` does, and the import of a module of its own.
COUNTED = False
# The allocations of a use: failing one after the last changes nothing.
MOST = 40
warnings.simplefilter("ignore")
sys.unraisablehook = lambda unraisable: None

module = load("calls")
TABLE = calls.table(module)
SAMPLES = {"code": compile("1", "file", "eval"), "context_var": contextvars.ContextVar("hpy")}
# The thread has a context now: up to 3.11 `ContextVar.set` itself ends the process where there is no memory for one.
SAMPLES["context_var"].set(0)
# Arguments whose type the function does not check.
NEEDED = {"iterator": iter([]), "bytes": b"bytes", "slice": slice(3), "str": "text", "type": int, "dict": {}, "list": [],
          "bytearray": bytearray(b"1"), "exception": ValueError("1"), "code": SAMPLES["code"], "tuple": ()}
globals_, gc_, capsule, tracker, types, shapes, build_value, format_, members = (
    load(name) for name in "globals gc capsule tracker types shapes build_value format struct_sequence".split())
FLAGS = types.flags()[0]
# The first date imports a module, and CPython's import keeps a lock where memory runs out meanwhile.
module.HPyDate_Check(1)


def call(function):
    """A function that calls a function of the table, with new values that it accepts."""
    values = [NEEDED.get(parameter.needed, SAMPLES.get(parameter.name, calls.sample(parameter)))
              for parameter in TABLE[function]]
    if function in ("HPy_CallMethod", "HPy_CallMethod_s"):
        values = ["__repr__", (1,), 1, NULL]
    takes_items = any(word in function for word in ("Item", "Slice", "Iter"))

    def new():
        fresh = [[1] if takes_items and parameter.name == "obj" and parameter.needed == "?" else value
                 for parameter, value in zip(TABLE[function], values)]
        return functools.partial(getattr(module, function), *fresh)

    return new


def store():
    globals_.store([1])
    globals_.store(NULL)


USES = {name: call(name) for name in TABLE if name not in ("HPyImport_ImportModule", "HPyCapsule_Import", "HPy_Compile_s")}
USES.update({
    "a node": lambda: gc_.Node,
    "a global": lambda: store,
    "a type": lambda: lambda: types.make("m.T", (0, 0, FLAGS, 0), "doc", ["one", "repr"], [], []),
    "a type with a struct": lambda: lambda: types.make("m.T", (8, 0, FLAGS, 0), "doc", ["noargs", "one"], [], []),
    "a shape": lambda: lambda: shapes.make("full", "shapes.List", NULL)([1]),
    "a struct sequence": lambda: lambda: members.new(members.named(), 1, 2, 3),
})
for family in ("globals", "gc", "tracker", "struct_sequence", "call_function", "slots"):
    USES["import " + family] = lambda family=family: functools.partial(load, family)
if sys.version_info[:2] == (3, 13):
    # `PyDict_SetDefaultRef` of CPython 3.13.0 takes a failed allocation for success and counts an item that is not there. CPython
    # interns strings and fills a type's dictionary with it, so these uses end the process inside CPython.
    USES = {name: use for name, use in USES.items() if not name.startswith(("import ", "a struct sequence"))}
NAMES = sorted(USES)


def case(randoms):
    return randoms.choice(NAMES), randoms.randrange(MOST)


def check(case):
    name, number = case
    use, raised = USES[name](), None
    set_nomemory(number, number + 1)
    try:
        use()
    except Exception as error:
        raised = error
    finally:
        remove_mem_hooks()
    text = str(raised)
    if raised is not None and ("panicked" in text or isinstance(raised, SystemError) and "returned NULL without" in text):
        raise AssertionError("%s: %r" % (name, raised))
