# abi-tests/python/test_item.py: items by object, index and string; slices; length.

import collections
import sys
import unittest

from support import HAS_NATIVE_RUNTIME, NULL, load, needs_native_runtime

calls = load("calls")


class Recorder:
    """A mapping that tells its key."""

    def __init__(self):
        self.seen = []

    def __getitem__(self, key):
        return key

    def __setitem__(self, key, value):
        self.seen.append((key, value))

    def __delitem__(self, key):
        self.seen.append(key)


class Fails:
    def fail(self, *args):
        raise RuntimeError("mine")

    __getitem__ = __setitem__ = __delitem__ = __len__ = __contains__ = fail


class TestGet(unittest.TestCase):
    def test_object(self):
        self.assertEqual(calls.HPy_GetItem([1, 2, 3], -1), 3)
        self.assertEqual(calls.HPy_GetItem({"a": 1}, "a"), 1)
        self.assertEqual(calls.HPy_GetItem("text", slice(1, 3)), "ex")
        with self.assertRaises(IndexError):
            calls.HPy_GetItem([], 0)
        with self.assertRaises(KeyError) as caught:
            calls.HPy_GetItem({}, "missing")
        self.assertEqual(caught.exception.args, ("missing",))
        with self.assertRaises(TypeError):
            calls.HPy_GetItem(7, 0)

    def test_index_of_subclass(self):
        class Mine(list):
            def __getitem__(self, index):
                return "mine"

        self.assertEqual(calls.HPy_GetItem_i(Mine("abc"), 0), "mine")
        self.assertEqual(calls.HPy_GetItem_i(type("Plain", (tuple,), {})("abc"), -1), "c")

    def test_index(self):
        for sequence in ([1, 2, 3], (1, 2, 3), range(1, 4), "123", b"123", bytearray(b"123")):
            for index in (0, 2, -1, -3):
                self.assertEqual(calls.HPy_GetItem_i(sequence, index), sequence[index])
            for index in (3, -4, sys.maxsize, -sys.maxsize - 1):
                if not HAS_NATIVE_RUNTIME and isinstance(sequence, range) and index == -4:
                    continue  # A range itself adds its length to a negative index, after PySequence_GetItem.
                with self.assertRaises(IndexError):
                    calls.HPy_GetItem_i(sequence, index)
        self.assertEqual(calls.HPy_GetItem_i({5: "five"}, 5), "five")
        self.assertEqual(calls.HPy_GetItem_i({-5: "five"}, -5), "five")
        with self.assertRaises(KeyError):
            calls.HPy_GetItem_i({}, 5)
        self.assertEqual(calls.HPy_GetItem_i(Recorder(), -7), -7)
        with self.assertRaises(TypeError):
            calls.HPy_GetItem_i(7, 0)

    def test_string(self):
        self.assertEqual(calls.HPy_GetItem_s({"ké": 1}, "ké"), 1)
        self.assertEqual(calls.HPy_GetItem_s(Recorder(), "key"), "key")
        with self.assertRaises(KeyError) as caught:
            calls.HPy_GetItem_s({}, "missing")
        self.assertEqual(caught.exception.args, ("missing",))
        with self.assertRaises(TypeError):
            calls.HPy_GetItem_s([1], "key")


class TestSet(unittest.TestCase):
    def test_object(self):
        items, mapping, recorder = [1, 2], {}, Recorder()
        self.assertEqual(calls.HPy_SetItem(items, -1, "new"), 0)
        self.assertEqual(calls.HPy_SetItem(mapping, "key", "new"), 0)
        self.assertEqual(calls.HPy_SetItem(recorder, None, 1), 0)
        self.assertEqual((items, mapping, recorder.seen), ([1, "new"], {"key": "new"}, [(None, 1)]))
        with self.assertRaises(IndexError):
            calls.HPy_SetItem([], 0, 1)
        with self.assertRaises(TypeError):
            calls.HPy_SetItem((1,), 0, 1)
        with self.assertRaises(TypeError):
            calls.HPy_SetItem({}, [], 1)

    def test_index(self):
        items, mapping, recorder = [1, 2, 3], {}, Recorder()
        calls.HPy_SetItem_i(items, -1, "last")
        calls.HPy_SetItem_i(items, 0, "first")
        calls.HPy_SetItem_i(mapping, -5, "five")
        calls.HPy_SetItem_i(recorder, -7, "value")
        self.assertEqual((items, mapping, recorder.seen), (["first", 2, "last"], {-5: "five"}, [(-7, "value")]))
        for index in (3, -4):
            with self.assertRaises(IndexError):
                calls.HPy_SetItem_i(items, index, 1)
        with self.assertRaises(TypeError):
            calls.HPy_SetItem_i((1,), 0, 1)
        with self.assertRaises(TypeError):
            calls.HPy_SetItem_i(7, 0, 1)

    def test_string(self):
        mapping = {}
        calls.HPy_SetItem_s(mapping, "ké", 1)
        self.assertEqual(mapping, {"ké": 1})
        with self.assertRaises(TypeError):
            calls.HPy_SetItem_s([1], "key", 1)

    def test_references(self):
        value, items, mapping = [1], [0], {}
        before = sys.getrefcount(value)
        calls.HPy_SetItem(items, 0, value)
        calls.HPy_SetItem_i(items, 0, value)
        calls.HPy_SetItem_s(mapping, "key", value)
        self.assertEqual(sys.getrefcount(value), before + 2)
        calls.HPy_GetItem(items, 0), calls.HPy_GetItem_i(items, 0), calls.HPy_GetItem_s(mapping, "key")
        self.assertEqual(sys.getrefcount(value), before + 2)
        calls.HPy_DelItem_i(items, 0)
        calls.HPy_DelItem_s(mapping, "key")
        self.assertEqual(sys.getrefcount(value), before)


class TestDelete(unittest.TestCase):
    def test_object(self):
        items, mapping = [1, 2, 3], {"a": 1}
        self.assertEqual(calls.HPy_DelItem(items, 0), 0)
        calls.HPy_DelItem(items, slice(0, 1))
        calls.HPy_DelItem(mapping, "a")
        self.assertEqual((items, mapping), ([3], {}))
        with self.assertRaises(KeyError):
            calls.HPy_DelItem(mapping, "a")

    def test_index(self):
        items, mapping, recorder = [1, 2, 3], {5: 1}, Recorder()
        calls.HPy_DelItem_i(items, -1)
        calls.HPy_DelItem_i(mapping, 5)
        calls.HPy_DelItem_i(recorder, -7)
        self.assertEqual((items, mapping, recorder.seen), ([1, 2], {}, [-7]))
        with self.assertRaises(IndexError):
            calls.HPy_DelItem_i(items, 2)
        with self.assertRaises(KeyError):
            calls.HPy_DelItem_i(mapping, 5)
        with self.assertRaises(TypeError):
            calls.HPy_DelItem_i((1,), 0)

    def test_string(self):
        mapping = {"a": 1}
        calls.HPy_DelItem_s(mapping, "a")
        self.assertEqual(mapping, {})
        with self.assertRaises(KeyError) as caught:
            calls.HPy_DelItem_s(mapping, "a")
        self.assertEqual(caught.exception.args, ("a",))


class TestSlices(unittest.TestCase):
    def test_get(self):
        for sequence in ([1, 2, 3], (1, 2, 3), "123", b"123", range(3)):
            for start, end in ((0, 2), (1, 100), (-2, -1), (2, 1)):
                self.assertEqual(calls.HPy_GetSlice(sequence, start, end), sequence[start:end])
        with self.assertRaises(TypeError):
            calls.HPy_GetSlice(7, 0, 1)
        with self.assertRaises(SystemError):
            calls.HPy_GetSlice(NULL, 0, 1)

    def test_set_and_delete(self):
        items = [1, 2, 3, 4]
        self.assertEqual(calls.HPy_SetSlice(items, 1, 3, "abc"), 0)
        self.assertEqual(items, [1, "a", "b", "c", 4])
        self.assertEqual(calls.HPy_DelSlice(items, -2, 100), 0)
        self.assertEqual(items, [1, "a", "b"])
        for call in (lambda: calls.HPy_SetSlice((1,), 0, 1, []), lambda: calls.HPy_DelSlice("text", 0, 1),
                     lambda: calls.HPy_SetSlice(items, 0, 1, 7)):
            with self.assertRaises(TypeError):
                call()


class TestOthers(unittest.TestCase):
    def test_contains(self):
        self.assertEqual(calls.HPy_Contains([1, 2], 2), 1)
        self.assertEqual(calls.HPy_Contains({"a": 1}, "b"), 0)
        self.assertEqual(calls.HPy_Contains(iter([1, 2]), 2), 1)
        with self.assertRaises(TypeError):
            calls.HPy_Contains(7, 1)
        with self.assertRaises(TypeError):
            calls.HPy_Contains("text", 1)

    def test_length(self):
        for value in ([], [1], "text", {"a": 1}, range(1000)):
            self.assertEqual(calls.HPy_Length(value), len(value))
        with self.assertRaises(TypeError):
            calls.HPy_Length(7)

    def test_errors_come_through(self):
        h = Fails()
        for call, *arguments in (
            (calls.HPy_GetItem, h, 0), (calls.HPy_GetItem_i, h, 0), (calls.HPy_GetItem_s, h, "a"),
            (calls.HPy_SetItem, h, 0, 0), (calls.HPy_SetItem_i, h, 0, 0), (calls.HPy_SetItem_s, h, "a", 0),
            (calls.HPy_DelItem, h, 0), (calls.HPy_DelItem_i, h, 0), (calls.HPy_DelItem_s, h, "a"),
            (calls.HPy_Contains, h, 0), (calls.HPy_Length, h),
        ):
            with self.assertRaisesRegex(RuntimeError, "mine"):
                call(*arguments)


class TestNegativeIndex(unittest.TestCase):
    """A mapping in Python is a sequence to CPython, whose sequence calls add the length to a negative index."""

    @needs_native_runtime
    def test_get(self):
        self.assertEqual(calls.HPy_GetItem_i(collections.UserDict({-1: "minus", 1: "one"}), -1), "minus")
        self.assertEqual(calls.HPy_GetItem_i(collections.UserList("abc"), -1), "c")
        with self.assertRaises(KeyError) as caught:
            calls.HPy_GetItem_i(collections.UserDict({0: "zero"}), -1)
        self.assertEqual(caught.exception.args, (-1,))

    def test_set(self):
        mapping = collections.UserDict({0: "zero", 1: "one"})
        calls.HPy_SetItem_i(mapping, -1, "new")
        self.assertEqual(mapping, {0: "zero", 1: "one", -1: "new"})
        items = collections.UserList("abc")
        calls.HPy_SetItem_i(items, -1, "new")
        self.assertEqual(items, ["a", "b", "new"])

    def test_delete(self):
        mapping = collections.UserDict({0: "zero", -1: "minus"})
        calls.HPy_DelItem_i(mapping, -1)
        self.assertEqual(mapping, {0: "zero"})
        with self.assertRaises(KeyError) as caught:
            calls.HPy_DelItem_i(mapping, -1)
        self.assertEqual(caught.exception.args, (-1,))
        items = collections.UserList("abc")
        calls.HPy_DelItem_i(items, -1)
        self.assertEqual(items, ["a", "b"])

    def test_a_sequence_that_assigns_by_int_only(self):
        memory = bytearray(3)
        calls.HPy_SetItem_i(memoryview(memory), 0, 1)
        calls.HPy_SetItem_i(memoryview(memory), -1, 3)
        self.assertEqual(memory, b"\x01\x00\x03")
        with self.assertRaises(TypeError):
            calls.HPy_DelItem_i(memoryview(memory), 0)
