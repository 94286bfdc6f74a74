# abi-tests/python/test_float_bool.py: floats and bools.

import sys
import unittest

from support import load

calls = load("calls")


class TestFloat(unittest.TestCase):
    def test_round_trip(self):
        for value in (0.0, -1.0, 0.1, 1e308, 5e-324, float("inf"), -float("inf")):
            self.assertEqual(calls.HPyFloat_FromDouble(value), value)
        nan = calls.HPyFloat_FromDouble(float("nan"))
        self.assertNotEqual(nan, nan)
        self.assertEqual(str(calls.HPyFloat_FromDouble(-0.0)), "-0.0")

    def test_as_double(self):
        class Float:
            def __float__(self):
                return 1.5

        class Index:
            def __index__(self):
                return 7

        self.assertEqual(calls.HPyFloat_AsDouble(3), 3.0)
        self.assertEqual(calls.HPyFloat_AsDouble(True), 1.0)
        self.assertEqual(calls.HPyFloat_AsDouble(Float()), 1.5)
        self.assertEqual(calls.HPyFloat_AsDouble(Index()), 7.0)
        self.assertEqual(calls.HPyFloat_AsDouble(-1), -1.0)

    def test_refused(self):
        class Bad:
            def __float__(self):
                return 7

        class Fails:
            def __float__(self):
                raise KeyError("mine")

        for value in ("1.5", None, [], 1j, Bad()):
            with self.assertRaises(TypeError):
                calls.HPyFloat_AsDouble(value)
        with self.assertRaises(OverflowError):
            calls.HPyFloat_AsDouble(10**400)
        with self.assertRaisesRegex(KeyError, "mine"):
            calls.HPyFloat_AsDouble(Fails())


class TestBool(unittest.TestCase):
    def test_constants(self):
        before = sys.getrefcount(True), sys.getrefcount(False)
        self.assertIs(calls.HPyBool_FromBool(1), True)
        self.assertIs(calls.HPyBool_FromBool(0), False)
        self.assertEqual((sys.getrefcount(True), sys.getrefcount(False)), before)
