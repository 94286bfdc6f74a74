# abi-tests/python/test_python_bases.py: HPy types below Python classes, and below types of other extensions.

import functools
import gc
import sys
import unittest
import weakref

from support import collect, load
from describe import BASE, BASETYPE, DEFAULT, HAVE_GC, SIZE, make

hpy_gc = load("gc")


class Value:
    """Something with weak references."""


class Plain:
    """It has a dictionary and a place for weak references."""


class Slots:
    __slots__ = ("a", "b", "__weakref__")


class Empty:
    __slots__ = ()


class Further(Slots):
    __slots__ = ("c",)


# The class, and an attribute of its instances.
CLASSES = [(Plain, "anything"), (Slots, "a"), (Slots, "b"), (Further, "a"), (Further, "c")]


def below(base, **description):
    return make(params=[(BASE, base)], **description)


def types_below(base):
    """HPy types below a class: without a struct, and with one where it fits."""
    yield below(base, size=0)
    yield below(base, size=0, flags=DEFAULT | BASETYPE | HAVE_GC, defines=["traverse_nothing"])
    yield below(below(base, size=0), size=0)
    if base.__basicsize__ == object.__basicsize__:
        yield below(base, flags=DEFAULT | BASETYPE | HAVE_GC, defines=["object", "traverse"])


class TestPythonClasses(unittest.TestCase):
    def cases(self):
        for base, name in CLASSES:
            for made in types_below(base):
                for class_ in (made, type("Below", (made,), {}), type("Tight", (made,), {"__slots__": ("own",)})):
                    yield class_, name

    def test_attributes(self):
        for class_, name in self.cases():
            h = class_()
            self.assertFalse(hasattr(h, name))
            setattr(h, name, [1])
            self.assertEqual(getattr(h, name), [1])
            delattr(h, name)
            self.assertFalse(hasattr(h, name))

    def test_attributes_are_released(self):
        for class_, name in self.cases():
            references = sys.getrefcount(class_)
            h, value = class_(), Value()
            setattr(h, name, value)
            reference = weakref.ref(value)
            del h, value
            self.assertIsNone(reference(), (class_.__mro__, name))
            self.assertEqual(sys.getrefcount(class_), references)

    def test_cycles(self):
        for class_, name in self.cases():
            h, value = class_(), Value()
            setattr(h, name, [h, value])
            reference = weakref.ref(value)
            del h, value
            collect()
            self.assertIsNone(reference(), (class_.__mro__, name))

    def test_no_cycle_is_lost_while_it_is_in_use(self):
        for class_, name in self.cases():
            h = class_()
            setattr(h, name, [h])
            collect()
            self.assertEqual(getattr(h, name), [h])
            delattr(h, name)

    def test_referents(self):
        for class_, name in self.cases():
            h, value = class_(), ["value"]
            setattr(h, name, value)
            referents = gc.get_referents(h)
            found = list(referents)
            for referent in referents:
                if isinstance(referent, dict):
                    found += referent.values()
            self.assertEqual(sum(referent is value for referent in found), 1, (class_.__mro__, name))
            self.assertEqual([referent for referent in referents if isinstance(referent, type)], [class_])

    def test_weak_references(self):
        for class_, _ in self.cases():
            called = []
            h = class_()
            reference = weakref.ref(h, called.append)
            del h
            self.assertIsNone(reference())
            self.assertEqual(len(called), 1)

    def test_dictionaries(self):
        for made in types_below(Plain):
            h = made()
            h.a = h.b = [h]
            names = vars(h)
            self.assertEqual(sorted(names), ["a", "b"])
            names["c"] = 3
            self.assertEqual(h.c, 3)
            del h
            collect()
            self.assertEqual(names["c"], 3)
            h = made()
            h.__dict__ = {"d": [h]}
            self.assertEqual(h.d, [h])
            reference = weakref.ref(h)
            del h
            collect()
            self.assertIsNone(reference())

    def test_many_attributes(self):
        for made in types_below(Plain):
            h, value = made(), Value()
            for number in range(100):
                setattr(h, "name%d" % number, value)
            reference = weakref.ref(value)
            del h, value
            self.assertIsNone(reference())

    def test_several_bases(self):
        class Other:
            pass

        for bases in ((Plain, Other), (Slots, Empty), (Empty, Slots)):
            made = make(size=0, params=[(BASE, base) for base in bases])
            h = made()
            h.a = [h]
            reference = weakref.ref(h)
            del h
            collect()
            self.assertIsNone(reference())


class TestSandwich(unittest.TestCase):
    """A HPy type below a Python class below a HPy type."""

    def test_fields_and_slots(self):
        class Between(hpy_gc.Node):
            __slots__ = ()

        Derived = hpy_gc.derive(Between)
        before = hpy_gc.counts()
        h, values = Derived(5), [Value() for _ in range(3)]
        h.left, h.right, h.extra = values
        references = [weakref.ref(value) for value in values]
        del values
        self.assertEqual(gc.get_referents(h), [Derived] + [reference() for reference in references])
        del h
        self.assertEqual([reference() for reference in references], [None] * 3)
        self.assertEqual([b - a for a, b in zip(before, hpy_gc.counts())], [0, 2, 10])

    def test_cycles(self):
        class Between(hpy_gc.Node):
            __slots__ = ("slot",)

        Top = hpy_gc.derive_plain(Between)
        before = hpy_gc.counts()
        for name in ("left", "slot"):
            h, value = Top(5), Value()
            setattr(h, name, [h, value])
            reference = weakref.ref(value)
            del h, value
            collect()
            self.assertIsNone(reference(), name)
        self.assertEqual([b - a for a, b in zip(before, hpy_gc.counts())], [0, 2, 10])

    def test_dictionary(self):
        class Between(hpy_gc.Node):
            pass

        Top = hpy_gc.derive_plain(Between)
        h, value = Top(5), Value()
        h.left, h.anything = [h], [h, value]
        reference = weakref.ref(value)
        del h, value
        collect()
        self.assertIsNone(reference())


class TestOtherExtensions(unittest.TestCase):
    def test_partial(self):
        # It is made at run time, by C code, with a deallocator of its own and a dictionary.
        class Python(functools.partial):
            pass

        for base in (functools.partial, Python):
            made = below(base, size=0)
            references = sys.getrefcount(made)
            h, value = made(print, 1), Value()
            self.assertEqual(h.args, (1,))
            h.anything = value
            reference = weakref.ref(value)
            del h, value
            self.assertIsNone(reference(), base)
            self.assertEqual(sys.getrefcount(made), references)
            h, value = made(print, 1), Value()
            h.anything = [h, value]
            reference = weakref.ref(value)
            del h, value
            collect()
            self.assertIsNone(reference(), base)
            self.assertEqual(sys.getrefcount(made), references)


class TestRefused(unittest.TestCase):
    def refused(self, base, name):
        with self.assertRaises(TypeError) as caught:
            below(base)
        self.assertEqual(str(caught.exception), "the struct of 'types.T' would lie where its base '%s' keeps the "
                                                "attributes of its instances" % name)

    def test_struct_over_slots(self):
        self.refused(Slots, "Slots")
        self.refused(Further, "Further")
        # Without a struct there is nothing in the way.
        self.assertIs(type(below(Slots, size=0)()).__base__, Slots)

    def test_struct_over_a_dictionary(self):
        # From CPython 3.12 on, a Python class has both before the object.
        if sys.version_info < (3, 12):
            self.refused(Plain, "Plain")
        else:
            h = below(Plain, defines=["int"])()
            h.int, h.anything = 5, 6
            self.assertEqual((h.int, h.anything), (5, 6))

    def test_struct_over_the_slots_of_a_class_between(self):
        class Between(hpy_gc.Node):
            __slots__ = ("slot",)

        with self.assertRaisesRegex(TypeError, "would lie where its base 'Between' keeps"):
            hpy_gc.derive(Between)

    def test_struct_behind_an_empty_class(self):
        h = below(Empty, defines=["int", "double"])()
        h.int, h.double = 5, 1.5
        self.assertEqual((h.int, h.double), (5, 1.5))
