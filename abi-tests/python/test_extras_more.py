# abi-tests/python/test_extras_more.py: indices, exact types, generics, memory and capsules beyond HPy 0.9.

import collections
import contextlib
import gc
import io
import sys
import types
import unittest

from support import NULL, load, needs_native_runtime

calls = load("calls")
capsule = load("capsule")
extras = load("extras")


class Index:
    def __init__(self, value):
        self.value = value

    def __index__(self):
        return self.value


class TestBorrowed(unittest.TestCase):
    def test_items(self):
        class Below(list):
            pass

        value = object()
        before = sys.getrefcount(value)
        for items in ([value, 1], (value, 1), Below([value, 1])):
            self.assertIs(extras.borrowed_item(items, 0)[0], value)
            self.assertEqual(extras.borrowed_item(items, 1), (1,))
            for index in (2, 3, -1, -2, sys.maxsize, -sys.maxsize - 1):
                with self.subTest(of=type(items).__name__, index=index), self.assertRaises(IndexError):
                    extras.borrowed_item(items, index)
        for items in ([], ()):
            for index in (0, -1):
                with self.assertRaises(IndexError):
                    extras.borrowed_item(items, index)
        del items
        self.assertEqual(sys.getrefcount(value), before)

    def test_items_of_a_dictionary(self):
        key, value = (object(),), [1]
        before = sys.getrefcount(key), sys.getrefcount(value)
        items = {key: value, "text": None, 2: value}
        self.assertEqual(extras.borrowed_items(items), [(key, value), ("text", None), (2, value)])
        self.assertEqual(items, {key: None, "text": None, 2: None})
        self.assertEqual(extras.borrowed_items({}), [])
        del items
        self.assertEqual((sys.getrefcount(key), sys.getrefcount(value)), before)

    def test_type(self):
        class Class:
            pass

        class Below(Class):
            pass

        class Says:
            __class__ = Class

        before = sys.getrefcount(Class)
        self.assertEqual(extras.borrowed_type(Class(), Class()), (Class, True, True))
        self.assertEqual(extras.borrowed_type(Class(), Below()), (Class, False, True))
        self.assertEqual(extras.borrowed_type(Below(), Class()), (Below, False, False))
        self.assertEqual(extras.borrowed_type(Class(), Says()), (Class, False, False))
        changed = Below()
        changed.__class__ = Class
        self.assertEqual(extras.borrowed_type(changed, changed), (Class, True, True))
        del changed
        self.assertEqual(sys.getrefcount(Class), before)
        self.assertEqual(extras.borrowed_type(True, 1), (bool, False, False))
        self.assertEqual(extras.borrowed_type(int, Class), (type, True, True))

    def test_size(self):
        class Below(list):
            pass

        class BelowTuple(tuple):
            pass

        for size in (0, 1, 1000):
            self.assertEqual([calls.HPyList_Size(of([None] * size)) for of in (list, Below)], [size] * 2)
            self.assertEqual([calls.HPyTuple_Size(of([None] * size)) for of in (tuple, BelowTuple)], [size] * 2)

    def test_given(self):
        value = object()
        before = sys.getrefcount(value)
        given = extras.given(value)
        self.assertEqual(given, ([value, value], (value, value)))
        del given
        self.assertEqual(sys.getrefcount(value), before)

    def test_given_to_none(self):
        value = object()
        before = sys.getrefcount(value)
        extras.given_to_none(value)
        self.assertEqual(sys.getrefcount(value), before)


class TestIndices(unittest.TestCase):
    def test_as_ssize_t(self):
        for value in (0, -1, 7, True, Index(9), sys.maxsize, -sys.maxsize - 1):
            expected = value.value if isinstance(value, Index) else int(value)
            self.assertEqual(calls.HPyNumber_AsSsize_t(value, NULL), expected)
            self.assertEqual(calls.HPyNumber_AsSsize_t(value, ValueError), expected)

    def test_what_is_too_large(self):
        for value, nearest in ((sys.maxsize + 1, sys.maxsize), (-10 ** 30, -sys.maxsize - 1), (Index(10 ** 30), sys.maxsize)):
            self.assertEqual(calls.HPyNumber_AsSsize_t(value, NULL), nearest)
            for exception in (ValueError, IndexError, OverflowError):
                with self.assertRaisesRegex(exception, "index-sized"):
                    calls.HPyNumber_AsSsize_t(value, exception)

    def test_what_is_no_index(self):
        for value in (1.0, "1", None, Index("1")):
            for exception in (NULL, ValueError):
                with self.assertRaises(TypeError):
                    calls.HPyNumber_AsSsize_t(value, exception)

        class Raises:
            def __index__(self):
                raise OverflowError("own")

        with self.assertRaisesRegex(OverflowError, "own"):
            calls.HPyNumber_AsSsize_t(Raises(), NULL)

    def test_index_check(self):
        own = Index(1)
        own.__index__ = None
        instance_only = types.SimpleNamespace(__index__=lambda: 1)
        self.assertEqual([calls.HPyIndex_Check(value) for value in (1, True, own)], [1, 1, 1])
        self.assertEqual([calls.HPyIndex_Check(value) for value in (1.0, "1", int, instance_only)], [0, 0, 0, 0])

    def test_int_and_float_check(self):
        class Int(int):
            pass

        class Float(float):
            pass

        class Says:
            __class__ = int

        values = (1, True, Int(2), 2 ** 100, 1.0, Float(2.0), 1j, "1", None, int, Says())
        self.assertEqual([calls.HPyLong_Check(value) for value in values], [1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0])
        self.assertEqual([calls.HPyFloat_Check(value) for value in values], [0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0])

    def test_address(self):
        for value in (0, 1, 2 ** 40, sys.maxsize):
            self.assertEqual(extras.address(value), value)


class TestTypes(unittest.TestCase):
    def test_type_is(self):
        self.assertEqual([calls.HPy_TypeIs(value, int) for value in (1, 2 ** 70, True, 1.0)], [1, 1, 0, 0])
        self.assertEqual([calls.HPy_TypeIs(value, type) for value in (int, type, 1)], [1, 1, 0])
        self.assertEqual(calls.HPy_TypeIs(1, 1), 0)

        class Pretends:
            __class__ = int

        self.assertEqual(calls.HPy_TypeIs(Pretends(), int), 0)

    def test_generic_alias(self):
        for args in ((int,), (int, str), ()):
            self.assertEqual(calls.HPy_GenericAlias(list, args), types.GenericAlias(list, args))
        self.assertEqual(calls.HPy_GenericAlias(list, int), list[int])

    @needs_native_runtime
    def test_sequences_and_mappings(self):
        class Items:
            def __getitem__(self, key):
                return key

        class Sub(dict):
            pass

        sequences = {"": 1, (): 1, Items(): 1, collections.deque([]).__copy__: 0, 1: 0}
        for value, expected in sequences.items():
            self.assertEqual(calls.HPySequence_Check(value), expected, value)
        self.assertEqual([calls.HPySequence_Check(value) for value in ([], {}, Sub(), types.MappingProxyType({}))], [1, 0, 0, 0])
        mappings = ({}, Sub(), types.MappingProxyType({}), [], "", Items(), collections.deque(), set(), 1)
        self.assertEqual([calls.HPyMapping_Check(value) for value in mappings], [1, 1, 1, 1, 1, 1, 0, 0, 0])

    @needs_native_runtime
    def test_repr(self):
        one, other = [1], [1]
        self.assertEqual(calls.HPy_ReprEnter(one), 0)
        self.assertEqual([calls.HPy_ReprEnter(one), calls.HPy_ReprEnter(other), repr(one)], [1, 0, "[...]"])
        calls.HPy_ReprLeave(other)
        calls.HPy_ReprLeave(one)
        calls.HPy_ReprLeave(one)
        self.assertEqual(calls.HPy_ReprEnter(one), 0)
        calls.HPy_ReprLeave(one)


class TestMemory(unittest.TestCase):
    def test_raw_memory(self):
        for size in (0, 1, 511, 512, 513, 100000):
            self.assertEqual(extras.raw_memory(size), b"a" * size)

    def test_bytes_and_size(self):
        for value in (b"", b"a", b"ab\0c\0"):
            self.assertEqual(extras.bytes_and_size(value, 1), value)
        self.assertEqual(extras.bytes_and_size(b"abc", 0), b"abc")
        for value in (b"\0", b"ab\0c"):
            with self.assertRaisesRegex(ValueError, "embedded null byte"):
                extras.bytes_and_size(value, 0)
        for value in ("text", bytearray(b"a"), None):
            for asks in (0, 1):
                with self.assertRaises(TypeError):
                    extras.bytes_and_size(value, asks)

    @needs_native_runtime
    def test_view_of_memory(self):
        view = extras.view_of_memory(1)
        view[:] = b"mnop"
        again = extras.view_of_memory(0)
        self.assertEqual((type(again), bytes(again), view.readonly, again.readonly), (memoryview, b"mnop", False, True))
        with self.assertRaises(TypeError):
            again[0] = 1
        view[:] = b"mmmm"

    def test_capsules(self):
        own = capsule.new(0x1000, 3, 0)
        module = types.ModuleType("hpy_capsules")
        module.inner = types.SimpleNamespace(own=own, other=own, number=1)
        sys.modules["hpy_capsules"] = module
        try:
            self.assertEqual(extras.import_capsule("hpy_capsules.inner.own"), 0x1000)
            for wrong, error in (("hpy_capsules.inner.other", AttributeError), ("hpy_capsules.inner.number", AttributeError),
                                 ("hpy_capsules.no.other", AttributeError), ("hpy_no_such_module.x", ImportError),
                                 ("hpy_capsules", AttributeError)):
                with self.assertRaises(error):
                    extras.import_capsule(wrong)
        finally:
            del sys.modules["hpy_capsules"]


class TestPrint(unittest.TestCase):
    @needs_native_runtime
    def test_print(self):
        def fails():
            raise LookupError("what is printed")

        said = io.StringIO()
        with contextlib.redirect_stderr(said):
            self.assertEqual(extras.print_raised(fails), 0)
        self.assertRegex(said.getvalue(), r"(?s)Traceback .*in fails\n.*LookupError: what is printed\n")
        # CPython keeps the last one for a debugger.
        for name in ("last_exc", "last_type", "last_value", "last_traceback"):
            if hasattr(sys, name):
                delattr(sys, name)
        gc.collect()


if __name__ == "__main__":
    unittest.main()
