# abi-tests/python/test_long.py: the limits of every C type, and what is accepted as an integer.

import sys
import unittest
import warnings

from support import load

calls = load("calls")

FROM = {
    "int32": calls.HPyLong_FromInt32_t, "uint32": calls.HPyLong_FromUInt32_t, "int64": calls.HPyLong_FromInt64_t,
    "uint64": calls.HPyLong_FromUInt64_t, "size": calls.HPyLong_FromSize_t, "ssize": calls.HPyLong_FromSsize_t,
}
AS = {
    "int32": calls.HPyLong_AsInt32_t, "uint32": calls.HPyLong_AsUInt32_t, "uint32_mask": calls.HPyLong_AsUInt32_tMask,
    "int64": calls.HPyLong_AsInt64_t, "uint64": calls.HPyLong_AsUInt64_t, "uint64_mask": calls.HPyLong_AsUInt64_tMask,
    "size": calls.HPyLong_AsSize_t, "ssize": calls.HPyLong_AsSsize_t, "double": calls.HPyLong_AsDouble,
    "void_ptr": calls.HPyLong_AsVoidPtr,
}

# The name, the number of bits, whether there is a sign.
CHECKED = [("int32", 32, True), ("uint32", 32, False), ("int64", 64, True), ("uint64", 64, False)]
SIZES = [("size", sys.maxsize.bit_length() + 1, False), ("ssize", sys.maxsize.bit_length() + 1, True)]
TOO_LARGE = {
    "int32": "Python int too large to convert to C int32_t",
    "uint32": "Python int too large to convert to C uint32_t",
}


class Index:
    def __init__(self, value):
        self.value = value

    def __index__(self):
        return self.value


class Int:
    def __int__(self):
        return 42


def limits(bits, signed):
    return (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1) if signed else (0, 2**bits - 1)


class TestLong(unittest.TestCase):
    def test_round_trip(self):
        for name, bits, signed in CHECKED + SIZES:
            low, high = limits(bits, signed)
            for value in (low, high, 0, 1, 255, 256, -1 if signed else 2):
                with self.subTest(name, value=value):
                    self.assertEqual(AS[name](value), value)
                    if value < 2**63:
                        self.assertEqual(FROM[name](value), value)
        self.assertEqual(calls.HPyLong_FromUInt64_t(-1), 2**64 - 1)
        self.assertEqual(calls.HPyLong_FromSize_t(-1), 2**64 - 1)
        self.assertEqual(calls.HPyLong_FromUInt32_t(-1), 2**32 - 1)

    def test_around_one_digit(self):
        """CPython's integers are made of digits of 30 bits, or of 15: one of a single digit may be read in another way."""

        class Int(int):
            pass

        for name, bits, signed in CHECKED + SIZES:
            low, high = limits(bits, signed)
            for digit in (2**15, 2**30, 2**60):
                for value in (digit - 1, digit, digit + 1, 1 - digit, -digit, -1 - digit):
                    if low <= value <= high:
                        with self.subTest(name, value=value):
                            self.assertEqual(AS[name](value), value)
                            self.assertEqual(AS[name](Int(value)), value)
            self.assertEqual([AS[name](value) for value in (False, True, Int(0))], [0, 1, 0])

    def test_overflow(self):
        for name, bits, signed in CHECKED + SIZES:
            low, high = limits(bits, signed)
            for value in (low - 1, high + 1, 10**30, -(10**30)):
                with self.subTest(name, value=value):
                    with self.assertRaises(OverflowError):
                        AS[name](value)

    def test_overflow_texts(self):
        for name, text in TOO_LARGE.items():
            with self.assertRaises(OverflowError) as caught:
                AS[name](2**40)
            self.assertEqual(str(caught.exception), text)
        # Beyond what C's long holds, CPython itself has said so already.
        for name in TOO_LARGE:
            with self.assertRaisesRegex(OverflowError, "too large to convert to C"):
                AS[name](2**70)

    def test_mask(self):
        for name, bits in (("uint32_mask", 32), ("uint64_mask", 64)):
            for value in (0, 1, -1, 2**bits - 1, 2**bits, 2**bits + 5, -(2**bits) - 5, 10**30, -(10**30)):
                self.assertEqual(AS[name](value), value % 2**bits)

    def test_index_is_accepted_by_signed_and_mask(self):
        for name in ("int32", "int64", "uint32_mask", "uint64_mask"):
            self.assertEqual(AS[name](Index(42)), 42, name)
            self.assertEqual(AS[name](True), 1, name)

    def test_index_is_refused_by_the_others(self):
        for name in ("uint32", "uint64", "size", "ssize", "double", "void_ptr"):
            with self.assertRaises(TypeError):
                AS[name](Index(42))

    def test_int_is_accepted_on_39_alone(self):
        for name in ("int32", "int64", "uint32_mask", "uint64_mask"):
            call = AS[name]
            if sys.version_info < (3, 10):
                with warnings.catch_warnings(record=True) as caught:
                    warnings.simplefilter("always")
                    self.assertEqual(call(Int()), 42)
                self.assertEqual([warning.category for warning in caught], [DeprecationWarning])
            else:
                with self.assertRaises(TypeError):
                    call(Int())

    def test_no_integer(self):
        names = [name for name in dir(calls) if name.startswith("HPyLong_As")]
        self.assertEqual(len(names), len(AS))
        for name in AS:
            for value in (1.0, "1", None, [], object()):
                if sys.version_info < (3, 10) and value == 1.0:
                    continue  # A float has __int__.
                with self.subTest(name, value=value), self.assertRaises(TypeError):
                    AS[name](value)

    def test_errors_of_index_come_through(self):
        class Fails:
            def __index__(self):
                raise KeyError("mine")

        for name in ("int32", "int64", "uint32_mask", "uint64_mask"):
            with self.assertRaisesRegex(KeyError, "mine"):
                AS[name](Fails())

    def test_minus_one_is_a_value(self):
        for name in ("int32", "int64", "ssize"):
            self.assertEqual(AS[name](-1), -1)
        self.assertEqual(calls.HPyLong_AsDouble(-1), -1.0)

    def test_double(self):
        self.assertEqual(calls.HPyLong_AsDouble(2**53 + 1), float(2**53))
        with self.assertRaises(OverflowError):
            calls.HPyLong_AsDouble(10**400)

    def test_void_ptr(self):
        self.assertEqual(calls.HPyLong_AsVoidPtr(0), 0)
        self.assertEqual(calls.HPyLong_AsVoidPtr(2**64 - 1), 2**64 - 1)
        with self.assertRaises(OverflowError):
            calls.HPyLong_AsVoidPtr(2**64)
