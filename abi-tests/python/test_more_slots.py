# abi-tests/python/test_more_slots.py: iterators, hooks of attributes, descriptors and `await`, which HPy 0.9 has no slots for.

import sys
import unittest

from support import HAS_NATIVE_RUNTIME, load, needs_native_runtime

try:
    more_slots = load("more_slots")
except NotImplementedError as refused:
    # A loader that does not know a slot refuses the module.
    assert not HAS_NATIVE_RUNTIME, refused
    raise unittest.SkipTest(str(refused))


class TestIteration(unittest.TestCase):
    def test_items(self):
        self.assertEqual(list(more_slots.Countdown(3)), [3, 2, 1])
        countdown = more_slots.Countdown(2)
        self.assertIs(iter(countdown), countdown)
        self.assertEqual((next(countdown), next(countdown)), (2, 1))
        for _ in range(2):
            with self.assertRaises(StopIteration):
                next(countdown)
        self.assertEqual(next(countdown, "default"), "default")

    def test_methods(self):
        countdown = more_slots.Countdown(1)
        self.assertIs(countdown.__iter__(), countdown)
        self.assertEqual(more_slots.Countdown.__next__(countdown), 1)
        with self.assertRaises(StopIteration):
            countdown.__next__()

    def test_error(self):
        countdown = more_slots.Countdown(15)
        with self.assertRaisesRegex(LookupError, "thirteen"):
            list(countdown)

    def test_python_class(self):
        class Below(more_slots.Countdown):
            def __next__(self):
                return -super().__next__()

        self.assertEqual(list(Below(2)), [-2, -1])

        class Same(more_slots.Countdown):
            pass

        self.assertEqual([*Same(2)], [2, 1])

    def test_references(self):
        countdown = more_slots.Countdown(5)
        before = sys.getrefcount(countdown)
        list(countdown)
        self.assertEqual(sys.getrefcount(countdown), before)


class TestMethodsOfClasses(unittest.TestCase):
    @needs_native_runtime
    def test_class_methods(self):
        Countdown = load("class_methods").Countdown

        class Below(Countdown):
            pass

        for class_ in Countdown, Below:
            for made in class_.of(2), class_.of_all(2), class_(5).of(2):
                self.assertIs(type(made), class_)
                self.assertEqual(list(made), [2, 1])
        self.assertEqual(list(Below.of_all()), [])
        self.assertEqual(type(Countdown.__dict__["of"]).__name__, "classmethod_descriptor")
        self.assertEqual(Countdown.of.__doc__, "of(left)\n")
        with self.assertRaises(TypeError):
            Countdown.of()

    @needs_native_runtime
    def test_static_methods(self):
        Countdown = load("class_methods").Countdown

        class Below(Countdown):
            pass

        for owner in Countdown, Countdown(1), Below, Below(1):
            self.assertEqual(owner.twice(4), 8)
            self.assertIs(owner.nothing(), None)
        self.assertIsInstance(Countdown.__dict__["twice"], staticmethod)
        with self.assertRaises(TypeError):
            Countdown.twice()

    @unittest.skipIf(HAS_NATIVE_RUNTIME, "the loader has class methods")
    def test_other_loaders(self):
        with self.assertRaisesRegex(ValueError, "Unsupported HPyMeth signature"):
            load("class_methods")

    @needs_native_runtime
    def test_functions_of_a_module(self):
        with self.assertRaisesRegex(ValueError, "a function of a module is no class method, static method, or one"):
            load("with_static")


class TestAttributes(unittest.TestCase):
    def test_get(self):
        proxy = more_slots.Proxy()
        self.assertEqual(proxy.special, 7)
        self.assertIs(proxy.__class__, more_slots.Proxy)
        with self.assertRaises(AttributeError):
            proxy.other

    @needs_native_runtime
    def test_set(self):
        class Below(more_slots.Proxy):
            pass

        proxy = Below()
        proxy.name = 5
        self.assertEqual((proxy.name, proxy.special), (5, 7))
        del proxy.name
        with self.assertRaises(AttributeError):
            proxy.name
        with self.assertRaisesRegex(LookupError, "^set$"):
            proxy.locked = 1
        with self.assertRaisesRegex(LookupError, "^delete$"):
            del proxy.locked
        with self.assertRaises(AttributeError):
            more_slots.Proxy().name = 1


class TestDescriptor(unittest.TestCase):
    def test_set(self):
        class Owner:
            described = more_slots.Descriptor()

        owner = Owner()
        owner.described = 5
        self.assertEqual(owner.stored, 5)
        del owner.described
        self.assertIs(owner.stored, None)
        # A data descriptor comes before the instance's own dictionary.
        owner.__dict__["described"] = 1
        self.assertIsInstance(owner.described, more_slots.Descriptor)


def run(coroutine):
    """Runs a coroutine that waits for nothing."""
    try:
        coroutine.send(None)
    except StopIteration as stop:
        return stop.value
    raise AssertionError("the coroutine waits")


class TestAsynchronous(unittest.TestCase):
    def test_await(self):
        async def wait():
            return await more_slots.Asynchronous(3)

        self.assertIs(run(wait()), None)

    def test_iteration(self):
        async def collect():
            return [item async for item in more_slots.Asynchronous(3)]

        # What is awaited has no result, for each of the three steps.
        self.assertEqual(run(collect()), [None] * 3)


if __name__ == "__main__":
    unittest.main()
