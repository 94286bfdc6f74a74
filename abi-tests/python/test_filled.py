# abi-tests/python/test_filled.py: definitions in C that are filled by hand, or copied from another.

import unittest

from support import LANGUAGE, collect, load

if LANGUAGE == "c":
    filled = load("filled")


@unittest.skipIf(LANGUAGE != "c", "in Rust a definition cannot be filled by hand: tests/misuse/filled_by_hand.rs")
class TestFilled(unittest.TestCase):
    def test_methods(self):
        self.assertEqual(filled.noargs(), "noargs")
        self.assertEqual(filled.one(1), (1,))
        self.assertEqual(filled.many(1, 2), (1, 2))
        self.assertEqual(filled.named(1, a=2), (1, ("a",)))
        self.assertEqual(filled.named(1), (1, 1))
        self.assertRaisesRegex(TypeError, "takes no arguments", filled.noargs, 1)

    def test_copies(self):
        self.assertEqual(filled.first(), "first")
        self.assertEqual(filled.renamed(), "first")
        self.assertEqual(filled.other(), "other")
        self.assertEqual(filled.replaced(), "other")
        for name in "first", "renamed", "other", "replaced":
            function = getattr(filled, name)
            self.assertEqual(function.__name__, name)
            self.assertRaisesRegex(TypeError, r"\b%s\(\) takes no arguments" % name, function, 1)

    def test_implementations_are_called(self):
        instance = filled.Filled(1, 2)
        self.assertEqual(filled.called(instance), ("first", "<2002>", 5, 2003, None))
        self.assertEqual(instance(1, 2), 2004)
        self.assertEqual(repr(filled.Filled(1, x=2)), "<1101>")
        self.assertEqual(repr(filled.Outer(1, 2, 3)), "<3003>")
        self.assertEqual(repr(filled.Outer(1, x=3)), "<1101>")

    def test_traverse(self):
        collect()
        instance = filled.Filled()
        instance.field = instance
        value = Value()
        import weakref

        gone = weakref.ref(value)
        instance.field = [instance, value]
        del instance, value
        collect()
        self.assertIsNone(gone())


class Value:
    pass
