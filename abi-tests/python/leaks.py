# abi-tests/python/leaks.py: repeats each test on a debug build until the total number of references stays flat.

import array
import gc
import sys
import unittest

# Caches fill up in the first rounds. The number has to stay flat over STEADY rounds, before ROUNDS are over.
WARM_UP = 2
STEADY = 3
ROUNDS = 12


def run(suite):
    """Runs every test; returns whether all passed without a leak, and a summary."""
    if not hasattr(sys, "gettotalrefcount"):
        return False, "this is no debug build: it has no sys.gettotalrefcount"
    tests, failed, skipped = list(flatten(suite)), [], 0
    for test in tests:
        method = getattr(test, test._testMethodName)
        if hasattr(method, "not_repeated") or getattr(method, "__unittest_skip__", False):
            skipped += 1
            continue
        problem = check(test)
        if problem:
            failed.append(test.id())
            print("LEAK %s: %s" % (test.id(), problem), file=sys.stderr)
    summary = "%d tests without leaks, %d not repeated" % (len(tests) - len(failed) - skipped, skipped)
    return not failed and len(tests) > skipped, summary


def flatten(suite):
    for test in suite:
        if isinstance(test, unittest.TestSuite):
            yield from flatten(test)
        else:
            yield test


def check(test):
    """The fault of the test, or None."""
    # An array of machine integers has no references of its own.
    counts = array.array("q")
    for _ in range(WARM_UP):
        problem = once(test)
        if problem:
            return problem
    while len(counts) < ROUNDS:
        problem = once(test)
        if problem:
            return problem
        counts.append(total())
        if len(counts) > STEADY and len(set(counts[-STEADY - 1:])) == 1:
            return None
    return "references per round: %s" % ", ".join("%+d" % (b - a) for a, b in zip(counts, counts[1:]))


def once(test):
    """Runs the test once, as a new instance, whose attributes are freed with it."""
    result = unittest.TestResult()
    type(test)(test._testMethodName).run(result)
    for _, text in result.failures + result.errors:
        return text
    return None


def total():
    clear = getattr(sys, "_clear_internal_caches", None) or sys._clear_type_cache
    clear()
    gc.collect()
    gc.collect()
    return sys.gettotalrefcount()
