# abi-tests/python/known.py: marks the tests that a loader is known not to pass, as its file `loader_NAME_VERSION.py` lists them.

import importlib
import re
import unittest
from typing import NamedTuple

from leaks import flatten


class Known(NamedTuple):
    """Tests with the same reason, which speaks of the loader: `file.Class.method`, without the `test_` of the file.

    What is about CPython's own API, or about a library that may not use it, is not listed: the tests say so themselves.
    """

    reason: str
    #: What would end the process, spoil its memory, or fail sometimes.
    skipped: str = ""
    #: What is run, and may not pass.
    fails: str = ""
    #: The one way, or the one language, that it is about.
    only: str = ""


def mark(suite, loader, *case):
    """Has each test that is listed for `loader` skipped or expected to fail; gives the listed ids that do not exist.

    `case` is the way and the language of the library. What is listed of a test file that is not part of the suite is
    left alone.
    """
    tests = {test.id(): test for test in flatten(suite)}
    files = {name.split(".")[0] for name in tests}
    unknown = []
    for known in importlib.import_module("loader_" + re.sub(r"\W", "_", loader)).KNOWN:
        if known.only and known.only not in case:
            continue
        for names, how in ((known.skipped, skip), (known.fails, expect_failure)):
            for name in names.split():
                test = tests.get("test_" + name)
                if test is not None:
                    how(test, known.reason)
                elif "test_" + name.split(".")[0] in files:
                    unknown.append(name)
    return unknown


def skip(test, reason):
    setattr(test, test._testMethodName, unittest.skip(reason)(lambda: None))


def expect_failure(test, _reason):
    # What the decorator of this purpose sets, on this one instance.
    test.__unittest_expecting_failure__ = True
