# examples/tally/tests/test_tally.py: what `tally` does, built with hpy-sys or with PyO3: the same for both.
#
# Run it where `import tally` finds the module.

import ast
import gc
import inspect
import os
import struct
import sys
import threading
import unittest
import weakref

import tally

STUBS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "tally.pyi")


class TestTally(unittest.TestCase):
    def test_state(self):
        numbers = tally.Tally()
        numbers.add(1)
        self.assertEqual(numbers.extend((value for value in (2, 3.5)), scale=2), 2)
        self.assertEqual((len(numbers), numbers[0], numbers[-1]), (3, 1, 7))
        self.assertEqual(repr(numbers), 'Tally([1.0, 4.0, 7.0], name="numbers")')
        numbers.name = "lengths"
        self.assertEqual((numbers.name, numbers.mean, numbers.range()), ("lengths", 4, (1, 7)))
        self.assertTrue(4 in numbers and 5 not in numbers)
        self.assertEqual(tally.Tally([1]) + tally.Tally((2,), name="b"), tally.Tally([1, 2]))
        self.assertNotEqual(tally.Tally([1]), tally.Tally())
        self.assertNotEqual(tally.Tally([1]), [1])

    def test_results(self):
        numbers = tally.Tally([0, 0.5, 1.25, 4], name="x")
        self.assertEqual(numbers.histogram(4), [2, 1, 0, 1])
        self.assertEqual(numbers.histogram(bins=2, low=0, high=1), [1, 1])
        self.assertEqual(sum(numbers.histogram()), 4)
        self.assertEqual(numbers.groups(), {0: [0, 0.5], 1: [1.25], 4: [4]})
        self.assertEqual(numbers.pack(), struct.pack("<4d", 0, 0.5, 1.25, 4))

    def test_errors(self):
        empty = tally.Tally(name="lengths")
        self.assertTrue(issubclass(tally.EmptyError, ValueError))
        with self.assertRaisesRegex(tally.EmptyError, "^there are no lengths$"):
            empty.mean
        self.assertRaises(tally.EmptyError, empty.range)
        self.assertRaises(ValueError, tally.Tally([1]).histogram, 0)
        self.assertRaisesRegex(IndexError, "^no number -2 among 1$", lambda: tally.Tally([1])[-2])
        for call in (lambda: tally.Tally(3), lambda: tally.Tally(["x"]), lambda: tally.Tally([], "name"), lambda: empty.add(),
                     lambda: empty.add("x"), lambda: empty.extend(3), lambda: empty.extend([None]), lambda: empty + 1,
                     lambda: setattr(empty, "name", 3), lambda: tally.Alarm()):
            self.assertRaises(TypeError, call)
        self.assertRaises(OverflowError, tally.count_primes, tally.TOO_MANY)
        self.assertRaises(OverflowError, tally.count_primes, -1)

    def test_an_iterable_that_raises(self):
        def broken():
            yield 1
            raise KeyError("two")

        numbers = tally.Tally()
        self.assertRaises(KeyError, numbers.extend, broken())
        self.assertEqual(len(numbers), 1)

    def test_a_tally_in_use(self):
        numbers = tally.Tally()
        with self.assertRaises(RuntimeError):
            numbers.extend(len(numbers) for _ in range(1))
        self.assertEqual(len(numbers), 0)

    def test_alarm(self):
        seen = []
        alarm = tally.Alarm(seen.append, limit=2)
        self.assertIsNone(alarm(3))
        alarm(1)
        self.assertEqual((seen, alarm.limit, tally.Alarm(abs)(4)), ([3], 2, 4))
        self.assertEqual(alarm.callback, seen.append)

    def test_a_cycle_is_collected(self):
        class Callback:
            def __call__(self, value):
                pass

        callback = Callback()
        callback.alarm = tally.Alarm(callback)
        alive = weakref.ref(callback)
        del callback
        for _ in range(3):
            gc.collect()
        self.assertIsNone(alive())

    def test_functions(self):
        self.assertEqual([tally.count_primes(end) for end in (0, 2, 3, 100)], [0, 0, 1, 25])
        self.assertEqual(tally.count_words("b A b"), ({"A": 1, "b": 2}, "b"))
        self.assertEqual(tally.count_words("ä Ä", lower=True), ({"ä": 2}, "ä"))
        self.assertEqual(tally.count_words(""), ({}, None))

    def test_threads(self):
        results = []
        threads = [threading.Thread(target=lambda: results.append(tally.count_primes(100000))) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(results, [9592] * 4)

    def test_submodule(self):
        import tally.units

        self.assertEqual((tally.units.DOZEN, tally.units.dozens(30)), (12, 2.5))

    def test_stubs(self):
        with open(STUBS) as file:
            stubs = ast.parse(file.read())
        names = {node.name for node in stubs.body if isinstance(node, (ast.ClassDef, ast.FunctionDef))}
        self.assertEqual(names, {name for name in dir(tally) if callable(getattr(tally, name)) and not name.startswith("__")})
        for stub in stubs.body:
            if not isinstance(stub, ast.ClassDef) or stub.name == "EmptyError":
                continue
            own = getattr(tally, stub.name)
            for method in stub.body:
                self.assertTrue(hasattr(own, getattr(method, "name", None) or method.target.id), method)

    @unittest.skipIf(sys.implementation.name != "cpython", "the interpreter gives no signatures")
    def test_signatures_and_docs(self):
        signature = lambda function: str(inspect.signature(function))
        self.assertEqual(signature(tally.Tally.histogram), "(self, /, bins=10, *, low=None, high=None)")
        self.assertEqual(signature(tally.Tally.add), "(self, value, /)")
        self.assertEqual(signature(tally.count_words), "(text, *, lower=False)")
        if sys.version_info >= (3, 10):
            self.assertIn(signature(tally.Tally), ("(values=None, *, name='numbers')", '(values=None, *, name="numbers")'))
        self.assertEqual(tally.Tally.__doc__, "Numbers, and what they amount to.")
        self.assertEqual(tally.Tally.mean.__doc__, "The mean of the numbers.")
        self.assertEqual(tally.Tally.name.__doc__, "What the numbers are.")
        self.assertEqual(tally.__doc__, "Statistics of numbers.")
        self.assertEqual(tally.count_primes.__doc__, "How many primes are below `end`; other threads run meanwhile.")


if __name__ == "__main__":
    unittest.main()
