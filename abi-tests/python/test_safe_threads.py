# abi-tests/python/test_safe_threads.py: threads in safe Rust: entering Python, a mutex, critical sections, a value made once.

import sys
import time
import unittest

from support import LANGUAGE, load, needs_native_runtime, not_repeated, run_python
from test_thread_entry import in_threads

if LANGUAGE == "rust":
    safe = load("safe_threads")


@unittest.skipIf(LANGUAGE != "rust", "this is Rust's")
class TestThreads(unittest.TestCase):
    @needs_native_runtime
    @not_repeated
    def test_enter(self):
        self.assertEqual(safe.import_in_threads("sys", "getrecursionlimit", 4), [sys.getrecursionlimit()] * 4)
        self.assertEqual(safe.import_in_threads("sys", "nothing", 2), [None] * 2)
        self.assertEqual(safe.import_in_threads("there is none", "x", 2), [None] * 2)

    @needs_native_runtime
    @not_repeated
    def test_an_exception_is_unraisable(self):
        seen, hook = [], sys.unraisablehook
        sys.unraisablehook = lambda unraisable: seen.append(unraisable.exc_type)
        try:
            self.assertIs(safe.raise_in_thread(), True)
        finally:
            sys.unraisablehook = hook
        self.assertEqual(seen, [ModuleNotFoundError])

    @not_repeated
    def test_mutex(self):
        before = safe.count(int)
        self.assertEqual(in_threads(4, lambda: [safe.count(lambda: time.sleep(0.0001)) for _ in range(20)]), [])
        self.assertRaises(ZeroDivisionError, safe.count, lambda: 1 / 0)
        self.assertEqual(safe.count(int), before + 81)

    @not_repeated
    def test_once(self):
        code = ("from support import load\n"
                "safe = load('safe_threads')\n"
                "try: safe.once(lambda: 1 / 0)\n"
                "except ZeroDivisionError: print(safe.once(lambda: 'first'), safe.once(lambda: 'second'))\n")
        ended = run_python(code)
        self.assertEqual((ended.returncode, ended.stdout), (0, "first first\n"), ended.stderr)

    def test_critical_sections(self):
        one, other = [], []
        safe.append(one, 1)
        safe.append_both(one, other, 2)
        safe.append_both(one, one, 3)
        self.assertEqual((one, other), ([1, 2, 3, 3], [2]))
        self.assertRaises(TypeError, safe.append, 5, 5)
        self.assertRaises(TypeError, safe.append_both, [], 5, 5)
