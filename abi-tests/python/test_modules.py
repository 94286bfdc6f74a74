# abi-tests/python/test_modules.py: what a module is made of, and what is refused.

import importlib.machinery
import importlib.util
import os
import sys
import types
import unittest

from support import (
    HAS_CONTEXT, HAS_LEGACY, LIBRARY, load, needs_native_runtime, not_repeated, only_in_rust, run_python, without_context,
)


def load_module(name):
    return load("module_" + name)


class TestModules(unittest.TestCase):
    def test_function_without_arguments(self):
        function = load("inline_helpers").errno
        with self.assertRaises(TypeError) as caught:
            function(1)
        self.assertEqual(str(caught.exception), "hpy_abi_tests.inline_helpers.errno() takes no arguments (1 given)")
        with self.assertRaisesRegex(TypeError, "takes no keyword arguments"):
            function(a=1)

    @needs_native_runtime
    def test_function_without_arguments_of_a_module_without_a_name(self):
        module = load("inline_helpers")
        function = module.errno
        for name in (5, None):
            module.__name__ = name
            with self.assertRaisesRegex(TypeError, r"errno\(\) takes no arguments \(1 given\)"):
                function(1)
        del module.__name__
        with self.assertRaisesRegex(TypeError, r"errno\(\) takes no arguments \(2 given\)"):
            function(1, 2)
        del module
        with self.assertRaisesRegex(TypeError, r"errno\(\) takes no arguments \(1 given\)"):
            function(1)

    @needs_native_runtime
    @not_repeated
    def test_function_without_arguments_at_the_end_of_the_interpreter(self):
        code = ("from support import load\n"
                "class Last:\n"
                "    def __init__(self, function): self.function = function\n"
                "    def __del__(self):\n"
                "        try: self.function(1)\n"
                "        except TypeError as error: print('takes no arguments' in str(error))\n"
                "last = Last(load('inline_helpers').errno); last.last = last\n"
                "import sys; sys.modules['hpy_last'] = last\n")
        ended = run_python(code)
        self.assertEqual((ended.returncode, ended.stdout, ended.stderr), (0, "True\n", ""))

    def test_full(self):
        module = load_module("full")
        self.assertIs(type(module), types.ModuleType)
        self.assertEqual(module.__doc__, "A module with everything.")
        self.assertEqual(module.__name__, "hpy_abi_tests.module_full")
        self.assertEqual(module.__spec__.name, module.__name__)
        self.assertEqual(module.__file__, LIBRARY)
        self.assertEqual(module.__package__, "hpy_abi_tests")
        if not HAS_CONTEXT:
            self.assertEqual(repr(module), "<module 'hpy_abi_tests.module_full' from %r>" % LIBRARY)
        self.assertEqual(module.notes, "first second third")

    def test_functions(self):
        module = load_module("full")
        self.assertEqual(module.function(5), (module, 5))
        self.assertIs(module.function.__self__, module)
        self.assertEqual(module.function.__module__, module.__name__)
        self.assertEqual(module.function.__doc__, "Gives what it is called with.")
        self.assertEqual(module.function.__text_signature__, "($module, arg, /)")
        if HAS_LEGACY:
            self.assertIs(module.legacy_noargs(), module)
            self.assertEqual(module.legacy_one(5), (5, 5))

    @without_context
    def test_import_statement(self):
        spec = importlib.machinery.ModuleSpec("module_full", None, origin=LIBRARY)
        module = importlib.util.module_from_spec(
            importlib.util.spec_from_file_location("module_full", LIBRARY, loader=importlib.machinery.ExtensionFileLoader(
                spec.name, LIBRARY)))
        module.__loader__.exec_module(module)
        sys.modules["module_full"] = module
        try:
            import module_full

            self.assertIs(module_full, module)
        finally:
            del sys.modules["module_full"]

    def test_each_load_is_a_new_module(self):
        one, other = load_module("full"), load_module("full")
        self.assertIsNot(one, other)
        one.attribute = 1
        self.assertFalse(hasattr(other, "attribute"))

    @without_context
    def test_executed_once(self):
        module = load_module("full")
        module.__loader__.exec_module(module)
        # CPython itself does not run the slots again, as the module has its state.
        self.assertIn(module.notes, ("first second third", "first second third" * 2))

    def test_empty(self):
        module = load_module("empty")
        self.assertIsNone(module.__doc__)
        names = {name for name in vars(module) if not name.startswith("__")}
        self.assertEqual(names, set())

    def test_names(self):
        # In the loader ABIs a linker may refuse a name that is not ASCII.
        for name in ("async", "match") if HAS_CONTEXT else ("größe", "async", "match"):
            self.assertEqual(load(name).__name__, "hpy_abi_tests." + name)

    def test_ignored(self):
        module = load_module("ignored")
        self.assertEqual(module.function(1), (module, 1))
        self.assertFalse(hasattr(module, "member") or hasattr(module, "getter"))

    def test_modules_go(self):
        import gc
        import weakref

        for name in ("full", "empty"):
            module = load_module(name)
            reference = weakref.ref(module)
            del module
            gc.collect()
            self.assertIsNone(reference())

    def test_no_such_module(self):
        with self.assertRaises(RuntimeError if HAS_CONTEXT else ImportError):
            load("there_is_none")


class TestCreate(unittest.TestCase):
    def test_created(self):
        module = load_module("created")
        self.assertIsInstance(module, types.SimpleNamespace)
        self.assertEqual(module.created_for, "hpy_abi_tests.module_created")

    def test_a_module_is_refused(self):
        with self.assertRaises(SystemError) as caught:
            load_module("creates_module")
        self.assertEqual(str(caught.exception),
                         "HPy_mod_create slot returned a builtin module object. This is currently not supported.")

    def test_fails(self):
        with self.assertRaisesRegex(KeyError, "no create"):
            load_module("create_fails")

    def test_with_others(self):
        for name in ("exec", "method"):
            with self.assertRaises(SystemError) as caught:
                load_module("create_and_" + name)
            self.assertTrue(str(caught.exception).startswith(
                "HPyModuleDef defines a HPy_mod_create slot and some other slots or methods. This is not allowed because"))

    def test_with_other_fields(self):
        for name in ("doc", "legacy", "globals") if HAS_LEGACY else ("doc", "globals"):
            with self.assertRaises(SystemError) as caught:
                load_module("create_and_" + name)
            self.assertTrue(str(caught.exception).startswith(
                "HPyModuleDef defines a HPy_mod_create slot and some of the other fields are not set to their default "
                "value. This is not allowed because"), name)


class TestRefused(unittest.TestCase):
    def refused(self, name, text):
        for _ in range(2):
            with self.assertRaises(SystemError) as caught:
                load_module(name)
            self.assertEqual(str(caught.exception), text)

    def test_size(self):
        self.refused("negative_size", "HPy does not permit HPyModuleDef.size < 0")

    def test_slots(self):
        self.refused("type_slot", "Unsupported slot in HPyModuleDef.defines (value: 66).")
        self.refused("two_creates", "Multiple definitions of the HPy_mod_create slot in HPyModuleDef.defines.")

    def test_signature(self):
        with self.assertRaises(ValueError) as caught:
            load_module("bad_signature")
        self.assertEqual(str(caught.exception), "Unsupported HPyMeth signature")


class TestExec(unittest.TestCase):
    def test_fails(self):
        with self.assertRaisesRegex(KeyError, "no exec"):
            load_module("exec_fails")

    def test_says_nothing(self):
        with self.assertRaisesRegex(SystemError, "without setting an exception"):
            load_module("exec_says_nothing")

    def test_leaves_an_error(self):
        with self.assertRaises(SystemError):
            load_module("exec_leaves_error")

    @only_in_rust("panics are Rust's")
    @unittest.skipIf(hasattr(sys, "gettotalrefcount") and sys.version_info < (3, 10), "it ends the process there")
    def test_panics(self):
        load("panics")
        with self.assertRaises(SystemError) as caught:
            load_module("exec_panics")
        self.assertEqual(str(caught.exception), "the extension panicked: expected: in exec")


class TestProcess(unittest.TestCase):
    def test_end_of_the_process(self):
        # Types, instances and modules that are alive when the interpreter ends.
        code = ("from support import load\nimport sys\n"
                "kept = [load(n) for n in ('gc', 'types', 'shapes', 'module_full', 'call_function', 'globals')]\n"
                "node = kept[0].Node(); node.left = node; sys.node = kept[0].Weak(); sys.node.left = kept\n"
                "kept[-1].store([node])\n"
                "class Below(kept[0].Finalizing): pass\n"
                "b = Below(-1); b.left = Below; del b\n"
                "sys.made = kept[2].make('full', 'shapes.List', ...)([node]); sys.made.field = sys.made\n")
        result = run_python(code)
        self.assertEqual((result.returncode, result.stderr), (0, ""))

    def test_without_package(self):
        module = load("module_full", package=None)
        self.assertEqual(module.__name__, "module_full")

    def test_library_is_there(self):
        self.assertTrue(os.path.exists(LIBRARY))
