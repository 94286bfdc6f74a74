# abi-tests/python/test_places.py: where a struct lies among what the bases keep in an instance, and where it would lie over that.

import array
import collections
import datetime
import functools
import gc
import sys
import unittest
import weakref

from describe import BASE, BASETYPE, DEFAULT, HAVE_GC, LEGACY_SIZE, make, make_legacy
from support import NULL, collect, load, needs_legacy

shapes = load("shapes")
calls = load("call_function")

# The greatest value of a member of each kind.
MEMBERS = {"short": 2**15 - 1, "int": 2**31 - 1, "double": 1e300, "longlong": 2**63 - 1, "ulonglong": 2**64 - 1,
           "ssize": 2**63 - 1}


class Value:
    """Something with weak references."""


def below(*bases, **description):
    return make(params=[(BASE, base) for base in bases], **description)


class TestRefused(unittest.TestCase):
    """A struct over that of a base is refused, and the message says what to use."""

    def refused(self, base, shape, **description):
        with self.assertRaises(TypeError) as caught:
            below(base, size=64, **description)
        message = str(caught.exception)
        self.assertIn("would lie over that of its base '", message)
        self.assertIn(base.__name__ + "'; use the shape", message)
        self.assertIn("use the shape HPyType_BuiltinShape_%s" % shape, message)

    def test_builtin(self):
        for base, shape in ((list, "List"), (dict, "Dict"), (float, "Float"), (int, "Long"), (str, "Unicode"),
                            (tuple, "Tuple"), (type, "Type"), (ValueError, "Opaque"), (set, "Opaque"),
                            (OSError, "Opaque")):
            with self.subTest(base.__name__):
                self.refused(base, shape)

    def test_size_varies(self):
        with self.assertRaisesRegex(TypeError, "of the shape HPyType_BuiltinShape_Object, would lie over that of its "
                                               "base 'bytes'$"):
            below(bytes, size=64)
        with self.assertRaisesRegex(TypeError, "has no place behind that of its base 'bytes', whose size varies"):
            shapes.make("full", "shapes.Opaque", bytes)

    def test_other_shape(self):
        self.refused(shapes.make("full", "shapes.List", NULL), "List")
        self.refused(shapes.make("full", "shapes.Opaque", NULL), "Opaque")

    def test_through_classes(self):
        class Below(ValueError):
            pass

        class Further(Below):
            __slots__ = ()

        with self.assertRaisesRegex(TypeError, "HPyType_BuiltinShape_Opaque|keeps the attributes"):
            below(Further, size=64)

    def test_through_a_type_without_a_struct(self):
        class Slots:
            __slots__ = ("slot",)

        base = Slots
        for _ in range(3):
            base = below(base, size=0)
            with self.assertRaisesRegex(TypeError, "would lie where its base 'Slots' keeps the attributes"):
                below(base, size=64)
            base = type("Between", (base,), {"__slots__": ()})
        h = base()
        h.slot = [1]
        self.assertEqual(h.slot, [1])

    def test_struct_of_odd_size(self):
        # A subtype's struct may use the padding of the last word.
        for size in (1, 9, 15):
            base = make(size=size)
            h = below(base, defines=["int", "ulonglong"])()
            h.int, h.ulonglong = -1, 2**64 - 1
            self.assertEqual((h.int, h.ulonglong), (-1, 2**64 - 1))

    def test_smaller_struct(self):
        with self.assertRaisesRegex(TypeError, "is smaller than that of its base 'types.T', with which it begins"):
            below(make(), size=8)

    @needs_legacy
    def test_legacy(self):
        legacy = make_legacy()
        with self.assertRaisesRegex(TypeError, "would lie over that of its base"):
            below(legacy, size=64)
        self.assertEqual(below(legacy, size=0).__basicsize__, LEGACY_SIZE)


class TestOpaque(unittest.TestCase):
    """A struct behind any base whose instances have one size."""

    BASES = [(ValueError, ("text",)), (OSError, (2, "text")), (SyntaxError, ("text",)), (set, ([1, 2],)),
             (collections.OrderedDict, ([("a", 1)],)), (object, ()), (list, ([1, 2],)), (datetime.timedelta, (1,)),
             (functools.partial, (print, 1)), (array.array, ("i", [1, 2])), (collections.deque, ([1],))]

    def test_values(self):
        for base, arguments in self.BASES:
            for kind in ("plain", "full"):
                made = shapes.make(kind, "shapes.Opaque", base)
                for class_ in (made, type("Below", (made,), {}), shapes.make("empty", "shapes.Opaque", made)):
                    with self.subTest(base.__name__, kind=kind, class_=class_.__name__):
                        h = class_(*arguments)
                        plain = type("Plain", (base,), {})(*arguments)
                        self.assertEqual(h.number, 0)
                        h.number = -7
                        self.assertEqual((h.number, h.double()), (-7, -14))
                        self.assertEqual(repr(h).split("(")[1:], repr(plain).split("(")[1:])

    def test_released(self):
        for base, arguments in self.BASES:
            made = shapes.make("full", "shapes.Opaque", base)
            collect()
            before, references = shapes.destroyed(), sys.getrefcount(made)
            h, value = made(*arguments), Value()
            h.number, h.field = 42, value
            self.assertEqual(sum(found is value for found in gc.get_referents(h)), 1, base)
            reference = weakref.ref(value)
            del h, value
            self.assertIsNone(reference(), base)
            h, value = made(*arguments), Value()
            h.number, h.field = 42, [h, value]
            reference = weakref.ref(value)
            del h, value
            collect()
            self.assertIsNone(reference(), base)
            self.assertEqual(shapes.destroyed(), before + 2)
            self.assertEqual(sys.getrefcount(made), references, base)

    def test_raised(self):
        made = shapes.make("full", "shapes.Opaque", ValueError)
        with self.assertRaises(ValueError) as caught:
            raise made("text")
        caught.exception.number = 5
        self.assertEqual((caught.exception.args, caught.exception.double()), (("text",), 10))


class TestWordOfACall(unittest.TestCase):
    """The word that says how an instance is called is never under a struct."""

    def test_larger_struct(self):
        # It begins with the struct of Caller, whose instances have the word behind it.
        Derived = below(calls.Caller, defines=list(MEMBERS))
        for class_ in (Derived, type("Below", (Derived,), {}), below(Derived, size=0)):
            h = class_()
            for name in MEMBERS:
                setattr(h, name, MEMBERS[name])
            for _ in range(3):
                self.assertEqual(h(1)[0], "call")
                self.assertEqual({name: getattr(h, name) for name in MEMBERS}, MEMBERS)
            calls.set_special(h)
            self.assertEqual(h(1)[0], "special")
            self.assertEqual({name: getattr(h, name) for name in MEMBERS}, MEMBERS)

    def test_struct_of_the_same_size(self):
        Same = below(calls.Caller, size=8, defines=["short"])
        self.assertEqual(Same.__basicsize__, calls.Caller.__basicsize__)
        h = Same()
        h.short = 5
        self.assertEqual(h(1)[0], "call")


class TestFurtherBases(unittest.TestCase):
    """An instance has the parts of a further base too: a dictionary, weak references."""

    def cases(self):
        class Mixin:
            pass

        class Tight:
            __slots__ = ("__weakref__",)

        for first in (make(), make(size=0), shapes.make("full", "shapes.Object", NULL), calls.Caller):
            for mixin in (Mixin, Tight):
                for bases in ((first, mixin), (mixin, first)):
                    for size in (0, 256):
                        try:
                            made = below(*bases, size=size, flags=DEFAULT | BASETYPE)
                        except TypeError as error:
                            self.assertIn("would lie", str(error))
                            continue
                        yield made, mixin is Mixin

    def test_instances(self):
        for made, has_dict in self.cases():
            for class_ in (made, type("Below", (made,), {"__slots__": ()})):
                with self.subTest(class_.__mro__):
                    instances = [class_() for _ in range(200)]
                    references = []
                    for h in instances:
                        references.append(weakref.ref(h))
                        if has_dict:
                            h.attribute = Value()
                            references.append(weakref.ref(h.attribute))
                            self.assertEqual(vars(h), {"attribute": h.attribute})
                    del instances, h
                    self.assertEqual(sum(reference() is not None for reference in references), 0)

    def test_cycles(self):
        for made, has_dict in self.cases():
            if has_dict:
                h, value = made(), Value()
                h.attribute = [h, value]
                reference = weakref.ref(value)
                del h, value
                collect()
                self.assertIsNone(reference(), made.__mro__)


    def test_no_room(self):
        class Mixin:
            pass

        for base in (int, tuple, bytes):
            with self.assertRaisesRegex(TypeError, "have no place for the attributes of its base 'Mixin'"):
                below(base, Mixin, size=0)


class TestAllocators(unittest.TestCase):
    """A base that allocates its instances itself knows only its own size."""

    def test_datetime(self):
        for base, arguments in ((datetime.time, (1, 2)), (datetime.datetime, (2020, 1, 2)), (datetime.date, (2020, 1, 2))):
            for description in ({"flags": DEFAULT | BASETYPE | HAVE_GC, "defines": ["traverse_nothing"]},
                                {"defines": ["call"]}, {}):
                made = below(base, size=0, **description)
                instances = [made(*arguments) for _ in range(1000)]
                self.assertEqual(instances[-1], base(*arguments))
                collect()


if __name__ == "__main__":
    unittest.main()
