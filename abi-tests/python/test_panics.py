# abi-tests/python/test_panics.py: a panic is a SystemError, goes to sys.unraisablehook, or ends the process.

import operator
import os
import sys
import unittest

from support import (
    HAS_CONTEXT, HAS_NATIVE_RUNTIME, LANGUAGE, load, needs_native_runtime, not_repeated, run_python, without_context,
)

if LANGUAGE != "rust":
    raise unittest.SkipTest("panics are Rust's")
panics = load("panics")


class TestPanics(unittest.TestCase):
    def panicked(self, text, call, *arguments, **keywords):
        with self.assertRaises(SystemError) as caught:
            call(*arguments, **keywords)
        self.assertEqual(str(caught.exception), "the extension panicked: " + text)

    def test_functions(self):
        self.panicked("expected: noargs", panics.noargs)
        self.panicked("expected: 3 é", panics.formatted, 1)
        self.panicked("expected: varargs", panics.varargs, 1, 2)
        self.panicked("expected: keywords", panics.keywords, 1, a=2)
        self.panicked("no message", panics.odd_payload)
        self.panicked("expected: with an exception set", panics.with_exception_set)
        self.panicked("expected: a\0b", panics.with_nul)
        self.panicked("expected: away", panics.away)

    def test_slots(self):
        self.panicked("expected: init", panics.Panics, 1)
        h = panics.Panics()
        self.panicked("expected: repr", repr, h)
        self.panicked("expected: hash", hash, h)
        self.panicked("expected: length", len, h)
        self.panicked("expected: truth", bool, h)
        self.panicked("expected: buffer", memoryview, h)
        self.panicked("expected: getter", getattr, h, "attribute")
        self.panicked("expected: setter", setattr, h, "attribute", 1)
        self.panicked("expected: setter", delattr, h, "attribute")
        for left, right in ((h, 1), (1, h)):
            self.panicked("expected: add", operator.add, left, right)
            self.panicked("expected: power", pow, left, right)
        self.panicked("expected: compare", operator.eq, h, 1)
        self.panicked("expected: contains", operator.contains, h, 1)
        self.panicked("expected: item", next, iter(h))
        self.panicked("expected: set item", operator.setitem, h, "key", 1)
        self.panicked("expected: set item", operator.delitem, h, "key")
        self.panicked("expected: call", h, 1, a=2)
        self.panicked("expected: new", panics.NeverNew, 1)
        self.panicked("expected: new", panics.NeverNew.__new__, panics.NeverNew)
        self.panicked("expected: descriptor", getattr, type("Has", (), {"h": h})(), "h")

    def test_python_classes(self):
        class Below(panics.Panics):
            def __init__(self, *_):
                self.repr = super().__repr__

        self.panicked("expected: repr", Below(1).repr)
        self.panicked("expected: call", Below(1))
        self.panicked("expected: hash", hash, Below(1))

    def test_nothing_is_kept(self):
        h, value = panics.Panics(), [1]
        before = [sys.getrefcount(x) for x in (h, value, panics.Panics)]
        for _ in range(3):
            self.panicked("expected: varargs", panics.varargs, value)
            self.panicked("expected: keywords", panics.keywords, a=value)
            self.panicked("expected: init", panics.Panics, value)
            self.panicked("expected: call", h, value)
            self.panicked("expected: setter", setattr, h, "attribute", value)
        self.assertEqual([sys.getrefcount(x) for x in (h, value, panics.Panics)], before)


class TestUnraisable(unittest.TestCase):
    def setUp(self):
        self.seen = []
        self.addCleanup(setattr, sys, "unraisablehook", sys.unraisablehook)
        sys.unraisablehook = lambda args: self.seen.append((args.exc_type, str(args.exc_value)))

    def expected(self, *texts):
        self.assertEqual(self.seen, [(SystemError, "the extension panicked: expected: " + text) for text in texts])

    def test_finalize(self):
        panics.Finalizer()
        self.expected("finalize")

    def test_release_buffer(self):
        with memoryview(panics.Buffer()) as view:
            self.assertEqual(view[0], ord("a"))
        self.expected("release")

    @needs_native_runtime
    def test_destroy_and_capsule(self):
        panics.Destroyer()
        self.expected("destroy")
        panics.capsule()
        self.expected("destroy", "capsule")

    def test_an_error_on_its_way_stays(self):
        for class_, text in ((panics.Finalizer, "finalize"), (lambda: memoryview(panics.Buffer()), "release")):
            self.seen.clear()
            with self.assertRaisesRegex(KeyError, "mine") as caught:
                panics.set_error_and_close(class_)
            self.assertIsNone(caught.exception.__context__)
            # HPy's context cannot put an exception aside to tell of another one.
            self.expected(*[] if HAS_CONTEXT else [text])


class TestEnd(unittest.TestCase):
    @not_repeated
    def test_nobody_to_tell(self):
        # Where no exception can be reported, the process ends.
        codes = ["h = panics.Visited(); import gc; gc.collect()"]
        if not HAS_NATIVE_RUNTIME:
            codes += ["panics.Destroyer()", "panics.capsule()"]
        for code in codes:
            result = run_python("from support import load\npanics = load('panics')\n%s\nprint('alive')" % code)
            self.assertNotEqual(result.returncode, 0, code)
            self.assertNotIn("alive", result.stdout, code)
            self.assertIn("cannot unwind", result.stderr, code)

    @not_repeated
    @without_context
    def test_out_of_the_interpreter(self):
        result = run_python("from support import load\nload('panics').away_without_macro()\nprint('alive')")
        self.assertNotIn(result.returncode, (0, -11))
        self.assertIn("fatal: the extension panicked: expected: away\n= note: between HPy_Leave", result.stderr)
        self.assertIn("= help: HPy_LEAVE_PYTHON! goes back", result.stderr)

    # rustc takes CPython's functions for ones that never unwind, and an optimised function that may panic has no way for it.
    @unittest.skipIf(os.environ.get("HPY_ABI_TESTS_OPTIMISED") and sys.version_info < (3, 14),
                     "rustc takes CPython's functions for ones that never unwind")
    @not_repeated
    def test_a_thread_that_the_end_of_the_interpreter_ends(self):
        # The main thread lets the other one run while modules are cleared. That one is in a HPy function then, which
        # calls Python code that wants the interpreter.
        code = ("import sys, threading, time\n"
                "from support import load\n"
                "call = load('calls').HPy_CallTupleDict\n"
                "def work():\n"
                "    while True: call(time.sleep, (0.01,), ...)\n"
                "threading.Thread(target=work, daemon=True).start()\n"
                "class Last:\n"
                "    def __del__(self, sleep=time.sleep): sleep(0.2)\n"
                "last = Last(); last.last = last; sys.modules['hpy_last'] = last\n"
                "time.sleep(0.05)\n")
        result = run_python(code)
        self.assertEqual((result.returncode, result.stderr), (0, ""))
