# abi-tests/python/test_dealloc.py: an instance is freed once, whatever its fields hold and whatever is below its type.

import gc
import sys
import threading
import unittest
import weakref

from support import LONG_CHAIN, collect, in_a_small_thread, load, needs_native_runtime, not_repeated
from test_gc import Counts, Value

hpy_gc = load("gc")
# Each has another deallocator: fields and HPy_tp_destroy, fields alone, fields that the author visits by hand.
WITH_FIELDS = hpy_gc.Node, hpy_gc.Fields, hpy_gc.Careless, hpy_gc.Untracked
COLLECTED = hpy_gc.Node, hpy_gc.Fields, hpy_gc.Careless
DESTROYING = hpy_gc.Node, hpy_gc.Owner, hpy_gc.Untracked
ALL = WITH_FIELDS + (hpy_gc.Owner,)


def below(class_):
    """Python classes below a type."""

    class Empty(class_):
        __slots__ = ()

    class Slots(class_):
        __slots__ = ("a", "__weakref__")

    class Dict(class_):
        pass

    class Both(Slots):
        pass

    return Empty, Slots, Dict, Both


def new_values():
    """A new object of each builtin type, which nothing else refers to, and objects that keep a `Value` alive."""
    values = [Value() for _ in range(5)]
    objects = [float("1.5"), 10 ** 30, "".join(["te", "xt"]), bytes(bytearray(b"bytes")), {1, 2}, frozenset({3}), object()]
    objects += [(values[0],), [values[1]], {"key": values[2]}, values[3], hpy_gc.Fields()]
    objects[-1].left = values[4]
    return objects, [weakref.ref(value) for value in values]


@needs_native_runtime
class TestFields(unittest.TestCase):
    def test_last_references(self):
        for class_ in WITH_FIELDS:
            objects, references = new_values()
            nodes = []
            while objects:
                nodes.append(class_())
                nodes[-1].left = objects.pop()
                nodes[-1].right = objects.pop() if objects else None
            del nodes
            self.assertEqual([reference() for reference in references], [None] * len(references), class_)

    def test_other_references(self):
        for class_ in WITH_FIELDS:
            shared = [Value()]
            before = sys.getrefcount(shared)
            for _ in range(5):
                node = class_()
                node.left = node.right = shared
            self.assertEqual(sys.getrefcount(shared), before + 2)
            del node
            self.assertEqual(sys.getrefcount(shared), before, class_)
            self.assertEqual(len(shared), 1)

    def test_deep_and_shallow_fields(self):
        # The first field may go deep, and the second one must not be forgotten for it; and the other way round.
        for class_ in WITH_FIELDS:
            for swapped in False, True:
                inner, value, node = hpy_gc.Fields(), Value(), class_()
                of_value, of_inner = weakref.ref(value), Value()
                reference = weakref.ref(of_inner)
                inner.left = of_inner
                node.left, node.right = (value, inner) if swapped else (inner, value)
                del inner, value, of_inner, node
                self.assertEqual((of_value(), reference()), (None, None), class_)

    def test_the_field_is_empty_when_its_object_goes(self):
        seen = []

        class Last:
            def __del__(self):
                seen.append([type(o) for o in gc.get_objects() if type(o) is hpy_gc.Fields])

        collect()
        node = hpy_gc.Fields()
        node.left = Last()
        del node
        self.assertEqual(seen, [[]])

    def test_an_exception_is_kept(self):
        class Raising:
            def __del__(self):
                try:
                    raise KeyError
                except KeyError:
                    pass

        for class_ in WITH_FIELDS:
            node = class_()
            node.left = Raising()
            with self.assertRaises(ZeroDivisionError):
                try:
                    1 / 0
                finally:
                    del node

    def test_a_constructor_that_fails(self):
        for class_ in ALL:
            for made in (class_,) + below(class_):
                before = sys.getrefcount(made)
                with Counts() as counts:
                    with self.assertRaises(ValueError):
                        made(666)
                self.assertEqual(sys.getrefcount(made), before)
                self.assertEqual(counts.destroyed, int(class_ in DESTROYING), made)


@needs_native_runtime
class TestBelow(unittest.TestCase):
    def test_python_classes(self):
        for class_ in ALL:
            for made in below(class_):
                with Counts() as counts:
                    before = sys.getrefcount(made)
                    node, value = made(1000), Value()
                    references = [weakref.ref(value)]
                    if class_ in WITH_FIELDS:
                        node.left = value
                    if hasattr(made, "a") or hasattr(node, "__dict__"):
                        node.a = [value]
                    if made.__weakrefoffset__:
                        references.append(weakref.ref(node))
                    del node, value
                    self.assertEqual([reference() for reference in references], [None] * len(references))
                    self.assertEqual(sys.getrefcount(made), before)
                expected = (1, 1000) if class_ in DESTROYING else (0, 0)
                self.assertEqual((counts.destroyed, counts.sum), expected, made)

    def test_finalizer_of_a_python_class(self):
        for class_ in ALL:
            seen = []

            class Finalized(class_):
                def __del__(self):
                    seen.append(self.number)

            with Counts() as counts:
                Finalized(1000)
            self.assertEqual(seen, [1000])
            self.assertEqual(counts.destroyed, int(class_ in DESTROYING))

    def test_finalizer_that_resurrects(self):
        for class_ in ALL:
            kept = []

            class Finalized(class_):
                def __del__(self):
                    kept.append(self)

            with Counts() as counts:
                Finalized(1000)
                self.assertEqual(kept[0].number, 1000)
            self.assertEqual(counts.destroyed, 0)
            with Counts() as counts:
                Finalized.__del__ = lambda self: None
                kept.clear()
            self.assertEqual(counts.destroyed, int(class_ in DESTROYING))

    def test_finalizer_that_python_adds(self):
        for class_ in ALL:
            Derived = hpy_gc.derive_plain(class_)
            for made in class_, Derived:
                seen = []
                made.__del__ = lambda self: seen.append(self.number)
                try:
                    with Counts() as counts:
                        made(1000)
                    self.assertEqual(seen, [1000], made)
                    self.assertEqual(counts.destroyed, int(class_ in DESTROYING))
                finally:
                    del made.__del__
                made(1000)
                self.assertEqual(seen, [1000])

    def test_types_below(self):
        for class_ in ALL:
            Plain = hpy_gc.derive_plain(class_)
            for made in (Plain, hpy_gc.derive_plain(Plain)) + below(Plain):
                with Counts() as counts:
                    before, value = sys.getrefcount(made), Value()
                    node, reference = made(1000), weakref.ref(value)
                    if class_ in WITH_FIELDS:
                        node.left = value
                    del node, value
                    self.assertIsNone(reference())
                    self.assertEqual(sys.getrefcount(made), before)
                expected = (1, 1000) if class_ in DESTROYING else (0, 0)
                self.assertEqual((counts.destroyed, counts.sum), expected, made)

    def test_the_class_goes_with_its_last_instance(self):
        for class_ in ALL:
            for made in below(class_):
                reference, node = weakref.ref(made), made()
                del made
                collect()
                self.assertIs(reference(), type(node))
                del node
                collect()


@needs_native_runtime
class TestCycles(unittest.TestCase):
    def test_cycles(self):
        for class_ in COLLECTED:
            for made in (class_,) + below(class_):
                node, value = made(), Value()
                reference = weakref.ref(value)
                node.left, node.right = node, value
                del node, value
                collect()
                self.assertIsNone(reference(), made)


@needs_native_runtime
class TestChains(unittest.TestCase):
    def check(self, made, wrap=lambda head: head):
        value = Value()
        head, reference = value, weakref.ref(value)
        del value
        for _ in range(LONG_CHAIN):
            node = made()
            node.left = wrap(head)
            head = node
        del node
        self.assertIsNotNone(reference())
        del head
        if reference() is not None:
            collect()
        self.assertIsNone(reference(), made)

    @not_repeated
    @in_a_small_thread
    def test_long(self):
        for class_ in COLLECTED:
            for made in (class_,) + below(class_)[1:3]:
                self.check(made)

    @not_repeated
    @in_a_small_thread
    def test_long_with_containers(self):
        wraps = [lambda head: (head,), lambda head: [head], lambda head: {"next": head}]
        for wrap in wraps:
            self.check(hpy_gc.Fields, wrap)
            self.check(hpy_gc.Node, lambda head: wrap(wrap(head)))

    @not_repeated
    def test_long_in_a_thread(self):
        threads = [threading.Thread(target=self.check, args=(hpy_gc.Fields, wrap)) for wrap in (lambda h: h, lambda h: [h])]
        for thread in threads:
            thread.start()
            thread.join()

    @not_repeated
    def test_wide(self):
        # Each node has two others: half of the objects go while a deallocator is at work.
        def tree(depth):
            node = hpy_gc.Fields()
            if depth:
                node.left, node.right = tree(depth - 1), tree(depth - 1)
            else:
                node.left = value
            return node

        value = Value()
        before = sys.getrefcount(value)
        root = tree(10)
        self.assertEqual(sys.getrefcount(value), before + 1024)
        del root
        self.assertEqual(sys.getrefcount(value), before)
