# abi-tests/python/test_tracker.py: a tracker closes each handle once, unless it is told to forget them.

import sys
import unittest

from support import load

tracker = load("tracker")


class TestTracker(unittest.TestCase):
    def test_close(self):
        value = [1]
        before = sys.getrefcount(value)
        for capacity in (0, 1, 5, 6, 100):
            for count in (0, 1, 4, 5, 6, 7, 11, 12, 13, 100, 1000):
                tracker.track(value, capacity, count)
                self.assertEqual(sys.getrefcount(value), before)

    def test_closed_in_order(self):
        seen = []

        class Value:
            def __init__(self, number):
                self.number = number

            def __del__(self):
                seen.append(self.number)

        tracker.track_all([Value(number) for number in range(20)])
        self.assertEqual(seen, list(range(20)))

    def test_forget(self):
        items = [[number] for number in range(20)]
        before = [sys.getrefcount(item) for item in items]
        tracker.forget(items)
        self.assertEqual([sys.getrefcount(item) for item in items], before)

    def test_null(self):
        tracker.close_null()
