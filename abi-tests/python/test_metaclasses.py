# abi-tests/python/test_metaclasses.py: metaclasses that make their classes themselves, and those that say the order of the bases.

import abc
import collections.abc
import gc
import sys
import typing
import unittest
import weakref

from describe import BASE, BASETYPE, DEFAULT, HAVE_GC, METACLASS, make
from support import collect, load

calls = load("call_function")


class TestAbstract(unittest.TestCase):
    def cases(self):
        yield make(params=[(METACLASS, abc.ABCMeta)], defines=["int", "noargs", "get"]), ()
        class Protocol(typing.Protocol):
            pass

        for base in (abc.ABC, collections.abc.Sized, collections.abc.Mapping, Protocol):
            yield make(params=[(BASE, base)], defines=["int", "noargs", "get"]), (base,)
        yield make(params=[(BASE, make(defines=["int"])), (BASE, abc.ABC)], defines=["noargs", "get"]), (abc.ABC,)
        yield make(params=[(BASE, abc.ABC), (BASE, make(defines=["int"]))], defines=["noargs", "get"]), (abc.ABC,)

    def test_classes(self):
        for class_, bases in self.cases():
            with self.subTest(bases):
                self.assertIsInstance(class_, abc.ABCMeta)
                self.assertEqual((class_.__name__, class_.__module__), ("T", "types"))
                for base in bases:
                    self.assertIn(base, class_.__mro__)
                class_.register(int)
                self.assertIsInstance(7, class_)

    def test_instances(self):
        for class_, bases in self.cases():
            if bases in ((collections.abc.Sized,), (collections.abc.Mapping,)):
                with self.assertRaisesRegex(TypeError, "abstract"):
                    class_()
                continue
            for made in (class_, type(class_)("Below", (class_,), {})):
                with self.subTest(bases, made=made):
                    references = sys.getrefcount(made)
                    h = made()
                    h.int = 5
                    self.assertEqual((h.int, h.noargs(), h.get), (5, h, h))
                    self.assertFalse(hasattr(h, "__dict__") and made is class_ and not bases)
                    del h
                    collect()
                    self.assertEqual(sys.getrefcount(made), references)

    def test_protocol_itself(self):
        # A class right below it is a protocol, which has no other bases.
        with self.assertRaisesRegex(TypeError, "Protocols can only inherit from other protocols"):
            make(params=[(BASE, typing.Protocol)])

    def test_abstract_methods(self):
        class Abstract(abc.ABC):
            @abc.abstractmethod
            def noargs(self):
                pass

        self.assertEqual(make(params=[(BASE, Abstract)], defines=["noargs"])().noargs().__class__.__name__, "T")
        with self.assertRaisesRegex(TypeError, "abstract"):
            make(params=[(BASE, Abstract)])()

    def test_final(self):
        for flags, is_final in ((DEFAULT, True), (DEFAULT | BASETYPE, False)):
            class_ = make(flags=flags, params=[(BASE, abc.ABC)])
            if is_final:
                with self.assertRaisesRegex(TypeError, "is not an acceptable base type"):
                    type(class_)("Below", (class_,), {})
            else:
                type(class_)("Below", (class_,), {})

    def test_own_new(self):
        made = []

        class Meta(type):
            def __new__(cls, name, bases, namespace):
                made.append(name)
                return super().__new__(cls, name, bases, namespace)

        Base = Meta("Base", (), {})
        class_ = make(params=[(BASE, Base)], defines=["int"])
        self.assertIs(type(class_), Meta)
        self.assertEqual(made, ["Base", "T"])

    def test_new_that_fails(self):
        class Meta(type):
            def __new__(cls, name, bases, namespace):
                if bases:
                    raise KeyError(name)
                return super().__new__(cls, name, bases, namespace)

        with self.assertRaises(KeyError):
            make(params=[(BASE, Meta("Base", (), {}))])

    def test_doc(self):
        self.assertEqual(make(doc="a doc", params=[(BASE, abc.ABC)]).__doc__, "a doc")

    def test_collected(self):
        class_ = make(flags=DEFAULT | BASETYPE | HAVE_GC, defines=["traverse", "object"], params=[(BASE, abc.ABC)])
        h = class_()
        h.object = [h, class_]
        reference = weakref.ref(class_)
        del h, class_
        collect()
        gc.collect()
        self.assertIsNone(reference())

    def test_called(self):
        class_ = make(defines=["call"], params=[(BASE, abc.ABC)])
        h = class_()
        self.assertEqual(h(1), (h, [1]))


class TestOrder(unittest.TestCase):
    """A metaclass with `mro` says in which order the bases are looked at."""

    def test_called(self):
        class First:
            attribute = "first"

        class Second:
            attribute = "second"

        class Meta(type):
            def mro(cls):
                order = super().mro()
                return [order[0]] + order[-2:0:-1] + order[-1:]

        made = make(size=0, params=[(METACLASS, Meta), (BASE, First), (BASE, Second)], defines=["repr", "noargs"])
        self.assertEqual(made.__mro__, (made, Second, First, object))
        self.assertEqual(made.attribute, "second")
        h = made()
        self.assertEqual((repr(h), h.noargs()), ("hpy repr", h))
        below = make(size=0, params=[(BASE, made)], defines=["noargs"])
        self.assertIs(type(below), Meta)
        self.assertEqual(below.__mro__, (below, First, Second, made, object))

    def test_fails(self):
        class Meta(type):
            def mro(cls):
                raise KeyError(cls.__name__)

        with self.assertRaises(KeyError):
            make(params=[(METACLASS, Meta)])


if __name__ == "__main__":
    unittest.main()
