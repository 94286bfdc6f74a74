# abi-tests/python/test_handles.py: handles count references; the constants are Python's own objects.

import builtins
import sys
import types
import unittest

from support import HAS_CONTEXT, NULL, load, handles_are_objects, not_repeated, run_python

calls = load("calls")
handles = load("handles")

TYPES = {"h_BaseObjectType": object, "h_TypeType": type, "h_BoolType": bool, "h_LongType": int, "h_FloatType": float,
         "h_UnicodeType": str, "h_TupleType": tuple, "h_ListType": list, "h_ComplexType": complex, "h_BytesType": bytes,
         "h_MemoryViewType": memoryview, "h_SliceType": slice, "h_DictType": dict}


class TestHandles(unittest.TestCase):
    def test_dup_and_close(self):
        value = [1]
        before = sys.getrefcount(value)
        self.assertIs(calls.HPy_Dup(value), value)
        self.assertEqual(sys.getrefcount(value), before)
        handles.dup_and_close_many(value, 1000)
        self.assertEqual(sys.getrefcount(value), before)

    @handles_are_objects
    def test_a_handle_is_the_object(self):
        value = [1]
        before = sys.getrefcount(value)
        handles.dup_many(value, 1000)
        self.assertEqual(sys.getrefcount(value), before + 1000)
        handles.close_many(value, 1000)
        self.assertEqual(sys.getrefcount(value), before)

    def test_null(self):
        self.assertTrue(handles.null())
        self.assertFalse(handles.is_null(None))

    def test_is(self):
        a, b = [1], [1]
        self.assertEqual(calls.HPy_Is(a, a), 1)
        self.assertEqual(calls.HPy_Is(a, b), 0)
        self.assertEqual(calls.HPy_Is(a, NULL), 0)
        self.assertEqual(calls.HPy_Is(None, None), 1)

    def test_type(self):
        class Class:
            pass

        h = Class()
        before = sys.getrefcount(Class)
        for value in (1, "text", None, Class, h, handles):
            self.assertIs(calls.HPy_Type(value), type(value))
        self.assertEqual(sys.getrefcount(Class), before)

    def test_type_check(self):
        self.assertEqual(calls.HPy_TypeCheck(True, int), 1)
        self.assertEqual(calls.HPy_TypeCheck(1, bool), 0)
        self.assertEqual(calls.HPy_TypeCheck(1, int), 1)
        self.assertEqual(calls.HPy_TypeCheck("text", object), 1)

        class Lies:
            __class__ = int

        self.assertEqual(calls.HPy_TypeCheck(Lies(), int), 0)

    def test_type_check_of_bases(self):
        class First:
            pass

        class Second(First):
            pass

        class Mixed(Second, dict):
            pass

        orders = {}

        class Meta(type):
            def mro(cls):
                return orders.get(cls.__name__) or type.mro(cls)

        class WithoutBase(First, metaclass=Meta):
            pass

        class WithoutSelf(Second, metaclass=Meta):
            pass

        for class_, orders[class_.__name__] in ((WithoutBase, [WithoutBase, object]), (WithoutSelf, [First, object])):
            class_.__bases__ = (First,)
        self.assertEqual(WithoutBase.__mro__, (WithoutBase, object))
        self.assertEqual(WithoutSelf.__mro__, (First, object))
        classes = [object, int, bool, dict, type, First, Second, Mixed, Meta, WithoutBase, WithoutSelf]
        values = [object(), 1, True, {}, "text", First(), Second(), Mixed(), WithoutBase(), *classes]
        for value in [*values, object.__new__(WithoutSelf), WithoutSelf.__mro__]:
            for class_ in classes:
                is_it = type(value) is class_ or class_ in type(value).__mro__
                self.assertEqual(calls.HPy_TypeCheck(value, class_), is_it, (type(value), class_))

    def test_type_check_of_other_bases(self):
        class First:
            pass

        class Other:
            pass

        class Class(First):
            pass

        instance = Class()
        self.assertEqual(calls.HPy_TypeCheck(instance, First), 1)
        Class.__bases__ = (Other,)
        self.assertEqual(calls.HPy_TypeCheck(instance, First), 0)
        self.assertEqual(calls.HPy_TypeCheck(instance, Other), 1)

    def test_pointer(self):
        value = [1]
        before = sys.getrefcount(value)
        self.assertIs(handles.through_pointer(value), value)
        self.assertEqual(sys.getrefcount(value), before)


class TestDump(unittest.TestCase):
    @not_repeated
    def test_stderr(self):
        result = run_python("from support import load\nload('handles').dump('the text of it')")
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertIn("the text of it", result.stderr)


class TestConstants(unittest.TestCase):
    def test_all(self):
        names = handles.constant_names().split()
        self.assertEqual(len(names), 83)
        for name in names:
            found = handles.constant(name)
            if name == "h_CapsuleType":
                self.assertEqual(found.__name__, "PyCapsule")
            elif name in TYPES:
                self.assertIs(found, TYPES[name])
            else:
                self.assertIs(found, getattr(builtins, name[2:]))

    def test_context(self):
        self.assertIn("HPy", handles.abi()[0]) if HAS_CONTEXT else self.assertEqual(handles.abi()[0], "HPy CPython ABI")
        self.assertEqual(handles.abi_version(), 0)

    def test_module(self):
        self.assertIs(type(handles), types.ModuleType)
