# abi-tests/python/test_extras_text.py: text, `bytearray`, numbers, memory and exceptions beyond HPy 0.9.

import array
import math
import sys
import unittest

from support import HAS_NATIVE_RUNTIME, NULL, load, needs_native_runtime

calls = load("calls")
extras = load("extras")


class TestText(unittest.TestCase):
    def test_from_memory(self):
        self.assertEqual(calls.HPyUnicode_FromStringAndSize("größe", 4), "grö")
        self.assertEqual(calls.HPyUnicode_FromStringAndSize(b"a\0b", 3), "a\0b")
        self.assertEqual(calls.HPyUnicode_FromStringAndSize("", 0), "")
        with self.assertRaises(UnicodeDecodeError):
            calls.HPyUnicode_FromStringAndSize("größe", 3)
        self.assertEqual(calls.HPyUnicode_Decode("abc", 2, NULL, NULL), "ab")
        self.assertEqual(calls.HPyUnicode_Decode(b"\xe9", 1, "latin-1", NULL), "é")
        self.assertEqual(calls.HPyUnicode_Decode(b"a\xff", 2, "ascii", "replace"), "a\ufffd")
        self.assertEqual(calls.HPyUnicode_DecodeUTF8(b"a\xff", 2, "ignore"), "a")
        with self.assertRaises(LookupError):
            calls.HPyUnicode_Decode("a", 1, "no such encoding", NULL)
        with self.assertRaises(UnicodeDecodeError):
            calls.HPyUnicode_DecodeUTF8(b"\xff", 1, NULL)

    def test_characters(self):
        for text, kind in ("a\xe9", 1), ("\xe9\u20ac", 2), ("\u20ac\U0001f600", 4), ("", 1), ("ab", 4):
            data = b"".join(ord(character).to_bytes(kind, sys.byteorder) for character in text)
            self.assertEqual(extras.characters(kind, data, len(text)), text)
        with self.assertRaises(SystemError):
            extras.characters(3, b"abc", 1)
        with self.assertRaises(ValueError):
            extras.characters(1, b"abc", -1)
        self.assertEqual(calls.HPyUnicode_FromOrdinal(0x20AC), "\u20ac")
        for number in -1, 0x110000:
            with self.assertRaises(ValueError):
                calls.HPyUnicode_FromOrdinal(number)

    def test_interned(self):
        one = calls.HPyUnicode_InternFromString("an interned text of this test")
        self.assertEqual(one, "an interned text of this test")
        self.assertIs(calls.HPyUnicode_InternFromString("an interned text of this test"), one)

    def test_encode(self):
        self.assertEqual(calls.HPyUnicode_AsEncodedString("é", NULL, NULL), b"\xc3\xa9")
        self.assertEqual(calls.HPyUnicode_AsEncodedString("é", "latin-1", NULL), b"\xe9")
        self.assertEqual(calls.HPyUnicode_AsEncodedString("aé", "ascii", "replace"), b"a?")
        with self.assertRaises(UnicodeEncodeError):
            calls.HPyUnicode_AsEncodedString("é", "ascii", NULL)
        with self.assertRaises(TypeError):
            calls.HPyUnicode_AsEncodedString(b"bytes", NULL, NULL)

    def test_length(self):
        self.assertEqual([calls.HPyUnicode_GetLength(text) for text in ("", "größe", "\U0001f600")], [0, 5, 1])
        with self.assertRaises(TypeError):
            calls.HPyUnicode_GetLength(b"bytes")

    def test_equality(self):
        for text in "", "text", "größe", "\U0001f600":
            self.assertEqual(calls.HPyUnicode_EqualToUTF8(text, text), 1)
            self.assertEqual(calls.HPyUnicode_EqualToUTF8AndSize(text, text, len(text.encode())), 1)
            self.assertEqual(calls.HPyUnicode_EqualToUTF8(text, text + "x"), 0)
            self.assertEqual(calls.HPyUnicode_EqualToUTF8(text + "x", text), 0)
        self.assertEqual(calls.HPyUnicode_EqualToUTF8AndSize("a\0b", b"a\0b", 3), 1)
        self.assertEqual(calls.HPyUnicode_EqualToUTF8("a\0b", b"a"), 0)
        # Bytes of another encoding are not equal, and neither is what has no UTF-8.
        self.assertEqual(calls.HPyUnicode_EqualToUTF8("é", b"\xe9"), 0)
        self.assertEqual(calls.HPyUnicode_EqualToUTF8("Ã©", "é"), 0)

    def test_surrogates_have_no_utf8(self):
        self.assertEqual(calls.HPyUnicode_EqualToUTF8("\udc80", b"\xed\xb2\x80"), 0)

    def test_compare(self):
        self.assertEqual([calls.HPyUnicode_Compare("b", text) for text in ("a", "b", "c")], [1, 0, -1])
        with self.assertRaises(TypeError):
            calls.HPyUnicode_Compare("a", 1)

    def test_search(self):
        self.assertEqual([calls.HPyUnicode_Contains("abc", text) for text in ("b", "", "x")], [1, 1, 0])
        self.assertEqual(calls.HPyUnicode_Find("abcabc", "bc", 0, 6, 1), 1)
        self.assertEqual(calls.HPyUnicode_Find("abcabc", "bc", 0, 6, -1), 4)
        self.assertEqual(calls.HPyUnicode_Find("abcabc", "bc", 2, 5, 1), -1)
        self.assertEqual(calls.HPyUnicode_Tailmatch("abc", "ab", 0, 3, -1), 1)
        self.assertEqual(calls.HPyUnicode_Tailmatch("abc", "bc", 0, 3, 1), 1)
        self.assertEqual(calls.HPyUnicode_Tailmatch("abc", "ab", 0, 3, 1), 0)
        for call in (lambda: calls.HPyUnicode_Contains("a", 1), lambda: calls.HPyUnicode_Tailmatch("a", 1, 0, 1, 1),
                     lambda: calls.HPyUnicode_Find("abc", 1, 0, 1, 1)):
            with self.assertRaises(TypeError):
                call()

    def test_parts(self):
        self.assertEqual(calls.HPyUnicode_Concat("a", "b"), "ab")
        self.assertEqual(calls.HPyUnicode_Join(", ", ["a", "b"]), "a, b")
        self.assertEqual(calls.HPyUnicode_Join(NULL, ("a", "b")), "a b")
        self.assertEqual(calls.HPyUnicode_Split("a,b,c", ",", 1), ["a", "b,c"])
        self.assertEqual(calls.HPyUnicode_Split(" a  b ", NULL, -1), ["a", "b"])
        self.assertEqual(calls.HPyUnicode_Splitlines("a\nb", 0), ["a", "b"])
        self.assertEqual(calls.HPyUnicode_Splitlines("a\nb", 1), ["a\n", "b"])
        self.assertEqual(calls.HPyUnicode_Replace("aaa", "a", "b", 2), "bba")
        self.assertEqual(calls.HPyUnicode_Replace("aaa", "a", "", -1), "")
        with self.assertRaises(ValueError):
            calls.HPyUnicode_Split("a", "", -1)
        for call in (lambda: calls.HPyUnicode_Concat("a", 1), lambda: calls.HPyUnicode_Join(",", [1]),
                     lambda: calls.HPyUnicode_Join(1, ["a", "b"]), lambda: calls.HPyUnicode_Split(1, NULL, -1),
                     lambda: calls.HPyUnicode_Splitlines(1, 0), lambda: calls.HPyUnicode_Replace("a", 1, "b", 1)):
            with self.assertRaises(TypeError):
                call()

    def test_bytearray(self):
        class Below(bytearray):
            pass

        self.assertEqual([calls.HPyByteArray_Check(value) for value in (bytearray(), Below(), b"")], [1, 1, 0])
        value = calls.HPyByteArray_FromStringAndSize(b"a\0b", 3)
        self.assertEqual((type(value), value), (bytearray, bytearray(b"a\0b")))
        self.assertEqual(len(calls.HPyByteArray_FromStringAndSize(NULL, 5)), 5)
        self.assertEqual(calls.HPyByteArray_Size(value), 3)
        self.assertEqual(calls.HPyByteArray_Resize(value, 1), 0)
        self.assertEqual(value, b"a")
        self.assertEqual(calls.HPyByteArray_Resize(value, 4), 0)
        self.assertEqual((value[:1], len(value)), (b"a", 4))
        with self.assertRaises(SystemError):
            calls.HPyByteArray_FromStringAndSize("abc", -1)

    def test_bytearray_with_a_view(self):
        value = bytearray(b"abc")
        with memoryview(value), self.assertRaises(BufferError):
            calls.HPyByteArray_Resize(value, 100)

    @needs_native_runtime
    def test_memory_of_a_bytearray(self):
        value = bytearray(b"abc")
        extras.fill_bytearray(value, "x")
        self.assertEqual(value, b"xxx")


class TestNumbers(unittest.TestCase):
    def test_bytes(self):
        for number in 0, 1, -1, 255, 256, -256, 2**64, -(2**100), 2**127 - 1:
            for little in 0, 1:
                order = "little" if little else "big"
                data = number.to_bytes(16, order, signed=True)
                self.assertEqual(extras.bytes_of_int(number, 16, little, 1), data)
                self.assertEqual(extras.int_of_bytes(data, little, 1), number)
                self.assertEqual(extras.int_of_bytes(data, little, 0), int.from_bytes(data, order))
        self.assertEqual(extras.int_of_bytes(b"", 1, 0), 0)
        for number, size, signed in (256, 1, 0), (128, 1, 1), (-129, 1, 1), (-1, 8, 0):
            with self.assertRaises(OverflowError):
                extras.bytes_of_int(number, size, 1, signed)
        for value in 1.5, "1", None:
            with self.assertRaises(TypeError):
                extras.bytes_of_int(value, 4, 1, 1)

    def test_64_bits(self):
        class Index:
            def __index__(self):
                return 5

        for number, expected in ((0, (0, 0)), (-1, (-1, 0)), (2**63 - 1, (2**63 - 1, 0)), (2**63, (-1, 1)),
                                 (-(2**63) - 1, (-1, -1)), (Index(), (5, 0))):
            self.assertEqual(extras.int64_and_overflow(number), expected)
        with self.assertRaises(TypeError):
            extras.int64_and_overflow("1")

    def test_sign(self):
        self.assertEqual([extras.sign(number) for number in (0, 5, -(2**70), 2**70, True, False)], [0, 1, -1, 1, 1, 0])
        with self.assertRaises(TypeError):
            extras.sign(1.5)

    def test_text(self):
        self.assertEqual(calls.HPyLong_FromString("-0x1f", 0), -31)
        self.assertEqual(calls.HPyLong_FromString("101", 2), 5)
        for text, base in ("1x", 10), ("", 10), ("1", 1):
            with self.assertRaises(ValueError):
                calls.HPyLong_FromString(text, base)
        self.assertEqual(calls.HPyFloat_FromString("1.5"), 1.5)
        self.assertEqual(calls.HPyFloat_FromString(b"1e3"), 1000.0)
        self.assertTrue(math.isnan(calls.HPyFloat_FromString("nan")))
        with self.assertRaises(ValueError):
            calls.HPyFloat_FromString("x")
        with self.assertRaises(TypeError):
            calls.HPyFloat_FromString([])

    def test_complex(self):
        self.assertEqual(calls.HPyComplex_FromDoubles(1.5, -2), 1.5 - 2j)
        self.assertEqual([calls.HPyComplex_Check(value) for value in (1j, 1.5, None)], [1, 0, 0])
        for value, real, imag in (1.5 - 2j, 1.5, -2.0), (3, 3.0, 0.0), (2.5, 2.5, 0.0):
            self.assertEqual(calls.HPyComplex_RealAsDouble(value), real)
            self.assertEqual(calls.HPyComplex_ImagAsDouble(value), imag)
        with self.assertRaises(TypeError):
            calls.HPyComplex_RealAsDouble("1")


class TestMemory(unittest.TestCase):
    def test_allocator(self):
        for size in 0, 1, 100, 100000:
            self.assertEqual(extras.memory(size), b"a" * size)

    @needs_native_runtime
    def test_buffers(self):
        self.assertEqual(extras.buffer_bytes(b"abc"), b"abc")
        self.assertEqual(extras.buffer_bytes(memoryview(b"abcdef")[2:4]), b"cd")
        value = bytearray(b"abc")
        self.assertEqual(extras.buffer_fill(value, 65), 3)
        self.assertEqual(value, b"AAA")
        # It has been released.
        value.append(66)
        numbers = array.array("d", [1, 2, 3])
        self.assertEqual(extras.buffer_shape(numbers), (8, 1, 3, 0))
        self.assertEqual(extras.buffer_shape(b"ab"), (1, 1, 2, 1))
        self.assertEqual(bytes(extras.buffer_owner(b"ab")), b"ab")
        before = sys.getrefcount(numbers)
        extras.buffer_bytes(numbers)
        self.assertEqual(sys.getrefcount(numbers), before)

    @needs_native_runtime
    def test_strides(self):
        view = memoryview(bytearray(range(10)))[::2]
        self.assertEqual([extras.is_contiguous(view, ord(order)) for order in "CFA"], [False] * 3)
        self.assertTrue(extras.is_contiguous(b"abc", ord("C")))
        with self.assertRaises(BufferError):
            extras.buffer_bytes(view)

    @needs_native_runtime
    def test_no_buffer(self):
        for call in (lambda: extras.buffer_bytes("text"), lambda: extras.buffer_fill([], 1)):
            with self.assertRaises(TypeError):
                call()
        with self.assertRaises(BufferError):
            extras.buffer_fill(b"read-only", 1)


class TestExceptions(unittest.TestCase):
    @needs_native_runtime
    def test_taken(self):
        error = LookupError("taken")

        def raises():
            raise error

        self.assertIs(extras.raised(raises), error)
        self.assertIsNotNone(error.__traceback__)
        before = sys.getrefcount(error)
        extras.raised(raises)
        self.assertEqual(sys.getrefcount(error), before)

    def test_set(self):
        error = LookupError("set")
        before = sys.getrefcount(error)
        with self.assertRaises(LookupError) as caught:
            getattr(extras, "raise")(error)
        self.assertIs(caught.exception, error)
        del caught
        error.__traceback__ = None
        self.assertEqual(sys.getrefcount(error), before)
        self.assertIsNone(getattr(extras, "raise")(NULL))

    def test_class_alone(self):
        with self.assertRaises(KeyError) as caught:
            extras.raise_none(KeyError)
        self.assertEqual(caught.exception.args, ())

    def test_parts(self):
        error, other = ValueError("one"), LookupError("other")
        for get, set_, name in ((calls.HPyException_GetCause, calls.HPyException_SetCause, "__cause__"),
                                (calls.HPyException_GetContext, calls.HPyException_SetContext, "__context__")):
            self.assertIs(get(error), NULL)
            before = sys.getrefcount(other)
            set_(error, other)
            self.assertIs(getattr(error, name), other)
            self.assertIs(get(error), other)
            self.assertEqual(sys.getrefcount(other), before + 1)
            set_(error, NULL)
            self.assertIs(getattr(error, name), None)
            self.assertEqual(sys.getrefcount(other), before)

    def test_traceback(self):
        error = ValueError("one")
        self.assertIs(calls.HPyException_GetTraceback(error), NULL)
        try:
            raise LookupError
        except LookupError as raised:
            traceback = raised.__traceback__
            self.assertIs(calls.HPyErr_GetHandledException(), raised)
        self.assertIs(calls.HPyErr_GetHandledException(), NULL)
        self.assertEqual(calls.HPyException_SetTraceback(error, traceback), 0)
        self.assertIs(calls.HPyException_GetTraceback(error), traceback)
        with self.assertRaises(TypeError):
            calls.HPyException_SetTraceback(error, 1)

    @needs_native_runtime
    def test_limits(self):
        self.assertEqual(calls.HPyErr_CheckSignals(), 0)
        self.assertEqual(extras.go_down(10), 0)
        if sys.version_info < (3, 14):
            with self.assertRaisesRegex(RecursionError, "while the test goes down"):
                extras.go_down(100000 if sys.version_info >= (3, 12) else sys.getrecursionlimit() + 100)
        self.assertEqual(extras.go_down(10), 0)

    @unittest.skipIf(HAS_NATIVE_RUNTIME, "the loader has the extras")
    def test_other_loaders(self):
        """What HPy 0.9 has nothing to make it of raises ImportError, which names the function and the loader."""
        for call, function in ((lambda: extras.buffer_bytes(b"a"), "HPy_GetBuffer"), (calls.HPyErr_CheckSignals, "HPyErr_CheckSignals"),
                               (lambda: extras.go_down(1), "HPy_EnterRecursiveCall")):
            with self.assertRaisesRegex(ImportError, "%s is a function of hpy-sys' loader" % function):
                call()


if __name__ == "__main__":
    unittest.main()
