# abi-tests/fuzz/memory.py: allocation failures: each use of a family, with the allocation of a certain number failing.
#
# A use ends with what it gives or with MemoryError; nothing ends the process, and on debug builds no reference is lost.

import contextvars
import sys
import warnings

import calls
from support import NULL, load

try:
    from _testcapi import remove_mem_hooks, set_nomemory
except ImportError:
    set_nomemory = None  # an interpreter without CPython's own tests

CASES = 4000 if set_nomemory else 0
# The allocations of a use: failing one after the last changes nothing.
MOST = 40
warnings.simplefilter("ignore")
sys.unraisablehook = lambda unraisable: None

module = load("calls")
TABLE = calls.table(module)
SAMPLES = {"code": compile("1", "file", "eval"), "context_var": contextvars.ContextVar("hpy"), "obj": [1]}
# Where nobody checks for the type that is needed.
NEEDED = {"iterator": iter([]), "bytes": b"bytes", "slice": slice(3), "str": "text", "type": int, "dict": {},
          "code": SAMPLES["code"], "tuple": ()}
globals_, gc_, capsule, tracker, types, shapes, build_value, format_, members = (
    load(name) for name in "globals gc capsule tracker types shapes build_value format struct_sequence".split())
FLAGS = types.flags()[0]


def call(function):
    """A call of a function of the table, with values that it takes."""
    values = [NEEDED.get(parameter.needed, SAMPLES.get(parameter.name, calls.sample(parameter)))
              for parameter in TABLE[function]]
    if function == "HPy_CallMethod":
        values = ["__repr__", (1,), 1, NULL]
    return lambda: getattr(module, function)(*values)


def store():
    globals_.store([1])
    globals_.store(NULL)


USES = {name: call(name) for name in TABLE if name not in ("HPyImport_ImportModule", "HPy_Compile_s")}
USES.update({
    "a node": gc_.Node,
    "a global": store,
    "a type": lambda: types.make("m.T", (0, 0, FLAGS, 0), "doc", ["one", "repr"], [], []),
    "a type with a struct": lambda: types.make("m.T", (0, 8, FLAGS, 0), "doc", ["noargs", "one"], [], []),
    "a shape": lambda: shapes.make("full", "shapes.List", NULL)([1]),
    "a struct sequence": lambda: members.new(members.named(), 1, 2, 3),
})
for family in ("globals", "gc", "long", "struct_sequence", "call_function", "slots"):
    USES["import " + family] = lambda family=family: load(family)
def counts_are_flat(name):
    """Whether CPython itself loses no reference of a use when memory runs out.

    It does where an exception is raised (`len(1)` shows it), a module imported or a struct sequence made (its own show
    it), and it keeps types in caches and some instances of MemoryError.
    """
    if name.startswith(("import ", "a type", "a shape", "a struct sequence", "HPyErr_NoMemory")):
        return False
    try:
        USES[name]()
    except Exception:
        return False
    return True


NAMES = sorted(name for name in USES if not hasattr(sys, "gettotalrefcount") or counts_are_flat(name))


def case(randoms):
    return randoms.choice(NAMES), randoms.randrange(MOST)


def check(case):
    name, number = case
    use, raised = USES[name], None
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
