# abi-tests/python/test_arg_units.py: the values and errors of the argument units beyond HPy 0.9's.

import array
import sys
import unittest

from support import LANGUAGE, load, needs_native_runtime

arg_units = load("arg_units")


class Case(unittest.TestCase):
    def gives(self, unit, *pairs):
        for given, expected in pairs:
            self.assertEqual(getattr(arg_units, unit)(given), expected)

    def refuses(self, unit, exception, message, *values):
        for value in values:
            with self.assertRaises(exception) as caught:
                getattr(arg_units, unit)(value)
            self.assertEqual(str(caught.exception), "f() " + message)


class TestText(Case):
    def test_sized_text(self):
        for unit in "s#", "z#":
            self.gives(unit, ("", b""), ("a\0b", b"a\0b"), ("\u20ac", "\u20ac".encode()), (b"a\0b", b"a\0b"))
            self.refuses(unit, TypeError, "a str or bytes is required", 1, bytearray(b"a"))
        self.refuses("s#", TypeError, "a str or bytes is required", None)
        self.assertIsNone(getattr(arg_units, "z#")(None))

    def test_surrogates(self):
        for unit in "s#", "z#":
            self.assertRaises(UnicodeEncodeError, getattr(arg_units, unit), "\ud800")

    def test_text_or_none(self):
        self.gives("z", ("", ""), ("a\u20ac", "a\u20ac"), (None, None))
        self.refuses("z", TypeError, "a str is required", b"a", 1)
        self.refuses("z", ValueError, "embedded null character", "a\0b")

    def test_bytes(self):
        self.gives("y", (b"", b""), (b"abc", b"abc"))
        self.gives("y#", (b"", b""), (b"a\0c", b"a\0c"))
        self.refuses("y", ValueError, "embedded null byte", b"a\0b")
        for unit in "y", "y#":
            self.refuses(unit, TypeError, "a bytes object is required", "a", 1, None, bytearray(b"a"))

    def test_encoded(self):
        self.gives("es", ("", b""), ("a\xe9", b"a\xe9"))
        self.refuses("es", TypeError, "a str is required", b"a", None)
        self.refuses("es", ValueError, "embedded null byte", "a\0b")
        self.assertRaises(UnicodeEncodeError, arg_units.es, "\u20ac")


class TestObjects(Case):
    def test_classes(self):
        samples = {"U": "text", "S": b"bytes", "Y": bytearray(b"array")}
        names = {"U": "a str", "S": "a bytes object", "Y": "a bytearray"}
        for unit, sample in samples.items():
            self.assertIs(getattr(arg_units, unit)(sample), sample)
            others = [other for key, other in samples.items() if key != unit] + [None, 1]
            self.refuses(unit, TypeError, names[unit] + " is required", *others)

    def test_instance(self):
        is_int = getattr(arg_units, "O!")
        before = sys.getrefcount(int)
        self.assertEqual(is_int(5), 5)
        self.assertIs(is_int(True), True)
        self.refuses("O!", TypeError, "an object of the type int is required, not str", "5")
        self.assertLess(abs(sys.getrefcount(int) - before), 5)

    def test_converter(self):
        twice = getattr(arg_units, "O&")
        self.assertEqual(twice(-21), -42)
        self.assertRaises(TypeError, twice, "1")
        self.assertRaises(OverflowError, twice, 2**64)

    def test_characters(self):
        self.gives("c", (b"a", 97), (b"\xff", 255), (bytearray(b"\0"), 0))
        self.refuses("c", TypeError, "a byte string of length 1 is required", b"", b"ab", "a", 1, None)
        self.gives("C", ("a", 97), ("\0", 0), ("\U0001f600", 0x1F600), ("\ud800", 0xD800))
        self.refuses("C", TypeError, "a str of length 1 is required", "", "ab", b"a", 1, None)

    def test_complex(self):
        self.gives("D", (1, 1), (2.5, 2.5), (1 - 2j, 1 - 2j), (-1 - 1j, -1 - 1j))
        self.assertRaises(TypeError, arg_units.D, "1")


@needs_native_runtime
class TestBuffers(Case):
    def test_values(self):
        numbers = array.array("h", [1, 2])
        for unit in "s*", "z*", "y*":
            self.gives(unit, (b"a\0b", b"a\0b"), (bytearray(b"ab"), b"ab"), (memoryview(b"ab"), b"ab"), (numbers, numbers.tobytes()))
            self.assertRaises(TypeError, getattr(arg_units, unit), 1)
            self.assertRaises(BufferError, getattr(arg_units, unit), memoryview(b"abcd")[::2])
        for unit in "s*", "z*":
            self.gives(unit, ("a\0\u20ac", "a\0\u20ac".encode()), ("", b""))
            self.assertRaises(UnicodeEncodeError, getattr(arg_units, unit), "\ud800")
        self.assertRaises(TypeError, getattr(arg_units, "y*"), "text")
        for unit in "s*", "y*":
            self.assertRaises(TypeError, getattr(arg_units, unit), None)
        self.assertIsNone(getattr(arg_units, "z*")(None))

    def test_writable(self):
        memory = bytearray(b"abc")
        self.assertEqual(getattr(arg_units, "w*")(memory), b"www")
        self.assertEqual(memory, b"www")
        self.refuses("w*", TypeError, "a read-write bytes-like object is required", b"abc", "abc", 1, None)

    def test_release(self):
        memory = bytearray(b"abc")
        for unit in "s*", "z*", "y*", "w*":
            getattr(arg_units, unit)(memory)
            memory.append(1)

    def test_failure_of_a_later_argument(self):
        memory = bytearray(b"abc")
        self.assertEqual(arg_units.then_int(memory, "x"), b"abc")
        self.assertEqual(arg_units.then_int(memory, "x", 3), b"abc")
        self.assertEqual(arg_units.then_int(memory, number=3, text="y"), b"abc")
        for args, keywords in (
            ((memory, "x", "3"), {}),
            ((memory, 1), {}),
            ((memory, "x"), {"number": "3"}),
            ((memory, "x"), {"number": 2**70}),
            ((memory, "x"), {"other": 1}),
            ((memory, "x", 1, 2), {}),
            ((memory,), {}),
            ((), {"view": memory}),
            ((memory,), {"text": "x", "view": memory}),
        ):
            self.assertRaises((TypeError, OverflowError), arg_units.then_int, *args, **keywords)
            # Nothing holds the memory.
            memory.append(1)
            del memory[3:]


@unittest.skipIf(LANGUAGE != "rust", "this is Rust's")
class TestOptions(Case):
    def test_options(self):
        self.assertEqual(arg_units.options(), (None, None, None))
        self.assertEqual(arg_units.options(5), (5, None, None))
        self.assertEqual(arg_units.options(-5, "a\0", []), (-5, b"a\0", []))
        self.assertRaises(TypeError, arg_units.options, None)


if __name__ == "__main__":
    unittest.main()
