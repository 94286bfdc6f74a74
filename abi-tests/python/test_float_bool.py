# abi-tests/python/test_float_bool.py: floats and bools.

import sys
import unittest

from support import load

float_bool = load("float_bool")


class TestFloat(unittest.TestCase):
    def test_round_trip(self):
        for value in (0.0, -1.0, 0.1, 1e308, 5e-324, float("inf"), -float("inf")):
            self.assertEqual(float_bool.from_double(value), value)
        nan = float_bool.from_double(float("nan"))
        self.assertNotEqual(nan, nan)
        self.assertEqual(str(float_bool.from_double(-0.0)), "-0.0")

    def test_as_double(self):
        class Float:
            def __float__(self):
                return 1.5

        class Index:
            def __index__(self):
                return 7

        self.assertEqual(float_bool.as_double(3), 3.0)
        self.assertEqual(float_bool.as_double(True), 1.0)
        self.assertEqual(float_bool.as_double(Float()), 1.5)
        self.assertEqual(float_bool.as_double(Index()), 7.0)
        self.assertEqual(float_bool.as_double(-1), -1.0)

    def test_refused(self):
        class Bad:
            def __float__(self):
                return 7

        class Fails:
            def __float__(self):
                raise KeyError("mine")

        for value in ("1.5", None, [], 1j, Bad()):
            with self.assertRaises(TypeError):
                float_bool.as_double(value)
        with self.assertRaises(OverflowError):
            float_bool.as_double(10**400)
        with self.assertRaisesRegex(KeyError, "mine"):
            float_bool.as_double(Fails())


class TestBool(unittest.TestCase):
    def test_constants(self):
        before = sys.getrefcount(True), sys.getrefcount(False)
        self.assertIs(float_bool.from_bool(1), True)
        self.assertIs(float_bool.from_bool([]), False)
        self.assertEqual((sys.getrefcount(True), sys.getrefcount(False)), before)
