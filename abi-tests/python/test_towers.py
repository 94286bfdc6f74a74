# abi-tests/python/test_towers.py: types of several extensions, Python classes and C API types one above the other, at random.

import functools
import gc
import os
import random
import sys
import unittest
import weakref

import extensions
from support import UNDER_VALGRIND, HAS_CONTEXT, collect, load, not_repeated

VISITS_OWN, VISITS_ALL, COLLECTED, DESTROYS, CALLED, STRUCT = (1 << bit for bit in range(4, 10))
SEED = int(os.environ.get("HPY_FUZZ_SEED", "20"))
TOWERS = int(os.environ.get("HPY_FUZZ_CASES", "10" if UNDER_VALGRIND else "60"))


class Value:
    """Something with weak references."""


class Tower:
    """A type at the bottom of a tower, and the parts of its instances."""

    def __init__(self, choice, modules):
        self.choice, self.modules = choice, modules
        self.type = choice.choice([object, object, object, Exception, list, dict])
        self.log = [self.type.__name__]
        self.places = []     # attributes that hold an object
        self.unvisited = []  # those that no function visits, by the fault of their author
        self.unfreed = []    # those that nobody releases
        self.destroys = {}   # how many levels of each module destroy
        self.depth = 0       # how many fields the struct has
        self.foreign = 0
        self.has_struct = True
        for _ in range(choice.randint(1, 5)):
            self.add()

    def add(self):
        choice = self.choice
        kind = choice.choice(["level", "level", "level", "dict", "slots", "empty", "foreign"])
        getattr(self, "add_" + kind)()

    def add_level(self):
        choice = self.choice
        name = choice.choice(sorted(self.modules))
        kind = 0
        with_struct = self.has_struct and self.depth < 4 and choice.random() < 0.6
        if with_struct:
            kind |= self.depth | STRUCT | choice.choice([VISITS_OWN, VISITS_ALL, VISITS_ALL | COLLECTED, VISITS_OWN | COLLECTED])
        if choice.random() < 0.5:
            kind |= DESTROYS
        if choice.random() < 0.2:
            kind |= CALLED
        try:
            new = self.modules[name].level(self.type, kind)
        except TypeError as error:
            # Only a struct that would overlap another's is refused.
            assert with_struct and "would lie" in str(error), (self.log, error)
            self.has_struct = False
            return
        self.type = new
        self.log.append("%s:%x" % (name, kind))
        if with_struct:
            self.places.append("field%d" % self.depth)
            self.depth += 1
        if kind & DESTROYS:
            self.destroys[name] = self.destroys.get(name, 0) + 1

    def add_dict(self):
        self.type = type("Dict", (self.type,), {})
        self.log.append("dict")
        self.places.append("attribute%d" % len(self.log))

    def add_slots(self):
        slot = "slot%d" % len(self.log)
        self.type = type("Slots", (self.type,), {"__slots__": (slot,)})
        self.log.append("slots")
        self.places.append(slot)

    def add_empty(self):
        self.type = type("Empty", (self.type,), {"__slots__": ()})
        self.log.append("empty")

    def add_foreign(self):
        # CPython's functions of Python classes begin at the object's type: a C API type below one cannot call them.
        if self.foreign == 3 or self.log[-1] in ("dict", "slots", "empty", "foreign"):
            return
        kind = self.choice.choice([0, 2, 3])
        if not kind and not self.type.__flags__ & 1 << 14:
            # CPython inherits a traverse function together with the flag alone.
            self.unvisited = list(self.places)
        name = "foreign%d" % self.foreign
        self.type = self.modules["own"].foreign_type(self.type, self.foreign, kind)
        self.log.append("foreign" if kind != 3 else "foreign:all")
        self.foreign += 1
        self.places.append(name)
        if not kind & 2:
            self.unvisited.append(name)
        if not kind & 1:
            self.unfreed.append(name)

    def make(self):
        h = self.type()
        values = {}
        for place in self.places:
            values[place] = [Value()]
            setattr(h, place, values[place])
        return h, values


@unittest.skipIf(HAS_CONTEXT, "it is about the runtime of the native ABI")
class TestTowers(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.modules = {"own": load("towers"), "other": load("towers", library=extensions.copy("other"))}
        other_layout = extensions.copy_of_other_layout()
        if other_layout:
            cls.modules["layout"] = load("towers", library=other_layout)

    def towers(self):
        for number in range(TOWERS):
            yield Tower(random.Random(SEED * 1000003 + number), self.modules)

    def destroyed(self):
        return {name: count for name, count in ((name, module.destroyed()) for name, module in self.modules.items()) if count}

    @not_repeated
    def test_whole(self):
        for tower in self.towers():
            with self.subTest(tower=tower.log):
                self.check_whole(tower)

    def check_whole(self, tower):
        self.destroyed()
        collect()
        references = sys.getrefcount(tower.type)
        h, values = tower.make()
        collect()
        # The garbage collector would have cleared a field that was visited twice.
        for place in values:
            self.assertEqual(len(values[place]), 1, place)
            self.assertIs(getattr(h, place), values[place], place)
        if gc.is_tracked(h):
            self.check_referents(tower, h, values)
        self.assertEqual(self.destroyed(), {})
        before = {place: sys.getrefcount(values[place]) for place in values}
        del h
        collect()
        self.assertEqual(self.destroyed(), tower.destroys)
        self.assertEqual(sys.getrefcount(tower.type), references)
        for place in values:
            if place not in tower.unfreed:
                self.assertEqual(sys.getrefcount(values[place]), before[place] - 1, place)

    def check_referents(self, tower, h, values):
        referents = gc.get_referents(h)
        found = list(referents)
        for referent in referents:
            if isinstance(referent, dict) and referent is not h:
                found += referent.values()
        for place, value in values.items():
            count = sum(referent is value for referent in found)
            if place in tower.unvisited:
                self.assertLessEqual(count, 1, place)
            else:
                self.assertEqual(count, 1, place)
        if any(":" in entry for entry in tower.log):
            # CPython itself forgets the type of an instance of a C API type that inherits the functions of a builtin one.
            self.assertEqual(sum(referent is tower.type for referent in referents), 1)

    @not_repeated
    def test_cycles(self):
        for tower in self.towers():
            if tower.type.__flags__ & 1 << 14:
                with self.subTest(tower=tower.log):
                    self.check_cycles(tower)

    def check_cycles(self, tower):
        for place in tower.places:
            if place not in tower.unvisited:
                h, value = tower.type(), Value()
                setattr(h, place, [h, value])
                reference = weakref.ref(value)
                del h, value
                collect()
                self.assertIsNone(reference(), place)


if __name__ == "__main__":
    unittest.main()
