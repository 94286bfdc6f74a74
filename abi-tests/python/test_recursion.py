# abi-tests/python/test_recursion.py: endless recursion raises RecursionError, and chains of any length are freed.

import sys
import threading
import unittest

from support import LONG_CHAIN, UNDER_VALGRIND, in_a_small_thread, load, not_repeated

recursion = load("recursion")
hpy_gc = load("gc")


class TestRecursion(unittest.TestCase):
    @not_repeated
    def test_constructors(self):
        nested = []
        for _ in range(10000 if UNDER_VALGRIND else 100000):
            nested = [nested]
        for class_ in (recursion.New, recursion.NewAndInit, type("Below", (recursion.New,), {})):
            with self.assertRaises(RecursionError):
                class_(nested)
            self.assertIsInstance(class_([[[]]]), class_)
        while nested:
            nested = nested[0]

    @not_repeated
    def test_calls(self):
        for class_ in (recursion.Called, type("Below", (recursion.Called,), {}), recursion.CalledWithoutStruct):
            h = class_()
            with self.assertRaises(RecursionError):
                h(h)
            self.assertEqual(h(None), None)

    @not_repeated
    def test_threads(self):
        # A thread gets the stack of one that has ended, or part of it; CPython knows its end from 3.14 on.
        sizes = (512, 256, 1024, 320) if sys.version_info >= (3, 14) else (8192,)
        h, both, ended = recursion.Called(), threading.Barrier(2), []

        def run():
            for call in (lambda: h(h), lambda: recursion.New(recursion), lambda: h(h)):
                both.wait()
                try:
                    call()
                except (RecursionError, TypeError) as error:
                    ended.append(type(error))

        before = threading.stack_size()
        try:
            for size in sizes * 3:
                threading.stack_size(size << 10)
                threads = [threading.Thread(target=run) for _ in range(2)]
                for thread in threads:
                    thread.start()
                for thread in threads:
                    thread.join()
        finally:
            threading.stack_size(before)
        self.assertEqual(ended.count(RecursionError), 2 * 2 * 3 * len(sizes))

    @not_repeated
    def test_call_functions(self):
        h = recursion.Called()
        recursion.set_function(h)
        with self.assertRaises(RecursionError):
            h(h)

    @not_repeated
    def test_depth(self):
        # As deep as Python functions may be nested, but for the frames in between.
        limit = sys.getrecursionlimit()
        nested = []
        for _ in range(limit // 3):
            nested = [nested]
        self.assertIsInstance(recursion.New(nested), recursion.New)


class TestChains(unittest.TestCase):
    """Instances that the garbage collector does not track, each of which keeps the next one alive."""

    @not_repeated
    @in_a_small_thread
    def test_long(self):
        before = hpy_gc.counts()[1]
        first = hpy_gc.chain(hpy_gc.Untracked, LONG_CHAIN)
        self.assertEqual(hpy_gc.counts()[1], before)
        del first
        self.assertEqual(hpy_gc.counts()[1], before + LONG_CHAIN)

    def test_trees(self):
        for class_ in (hpy_gc.Untracked, hpy_gc.Node):
            shared = class_(1)
            references = sys.getrefcount(shared)
            before = hpy_gc.counts()[1]

            def tree(depth):
                h = class_(1)
                h.right = shared
                if depth:
                    h.left = tree(depth - 1)
                return h

            root = class_(1)
            root.left, root.right = tree(50), tree(40)
            del root
            self.assertEqual(hpy_gc.counts()[1] - before, 1 + 51 + 41)
            self.assertEqual(sys.getrefcount(shared), references)


if __name__ == "__main__":
    unittest.main()
