# abi-tests/fuzz/fuzz.py: runs one kind of random cases on a library of the families, next to CPython's own functions.
"""usage: fuzz.py --kind KIND --language LANGUAGE [--peer MODULE] [--fewer | --valgrind] LIBRARY"""

import argparse
import array
import faulthandler
import gc
import importlib
import importlib.machinery
import importlib.util
import os
import random
import sys
import time
import traceback

HERE = os.path.dirname(os.path.abspath(__file__))
# A run that takes this many seconds is stuck.
TIMEOUT = 600
# How often the cases are repeated on a debug build: caches fill up in the first rounds.
WARM_UP, STEADY = 2, 2
# How many findings are printed.
MOST = 10


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("library", help="the extension library, which has a module for each family")
    parser.add_argument("--kind", required=True, help="what is tried: the file KIND.py beside this one")
    parser.add_argument("--language", choices=["rust", "c"], default="rust", help="what the library is written in")
    parser.add_argument("--peer", help="the extension of peer.c, for kinds that compare")
    parser.add_argument("--fewer", action="store_true", help="half of the cases")
    parser.add_argument("--valgrind", action="store_true", help="run under valgrind, and fail if it finds an error")
    options = parser.parse_args()

    os.environ["HPY_ABI_TESTS"] = os.path.abspath(options.library)
    os.environ["HPY_ABI_TESTS_LANGUAGE"] = options.language
    sys.path[:0] = [HERE, os.path.join(HERE, "..", "python")]
    faulthandler.enable()
    faulthandler.dump_traceback_later(TIMEOUT, exit=True)
    if options.valgrind:
        import valgrind

        arguments = ["--kind", options.kind, "--language", options.language]
        if options.peer:
            arguments += ["--peer", options.peer]
        return valgrind.run(sys.argv[0], options.library, arguments)
    if options.peer:
        loader = importlib.machinery.ExtensionFileLoader("peer", options.peer)
        spec = importlib.util.spec_from_file_location("peer", options.peer, loader=loader)
        sys.modules["peer"] = importlib.util.module_from_spec(spec)
        loader.exec_module(sys.modules["peer"])

    kind = importlib.import_module(options.kind)
    seed = int(os.environ.get("HPY_FUZZ_SEED", "1"))
    # A debug build is slow, and tries some of the cases several times.
    usual = kind.CASES // (4 if hasattr(sys, "gettotalrefcount") else 2 if options.fewer else 1)
    count = int(os.environ.get("HPY_FUZZ_CASES", usual))
    started = time.perf_counter()
    findings = tried(kind, seed, count)
    leak = None if findings else leaked(kind, seed, min(count, kind.CASES // 8))
    seconds = time.perf_counter() - started
    for index, case, text in findings[:MOST]:
        print("case %d: %r\n%s" % (index, case, text))
    if leak:
        print("references per round: %s" % leak)
    print("%s: %d cases with seed %d, %d findings, %.1f s, Python %s" % (
        options.kind, count, seed, len(findings), seconds, sys.version.split()[0]), flush=True)
    return 1 if findings or leak else 0


def tried(kind, seed, count):
    """Runs the cases; returns those that failed, each with its number and its description."""
    findings, trace = [], os.environ.get("HPY_FUZZ_TRACE")
    randoms = random.Random(seed)
    for index in range(count):
        case = kind.case(randoms)
        if trace:
            print("case %d: %r" % (index, case), file=sys.stderr, flush=True)
        try:
            kind.check(case)
        except AssertionError as error:
            findings.append((index, case, str(error)))
        except Exception:
            findings.append((index, case, traceback.format_exc()))
    return findings


def leaked(kind, seed, count):
    """How the number of all references changes with each round of the same cases, if it does, on a debug build."""
    if not hasattr(sys, "gettotalrefcount") or not getattr(kind, "COUNTED", True):
        return None
    counts = array.array("q")
    for _ in range(WARM_UP + STEADY + 1):
        tried(kind, seed, count)
        gc.collect()
        gc.collect()
        counts.append(sys.gettotalrefcount())
    changes = [b - a for a, b in zip(counts, counts[1:])]
    return None if not any(changes[WARM_UP:]) else ", ".join("%+d" % change for change in changes)


def outcome(function, *arguments):
    """The outcome of a call: its value, or the class and the text of its exception."""
    try:
        return "value", function(*arguments)
    except RecursionError:
        raise
    except Exception as error:
        return type(error).__name__, str(error)


if __name__ == "__main__":
    sys.exit(main())
