# abi-tests/python/test_interpreter.py: code, imports, context variables, threads.

import builtins
import contextvars
import sys
import threading
import time
import types
import unittest

from support import NULL, load

calls = load("calls")
interpreter = load("interpreter")
EXPR, FILE, SINGLE = 0, 1, 2


class TestCode(unittest.TestCase):
    def test_compile(self):
        for kind, source in ((EXPR, "1 + 2"), (FILE, "x = 1\ny = 2\n"), (SINGLE, "x = 1\n")):
            code = calls.HPy_Compile_s(source, "name é.py", kind)
            self.assertIsInstance(code, types.CodeType)
            self.assertEqual(code.co_filename, "name é.py")

    def test_eval(self):
        self.assertEqual(calls.HPy_EvalCode(calls.HPy_Compile_s("a + b", "f", EXPR), {"a": 1}, {"b": 2}), 3)
        names = {}
        self.assertIsNone(calls.HPy_EvalCode(calls.HPy_Compile_s("x = 5\n", "f", FILE), names, NULL))
        self.assertEqual(names["x"], 5)

    def test_errors(self):
        for kind in (EXPR, FILE, SINGLE):
            with self.assertRaises(SyntaxError) as caught:
                calls.HPy_Compile_s("1 +", "name.py", kind)
            self.assertEqual(caught.exception.filename, "name.py")
        with self.assertRaises(SyntaxError):
            calls.HPy_Compile_s("x = 1", "f", EXPR)
        with self.assertRaises(ZeroDivisionError):
            calls.HPy_EvalCode(calls.HPy_Compile_s("1 / 0", "f", EXPR), {}, NULL)
        with self.assertRaises(NameError):
            calls.HPy_EvalCode(calls.HPy_Compile_s("missing", "f", EXPR), {}, NULL)

    def test_names(self):
        code = calls.HPy_Compile_s("x = len('abc')\ndef f(): return x\n", "f", FILE)
        names = {"__builtins__": builtins}
        calls.HPy_EvalCode(code, names, NULL)
        self.assertEqual((names["x"], names["f"]()), (3, 3))
        both, local = {"x": 1, "__builtins__": builtins}, {}
        calls.HPy_EvalCode(code, both, local)
        self.assertEqual((both["x"], local["x"]), (1, 3))

    def test_single(self):
        shown = []
        before, sys.displayhook = sys.displayhook, shown.append
        try:
            self.assertIsNone(calls.HPy_EvalCode(calls.HPy_Compile_s("40 + 2\n", "f", SINGLE), {}, NULL))
            self.assertIsNone(calls.HPy_EvalCode(calls.HPy_Compile_s("40 + 2\n", "f", FILE), {}, NULL))
        finally:
            sys.displayhook = before
        self.assertEqual(shown, [42])

    def test_source_is_utf8(self):
        self.assertEqual(calls.HPy_EvalCode(calls.HPy_Compile_s("'é\U0001f600'", "f", EXPR), {}, NULL), "é\U0001f600")

    def test_traceback(self):
        try:
            calls.HPy_EvalCode(calls.HPy_Compile_s("\n1 / 0", "name.py", FILE), {}, NULL)
        except ZeroDivisionError as caught:
            frame = caught.__traceback__.tb_next
            self.assertEqual((frame.tb_lineno, frame.tb_frame.f_code.co_filename), (2, "name.py"))
            del frame
        else:
            self.fail("nothing was raised")

    def test_arguments_stay_the_callers(self):
        code, names = calls.HPy_Compile_s("a", "f", EXPR), {"a": [1]}
        before = [sys.getrefcount(x) for x in (code, names, names["a"])]
        calls.HPy_EvalCode(code, names, NULL)
        self.assertEqual([sys.getrefcount(x) for x in (code, names, names["a"])], before)

    def test_kind(self):
        for kind in (777, -1, 3):
            with self.assertRaises(SystemError) as caught:
                calls.HPy_Compile_s("1", "f", kind)
            self.assertEqual(str(caught.exception), "invalid source kind")


class TestImport(unittest.TestCase):
    def test_import(self):
        self.assertIs(calls.HPyImport_ImportModule("sys"), sys)
        self.assertIs(calls.HPyImport_ImportModule("os.path"), sys.modules["os.path"])
        with self.assertRaises(ModuleNotFoundError):
            calls.HPyImport_ImportModule("no_such_module")
        with self.assertRaises(ModuleNotFoundError):
            calls.HPyImport_ImportModule("os.no_such_module")

    def test_imported_once(self):
        module = types.ModuleType("hpy_is_there")
        sys.modules["hpy_is_there"] = module
        try:
            before = sys.getrefcount(module)
            self.assertIs(calls.HPyImport_ImportModule("hpy_is_there"), module)
            self.assertEqual(sys.getrefcount(module), before)
        finally:
            del sys.modules["hpy_is_there"]

    def test_import_that_fails(self):
        class Finder:
            @staticmethod
            def find_spec(name, path, target=None):
                if name == "hpy_fails":
                    raise KeyError("mine")

        sys.meta_path.insert(0, Finder)
        try:
            with self.assertRaisesRegex(KeyError, "mine"):
                calls.HPyImport_ImportModule("hpy_fails")
        finally:
            sys.meta_path.remove(Finder)


class TestContextVar(unittest.TestCase):
    def test_get_and_set(self):
        var = calls.HPyContextVar_New("name", NULL)
        self.assertIsInstance(var, contextvars.ContextVar)
        self.assertEqual(var.name, "name")
        self.assertIs(calls.HPyContextVar_Get(var, NULL), NULL)
        self.assertEqual(calls.HPyContextVar_Get(var, "default"), "default")
        token = calls.HPyContextVar_Set(var, [1])
        self.assertEqual(calls.HPyContextVar_Get(var, "default"), [1])
        var.reset(token)
        self.assertEqual(calls.HPyContextVar_Get(var, "default"), "default")

    def test_default(self):
        var = calls.HPyContextVar_New("name", [7])
        self.assertEqual(calls.HPyContextVar_Get(var, NULL), [7])
        self.assertEqual(calls.HPyContextVar_Get(var, "other"), "other")

    def test_references(self):
        default, value = [1], [2]
        before = sys.getrefcount(default), sys.getrefcount(value)
        var = calls.HPyContextVar_New("name", default)
        self.assertIs(calls.HPyContextVar_Get(var, NULL), default)
        token = calls.HPyContextVar_Set(var, value)
        self.assertIs(calls.HPyContextVar_Get(var, default), value)
        var.reset(token)
        self.assertIs(calls.HPyContextVar_Get(var, value), value)
        del var, token
        self.assertEqual((sys.getrefcount(default), sys.getrefcount(value)), before)

    def test_contexts(self):
        var = calls.HPyContextVar_New("name", NULL)
        token = calls.HPyContextVar_Set(var, 1)
        context = contextvars.copy_context()
        context.run(calls.HPyContextVar_Set, var, 2)
        self.assertEqual((calls.HPyContextVar_Get(var, NULL), context[var]), (1, 2))
        var.reset(token)

    def test_no_variable(self):
        for call in (lambda: calls.HPyContextVar_Get(7, NULL), lambda: calls.HPyContextVar_Set("text", 1)):
            with self.assertRaises(TypeError):
                call()


class TestThreads(unittest.TestCase):
    def runs_meanwhile(self):
        """Whether this thread runs while another one waits out of Python's execution."""
        steps = []

        def wait():
            interpreter.leave_and_wait(300)
            steps.append("waited")

        thread = threading.Thread(target=wait)
        thread.start()
        deadline = time.monotonic() + 0.1
        while time.monotonic() < deadline:
            steps.append("ran")
        thread.join()
        return steps[0] == "ran" and steps[-1] == "waited"

    def test_leave(self):
        # A busy machine may let neither thread run for as long.
        self.assertTrue(any(self.runs_meanwhile() for _ in range(20)))

    def test_result(self):
        self.assertEqual(interpreter.leave_and_count(1000), 499500)

    def test_many_threads(self):
        results = []
        threads = [threading.Thread(target=lambda: results.append(interpreter.leave_and_count(1000)))
                   for _ in range(20)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(results, [499500] * 20)
