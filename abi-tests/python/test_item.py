# abi-tests/python/test_item.py: items by object, index and string; slices; length.

import collections
import sys
import unittest

from support import HAS_CONTEXT, load, without_context

item = load("item")


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
        self.assertEqual(item.get([1, 2, 3], -1), 3)
        self.assertEqual(item.get({"a": 1}, "a"), 1)
        self.assertEqual(item.get("text", slice(1, 3)), "ex")
        with self.assertRaises(IndexError):
            item.get([], 0)
        with self.assertRaises(KeyError) as caught:
            item.get({}, "missing")
        self.assertEqual(caught.exception.args, ("missing",))
        with self.assertRaises(TypeError):
            item.get(7, 0)

    def test_index_of_subclass(self):
        class Mine(list):
            def __getitem__(self, index):
                return "mine"

        self.assertEqual(item.get_i(Mine("abc"), 0), "mine")
        self.assertEqual(item.get_i(type("Plain", (tuple,), {})("abc"), -1), "c")

    def test_index(self):
        for sequence in ([1, 2, 3], (1, 2, 3), range(1, 4), "123", b"123", bytearray(b"123")):
            for index in (0, 2, -1, -3):
                self.assertEqual(item.get_i(sequence, index), sequence[index])
            for index in (3, -4, sys.maxsize, -sys.maxsize - 1):
                if HAS_CONTEXT and isinstance(sequence, range) and index == -4:
                    continue  # A range itself adds its length to a negative index, after PySequence_GetItem.
                with self.assertRaises(IndexError):
                    item.get_i(sequence, index)
        self.assertEqual(item.get_i({5: "five"}, 5), "five")
        self.assertEqual(item.get_i({-5: "five"}, -5), "five")
        with self.assertRaises(KeyError):
            item.get_i({}, 5)
        self.assertEqual(item.get_i(Recorder(), -7), -7)
        with self.assertRaises(TypeError):
            item.get_i(7, 0)

    def test_string(self):
        self.assertEqual(item.get_s({"ké": 1}, "ké"), 1)
        self.assertEqual(item.get_s(Recorder(), "key"), "key")
        with self.assertRaises(KeyError) as caught:
            item.get_s({}, "missing")
        self.assertEqual(caught.exception.args, ("missing",))
        with self.assertRaises(TypeError):
            item.get_s([1], "key")


class TestSet(unittest.TestCase):
    def test_object(self):
        items, mapping, recorder = [1, 2], {}, Recorder()
        self.assertEqual(item.set(items, -1, "new"), 0)
        self.assertEqual(item.set(mapping, "key", "new"), 0)
        self.assertEqual(item.set(recorder, None, 1), 0)
        self.assertEqual((items, mapping, recorder.seen), ([1, "new"], {"key": "new"}, [(None, 1)]))
        with self.assertRaises(IndexError):
            item.set([], 0, 1)
        with self.assertRaises(TypeError):
            item.set((1,), 0, 1)
        with self.assertRaises(TypeError):
            item.set({}, [], 1)

    def test_index(self):
        items, mapping, recorder = [1, 2, 3], {}, Recorder()
        item.set_i(items, -1, "last")
        item.set_i(items, 0, "first")
        item.set_i(mapping, -5, "five")
        item.set_i(recorder, -7, "value")
        self.assertEqual((items, mapping, recorder.seen), (["first", 2, "last"], {-5: "five"}, [(-7, "value")]))
        for index in (3, -4):
            with self.assertRaises(IndexError):
                item.set_i(items, index, 1)
        with self.assertRaises(TypeError):
            item.set_i((1,), 0, 1)
        with self.assertRaises(TypeError):
            item.set_i(7, 0, 1)

    def test_string(self):
        mapping = {}
        item.set_s(mapping, "ké", 1)
        self.assertEqual(mapping, {"ké": 1})
        with self.assertRaises(TypeError):
            item.set_s([1], "key", 1)

    def test_references(self):
        value, items, mapping = [1], [0], {}
        before = sys.getrefcount(value)
        item.set(items, 0, value)
        item.set_i(items, 0, value)
        item.set_s(mapping, "key", value)
        self.assertEqual(sys.getrefcount(value), before + 2)
        item.get(items, 0), item.get_i(items, 0), item.get_s(mapping, "key")
        self.assertEqual(sys.getrefcount(value), before + 2)
        item.delete_i(items, 0)
        item.delete_s(mapping, "key")
        self.assertEqual(sys.getrefcount(value), before)


class TestDelete(unittest.TestCase):
    def test_object(self):
        items, mapping = [1, 2, 3], {"a": 1}
        self.assertEqual(item.delete(items, 0), 0)
        item.delete(items, slice(0, 1))
        item.delete(mapping, "a")
        self.assertEqual((items, mapping), ([3], {}))
        with self.assertRaises(KeyError):
            item.delete(mapping, "a")

    def test_index(self):
        items, mapping, recorder = [1, 2, 3], {5: 1}, Recorder()
        item.delete_i(items, -1)
        item.delete_i(mapping, 5)
        item.delete_i(recorder, -7)
        self.assertEqual((items, mapping, recorder.seen), ([1, 2], {}, [-7]))
        with self.assertRaises(IndexError):
            item.delete_i(items, 2)
        with self.assertRaises(KeyError):
            item.delete_i(mapping, 5)
        with self.assertRaises(TypeError):
            item.delete_i((1,), 0)

    def test_string(self):
        mapping = {"a": 1}
        item.delete_s(mapping, "a")
        self.assertEqual(mapping, {})
        with self.assertRaises(KeyError) as caught:
            item.delete_s(mapping, "a")
        self.assertEqual(caught.exception.args, ("a",))


class TestSlices(unittest.TestCase):
    def test_get(self):
        for sequence in ([1, 2, 3], (1, 2, 3), "123", b"123", range(3)):
            for start, end in ((0, 2), (1, 100), (-2, -1), (2, 1)):
                self.assertEqual(item.get_slice(sequence, start, end), sequence[start:end])
        with self.assertRaises(TypeError):
            item.get_slice(7, 0, 1)
        with self.assertRaises(SystemError):
            item.get_slice_of_null()

    def test_set_and_delete(self):
        items = [1, 2, 3, 4]
        self.assertEqual(item.set_slice(items, 1, 3, "abc"), 0)
        self.assertEqual(items, [1, "a", "b", "c", 4])
        self.assertEqual(item.delete_slice(items, -2, 100), 0)
        self.assertEqual(items, [1, "a", "b"])
        for call in (lambda: item.set_slice((1,), 0, 1, []), lambda: item.delete_slice("text", 0, 1),
                     lambda: item.set_slice(items, 0, 1, 7)):
            with self.assertRaises(TypeError):
                call()


class TestOthers(unittest.TestCase):
    def test_contains(self):
        self.assertEqual(item.contains([1, 2], 2), 1)
        self.assertEqual(item.contains({"a": 1}, "b"), 0)
        self.assertEqual(item.contains(iter([1, 2]), 2), 1)
        with self.assertRaises(TypeError):
            item.contains(7, 1)
        with self.assertRaises(TypeError):
            item.contains("text", 1)

    def test_length(self):
        for value in ([], [1], "text", {"a": 1}, range(1000)):
            self.assertEqual(item.length(value), len(value))
        with self.assertRaises(TypeError):
            item.length(7)

    def test_errors_come_through(self):
        h = Fails()
        for call in (lambda: item.get(h, 0), lambda: item.get_i(h, 0), lambda: item.get_s(h, "a"),
                     lambda: item.set(h, 0, 0), lambda: item.set_i(h, 0, 0), lambda: item.set_s(h, "a", 0),
                     lambda: item.delete(h, 0), lambda: item.delete_i(h, 0), lambda: item.delete_s(h, "a"),
                     lambda: item.contains(h, 0), lambda: item.length(h)):
            with self.assertRaisesRegex(RuntimeError, "mine"):
                call()


class TestNegativeIndex(unittest.TestCase):
    """A mapping in Python is a sequence to CPython, whose sequence calls add the length to a negative index."""

    @without_context
    def test_get(self):
        self.assertEqual(item.get_i(collections.UserDict({-1: "minus", 1: "one"}), -1), "minus")
        self.assertEqual(item.get_i(collections.UserList("abc"), -1), "c")
        with self.assertRaises(KeyError) as caught:
            item.get_i(collections.UserDict({0: "zero"}), -1)
        self.assertEqual(caught.exception.args, (-1,))

    def test_set(self):
        mapping = collections.UserDict({0: "zero", 1: "one"})
        item.set_i(mapping, -1, "new")
        self.assertEqual(mapping, {0: "zero", 1: "one", -1: "new"})
        items = collections.UserList("abc")
        item.set_i(items, -1, "new")
        self.assertEqual(items, ["a", "b", "new"])

    def test_delete(self):
        mapping = collections.UserDict({0: "zero", -1: "minus"})
        item.delete_i(mapping, -1)
        self.assertEqual(mapping, {0: "zero"})
        with self.assertRaises(KeyError) as caught:
            item.delete_i(mapping, -1)
        self.assertEqual(caught.exception.args, (-1,))
        items = collections.UserList("abc")
        item.delete_i(items, -1)
        self.assertEqual(items, ["a", "b"])

    def test_a_sequence_that_assigns_by_int_only(self):
        memory = bytearray(3)
        item.set_i(memoryview(memory), 0, 1)
        item.set_i(memoryview(memory), -1, 3)
        self.assertEqual(memory, b"\x01\x00\x03")
        with self.assertRaises(TypeError):
            item.delete_i(memoryview(memory), 0)
