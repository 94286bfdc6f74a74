# abi-tests/fuzz/api.py: sequences of calls of the API with any objects, and HPy_NULL where the table says what it does.
#
# No call may end the process, a result has to match its exception, HPy_NULL has to raise the table's exception, and on debug
# builds no reference may leak.

import collections
import contextvars
import sys
import warnings

import calls
from support import NULL, load

CASES = 20000
# Caches of types and names keep objects of a case, and other ones in each round: `python/leaks.py` counts the references of
# each function alone.
COUNTED = False
warnings.simplefilter("ignore")
module = load("calls")
TABLE = calls.table(module)
# Python's own parts of the language are compiled and run, so no source is made up. What is being shown is kept until the end.
NAMES = sorted(name for name in TABLE
               if name not in ("HPyImport_ImportModule", "HPyCapsule_Import", "HPy_Compile_s", "HPyErr_WarnEx", "HPy_ReprEnter"))
sys.unraisablehook = lambda unraisable: None


class Item:
    """An object whose methods fail, or return an odd value, by its number."""

    def __init__(self, number):
        self.number = number

    def __index__(self):
        if self.number % 3 == 0:
            raise LookupError("no index")
        return self.number if self.number % 3 == 1 else "odd"

    __float__ = __len__ = __hash__ = __bool__ = __index__

    def __getitem__(self, key):
        if self.number % 2:
            raise KeyError(key)
        return key

    def __setitem__(self, key, value):
        self.last = key, value

    def __iter__(self):
        return iter([self.number])

    def __eq__(self, other):
        return NotImplemented if self.number % 2 else [other]

    def __repr__(self):
        return "Item(%d)" % self.number


Meta = type("Meta", (type,), {"__repr__": lambda self: "Meta"})
MAKERS = {
    "None": lambda: None, "True": lambda: True, "int": lambda: 7, "negative": lambda: -1, "large": lambda: 2**70,
    "float": lambda: 1.5, "nan": lambda: float("nan"), "complex": lambda: 1j, "str": lambda: "text",
    "é": lambda: "größe", "surrogate": lambda: "\udc80", "bytes": lambda: b"bytes", "bytearray": lambda: bytearray(b"abc"),
    "memoryview": lambda: memoryview(bytearray(b"abc")), "tuple": lambda: (1, "two"), "empty": lambda: (),
    "list": lambda: [1, [2], "three"], "dict": lambda: {0: "zero", "text": 1}, "set": lambda: {1}, "range": lambda: range(4),
    "slice": lambda: slice(1, 5, 2), "type": lambda: Item, "meta": lambda: Meta("T", (), {}), "exception": lambda: KeyError,
    "error": lambda: ValueError("text"), "function": lambda: len, "lambda": lambda: lambda *args: args,
    "iterator": lambda: iter([1, 2]), "generator": lambda: (n for n in range(2)), "module": lambda: sys,
    "UserDict": lambda: collections.UserDict({-1: 1}), "UserList": lambda: collections.UserList("ab"),
    "deque": lambda: collections.deque([1]), "variable": lambda: contextvars.ContextVar("name"),
    "code": lambda: compile("1 + 1", "file", "eval"), "item0": lambda: Item(0), "item1": lambda: Item(1),
    "item2": lambda: Item(2), "item5": lambda: Item(5), "object": object,
}
# Makers of arguments whose type the function does not check: the table names it.
NEEDED = {
    "type": ["type", "meta", "exception"], "bytes": ["bytes"], "str": ["str", "é"], "slice": ["slice"], "code": ["code"],
    "dict": ["dict"], "bytearray": ["bytearray"], "exception": ["error"], "iterator": ["iterator", "generator"], "tuple": ["empty"],
    "list": ["list"],
}
# Functions whose result grows without bounds get only small values.
SMALL = ["None", "int", "negative", "float", "complex", "item0", "item1", "object", "set"]
INTEGERS = [0, 0, 1, 2, 3, -1, -2, 5, 100, -100]
INDICES = INTEGERS + [2**31, -(2**31), 2**62]
# A sequence is as long as asked: these take a size.
# HPyList_New gets no size above 0: its items would be unset.
SIZES = {"HPyList_New": [0, -1], "HPyUnicode_DecodeASCII": [0, 4], "HPyUnicode_DecodeLatin1": [0, 4],
         "HPyUnicode_DecodeFSDefaultAndSize": [0, 4], "HPyBytes_FromStringAndSize": [0, 4, -1],
         "HPyUnicode_FromStringAndSize": [0, 4, -1], "HPyUnicode_Decode": [0, 4], "HPyUnicode_DecodeUTF8": [0, 4],
         "HPyUnicode_EqualToUTF8AndSize": [0, 4], "HPyByteArray_FromStringAndSize": [0, 4, -1],
         "HPyByteArray_Resize": [0, 4, 100]}
TEXTS = ["text", "", "größe", "hpy.name"]


def argument(randoms, function, parameter):
    """The source of the argument: the name of a maker, a result of an earlier call, or the value itself."""
    if parameter.kind == "handle":
        if parameter.null != "?" and randoms.random() < 0.15:
            return ("null",)
        if parameter.needed != "?":
            return "make", randoms.choice(NEEDED[parameter.needed])
        if function == "HPyType_GenericNew" and parameter.name != "kw":
            # Other types are not safe with an instance that no constructor has initialised.
            return "make", randoms.choice(["type", "meta", "str", "None", "function", "item1"])
        if "Power" in function or "shift" in function or "Multiply" in function:
            return "make", randoms.choice(SMALL)
        if randoms.random() < 0.3:
            return "result", randoms.randint(1, 3)
        return "make", randoms.choice(list(MAKERS))
    if parameter.kind == "integer":
        if parameter.name == "op":
            return "value", randoms.randint(0, 5)
        is_index = parameter.name in ("idx", "index", "start", "end")
        return "value", randoms.choice(SIZES.get(function, INDICES if is_index else INTEGERS))
    if parameter.kind == "text":
        # The error handler of a decoder and the name of an encoding are looked up.
        return "value", "strict" if parameter.name == "errors" else randoms.choice(TEXTS)
    if parameter.kind == "handles":
        return "handles", tuple(randoms.choice(list(MAKERS)) for _ in range(2))
    return "value", {"double": randoms.choice([0.0, -1.5, float("inf")]), "pointer": randoms.choice([0, 1])}[parameter.kind]


def case(randoms):
    """Calls: each a function and what makes its arguments."""
    made = []
    for _ in range(randoms.randint(1, 6)):
        function = randoms.choice(NAMES)
        arguments = [argument(randoms, function, parameter) for parameter in TABLE[function]]
        if function in ("HPy_Call", "HPy_CallMethod", "HPy_CallMethod_s", "HPyTuple_FromArray", "HPyType_GenericNew"):
            at = [parameter.kind for parameter in TABLE[function]].index("handles")
            arguments[at + 1] = "value", 2
        if function == "HPyCapsule_Set":
            # The other keys take a C string, or the address of a destructor.
            arguments[1] = "value", 0
        if function == "HPyErr_SetFromErrnoWithFilenameObjects" and arguments[1] == ("null",):
            arguments[2] = ("null",)
        if function == "HPy_RichCompareBool" and arguments[0] == arguments[1] == ("null",):
            # Nothing is equal to itself too.
            arguments[1] = "make", "None"
        made.append((function, tuple(arguments)))
    return made


def check(case):
    # A value that is set in a context variable stays in the context.
    contextvars.copy_context().run(tried, case)


def tried(case):
    results = []
    for function, arguments in case:
        values = []
        for how, *what in arguments:
            if how == "null":
                values.append(NULL)
            elif how == "make":
                values.append(MAKERS[what[0]]())
            elif how == "handles":
                values.append(tuple(MAKERS[name]() for name in what[0]))
            elif how == "result":
                values.append(results[-what[0]] if what[0] <= len(results) else None)
            else:
                values.append(what[0])
        raises = [parameter.null for parameter, value in zip(TABLE[function], values)
                  if value is NULL and parameter.kind == "handle" and parameter.null not in ("?", "allowed")]
        try:
            result = getattr(module, function)(*values)
        except Exception as error:
            if "panicked" in str(error):
                raise AssertionError("%s%r: %s" % (function, tuple(values), error))
        else:
            if raises:
                raise AssertionError("%s%r raises nothing, and not %s" % (function, tuple(values), raises[0]))
            if result is not NULL:
                results.append(result)
