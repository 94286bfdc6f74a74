# abi-tests/python/test_bases.py: HPyType_FromSpec: bases and metaclasses.

import sys
import unittest

from describe import BASE, BASES_TUPLE, DEFAULT, METACLASS, SIZE, make, types
from support import collect, load


class TestBases(unittest.TestCase):
    def test_none(self):
        made = make()
        self.assertEqual(made.__bases__, (object,))
        self.assertIs(type(made), type)

    def test_several(self):
        class A:
            pass

        class B:
            pass

        for params in ([(BASE, A), (BASE, B)], [(BASES_TUPLE, (A, B))]):
            made = make(size=0, params=params)
            self.assertEqual(made.__bases__, (A, B))
            self.assertEqual(made.__mro__, (made, A, B, object))
            self.assertIsInstance(made(), A)

    def test_parameters_stay_the_callers(self):
        class Meta(type):
            pass

        base = Meta("Base", (), {})
        bases = (base,)
        counts = [sys.getrefcount(x) for x in (bases, Meta)]
        make(size=0, params=[(BASES_TUPLE, bases)])
        collect()
        self.assertEqual([sys.getrefcount(x) for x in (bases, Meta)], counts)
        make(size=0, params=[(METACLASS, Meta), (BASES_TUPLE, bases)])
        collect()
        self.assertEqual([sys.getrefcount(x) for x in (bases, Meta)], counts)

    def test_not_acceptable(self):
        for base in (bool, type(None), 7, "text"):
            with self.assertRaises(TypeError):
                make(params=[(BASE, base)])
        with self.assertRaises(TypeError):
            make(params=[(BASES_TUPLE, [object])])
        with self.assertRaises(TypeError):
            make(params=[(BASES_TUPLE, (object, 7))])

    def test_final(self):
        final = make(flags=DEFAULT)
        with self.assertRaisesRegex(TypeError, "is not an acceptable base type"):
            class Below(final):
                pass
        with self.assertRaisesRegex(TypeError, "is not an acceptable base type"):
            make(params=[(BASE, final)])

    def test_below_another(self):
        base = make(name="types.Base", defines=["int", "noargs"])
        below = make(name="types.Below", size=SIZE + 8, defines=["repr"], params=[(BASE, base)])
        h = below()
        h.int = 6
        self.assertEqual((h.int, h.noargs(), repr(h)), (6, h, "hpy repr"))
        self.assertGreater(below.__basicsize__, base.__basicsize__)
        inherits = make(name="types.Inherits", size=0, params=[(BASE, base)])
        self.assertEqual(inherits.__basicsize__, base.__basicsize__)
        h = inherits()
        h.int = 7
        self.assertEqual(h.int, 7)

    def test_python_classes_below(self):
        base = make(defines=["int", "double", "object_ex"])

        class Below(base):
            __slots__ = ("slot",)

        class Further(Below):
            def __init__(self):
                self.anything = 1

        for class_ in (Below, Further):
            h = class_()
            h.int, h.double, h.object_ex, h.slot = 1, 2.5, [3], "slot"
            self.assertEqual((h.int, h.double, h.object_ex, h.slot), (1, 2.5, [3], "slot"))
        self.assertEqual(h.__dict__, {"anything": 1})


class TestMetaclass(unittest.TestCase):
    def test_given(self):
        class Meta(type):
            def hello(cls):
                return cls.__name__

        made = make(params=[(METACLASS, Meta)], defines=["int"])
        self.assertIs(type(made), Meta)
        self.assertEqual(made.hello(), "T")
        made.attribute = 5
        self.assertEqual(made.attribute, 5)
        h = made()
        h.int = 7
        self.assertEqual(h.int, 7)

        class Below(made):
            pass

        self.assertIs(type(Below), Meta)
        self.assertEqual(Below.hello(), "Below")

    def test_type_itself(self):
        self.assertIs(type(make(params=[(METACLASS, type)])), type)

    def test_with_fields(self):
        class Meta(type):
            __slots__ = ()

            def __len__(cls):
                return 3

        made = make(params=[(METACLASS, Meta)], defines=["noargs", "get", "object"])
        self.assertEqual(len(made), 3)
        self.assertIs(made().get.__class__, made)

    def test_of_the_bases(self):
        class Meta(type):
            pass

        base = Meta("Base", (), {})
        self.assertIs(type(make(size=0, params=[(BASE, base)])), Meta)

    def test_of_a_hpy_type(self):
        # A metaclass that HPy made, with a struct behind that of `type`.
        shapes = load("shapes")
        meta = shapes.make("full", "shapes.Type", ...)
        made = make(params=[(METACLASS, meta)], defines=["noargs", "int"])
        self.assertIs(type(made), meta)
        self.assertEqual(made.number, 0)
        made.number = 21
        made.field = [made]
        self.assertEqual((made.double(), made.field), (42, [made]))
        h = made()
        h.int = 8
        self.assertEqual((h.noargs(), h.int), (h, 8))
        del h, made
        collect()

    def test_conflict(self):
        class A(type):
            pass

        class B(type):
            pass

        base = A("Base", (), {})
        with self.assertRaisesRegex(TypeError, "metaclass conflict"):
            make(size=0, params=[(BASE, base), (METACLASS, B)])

    def test_with_its_own_new(self):
        class Meta(type):
            def __new__(cls, *args):
                return super().__new__(cls, *args)

        with self.assertRaisesRegex(TypeError, "Metaclasses with custom tp_new are not supported"):
            make(params=[(METACLASS, Meta)])
        with self.assertRaises(TypeError):
            make(params=[(METACLASS, int)])
