# abi-tests/python/test_threads.py: threads that use the same objects at the same time, with and without a global lock.

import gc
import threading
import unittest

from support import NULL, load, not_repeated

globals_, gc_, item = (load(name) for name in ("globals", "gc", "item"))
THREADS, ROUNDS = 4, 1500


class TestAtTheSameTime(unittest.TestCase):
    def together(self, *works):
        """Runs each of `works` in threads of their own, all at once; each is given the number of the round."""
        failures, barrier = [], threading.Barrier(THREADS * len(works))

        def run(work):
            barrier.wait()
            try:
                for number in range(ROUNDS):
                    work(number)
            except BaseException as error:
                failures.append(error)

        threads = [threading.Thread(target=run, args=(work,)) for work in works for _ in range(THREADS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(failures, [])

    def tearDown(self):
        globals_.store(NULL)

    @not_repeated
    def test_fields_of_one_object(self):
        node = gc_.Node()
        node.left = ["first"]

        def load_and_store(number):
            assert node.left[0] is not None
            node.left = [number]

        self.together(load_and_store, lambda number: gc.collect() if number % 300 == 0 else node.left)
        self.assertEqual(node.left, [ROUNDS - 1])

    @not_repeated
    def test_one_global(self):
        globals_.store(["first"])

        def store(number):
            globals_.store([number])

        def read(number):
            assert len(globals_.get()) == 1

        self.together(store, read)
        self.assertEqual(globals_.get(), [ROUNDS - 1])

    @not_repeated
    def test_a_list_that_changes(self):
        items = [[0]] * 8

        def change(number):
            item.set_i(items, number % 8, [number])
            if number % 50 == 0:
                items.append(items.pop())

        def read(number):
            try:
                assert len(item.get_i(items, number % 7)) == 1
            except IndexError:
                pass

        self.together(change, read)
