# abi-tests/python/known.py: marks the tests that a loader is known not to pass, from its list `loader_NAME_VERSION.py`.

import importlib
import re
import unittest
from typing import NamedTuple

from leaks import flatten


class Known(NamedTuple):
    """Tests that fail for one reason, which names the loader's fault: `file.Class.method`, without the `test_` of the file.

    A test of CPython's own API is not listed: it skips itself where the library may not use that API.
    """

    reason: str
    #: Tests that would end the process, corrupt its memory, or fail only sometimes.
    skipped: str = ""
    #: Tests that run, and have to fail.
    fails: str = ""
    #: The one way, or the one language, in which they fail.
    only: str = ""


def mark(suite, loader, *case):
    """Marks each test that is listed for `loader` as skipped or as an expected failure; returns the unknown names.

    `case` is the way and the language of the library. Names of a test file outside the suite are not unknown.
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
    # `unittest.expectedFailure` sets this on the function; here it is for one instance.
    test.__unittest_expecting_failure__ = True
