# abi-tests/python/test_shapes.py: a struct behind that of each builtin type leaves both intact.

import gc
import sys
import unittest
import weakref

from support import NULL, collect, load

shapes = load("shapes")
types = load("types")

VALUES = {
    "Object": [()],
    "Float": [(), (1.5,), (-1e300,)],
    "Unicode": [(), ("text",), ("é" * 50,), ("\U0001f600" * 3,)],
    "List": [(), ([1, 2, 3],), (list(range(1000)),)],
    "Dict": [(), ({"a": 1},), ({n: n for n in range(1000)},)],
}
NUMBERS = {"Object": 0, "Type": 1, "Long": 2, "Float": 3, "Unicode": 4, "Tuple": 5, "List": 6, "Dict": 7}
BUILTIN = {"Object": object, "Type": type, "Long": int, "Float": float, "Unicode": str, "Tuple": tuple, "List": list,
           "Dict": dict}


class Value:
    """Something with weak references."""


def make(name, kind="full", base=NULL):
    return shapes.make(kind, "shapes." + name, base)


def variants(name):
    """The types of a shape and Python classes below them."""
    for kind in ("plain", "full"):
        made = make(name, kind)
        yield made, kind
        yield type("Below", (made,), {}), kind
        yield type("Slots", (made,), {"__slots__": ()}), kind


class TestShapes(unittest.TestCase):
    def test_values(self):
        for name, all_arguments in VALUES.items():
            for class_, kind in variants(name):
                for arguments in all_arguments:
                    with self.subTest(name, kind=kind, class_=class_.__name__, arguments=str(arguments)[:20]):
                        h = class_(*arguments)
                        expected = BUILTIN[name](*arguments)
                        self.assertIsInstance(h, BUILTIN[name])
                        if name != "Object":
                            self.assertEqual(h, expected)
                        self.assertEqual(h.number, 0)
                        h.number = -1
                        if kind == "full":
                            h.field = Value
                        if name != "Object":
                            self.assertEqual(h, expected)
                            self.assertEqual(repr(h), repr(expected))
                        self.assertEqual((h.number, h.double()), (-1, -2))

    def test_destroyed(self):
        for name, all_arguments in VALUES.items():
            for class_, kind in variants(name):
                if kind == "plain":
                    continue
                with self.subTest(name, class_=class_.__name__):
                    before, references = shapes.destroyed(), sys.getrefcount(class_)
                    for arguments in all_arguments:
                        h = class_(*arguments)
                        h.number = 42
                        value = Value()
                        h.field = value
                        reference = weakref.ref(value)
                        del h, value
                        self.assertIsNone(reference())
                    self.assertEqual(shapes.destroyed(), before + len(all_arguments))
                    self.assertEqual(sys.getrefcount(class_), references)

    def test_items_are_released(self):
        for name, fill in [("List", lambda h, v: h.append(v)), ("Dict", lambda h, v: h.__setitem__("k", v))]:
            for class_, kind in variants(name):
                with self.subTest(name, kind=kind, class_=class_.__name__):
                    h, value = class_(), Value()
                    fill(h, value)
                    reference = weakref.ref(value)
                    del h, value
                    self.assertIsNone(reference())

    def test_cycles(self):
        for name, fill in [("List", lambda h, v: h.append(v)), ("Dict", lambda h, v: h.__setitem__("k", v))]:
            for class_, kind in variants(name):
                with self.subTest(name, kind=kind, class_=class_.__name__):
                    before = shapes.destroyed()
                    h, value = class_(), Value()
                    h.number = 42
                    fill(h, (h, value))
                    if kind == "full":
                        h.field = [h]
                    reference = weakref.ref(value)
                    del h, value
                    collect()
                    self.assertIsNone(reference())
                    self.assertEqual(shapes.destroyed() - before, 1 if kind == "full" else 0)

    def test_cycles_through_the_field_alone(self):
        for name in VALUES:
            class_ = make(name)
            before = shapes.destroyed()
            h = class_()
            h.number, h.field = 42, h
            del h
            collect()
            self.assertEqual(shapes.destroyed(), before + 1, name)

    def test_referents(self):
        h = make("List")([["item"]])
        h.field = ["field"]
        self.assertEqual(gc.get_referents(h), [type(h), ["field"], ["item"]])
        h = make("Dict")(k=["item"])
        h.field = ["field"]
        referents = gc.get_referents(h)
        self.assertEqual(referents[:2], [type(h), ["field"]])
        self.assertIn(["item"], referents)

    def test_without_struct(self):
        for name, class_ in BUILTIN.items():
            if name == "Type":
                continue
            made = make(name, "empty")
            self.assertEqual(made.__basicsize__, class_.__basicsize__, name)
            if name != "Object":
                self.assertEqual(made(), class_())

    def test_behaves_as_the_builtin(self):
        h = make("List")()
        for number in range(100):
            h.append(number)
        h.sort(reverse=True)
        self.assertEqual((h[0], len(h), h[1:3]), (99, 100, [98, 97]))
        h = make("Dict")()
        h.update(a=1)
        self.assertEqual((h["a"], list(h)), (1, ["a"]))
        h = make("Unicode")("text")
        self.assertEqual((h.upper(), hash(h), {h: 1}["text"]), ("TEXT", hash("text"), 1))
        h = make("Float")(1.5)
        self.assertEqual((h + 1, hash(h)), (2.5, hash(1.5)))

    def test_numbers(self):
        for name, number in NUMBERS.items():
            made = make(name)
            self.assertEqual(types.shape(made), number)
            if name != "Type":
                self.assertEqual(types.shape(type("Below", (made,), {})), number)

    def test_below_one_another(self):
        base = make("List")
        below = make("List", "plain", base)
        h = below([1, 2])
        h.number = 3
        self.assertEqual((h, h.number), ([1, 2], 3))
        before = shapes.destroyed()
        h.number = 42
        h.field = [h]
        del h
        collect()
        self.assertEqual(shapes.destroyed(), before + 1)

    def test_wrong_base(self):
        with self.assertRaises(TypeError):
            make("List", "full", 7)


class TestType(unittest.TestCase):
    def test_metaclass(self):
        for kind in ("plain", "full"):
            meta = make("Type", kind)

            class Made(metaclass=meta):
                attribute = 1

            self.assertEqual((Made.number, Made.attribute, type(Made)), (0, 1, meta))
            Made.number = 21
            self.assertEqual((Made.double(), Made().attribute), (42, 1))

            class Below(Made):
                pass

            self.assertEqual((type(Below), Below.number), (meta, 0))

    def test_destroyed(self):
        meta = make("Type")
        before = shapes.destroyed()

        class Made(metaclass=meta):
            pass

        Made.number = 42
        value = Value()
        Made.field = [Made, value]
        Made.instance = Made()
        references = [weakref.ref(Made), weakref.ref(value)]
        del Made, value
        collect()
        self.assertEqual([reference() for reference in references], [None, None])
        self.assertEqual(shapes.destroyed(), before + 1)


class TestVariableSize(unittest.TestCase):
    # The items of a large int or tuple would overlap the struct: making such an instance fails.
    def test_int(self):
        for class_, kind in variants("Long"):
            for value in (0, 1, -1, 42, 2**29, -(2**30) + 1):
                h = class_(value)
                h.number = 2**40
                self.assertEqual((h, h.number, h + 1), (value, 2**40, value + 1))
            for value in (2**60, 2**64, -(2**100), 10**1000):
                with self.assertRaises(OverflowError) as caught:
                    class_(value)
                self.assertIn("'int'", str(caught.exception))
            self.assertEqual(class_("7"), 7)
            self.assertEqual(class_("ff", base=16), 255)
            with self.assertRaises(ValueError):
                class_("x")

    def test_tuple(self):
        for class_, kind in variants("Tuple"):
            for value in ((), (1,)):
                h = class_(value)
                h.number = -1
                self.assertEqual((h, h.number), (value, -1))
            for value in ((1, 2, 3), range(100)):
                with self.assertRaises(OverflowError) as caught:
                    class_(value)
                self.assertIn("'tuple'", str(caught.exception))
            with self.assertRaises(TypeError):
                class_(7)

    def test_destroyed(self):
        for name, argument in [("Long", 5), ("Tuple", ())]:
            for class_, kind in variants(name):
                if kind == "plain":
                    continue
                before = shapes.destroyed()
                h, value = class_(argument), Value()
                h.number, h.field = 42, value
                reference = weakref.ref(value)
                del h, value
                self.assertIsNone(reference())
                self.assertEqual(shapes.destroyed(), before + 1)

    def test_what_is_refused_leaves_nothing(self):
        for name, argument in [("Long", 2**100), ("Tuple", (1, 2, 3))]:
            class_ = make(name)
            before = sys.getrefcount(class_)
            for _ in range(5):
                with self.assertRaises(OverflowError):
                    class_(argument)
            self.assertEqual(sys.getrefcount(class_), before)
