# abi-tests/python/test_shared_places.py: places of an instance that two functions could visit, and types with functions of the C API.

import gc
import sys
import unittest
import weakref

from describe import BASE, BASETYPE, DEFAULT, HAVE_GC, make, make_legacy
from support import collect, load, needs_legacy

hpy_gc = load("gc")


class Value:
    """Something with weak references."""


class TestDictionaryInAField(unittest.TestCase):
    """The dictionary and the weak references of an instance are fields that the author's function visits."""

    def cases(self):
        yield hpy_gc.WithDict
        yield type("Below", (hpy_gc.WithDict,), {})
        yield type("Slots", (hpy_gc.WithDict,), {"__slots__": ("slot",)})
        yield hpy_gc.derive_plain(hpy_gc.WithDict)

    def test_whole(self):
        for class_ in self.cases():
            h, value = class_(), [1]
            h.attribute, h.left = value, [2]
            reference = weakref.ref(h)
            [dictionary] = [found for found in gc.get_referents(h) if isinstance(found, dict)]
            collect()
            self.assertEqual((dictionary, h.left), ({"attribute": [1]}, [2]))
            self.assertIs(reference(), h)
            self.assertEqual(sum(found is dictionary for found in gc.get_referents(h)), 1)
            self.assertEqual(sum(found is reference for found in gc.get_referents(h)), 0)
            del h
            self.assertIsNone(reference())
            self.assertEqual(dictionary, {"attribute": [1]})

    def test_cycles(self):
        for class_ in self.cases():
            h, value = class_(), Value()
            h.attribute = [h, value]
            references = weakref.ref(h), weakref.ref(value)
            del h, value
            collect()
            self.assertEqual([reference() for reference in references], [None, None])


class TestSlotsBehindItems(unittest.TestCase):
    """From CPython 3.15 on a subclass of tuple may have slots, which lie behind its items."""

    def test_tuple(self):
        try:
            class Slots(tuple):
                __slots__ = ("slot", "other")
        except TypeError:
            self.skipTest("this CPython refuses such a class")
        made = make(size=0, params=[(BASE, Slots)])
        for class_ in (made, type("Below", (made,), {}), make(size=0, params=[(BASE, made)])):
            for length in (0, 1, 2, 5):
                references = sys.getrefcount(class_)
                values = [[index] for index in range(length)]
                h, slot, other = class_(values), [1], Value()
                h.slot, h.other = slot, other
                collect()
                self.assertEqual((list(h), h.slot, values), ([[index] for index in range(length)], [1], list(h)))
                for value in values + [slot, other]:
                    self.assertEqual(sum(found is value for found in gc.get_referents(h)), 1)
                reference = weakref.ref(other)
                del h, other, value
                self.assertIsNone(reference())
                h, value = class_(values), Value()
                h.slot = [h, value]
                reference = weakref.ref(value)
                del h, value
                collect()
                self.assertIsNone(reference())
                self.assertEqual(sys.getrefcount(class_), references)


@needs_legacy
class TestLegacyFunctions(unittest.TestCase):
    """Types of the C API's functions, types without below them, and Python classes below those."""

    def types(self):
        gc_flags = DEFAULT | BASETYPE | HAVE_GC
        for own in (["dealloc", "traverse", "clear"], ["traverse", "clear"], ["dealloc"], []):
            flags = gc_flags if "traverse" in own else DEFAULT | BASETYPE
            top = make_legacy(flags=flags, slots=["members"] + own)
            yield own, top
            for size in ({"size": 0}, {}):
                below = make_legacy(params=[(BASE, top)], **size)
                yield own, below
                yield own, type("Below", (below,), {})
                yield own, type("Slots", (below,), {"__slots__": ("attribute",)})

    def test_released(self):
        for own, class_ in self.types():
            with self.subTest(own, mro=class_.__mro__):
                collect()
                references = sys.getrefcount(class_)
                for _ in range(20):
                    h, value = class_(), Value()
                    h.legacy_object = value
                    reference = weakref.ref(value)
                    del h, value
                    self.assertIsNone(reference())
                self.assertEqual(sys.getrefcount(class_), references)

    def test_cycles(self):
        for own, class_ in self.types():
            if "traverse" not in own:
                continue
            for place in ("legacy_object", "attribute"):
                with self.subTest(own, mro=class_.__mro__, place=place):
                    collect()
                    references = sys.getrefcount(class_)
                    if place == "attribute" and class_.__name__ == "T":
                        continue
                    for _ in range(20):
                        h, value = class_(), Value()
                        setattr(h, place, [h, value])
                        reference = weakref.ref(value)
                        del h, value
                        collect()
                        self.assertIsNone(reference())
                    self.assertEqual(sys.getrefcount(class_), references)

    def test_below_a_collected_type(self):
        # It brings neither traverse nor clear: CPython inherits both, with the flag.
        for slots in (["dealloc_of_list"], []):
            class_ = make_legacy(size=0, slots=slots, params=[(BASE, list)])
            for made in (class_, type("Below", (class_,), {})):
                h = made([1, 2])
                self.assertEqual(h, [1, 2])
                self.assertTrue(gc.is_tracked(h))
                h.append([h])
                del h
                collect()


if __name__ == "__main__":
    unittest.main()
