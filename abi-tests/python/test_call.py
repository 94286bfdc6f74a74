# abi-tests/python/test_call.py: calls with tuple and dict, with arrays, and of methods.

import sys
import unittest

from support import NULL, load, without_context

call = load("call")


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
        self.assertEqual(call.tuple_dict(record, (1, 2), {"a": 3}), ((1, 2), {"a": 3}))
        self.assertEqual(call.tuple_dict(record, NULL, NULL), ((), {}))
        self.assertEqual(call.tuple_dict(record, (1,), NULL), ((1,), {}))
        self.assertEqual(call.tuple_dict(record, NULL, {"a": 3}), ((), {"a": 3}))
        self.assertEqual(call.tuple_dict(record, (), {}), ((), {}))

    def test_subclasses(self):
        class Tuple(tuple):
            pass

        class Dict(dict):
            pass

        self.assertEqual(call.tuple_dict(record, Tuple((1,)), Dict(a=2)), ((1,), {"a": 2}))

    def test_refused(self):
        for args in (None, [1], "text", 7):
            with self.assertRaises(TypeError) as caught:
                call.tuple_dict(record, args, NULL)
            self.assertEqual(str(caught.exception), "HPy_CallTupleDict requires args to be a tuple or null handle")
        for kw in (None, [1], "text", (1,)):
            with self.assertRaises(TypeError) as caught:
                call.tuple_dict(record, (), kw)
            self.assertEqual(str(caught.exception), "HPy_CallTupleDict requires kw to be a dict or null handle")
        with self.assertRaises(TypeError):
            call.tuple_dict(7, (), NULL)
        with self.assertRaises(TypeError):
            call.tuple_dict(record, (), {1: 2})

    def test_errors_come_through(self):
        with self.assertRaises(ZeroDivisionError):
            call.tuple_dict(lambda: 1 / 0, NULL, NULL)

    def test_references(self):
        args, kw, value = (1,), {"a": 1}, [1]
        before = [sys.getrefcount(x) for x in (args, kw, value)]
        call.tuple_dict(record, args, kw)
        call.tuple_dict(record, NULL, kw)
        self.assertIs(call.tuple_dict(lambda: value, NULL, NULL), value)
        self.assertEqual([sys.getrefcount(x) for x in (args, kw, value)], before)


class TestCall(unittest.TestCase):
    def test_positional(self):
        self.assertEqual(call.without_arguments(record), ((), {}))
        self.assertEqual(call.call(record, [1, 2], NULL), ((1, 2), {}))
        self.assertEqual(call.many(record, 1000), (tuple(range(1000)), {}))
        self.assertEqual(call.many(max, 1000), 999)

    def test_keywords(self):
        self.assertEqual(call.call(record, [1, 2, 3], ("a", "b")), ((1,), {"a": 2, "b": 3}))
        self.assertEqual(call.call(record, [1, 2], ("a", "b")), ((), {"a": 1, "b": 2}))
        self.assertEqual(call.call(record, [1], ()), ((1,), {}))
        self.assertEqual(call.call(dict, [1], ("a",)), {"a": 1})

    def test_callables(self):
        class Callable:
            def __call__(self, *args):
                return "called", args

        bound = Receiver().method
        self.assertEqual(call.call(Callable(), [1], NULL), ("called", (1,)))
        self.assertEqual(call.call(bound, [1, 2], ("a",)), (bound.__self__, (1,), {"a": 2}))
        self.assertEqual(call.call(int, ["12"], NULL), 12)
        self.assertIsInstance(call.call(Receiver, [], NULL), Receiver)
        self.assertEqual(call.call(len, [[1, 2]], NULL), 2)

    @without_context
    def test_offset(self):
        bound = Receiver().method
        for callable_ in (bound, record, max):
            self.assertEqual(call.call_with_offset(callable_, [1, 2]), callable_(1, 2))

    def test_refused(self):
        for value in (7, "text", None, object()):
            with self.assertRaisesRegex(TypeError, "not callable"):
                call.call(value, [], NULL)
        with self.assertRaises(TypeError):
            call.call(len, [], NULL)
        with self.assertRaises(TypeError):
            call.call(lambda: 0, [1], ("a",))
        with self.assertRaises(ZeroDivisionError):
            call.call(lambda: 1 / 0, [], NULL)

    def test_references(self):
        value = [1]
        before = sys.getrefcount(value)
        for _ in range(10):
            call.call(record, [value, value], ("a",))
        self.assertEqual(sys.getrefcount(value), before)

    def test_check(self):
        for value in (len, record, int, Receiver().method, lambda: 0):
            self.assertEqual(call.check(value), 1)
        for value in (7, "text", None, Receiver()):
            self.assertEqual(call.check(value), 0)


class TestMethod(unittest.TestCase):
    def test_call(self):
        h = Receiver()
        self.assertEqual(call.method("method", [h], NULL), (h, (), {}))
        self.assertEqual(call.method("method", [h, 1, 2], NULL), (h, (1, 2), {}))
        self.assertEqual(call.method("method", [h, 1, 2, 3], ("a", "b")), (h, (1,), {"a": 2, "b": 3}))
        self.assertEqual(call.method("static", [h, 1], NULL), (1,))
        self.assertEqual(call.method("upper", ["text"], NULL), "TEXT")
        self.assertEqual(call.method("split", ["a,b,c", ",", 1], ("maxsplit",)), ["a", "b,c"])

    def test_instance_attribute(self):
        h = Receiver()
        h.method = record
        self.assertEqual(call.method("method", [h, 1], NULL), ((1,), {}))

    def test_refused(self):
        with self.assertRaisesRegex(AttributeError, "nothing"):
            call.method("nothing", [Receiver()], NULL)
        with self.assertRaisesRegex(KeyError, "mine"):
            call.method("fails", [Receiver()], NULL)
        with self.assertRaises(TypeError):
            call.method("upper", ["text", 1], NULL)
        with self.assertRaises(TypeError):
            call.method(7, [Receiver()], NULL)

    def test_references(self):
        h = Receiver()
        before = sys.getrefcount(h)
        for _ in range(10):
            call.method("method", [h, 1], NULL)
        self.assertEqual(sys.getrefcount(h), before)
