# abi-tests/python/test_safe_iteration.py: iterators of classes in safe Rust.

import unittest

from support import HAS_NATIVE_RUNTIME, LANGUAGE, load

if LANGUAGE == "rust":
    try:
        safe_iteration = load("safe_iteration")
    except NotImplementedError as refused:
        # A loader that does not know a slot refuses the module.
        assert not HAS_NATIVE_RUNTIME, refused
        raise unittest.SkipTest(str(refused))


@unittest.skipIf(LANGUAGE != "rust", "this is Rust's")
class TestIteration(unittest.TestCase):
    def test_items(self):
        countdown = safe_iteration.Countdown(3)
        self.assertIs(iter(countdown), countdown)
        self.assertEqual(list(countdown), [3, 2, 1])
        self.assertEqual(next(countdown, "end"), "end")
        with self.assertRaises(StopIteration):
            next(countdown)

    def test_error(self):
        countdown = safe_iteration.Countdown(14)
        self.assertEqual(next(countdown), 14)
        with self.assertRaisesRegex(LookupError, "thirteen"):
            next(countdown)

    def test_python_class(self):
        class Below(safe_iteration.Countdown):
            pass

        if HAS_NATIVE_RUNTIME:
            self.assertEqual([*Below(2)], [2, 1])

    def test_iterable(self):
        halves = safe_iteration.Halves(8.0)
        for _ in range(2):
            self.assertEqual(list(halves), [4.0, 2.0])
        with self.assertRaises(TypeError):
            next(halves)


if __name__ == "__main__":
    unittest.main()
