# abi-tests/python/test_builders.py: builders of bytes, str and lists that grow, the characters of a str in place, integers of
# 128 bits, notes of exceptions.

import struct
import sys
import unittest
from random import Random

from support import load, needs_native_runtime

builders = load("builders")

ORDER = sys.byteorder[0] + "e"


def encoded(text, width):
    """The characters of a text as memory."""
    if width == 1:
        return text.encode("latin-1")
    return text.encode("utf-%d-%s" % (8 * width, ORDER), "surrogatepass")


class TestBytes(unittest.TestCase):
    def test_writes(self):
        for size in -1, 0, 1, 3, 6, 100, 5000:
            for how in "wi":
                steps = [(how, b"abc"), (how, b""), (how, b"d\0f")]
                self.assertEqual(builders.bytes(size, steps), b"abcd\0f")
                self.assertEqual(builders.bytes(size, []), b"")
                self.assertEqual(builders.bytes(size, [(how, b"")]), b"")
                self.assertEqual(builders.bytes(size, [(how, b"x")]), b"x")

    def test_growth(self):
        parts = [bytes([index % 251]) * (index % 300) for index in range(500)]
        for how in "wi":
            for size in 0, 10, 10**6:
                self.assertEqual(builders.bytes(size, [(how, part) for part in parts]), b"".join(parts))

    def test_around_a_block(self):
        for total in 511, 512, 513, 1024, 1025:
            for piece in 1, 100, 511, 512, 600:
                data = bytes(index % 251 for index in range(total))
                steps = [("w", data[at : at + piece]) for at in range(0, total, piece)]
                for size in 0, 511, 512, 513:
                    self.assertEqual(builders.bytes(size, steps), data)
                    self.assertEqual(builders.bytes(size, steps + [("x",), ("w", b"d")]), b"d")

    def test_resize(self):
        self.assertEqual(builders.bytes(0, [("t", 5)]), b"zzzzz")
        self.assertEqual(builders.bytes(3, [("w", b"abc"), ("t", 2), ("w", b"d"), ("t", 6)]), b"abdzzz")
        self.assertEqual(builders.bytes(3, [("w", b"abc"), ("t", 0)]), b"")
        self.assertEqual(builders.bytes(9, [("g", 10), ("w", b"abc")]), b"abc")

    def test_cancel(self):
        self.assertEqual(builders.bytes(3, [("w", b"abc"), ("x",), ("x",), ("w", b"d")]), b"d")

    def test_errors(self):
        for steps in [("g", -1)], [("w", b"a"), ("t", -1)]:
            with self.assertRaises(SystemError):
                builders.bytes(0, steps)
        for more in sys.maxsize, sys.maxsize - 100:
            with self.assertRaises((MemoryError, OverflowError)):
                builders.bytes(0, [("w", b"abc"), ("n", more)])


class TestText(unittest.TestCase):
    TEXTS = "", "a", "abc", "\xe9", "a\xe9", "\u20ac", "a\u20ac\xe9", "\U0001f600", "a\U0001f600\u20ac\xe9", "\ud800", "\0"

    def check(self, steps, text):
        for size in -1, 0, 1, 4, 200:
            found = builders.text(size, steps)
            self.assertEqual(found, text)
            # It is the one that Python makes: of the least kind, with the same hash.
            self.assertEqual(hash(found), hash(text))
            self.assertEqual({text: 1}[found], 1)
            self.assertEqual(found.isascii(), text.isascii())

    def test_one_write(self):
        for text in self.TEXTS:
            self.check([("s", text)], text)
            self.check([("c", ord(character)) for character in text], text)
            self.check([("p", text, 0, 100)], text)
            self.check([("o", text)], text)
            self.check([("r", text)], repr(text))
            if "\ud800" not in text:
                self.check([("u", text.encode())], text)
            if text.isascii():
                self.check([("a", text.encode())], text)
                self.check([("A", text.encode())], text)

    def test_two_writes(self):
        for first in self.TEXTS:
            for second in self.TEXTS:
                both = first + second
                self.check([("s", first), ("s", second)], both)
                self.check([("s", first)] + [("c", ord(character)) for character in second], both)
                if "\ud800" not in second:
                    self.check([("s", first), ("u", second.encode())], both)
                if second.isascii():
                    self.check([("s", first), ("a", second.encode())], both)

    def test_subclasses(self):
        class Text(str):
            pass

        for text in self.TEXTS:
            self.check([("s", Text(text))], text)
            self.check([("s", "\u20ac"), ("s", Text(text))], "\u20ac" + text)

    def test_growth(self):
        parts = [text * count for count in range(1, 40) for text in self.TEXTS]
        for size in 0, 10, 10**5:
            self.assertEqual(builders.text(size, [("s", part) for part in parts]), "".join(parts))
        self.assertEqual(builders.text(0, [("a", b"ab")] * 1000), "ab" * 1000)
        self.assertEqual(builders.text(0, [("c", 0x20AC)] * 1000), "\u20ac" * 1000)

    def test_around_a_block(self):
        letters = "a", "\xe9", "\u20ac", "\U0001f600"
        for total in 127, 128, 129, 255, 256, 257, 511, 512, 513:
            for first in letters:
                for second in letters:
                    for more in 1, 2, 200:
                        steps = [("s", first * total), ("s", second * more)]
                        for size in 0, 4, total + more:
                            self.assertEqual(builders.text(size, steps), first * total + second * more)

    def test_floats(self):
        near = [10.0**power for power in (-324, -310, -6, -5, -4, -3, -1, 0, 1, 15, 16, 17, 22, 23, 308)]
        floats = near + [0.0, 1 / 3, 0.1, 5e-324, 2.0**-44, 2.0**53, 2.0**63, 123456.75, float("inf"), float("nan")]
        # The neighbours of each.
        bits = [struct.unpack("q", struct.pack("d", number))[0] for number in floats]
        floats += [struct.unpack("d", struct.pack("q", at + by))[0] for at in bits for by in (-1, 1) if at + by >= 0]
        random = Random(1)
        floats += [random.randrange(10**17) / 10 ** random.randrange(25) for _ in range(2000)]
        for number in floats:
            self.check([("r", number), ("r", -number)], repr(number) + repr(-number))
        self.assertEqual(builders.text(0, [("c", 0x20AC), ("r", 0.1)]), "\u20ac0.1")

    def test_substrings(self):
        for text in "abcdef", "ab\xe9def", "ab\u20acdef", "ab\U0001f600def":
            for start in range(7):
                for end in range(start, 9):
                    self.check([("p", text, start, end)], text[start:end])
                    self.check([("c", 0xE8), ("p", text, start, end)], "\xe8" + text[start:end])
                    self.check([("c", 0x20AD), ("p", text, start, end)], "\u20ad" + text[start:end])
        for start, end in (-1, 2), (2, 1):
            with self.assertRaises(ValueError):
                builders.text(0, [("p", "abc", start, end)])

    def test_in_place(self):
        for text in self.TEXTS:
            for width in 1, 2, 4:
                if max(map(ord, text), default=0) < 1 << 8 * width:
                    steps = [(str(width), encoded(text, width))]
                    self.check(steps, text)
                    self.check([("a", b"xy")] + steps, "xy" + text)
                    self.check(steps + [("c", 0x1F600)], text + "\U0001f600")
                    self.check(steps + [("t", 1)], text[:1])

    def test_wider_in_place(self):
        self.check([("1", b"ab"), ("2", encoded("c\u20ac", 2)), ("4", encoded("d", 4))], "abc\u20acd")
        for steps in [("c", 0x20AC), ("1", b"a")], [("c", 0x1F600), ("2", b"ab")], [("4", b"abcd"), ("A", b"a")]:
            with self.assertRaisesRegex(ValueError, "the builder has characters of [24] bytes, and not of [12]"):
                builders.text(0, steps)

    def test_truncate(self):
        self.check([("s", "abc\u20ac"), ("t", 3)], "abc")
        self.check([("s", "abc\u20ac"), ("t", 0)], "")
        self.check([("s", "abc\u20ac"), ("t", 9)], "abc\u20ac")
        self.check([("s", "abc\u20ac"), ("t", 2), ("c", 0x20AC)], "ab\u20ac")

    def test_reserved_for_nothing(self):
        self.check([("g", 5, 0x10FFFF), ("a", b"abc")], "abc")
        self.check([("g", 5, 0x20AC), ("c", 0xE9)], "\xe9")
        self.check([("g", 5, 0x20AC)], "")

    def test_cancel(self):
        self.check([("s", "abc\u20ac"), ("x",), ("x",), ("c", 97)], "a")

    def test_utf8(self):
        text = "".join(chr(code) for code in range(1, 0x11000, 37) if not 0xD800 <= code < 0xE000)
        self.check([("u", text.encode()), ("u", b"a"), ("u", b"")], text + "a")
        wrongs = [b"\xff", b"ab\xc3", b"\xed\xa0\x80", b"a" * 50 + b"\x80", b"\xc0\x80", b"\xc1\xbf", b"\xe0\x9f\xbf", b"\xf0\x8f\xbf\xbf",
                  b"\xf4\x90\x80\x80", b"\xf5\x80\x80\x80", b"\xe2\x82", b"\xe2\x82a", b"\xf0\x9f\x98", b"\xc3\xa9\x80", b"\xc3("]
        for wrong in wrongs:
            for before in [], [("c", 97)], [("c", 0x20AC)]:
                with self.assertRaises(UnicodeDecodeError):
                    builders.text(0, before + [("u", wrong)])

    def test_errors(self):
        for code in 0x110000, 0xFFFFFFFF:
            with self.assertRaises(ValueError):
                builders.text(0, [("c", code)])
        with self.assertRaises(SystemError):
            builders.text(0, [("g", -1, 97)])
        with self.assertRaises(ValueError):
            builders.text(0, [("g", 1, 0x110000)])
        for more in sys.maxsize, sys.maxsize - 100:
            with self.assertRaises((MemoryError, OverflowError)):
                builders.text(0, [("c", 97), ("g", more, 97)])
        for wrong in 1, b"abc", None:
            with self.assertRaises(TypeError):
                builders.text(0, [("s", wrong)])

        class Fails:
            def __str__(self):
                raise LookupError

            __repr__ = __str__

        for how in "or":
            with self.assertRaises(LookupError):
                builders.text(0, [("c", 97), (how, Fails())])

    @needs_native_runtime
    def test_no_code_point_in_place(self):
        with self.assertRaises(ValueError):
            builders.text(0, [("4", b"\xff" * 8)])


class TestLists(unittest.TestCase):
    @needs_native_runtime
    def test_append(self):
        item = ["item"]
        before = sys.getrefcount(item)
        found = builders.list([item] * 100)
        self.assertEqual(found, [item] * 100)
        del found
        self.assertEqual(sys.getrefcount(item), before)
        self.assertEqual(builders.list([]), [])

    def test_numbers(self):
        for make, numbers in (
            (builders.ints, [0, -1, 2**31 - 1, -(2**31)]),
            (builders.longs, [0, -1, 2**63 - 1, -(2**63)]),
            (builders.doubles, [0.0, -1.5, float("inf")]),
        ):
            self.assertEqual(make(numbers, len(numbers)), numbers)
            self.assertEqual(make([], 0), [])

    @needs_native_runtime
    def test_appended_numbers(self):
        for make in builders.ints, builders.longs, builders.doubles:
            for presized in 0, 1, 2:
                self.assertEqual(make(list(range(1000)), presized), list(range(1000)))


class TestConstants(unittest.TestCase):
    def test_empty(self):
        self.assertEqual(builders.empty_str(), "")
        self.assertEqual(builders.empty_bytes(), b"")


@needs_native_runtime
class TestView(unittest.TestCase):
    def test_kinds(self):
        for kind, text in (1, ""), (1, "abc"), (1, "a\xe9"), (2, "a\u20ac"), (2, "\ud800"), (4, "a\U0001f600"):
            self.assertEqual(builders.view(text), (text, kind, len(text)))

    def test_no_text(self):
        for wrong in b"abc", 1, None:
            with self.assertRaisesRegex(TypeError, "must be str, not "):
                builders.view(wrong)


class Index:
    def __init__(self, value):
        self.value = value

    def __index__(self):
        return self.value


class TestWideIntegers(unittest.TestCase):
    NUMBERS = [sign * (1 << bits) + more for bits in (0, 31, 62, 63, 64, 100, 127) for sign in (-1, 0, 1) for more in (-1, 0, 1)]

    def test_values(self):
        for call, low, high in (builders.wide, -(2**127), 2**127 - 1), (builders.wide_unsigned, 0, 2**128 - 1):
            for number in self.NUMBERS + [low - 1, low, high, high + 1, 2**200, -(2**200)]:
                for given in number, Index(number):
                    if low <= number <= high:
                        self.assertEqual(call(given), number)
                    else:
                        self.assertRaises(OverflowError, call, given)

    def test_no_integers(self):
        # CPython 3.9 takes the integer in a float.
        wrongs = ["1", None] + [1.5] * (sys.version_info >= (3, 10))
        for call in builders.wide, builders.wide_unsigned:
            for wrong in wrongs:
                self.assertRaises(TypeError, call, wrong)


class TestNotes(unittest.TestCase):
    def test_add(self):
        for _ in range(2):
            error = ValueError("text")
            self.assertEqual(builders.add_note(error, "one"), 0)
            self.assertEqual(builders.add_note(error, "two\u20ac"), 0)
            self.assertEqual(error.__notes__, ["one", "two\u20ac"])
        with self.assertRaisesRegex(TypeError, "must be (a )?str, not '?bytes'?"):
            builders.add_note(ValueError(), b"wrong")
        error.__notes__ = 3
        with self.assertRaisesRegex(TypeError, "__notes__ is not a list"):
            builders.add_note(error, "wrong")

    @needs_native_runtime
    def test_raised(self):
        error = ValueError("text")
        with self.assertRaises(ValueError) as caught:
            builders.raise_with_note(error, "note\u20ac")
        self.assertIs(caught.exception, error)
        self.assertEqual(error.__notes__, ["note\u20ac"])
        error.__notes__ = 3
        with self.assertRaises(TypeError) as caught:
            builders.raise_with_note(error, "note")
        self.assertIs(caught.exception.__context__, error)


if __name__ == "__main__":
    unittest.main()
