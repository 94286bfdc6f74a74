# abi-tests/python/test_blocks.py: many items in one call: handles, and C's numbers.

import array
import sys
import unittest

from support import load, needs_native_runtime

blocks = load("blocks")


class Index:
    """An integer that is no `int`, and code that runs when it is converted."""

    def __init__(self, value, then=lambda: None):
        self.value, self.then = value, then

    def __index__(self):
        self.then()
        return self.value

    def __float__(self):
        self.then()
        return float(self.value)


class TestHandles(unittest.TestCase):
    def test_iterator(self):
        iterator = iter(range(5))
        self.assertEqual(blocks.next_items(iterator, 2), [0, 1])
        self.assertEqual(blocks.next_items(iterator, 0), [])
        self.assertEqual(blocks.next_items(iterator, 10), [2, 3, 4])
        self.assertEqual(blocks.next_items(iterator, 10), [])
        with self.assertRaises(TypeError):
            blocks.next_items([1], 1)

    def test_iterator_that_fails(self):
        item = ["item"]

        def generate():
            yield item
            raise LookupError

        before = sys.getrefcount(item)
        with self.assertRaises(LookupError):
            blocks.next_items(generate(), 3)
        self.assertEqual(sys.getrefcount(item), before)
        # It ends before the error.
        self.assertEqual(blocks.next_items(generate(), 1), [item])

    def test_sequences(self):
        for sequence in [1, "a", None], (1, 2), "text", range(3), {1: 2}, []:
            self.assertEqual(blocks.get_items(sequence, len(sequence)), list(sequence))
        for size in 0, 1, 3:
            with self.assertRaisesRegex(ValueError, "the sequence has 2 items, and there is room for %d" % size):
                blocks.get_items([1, 2], size)
        with self.assertRaises(TypeError):
            blocks.get_items(1, 1)

    def test_references(self):
        item = ["item"]
        items = [item] * 3
        before = sys.getrefcount(item)
        self.assertEqual(len(blocks.get_items(items, 3)), 3)
        self.assertEqual(sys.getrefcount(item), before)


INTEGERS = [0, 1, -1, 5, 2**30 - 1, 2**30, -(2**30), 2**62, 2**63 - 1, -(2**63), True]


class TestIntegers(unittest.TestCase):
    def test_values(self):
        for sequence in INTEGERS, tuple(INTEGERS), range(100), b"bytes", bytearray(b"\xff"), [], (), {1: 2}:
            self.assertEqual(blocks.integers(sequence, len(sequence)), list(sequence))
        self.assertEqual(blocks.integers([Index(3), 4], 2), [3, 4])

    def test_each_place(self):
        # What is not read as one digit, among numbers that are.
        for number in INTEGERS + [Index(7)]:
            for place in range(9):
                items = list(range(1, 10))
                items[place] = number
                expected = [getattr(item, "value", item) for item in items]
                self.assertEqual(blocks.integers(items, 9), expected)
                self.assertEqual(blocks.integers(tuple(items), 9), expected)
                items[place] = 2**63
                with self.assertRaisesRegex(OverflowError, "^item %d does" % place):
                    blocks.integers(items, 9)

    def test_buffers(self):
        for code in "bBhHiIlLqQ":
            numbers = array.array(code, [0, 1, 2, 100])
            self.assertEqual(blocks.integers(numbers, 4), [0, 1, 2, 100])
            self.assertEqual(blocks.integers(memoryview(numbers)[::2], 2), [0, 2])
            with self.assertRaises(ValueError):
                blocks.integers(numbers, 3)
        self.assertEqual(blocks.integers(array.array("q", [-(2**63), 2**63 - 1]), 2), [-(2**63), 2**63 - 1])
        self.assertEqual(blocks.integers(array.array("b", [-128]), 1), [-128])

    def test_what_does_not_fit(self):
        for sequence in [1, 2**63], (1, -(2**70)), array.array("Q", [1, 2**63]):
            with self.assertRaisesRegex(OverflowError, "^item 1 does not fit 64 bits$"):
                blocks.integers(sequence, 2)
        for sequence in [1, 2, 1.5], (1, 2, 1.5), array.array("d", [1, 2, 3]):
            index = 0 if isinstance(sequence, array.array) else 2
            with self.assertRaisesRegex(TypeError, "^item %d is of the type 'float', and an integer is needed$" % index):
                blocks.integers(sequence, 3)
        with self.assertRaisesRegex(TypeError, "item 0 is of the type 'str'"):
            blocks.integers("ab", 2)
        for size in 0, 3:
            with self.assertRaises(ValueError):
                blocks.integers([1, 2], size)
        with self.assertRaises(TypeError):
            blocks.integers(1, 1)

    def test_errors_of_items(self):
        def fails():
            raise LookupError("own")

        with self.assertRaisesRegex(LookupError, "own"):
            blocks.integers([1, Index(1, fails)], 2)

    @needs_native_runtime
    def test_a_list_that_changes(self):
        items = []
        items[:] = [Index(1, items.clear), 2, 3]
        with self.assertRaises(ValueError):
            blocks.integers(items, 3)
        items[:] = [Index(1, lambda: items.append(4)), 2]
        with self.assertRaisesRegex(ValueError, "the sequence has 3 items, and there is room for 2"):
            blocks.integers(items, 2)

    def test_negative_size(self):
        with self.assertRaises(SystemError):
            blocks.negative()


class TestDoubles(unittest.TestCase):
    def test_values(self):
        numbers = [0.0, 1.5, -2.5, float("inf"), 3, True, 2**70]
        for sequence in numbers, tuple(numbers), range(10):
            self.assertEqual(blocks.doubles(sequence, len(sequence)), [float(number) for number in sequence])
        self.assertTrue(all(type(number) is float for number in blocks.doubles([1, 2], 2)))
        self.assertEqual(blocks.doubles([Index(3)], 1), [3.0])

    def test_each_place(self):
        for place in range(9):
            items = [float(number) for number in range(9)]
            items[place] = Index(70)
            self.assertEqual(blocks.doubles(items, 9), [float(item) for item in items])
            items[place] = "no number"
            with self.assertRaisesRegex(TypeError, "^item %d is" % place):
                blocks.doubles(items, 9)

    def test_buffers(self):
        for code in "bhiqfd":
            self.assertEqual(blocks.doubles(array.array(code, [0, 1, 100]), 3), [0.0, 1.0, 100.0])
        numbers = array.array("d", [0.5, 1.5, 2.5])
        self.assertEqual(blocks.doubles(numbers, 3), [0.5, 1.5, 2.5])
        self.assertEqual(blocks.doubles(memoryview(numbers)[::-1], 3), [2.5, 1.5, 0.5])

    def test_what_does_not_fit(self):
        with self.assertRaisesRegex(TypeError, "^item 1 is of the type 'str', and a number is needed$"):
            blocks.doubles([1, "2"], 2)
        with self.assertRaisesRegex(OverflowError, "^item 1 does not fit 64 bits$"):
            blocks.doubles([1, 10**400], 2)
        with self.assertRaises(ValueError):
            blocks.doubles([1.5], 2)


if __name__ == "__main__":
    unittest.main()
