# abi-tests/python/test_module_state.py: the state of a module, and how functions, methods and slots find it.

import abc
import gc
import types
import unittest
import weakref

from support import HAS_NATIVE_RUNTIME, NULL, collect, load, needs_native_runtime


class Target:
    pass


@needs_native_runtime
class TestState(unittest.TestCase):
    def setUp(self):
        collect()
        self.module = load("module_state")

    def test_each_module_has_its_own(self):
        other = load("module_state")
        self.assertEqual([self.module.next(), self.module.next(), other.next(), self.module.next()], [1, 2, 1, 3])

    def test_it_is_destroyed_once(self):
        before = self.module.destroyed()
        other = load("module_state")
        self.assertEqual(self.module.destroyed(), before)
        del other
        collect()
        self.assertEqual(self.module.destroyed(), before + 1)

    def test_object(self):
        self.assertIsNone(self.module.kept())
        target = Target()
        reference = weakref.ref(target)
        self.module.keep(target)
        del target
        collect()
        self.assertIs(self.module.kept(), reference())
        self.module.keep(None)
        collect()
        self.assertIsNone(reference())

    def test_object_goes_with_the_module(self):
        other, target = load("module_state"), Target()
        reference = weakref.ref(target)
        other.keep(target)
        del target, other
        collect()
        self.assertIsNone(reference())

    def test_cycle_through_the_state(self):
        other, target = load("module_state"), Target()
        before, reference = self.module.destroyed(), weakref.ref(target)
        target.module = other
        other.keep(target)
        self.assertIn(target, gc.get_referents(other))
        del target, other
        collect()
        self.assertIsNone(reference())
        self.assertEqual(self.module.destroyed(), before + 1)

    def test_other_modules(self):
        self.assertIs(self.module.state_of(self.module), True)
        self.assertIs(self.module.state_of(load("module_state_other")), True)
        self.assertIs(self.module.state_of(unittest), False)
        self.assertIs(self.module.state_of(types.ModuleType("new")), False)
        with self.assertRaises(TypeError):
            self.module.state_of(5)

    def test_execution_that_fails(self):
        before = self.module.destroyed()
        with self.assertRaises(KeyError):
            load("module_state_fails")
        collect()
        self.assertEqual(self.module.destroyed(), before + 1)

    def test_refused(self):
        for name, message in [
            ("no_size", "HPyModuleDef.size is 0"),
            ("two_traverses", "Multiple definitions of the HPy_mod_traverse slot"),
            ("two_destroys", "Multiple definitions of the HPy_mod_destroy slot"),
            ("create", "not set to their default value"),
        ]:
            with self.subTest(name), self.assertRaisesRegex(SystemError, message):
                load("module_state_" + name)


@needs_native_runtime
class TestClasses(unittest.TestCase):
    def setUp(self):
        collect()
        self.module = load("module_state")

    def test_method_and_slot(self):
        instance = self.module.Class()
        self.assertEqual((self.module.next(), instance.next(), instance.__index__()), (1, 2, 3))
        self.assertIs(instance.module, self.module)

    def test_classes_of_two_modules(self):
        other = load("module_state")
        self.assertEqual(self.module.Class().next(), 1)
        self.assertEqual(other.Class().next(), 1)
        self.assertEqual(self.module.Class().next(), 2)
        self.assertIs(self.module.Class().module, self.module)
        self.assertIs(other.Class().module, other)

    def test_subclasses(self):
        class Below(self.module.Class):
            pass

        class First:
            pass

        class Mixed(First, Below):
            pass

        for cls in (Below, Mixed):
            self.assertIs(cls().module, self.module)
            self.assertEqual((cls().next(), cls().__index__()), (cls is Mixed and 3 or 1, cls is Mixed and 4 or 2))
            with self.assertRaises(TypeError):
                self.module.own_module(cls)
            with self.assertRaises(TypeError):
                self.module.next_of_class(cls)

    def test_the_nearest_of_two(self):
        other = load("module_state")
        both = type("Both", (self.module.Class, other.Class), {})
        self.assertIs(both().module, self.module)
        self.assertIs(type("Both", (other.Class, self.module.Class), {})().module, other)

    def test_metaclasses(self):
        for metaclass in (abc.ABCMeta, type("Meta", (type,), {})):
            with self.subTest(metaclass):
                cls = self.module.class_with_metaclass(metaclass)
                self.assertIs(type(cls), metaclass)
                self.assertIs(cls().module, self.module)

    def test_of_exactly_the_class(self):
        self.assertIs(self.module.own_module(self.module.Class), self.module)
        self.assertEqual(self.module.next_of_class(self.module.Class), 1)
        plain = load("module_empty")
        cls = self.module.class_of(plain)
        self.assertIs(self.module.own_module(cls), plain)

    def test_none(self):
        without = self.module.class_without()
        for cls in (int, Target, without, self.module.class_of(load("module_state_other")),
                    self.module.class_of(unittest)):
            with self.subTest(cls), self.assertRaisesRegex(TypeError, "HPyType_SpecParam_Module"):
                self.module.module_of(cls)
        with self.assertRaisesRegex(TypeError, "no class above 'hpy_abi_tests.module_state.Class'"):
            without().next()
        for function in (self.module.own_module, self.module.next_of_class):
            with self.subTest(function), self.assertRaises(TypeError):
                function(without)

    def test_refused(self):
        for module in (NULL, 5, None):
            with self.subTest(module), self.assertRaisesRegex(TypeError, "HPyType_SpecParam_Module is no module"):
                self.module.class_of(module)
        with self.assertRaisesRegex(TypeError, "multiple specifications of HPyType_SpecParam_Module"):
            self.module.class_twice()

    def test_the_class_keeps_its_module(self):
        other = load("module_state")
        cls, before = other.Class, self.module.destroyed()
        reference = weakref.ref(other)
        del other
        collect()
        self.assertEqual(cls().next(), 1)
        self.assertIsNotNone(reference())
        del cls
        collect()
        self.assertIsNone(reference())
        self.assertEqual(self.module.destroyed(), before + 1)


@unittest.skipIf(HAS_NATIVE_RUNTIME, "it is about other loaders")
class TestOtherLoaders(unittest.TestCase):
    def test_refused(self):
        with self.assertRaisesRegex(ImportError, "needs hpy-sys' loader"):
            load("module_state")
