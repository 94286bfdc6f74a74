# abi-tests/python/test_instances.py: instances of a struct with fields that Rust drops.

import unittest

from support import LANGUAGE, collect, load

if LANGUAGE == "rust":
    instances = load("instances")


@unittest.skipIf(LANGUAGE != "rust", "C has no fields that are dropped")
class TestDrop(unittest.TestCase):
    def setUp(self):
        collect()
        self.before = instances.alive()

    def alive(self):
        collect()
        return instances.alive() - self.before

    def test_dropped_once(self):
        note = instances.Note(1, 2)
        self.assertEqual((note.number, note.text), (2, "größe"))
        self.assertEqual(self.alive(), 1)
        del note
        self.assertEqual(self.alive(), 0)

    def test_python_subclass(self):
        class Below(instances.Note):
            pass

        note = Below(1)
        note.itself = note
        self.assertEqual((note.number, note.text), (1, "größe"))
        del note
        self.assertEqual(self.alive(), 0)

    def test_what_was_never_written_is_not_dropped(self):
        bare = instances.Bare()
        del bare
        self.assertEqual(self.alive(), 0)

    def test_the_value_of_no_instance_is_dropped(self):
        self.assertRaises(TypeError, instances.make, 5)
        self.assertEqual(self.alive(), 0)
        self.assertEqual(instances.make(instances.Note).text, "made")
        self.assertEqual(self.alive(), 0)
