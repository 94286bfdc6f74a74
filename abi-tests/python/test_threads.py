# abi-tests/python/test_threads.py: threads that use the same objects at the same time, with and without a global lock.

import gc
import os
import subprocess
import sys
import threading
import unittest

from support import FREE_THREADED, HERE, NULL, load, needs_native_runtime, not_repeated
from test_globals import Interpreter, interpreters, needs_own_lock

globals_, gc_, calls, types, call_function, arg_parse = (
    load(name) for name in ("globals", "gc", "calls", "types", "call_function", "arg_parse"))
FLAGS = (types.flags()[0] | types.flags()[1],)
PARSE, _, PARSE_DICT = range(3)
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
            # A thread may be between `pop` and `append`: the first half of the list is always there.
            calls.HPy_SetItem_i(items, number % 4, [number])
            if number % 50 == 0:
                items.append(items.pop())

        def read(number):
            try:
                assert len(calls.HPy_GetItem_i(items, number % 7)) == 1
            except IndexError:
                pass

        self.together(change, read)

    @not_repeated
    @needs_native_runtime
    def test_types(self):
        Base = types.make("threads.Base", (8, 0, *FLAGS, 0), "doc", ["noargs", "one"], [], [])

        def make(number):
            if number % 10:
                Base()
                return
            Made = types.make("threads.Made", (16, 0, *FLAGS, 0), "doc", ["one"], [], [(1, Base)])
            assert Made.__base__ is Base and type(Made()) is Made
            type("Below", (Made,), {})()

        self.together(make, lambda number: gc.collect() if number % 300 == 0 else Base.__subclasses__())

    @not_repeated
    @needs_native_runtime
    def test_call_functions(self):
        # One type has a call word in each instance, the other stores the functions in its dictionary.
        shared, Empty = call_function.Caller(1), call_function.derive_empty(object)
        of_all = Empty()

        def set_(number):
            call_function.set_special(shared)
            h = Empty()
            call_function.set_special_of_empty(h)
            assert h()[0] == "special", h()
            call_function.set_special_of_empty(of_all)

        def run(number):
            assert shared()[0] in ("call", "special"), shared()
            assert of_all(number, a=number)[0] in ("empty", "special"), of_all()

        self.together(set_, run)
        self.assertEqual((shared()[0], of_all()[0]), ("special", "special"))

    @not_repeated
    @needs_native_runtime
    def test_a_dictionary_that_changes(self):
        keywords = {"a": ["first"], "b": ["first"]}
        seen = call_function.Caller(1)

        def change(number):
            keywords["a"] = [number]
            keywords["b"] = [str(number)]
            if number % 20 == 0:
                keywords.pop("c", None)
            elif number % 20 == 10:
                keywords["c"] = [number]

        def parse(number):
            try:
                values = arg_parse.run(PARSE_DICT, "OO|O:f", ("a", "b", "c"), (), keywords, True)
            except TypeError:  # it has changed its size meanwhile
                return
            assert len(values[0]) == len(values[1]) == 1, values

        def pass_on(number):
            try:
                names, values = calls.HPy_CallTupleDict(seen, (), keywords)[3:]
            except TypeError:
                return
            assert len(names) == len(values) >= 2, (names, values)

        self.together(change, parse, pass_on)

    @not_repeated
    @needs_native_runtime
    def test_a_list_that_is_parsed(self):
        arguments = [[0], [1]]

        def change(number):
            arguments[number % 2] = [number]

        def parse(number):
            one, other = arg_parse.run(PARSE, "OO:f", (), tuple(arguments), None, True)[:2]
            assert len(one) == len(other) == 1

        self.together(change, parse)


@needs_native_runtime
@unittest.skipIf(interpreters is None, "there are no subinterpreters")
class TestInterpreters(unittest.TestCase):
    CODE = """
g = load("globals")
for number in range(500):
    g.store(["%s", number])
    # In one interpreter there is one thread that stores.
    assert g.get() == ["%s", number], g.get()
"""

    def together(self, **options):
        failures = []

        def work(name):
            try:
                with Interpreter(**options) as interpreter:
                    interpreter.run(self.CODE % (name, name))
            except BaseException as error:
                failures.append(error)

        threads = [threading.Thread(target=work, args=("name %d" % number,)) for number in range(THREADS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(failures, [])

    @not_repeated
    @needs_own_lock
    def test_own_locks(self):
        self.together(own_lock=True)


@needs_native_runtime
@unittest.skipUnless(FREE_THREADED, "there always is a lock")
class TestLock(unittest.TestCase):
    def run_with_default(self, *names):
        """Loads modules where nothing is said about the lock; returns whether there is one after each, and the warnings."""
        code = "import sys; sys.path.insert(0, %r); from support import load\n" % HERE
        code += "print(*[(load(name), sys._is_gil_enabled())[1] for name in %r])" % (names,)
        environment = {name: value for name, value in os.environ.items() if name != "PYTHON_GIL"}
        ended = subprocess.run([sys.executable, "-s", "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                               universal_newlines=True, env=environment)
        self.assertEqual(ended.returncode, 0, ended.stderr)
        return ended.stdout.split(), ended.stderr

    def test_a_module_says_that_it_needs_none(self):
        self.assertEqual(self.run_with_default("globals"), (["False"], ""))

    def test_a_module_says_nothing(self):
        enabled, warnings = self.run_with_default("globals", "calls")
        self.assertEqual(enabled, ["False", "True"])
        self.assertIn("RuntimeWarning", warnings)
        self.assertIn("hpy_abi_tests.calls", warnings)
