# abi-tests/fuzz/arguments.py: the argument parsers next to PyArg_ParseTuple and PyArg_ParseTupleAndKeywords.

import re
import sys
import warnings

import peer
from fuzz import outcome
from support import load

CASES = 20000
# CPython 3.15 warns of integers that a unit without a check cuts off, and 3.9 of floats.
warnings.simplefilter("ignore", DeprecationWarning)
PARSE, KEYWORDS, DICT = range(3)
# The outputs of the functions that parse.
MOST = 8
run = load("arg_parse").run
UNITS = "b B h H i I l k L K n f d s O p s# z z# y y# s* z* y* w* U S Y c C D O! O& es".split()
# Those of HPy 0.9: the others have more than one variable, or messages and classes of their own.
COMPARED = UNITS[: UNITS.index("s#")]
NAMES = ["a", "bee", "c", "größe", "e_", "f"]


class Index:
    def __init__(self, value):
        self.value = value

    def __index__(self):
        return self.value

    def __repr__(self):
        return "%s(%r)" % (type(self).__name__, self.value)


class Number(Index):
    def __float__(self):
        return float(self.value)

    def __bool__(self):
        return self.value > 0


class Failing:
    def __index__(self):
        raise LookupError("no number")

    __float__ = __bool__ = __index__


class Odd:
    """Its __index__ gives something else."""

    def __index__(self):
        return "text"

    __float__ = __bool__ = __index__


class Text(str):
    pass


class Int(int):
    pass


FIXED = [None, True, False, "", "text", "größe", "\0", "a\0b", "\ud800", b"bytes", 1.5, float("inf"), float("nan"), [],
         (), Failing(), Odd(), Text("x"), Text("x\0"), Int(7), Int(-(2**70)), Index(5), Index(-1), Index(2**64), Number(3)]


def number(randoms):
    bits = randoms.choice([0, 1, 7, 8, 15, 16, 31, 32, 62, 63, 64, 65, 100])
    return randoms.choice([1, -1]) * (2**bits + randoms.randint(-2, 2))


def value(randoms):
    how = randoms.random()
    if how < 0.5:
        return number(randoms)
    return randoms.choice(FIXED) if how < 0.9 else Index(number(randoms))


def unit(randoms, room, depth):
    """A unit, or parentheses with some, as long as there is `room` for outputs."""
    if depth == 3 or randoms.random() < 0.85:
        return randoms.choice(COMPARED)
    more = randoms.randint(1, min(3, room[0] + 1))
    room[0] -= more - 1
    return [unit(randoms, room, depth + 1) for _ in range(more)]


def argument(randoms, unit):
    """A value for a unit, or a sequence for parentheses: tuples and lists, which keep what CPython borrows from them."""
    if isinstance(unit, str) or randoms.random() < 0.08:
        return value(randoms)
    items = [argument(randoms, item) for item in unit]
    if randoms.random() < 0.1:
        items = randoms.choice([items[1:], items + [1]])
    return randoms.choice([tuple, list])(items)


def spelled(unit):
    return unit if isinstance(unit, str) else "(%s)" % "".join(map(spelled, unit))


def case(randoms):
    """(form, format, names, args, kw)"""
    form = randoms.choice([PARSE, KEYWORDS, DICT])
    count = randoms.randint(0, 5)
    room = [MOST - count]
    units = [unit(randoms, room, 0) for _ in range(count)]
    optional = randoms.randint(0, count) if randoms.random() < 0.6 else None
    only = randoms.randint(optional, count) if form != PARSE and optional is not None and randoms.random() < 0.4 else None
    format = ""
    for index, each in enumerate(units + [""]):
        format += "|" if index == optional else ""
        format += "$" if index == only else ""
        format += spelled(each)
    format += randoms.choice(["", ":f", ":f", ";the text", ":größe"])
    unnamed = randoms.randint(0, only if only is not None else count) if randoms.random() < 0.2 else 0
    names = [""] * unnamed + randoms.sample(NAMES, count)[unnamed:]
    given = max(0, count + randoms.choice([0, 0, 0, 0, -1, -2, 1]))
    positional = given if form == PARSE else randoms.randint(0, given)
    args = [argument(randoms, units[index] if index < count else "O") for index in range(positional)]
    kw = {}
    for index, name in enumerate(names[positional:given], positional):
        if name and randoms.random() < 0.9:
            kw[name] = argument(randoms, units[index])
    if form != PARSE and randoms.random() < 0.15:
        more = randoms.choice(names + ["zzz", "", "\udc80", "a\0"] + ([5, b"a"] if form == DICT else []))
        kw[more] = value(randoms)
    if randoms.random() < 0.3:
        items = list(kw.items())
        randoms.shuffle(items)
        kw = dict(items)
    return form, format, tuple(names), tuple(args), kw


def check(case):
    form, format, names, args, kw = case
    expected = outcome(peer.parse, format, None if form == PARSE else names, args, kw)
    if form == KEYWORDS:
        found = outcome(run, form, format, names, args + tuple(kw.values()), tuple(kw) or None, True)
    else:
        found = outcome(run, form, format, names if form == DICT else (), args, kw or None, True)
    if same(expected, found, format) or any(known(case, expected, found) for known in (index, floats, not_ascii, text_apart)):
        return
    raise AssertionError("CPython: %r\nhpy-sys: %r" % (expected, found))


# CPython's messages, and hpy-sys's, with the repr of a name: docs/differences.md has the list.
MESSAGES = [
    (r"argument \d+(, item \d+)* must be str, not .*|argument \d+(?:, item \d+)* must be str without null.*", "a str is required"),
    (r"Python int too large to convert to C .*", "int too big to convert"),
    (r"argument for \S+ given by name \('(.*)'\) and position \(\d+\)", "got multiple values for argument {}"),
    (r"'(.*)' is an invalid keyword argument for .*", "got an unexpected keyword argument {}"),
    (r"got an unexpected keyword argument '(.*?)'(\. Did you mean .*)?", "got an unexpected keyword argument {}"),
]


# CPython 3.14 says "tuple", and CPython calls the type of None "None".
SHAPE = re.compile(r"(argument \d+(?:, item \d+)* must be (?:\d+-item )?)(?:tuple|sequence)((?:, not None)(?:Type)?)?")


def same(expected, found, format):
    if repr(expected) == repr(found):
        return True
    (kind, value), (other, text) = expected, found
    if kind != other or kind == "value":
        return False
    # In HPy the text after `;` takes the place of every message of the parser, in CPython of one.
    if ";" in format:
        return True
    value, text = without_name(value, format), without_name(text, format)
    if SHAPE.sub(r"\1sequence", value) == SHAPE.sub(r"\1sequence", text):
        return True
    for theirs, ours in MESSAGES:
        match = re.fullmatch(theirs, value, re.DOTALL)
        if match and text == (ours.format(repr(match.group(1))) if match.groups() else ours):
            return True
    return value == text


def without_name(message, format):
    """CPython names the function in some messages, and HPy in all of its own."""
    name = format.partition(":")[2]
    for start in (name + "() ", "this function ", "function "):
        if message.startswith(start):
            return message[len(start):]
    return message


def text_apart(case, expected, found):
    """Before 3.14 CPython takes `str` and `bytearray` apart."""
    says_so = ";" in case[1] or re.search("item sequence, not (str|Text|bytearray)$", str(found[1]))
    return sys.version_info < (3, 14) and "(" in case[1] and found[0] == "TypeError" and says_so


def floats(case, expected, found):
    """CPython 3.9's integer units refuse a `float`; its conversions, and HPy's units, take the integer in it."""
    return sys.version_info < (3, 10) and expected == ("TypeError", "integer argument expected, got float")


def not_ascii(case, expected, found):
    """Before 3.13 CPython takes a name that is not ASCII for an unexpected one when it looks for the one that is."""
    match = re.match("'(.*)' is an invalid keyword argument", str(expected[1]))
    return match and match.group(1) in case[2] and "got an unexpected keyword argument" in str(found[1])


def index(case, expected, found):
    """Before 3.14 CPython's `k` and `K` take an `int` alone, and do not ask for __index__."""
    units = re.split("[:;]", case[1])[0]
    is_theirs = re.search(r"argument (\d+(, item \d+)* )?must be int, not ", expected[1]) or ";" in case[1]
    return expected[0] == "TypeError" and re.search("[kK]", units) and is_theirs
