# abi-tests/fuzz/values.py: HPy_BuildValue next to Py_BuildValue.

import struct

import peer
from fuzz import outcome
from support import load

CASES = 20000
run = load("build_value").run
UNITS = "i I l k L K n f d s O S".split()
# unit: its code in the module `struct`
INTEGERS = {"i": "i", "I": "I", "l": "l", "k": "L", "L": "q", "K": "Q", "n": "n"}
# The most values that the peer and the families pass on.
MOST = 8


class Unhashable:
    __hash__ = None

    def __repr__(self):
        return "Unhashable()"


class FailingKey:
    def __hash__(self):
        raise LookupError("no hash")

    def __repr__(self):
        return "FailingKey()"


OBJECTS = [None, 5, "text", (1, [2]), Unhashable(), FailingKey()]
TEXTS = [b"", b"text", "größe".encode(), b"\xff", b"a" * 300]


def integer(randoms, code):
    bits = 8 * struct.calcsize(code)
    least, greatest = (0, 2**bits - 1) if code.isupper() else (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1)
    return randoms.choice([least, greatest, 0, 1, least + 1, randoms.randint(least, greatest)])


class Maker:
    """Makes a format, and its values."""

    def __init__(self, randoms):
        self.randoms, self.values = randoms, []

    def unit(self):
        randoms = self.randoms
        letter = randoms.choice(UNITS)
        if letter in INTEGERS:
            self.values.append(integer(randoms, INTEGERS[letter]))
        elif letter in "fd":
            self.values.append(randoms.choice([0.0, -0.0, 1.5, float("inf"), float("nan"), 1e300, randoms.random()]))
        elif letter == "s":
            self.values.append(randoms.choice(TEXTS))
        else:
            self.values.append(... if randoms.random() < 0.05 else (randoms.choice(OBJECTS),))
        return letter

    def item(self, depth):
        randoms = self.randoms
        kind = randoms.random()
        if len(self.values) >= MOST:
            return randoms.choice(["()", "[]", "{}"])
        if depth > 4 or kind < 0.6:
            return self.unit()
        if kind < 0.87:
            open, close = randoms.choice(["()", "[]"])
            return open + self.items(depth + 1) + close
        pairs = []
        for _ in range(randoms.randint(0, 2)):
            pairs.append("%s%s:%s%s" % (self.item(depth + 1), self.space(), self.space(), self.item(depth + 1)))
        return "{" + self.space() + (self.space() + "," + self.space()).join(pairs) + self.space() + "}"

    def space(self):
        return self.randoms.choice(["", "", " "])

    def items(self, depth):
        items = [self.item(depth) for _ in range(self.randoms.choice([0, 1, 1, 2, 2, 3, 4]))]
        return self.randoms.choice(["", "", ","]).join(items)


def case(randoms):
    """(format, whether a bracket of it is wrong, values)"""
    maker = Maker(randoms)
    format = maker.items(0)
    brackets = [at for at, letter in enumerate(format) if letter in "()[]{}:,"]
    wrong = randoms.random() < 0.15 and bool(brackets)
    if wrong:
        at = randoms.choice(brackets)
        format = format[:at] + randoms.choice(["", "(", ")", "[", "]", "{", "}", ":", ",", " ", "N", "Z"]) + format[at + 1 :]
    return format, wrong, tuple(maker.values)


# CPython's messages, and hpy-sys's.
MESSAGES = [("NULL object passed to Py_BuildValue", "HPy_NULL object passed to HPy_BuildValue")]


def check(case):
    format, wrong, values = case
    found = outcome(run, format, *values)
    if wrong:
        # CPython accepts more formats: compare only whether there is an error.
        if found[0] not in ("value", "SystemError", "TypeError", "LookupError", "UnicodeDecodeError"):
            raise AssertionError("hpy-sys: %r" % (found,))
        return
    # CPython does not take a space before a closing brace.
    expected = outcome(peer.build, format.replace(" ", ""), *values)
    if repr(found) == repr(expected) or found[0] == expected[0] and (expected[1], found[1]) in MESSAGES:
        return
    raise AssertionError("CPython: %r\nhpy-sys: %r" % (expected, found))
