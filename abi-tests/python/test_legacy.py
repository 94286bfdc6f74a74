# abi-tests/python/test_legacy.py: handles from CPython's objects and back, and modules with methods of both kinds.

import sys
import unittest

from support import HAS_LEGACY, load, needs_legacy

legacy = load("legacy") if HAS_LEGACY else None


@needs_legacy
class TestObjects(unittest.TestCase):
    def test_there_and_back(self):
        value = [1]
        before = sys.getrefcount(value)
        self.assertIs(legacy.there_and_back(value), value)
        self.assertEqual(sys.getrefcount(value), before)

    def test_null(self):
        self.assertTrue(legacy.null())

    def test_many(self):
        for value in (None, 7, "text", int, legacy, [1] * 10):
            for _ in range(100):
                self.assertIs(legacy.there_and_back(value), value)


@needs_legacy
class TestTypes(unittest.TestCase):
    def setUp(self):
        self.module = load("legacy_types")

    def test_one_struct(self):
        class Below(self.module.Mixed):
            pass

        for class_ in (self.module.Mixed, Below):
            h = class_(1, 2, 3)
            self.assertEqual((h.number, h.legacy_number, h.double()), (3, 3, 6))
            h.legacy_number = -5
            self.assertEqual((h.number, h.double()), (-5, -10))
            h.number = 7
            self.assertEqual((h.legacy_number, h.double()), (7, 14))
            h.legacy_object = value = [h.legacy_get]
            self.assertEqual((h.legacy_object, h.legacy_one(1), repr(h)), ([5], (1, 1), "legacy repr"))
            self.assertIs(h.legacy_noargs(), h)
            self.assertIs(h.legacy_object, value)

    def test_destroyed(self):
        class Below(self.module.Mixed):
            pass

        for class_ in (self.module.Mixed, Below):
            before, references, value = self.module.destroyed(), sys.getrefcount(class_), [1]
            h, count = class_(*range(42)), sys.getrefcount(value)
            h.legacy_object = value
            self.assertEqual((self.module.destroyed(), sys.getrefcount(class_)), (before, references + 1))
            del h
            self.assertEqual((self.module.destroyed(), sys.getrefcount(class_)), (before + 1, references))
            self.assertEqual(sys.getrefcount(value), count)

    def test_basicsize(self):
        # The struct has the head of the object itself.
        self.assertEqual(self.module.Mixed.__basicsize__, load("legacy_methods").legacy_struct_size())


@needs_legacy
class TestMethods(unittest.TestCase):
    def test_both_kinds(self):
        module = load("legacy_methods")
        self.assertEqual(module.__doc__, "both kinds")
        self.assertIs(module.legacy_noargs(), module)
        self.assertEqual(module.legacy_one(5), (5, 5))
        self.assertGreater(module.legacy_struct_size(), 0)
        self.assertEqual(module.legacy_one.__doc__, "a legacy method")
        with self.assertRaises(TypeError):
            module.legacy_noargs(1)
