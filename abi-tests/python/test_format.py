# abi-tests/python/test_format.py: the texts and errors of HPyUnicode_FromFormat and HPyErr_Format.

import struct
import unittest

from support import load, only_in_rust

extension = load("format")
run, run_error = extension.run, extension.run_error


def least(code):
    return -(2 ** (8 * struct.calcsize(code) - 1))


def greatest(code):
    return 2 ** (8 * struct.calcsize(code)) - 1


class Shown:
    def __str__(self):
        return "as text"

    def __repr__(self):
        return "größe"


class Failing:
    def __repr__(self):
        raise LookupError("no repr")


class CompileTime(unittest.TestCase):
    def test_integers(self):
        expected = [least("i"), -1, least("l"), least("q"), least("n"), greatest("I"), greatest("L"), greatest("Q"), greatest("N")]
        self.assertEqual(extension.integers(), " ".join(map(str, expected)) + " ffffff85 ff")

    def test_layout(self):
        self.assertEqual(extension.layout(), "  -42|-0042|-00042|  -00042|-0000042|0|12345|100%")

    def test_characters(self):
        self.assertEqual(extension.characters(), "aé\U0001f40d\0")

    def test_pointers(self):
        self.assertEqual(extension.pointers(), "0xabc 0x0")

    def test_texts(self):
        self.assertEqual(extension.texts("ö"), "né|ö|ö|'ö'|'\\xf6'|ö|used")
        self.assertRaises(TypeError, extension.texts, 5)

    def test_empty(self):
        self.assertEqual(extension.empty(), "")

    def test_raise(self):
        with self.assertRaises(LookupError) as caught:
            extension.raise_("x")
        self.assertEqual(str(caught.exception), "'x' is not among 3")
        with self.assertRaisesRegex(LookupError, "^no repr$"):
            extension.raise_(Failing())


class RunTime(unittest.TestCase):
    def writes(self, expected, format, *values):
        self.assertEqual(run(format, *values), expected)

    def refuses(self, exception, message, format, *values):
        with self.assertRaises(exception) as caught:
            run(format, *values)
        self.assertIs(type(caught.exception), exception)
        self.assertEqual(str(caught.exception), message)

    def test_text_alone(self):
        self.writes("", b"")
        self.writes("abc", b"abc")
        self.writes("100%", b"100%%")
        self.writes("%%", b"%%%%")

    def test_integers(self):
        for unit in b"d", b"i", b"ld", b"li", b"lld", b"lli", b"zd", b"zi":
            self.writes("-5", b"%" + unit, -5)
        for unit in b"u", b"lu", b"llu", b"zu":
            self.writes("5", b"%" + unit, 5)
        self.writes(str(2**64 - 1), b"%llu", -1)
        self.writes(str(-(2**63)), b"%lld", -(2**63))
        self.writes("ffffff85", b"%x", -123)
        self.writes("   ff", b"%5x", 255)
        self.writes("000ff", b"%05x", 255)
        self.writes("0", b"%.0d", 0)
        self.writes("00042", b"%.5u", 42)
        self.writes(" " * 995 + "12345", b"%1000d", 12345)
        self.writes("0" * 995 + "12345", b"%.1000d", 12345)

    def test_precision_without_a_number_is_none(self):
        self.writes("abc", b"%.s", b"abc")
        self.writes("", b"%.0s", b"abc")

    def test_c_strings(self):
        self.writes("  abc", b"%5s", b"abc")
        self.writes("abc", b"%2s", b"abc")
        self.writes("ab", b"%.2s", b"abc")
        self.writes("   ab", b"%5.2s", b"abc")
        # The width counts characters and the precision bytes; half a character is left out.
        self.writes("  né", b"%4s", "né".encode())
        self.writes("n", b"%.2s", "né".encode())
        self.writes("né", b"%.3s", "néx".encode())
        self.writes("x" * 1000, b"%s", b"x" * 1000)
        self.assertRaises(UnicodeDecodeError, run, b"%s", b"\xff")

    def test_objects(self):
        self.writes("as text", b"%S", (Shown(),))
        self.writes("größe", b"%R", (Shown(),))
        self.writes("gr\\xf6\\xdfe", b"%A", (Shown(),))
        self.writes("größe", b"%U", ("größe",))
        self.writes("  größ", b"%6.4U", ("größe",))
        self.writes("  größ", b"%6.4R", (Shown(),))
        self.writes("as t", b"%.4S", (Shown(),))
        self.writes("", b"%.0U", ("abc",))
        self.writes("ob|c", b"%.2V|%.1V", ("object",), ..., ..., b"c string")
        self.assertRaises(TypeError, run, b"%U", (5,))
        self.assertRaises(LookupError, run, b"%R", (Failing(),))

    def test_surrogates(self):
        name = "\udc80" + "n" + "\ud800" + "\U0001f40d"
        self.writes(f"[{name}]", b"[%S]", (name,))
        self.writes("  \udc80n", b"%4.2U", (name,))
        self.writes("\ud800", b"%c", 0xD800)
        self.writes("\udc80\0", b"%U%c", ("\udc80",), 0)

    def test_characters(self):
        for point in 0x00, 0x41, 0x7F, 0x80, 0xFF, 0x7FF, 0x800, 0xFFFF, 0x10000, 0x10FFFF:
            self.writes(f"<{chr(point)}>", b"<%c>", point)
        for point in -1, 0x110000:
            self.refuses(OverflowError, "character argument not in range(0x110000)", b"%c", point)

    def test_formats(self):
        for format in b"%", b"%5", b"%l", b"%z", b"%lld%", b"%y", b"%5%", b"%0%", b"%.1%", b"%lx", b"%zs", b"%lllx", b"%-5d", b"%*d", b"%hd":
            self.refuses(SystemError, "invalid format string", format, 1)
        for unit in "sUVSRApc":
            message = f"formatting unit '%{unit}' does not support 0-padding"
            self.refuses(SystemError, message, f"%05{unit}".encode(), ("x",), b"x")
        for unit in "cp":
            for option in "5", ".5", "5.5":
                message = f"formatting unit '%{unit}' does not support width nor precision"
                self.refuses(SystemError, message, f"%{option}{unit}".encode(), 1)
        self.refuses(ValueError, "width too big", b"%9999999999999999999d", 1)
        self.refuses(ValueError, "precision too big", b"%.9999999999999999999d", 1)
        self.refuses(ValueError, "expected an ASCII-encoded format string, got a non-ASCII byte: 0xc3", "é".encode())

    @only_in_rust("C reads variable arguments, whose number nobody knows")
    def test_too_few_values(self):
        self.refuses(SystemError, "too few values for the format string", b"%d%d", 1)

    def test_nulls(self):
        self.refuses(SystemError, "null c string passed as value for formatting unit '%s'", b"%s", ...)
        self.refuses(SystemError, "HPy_NULL passed as value for formatting unit '%U'", b"%U", ...)
        for unit in b"SRA":
            message = "HPy_NULL passed as value for formatting unit '%S' or '%R' or '%A'"
            self.refuses(SystemError, message, b"%" + bytes([unit]), ...)
        message = "HPy_NULL and null c string passed as values for formatting unit '%V'"
        self.refuses(SystemError, message, b"%V", ..., ...)

    def test_errors(self):
        with self.assertRaises(KeyError) as caught:
            run_error(KeyError, b"%d of %s", 3, b"x")
        self.assertEqual(caught.exception.args, ("3 of x",))
        # An error in the text is raised.
        with self.assertRaisesRegex(SystemError, "^invalid format string$"):
            run_error(KeyError, b"%y")
        with self.assertRaisesRegex(LookupError, "^no repr$"):
            run_error(ValueError, b"%R", (Failing(),))
