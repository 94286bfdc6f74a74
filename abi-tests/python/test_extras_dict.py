# abi-tests/python/test_extras_dict.py: dictionaries and sets beyond HPy 0.9.

import sys
import unittest

from support import NULL, load

calls = load("calls")
extras = load("extras")


class Missing(dict):
    """A dictionary whose methods say otherwise."""

    def __missing__(self, key):
        return "missing"

    def __contains__(self, key):
        return True

    def __len__(self):
        return 77

    def items(self):
        return [("other", 1)]

    values = keys = __iter__ = items


class Unequal:
    """A key that cannot be compared."""

    def __hash__(self):
        return 1

    def __eq__(self, other):
        raise LookupError("not comparable")


class TestLookUp(unittest.TestCase):
    def test_there(self):
        value = ["value"]
        before = sys.getrefcount(value)
        self.assertIs(calls.HPyDict_GetItemRef({"key": value}, "key"), value)
        self.assertIs(calls.HPyDict_GetItemRef_s({"key": value}, "key"), value)
        self.assertIs(calls.HPyDict_GetItemRef_s({"größe": value}, "größe"), value)
        self.assertEqual(sys.getrefcount(value), before)

    def test_none_is_a_value(self):
        self.assertIs(calls.HPyDict_GetItemRef({"key": None}, "key"), None)

    def test_not_there(self):
        for dictionary in {}, {"key": 1}, Missing(key=1):
            self.assertIs(calls.HPyDict_GetItemRef(dictionary, "other"), NULL)
            self.assertIs(calls.HPyDict_GetItemRef_s(dictionary, "other"), NULL)

    def test_errors(self):
        with self.assertRaises(TypeError):
            calls.HPyDict_GetItemRef({}, [])
        with self.assertRaises(LookupError):
            calls.HPyDict_GetItemRef({1: 1}, Unequal())
        for value in [], None, 1:
            with self.assertRaises(SystemError):
                calls.HPyDict_GetItemRef(value, "key")
            with self.assertRaises(SystemError):
                calls.HPyDict_GetItemRef_s(value, "key")

    def test_contains(self):
        self.assertEqual(calls.HPyDict_Contains({1: 2}, 1), 1)
        self.assertEqual(calls.HPyDict_Contains({1: 2}, 2), 0)
        self.assertEqual(calls.HPyDict_Contains(Missing(), 2), 0)
        with self.assertRaises(TypeError):
            calls.HPyDict_Contains({}, [])

    def test_size(self):
        self.assertEqual(calls.HPyDict_Size({}), 0)
        self.assertEqual(calls.HPyDict_Size(Missing(a=1)), 1)
        with self.assertRaises(SystemError):
            calls.HPyDict_Size([])


class TestChanges(unittest.TestCase):
    def test_set(self):
        class Refuses(dict):
            def __setitem__(self, key, value):
                raise AssertionError

        dictionary = Refuses()
        self.assertEqual(calls.HPyDict_SetItem(dictionary, 1, 2), 0)
        self.assertEqual(calls.HPyDict_SetItem_s(dictionary, "größe", 3), 0)
        self.assertEqual(dictionary, {1: 2, "größe": 3})
        for call in calls.HPyDict_SetItem, calls.HPyDict_SetItem_s:
            with self.assertRaises(SystemError):
                call([], "key", 1)
        with self.assertRaises(TypeError):
            calls.HPyDict_SetItem({}, [], 1)

    def test_keys_that_are_not_utf8(self):
        with self.assertRaises(UnicodeDecodeError):
            calls.HPyDict_SetItem_s({}, b"\xff", 1)
        with self.assertRaises(UnicodeDecodeError):
            calls.HPyDict_GetItemRef_s({}, b"\xff")

    def test_delete(self):
        dictionary = {1: 2, 3: 4}
        self.assertEqual(calls.HPyDict_DelItem(dictionary, 1), 0)
        self.assertEqual(dictionary, {3: 4})
        with self.assertRaises(KeyError):
            calls.HPyDict_DelItem(dictionary, 1)
        with self.assertRaises(SystemError):
            calls.HPyDict_DelItem([1], 0)

    def test_set_default(self):
        dictionary, value, other = {}, ["value"], ["other"]
        self.assertIs(calls.HPyDict_SetDefaultRef(dictionary, "key", value), value)
        self.assertIs(calls.HPyDict_SetDefaultRef(dictionary, "key", other), value)
        self.assertEqual(dictionary, {"key": value})
        with self.assertRaises(TypeError):
            calls.HPyDict_SetDefaultRef({}, [], 1)
        with self.assertRaises(SystemError):
            calls.HPyDict_SetDefaultRef([], 1, 1)

    def test_pop(self):
        value = ["value"]
        dictionary = {"key": value}
        self.assertIs(calls.HPyDict_Pop(dictionary, "key"), value)
        self.assertEqual(dictionary, {})
        self.assertIs(calls.HPyDict_Pop(dictionary, "key"), NULL)
        with self.assertRaises(TypeError):
            calls.HPyDict_Pop({1: 1}, [])
        with self.assertRaises(SystemError):
            calls.HPyDict_Pop([], 1)

    def test_merge(self):
        for other in {1: "new", 2: "new"}, Missing({1: "new", 2: "new"}):
            dictionary = {0: "old", 1: "old"}
            if type(other) is dict:
                self.assertEqual(calls.HPyDict_Merge(dictionary, other, 0), 0)
                self.assertEqual(dictionary, {0: "old", 1: "old", 2: "new"})
                self.assertEqual(calls.HPyDict_Merge(dictionary, other, 1), 0)
                self.assertEqual(dictionary, {0: "old", 1: "new", 2: "new"})
        dictionary = {}
        self.assertEqual(calls.HPyDict_Update(dictionary, {1: 2}), 0)
        self.assertEqual(dictionary, {1: 2})
        with self.assertRaises(AttributeError):
            calls.HPyDict_Update({}, 1)
        with self.assertRaises(SystemError):
            calls.HPyDict_Update([], {})
        with self.assertRaises(SystemError):
            calls.HPyDict_Merge(1, {}, 0)

    def test_clear(self):
        dictionary = {1: 2}
        calls.HPyDict_Clear(dictionary)
        self.assertEqual(dictionary, {})
        self.assertIsNone(calls.HPyDict_Clear([1]))


class TestIteration(unittest.TestCase):
    def test_lists(self):
        self.assertEqual(calls.HPyDict_Items({1: 2, 3: 4}), [(1, 2), (3, 4)])
        self.assertEqual(calls.HPyDict_Values({1: 2, 3: 4}), [2, 4])
        self.assertEqual(calls.HPyDict_Items(Missing(a=1)), [("a", 1)])
        self.assertEqual(calls.HPyDict_Values(Missing(a=1)), [1])
        for call in calls.HPyDict_Items, calls.HPyDict_Values:
            with self.assertRaises(SystemError):
                call([])

    def test_next(self):
        for dictionary in {}, {1: 2}, {n: str(n) for n in range(20)}, Missing(a=1, b=2):
            self.assertEqual(extras.dict_items(dictionary), list(dict.items(dictionary)))

    def test_references(self):
        key, value = "a key of its own %d" % id(self), ["value"]
        dictionary = {key: value}
        before = sys.getrefcount(key), sys.getrefcount(value)
        items = extras.dict_items(dictionary)
        self.assertEqual((sys.getrefcount(key), sys.getrefcount(value)), (before[0] + 1, before[1] + 1))
        del items
        self.assertEqual((sys.getrefcount(key), sys.getrefcount(value)), before)

    def test_cleared_meanwhile(self):
        dictionary = {n: [n] for n in range(10)}
        self.assertEqual(extras.dict_items_cleared(dictionary), [(0, [0])])
        self.assertEqual(dictionary, {})


class TestSets(unittest.TestCase):
    def test_new(self):
        self.assertEqual(calls.HPySet_New([1, 2, 1]), {1, 2})
        self.assertEqual(calls.HPySet_New(NULL), set())
        self.assertEqual(calls.HPyFrozenSet_New([1, 2, 1]), frozenset([1, 2]))
        self.assertEqual(calls.HPyFrozenSet_New(NULL), frozenset())
        self.assertIs(type(calls.HPyFrozenSet_New([1])), frozenset)
        for call in calls.HPySet_New, calls.HPyFrozenSet_New:
            with self.assertRaises(TypeError):
                call(1)
            with self.assertRaises(TypeError):
                call([[]])

    def test_check(self):
        class Below(set):
            pass

        class Frozen(frozenset):
            pass

        for value, is_set, is_frozen in [(set(), 1, 0), (Below(), 1, 0), (frozenset(), 0, 1), (Frozen(), 0, 1), ([], 0, 0),
                                         ({}, 0, 0)]:
            self.assertEqual(calls.HPySet_Check(value), is_set)
            self.assertEqual(calls.HPyFrozenSet_Check(value), is_frozen)
            self.assertEqual(calls.HPyAnySet_Check(value), is_set or is_frozen)

    def test_items(self):
        items = {1}
        self.assertEqual(calls.HPySet_Add(items, 2), 0)
        self.assertEqual(items, {1, 2})
        self.assertEqual([calls.HPySet_Contains(items, n) for n in (1, 2, 3)], [1, 1, 0])
        self.assertEqual(calls.HPySet_Contains(frozenset([1]), 1), 1)
        self.assertEqual([calls.HPySet_Discard(items, n) for n in (1, 3)], [1, 0])
        self.assertEqual([calls.HPySet_Size(value) for value in (items, frozenset(), {1, 2})], [1, 0, 2])
        self.assertEqual(calls.HPySet_Pop(items), 2)
        with self.assertRaises(KeyError):
            calls.HPySet_Pop(items)
        items = {1, 2}
        self.assertEqual(calls.HPySet_Clear(items), 0)
        self.assertEqual(items, set())

    def test_errors(self):
        for call, others in [(calls.HPySet_Add, [1]), (calls.HPySet_Contains, [1]), (calls.HPySet_Discard, [1]),
                             (calls.HPySet_Size, []), (calls.HPySet_Pop, []), (calls.HPySet_Clear, [])]:
            with self.assertRaises(SystemError):
                call([1], *others)
        for call in calls.HPySet_Discard, calls.HPySet_Add:
            with self.assertRaises(TypeError):
                call({1}, [])
        with self.assertRaises(SystemError):
            calls.HPySet_Discard(frozenset([1]), 1)
        with self.assertRaises(TypeError):
            calls.HPySet_Contains({1}, {1})


if __name__ == "__main__":
    unittest.main()
