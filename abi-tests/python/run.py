# abi-tests/python/run.py: runs the assertions on an interpreter: once, or many times while references are counted.
"""usage: run.py [--leaks | --valgrind] [--language LANGUAGE] [--loader NAME] [--way WAY] [-k PATTERN] LIBRARY"""

import argparse
import faulthandler
import gc
import os
import sys
import time
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
# A run that takes longer is stuck: none takes this many seconds, even under valgrind on a busy machine.
TIMEOUT = 1800


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("library", help="the extension library, which has a module for each family")
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--leaks", action="store_true", help="repeat each test, and fail if references add up")
    how.add_argument("--valgrind", action="store_true", help="run under valgrind, and fail if it finds an error")
    parser.add_argument("--loader", help="what loads the library: hpy-sys, or one of pythons.toml")
    parser.add_argument("--way", choices=["universal", "hybrid", "debug", "trace"], default="universal",
                        help="the ABI of the library, or universal in HPy's debug context")
    parser.add_argument("-k", dest="pattern", action="append", help="only the tests whose name has this in it")
    parser.add_argument("--language", choices=["rust", "c"], default="rust", help="what the library is written in")
    options = parser.parse_args()

    os.environ["HPY_ABI_TESTS"] = os.path.abspath(options.library)
    os.environ["HPY_ABI_TESTS_LANGUAGE"] = options.language
    os.environ["HPY_ABI_TESTS_WAY"] = options.way
    sys.path.insert(0, HERE)
    faulthandler.enable()
    faulthandler.dump_traceback_later(TIMEOUT, exit=True)
    if options.valgrind:
        import valgrind

        patterns = [text for pattern in options.pattern or () for text in ("-k", pattern)]
        return valgrind.run(sys.argv[0], options.library, ["--language", options.language, *patterns])
    if options.way in ("debug", "trace"):
        os.environ["HPY"] = options.way
    started = time.perf_counter()
    loader = unittest.TestLoader()
    if options.pattern:
        loader.testNamePatterns = ["*%s*" % pattern for pattern in options.pattern]
    suite = loader.discover(HERE, pattern="test_*.py", top_level_dir=HERE)
    if options.loader:
        import known

        unknown = known.mark(suite, options.loader, options.way, options.language)
        if unknown and not options.pattern:
            parser.error("%s is known not to pass tests that do not exist: %s" % (options.loader, ", ".join(unknown)))
    # The tests' collections skip frozen objects: a leak run takes a twentieth of the time.
    gc.collect()
    if hasattr(gc, "freeze"):
        gc.freeze()
    if options.leaks:
        import leaks

        passed, summary = leaks.run(suite)
    else:
        result = unittest.TextTestRunner(stream=sys.stderr, verbosity=1).run(suite)
        passed = result.wasSuccessful() and result.testsRun > 0
        summary = "%d tests, %d skipped" % (result.testsRun, len(result.skipped))
        if options.loader:
            summary += ", %d known to fail" % len(result.expectedFailures)
    seconds = time.perf_counter() - started
    print("%s, %.1f s, Python %s" % (summary, seconds, sys.version.split()[0]), flush=True)
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main())
