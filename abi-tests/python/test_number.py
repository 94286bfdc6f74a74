# abi-tests/python/test_number.py: each call does what Python's operator does, and calls what the operator calls.

import operator
import sys
import unittest

from support import load

calls = load("calls")

UNARY = {
    calls.HPy_Negative: operator.neg, calls.HPy_Positive: operator.pos, calls.HPy_Absolute: abs,
    calls.HPy_Invert: operator.invert,
}
# Each operator, and the one that works in place.
BINARY = {
    "add": (calls.HPy_Add, operator.add, calls.HPy_InPlaceAdd, operator.iadd),
    "sub": (calls.HPy_Subtract, operator.sub, calls.HPy_InPlaceSubtract, operator.isub),
    "mul": (calls.HPy_Multiply, operator.mul, calls.HPy_InPlaceMultiply, operator.imul),
    "matmul": (calls.HPy_MatrixMultiply, operator.matmul, calls.HPy_InPlaceMatrixMultiply, operator.imatmul),
    "floordiv": (calls.HPy_FloorDivide, operator.floordiv, calls.HPy_InPlaceFloorDivide, operator.ifloordiv),
    "truediv": (calls.HPy_TrueDivide, operator.truediv, calls.HPy_InPlaceTrueDivide, operator.itruediv),
    "mod": (calls.HPy_Remainder, operator.mod, calls.HPy_InPlaceRemainder, operator.imod),
    "lshift": (calls.HPy_Lshift, operator.lshift, calls.HPy_InPlaceLshift, operator.ilshift),
    "rshift": (calls.HPy_Rshift, operator.rshift, calls.HPy_InPlaceRshift, operator.irshift),
    "and": (calls.HPy_And, operator.and_, calls.HPy_InPlaceAnd, operator.iand),
    "xor": (calls.HPy_Xor, operator.xor, calls.HPy_InPlaceXor, operator.ixor),
    "or": (calls.HPy_Or, operator.or_, calls.HPy_InPlaceOr, operator.ior),
}


class Recorder:
    """Answers each operator with its name and operands."""


def answer(name):
    def method(self, *operands):
        return (name,) + operands

    return method


for _name in BINARY:
    for _prefix in ("", "r", "i"):
        setattr(Recorder, "__%s%s__" % (_prefix, _name), answer(_prefix + _name))
for _special in ("neg", "pos", "abs", "invert", "pow", "ipow", "rpow", "divmod", "rdivmod"):
    setattr(Recorder, "__%s__" % _special, answer(_special))


class TestNumber(unittest.TestCase):
    def test_unary(self):
        for call, python in UNARY.items():
            with self.subTest(python):
                for value in (0, 7, -7):
                    self.assertEqual(call(value), python(value))
                self.assertEqual(call(Recorder()), python(Recorder()))
                with self.assertRaises(TypeError):
                    call("text")

    def check(self, name, call, python):
        with self.subTest(name):
            if name != "matmul":
                self.assertEqual(call(100, 3), python(100, 3))
            recorder = Recorder()
            self.assertEqual(call(recorder, 5), python(recorder, 5))
            self.assertEqual(call(5, recorder), python(5, recorder))
            with self.assertRaises(TypeError):
                call(object(), object())

    def test_binary(self):
        for name, (call, python, _, _) in BINARY.items():
            self.check(name, call, python)

    def test_in_place(self):
        for name, (_, _, call, python) in BINARY.items():
            self.check(name, call, python)

    def test_in_place_changes_the_object(self):
        items = [1]
        self.assertIs(calls.HPy_InPlaceAdd(items, [2]), items)
        self.assertEqual(items, [1, 2])
        self.assertIs(calls.HPy_InPlaceMultiply(items, 2), items)
        self.assertEqual(items, [1, 2, 1, 2])

    def test_sequences(self):
        self.assertEqual(calls.HPy_Add([1], [2]), [1, 2])
        self.assertEqual(calls.HPy_Multiply("ab", 2), "abab")
        self.assertEqual(calls.HPy_Multiply(2, "ab"), "abab")
        self.assertEqual(calls.HPy_Remainder("%d!", 4), "4!")

    def test_divmod(self):
        self.assertEqual(calls.HPy_Divmod(17, 5), (3, 2))
        self.assertEqual(calls.HPy_Divmod(Recorder(), 5), ("divmod", 5))
        for call in (calls.HPy_Divmod, calls.HPy_FloorDivide, calls.HPy_TrueDivide, calls.HPy_Remainder):
            with self.assertRaises(ZeroDivisionError):
                call(1, 0)

    def test_power(self):
        self.assertEqual(calls.HPy_Power(2, 10, None), 1024)
        self.assertEqual(calls.HPy_Power(2, 10, 100), 24)
        self.assertEqual(calls.HPy_Power(2, -1, None), 0.5)
        self.assertEqual(calls.HPy_Power(Recorder(), 5, 7), ("pow", 5, 7))
        self.assertEqual(calls.HPy_InPlacePower(2, 10, None), 1024)
        self.assertEqual(calls.HPy_InPlacePower(Recorder(), 5, None), ("ipow", 5))
        for call in (calls.HPy_Power, calls.HPy_InPlacePower):
            with self.assertRaises(TypeError):
                call("a", "b", None)
            with self.assertRaises(ValueError):
                call(2, 3, 0)

    def test_index(self):
        class Index:
            def __index__(self):
                return 7

        class Bad:
            def __index__(self):
                return "7"

        self.assertEqual(calls.HPy_Index(7), 7)
        self.assertIs(type(calls.HPy_Index(True)), bool if sys.version_info < (3, 10) else int)
        self.assertEqual(calls.HPy_Index(Index()), 7)
        for value in (1.5, "7", None, Bad()):
            with self.assertRaises(TypeError):
                calls.HPy_Index(value)

    def test_long_and_float(self):
        self.assertEqual(calls.HPy_Long("0012"), 12)
        self.assertEqual(calls.HPy_Long(3.9), 3)
        self.assertEqual(calls.HPy_Long(b"12"), 12)
        self.assertEqual(calls.HPy_Float("1.5"), 1.5)
        self.assertEqual(calls.HPy_Float(3), 3.0)
        for call in (calls.HPy_Long, calls.HPy_Float):
            with self.assertRaises(ValueError):
                call("x")
            with self.assertRaises(TypeError):
                call(None)
        with self.assertRaises(OverflowError):
            calls.HPy_Float(10**400)

    def test_check(self):
        for value in (1, True, 1.5, 1j):
            self.assertEqual(calls.HPyNumber_Check(value), 1)
        for value in ("1", None, [], object()):
            self.assertEqual(calls.HPyNumber_Check(value), 0)

    def test_errors_of_operators_come_through(self):
        class Fails:
            def __add__(self, other):
                raise KeyError("mine")

            __radd__ = __iadd__ = __neg__ = __index__ = __float__ = __pow__ = __add__

        for call, arguments in [(calls.HPy_Add, (Fails(), 1)), (calls.HPy_InPlaceAdd, (Fails(), 1))]:
            with self.assertRaisesRegex(KeyError, "mine"):
                call(*arguments)

    def test_results_are_new_references(self):
        value = 10**30
        before = sys.getrefcount(value)
        results = [calls.HPy_Positive(value), calls.HPy_Index(value), calls.HPy_Long(value)]
        self.assertEqual(sys.getrefcount(value), before + sum(result is value for result in results))
