# abi-tests/python/test_names.py: several definitions of one name, and methods whose name belongs to a slot.

import unittest

from describe import make, make_legacy
from support import needs_legacy


class TestOneName(unittest.TestCase):
    """As with PyType_FromSpec: slots come before methods, these before members, getsets last; the first of a kind stays."""

    def test_slot_and_method(self):
        for defines in (["repr", "method_repr"], ["method_repr", "repr"]):
            h = make(defines=defines)()
            self.assertEqual((repr(h), h.__repr__()), ("hpy repr",) * 2)

    def test_two_methods(self):
        self.assertEqual(make(defines=["method_int", "other_int"])().int(), "a method")
        self.assertEqual(make(defines=["other_int", "method_int"])().int(), "another method")

    def test_method_and_member(self):
        for defines in (["int", "method_int", "other_int"], ["method_int", "other_int", "int", "get_int"]):
            self.assertEqual(make(defines=defines)().int(), "a method")

    def test_member_and_getset(self):
        for defines in (["int", "get_int"], ["get_int", "int"]):
            self.assertEqual(make(defines=defines)().int, 0)

    def test_two_getsets(self):
        h = make(defines=["get", "other_get"])()
        self.assertIs(h.get, h)
        self.assertEqual(make(defines=["other_get", "get"])().get, "another getter")


class TestSlotsAsMethods(unittest.TestCase):
    def test_refused(self):
        for define, message in [
            ("method_repr", "the method '__repr__' of 'types.T' belongs to a slot: define HPy_tp_repr"),
            ("method_eq", "the method '__eq__' of 'types.T' belongs to a slot: define HPy_tp_richcompare"),
            ("method_iter", "the method '__iter__' of 'types.T' belongs to a slot: define HPy_tp_iter"),
        ]:
            with self.assertRaises(TypeError) as caught:
                make(defines=[define])
            self.assertIn(message.replace("types.", ""), str(caught.exception).replace("types.", ""))

    def test_no_slot(self):
        self.assertEqual(make(defines=["dunder"])().__reduce__(), "reduced")

    @needs_legacy
    def test_legacy_slot(self):
        h = make_legacy(slots=["repr"], defines=["method_repr"])()
        self.assertEqual((repr(h), h.__repr__()), ("legacy repr",) * 2)


if __name__ == "__main__":
    unittest.main()
