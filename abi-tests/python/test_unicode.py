# abi-tests/python/test_unicode.py: strings from and to every encoding, their characters and parts.

import os
import sys
import unittest

from support import HAS_NATIVE_RUNTIME, NULL, load

calls = load("calls")
unicode = load("unicode")

TEXTS = ["", "ascii", "é", "äöü" * 100, "€uro", "\U0001f600 smile", "a\0b"]


class TestCheck(unittest.TestCase):
    def test_check(self):
        class Below(str):
            pass

        for value in ("", "x", Below("x")):
            self.assertEqual(calls.HPyUnicode_Check(value), 1)
        for value in (b"x", None, 7):
            self.assertEqual(calls.HPyUnicode_Check(value), 0)


class TestUTF8(unittest.TestCase):
    def test_from(self):
        for text in TEXTS:
            if "\0" not in text:
                self.assertEqual(calls.HPyUnicode_FromString(text.encode()), text)
        for value in (b"\xff", b"\xc3", b"ok\x80"):
            with self.assertRaises(UnicodeDecodeError):
                calls.HPyUnicode_FromString(value)

    def test_as(self):
        for text in TEXTS:
            self.assertEqual(calls.HPyUnicode_AsUTF8String(text), text.encode())
            self.assertEqual(calls.HPyUnicode_AsUTF8AndSize(text), text.encode())
            self.assertEqual(unicode.as_utf8_without_size(text), text.encode().split(b"\0")[0])
            if HAS_NATIVE_RUNTIME:
                self.assertTrue(unicode.utf8_is_kept(text))
        for call in (calls.HPyUnicode_AsUTF8String, calls.HPyUnicode_AsUTF8AndSize, unicode.as_utf8_without_size):
            with self.assertRaises(UnicodeEncodeError):
                call("\ud800")
            with self.assertRaises(TypeError):
                call(b"bytes")


class TestOtherEncodings(unittest.TestCase):
    def test_encode(self):
        self.assertEqual(calls.HPyUnicode_AsASCIIString("text"), b"text")
        self.assertEqual(calls.HPyUnicode_AsLatin1String("é\xff"), b"\xe9\xff")
        for call, text in [(calls.HPyUnicode_AsASCIIString, "é"), (calls.HPyUnicode_AsLatin1String, "€")]:
            with self.assertRaises(UnicodeEncodeError):
                call(text)
            with self.assertRaises(TypeError):
                call(b"bytes")

    def test_decode_ascii(self):
        self.assertEqual(calls.HPyUnicode_DecodeASCII(b"text", 2, NULL), "te")
        self.assertEqual(calls.HPyUnicode_DecodeASCII(b"t\xffxt", 4, "replace"), "t\ufffdxt")
        self.assertEqual(calls.HPyUnicode_DecodeASCII(b"t\xffxt", 4, "ignore"), "txt")
        for errors in (NULL, "strict"):
            with self.assertRaises(UnicodeDecodeError):
                calls.HPyUnicode_DecodeASCII(b"t\xffxt", 4, errors)
        with self.assertRaises(LookupError):
            calls.HPyUnicode_DecodeASCII(b"t\xffxt", 4, "no such handler")

    def test_decode_latin1(self):
        self.assertEqual(calls.HPyUnicode_DecodeLatin1(b"t\xe9xt", 3, NULL), "t\xe9x")
        self.assertEqual(calls.HPyUnicode_DecodeLatin1(b"t\xe9xt", 4, "strict"), "t\xe9xt")

    def test_file_system(self):
        for text in ("plain", "é", os.fsdecode(b"\xff\xfe")):
            data = os.fsencode(text)
            self.assertEqual(calls.HPyUnicode_EncodeFSDefault(text), data)
            self.assertEqual(calls.HPyUnicode_DecodeFSDefault(data), text)
            self.assertEqual(calls.HPyUnicode_DecodeFSDefaultAndSize(data + b"more", len(data)), text)
        with self.assertRaises(TypeError):
            calls.HPyUnicode_EncodeFSDefault(b"bytes")

    def test_wide(self):
        for text in ("", "text", "é€"):
            self.assertEqual(unicode.from_wide(text, -1), text)
        self.assertEqual(unicode.from_wide("text", 2), "te")
        if sys.platform != "win32":
            self.assertEqual(unicode.from_wide("\U0001f600", -1), "\U0001f600")

    def test_from_encoded(self):
        self.assertEqual(calls.HPyUnicode_FromEncodedObject("é".encode("latin1"), "latin1", NULL), "é")
        self.assertEqual(calls.HPyUnicode_FromEncodedObject("é".encode(), NULL, NULL), "é")
        self.assertEqual(calls.HPyUnicode_FromEncodedObject(bytearray(b"text"), "ascii", "strict"), "text")
        self.assertEqual(calls.HPyUnicode_FromEncodedObject(b"\xff", "ascii", "replace"), "\ufffd")
        with self.assertRaises(SystemError):
            calls.HPyUnicode_FromEncodedObject(NULL, "ascii", NULL)
        for value in ("text", 7, None):
            with self.assertRaises(TypeError):
                calls.HPyUnicode_FromEncodedObject(value, "ascii", NULL)
        with self.assertRaises(LookupError):
            calls.HPyUnicode_FromEncodedObject(b"text", "no such encoding", NULL)
        with self.assertRaises(UnicodeDecodeError):
            calls.HPyUnicode_FromEncodedObject(b"\xff", "ascii", "strict")


class TestParts(unittest.TestCase):
    def test_read_char(self):
        for text in ("abc", "aé€", "a€\U0001f600"):
            for index, char in enumerate(text):
                self.assertEqual(calls.HPyUnicode_ReadChar(text, index), ord(char))
            for index in (3, -1, sys.maxsize):
                with self.assertRaises(IndexError):
                    calls.HPyUnicode_ReadChar(text, index)
        with self.assertRaises(TypeError):
            calls.HPyUnicode_ReadChar(b"bytes", 0)

    def test_substring(self):
        for text in ("abcdef", "aé€def"):
            for start, end in ((0, 6), (1, 3), (0, 0), (4, 2), (2, 100), (100, 200)):
                self.assertEqual(calls.HPyUnicode_Substring(text, start, end), text[start:end])
            for start, end in ((-1, 2), (0, -1)):
                with self.assertRaises(IndexError):
                    calls.HPyUnicode_Substring(text, start, end)
