# abi-tests/python/test_object.py: attributes, text, comparison, hash and truth of any object.

import sys
import unittest

from support import NULL, load

calls = load("calls")
LT, LE, EQ, NE, GT, GE = range(6)


class Attributes:
    existing = 5

    @property
    def fails(self):
        raise RuntimeError("mine")

    @property
    def read_only(self):
        return 1


class Fails:
    def fail(self, *args):
        raise KeyError("mine")

    __repr__ = __str__ = __bytes__ = __eq__ = __lt__ = __hash__ = __bool__ = fail


class TestAttributes(unittest.TestCase):
    def test_get(self):
        for get in (calls.HPy_GetAttr, calls.HPy_GetAttr_s):
            self.assertEqual(get(Attributes(), "existing"), 5)
            self.assertIs(get(sys, "modules"), sys.modules)
            with self.assertRaisesRegex(AttributeError, "missing"):
                get(Attributes(), "missing")
            with self.assertRaisesRegex(RuntimeError, "mine"):
                get(Attributes(), "fails")
        with self.assertRaises(TypeError):
            calls.HPy_GetAttr(Attributes(), 7)

    def test_has(self):
        for has in (calls.HPy_HasAttr, calls.HPy_HasAttr_s):
            self.assertEqual(has(Attributes(), "existing"), 1)
            self.assertEqual(has(Attributes(), "missing"), 0)

    def test_has_swallows_errors(self):
        before, sys.unraisablehook = sys.unraisablehook, lambda args: None
        try:
            for has in (calls.HPy_HasAttr, calls.HPy_HasAttr_s):
                self.assertEqual(has(Attributes(), "fails"), 0)
            self.assertEqual(calls.HPy_HasAttr(Attributes(), 7), 0)
        finally:
            sys.unraisablehook = before

    def test_set_and_delete(self):
        for set_ in (calls.HPy_SetAttr, calls.HPy_SetAttr_s):
            h = Attributes()
            self.assertEqual(set_(h, "new", [1]), 0)
            self.assertEqual(h.new, [1])
            self.assertEqual(set_(h, "new", NULL), 0)
            self.assertFalse(hasattr(h, "new"))
            with self.assertRaises(AttributeError):
                set_(h, "new", NULL)
            with self.assertRaises(AttributeError):
                set_(h, "read_only", 1)
            with self.assertRaises(AttributeError):
                set_(object(), "new", 1)
        with self.assertRaises(TypeError):
            calls.HPy_SetAttr(Attributes(), 7, 1)

    def test_references(self):
        h, value = Attributes(), [1]
        before = sys.getrefcount(value)
        calls.HPy_SetAttr(h, "new", value)
        calls.HPy_SetAttr_s(h, "other", value)
        self.assertEqual(sys.getrefcount(value), before + 2)
        calls.HPy_GetAttr(h, "new")
        calls.HPy_GetAttr_s(h, "other")
        self.assertEqual(sys.getrefcount(value), before + 2)
        del h
        self.assertEqual(sys.getrefcount(value), before)


class TestText(unittest.TestCase):
    def test_text(self):
        for value in ("é", 5, None, [1], b"x", Attributes):
            self.assertEqual(calls.HPy_Repr(value), repr(value))
            self.assertEqual(calls.HPy_Str(value), str(value))
            self.assertEqual(calls.HPy_ASCII(value), ascii(value))
        self.assertEqual(calls.HPy_Bytes(b"x"), b"x")
        self.assertEqual(calls.HPy_Bytes([1, 2]), b"\1\2")

    def test_errors(self):
        for call in (calls.HPy_Repr, calls.HPy_Str, calls.HPy_ASCII, calls.HPy_Bytes):
            with self.assertRaisesRegex(KeyError, "mine"):
                call(Fails())
        with self.assertRaises(TypeError):
            calls.HPy_Bytes("text")

    def test_no_text(self):
        class Bad:
            def __repr__(self):
                return 7

            __str__ = __bytes__ = __repr__

        for call in (calls.HPy_Repr, calls.HPy_Str, calls.HPy_ASCII, calls.HPy_Bytes):
            with self.assertRaises(TypeError):
                call(Bad())


class TestCompare(unittest.TestCase):
    def test_compare(self):
        expected = {(1, 2): (True, True, False, True, False, False), (2, 2): (False, True, True, False, False, True)}
        for (a, b), results in expected.items():
            for op, result in enumerate(results):
                self.assertIs(calls.HPy_RichCompare(a, b, op), result)
                self.assertEqual(calls.HPy_RichCompareBool(a, b, op), int(result))

    def test_any_result(self):
        class Any:
            def __lt__(self, other):
                return ["result"]

        self.assertEqual(calls.HPy_RichCompare(Any(), 1, LT), ["result"])
        self.assertEqual(calls.HPy_RichCompareBool(Any(), 1, LT), 1)

    def test_identity(self):
        nan = float("nan")
        self.assertIs(calls.HPy_RichCompare(nan, nan, EQ), False)
        self.assertEqual(calls.HPy_RichCompareBool(nan, nan, EQ), 1)
        self.assertEqual(calls.HPy_RichCompareBool(nan, nan, NE), 0)

    def test_errors(self):
        for call in (calls.HPy_RichCompare, calls.HPy_RichCompareBool):
            with self.assertRaises(TypeError):
                call(1, "text", LT)
            with self.assertRaisesRegex(KeyError, "mine"):
                call(Fails(), 1, EQ)


class TestHashAndTruth(unittest.TestCase):
    def test_hash(self):
        for value in (0, -1, 5, "text", (1, 2), None, 2**100):
            self.assertEqual(calls.HPy_Hash(value), hash(value))
        with self.assertRaises(TypeError):
            calls.HPy_Hash([])
        with self.assertRaisesRegex(KeyError, "mine"):
            calls.HPy_Hash(Fails())

    def test_truth(self):
        for value in (0, 1, "", "x", [], [0], None, True):
            self.assertEqual(calls.HPy_IsTrue(value), int(bool(value)))
        with self.assertRaisesRegex(KeyError, "mine"):
            calls.HPy_IsTrue(Fails())
