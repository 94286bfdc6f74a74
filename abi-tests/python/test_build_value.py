# abi-tests/python/test_build_value.py: the values and errors of HPy_BuildValue, with formats at compile time and at run time.

import struct
import unittest

from support import load

build_value = load("build_value")
run = build_value.run


def least(code):
    return -(2 ** (8 * struct.calcsize(code) - 1))


def greatest(code):
    return 2 ** (8 * struct.calcsize(code)) - 1


class CompileTime(unittest.TestCase):
    def test_units(self):
        expected = (least("i"), greatest("I"), least("l"), greatest("L"), least("q"), greatest("Q"), least("n"))
        self.assertEqual(build_value.integers(), expected)
        self.assertEqual(build_value.floats(), [2.75, 0.1, 0.5])
        self.assertEqual(build_value.texts(), ("", "né"))
        value = object()
        self.assertEqual(build_value.objects(value), (value, value))

    def test_shapes(self):
        value = object()
        self.assertIsNone(build_value.none())
        self.assertIs(build_value.one(value), value)
        self.assertEqual(build_value.nested(value), (1, [2, 3, (value,)], {"k": 4, value: {}}))
        self.assertRaises(TypeError, build_value.nested, [])

    def test_nulls(self):
        with self.assertRaisesRegex(SystemError, "^HPy_NULL object passed to HPy_BuildValue$"):
            build_value.null_object()
        with self.assertRaisesRegex(KeyError, "^'the first error'$"):
            build_value.pending()
        with self.assertRaisesRegex(SystemError, "^NULL string passed to HPy_BuildValue$"):
            build_value.null_text()
        self.assertRaisesRegex(SystemError, "^NULL string passed to HPy_BuildValue$", build_value.no_text)
        self.assertRaisesRegex(SystemError, "^HPy_NULL object passed to HPy_BuildValue$", build_value.no_object)
        self.assertRaisesRegex(KeyError, "^'the first error'$", build_value.pending_alone)

    def test_flat(self):
        value = object()
        expected = (
            *(-1, "two", 3.5, value, -5, 6, 7.5, -8, 9, 10.5, -11, value),
            *(13.5, 14, 15.5, "sixteen", 17.5, 18.5, 19.5, 20.5, 21.5, -22),
        )
        result = build_value.many(value)
        self.assertEqual(result, expected)
        self.assertEqual([type(item) for item in result], [type(item) for item in expected])
        self.assertEqual(build_value.text_at("é".encode()), (1, "é"))

    def test_not_utf8(self):
        self.assertRaises(UnicodeDecodeError, build_value.text_at, b"\xff")

    def test_formats(self):
        """A format that is not constant, in the call that an extension makes."""
        numbered = build_value.numbered
        for format, expected in (
            ("", None),
            ("i", 1),
            (",i", 1),
            ("ii", (1, 2)),
            ("iiii", (1, 2, 3, 4)),
            ("i,i", (1, 2)),
            ("()", ()),
            ("(i)", (1,)),
            ("(iii)", (1, 2, 3)),
            ("(i),", (1,)),
            ("(i)i", ((1,), 2)),
            ("(ii)(i)", ((1, 2), (3,))),
            ("i(i)", (1, (2,))),
            ("((ii))", ((1, 2),)),
            ("[ii]", [1, 2]),
            ("{i:i}", {1: 2}),
        ):
            with self.subTest(format):
                self.assertEqual(numbered(format), expected)
                self.assertIs(type(numbered(format)), type(expected))
        for format, letter in (("i)", ")"), ("ii]", "]"), ("i i", " "), ("(ii) ", " "), ("(i))", ")"), ("iZ", "Z"), ("(iH)", "H"), ("i\x7f", "\x7f")):
            with self.subTest(format):
                with self.assertRaises(SystemError) as caught:
                    numbered(format)
                self.assertEqual(
                    str(caught.exception), f"bad format char '{letter}' in the format string passed to HPy_BuildValue"
                )
        for format in ("(", "(i", "(ii", "(i]", "(ii(i)"):
            with self.subTest(format):
                with self.assertRaisesRegex(SystemError, "^unmatched '\\(' in the format string passed to HPy_BuildValue$"):
                    numbered(format)


class RunTime(unittest.TestCase):
    def builds(self, expected, format, *values):
        result = run(format, *values)
        self.assertEqual(result, expected)
        self.assertIs(type(result), type(expected))

    def refuses(self, message, format, *values):
        with self.assertRaises(SystemError) as caught:
            run(format, *values)
        self.assertEqual(str(caught.exception), message)

    def test_shapes(self):
        self.builds(None, "")
        self.builds(None, ",")
        self.builds(1, "i", 1)
        self.builds(1, ",i,", 1)
        self.builds((1, 2), "ii", 1, 2)
        self.builds((1, 2), "i,i", 1, 2)
        self.builds((1, 2), "(ii)", 1, 2)
        self.builds((1, 2), "(i,,i,)", 1, 2)
        self.builds((), "()")
        self.builds(((), [], {}), "()[]{}")
        self.builds((1,), "(i)", 1)
        self.builds([1, [2, (3,)], []], "[i[i(i)][]]", 1, 2, 3)
        self.builds({}, "{}")
        self.builds({}, "{  }")
        self.builds({1: 2}, "{i:i}", 1, 2)
        self.builds({1: 2, 3: 4}, "{ i : i , i : i }", 1, 2, 3, 4)
        self.builds({1: 2}, "{i:i,}", 1, 2)
        self.builds({(1, 2): [3]}, "{(ii):[i]}", 1, 2, 3)
        self.builds(({1: 2}, 3), "{i:i}i", 1, 2, 3)

    def test_units(self):
        self.builds((-1, -2, -3, -4), "ilLn", -1, -2, -3, -4)
        self.builds((1, 2**64 - 1), "kK", 1, -1)
        self.builds((1.5, 2.5), "fd", 1.5, 2.5)
        self.builds("text", "s", b"text")
        for unit in "OS":
            self.builds("x", unit, ("x",))

    def test_formats(self):
        where = " in the format string passed to HPy_BuildValue"
        for format, open in ("(i]", "("), ("(i", "("), ("[i", "["), ("{i:i", "{"), ("{i", "{"), ("{i:", "{"), ("([i)", "("), ("{i:i)", "{"), ("([(i)k", "("), ("[(i)(", "["), ("([iZ", "("), ("[{i", "["):
            self.refuses(f"unmatched '{open}'" + where, format, 1, 2)
        for format, letter in ("(i i)", " "), ("i i", " "), ("[i i]", " "), ("i)", ")"), ("i]", "]"), ("}", "}"), ("(i:i)", ":"):
            self.refuses(f"bad format char '{letter}'" + where, format, 1, 2)
        for letter in "bBhHcyzuUpaZ#":
            self.refuses(f"bad format char '{letter}'" + where, f"({letter})", 1)
        self.refuses("missing ':'" + where, "{ii}", 1, 2)
        self.refuses("missing ':'" + where, "{i,i}", 1, 2)
        self.refuses("missing ','" + where, "{i:ii:i}", 1, 2, 3, 4)
        self.refuses("unexpected ','" + where, "{,}")
        self.refuses("unexpected ','" + where, "{i:i,,i:i}", 1, 2, 3, 4)
        self.refuses(
            "HPy_BuildValue does not support the 'N' formatting unit. Instead, use the 'O' formatting unit and manually "
            "close the handle if necessary.",
            "N",
            (1,),
        )

    def test_values(self):
        self.refuses("HPy_NULL object passed to HPy_BuildValue", "(iO)", 1, ...)
        self.refuses("HPy_NULL object passed to HPy_BuildValue", "{S:i}", ..., 1)
        self.refuses("NULL string passed to HPy_BuildValue", "[is]", 1, ...)
        self.assertRaises(UnicodeDecodeError, run, "(is)", 1, b"\xff")
        self.assertRaises(TypeError, run, "{[]:i}", 1)
