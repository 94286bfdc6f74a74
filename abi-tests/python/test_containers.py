# abi-tests/python/test_containers.py: lists, dicts, tuples, slices, iterators, builders.

import sys
import unittest

from support import NULL, load

calls = load("calls")
containers = load("containers")


class TestList(unittest.TestCase):
    def test_check(self):
        class Below(list):
            pass

        for value in ([], [1], Below()):
            self.assertEqual(calls.HPyList_Check(value), 1)
        for value in ((), None, "text"):
            self.assertEqual(calls.HPyList_Check(value), 0)

    def test_new(self):
        one, other = calls.HPyList_New(0), calls.HPyList_New(0)
        self.assertEqual(one, [])
        self.assertIsNot(one, other)
        with self.assertRaises(SystemError):
            calls.HPyList_New(-1)
        items = calls.HPyList_New(3)
        items[:] = ["a", "b", "c"]
        self.assertEqual(items, ["a", "b", "c"])

    def test_append_and_insert(self):
        items, value = [1], [2]
        before = sys.getrefcount(value)
        self.assertEqual(calls.HPyList_Append(items, value), 0)
        self.assertEqual(calls.HPyList_Insert(items, 0, value), 0)
        self.assertEqual(sys.getrefcount(value), before + 2)
        self.assertEqual(items, [value, 1, value])
        for index, expected in ((100, ["a", "b", "new"]), (-1, ["a", "new", "b"]), (-100, ["new", "a", "b"])):
            items = ["a", "b"]
            calls.HPyList_Insert(items, index, "new")
            self.assertEqual(items, expected)
        for call in (lambda: calls.HPyList_Append((), 1), lambda: calls.HPyList_Insert((), 0, 1),
                     lambda: calls.HPyList_Append({}, 1)):
            with self.assertRaises(SystemError):
                call()


    def test_null_is_refused(self):
        items = [1]
        for call in (lambda: calls.HPyList_Append(items, NULL), lambda: calls.HPyList_Insert(items, 0, NULL)):
            with self.assertRaises(SystemError):
                call()
        self.assertEqual(items, [1])

    def test_methods_of_classes_below_are_not_called(self):
        class Below(list):
            def append(self, _):
                raise KeyError

            insert = append

        items = Below()
        calls.HPyList_Append(items, 1)
        calls.HPyList_Insert(items, 0, 2)
        self.assertEqual(items, [2, 1])


class TestDict(unittest.TestCase):
    def test_check(self):
        class Below(dict):
            pass

        for value in ({}, Below()):
            self.assertEqual(calls.HPyDict_Check(value), 1)
        for value in ([], None):
            self.assertEqual(calls.HPyDict_Check(value), 0)

    def test_new(self):
        one, other = calls.HPyDict_New(), calls.HPyDict_New()
        self.assertEqual(one, {})
        self.assertIsNot(one, other)

    def test_keys(self):
        class Below(dict):
            def keys(self):
                return [1, 2, 3]

        self.assertEqual(calls.HPyDict_Keys({"a": 1, "b": 2}), ["a", "b"])
        self.assertEqual(calls.HPyDict_Keys({}), [])
        self.assertEqual(calls.HPyDict_Keys(Below(a=1)), ["a"])
        for value in ([], None, NULL):
            with self.assertRaises(SystemError):
                calls.HPyDict_Keys(value)

    def test_copy(self):
        original = {"a": [1]}
        copy = calls.HPyDict_Copy(original)
        self.assertEqual(copy, original)
        self.assertIsNot(copy, original)
        self.assertIs(copy["a"], original["a"])

        class Below(dict):
            def copy(self):
                return 7

        self.assertEqual(calls.HPyDict_Copy(Below(a=1)), {"a": 1})
        for value in ([], None, NULL):
            with self.assertRaises(SystemError):
                calls.HPyDict_Copy(value)


class TestTuple(unittest.TestCase):
    def test_check(self):
        class Below(tuple):
            pass

        for value in ((), (1,), Below()):
            self.assertEqual(calls.HPyTuple_Check(value), 1)
        for value in ([], None):
            self.assertEqual(calls.HPyTuple_Check(value), 0)

    def test_from_array(self):
        value = [1]
        before = sys.getrefcount(value)
        for items in ([], [value], [value, "text", None], [value] * 1000):
            made = calls.HPyTuple_FromArray(items, len(items))
            self.assertEqual(made, tuple(items))
            self.assertIs(type(made), tuple)
        del made, items
        self.assertEqual(sys.getrefcount(value), before)


class TestSlice(unittest.TestCase):
    def test_new(self):
        self.assertEqual(calls.HPySlice_New(1, 2, 3), slice(1, 2, 3))
        self.assertEqual(calls.HPySlice_New(NULL, NULL, NULL), slice(None, None, None))
        self.assertEqual(calls.HPySlice_New("a", None, []), slice("a", None, []))
        value = [1]
        before = sys.getrefcount(value)
        made = calls.HPySlice_New(value, NULL, value)
        self.assertEqual(sys.getrefcount(value), before + 2)
        del made
        self.assertEqual(sys.getrefcount(value), before)

    def test_unpack(self):
        high, low = sys.maxsize, -sys.maxsize - 1
        self.assertEqual(calls.HPySlice_Unpack(slice(1, 2, 3)), (1, 2, 3))
        self.assertEqual(calls.HPySlice_Unpack(slice(None)), (0, high, 1))
        self.assertEqual(calls.HPySlice_Unpack(slice(None, None, -1)), (high, low, -1))
        self.assertEqual(calls.HPySlice_Unpack(slice(-(10**30), 10**30, 10**30)), (low, high, high))
        self.assertEqual(calls.HPySlice_Unpack(slice(None, None, -(10**30)))[2], -high)

    def test_unpack_refuses(self):
        class Fails:
            def __index__(self):
                raise KeyError("mine")

        with self.assertRaisesRegex(ValueError, "slice step cannot be zero"):
            calls.HPySlice_Unpack(slice(None, None, 0))
        for wrong in (slice("a", 2, 3), slice(1, "b", 3), slice(1, 2, "c")):
            with self.assertRaises(TypeError):
                calls.HPySlice_Unpack(wrong)
        for wrong in (slice(Fails()), slice(Fails(), None), slice(None, None, Fails())):
            with self.assertRaisesRegex(KeyError, "mine"):
                calls.HPySlice_Unpack(wrong)


class TestIter(unittest.TestCase):
    def test_get(self):
        items = [1, 2]
        self.assertEqual(list(calls.HPy_GetIter(items)), items)
        iterator = iter(items)
        self.assertIs(calls.HPy_GetIter(iterator), iterator)
        with self.assertRaises(TypeError):
            calls.HPy_GetIter(7)

        class Bad:
            def __iter__(self):
                return 7

        with self.assertRaises(TypeError):
            calls.HPy_GetIter(Bad())

    def test_check(self):
        for value in (iter([]), iter({}), (x for x in ())):
            self.assertEqual(calls.HPyIter_Check(value), 1)
        for value in ([], 7, None):
            self.assertEqual(calls.HPyIter_Check(value), 0)

    def test_next(self):
        def generate():
            yield 1
            yield None
            raise KeyError("mine")

        iterator = iter([1, 2])
        self.assertEqual([calls.HPyIter_Next(iterator) for _ in range(4)], [1, 2, NULL, NULL])
        iterator = generate()
        self.assertEqual([calls.HPyIter_Next(iterator) for _ in range(2)], [1, None])
        with self.assertRaisesRegex(KeyError, "mine"):
            calls.HPyIter_Next(iterator)
        self.assertIs(calls.HPyIter_Next(iterator), NULL)

    def test_next_gives_a_reference_of_its_own(self):
        value = [1]
        before = sys.getrefcount(value)
        iterator = iter([value])
        self.assertIs(calls.HPyIter_Next(iterator), value)
        self.assertIs(calls.HPyIter_Next(iterator), NULL)
        self.assertEqual(sys.getrefcount(value), before)

    def test_python_iterators(self):
        class Iterator:
            def __init__(self, error):
                self.error = error

            def __iter__(self):
                return self

            def __next__(self):
                raise self.error

        self.assertIs(calls.HPyIter_Next(calls.HPy_GetIter(Iterator(StopIteration))), NULL)
        self.assertIs(calls.HPyIter_Next(Iterator(StopIteration("value"))), NULL)
        with self.assertRaises(KeyError):
            calls.HPyIter_Next(Iterator(KeyError))
        self.assertEqual(calls.HPyIter_Check(Iterator(KeyError)), 1)


class TestBuilders(unittest.TestCase):
    def test_build(self):
        value = [1]
        before = sys.getrefcount(value)
        for items in ([], [value], [value, None, "text"], list(range(1000))):
            self.assertEqual(containers.build_list(items), items)
            self.assertEqual(containers.build_tuple(items), tuple(items))
        items = None
        self.assertEqual(sys.getrefcount(value), before)

    def test_cancel(self):
        value = [1]
        before = sys.getrefcount(value)
        containers.cancel_builders(value)
        self.assertEqual(sys.getrefcount(value), before)

    def test_no_memory(self):
        value = [1]
        before = sys.getrefcount(value)
        for call in (containers.failed_list_builder, containers.failed_tuple_builder):
            with self.assertRaises(MemoryError):
                call(value)
        containers.cancel_failed_builders()
        self.assertEqual(sys.getrefcount(value), before)

    def test_null_item(self):
        self.assertEqual(containers.builder_with_null(), [True, None])
        value = [1]
        before = sys.getrefcount(value)
        self.assertEqual(containers.tuple_builder_with_null(value), (None, value))
        self.assertEqual(sys.getrefcount(value), before)
