# abi-tests/python/test_call_levels.py: HPy_tp_call on several levels: each type's own `__call__`, copies and pickles.

import copy
import functools
import pickle
import sys
import unittest

from describe import BASE, BASETYPE, DEFAULT, make
from support import load

calls = load("call_function")
Caller = calls.Caller

# `pickle` finds the class by its name.
Copied = calls.derive_empty(object)
Copied.__module__, Copied.__qualname__ = __name__, "Copied"


def name_of(answer):
    return answer[0]


class TestLevels(unittest.TestCase):
    def test_function_of_a_base(self):
        for base in (Caller, calls.WithoutNew):
            Derived = calls.derive(base)
            Below = type("Below", (Derived,), {})
            for class_ in (Derived, Below):
                h = class_()
                for _ in range(2):
                    self.assertEqual(name_of(h(1)), "derived")
                    self.assertEqual(name_of(base.__call__(h, 1)), "call")
                    self.assertEqual(name_of(super(Derived, h).__call__(1)), "call")
                    self.assertEqual(name_of(Derived.__call__(h, 1)), "derived")
                    self.assertEqual(base.__call__(h, 1, a=2)[2:], ((1,), ("a",), (2,)))

    def test_overridden(self):
        Derived = calls.derive(Caller)

        class Below(Derived):
            def __call__(self, *args):
                return "below", name_of(super().__call__(*args)), name_of(Caller.__call__(self, *args))

        self.assertEqual(Below(3)(1), ("below", "derived", "call"))

    def test_function_of_an_object(self):
        Derived = calls.derive(Caller)
        h = Derived()
        calls.set_special(h)
        self.assertEqual(name_of(h(1)), "special")
        self.assertEqual(name_of(h.__call__(1)), "special")
        self.assertEqual(name_of(Caller.__call__(h, 1)), "call")

    def test_foreign_base(self):
        # The base uses the vectorcall protocol itself, with its own word.
        Called = calls.derive_empty(functools.partial)
        for class_ in (Called, type("Below", (Called,), {})):
            h = class_(print, 1)
            self.assertEqual(name_of(h(1)), "empty")
            self.assertEqual(name_of(h(1)), "empty")
            self.assertEqual(h.args, (1,))
            calls.set_special_of_empty(h)
            self.assertEqual(name_of(h(1)), "special")

    def test_set_from_python(self):
        for class_ in (calls.derive(Caller), type("Below", (calls.derive(Caller),), {})):
            h, other = class_(), class_()
            self.assertEqual(name_of(h(1)), "derived")
            class_.__call__ = lambda self, *args: "set from Python"
            self.assertEqual((h(1), other(1)), ("set from Python",) * 2)
        # The class has it from its base again.
        del class_.__call__
        self.assertEqual(name_of(h(1)), "derived")


class TestWithoutStruct(unittest.TestCase):
    """A type with HPy_tp_call and without a struct has the layout of its base."""

    def test_layout(self):
        self.assertEqual(Copied.__basicsize__, object.__basicsize__)

        class Both(calls.WithoutStruct, list):
            pass

        h = Both([1, 2])
        self.assertEqual((name_of(h(1)), h), ("empty", [1, 2]))

    def test_copies(self):
        class Below(Copied):
            pass

        for class_ in (Copied, Below):
            h = class_()
            self.assertEqual(name_of(copy.copy(h)(1)), "empty")
            self.assertEqual(name_of(copy.deepcopy(h)(1)), "empty")
        self.assertEqual(name_of(pickle.loads(pickle.dumps(Copied(), 2))(1)), "empty")

    def test_function_of_an_object(self):
        for class_ in (calls.WithoutStruct, type("Below", (calls.WithoutStruct,), {}), calls.derive_empty(list)):
            references = sys.getrefcount(class_)
            instances = [class_() for _ in range(10)]
            for h in instances[::2]:
                calls.set_special_of_empty(h)
            self.assertEqual([name_of(h()) for h in instances], ["special", "empty"] * 5)
            self.assertEqual([name_of(h.__call__(a=1)) for h in instances], ["special", "empty"] * 5)
            del instances, h
            # The function of an object dies with it: another object at its address does not have it.
            self.assertEqual([name_of(class_()()) for _ in range(20)], ["empty"] * 20)
            self.assertEqual(sys.getrefcount(class_), references)


class TestKeywords(unittest.TestCase):
    def test_no_strings(self):
        for h in (Caller(1), calls.WithoutStruct()):
            with self.assertRaisesRegex(TypeError, "keywords must be strings"):
                h(**{1: 2})
            with self.assertRaisesRegex(TypeError, "keywords must be strings"):
                h.__call__(**{1: 2})


if __name__ == "__main__":
    unittest.main()
