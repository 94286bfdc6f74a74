# examples/lru/tests/test_lru.py: the cache, whichever of the three sources it is made of.

import gc
import unittest
import weakref

import lru


class Key:
    def __init__(self, value):
        self.value = value

    def __hash__(self):
        return 1

    def __eq__(self, other):
        if "raises" in (self.value, other.value):
            raise LookupError("compared")
        return self.value == other.value


class Thing:
    pass


class TestLRU(unittest.TestCase):
    def test_order(self):
        cache = lru.LRU(3)
        for key in "abc":
            cache[key] = key.upper()
        self.assertEqual(cache["a"], "A")
        cache["d"] = "D"
        self.assertEqual(cache.keys(), ["d", "a", "c"])
        self.assertEqual(cache.items(), [("d", "D"), ("a", "A"), ("c", "C")])
        self.assertNotIn("b", cache)
        cache["c"] = 1
        self.assertEqual((cache.keys(), len(cache), cache.size), (["c", "d", "a"], 3, 3))
        self.assertEqual(repr(cache), "<LRU of 3: [('c', 1), ('d', 'D'), ('a', 'A')]>")

    def test_get_and_pop(self):
        cache = lru.LRU(2)
        cache.update({"a": 1}, b=2)
        self.assertEqual((cache.get("a"), cache.get("x"), cache.get("x", 5)), (1, None, 5))
        self.assertEqual((cache.pop("a"), cache.pop("a", 7)), (1, 7))
        for fails in (lambda: cache.pop("a"), lambda: cache["a"], lambda: cache.__delitem__("a")):
            with self.assertRaisesRegex(KeyError, "a"):
                fails()
        self.assertEqual(cache.stats(), (1, 3))
        self.assertEqual((cache.popitem(), len(cache)), (("b", 2), 0))
        with self.assertRaisesRegex(KeyError, "the cache is empty"):
            cache.popitem()

    def test_popitem(self):
        cache = lru.LRU(3)
        cache.update({"a": 1, "b": 2}, c=3)
        self.assertEqual((cache.popitem(), cache.popitem(oldest=False)), (("a", 1), ("c", 3)))
        del cache["b"]
        cache["d"] = 4
        cache.clear()
        self.assertEqual((cache.items(), cache.stats()), ([], (0, 0)))

    def test_callback(self):
        forgotten = []
        cache = lru.LRU(1, callback=lambda *pair: forgotten.append(pair))
        cache.update(a=1, b=2)
        self.assertEqual(forgotten, [("a", 1)])
        cache.callback = None
        cache["c"] = 3
        self.assertEqual((forgotten, cache.callback), ([("a", 1)], None))
        cache.callback = lambda key, value: 1 / 0
        with self.assertRaises(ZeroDivisionError):
            cache["d"] = 4
        self.assertEqual(len(cache), 0)

    def test_a_callback_that_fills_the_cache(self):
        cache = lru.LRU(2)
        left = list(range(20))

        def fill(key, value):
            if left:
                cache[left.pop()] = 0

        cache.callback = fill
        for key in "abcdef":
            cache[key] = 1
        self.assertEqual((len(cache), len(cache.items()), left), (2, 2, []))

    def test_keys_that_fail(self):
        cache = lru.LRU(3)
        cache[Key(1)] = 1
        self.assertEqual(cache[Key(1)], 1)
        for fails in (lambda: cache[Key("raises")], lambda: cache.get(Key("raises")), lambda: cache.pop(Key("raises")),
                      lambda: cache.__setitem__(Key("raises"), 1), lambda: Key("raises") in cache):
            with self.assertRaisesRegex(LookupError, "compared"):
                fails()
        for fails in (lambda: cache[[]], lambda: cache.__setitem__([], 1), lambda: cache.update({}, [])):
            with self.assertRaises(TypeError):
                fails()
        self.assertEqual(len(cache), 1)

    def test_a_key_that_empties_the_cache(self):
        cache = lru.LRU(4)

        class Empties(Key):
            __hash__ = Key.__hash__

            def __eq__(self, other):
                cache.clear()
                return self.value == other.value

        for value in range(3):
            cache[Key(value)] = value
        for use in (cache.get, cache.pop, lambda key, instead: cache.update({key: instead})):
            try:
                use(Empties(2), None)
            except (KeyError, RuntimeError):
                pass
            self.assertEqual(len(cache), len(cache.items()))

    def test_arguments(self):
        for wrong in ((), ("1",), (1, 2, 3)):
            with self.assertRaises(TypeError):
                lru.LRU(*wrong)
        for size in (0, -1):
            with self.assertRaisesRegex(ValueError, "size must be at least 1, and it is %d" % size):
                lru.LRU(size)
        with self.assertRaises(AttributeError):
            lru.LRU(1).size = 2

    def test_cycles_and_subclasses(self):
        class Sub(lru.LRU):
            pass

        cache = Sub(2, callback=None)
        thing = Thing()
        thing.cache = cache
        cache["thing"] = thing
        self.assertIs(cache["thing"], thing)
        watched = weakref.ref(thing)
        del cache, thing
        gc.collect()
        gc.collect()
        self.assertIsNone(watched())


if __name__ == "__main__":
    unittest.main()
