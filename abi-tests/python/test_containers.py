# abi-tests/python/test_containers.py: lists, dicts, tuples, slices, iterators, builders.

import sys
import unittest

from support import NULL, load

c = load("containers")


class TestList(unittest.TestCase):
    def test_check(self):
        class Below(list):
            pass

        for value in ([], [1], Below()):
            self.assertEqual(c.list_check(value), 1)
        for value in ((), None, "text"):
            self.assertEqual(c.list_check(value), 0)

    def test_new(self):
        one, other = c.list_new(0), c.list_new(0)
        self.assertEqual(one, [])
        self.assertIsNot(one, other)
        with self.assertRaises(SystemError):
            c.list_new(-1)
        items = c.list_new(3)
        items[:] = ["a", "b", "c"]
        self.assertEqual(items, ["a", "b", "c"])

    def test_append_and_insert(self):
        items, value = [1], [2]
        before = sys.getrefcount(value)
        self.assertEqual(c.list_append(items, value), 0)
        self.assertEqual(c.list_insert(items, 0, value), 0)
        self.assertEqual(sys.getrefcount(value), before + 2)
        self.assertEqual(items, [value, 1, value])
        for index, expected in ((100, ["a", "b", "new"]), (-1, ["a", "new", "b"]), (-100, ["new", "a", "b"])):
            items = ["a", "b"]
            c.list_insert(items, index, "new")
            self.assertEqual(items, expected)
        for call in (lambda: c.list_append((), 1), lambda: c.list_insert((), 0, 1), lambda: c.list_append({}, 1)):
            with self.assertRaises(SystemError):
                call()


    def test_null_is_refused(self):
        items = [1]
        for call in (lambda: c.list_append(items, NULL), lambda: c.list_insert(items, 0, NULL)):
            with self.assertRaises(SystemError):
                call()
        self.assertEqual(items, [1])

    def test_methods_of_classes_below_are_not_called(self):
        class Below(list):
            def append(self, _):
                raise KeyError

            insert = append

        items = Below()
        c.list_append(items, 1)
        c.list_insert(items, 0, 2)
        self.assertEqual(items, [2, 1])


class TestDict(unittest.TestCase):
    def test_check(self):
        class Below(dict):
            pass

        for value in ({}, Below()):
            self.assertEqual(c.dict_check(value), 1)
        for value in ([], None):
            self.assertEqual(c.dict_check(value), 0)

    def test_new(self):
        one, other = c.dict_new(), c.dict_new()
        self.assertEqual(one, {})
        self.assertIsNot(one, other)

    def test_keys(self):
        class Below(dict):
            def keys(self):
                return [1, 2, 3]

        self.assertEqual(c.dict_keys({"a": 1, "b": 2}), ["a", "b"])
        self.assertEqual(c.dict_keys({}), [])
        self.assertEqual(c.dict_keys(Below(a=1)), ["a"])
        for value in ([], None, NULL):
            with self.assertRaises(SystemError):
                c.dict_keys(value)

    def test_copy(self):
        original = {"a": [1]}
        copy = c.dict_copy(original)
        self.assertEqual(copy, original)
        self.assertIsNot(copy, original)
        self.assertIs(copy["a"], original["a"])

        class Below(dict):
            def copy(self):
                return 7

        self.assertEqual(c.dict_copy(Below(a=1)), {"a": 1})
        for value in ([], None, NULL):
            with self.assertRaises(SystemError):
                c.dict_copy(value)


class TestTuple(unittest.TestCase):
    def test_check(self):
        class Below(tuple):
            pass

        for value in ((), (1,), Below()):
            self.assertEqual(c.tuple_check(value), 1)
        for value in ([], None):
            self.assertEqual(c.tuple_check(value), 0)

    def test_from_array(self):
        value = [1]
        before = sys.getrefcount(value)
        for items in ([], [value], [value, "text", None], [value] * 1000):
            made = c.tuple_from_array(items)
            self.assertEqual(made, tuple(items))
            self.assertIs(type(made), tuple)
        del made, items
        self.assertEqual(sys.getrefcount(value), before)


class TestSlice(unittest.TestCase):
    def test_new(self):
        self.assertEqual(c.slice_new(1, 2, 3), slice(1, 2, 3))
        self.assertEqual(c.slice_new(NULL, NULL, NULL), slice(None, None, None))
        self.assertEqual(c.slice_new("a", None, []), slice("a", None, []))
        value = [1]
        before = sys.getrefcount(value)
        made = c.slice_new(value, NULL, value)
        self.assertEqual(sys.getrefcount(value), before + 2)
        del made
        self.assertEqual(sys.getrefcount(value), before)

    def test_unpack(self):
        high, low = sys.maxsize, -sys.maxsize - 1
        self.assertEqual(c.slice_unpack(slice(1, 2, 3)), (1, 2, 3))
        self.assertEqual(c.slice_unpack(slice(None)), (0, high, 1))
        self.assertEqual(c.slice_unpack(slice(None, None, -1)), (high, low, -1))
        self.assertEqual(c.slice_unpack(slice(-(10**30), 10**30, 10**30)), (low, high, high))
        self.assertEqual(c.slice_unpack(slice(None, None, -(10**30)))[2], -high)

    def test_unpack_refuses(self):
        class Fails:
            def __index__(self):
                raise KeyError("mine")

        with self.assertRaisesRegex(ValueError, "slice step cannot be zero"):
            c.slice_unpack(slice(None, None, 0))
        for wrong in (slice("a", 2, 3), slice(1, "b", 3), slice(1, 2, "c")):
            with self.assertRaises(TypeError):
                c.slice_unpack(wrong)
        for wrong in (slice(Fails()), slice(Fails(), None), slice(None, None, Fails())):
            with self.assertRaisesRegex(KeyError, "mine"):
                c.slice_unpack(wrong)


class TestIter(unittest.TestCase):
    def test_get(self):
        items = [1, 2]
        self.assertEqual(list(c.iter_get(items)), items)
        iterator = iter(items)
        self.assertIs(c.iter_get(iterator), iterator)
        with self.assertRaises(TypeError):
            c.iter_get(7)

        class Bad:
            def __iter__(self):
                return 7

        with self.assertRaises(TypeError):
            c.iter_get(Bad())

    def test_check(self):
        for value in (iter([]), iter({}), (x for x in ())):
            self.assertEqual(c.iter_check(value), 1)
        for value in ([], 7, None):
            self.assertEqual(c.iter_check(value), 0)

    def test_next(self):
        def generate():
            yield 1
            yield None
            raise KeyError("mine")

        iterator = iter([1, 2])
        self.assertEqual([c.iter_next(iterator, "end") for _ in range(4)], [1, 2, "end", "end"])
        iterator = generate()
        self.assertEqual([c.iter_next(iterator, "end") for _ in range(2)], [1, None])
        with self.assertRaisesRegex(KeyError, "mine"):
            c.iter_next(iterator, "end")
        self.assertEqual(c.iter_next(iterator, "end"), "end")

    def test_next_gives_a_reference_of_its_own(self):
        value = [1]
        before = sys.getrefcount(value)
        iterator = iter([value])
        self.assertIs(c.iter_next(iterator, None), value)
        self.assertIsNone(c.iter_next(iterator, None))
        self.assertEqual(sys.getrefcount(value), before)

    def test_python_iterators(self):
        class Iterator:
            def __init__(self, error):
                self.error = error

            def __iter__(self):
                return self

            def __next__(self):
                raise self.error

        self.assertEqual(c.iter_next(c.iter_get(Iterator(StopIteration)), "end"), "end")
        self.assertEqual(c.iter_next(Iterator(StopIteration("value")), "end"), "end")
        with self.assertRaises(KeyError):
            c.iter_next(Iterator(KeyError), "end")
        self.assertEqual(c.iter_check(Iterator(KeyError)), 1)


class TestBuilders(unittest.TestCase):
    def test_build(self):
        value = [1]
        before = sys.getrefcount(value)
        for items in ([], [value], [value, None, "text"], list(range(1000))):
            self.assertEqual(c.build_list(items), items)
            self.assertEqual(c.build_tuple(items), tuple(items))
        items = None
        self.assertEqual(sys.getrefcount(value), before)

    def test_cancel(self):
        value = [1]
        before = sys.getrefcount(value)
        c.cancel_builders(value)
        self.assertEqual(sys.getrefcount(value), before)

    def test_no_memory(self):
        value = [1]
        before = sys.getrefcount(value)
        for call in (c.failed_list_builder, c.failed_tuple_builder):
            with self.assertRaises(MemoryError):
                call(value)
        c.cancel_failed_builders()
        self.assertEqual(sys.getrefcount(value), before)

    def test_null_item(self):
        self.assertEqual(c.builder_with_null(), [True, None])
        value = [1]
        before = sys.getrefcount(value)
        self.assertEqual(c.tuple_builder_with_null(value), (None, value))
        self.assertEqual(sys.getrefcount(value), before)
