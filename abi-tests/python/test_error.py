# abi-tests/python/test_error.py: exceptions that are raised, cleared, compared, made; warnings; the end of the process.

import os
import sys
import unittest
import warnings

from support import NULL, collect, load, not_repeated, run_python

calls = load("calls")
error = load("error")
FILE = "no such folder/no such file"


class TestSet(unittest.TestCase):
    def test_string(self):
        for class_ in (ValueError, TypeError, KeyError, UserWarning):
            with self.assertRaises(class_) as caught:
                calls.HPyErr_SetString(class_, "text é")
            self.assertIs(type(caught.exception), class_)
            self.assertEqual(caught.exception.args, ("text é",))

    def test_object(self):
        value = [1]
        with self.assertRaises(ValueError) as caught:
            calls.HPyErr_SetObject(ValueError, value)
        self.assertIs(caught.exception.args[0], value)
        instance = KeyError("mine")
        with self.assertRaises(KeyError) as caught:
            calls.HPyErr_SetObject(KeyError, instance)
        self.assertIs(caught.exception, instance)
        with self.assertRaises(ValueError) as caught:
            calls.HPyErr_SetObject(ValueError, (1, 2))
        self.assertEqual(caught.exception.args, (1, 2))
        with self.assertRaises(ValueError) as caught:
            calls.HPyErr_SetObject(ValueError, None)
        self.assertEqual(caught.exception.args, ())

    def test_no_exception(self):
        with self.assertRaisesRegex(SystemError, "not a BaseException subclass"):
            calls.HPyErr_SetString(int, "text")

    def test_traceback(self):
        try:
            calls.HPyErr_SetString(ValueError, "text")
        except ValueError as caught:
            self.assertIsNone(caught.__traceback__.tb_next)
            self.assertIsNone(caught.__context__)

    def test_context(self):
        try:
            try:
                1 / 0
            except ZeroDivisionError as first:
                context = first
                calls.HPyErr_SetString(ValueError, "text")
        except ValueError as caught:
            self.assertIs(caught.__context__, context)
        del context

    def test_no_memory(self):
        with self.assertRaises(MemoryError):
            calls.HPyErr_NoMemory()


class TestErrno(unittest.TestCase):
    def test_filename(self):
        with self.assertRaises(FileNotFoundError) as caught:
            error.errno_with_filename(OSError, FILE)
        self.assertEqual((caught.exception.errno, caught.exception.filename), (2, FILE))
        with self.assertRaises(FileNotFoundError) as caught:
            error.errno_with_filename(OSError, os.fsencode("é"))
        self.assertEqual(caught.exception.filename, os.fsdecode(os.fsencode("é")))
        with self.assertRaises(FileNotFoundError) as caught:
            error.errno_with_filename(OSError, NULL)
        self.assertIsNone(caught.exception.filename)

    def test_objects(self):
        with self.assertRaises(FileNotFoundError) as caught:
            error.errno_with_objects(OSError, "one", b"other")
        self.assertEqual((caught.exception.filename, caught.exception.filename2), ("one", b"other"))
        with self.assertRaises(FileNotFoundError) as caught:
            error.errno_with_objects(OSError, "one", NULL)
        self.assertEqual((caught.exception.filename, caught.exception.filename2), ("one", None))

    def test_class(self):
        class Mine(OSError):
            pass

        with self.assertRaises(Mine) as caught:
            error.errno_with_filename(Mine, FILE)
        self.assertEqual(caught.exception.errno, 2)


class TestOccurred(unittest.TestCase):
    def test_and_clear(self):
        self.assertEqual(error.occurred_and_clear(ValueError), (0, 1, 1, 0))


class TestMatches(unittest.TestCase):
    def test_classes(self):
        self.assertEqual(error.matches(KeyError, KeyError), 1)
        self.assertEqual(error.matches(KeyError, LookupError), 1)
        self.assertEqual(error.matches(LookupError, KeyError), 0)
        self.assertEqual(error.matches(KeyError, (ValueError, (TypeError, LookupError))), 1)
        self.assertEqual(error.matches(KeyError, ()), 0)

    def test_python_errors(self):
        def fails():
            raise KeyError

        self.assertEqual(error.call_and_match(fails, LookupError), 1)
        with self.assertRaises(KeyError):
            error.call_and_match(fails, ValueError)
        self.assertEqual(error.call_and_match(lambda: 5, ValueError), 5)


class TestNewException(unittest.TestCase):
    def test_names(self):
        made = calls.HPyErr_NewException("module.inner.Mine", NULL, NULL)
        self.assertEqual((made.__module__, made.__name__), ("module.inner", "Mine"))
        self.assertEqual(made.__bases__, (Exception,))
        self.assertIsNone(made.__doc__)
        with self.assertRaises(made):
            calls.HPyErr_SetString(made, "text")

    def test_base_and_dict(self):
        made = calls.HPyErr_NewException("m.Mine", KeyError, {"attribute": 5})
        self.assertTrue(issubclass(made, KeyError))
        self.assertEqual(made.attribute, 5)
        made = calls.HPyErr_NewException("m.Mine", (KeyError, ValueError), NULL)
        self.assertEqual(made.__bases__, (KeyError, ValueError))

    def test_doc(self):
        made = calls.HPyErr_NewExceptionWithDoc("m.Mine", "What it is for.", ValueError, NULL)
        self.assertEqual((made.__doc__, made.__bases__), ("What it is for.", (ValueError,)))
        self.assertIsNone(calls.HPyErr_NewExceptionWithDoc("m.Mine", NULL, NULL, NULL).__doc__)

    def test_refused(self):
        with self.assertRaises(SystemError):
            calls.HPyErr_NewException("Mine", NULL, NULL)
        with self.assertRaises(SystemError):
            calls.HPyErr_NewExceptionWithDoc("Mine", NULL, NULL, NULL)
        with self.assertRaises(TypeError):
            calls.HPyErr_NewException("m.Mine", 7, NULL)

    def test_arguments_stay_the_callers(self):
        bases = (KeyError,)
        before = sys.getrefcount(bases)
        calls.HPyErr_NewException("m.Mine", bases, NULL)
        collect()
        self.assertEqual(sys.getrefcount(bases), before)


class TestWarnings(unittest.TestCase):
    def test_warn(self):
        for category in (UserWarning, DeprecationWarning, RuntimeWarning):
            with warnings.catch_warnings(record=True) as caught:
                warnings.simplefilter("always")
                self.assertEqual(calls.HPyErr_WarnEx(category, "text é", 1), 0)
            self.assertEqual([(w.category, str(w.message), w.filename) for w in caught],
                             [(category, "text é", __file__)])

    def test_default_category(self):
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            calls.HPyErr_WarnEx(NULL, "text", 1)
        self.assertEqual(caught[0].category, RuntimeWarning)

    def test_stack_level(self):
        def inner(level):
            calls.HPyErr_WarnEx(UserWarning, "text", level)

        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            inner(1)
            first = caught[0].lineno
            inner(2)
        self.assertGreater(caught[1].lineno, first)

    def test_as_error(self):
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            with self.assertRaisesRegex(UserWarning, "text"):
                calls.HPyErr_WarnEx(UserWarning, "text", 1)


class TestUnraisable(unittest.TestCase):
    def test_write(self):
        seen = []

        def hook(args):
            seen.append((args.exc_type, str(args.exc_value), args.object))

        before, sys.unraisablehook = sys.unraisablehook, hook
        try:
            self.assertEqual(error.write_unraisable(ValueError, "text", "object"), 0)
            self.assertEqual(error.write_unraisable(KeyError, "text", NULL), 0)
        finally:
            sys.unraisablehook = before
        self.assertEqual(seen, [(ValueError, "text", "object"), (KeyError, "'text'", None)])


class TestFatal(unittest.TestCase):
    @not_repeated
    def test_message(self):
        result = run_python("from support import load\nload('error').fatal('boom!')")
        self.assertNotEqual(result.returncode, 0)
        self.assertRegex(result.stderr.splitlines()[0], "^Fatal Python error: .*boom!$")
