# abi-tests/python/test_kept_names.py: a name that is a literal is the same name each time, and a text that changes is another one.

import os
import sys
import threading
import unittest

from support import LANGUAGE, NULL, load, not_repeated, without_context
from test_globals import Interpreter, interpreters, needs_own_lock

names = load("kept_names")

OPTIMISED = "HPY_ABI_TESTS_OPTIMISED" in os.environ

# A name is kept at the second use; the next ones find it.
USES = range(4)


class Named:
    pass


class Asked:
    """Tells what it was asked for."""

    def __getattr__(self, name):
        return ["attribute", name, type(name)]

    def __getitem__(self, key):
        return ["item", key, type(key)]


class TestLiterals(unittest.TestCase):
    def test_attributes(self):
        named = Named()
        for value in USES:
            self.assertRaisesRegex(AttributeError, "^'Named' object has no attribute 'kept'$", names.get, named)
            self.assertEqual((names.has(named), names.optional(named)), (0, NULL))
            self.assertEqual(names.set(named, value), 0)
            self.assertEqual((names.get(named), names.has(named), names.optional(named)), (value, 1, value))
            self.assertEqual(vars(named), {"kept": value})
            self.assertEqual(names.set(named, NULL), 0)
            self.assertRaises(AttributeError, names.set, named, NULL)
            self.assertEqual(names.get(Asked()), ["attribute", "kept", str])
        self.assertRaises(AttributeError, names.set, 1, 2)

    def test_attribute_of_a_class(self):
        # CPython's cache of what a class has is told of each change.
        for value in USES:
            Named.kept = value
            self.assertEqual((names.get(Named()), names.get(Named)), (value, value))
        del Named.kept
        self.assertRaises(AttributeError, names.get, Named())

    def test_items(self):
        for value in USES:
            items = {}
            self.assertRaisesRegex(KeyError, "^'kept'$", names.get_item, items)
            self.assertRaisesRegex(KeyError, "^'kept'$", names.del_item, items)
            self.assertEqual(names.set_item(items, value), 0)
            self.assertEqual((items, names.get_item(items)), ({"kept": value}, value))
            self.assertEqual((names.del_item(items), items), (0, {}))
            self.assertEqual(names.get_item(Asked()), ["item", "kept", str])
            self.assertRaises(TypeError, names.get_item, [1])
            self.assertRaises(TypeError, names.set_item, [1], 2)
            self.assertRaises(TypeError, names.del_item, 1)

    def test_dicts(self):
        for value in USES:
            items = {}
            self.assertIs(names.dict_get(items), NULL)
            self.assertEqual((names.dict_set(items, value), names.dict_get(items), items), (0, value, {"kept": value}))
            self.assertRaises(SystemError, names.dict_set, [], value)

    def test_calls(self):
        class Called:
            def kept(self, value):
                return [self, value]

        called = Called()
        for value in USES:
            self.assertEqual(names.call(called, value), [called, value])
            self.assertRaises(AttributeError, names.call, Named(), value)

    @without_context
    @unittest.skipIf(LANGUAGE == "c" and not OPTIMISED, "the compiler does not see what is a literal")
    def test_the_same_object(self):
        kept = [names.get(Asked())[1] for _ in USES][-1]
        self.assertIs(kept, names.get_item(Asked())[1])
        self.assertIs(kept, sys.intern("kept"))


class TestTexts(unittest.TestCase):
    def test_what_is_not_kept(self):
        for _ in USES:
            self.assertEqual(names.get_empty(Asked())[1], "")
            self.assertEqual(len(names.get_long(Asked())[1]), 130)
            self.assertEqual(names.get_no_ascii(Asked())[1], "größe")

    def test_what_is_no_text(self):
        for _ in USES:
            self.assertRaises(UnicodeDecodeError, names.get_no_text, Asked())

    def test_texts_at_one_address(self):
        for _ in USES:
            for text in ("one", "one", "two", "two", "one", "two", "two", "on", "ones", "", "", "größe", "größe", "one"):
                self.assertEqual(names.get_text(Asked(), text)[1], text)

    def test_more_than_there_is_room_for(self):
        for _ in USES:
            for number in range(1000):
                self.assertEqual(names.get_number(Asked(), number)[1], "name_%d" % number)

    def test_call_within_a_call(self):
        # What is kept for the outer call is still there when the inner ones have taken all other places.
        class Asks:
            def __getattr__(self, name):
                for number in range(1000):
                    names.get_number(Asked(), number)
                return name

        for _ in USES:
            self.assertEqual(names.get(Asks()), "kept")


CODE = "names = load('kept_names')\nclass Named: kept = 'other'\n"
OTHER = "for _ in range(%d):\n    assert names.get(Named) == 'other' and names.has(Named)\n    assert names.get_number(Named, 1) == 2\n"


@unittest.skipIf(interpreters is None, "there are no subinterpreters")
class TestInterpreters(unittest.TestCase):
    @not_repeated
    def test_each_has_its_own(self):
        named = Named()
        named.kept = "main"
        for _ in USES:
            with Interpreter() as interpreter:
                interpreter.run(CODE + "Named.name_1 = 2\n" + OTHER % 4)
                self.assertEqual(names.get(named), "main")
            self.assertEqual(names.get(named), "main")

    @not_repeated
    @needs_own_lock
    def test_own_locks_at_the_same_time(self):
        failures = []

        def work():
            try:
                with Interpreter(own_lock=True) as interpreter:
                    interpreter.run(CODE + "Named.name_1 = 2\n" + OTHER % 2000)
            except BaseException as error:
                failures.append(error)

        threads = [threading.Thread(target=work) for _ in range(3)]
        for thread in threads:
            thread.start()
        named = Named()
        for value in range(2000):
            names.set(named, value)
            self.assertEqual(names.get(named), value)
        for thread in threads:
            thread.join()
        self.assertEqual(failures, [])


class TestThreads(unittest.TestCase):
    @not_repeated
    def test_threads(self):
        failures = []

        def work():
            try:
                for number in range(2000):
                    if names.get_number(Asked(), number % 500)[1] != "name_%d" % (number % 500) or names.get(Asked())[1] != "kept":
                        raise AssertionError(number)
            except BaseException as error:
                failures.append(error)

        threads = [threading.Thread(target=work) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(failures, [])
