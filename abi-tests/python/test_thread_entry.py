# abi-tests/python/test_thread_entry.py: threads that enter Python, mutexes, critical sections, and what happens once.

import sys
import threading
import time
import unittest

from support import HAS_NATIVE_RUNTIME, load, needs_native_runtime, not_repeated, run_python

module = load("thread_entry")


def in_threads(count, work):
    """Runs `work` in threads at the same time; returns what they raised."""
    raised, barrier = [], threading.Barrier(count)

    def run():
        barrier.wait()
        try:
            work()
        except Exception as error:
            raised.append(error)

    threads = [threading.Thread(target=run) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


@needs_native_runtime
class TestEntry(unittest.TestCase):
    def calls(self, function, threads, times):
        seen = []
        module.set_called(lambda number: seen.append((threading.get_ident(), number)))
        try:
            self.assertEqual(function(threads, times), 0)
        finally:
            module.set_called(None)
        return seen

    @not_repeated
    def test_foreign_threads(self):
        seen = self.calls(module.call_from_threads, 4, 50)
        self.assertEqual(sorted(number for _, number in seen), sorted(list(range(50)) * 4))
        self.assertNotIn(threading.get_ident(), {thread for thread, _ in seen})

    @not_repeated
    def test_nested(self):
        seen = self.calls(module.call_nested, 2, 20)
        self.assertEqual(sorted(number for _, number in seen), sorted(list(range(20)) * 4))

    @not_repeated
    def test_one_thread_keeps_its_order(self):
        seen = self.calls(module.call_nested, 1, 5)
        self.assertEqual([number for _, number in seen], [0, 0, 1, 1, 2, 2, 3, 3, 4, 4])

    @not_repeated
    def test_exceptions_stay_in_the_thread(self):
        def fail(number):
            raise KeyError(number)

        module.set_called(fail)
        try:
            self.assertEqual(module.call_from_threads(2, 10), 20)
        finally:
            module.set_called(None)

    def test_view(self):
        self.assertIsNone(module.view())

    @not_repeated
    def test_of_another_interpreter(self):
        code = ("import sys; sys.path[:] = %r\n"
                "from support import load\n"
                "module, seen = load('thread_entry'), []\n"
                "if sys.version_info < (3, 15):\n"
                "    try: module.view()\n"
                "    except RuntimeError as error: assert 'main interpreter' in str(error)\n"
                "    else: assert False\n"
                "    module.call_from_threads = lambda *_: seen.extend([*range(5)] * 3) or 0\n"
                "module.set_called(seen.append)\n"
                "assert module.call_from_threads(3, 5) == 0\n"
                "assert sorted(seen) == sorted(list(range(5)) * 3), seen\n"
                "module.set_called(None)\n" % (sys.path,))
        run = ("try: import _interpreters as interpreters\n"
               "except ImportError: import _xxsubinterpreters as interpreters\n"
               "try: own = interpreters.create('legacy')\n"
               "except TypeError:\n"
               "    try: own = interpreters.create(isolated=False)\n"
               "    except TypeError: own = interpreters.create()\n"
               "error = interpreters.run_string(own, %r)\n"
               "interpreters.destroy(own)\n"
               "print('done' if error is None else error)\n" % code)
        ended = run_python(run)
        self.assertEqual((ended.returncode, ended.stdout), (0, "done\n"), ended.stderr)


class TestMutex(unittest.TestCase):
    @not_repeated
    def test_excludes(self):
        def work():
            for _ in range(30):
                module.count_locked(lambda: time.sleep(0.0001))

        module.counted()
        self.assertEqual(in_threads(4, work), [])
        self.assertEqual(module.counted(), 120)

    def test_alone(self):
        module.counted()
        for _ in range(5):
            module.count_locked(int)
        self.assertEqual(module.counted(), 5)

    def test_is_unlocked_after_an_exception(self):
        for _ in range(2):
            with self.assertRaises(ZeroDivisionError):
                module.count_locked(lambda: 1 / 0)
        module.counted()

    @not_repeated
    def test_the_waiting_thread_leaves_the_interpreter(self):
        entered, released, order = threading.Event(), threading.Event(), []

        def hold():
            entered.set()
            released.wait()
            order.append("held")

        holder = threading.Thread(target=module.count_locked, args=(hold,))
        holder.start()
        entered.wait()
        waiter = threading.Thread(target=module.count_locked, args=(lambda: order.append("waited"),))
        waiter.start()
        # This thread runs while the other waits.
        deadline = time.monotonic() + 0.05
        while time.monotonic() < deadline:
            order.append("free")
        released.set()
        holder.join()
        waiter.join()
        self.assertGreater(order.count("free"), 10)
        self.assertEqual(order[-2:], ["held", "waited"])
        module.counted()


class TestCriticalSections(unittest.TestCase):
    def test_one(self):
        values = []
        self.assertEqual(module.in_section(values, 5), 0)
        self.assertEqual(values, [5])

    def test_two(self):
        one, other = [1], [2]
        self.assertEqual(module.in_section_of_two(one, other), 0)
        self.assertEqual((one, other), ([1], [2, 1]))
        self.assertEqual(module.in_section_of_two(one, one), 0)
        self.assertEqual(one, [1, 1])

    @not_repeated
    def test_in_threads(self):
        one, other = [0], [0]

        def work():
            for number in range(300):
                module.in_section(one, number)
                module.in_section_of_two(one, other)
                module.in_section_of_two(other, one)

        self.assertEqual(in_threads(4, work), [])
        self.assertEqual((len(one), len(other)), (1 + 4 * 600, 1 + 4 * 300))

    def test_an_exception_goes_through(self):
        with self.assertRaises((TypeError, SystemError)):
            module.in_section(5, 5)


class TestOnce(unittest.TestCase):
    @not_repeated
    def test_once(self):
        # In another process it is the first time.
        code = ("import threading, time\n"
                "from support import load\n"
                "module, results = load('thread_entry'), []\n"
                "for _ in range(2):\n"
                "    try: module.once(lambda: 1 / 0)\n"
                "    except ZeroDivisionError: results.append('failed')\n"
                "def work(): results.append(module.once(lambda: time.sleep(0.01)))\n"
                "threads = [threading.Thread(target=work) for _ in range(4)]\n"
                "for thread in threads: thread.start()\n"
                "for thread in threads: thread.join()\n"
                "print(*results, module.once(lambda: 1 / 0))\n")
        ended = run_python(code)
        self.assertEqual((ended.returncode, ended.stdout), (0, "failed failed 3 3 3 3 3\n"), ended.stderr)


@unittest.skipIf(HAS_NATIVE_RUNTIME, "it is about other loaders")
class TestOtherLoaders(unittest.TestCase):
    def test_refused(self):
        with self.assertRaisesRegex(ImportError, "HPyInterpreterView_FromCurrent"):
            module.view()
