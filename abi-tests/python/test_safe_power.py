# abi-tests/python/test_safe_power.py: `**=` of classes in safe Rust: only the class's own instances reach its function.

import operator
import sys
import unittest

from support import LANGUAGE, load

if LANGUAGE == "rust":
    safe_power = load("safe_power")

# CPython 3.9 does not ask `__pow__` where `__ipow__` declines, but the `__ipow__` of the right operand.
ASKS_POWER = sys.version_info >= (3, 10)


class Declines:
    def __ipow__(self, other):
        return NotImplemented


@unittest.skipIf(LANGUAGE != "rust", "this is Rust's")
class TestPower(unittest.TestCase):
    def test_in_place(self):
        number = same = safe_power.Number(3)
        number **= 2
        self.assertIs(number, same)
        self.assertIs(operator.ipow(number, 2), same)
        self.assertIs(number.__ipow__(1), same)
        self.assertEqual(same.n, 81)
        for wrong in (100, -1):
            with self.assertRaisesRegex(ValueError, "too large"):
                number **= wrong
        self.assertEqual(same.n, 81)

    def test_modulus(self):
        number = safe_power.Number(3)
        self.assertIs(number.__ipow__(2, None), number)
        self.assertIs(number.__ipow__(2, 5), NotImplemented)
        self.assertEqual(number.n, 9)

    def test_declined(self):
        number = same = safe_power.Number(3)
        self.assertIs(number.__ipow__("x"), NotImplemented)
        if ASKS_POWER:
            number **= "x"
            self.assertEqual(number, "3x")
        else:
            with self.assertRaisesRegex(TypeError, "unsupported operand"):
                number **= "x"
        self.assertEqual(same.n, 3)

    def test_function_of_the_right_operand(self):
        log = safe_power.Log()
        for left in (safe_power.Number(3), Declines()):
            for right in (log, safe_power.Number(4)):
                with self.assertRaisesRegex(TypeError, "unsupported operand"):
                    operator.ipow(left, right)
            self.assertEqual(getattr(left, "n", 3), 3)
        self.assertEqual((log.entries(), log.count()), ([], 0))
        log **= "a"
        log **= 5
        self.assertEqual((log.entries(), log.count()), (["'a'", "5"], 2))

    def test_another_instance(self):
        self.assertRaises(TypeError, safe_power.Number.__ipow__, safe_power.Log(), 2)


@unittest.skipIf(LANGUAGE != "rust", "this is Rust's")
class TestSubclass(unittest.TestCase):
    def test_inherited(self):
        below = same = type("Below", (safe_power.Number,), {})(3)
        below **= 2
        self.assertIs(below, same)
        self.assertEqual(below.n, 9)
        self.assertRaises(TypeError, operator.ipow, below, safe_power.Log())
        self.assertRaises(TypeError, operator.ipow, Declines(), below)
        self.assertEqual(below.n, 9)

    def test_overridden(self):
        class Below(safe_power.Number):
            def __ipow__(self, other):
                return "below", super().__ipow__(other)

        below = Below(2)
        self.assertEqual(operator.ipow(below, 3), ("below", below))
        self.assertEqual(below.n, 8)
        number = safe_power.Number(2)
        self.assertRaises(TypeError, operator.ipow, number, below)
        self.assertEqual((number.n, below.n), (2, 8))
