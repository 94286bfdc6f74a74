# python/tests/random_calls.py: random sequences of right and wrong calls in debug mode: it goes on, and nothing leaks.
"""usage: random_calls.py LIBRARY [CASES [SEED [FIRST]]]"""

import gc
import os
import random
import sys
from importlib.machinery import ExtensionFileLoader, ModuleSpec

from hpy import universal


def load(path):
    spec = ModuleSpec("random_calls", ExtensionFileLoader("random_calls", path), origin=path)
    return universal.load("random_calls", path, spec, mode=universal.MODE_DEBUG)


class Cases:
    """Runs cases, each of which depends on the seed and its number alone."""

    def __init__(self, module, seed):
        self.module, self.seed = module, seed
        self.mistakes = {}
        self.calls = 0
        self.trace = bool(os.environ.get("HPY_FUZZ_TRACE"))

    def told(self, message):
        headline = message.splitlines()[0]
        self.mistakes[headline] = self.mistakes.get(headline, 0) + 1
        assert "\n= help: " in message, message
        # One callback in a while raises.
        if self.randoms.random() < 0.1:
            raise KeyError("of the callback")

    def again(self, *_):
        self.depth += 1
        try:
            if self.depth < 4:
                return self.run_some()
        finally:
            self.depth -= 1

    def run_some(self):
        self.calls += 1
        data = bytes(self.randoms.randrange(256) for _ in range(self.randoms.choice([3, 30, 150, 300])))
        try:
            return self.module.run(data, self.again)
        except Exception as error:
            assert not isinstance(error, AssertionError), error
            return None

    def run(self, number):
        if self.trace:
            print("case", number, flush=True)
        self.randoms = random.Random(f"{self.seed}-{number}")
        self.depth = 0
        generation = universal._debug.new_generation()
        universal._debug.set_on_mistake(self.told)
        self.run_some()
        universal._debug.set_on_mistake(lambda message: None)
        self.module.finish()
        for handle in universal._debug.get_open_handles(generation):
            handle._force_close()
        assert universal._debug.get_open_handles(generation) == [], number
        assert universal._debug.get_open_resources(generation) == [], number


def count():
    gc.collect()
    # CPython keeps the names that were looked up in types, by their address: up to 4,096 strings that are no leak.
    clear = getattr(sys, "_clear_internal_caches", None) or sys._clear_type_cache
    clear()
    return sys.gettotalrefcount() if hasattr(sys, "gettotalrefcount") else sys.getallocatedblocks()


def main(path, cases=3000, seed=0, first=0):
    cases, seed, first = int(cases), int(seed), int(first)
    # Whatever `text` as an attribute is set to: the class of what is changed stays the same.
    run = Cases(load(path), seed)
    sys.unraisablehook = lambda unraisable: None
    for number in range(first, first + cases):
        run.run(number)
    # The same ones again: what they keep is kept already.
    universal._debug.set_closed_handles_queue_max_size(0)
    counts = []
    for _ in range(5):
        for number in range(first, first + min(cases, 200)):
            run.run(number)
        counts.append(count())
    universal._debug.set_closed_handles_queue_max_size(1024)
    assert max(counts[2:]) - min(counts[2:]) < 20, f"references or blocks add up: {counts}"
    kinds = sorted(run.mistakes.items(), key=lambda item: -item[1])
    print(f"{cases} cases of seed {seed}, {run.calls} calls, {sum(run.mistakes.values())} mistakes of {len(kinds)} kinds")
    if run.trace:
        for headline, times in kinds:
            print(f"{times:8} {headline}")


if __name__ == "__main__":
    main(*sys.argv[1:])
