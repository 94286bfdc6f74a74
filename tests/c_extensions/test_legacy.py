# tests/c_extensions/test_legacy.py: what legacy.c does.
import legacy
from legacy import Counter

counter = Counter(3)
assert counter.increase() == 4 and counter.old() == 40 and counter.number == 4 and repr(counter) == "<4>"
counter.number = 9
assert counter.increase() == 10


class Child(Counter):
    pass


assert Child(5).increase() == 6 and Counter().number == 0
assert legacy.old_function(5) == -5
assert legacy.through("x") == ["x"]
