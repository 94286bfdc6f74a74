# abi-tests/python/test_call.py: calls with tuple and dict, with arrays, and of methods.

import sys
import unittest

from support import NULL, load, needs_native_runtime

calls = load("calls")
call = load("call")


def call_array(callable_, args, names=NULL):
    return calls.HPy_Call(callable_, args, len(args) - (0 if names is NULL else len(names)), names)


def call_method(name, args, names=NULL):
    return calls.HPy_CallMethod(name, args, len(args) - (0 if names is NULL else len(names)), names)


def record(*args, **kw):
    return args, kw


class Receiver:
    def method(self, *args, **kw):
        return self, args, kw

    @staticmethod
    def static(*args):
        return args

    @property
    def fails(self):
        raise KeyError("mine")


class TestTupleDict(unittest.TestCase):
    def test_call(self):
        self.assertEqual(calls.HPy_CallTupleDict(record, (1, 2), {"a": 3}), ((1, 2), {"a": 3}))
        self.assertEqual(calls.HPy_CallTupleDict(record, NULL, NULL), ((), {}))
        self.assertEqual(calls.HPy_CallTupleDict(record, (1,), NULL), ((1,), {}))
        self.assertEqual(calls.HPy_CallTupleDict(record, NULL, {"a": 3}), ((), {"a": 3}))
        self.assertEqual(calls.HPy_CallTupleDict(record, (), {}), ((), {}))

    def test_subclasses(self):
        class Tuple(tuple):
            pass

        class Dict(dict):
            pass

        self.assertEqual(calls.HPy_CallTupleDict(record, Tuple((1,)), Dict(a=2)), ((1,), {"a": 2}))

    def test_refused(self):
        for args in (None, [1], "text", 7):
            with self.assertRaises(TypeError) as caught:
                calls.HPy_CallTupleDict(record, args, NULL)
            self.assertEqual(str(caught.exception), "HPy_CallTupleDict requires args to be a tuple or null handle")
        for kw in (None, [1], "text", (1,)):
            with self.assertRaises(TypeError) as caught:
                calls.HPy_CallTupleDict(record, (), kw)
            self.assertEqual(str(caught.exception), "HPy_CallTupleDict requires kw to be a dict or null handle")
        with self.assertRaises(TypeError):
            calls.HPy_CallTupleDict(7, (), NULL)
        with self.assertRaises(TypeError):
            calls.HPy_CallTupleDict(record, (), {1: 2})

    def test_errors_come_through(self):
        with self.assertRaises(ZeroDivisionError):
            calls.HPy_CallTupleDict(lambda: 1 / 0, NULL, NULL)

    def test_references(self):
        args, kw, value = (1,), {"a": 1}, [1]
        before = [sys.getrefcount(x) for x in (args, kw, value)]
        calls.HPy_CallTupleDict(record, args, kw)
        calls.HPy_CallTupleDict(record, NULL, kw)
        self.assertIs(calls.HPy_CallTupleDict(lambda: value, NULL, NULL), value)
        self.assertEqual([sys.getrefcount(x) for x in (args, kw, value)], before)


class TestCall(unittest.TestCase):
    def test_positional(self):
        self.assertEqual(calls.HPy_Call(record, NULL, 0, NULL), ((), {}))
        self.assertEqual(call_array(record, [1, 2]), ((1, 2), {}))
        self.assertEqual(call_array(record, range(1000)), (tuple(range(1000)), {}))
        self.assertEqual(call_array(max, range(1000)), 999)

    def test_keywords(self):
        self.assertEqual(call_array(record, [1, 2, 3], ("a", "b")), ((1,), {"a": 2, "b": 3}))
        self.assertEqual(call_array(record, [1, 2], ("a", "b")), ((), {"a": 1, "b": 2}))
        self.assertEqual(call_array(record, [1], ()), ((1,), {}))
        self.assertEqual(call_array(dict, [1], ("a",)), {"a": 1})

    def test_callables(self):
        class Callable:
            def __call__(self, *args):
                return "called", args

        bound = Receiver().method
        self.assertEqual(call_array(Callable(), [1]), ("called", (1,)))
        self.assertEqual(call_array(bound, [1, 2], ("a",)), (bound.__self__, (1,), {"a": 2}))
        self.assertEqual(call_array(int, ["12"]), 12)
        self.assertIsInstance(call_array(Receiver, []), Receiver)
        self.assertEqual(call_array(len, [[1, 2]]), 2)

    @needs_native_runtime
    def test_offset(self):
        bound = Receiver().method
        for callable_ in (bound, record, max):
            self.assertEqual(call.call_with_offset(callable_, [1, 2]), callable_(1, 2))

    def test_refused(self):
        for value in (7, "text", None, object()):
            with self.assertRaisesRegex(TypeError, "not callable"):
                call_array(value, [])
        with self.assertRaises(TypeError):
            call_array(len, [])
        with self.assertRaises(TypeError):
            call_array(lambda: 0, [1], ("a",))
        with self.assertRaises(ZeroDivisionError):
            call_array(lambda: 1 / 0, [])

    def test_references(self):
        value = [1]
        before = sys.getrefcount(value)
        for _ in range(10):
            call_array(record, [value, value], ("a",))
        self.assertEqual(sys.getrefcount(value), before)

    def test_check(self):
        for value in (len, record, int, Receiver().method, lambda: 0):
            self.assertEqual(calls.HPyCallable_Check(value), 1)
        for value in (7, "text", None, Receiver()):
            self.assertEqual(calls.HPyCallable_Check(value), 0)


class TestMethod(unittest.TestCase):
    def test_call(self):
        h = Receiver()
        self.assertEqual(call_method("method", [h]), (h, (), {}))
        self.assertEqual(call_method("method", [h, 1, 2]), (h, (1, 2), {}))
        self.assertEqual(call_method("method", [h, 1, 2, 3], ("a", "b")), (h, (1,), {"a": 2, "b": 3}))
        self.assertEqual(call_method("static", [h, 1]), (1,))
        self.assertEqual(call_method("upper", ["text"]), "TEXT")
        self.assertEqual(call_method("split", ["a,b,c", ",", 1], ("maxsplit",)), ["a", "b,c"])

    def test_instance_attribute(self):
        h = Receiver()
        h.method = record
        self.assertEqual(call_method("method", [h, 1]), ((1,), {}))

    def test_refused(self):
        with self.assertRaisesRegex(AttributeError, "nothing"):
            call_method("nothing", [Receiver()])
        with self.assertRaisesRegex(KeyError, "mine"):
            call_method("fails", [Receiver()])
        with self.assertRaises(TypeError):
            call_method("upper", ["text", 1])
        with self.assertRaises(TypeError):
            call_method(7, [Receiver()])

    def test_references(self):
        h = Receiver()
        before = sys.getrefcount(h)
        for _ in range(10):
            call_method("method", [h, 1])
        self.assertEqual(sys.getrefcount(h), before)
