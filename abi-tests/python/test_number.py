# abi-tests/python/test_number.py: each call does what Python's operator does, and calls what the operator calls.

import operator
import sys
import unittest

from support import load

number = load("number")

UNARY = {"negative": operator.neg, "positive": operator.pos, "absolute": abs, "invert": operator.invert}
BINARY = {
    "add": (operator.add, operator.iadd),
    "subtract": (operator.sub, operator.isub),
    "multiply": (operator.mul, operator.imul),
    "matrix_multiply": (operator.matmul, operator.imatmul),
    "floor_divide": (operator.floordiv, operator.ifloordiv),
    "true_divide": (operator.truediv, operator.itruediv),
    "remainder": (operator.mod, operator.imod),
    "lshift": (operator.lshift, operator.ilshift),
    "rshift": (operator.rshift, operator.irshift),
    "and": (operator.and_, operator.iand),
    "xor": (operator.xor, operator.ixor),
    "or": (operator.or_, operator.ior),
}
SPECIAL = {"subtract": "sub", "multiply": "mul", "matrix_multiply": "matmul", "floor_divide": "floordiv",
           "true_divide": "truediv", "remainder": "mod"}


class Recorder:
    """Answers each operator with its name and operands."""


def answer(name):
    def method(self, *operands):
        return (name,) + operands

    return method


for _name in BINARY:
    _special = SPECIAL.get(_name, _name)
    for _prefix in ("", "r", "i"):
        setattr(Recorder, "__%s%s__" % (_prefix, _special), answer(_prefix + _special))
for _special in ("neg", "pos", "abs", "invert", "pow", "ipow", "rpow", "divmod", "rdivmod"):
    setattr(Recorder, "__%s__" % _special, answer(_special))


class TestNumber(unittest.TestCase):
    def test_unary(self):
        for name, python in UNARY.items():
            with self.subTest(name):
                for value in (0, 7, -7):
                    self.assertEqual(getattr(number, name)(value), python(value))
                self.assertEqual(getattr(number, name)(Recorder()), python(Recorder()))
                with self.assertRaises(TypeError):
                    getattr(number, name)("text")

    def check(self, name, call, python):
        with self.subTest(name):
            if name != "matrix_multiply":
                self.assertEqual(call(100, 3), python(100, 3))
            recorder = Recorder()
            self.assertEqual(call(recorder, 5), python(recorder, 5))
            self.assertEqual(call(5, recorder), python(5, recorder))
            with self.assertRaises(TypeError):
                call(object(), object())

    def test_binary(self):
        for name, (python, _) in BINARY.items():
            self.check(name, getattr(number, name), python)

    def test_in_place(self):
        for name, (_, python) in BINARY.items():
            self.check(name, getattr(number, "in_place_" + name), python)

    def test_in_place_changes_the_object(self):
        items = [1]
        self.assertIs(number.in_place_add(items, [2]), items)
        self.assertEqual(items, [1, 2])
        self.assertIs(number.in_place_multiply(items, 2), items)
        self.assertEqual(items, [1, 2, 1, 2])

    def test_sequences(self):
        self.assertEqual(number.add([1], [2]), [1, 2])
        self.assertEqual(number.multiply("ab", 2), "abab")
        self.assertEqual(number.multiply(2, "ab"), "abab")
        self.assertEqual(number.remainder("%d!", 4), "4!")

    def test_divmod(self):
        self.assertEqual(number.divmod(17, 5), (3, 2))
        self.assertEqual(number.divmod(Recorder(), 5), ("divmod", 5))
        for name in ("divmod", "floor_divide", "true_divide", "remainder"):
            with self.assertRaises(ZeroDivisionError):
                getattr(number, name)(1, 0)

    def test_power(self):
        self.assertEqual(number.power(2, 10, None), 1024)
        self.assertEqual(number.power(2, 10, 100), 24)
        self.assertEqual(number.power(2, -1, None), 0.5)
        self.assertEqual(number.power(Recorder(), 5, 7), ("pow", 5, 7))
        self.assertEqual(number.in_place_power(2, 10, None), 1024)
        self.assertEqual(number.in_place_power(Recorder(), 5, None), ("ipow", 5))
        for name in ("power", "in_place_power"):
            with self.assertRaises(TypeError):
                getattr(number, name)("a", "b", None)
            with self.assertRaises(ValueError):
                getattr(number, name)(2, 3, 0)

    def test_index(self):
        class Index:
            def __index__(self):
                return 7

        class Bad:
            def __index__(self):
                return "7"

        self.assertEqual(number.index(7), 7)
        self.assertIs(type(number.index(True)), bool if sys.version_info < (3, 10) else int)
        self.assertEqual(number.index(Index()), 7)
        for value in (1.5, "7", None, Bad()):
            with self.assertRaises(TypeError):
                number.index(value)

    def test_long_and_float(self):
        self.assertEqual(number.long("0012"), 12)
        self.assertEqual(number.long(3.9), 3)
        self.assertEqual(number.long(b"12"), 12)
        self.assertEqual(number.float("1.5"), 1.5)
        self.assertEqual(number.float(3), 3.0)
        for call in (number.long, number.float):
            with self.assertRaises(ValueError):
                call("x")
            with self.assertRaises(TypeError):
                call(None)
        with self.assertRaises(OverflowError):
            number.float(10**400)

    def test_check(self):
        for value in (1, True, 1.5, 1j):
            self.assertEqual(number.check(value), 1)
        for value in ("1", None, [], object()):
            self.assertEqual(number.check(value), 0)

    def test_errors_of_operators_come_through(self):
        class Fails:
            def __add__(self, other):
                raise KeyError("mine")

            __radd__ = __iadd__ = __neg__ = __index__ = __float__ = __pow__ = __add__

        for call, arguments in [(number.add, (Fails(), 1)), (number.in_place_add, (Fails(), 1))]:
            with self.assertRaisesRegex(KeyError, "mine"):
                call(*arguments)

    def test_results_are_new_references(self):
        value = 10**30
        before = sys.getrefcount(value)
        results = [number.positive(value), number.index(value), number.long(value)]
        self.assertEqual(sys.getrefcount(value), before + sum(result is value for result in results))
