# abi-tests/python/test_bytes.py: bytes from memory, and the memory of bytes.

import sys
import unittest

from support import NULL, load

calls = load("calls")
bytes_ = load("bytes")


class TestBytes(unittest.TestCase):
    def test_check(self):
        class Below(bytes):
            pass

        for value in (b"", b"x", Below(b"x")):
            self.assertEqual(calls.HPyBytes_Check(value), 1)
        for value in ("x", bytearray(b"x"), None, 7):
            self.assertEqual(calls.HPyBytes_Check(value), 0)

    def test_size(self):
        for value in (b"", b"x", b"\0\0", b"x" * 1000):
            self.assertEqual(calls.HPyBytes_Size(value), len(value))
            self.assertEqual(calls.HPyBytes_GET_SIZE(value), len(value))
        for value in ("x", 7, bytearray(b"x")):
            with self.assertRaises(TypeError):
                calls.HPyBytes_Size(value)

    def test_memory(self):
        self.assertEqual(bytes_.sum(b""), 0)
        self.assertEqual(bytes_.sum(bytes(range(1, 256))), 255 * 128)
        with self.assertRaises(TypeError):
            bytes_.sum("x")

    def test_from_string(self):
        for value in (b"", b"x", b"\xff\xfe", b"x" * 1000):
            self.assertEqual(calls.HPyBytes_FromString(value), value)

    def test_from_string_ends_with_nul(self):
        self.assertEqual(calls.HPyBytes_FromString(b"a\0b"), b"a")

    def test_result_is_new(self):
        value = b"some bytes"
        before = sys.getrefcount(value)
        one, other = calls.HPyBytes_FromString(value), calls.HPyBytes_FromStringAndSize(value, len(value))
        self.assertEqual((one, other), (value, value))
        self.assertIsNot(one, value)
        self.assertIsNot(one, other)
        self.assertIs(type(one), bytes)
        self.assertEqual(sys.getrefcount(value), before)

    def test_below(self):
        class Below(bytes):
            def __len__(self):
                return 100

        value = Below(b"ab")
        self.assertEqual((calls.HPyBytes_Size(value), calls.HPyBytes_GET_SIZE(value), bytes_.sum(value)), (2, 2, 195))

    def test_from_string_and_size(self):
        self.assertEqual(calls.HPyBytes_FromStringAndSize(b"a\0bc", 3), b"a\0b")
        self.assertEqual(calls.HPyBytes_FromStringAndSize(b"abc", 0), b"")

    def test_refused(self):
        for size in (0, 1, 100, -1):
            with self.assertRaises(ValueError) as caught:
                calls.HPyBytes_FromStringAndSize(NULL, size)
            self.assertEqual(str(caught.exception), "NULL char * passed to HPyBytes_FromStringAndSize")
        with self.assertRaises(SystemError):
            calls.HPyBytes_FromStringAndSize(b"abc", -1)
