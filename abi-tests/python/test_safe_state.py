# abi-tests/python/test_safe_state.py: the state of a module in safe Rust, and what finds it.

import gc
import inspect
import unittest
import weakref

from support import LANGUAGE, collect, load, needs_native_runtime


class Target:
    pass


@needs_native_runtime
@unittest.skipIf(LANGUAGE != "rust", "this is Rust's")
class TestSafeState(unittest.TestCase):
    def setUp(self):
        collect()
        self.module = load("safe_state")

    def release_class(self):
        """The interpreter keeps the class of the module that was imported last, and the class its module."""
        load("safe_state")
        collect()

    def test_each_module_has_its_own(self):
        other = load("safe_state")
        self.assertEqual([self.module.next(), self.module.next(), other.next(), self.module.next()], [1, 2, 1, 3])

    def test_parameters_beside_it(self):
        self.assertEqual(self.module.add("a"), ["first", "a"])
        self.assertEqual(self.module.add(name="b", times=2), ["first", "a", "b", "b"])
        self.assertEqual(str(inspect.signature(self.module.add)), "(name, *, times=1)")
        self.assertRaises(TypeError, self.module.next, 1)

    def test_it_is_dropped_with_the_module(self):
        other = load("safe_state")
        collect()
        before = self.module.dropped()
        del other
        self.release_class()
        self.assertEqual(self.module.dropped(), before + 1)

    def test_field(self):
        self.assertIsNone(self.module.kept())
        target = Target()
        reference = weakref.ref(target)
        self.module.keep(target)
        del target
        collect()
        self.assertIs(self.module.kept(), reference())
        self.assertIn(reference(), gc.get_referents(self.module))
        self.module.forget()
        collect()
        self.assertIsNone(reference())

    def test_field_that_exec_filled(self):
        self.assertIs(type(self.module.made()), object)
        self.assertIs(self.module.made(), self.module.made())

    def test_field_of_another_module(self):
        other = load("safe_state")
        self.assertRaisesRegex(SystemError, "not one of this object", self.module.swap, other.Ticket())
        self.module.swap(self.module.Ticket())
        self.assertEqual(self.module.kept(), 1)

    def test_cycle(self):
        other, target = load("safe_state"), Target()
        collect()
        before, reference = self.module.dropped(), weakref.ref(target)
        target.module = other
        other.keep(target)
        del target, other
        self.release_class()
        self.assertIsNone(reference())
        self.assertEqual(self.module.dropped(), before + 1)

    def test_class(self):
        below = type("Below", (self.module.Ticket,), {})
        for cls in (self.module.Ticket, below):
            ticket = cls(step=2)
            latest = ticket.number
            self.assertEqual((ticket.latest(), ticket.behind, len(ticket), ticket + 10), (latest, 0, latest, 10 + 2 * latest))
            self.assertEqual((cls.total(), ticket.total(extra=1)), (latest, latest + 1))
            self.assertEqual(self.module.of(ticket), latest)
            ticket.keep()
            self.assertIs(self.module.kept(), ticket)
            self.assertIs(ticket(), ticket)
        self.module.forget()
        other = load("safe_state")
        self.assertEqual((other.next(), other.Ticket().number), (1, 2))

    def test_the_class_keeps_the_module(self):
        ticket = load("safe_state").Ticket()
        collect()
        self.assertEqual((ticket.latest(), type(ticket)().number), (1, 2))

    def test_signatures(self):
        self.assertEqual(str(inspect.signature(self.module.Ticket)), "(step=1)")
        self.assertEqual(str(inspect.signature(self.module.Ticket.total)), "(extra=0)")

    def test_no_such_module(self):
        other = load("safe_state_other")
        message = "the class Stray does not belong to the module safe_state, whose state it reads"
        self.assertRaisesRegex(SystemError, message, other.Stray().latest)
        self.assertRaisesRegex(SystemError, "the class int does not belong", self.module.of, 1)
