# examples/json/tests/test_hpy_json.py: hpy_json.loads holds to json.loads, refuses what it should, and leaks nothing.
#
# Run it where `import hpy_json` finds the module; `cargo test -p cargo-hpy` does.

import json
import sys
import threading
import tracemalloc
import unittest

import hpy_json

SAME = [
    "null", "true", "false", " [ 1 , 2 ]\t\r\n", "[]", "{}", "[[], {}, [{}]]",
    "0", "-0", "-0.0", "1", "-1", "9223372036854775808", "-9223372036854775808", "-9223372036854775809",
    "18446744073709551615", "18446744073709551616", "123456789012345678901234567890", "-" + "9" * 400,
    "0.1", "1e5", "1E5", "1e+5", "1e-5", "-1.5e-7", "1e400", "-1e400", "5e-324", "2.2250738585072011e-308",
    "1.7976931348623157e308", "9007199254740993.0", "0.1000000000000000055511151231257827",
    '""', '"a"', r'"\u0000"', '"\x7f"', '"é"', '"日本"', '"😀"', r'"\ud83d\ude00"', r'"\"\\\/\b\f\n\r\t\u00e9"',
    '{"a": 1, "a": 2}', '{"": 0, "é": 1, "\\u0061": 2, "a": 3}', '{"a": {"a": [{"a": 0.5}, {"a": 10000000000000000000000}]}}',
    '{"$serde_json::private::Number": "1"}', '{"$serde_json::private::Number": 0.5, "b": [1.5]}',
    "[" * 900 + "]" * 900, '{"a":' * 900 + "1" + "}" * 900,
]
REFUSED = [
    "", " ", "nul", "[", "]", "[1", "[1,", "[1,]", "[1 2]", "{", "{1: 2}", '{"a"', '{"a":', '{"a": 1', '{"a": 1,', '{"a": 1,}',
    '{"a" 1}', "01", "-", "+1", "1.", ".5", "1e", "1e+", '"', '"a', '"\n"', r'"\x"', r'"\u12"', "[1] 2", "\ufeff[]",
    '[1, "two", {"three": [4.5, {"six": 78901234567890123456789}, nope',
]
# Documents that json.loads accepts, and RFC 8259 or Unicode do not.
STRICTER = ["NaN", "[Infinity]", "-Infinity", r'"\ud800"', r'{"\udc00": 1}', '"\ud800"']
DEPTH = 1000


class Loads(unittest.TestCase):
    def test_the_result_is_that_of_the_standard_library(self):
        for text in SAME:
            with self.subTest(text[:50]):
                self.assertEqual(repr(hpy_json.loads(text)), repr(json.loads(text)))
                self.assertEqual(repr(hpy_json.loads(text.encode())), repr(json.loads(text)))

    def test_bad_documents_are_refused(self):
        for text in REFUSED + STRICTER:
            with self.subTest(text[:50]):
                self.assertRaises(ValueError, hpy_json.loads, text)
        for text in REFUSED:
            self.assertRaises(ValueError, json.loads, text)

    def test_the_error_says_where(self):
        with self.assertRaisesRegex(ValueError, "^expected `:` at line 3 column 7$"):
            hpy_json.loads('{\n  "a": 1,\n  "b" 2\n}')

    def test_bytes(self):
        self.assertEqual(hpy_json.loads(b'\xef\xbb\xbf["\xc3\xa9"]'), ["é"])
        with self.assertRaisesRegex(ValueError, "^the document is not UTF-8: .* index 1$"):
            hpy_json.loads(b'"\xff"')

    def test_other_types(self):
        for document in (None, 1, ["[]"], bytearray(b"[]")):
            with self.assertRaisesRegex(TypeError, "^the JSON document must be str or bytes$"):
                hpy_json.loads(document)

    def test_nesting(self):
        self.assertRaises(RecursionError, hpy_json.loads, "[" * (DEPTH + 1) + "]" * (DEPTH + 1))
        self.assertRaises(RecursionError, hpy_json.loads, '{"a":' * 100_000)
        self.assertIsInstance(hpy_json.loads("[" * DEPTH + "]" * DEPTH), list)

    def test_many_digits(self):
        # Where Python limits them, so does hpy_json, with the same exception.
        limited = hasattr(sys, "set_int_max_str_digits")
        text = "9" * 5000
        if limited:
            self.assertRaises(ValueError, json.loads, text)
            self.assertRaises(ValueError, hpy_json.loads, text)
        else:
            self.assertEqual(hpy_json.loads(text), json.loads(text))

    def test_repeated_keys_are_one_object(self):
        one, other = hpy_json.loads('[{"some key": 1}, {"some key": 2}]')
        self.assertIs(*one, *other)

    def test_threads(self):
        text, results = json.dumps({"items": [{"id": i, "name": str(i)} for i in range(2000)]}), []
        threads = [threading.Thread(target=lambda: results.append(hpy_json.loads(text))) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(results, [json.loads(text)] * 8)


class Leaks(unittest.TestCase):
    def decode_all(self):
        for text in SAME + REFUSED + STRICTER + ["[" * (DEPTH + 1)]:
            try:
                hpy_json.loads(text)
            except (ValueError, RecursionError):
                pass

    def growth(self, measure):
        """What `measure` grows by in 20 rounds, after some that fill the caches."""
        for _ in range(5):
            self.decode_all()
        before = measure()
        for _ in range(20):
            self.decode_all()
        return measure() - before

    def test_no_memory_is_kept(self):
        tracemalloc.start()
        try:
            self.assertLess(self.growth(lambda: tracemalloc.get_traced_memory()[0]), 1000)
        finally:
            tracemalloc.stop()

    @unittest.skipUnless(hasattr(sys, "gettotalrefcount"), "only a debug build counts all references")
    def test_no_reference_is_kept(self):
        self.assertLess(self.growth(sys.gettotalrefcount), 20)


if __name__ == "__main__":
    unittest.main()
