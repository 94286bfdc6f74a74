# abi-tests/fuzz/towers.py: types of several extensions, Python classes and C API types one above the other.

import random
import unittest

from test_towers import TestTowers, Tower

CASES = 250
# A C API type without a deallocator leaks its field; the counts of all others are looked at for each tower.
COUNTED = False
TestTowers.setUpClass()


class Checks(TestTowers):
    def runTest(self):
        pass


checks = Checks()


class Case:
    def __init__(self, seed):
        self.seed = seed

    def __repr__(self):
        return "tower with seed %d" % self.seed


def case(randoms):
    return Case(randoms.randrange(2**60))


def check(case):
    tower = Tower(random.Random(case.seed), TestTowers.modules)
    try:
        checks.check_whole(tower)
        if tower.type.__flags__ & 1 << 14:
            checks.check_cycles(tower)
    except AssertionError as error:
        raise AssertionError("%s: %s" % (tower.log, error))
