# abi-tests/python/test_gc.py: instances with references are visited, cleared, finalized and destroyed, each once.

import gc
import sys
import threading
import unittest
import weakref

from support import LONG_CHAIN, NULL, collect, in_a_small_thread, load, not_repeated

hpy_gc = load("gc")
Node, Finalizing, Untracked, Weak = hpy_gc.Node, hpy_gc.Finalizing, hpy_gc.Untracked, hpy_gc.Weak


class Value:
    """Something with weak references."""


class Counts:
    """How many instances were finalized and destroyed within a `with`, and the sum of their numbers."""

    def __enter__(self):
        collect()
        self.before = hpy_gc.counts()
        return self

    def __exit__(self, *_):
        collect()
        self.finalized, self.destroyed, self.sum = (b - a for a, b in zip(self.before, hpy_gc.counts()))


class TestFields(unittest.TestCase):
    def test_store_and_load(self):
        node, value = Node(), [1]
        before = sys.getrefcount(value)
        self.assertIsNone(node.left)
        node.left = value
        self.assertEqual(sys.getrefcount(value), before + 1)
        self.assertIs(node.left, value)
        node.right = value
        self.assertEqual(sys.getrefcount(value), before + 2)
        node.left = None
        node.right = NULL
        self.assertEqual(sys.getrefcount(value), before)
        self.assertIsNone(node.right)
        node.left = value
        del node.left
        self.assertEqual(sys.getrefcount(value), before)

    def test_the_new_value_is_in_place_when_the_old_one_goes(self):
        for class_ in (Node, Untracked):
            node, seen = class_(), []

            class Old:
                def __del__(self):
                    seen.append(node.left)

            node.left = Old()
            node.left = "new"
            self.assertEqual(seen, ["new"])
            node.left = Old()
            node.left = NULL
            self.assertEqual(seen, ["new", None])
            node.left = None

    def test_fields_are_released_with_the_instance(self):
        for class_ in (Node, Finalizing, Untracked, Weak):
            node, value = class_(), Value()
            reference = weakref.ref(value)
            node.left = node.right = value
            del node, value
            self.assertIsNone(reference(), class_)


class TestTraverse(unittest.TestCase):
    def test_referents(self):
        node = Node()
        self.assertEqual(gc.get_referents(node), [Node])
        node.left, node.right = ["left"], ["right"]
        self.assertCountEqual(gc.get_referents(node), [Node, ["left"], ["right"]])

    def test_referents_of_a_python_class(self):
        class Below(Node):
            pass

        node = Below()
        node.left = ["left"]
        node.other = ["other"]
        referents = gc.get_referents(node)
        self.assertIn(["left"], referents)
        self.assertIn(["other"], referents + [value for r in referents if isinstance(r, dict) for value in r.values()])
        self.assertEqual([r for r in referents if isinstance(r, type)], [Below])

    def test_tracking(self):
        for class_, tracked in [(Node, True), (Finalizing, True), (Weak, True), (Untracked, False)]:
            self.assertEqual(gc.is_tracked(class_()), tracked)

    def test_referents_of_a_derived_type(self):
        Derived = hpy_gc.derive(Node)
        node = Derived()
        node.left, node.extra = ["left"], ["extra"]
        self.assertEqual(gc.get_referents(node), [Derived, ["left"], ["extra"]])
        Plain = hpy_gc.derive_plain(Derived)
        node = Plain()
        node.left, node.extra = ["left"], ["extra"]
        self.assertEqual(gc.get_referents(node), [Plain, ["left"], ["extra"]])


class TestDestroy(unittest.TestCase):
    def test_once(self):
        for class_ in (Node, Finalizing, Untracked, Weak):
            with Counts() as counts:
                node = class_(1000)
                del node
            self.assertEqual((counts.destroyed, counts.sum), (1, 1000), class_)
            self.assertEqual(counts.finalized, 1 if class_ in (Finalizing, Weak) else 0)

    def test_of_python_classes(self):
        class Dict(Node):
            pass

        class Slots(Node):
            __slots__ = ("a", "b", "__weakref__")

        class Both(Slots):
            pass

        class Finalized(Finalizing):
            def __del__(self):
                super().__del__() if hasattr(super(), "__del__") else None

        for class_ in (Dict, Slots, Both):
            with Counts() as counts:
                node, value = class_(1000), Value()
                reference = weakref.ref(value)
                node.left, node.a = node, [node, value]
                before = sys.getrefcount(class_)
                del node, value
                collect()
                self.assertIsNone(reference())
                self.assertEqual(sys.getrefcount(class_), before - 1)
            self.assertEqual((counts.destroyed, counts.sum), (1, 1000), class_)
        with Counts() as counts:
            Finalized(1000)
        self.assertEqual((counts.finalized, counts.destroyed, counts.sum), (1, 1, 1000))

    def test_of_derived_types(self):
        Derived = hpy_gc.derive(Node)
        Plain = hpy_gc.derive_plain(Derived)

        class Below(Plain):
            pass

        # Both the derived type and its base have a destroy function, and each is called with the struct.
        for class_ in (Derived, Plain, Below):
            with Counts() as counts:
                node, value = class_(1000), Value()
                reference = weakref.ref(value)
                node.left, node.right, node.extra = node, value, [node]
                before = sys.getrefcount(class_)
                del node, value
                collect()
                self.assertIsNone(reference())
                self.assertEqual(sys.getrefcount(class_), before - 1)
            self.assertEqual((counts.destroyed, counts.sum), (2, 2000), class_)

    def test_references_to_the_type(self):
        for class_ in (Node, Finalizing, Untracked, Weak):
            before = sys.getrefcount(class_)
            nodes = [class_() for _ in range(10)]
            self.assertEqual(sys.getrefcount(class_), before + 10)
            del nodes
            self.assertEqual(sys.getrefcount(class_), before)


class TestCycles(unittest.TestCase):
    def test_cycle(self):
        for class_ in (Node, Finalizing, Weak):
            with Counts() as counts:
                a, b = class_(), class_()
                a.left, a.right, b.left = b, a, a
                del a, b
            self.assertEqual(counts.destroyed, 2, class_)

    def test_cycle_through_python(self):
        class Below(Node):
            pass

        with Counts() as counts:
            a, b = Below(), Node()
            a.left, b.left, a.other = b, [a], {"b": b}
            del a, b
        self.assertEqual(counts.destroyed, 2)

    def test_cycle_with_the_type(self):
        with Counts() as counts:
            class Below(Node):
                pass

            Below.instance = Below()
            Below.instance.left = Below.instance
            reference = weakref.ref(Below)
            del Below
        self.assertEqual(counts.destroyed, 1)
        self.assertIsNone(reference())

    def test_cycle_with_a_hpy_type(self):
        with Counts() as counts:
            Derived = hpy_gc.derive(Node)
            Derived.instance = Derived()
            reference = weakref.ref(Derived)
            del Derived
        self.assertEqual(counts.destroyed, 2)
        self.assertIsNone(reference())

    def test_type_of_an_instance_in_its_own_field(self):
        with Counts() as counts:
            Derived = hpy_gc.derive(Node)
            node = Derived()
            node.left = Derived
            Derived.left_of = node
            del node, Derived
        self.assertEqual(counts.destroyed, 2)

    def test_no_cycle_is_lost_while_it_is_in_use(self):
        a = Node()
        a.left, a.right = a, ["value"]
        collect()
        self.assertEqual(a.left.left.right, ["value"])
        a.left = None


class TestFinalize(unittest.TestCase):
    def test_resurrected(self):
        for class_, count in [(Finalizing, 1), (Weak, 1)]:
            with Counts() as counts:
                class_(-5)
                node = hpy_gc.take_resurrected()
                self.assertIs(type(node), class_)
                self.assertEqual(node.number, -5)
                node.left = [node]
            # It is alive, and its finalizer does not run again.
            self.assertEqual((counts.finalized, counts.destroyed), (1, 0))
            with Counts() as counts:
                node.left = None
                del node
            self.assertEqual((counts.finalized, counts.destroyed), (0, 1))
            self.assertIsNone(hpy_gc.take_resurrected())

    def test_resurrected_from_a_cycle(self):
        with Counts() as counts:
            node = Finalizing(-7)
            node.left = node
            del node
            collect()
            node = hpy_gc.take_resurrected()
            self.assertIs(node.left, node)
        self.assertEqual((counts.finalized, counts.destroyed), (1, 0))
        with Counts() as counts:
            del node
        self.assertEqual((counts.finalized, counts.destroyed), (0, 1))

    def test_resurrected_instance_of_a_python_class(self):
        class Below(Finalizing):
            pass

        with Counts() as counts:
            node = Below(-5)
            node.x = [1]
            del node
            node = hpy_gc.take_resurrected()
            self.assertEqual((type(node), node.x), (Below, [1]))
        self.assertEqual((counts.finalized, counts.destroyed), (1, 0))
        with Counts() as counts:
            del node
        self.assertEqual((counts.finalized, counts.destroyed), (0, 1))

    def test_python_finalizer(self):
        seen = []

        class Below(Node):
            def __del__(self):
                seen.append((self.number, self.left))

        with Counts() as counts:
            node = Below(3)
            node.left = "left"
            del node
        self.assertEqual((seen, counts.destroyed), ([(3, "left")], 1))


class TestWeakReferences(unittest.TestCase):
    def test_place(self):
        self.assertGreater(Weak.__weakrefoffset__, 0)
        with self.assertRaises(TypeError):
            weakref.ref(Node())

    def test_cleared(self):
        called = []
        node = Weak()
        reference = weakref.ref(node, called.append)
        proxy = weakref.proxy(node)
        self.assertIs(reference(), node)
        del node
        self.assertIsNone(reference())
        self.assertEqual(called, [reference])
        with self.assertRaises(ReferenceError):
            proxy.left

    def test_cleared_in_a_cycle(self):
        node = Weak()
        node.left = node
        reference = weakref.ref(node)
        del node
        collect()
        self.assertIsNone(reference())

    def test_python_class_with_weak_references(self):
        class Below(Node):
            pass

        class Further(Weak):
            __slots__ = ("a",)

        for class_ in (Below, Further):
            node = class_()
            node.left, node.a = [node], node
            reference = weakref.ref(node)
            node.left = node.a = None
            del node
            self.assertIsNone(reference())

    def test_the_fields_are_whole_when_callbacks_run(self):
        seen = []
        node, value = Weak(), Value()
        node.left = value
        of_value = weakref.ref(value)
        reference = weakref.ref(node, lambda _: seen.append(of_value() is not None))
        del node, value
        self.assertEqual((seen, reference(), of_value()), ([True], None, None))


class TestChains(unittest.TestCase):
    @not_repeated
    @in_a_small_thread
    def test_long(self):
        class Below(Node):
            pass

        class Slots(Node):
            __slots__ = ("a",)

        for class_ in (Node, Finalizing, Weak, Below, Slots):
            with Counts() as counts:
                head = hpy_gc.chain(class_, LONG_CHAIN)
                del head
            self.assertEqual(counts.destroyed, LONG_CHAIN, class_)

    @not_repeated
    @in_a_small_thread
    def test_long_with_other_containers_between(self):
        with Counts() as counts:
            head = None
            for number in range(LONG_CHAIN):
                node = Node()
                node.left = [head] if number % 2 else (head,)
                head = node
            del head, node
        self.assertEqual(counts.destroyed, LONG_CHAIN)

    @not_repeated
    @in_a_small_thread
    def test_long_cycle(self):
        with Counts() as counts:
            head = hpy_gc.chain(Node, LONG_CHAIN)
            head.right = head
            del head
        self.assertEqual(counts.destroyed, LONG_CHAIN)

    @not_repeated
    def test_long_in_a_thread(self):
        # A thread has a smaller stack, and counts its own nested calls.
        def run():
            for _ in range(2):
                head = hpy_gc.chain(Node, LONG_CHAIN)
                del head

        with Counts() as counts:
            thread = threading.Thread(target=run)
            thread.start()
            thread.join()
        self.assertEqual(counts.destroyed, 2 * LONG_CHAIN)

    @not_repeated
    @in_a_small_thread
    def test_long_of_a_derived_type(self):
        with Counts() as counts:
            head = hpy_gc.chain(hpy_gc.derive(Node), LONG_CHAIN)
            del head
        self.assertEqual(counts.destroyed, 2 * LONG_CHAIN)
