# abi-tests/python/test_inline_helpers.py: HPy's small helpers: integers, attributes, calls, slices, comparisons, errno.

import errno
import sys
import types
import unittest

from support import load, only_in_rust

helpers = load("inline_helpers")


class Index:
    def __index__(self):
        return 7


class Integers(unittest.TestCase):
    def test_signed(self):
        bits = helpers.long_bits()
        for function, bits in (helpers.long, bits), (helpers.long_long, 64), (helpers.pid, bits):
            for value in 0, 1, -1, 2 ** (bits - 1) - 1, -(2 ** (bits - 1)):
                self.assertEqual(function(value), value)
            for value in 2 ** (bits - 1), -(2 ** (bits - 1)) - 1, 2**200:
                self.assertRaises(OverflowError, function, value)
            self.assertEqual(function(Index()), 7)
            self.assertRaises(TypeError, function, "1")

    def test_unsigned(self):
        for function, bits in (helpers.unsigned_long, helpers.long_bits()), (helpers.unsigned_long_long, 64):
            for value in 0, 1, 2**bits - 1:
                self.assertEqual(function(value), value)
            for value in -1, 2**bits, 2**200:
                self.assertRaises(OverflowError, function, value)
            self.assertRaises(TypeError, function, Index())

    def test_mask(self):
        for function, bits in (helpers.unsigned_long_mask, helpers.long_bits()), (helpers.unsigned_long_long_mask, 64):
            for value in 0, 1, -1, 2**bits + 3, -(2**200):
                self.assertEqual(function(value), value % 2**bits)
            self.assertEqual(function(Index()), 7)

    def test_boolean(self):
        for value in 0, 1, -1, 2:
            self.assertIs(helpers.boolean(value), bool(value))


class Objects(unittest.TestCase):
    def test_del_attr(self):
        for delete in lambda obj: helpers.del_attr(obj, "x"), helpers.del_attr_s:
            obj = types.SimpleNamespace(x=1)
            delete(obj)
            self.assertFalse(hasattr(obj, "x"))
            self.assertRaises(AttributeError, delete, obj)
        self.assertRaises(TypeError, helpers.del_attr, obj, 5)

    def test_call_method(self):
        self.assertEqual(helpers.call_method("a b", "split", None, None), ["a", "b"])
        self.assertEqual(helpers.call_method("a-b", "split", ("-",), None), ["a", "b"])
        self.assertEqual(helpers.call_method("a-b-c", "split", ("-",), {"maxsplit": 1}), ["a", "b-c"])
        self.assertEqual(helpers.call_split("a-b-c", None, {"sep": "-"}), ["a", "b", "c"])
        self.assertRaises(AttributeError, helpers.call_method, "a", "no_method", None, None)
        self.assertRaises(AttributeError, helpers.call_split, 5, None, None)
        self.assertRaises(TypeError, helpers.call_split, "a", ["no tuple"], None)

    def test_pack(self):
        value = object()
        self.assertEqual(helpers.pack(value), (value, (), value))

    def test_adjust(self):
        bounds = None, 0, 1, 3, 5, 6, -1, -3, -5, -6, 2**100, -(2**100)
        for length in 0, 1, 5:
            for start in bounds:
                for stop in bounds:
                    for step in None, 1, 2, 7, -1, -2, -7, 2**100, -(2**100):
                        this = slice(start, stop, step)
                        # CPython cuts a step that is too big.
                        cut = None if step is None else max(-sys.maxsize, min(sys.maxsize, step))
                        indices = slice(start, stop, cut).indices(length)
                        self.assertEqual(helpers.adjust(this, length), (*indices, len(range(*indices))))
        self.assertRaises(ValueError, helpers.adjust, slice(1, 2, 0), 5)


class Errors(unittest.TestCase):
    def test_errno(self):
        with self.assertRaises(FileNotFoundError) as caught:
            helpers.errno()
        self.assertEqual((caught.exception.errno, caught.exception.filename), (errno.ENOENT, None))
        with self.assertRaises(FileNotFoundError) as caught:
            helpers.errno_with_filename("this one")
        self.assertEqual((caught.exception.errno, caught.exception.filename), (errno.ENOENT, "this one"))
        self.assertIsNone(caught.exception.filename2)


class Away(unittest.TestCase):
    def test_value(self):
        self.assertEqual(helpers.away(10), 45)

    def test_early_return(self):
        self.assertRaisesRegex(ValueError, "negative", helpers.away, -1)

    @only_in_rust("panics are Rust's")
    def test_panic(self):
        self.assertRaisesRegex(SystemError, "out there", helpers.away_panic)


class Pack(unittest.TestCase):
    def test_values(self):
        pack = helpers.pack_arguments
        self.assertEqual(pack(0, None, 3), (None, None))
        self.assertEqual(pack(2, None, 3, 1, 2), ((1, 2), None))
        self.assertEqual(pack(0, (), 3), (None, None))
        self.assertEqual(pack(0, ("a", "b"), 3, 1, 2), (None, {"a": 1, "b": 2}))
        self.assertEqual(pack(1, ("a",), 3, 1, [2]), ((1,), {"a": [2]}))

    def test_errors(self):
        pack = helpers.pack_arguments
        for outputs, name in (0, "out_pos_args"), (2, "out_pos_args"), (1, "out_kwd"):
            with self.assertRaises(SystemError) as caught:
                pack(1, None, outputs, 1)
            self.assertEqual(str(caught.exception), f"argument '{name}' must not be NULL")
        self.assertRaises(TypeError, pack, 1, 5, 3, 1)
        self.assertRaises(TypeError, pack, 1, ([],), 3, 1, 2)


class AddType(unittest.TestCase):
    def test_type(self):
        module = types.ModuleType("module")
        self.assertEqual(helpers.add_type(module, True), 1)
        Number = module.Number
        self.assertEqual(Number.__name__, "Number")
        for a in 1, 2, 3:
            for b in 1, 2, 3:
                left, right = Number(a), Number(value=b)
                found = left < right, left <= right, left == right, left != right, left > right, left >= right
                self.assertEqual(found, (a < b, a <= b, a == b, a != b, a > b, a >= b))
        with self.assertRaisesRegex(TypeError, r"^Number\(\) missing required argument 'value' \(pos 1\)$"):
            Number()

    def test_errors(self):
        self.assertRaises(AttributeError, helpers.add_type, 5, True)
        module = types.ModuleType("module")
        self.assertRaises(Exception, helpers.add_type, module, False)
        self.assertFalse(hasattr(module, "Number"))
