# abi-tests/python/test_call_function.py: instances of types with HPy_tp_call, and of Python classes below them.

import sys
import unittest
import weakref

from support import NULL, collect, load, needs_native_runtime

HPy_Call = load("calls").HPy_Call
calls = load("call_function")
types = load("types")
FLAGS = (types.flags()[0] | types.flags()[1],)
Caller = calls.Caller


class TestCall(unittest.TestCase):
    def check(self, h, name, number):
        self.assertEqual(h(), (name, number, (), None, ()))
        self.assertEqual(h(1, 2), (name, number, (1, 2), None, ()))
        self.assertEqual(h(1, a=2, b=3), (name, number, (1,), ("a", "b"), (2, 3)))
        self.assertEqual(h(**{"a": 1}), (name, number, (), ("a",), (1,)))
        self.assertEqual(h(*range(100))[2], tuple(range(100)))
        self.assertEqual(h.__call__(5), (name, number, (5,), None, ()))
        self.assertEqual(type(h).__call__(h, 5), (name, number, (5,), None, ()))
        self.assertEqual(HPy_Call(h, (5,), 1, NULL), (name, number, (5,), None, ()))
        self.assertTrue(callable(h))

    def test_with_new(self):
        self.check(Caller(7), "call", 7)

    def test_without_new(self):
        self.check(calls.WithoutNew(), "call", 0)

    def test_without_struct(self):
        self.check(calls.WithoutStruct(), "empty", 0)

    def test_fails(self):
        with self.assertRaisesRegex(KeyError, "call"):
            calls.Fails()(1)

    def test_members_stay(self):
        h = Caller(2**62)
        for _ in range(3):
            h()
            self.assertEqual(h.number, 2**62)
        h.number = 1
        self.check(h, "call", 1)

    def test_not_callable(self):
        h = calls.NotCallable()
        self.assertFalse(callable(h))
        with self.assertRaises(TypeError):
            h()


class TestPythonClasses(unittest.TestCase):
    check = TestCall.check

    def test_below(self):
        for base in (Caller, calls.WithoutNew):
            class Dict(base):
                pass

            class Slots(base):
                __slots__ = ("a",)

            class Init(base):
                def __init__(self, *args):
                    self.attribute = args

            class New(base):
                def __new__(cls, *args):
                    return super().__new__(cls)

            for class_ in (Dict, Slots, Init, New, type("Further", (Init,), {})):
                h = class_()
                self.check(h, "call", h.number)

    def test_overridden(self):
        class Below(Caller):
            def __call__(self, *args):
                return ("below", super().__call__(*args))

        self.assertEqual(Below(3)(1), ("below", ("call", 3, (1,), None, ())))
        Below.__call__ = lambda self: "changed"
        self.assertEqual(Below(3)(), "changed")
        del Below.__call__
        self.check(Below(3), "call", 3)

    def test_with_other_bases(self):
        class Other:
            pass

        class Below(Other, Caller):
            pass

        self.check(Below(3), "call", 3)


class TestDerived(unittest.TestCase):
    check = TestCall.check

    def test_own_function(self):
        for base in (Caller, calls.WithoutNew):
            Derived = calls.derive(base)
            h = Derived()
            self.check(h, "derived", h.number)
            self.check(type("Below", (Derived,), {})(), "derived", h.number)
            # A subtype inherits the function of the base.
            self.check(base(), "call", h.number)

    def test_inherited(self):
        Heir = calls.inherit(Caller)
        self.check(Heir(3), "call", 3)
        Further = calls.inherit(calls.derive(Heir))
        self.check(Further(3), "derived", 3)

    def test_size(self):
        # The instance has one call word.
        self.assertEqual(calls.derive(Caller).__basicsize__, Caller.__basicsize__)
        self.assertEqual(Caller.__basicsize__, calls.NotCallable.__basicsize__ + 8)


class TestMetaclass(unittest.TestCase):
    check = TestCall.check

    def test_class_is_called_through_its_metaclass(self):
        Meta = calls.derive_empty(type)
        for params in ([(3, Meta)], [(3, Meta), (1, Caller)]):
            Made = types.make("call_function.Made", (0, 0, *FLAGS, 0), ..., ["new"], [], params)
            self.assertIs(type(Made), Meta)
            self.assertEqual(Made(1, a=2), ("empty", 0, (1,), ("a",), (2,)))
            self.assertEqual(HPy_Call(Made, (5,), 1, NULL), ("empty", 0, (5,), None, ()))
            # The constructor is still there.
            self.assertIs(type(Made.__new__(Made)), Made)

    def test_python_metaclass(self):
        class Meta(calls.derive_empty(type)):
            pass

        class Made(metaclass=Meta):
            pass

        self.check(Made, "empty", 0)


class TestSetCallFunction(unittest.TestCase):
    check = TestCall.check

    def test_one_object(self):
        one, other = Caller(1), Caller(2)
        calls.set_special(one)
        self.check(one, "special", 1)
        self.check(other, "call", 2)

    def test_after_a_call(self):
        h = Caller(1)
        self.check(h, "call", 1)
        calls.set_special(h)
        self.check(h, "special", 1)

    def test_python_class(self):
        class Below(Caller):
            pass

        h = Below(4)
        calls.set_special(h)
        self.check(h, "special", 4)
        self.check(Below(5), "call", 5)

    @needs_native_runtime
    def test_the_type_s_dictionary_changes(self):
        Made = calls.derive_empty(object)
        for change in (lambda: delattr(Made, "__hpy_call_functions__"), lambda: setattr(Made, "__hpy_call_functions__", 1)):
            h = Made()
            calls.set_special_of_empty(h)
            change()
            # The function is lost, and the type's own is called.
            self.assertEqual(h()[0], "empty")
        with self.assertRaisesRegex(TypeError, "__hpy_call_functions__"):
            calls.set_special_of_empty(h)

    @needs_native_runtime
    def test_the_type_goes_with_its_instance(self):
        # The collector clears the dictionary of the type, with the functions, before it frees the instance.
        for _ in range(10):
            Empty = calls.derive_empty(object)
            h = type("Below", (Empty,), {})()
            calls.set_special_of_empty(h)
            self.assertEqual(h()[0], "special")
            Empty.last = h
            gone = weakref.ref(Empty)
            del h, Empty
            collect()
            self.assertIsNone(gone())

    def test_refused(self):
        for h, name in [(calls.NotCallable(), "call_function.NotCallable"), (7, "int"), (object(), "object")]:
            with self.assertRaises(TypeError) as caught:
                calls.set_special(h)
            self.assertEqual(str(caught.exception), "type '%s' does not implement the HPy call protocol" % name)


class TestPlaced(unittest.TestCase):
    check = TestCall.check

    def test_without_function(self):
        with self.assertRaises(TypeError):
            calls.Placed()()

    def test_set(self):
        h = calls.Placed()
        calls.set_of_place(h)
        self.check(h, "place", 5)

    def test_python_class(self):
        class Below(calls.Placed):
            pass

        h = Below()
        h.attribute = 1
        calls.set_of_place(h)
        self.check(h, "place", 5)


class TestReferences(unittest.TestCase):
    def test_types_and_arguments(self):
        value = [1]
        collect()
        before = sys.getrefcount(value), sys.getrefcount(Caller)
        for _ in range(5):
            Caller(1)(value, a=value)
        collect()
        self.assertEqual((sys.getrefcount(value), sys.getrefcount(Caller)), before)
