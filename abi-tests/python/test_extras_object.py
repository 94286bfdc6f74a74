# abi-tests/python/test_extras_object.py: objects, calls, sequences, modules and weak references beyond HPy 0.9.

import gc
import sys
import types
import unittest

from support import NULL, load, needs_native_runtime

calls = load("calls")


class Properties:
    @property
    def fails(self):
        raise LookupError("no")

    @property
    def missing(self):
        raise AttributeError("missing")

    there = 7


class TestObject(unittest.TestCase):
    def test_isinstance(self):
        self.assertEqual(calls.HPy_IsInstance(True, int), 1)
        self.assertEqual(calls.HPy_IsInstance(1, (str, (int,))), 1)
        self.assertEqual(calls.HPy_IsInstance(1, str), 0)
        self.assertEqual(calls.HPy_IsSubclass(bool, int), 1)
        self.assertEqual(calls.HPy_IsSubclass(int, (bool, str)), 0)

        class Meta(type):
            def __instancecheck__(cls, instance):
                if instance == 0:
                    raise LookupError("zero")
                return True

        self.assertEqual(calls.HPy_IsInstance(1, Meta("Any", (), {})), 1)
        with self.assertRaises(LookupError):
            calls.HPy_IsInstance(0, Meta("Any", (), {}))
        for call in (lambda: calls.HPy_IsInstance(1, 1), lambda: calls.HPy_IsSubclass(1, int),
                     lambda: calls.HPy_IsSubclass(int, 1)):
            with self.assertRaises(TypeError):
                call()

    def test_optional_attributes(self):
        for call in calls.HPy_GetOptionalAttr, calls.HPy_GetOptionalAttr_s:
            self.assertEqual(call(Properties(), "there"), 7)
            self.assertIs(call(Properties(), "other"), NULL)
            self.assertIs(call(Properties(), "missing"), NULL)
            with self.assertRaises(LookupError):
                call(Properties(), "fails")
        with self.assertRaises(TypeError):
            calls.HPy_GetOptionalAttr(Properties(), 1)

    def test_names_that_are_not_utf8(self):
        with self.assertRaises(UnicodeDecodeError):
            calls.HPy_GetOptionalAttr_s(Properties(), b"\xff")

    def test_optional_items(self):
        class Fails:
            def __getitem__(self, key):
                raise IndexError

        self.assertEqual(calls.HPy_GetOptionalItem({1: 2}, 1), 2)
        self.assertIs(calls.HPy_GetOptionalItem({1: 2}, 2), NULL)
        self.assertEqual(calls.HPy_GetOptionalItem([5], 0), 5)
        for value, error in (Fails(), IndexError), (1, TypeError), ([5], IndexError):
            with self.assertRaises(error):
                calls.HPy_GetOptionalItem(value, 1)

    def test_not(self):
        class Fails:
            def __bool__(self):
                raise LookupError

        self.assertEqual([calls.HPy_Not(value) for value in (0, [], "a", 1)], [1, 1, 0, 0])
        with self.assertRaises(LookupError):
            calls.HPy_Not(Fails())

    def test_format(self):
        self.assertEqual(calls.HPy_Format(255, "x"), "ff")
        self.assertEqual(calls.HPy_Format(255, NULL), "255")
        with self.assertRaises(ValueError):
            calls.HPy_Format(1, "no such")

    def test_length_hint(self):
        class Hint:
            def __length_hint__(self):
                return 5

        self.assertEqual(calls.HPy_LengthHint([1, 2], 7), 2)
        self.assertEqual(calls.HPy_LengthHint(Hint(), 7), 5)
        self.assertEqual(calls.HPy_LengthHint(object(), 7), 7)

    @needs_native_runtime
    def test_generic_attributes(self):
        class Special:
            def __getattribute__(self, name):
                return "special"

            def __setattr__(self, name, value):
                raise LookupError

        special = Special()
        self.assertEqual(calls.HPy_GenericSetAttr(special, "name", 1), 0)
        self.assertEqual(calls.HPy_GenericGetAttr(special, "name"), 1)
        self.assertEqual(calls.HPy_GenericSetAttr(special, "name", NULL), 0)
        with self.assertRaises(AttributeError):
            calls.HPy_GenericGetAttr(special, "name")
        with self.assertRaises(AttributeError):
            calls.HPy_GenericSetAttr(object(), "name", 1)
        with self.assertRaises(TypeError):
            calls.HPy_GenericSetAttr(Special, "name", 1)

    def test_fspath(self):
        class Path:
            def __fspath__(self):
                return "path"

        self.assertEqual([calls.HPy_FSPath(value) for value in ("a", b"b", Path())], ["a", b"b", "path"])
        with self.assertRaises(TypeError):
            calls.HPy_FSPath(1)

    def test_buffers(self):
        self.assertEqual([calls.HPy_CheckBuffer(value) for value in (b"", bytearray(), "", [])], [1, 1, 0, 0])
        view = calls.HPyMemoryView_FromObject(b"abc")
        self.assertEqual((type(view), bytes(view)), (memoryview, b"abc"))
        with self.assertRaises(TypeError):
            calls.HPyMemoryView_FromObject("text")


class TestCalls(unittest.TestCase):
    def test_functions(self):
        self.assertEqual(calls.HPy_CallNoArgs(dict), {})
        self.assertEqual(calls.HPy_CallOneArg(len, [1, 2]), 2)
        for call in (lambda: calls.HPy_CallNoArgs(len), lambda: calls.HPy_CallOneArg(len, 1),
                     lambda: calls.HPy_CallNoArgs(1)):
            with self.assertRaises(TypeError):
                call()

    def test_methods(self):
        self.assertEqual(calls.HPy_CallMethodNoArgs("Text", "lower"), "text")
        self.assertEqual(calls.HPy_CallMethodOneArg("a,b", "split", ","), ["a", "b"])
        self.assertEqual(calls.HPy_CallMethod_s("split", ("a,b,c", ","), 2, NULL), ["a", "b", "c"])
        self.assertEqual(calls.HPy_CallMethod_s("split", ("a,b,c", ",", 1), 2, ("maxsplit",)), ["a", "b,c"])
        for call in (lambda: calls.HPy_CallMethodNoArgs("", "other"), lambda: calls.HPy_CallMethodOneArg("", "other", 1),
                     lambda: calls.HPy_CallMethod_s("other", ("",), 1, NULL)):
            with self.assertRaises(AttributeError):
                call()


class TestSequences(unittest.TestCase):
    def test_lists_and_tuples(self):
        self.assertEqual(calls.HPySequence_List(iter("ab")), ["a", "b"])
        self.assertEqual(calls.HPySequence_Tuple(iter("ab")), ("a", "b"))
        value = (1, 2)
        self.assertIs(calls.HPySequence_Tuple(value), value)
        for call in calls.HPySequence_List, calls.HPySequence_Tuple:
            with self.assertRaises(TypeError):
                call(1)

    def test_operations(self):
        self.assertEqual(calls.HPySequence_Concat([1], [2]), [1, 2])
        self.assertEqual(calls.HPySequence_Repeat((1,), 3), (1, 1, 1))
        self.assertEqual(calls.HPySequence_Index("abc", "c"), 2)
        self.assertEqual(calls.HPySequence_Count([1, 2, 1], 1), 2)
        with self.assertRaises(ValueError):
            calls.HPySequence_Index([1], 2)
        for call in (lambda: calls.HPySequence_Concat(1, 2), lambda: calls.HPySequence_Repeat(1, 2),
                     lambda: calls.HPySequence_Index(1, 1), lambda: calls.HPySequence_Count(1, 1)):
            with self.assertRaises(TypeError):
                call()

    def test_lists(self):
        class Below(list):
            def sort(self):
                raise AssertionError

            reverse = sort

        items = Below([2, 1, 3])
        self.assertEqual(calls.HPyList_Sort(items), 0)
        self.assertEqual(items, [1, 2, 3])
        self.assertEqual(calls.HPyList_Reverse(items), 0)
        self.assertEqual(calls.HPyList_AsTuple(items), (3, 2, 1))
        for call in calls.HPyList_Sort, calls.HPyList_Reverse, calls.HPyList_AsTuple:
            with self.assertRaises(SystemError):
                call((1,))
        with self.assertRaises(TypeError):
            calls.HPyList_Sort([1, "a"])

    def test_next_item(self):
        def generate():
            yield 1
            raise LookupError

        iterator = generate()
        self.assertEqual(calls.HPyIter_NextItem(iterator), 1)
        with self.assertRaises(LookupError):
            calls.HPyIter_NextItem(iterator)
        self.assertIs(calls.HPyIter_NextItem(iterator), NULL)
        with self.assertRaises(TypeError):
            calls.HPyIter_NextItem([])


class TestModules(unittest.TestCase):
    def test_content(self):
        module = types.ModuleType("content")
        value = ["value"]
        before = sys.getrefcount(value)
        self.assertEqual(calls.HPyModule_AddObjectRef(module, "value", value), 0)
        self.assertEqual(sys.getrefcount(value), before + 1)
        self.assertEqual(calls.HPyModule_AddIntConstant(module, "number", -5), 0)
        self.assertEqual(calls.HPyModule_AddStringConstant(module, "text", "größe"), 0)
        self.assertEqual((module.value, module.number, module.text), (value, -5, "größe"))
        for call in (lambda: calls.HPyModule_AddObjectRef([], "a", 1), lambda: calls.HPyModule_AddIntConstant([], "a", 1),
                     lambda: calls.HPyModule_AddStringConstant([], "a", "b")):
            with self.assertRaises(TypeError):
                call()

    def test_new(self):
        module = calls.HPyModule_New("package.inner")
        self.assertIs(type(module), types.ModuleType)
        self.assertEqual(module.__name__, "package.inner")


class Referent:
    """Something that can have weak references."""

    def __len__(self):
        return 5


class TestWeakReferences(unittest.TestCase):
    def test_references(self):
        referent, gone = Referent(), []
        one = calls.HPyWeakref_NewRef(referent, NULL)
        other = calls.HPyWeakref_NewRef(referent, gone.append)
        proxy = calls.HPyWeakref_NewProxy(referent, None)
        self.assertIs(one(), referent)
        self.assertEqual(len(proxy), 5)
        for reference in one, other, proxy:
            self.assertIs(calls.HPyWeakref_GetRef(reference), referent)
            self.assertEqual(calls.HPyWeakref_Check(reference), 1)
        before = sys.getrefcount(referent)
        calls.HPyWeakref_GetRef(one)
        self.assertEqual(sys.getrefcount(referent), before)
        del referent
        gc.collect()
        self.assertEqual(gone, [other])
        for reference in one, other, proxy:
            self.assertIs(calls.HPyWeakref_GetRef(reference), NULL)

    def test_errors(self):
        for call in calls.HPyWeakref_NewRef, calls.HPyWeakref_NewProxy:
            with self.assertRaises(TypeError):
                call(1, NULL)
        with self.assertRaises(TypeError):
            calls.HPyWeakref_GetRef(Referent())
        self.assertEqual(calls.HPyWeakref_Check(Referent()), 0)


if __name__ == "__main__":
    unittest.main()
