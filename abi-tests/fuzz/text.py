# abi-tests/fuzz/text.py: HPyUnicode_FromFormat next to PyUnicode_FromFormat.

import struct
import sys

import peer
from fuzz import outcome
from support import load
from values import integer

CASES = 20000
run = load("format").run
UNITS = "d i ld li lld lli zd zi u lu llu zu x s p c A U V S R".split()
# unit: the code of its value in the module `struct`
SIZE = "Q" if struct.calcsize("P") == 8 else "I"
INTEGERS = {
    "d": "i", "i": "i", "ld": "l", "li": "l", "lld": "q", "lli": "q", "zd": "n", "zi": "n", "u": "I", "lu": "L", "llu": "Q",
    "zu": SIZE, "x": "i",
}
# Before 3.12 CPython has no precision of integers and no width of texts, and pads before the sign.
HAS_LAYOUT = sys.version_info >= (3, 12)
# The most values that the peer and the families pass on.
MOST = 8
DEBUG = hasattr(sys, "gettotalrefcount")


class Shown:
    def __str__(self):
        return "as text"

    def __repr__(self):
        return "größe \U0001f40d"


class Failing:
    def __str__(self):
        raise LookupError("no text")

    __repr__ = __str__


class NoText:
    def __str__(self):
        return 5

    __repr__ = __str__


OBJECTS = [None, 5, "", "text", "größe", "\U0001f40d" * 3, "\ud800x", "a" * 300, Shown(), Failing(), NoText()]
TEXTS = [b"", b"text", "größe".encode(), "\U0001f40d\u20ac".encode(), b"a" * 300]


def directive(randoms, values):
    """The text of a directive, whose values are added to `values`."""
    unit = randoms.choice(UNITS + list("%sSR"))
    if unit == "%":
        return "%%"
    width = randoms.choice(["", "", "", "3", "12", "70"])
    precision = randoms.choice(["", "", ".", ".0", ".2", ".5", ".80"])
    if DEBUG and unit not in INTEGERS:
        # CPython asserts that a precision of 0 leaves something of the first text.
        precision = randoms.choice(["", ".2", ".5"])
    if unit in INTEGERS:
        values.append(integer(randoms, INTEGERS[unit]))
        return "%" + (randoms.choice(["", "", "0"]) + width + precision if HAS_LAYOUT else "") + unit
    if unit == "c":
        values.append(randoms.choice([0x41, 0xe9, 0x20ac, 0x1f40d, 0xd800, 0x10ffff, 0x110000, -1, 1]))
        return "%c"
    if unit == "p":
        values.append(randoms.choice([1, 0xabc, 2**40]))
        return "%p"
    # Where a precision cuts a character, CPython writes U+FFFD, and HPy leaves it out.
    texts = TEXTS if precision in ("", ".") else TEXTS[:2]
    if unit == "s":
        values.append(randoms.choice(texts))
    elif unit == "U":
        values.append((randoms.choice([text for text in OBJECTS if isinstance(text, str)]),))
    elif unit == "V":
        values.append(randoms.choice([..., (randoms.choice(["", "text", "größe"]),)]))
        values.append(randoms.choice(texts))
    else:
        values.append((randoms.choice(OBJECTS),))
    return "%" + (width + precision if HAS_LAYOUT else "") + unit


def case(randoms):
    """(format, whether it is wrong, values)"""
    format, values = "", []
    for _ in range(randoms.randint(0, 5)):
        format += randoms.choice(["", "", " ", "text", "a" * 60, ": "])
        if len(values) < MOST - 1:
            format += directive(randoms, values)
    wrong = randoms.random() < 0.1
    if wrong:
        format += randoms.choice(["%", "%5", "%.", "%l", "%zx", "%Z", "%lls", "%99999999999999999999d", "%5%", "\xe9", "%05s", "%5c"])
    return format.encode(), wrong, tuple(values)


def check(case):
    format, wrong, values = case
    found = outcome(run, format, *values)
    if wrong:
        # An error of a value may come before it.
        if found[0] not in ("SystemError", "ValueError", "OverflowError", "LookupError", "TypeError"):
            raise AssertionError("hpy-sys: %r" % (found,))
        return
    expected = outcome(peer.text, format, *values)
    if repr(found) != repr(expected):
        raise AssertionError("CPython: %r\nhpy-sys: %r" % (expected, found))
