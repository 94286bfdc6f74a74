# abi-tests/python/test_slots.py: every slot of the table is called from Python, with the right operands.

import gc
import operator
import os
import re
import unittest

from support import HERE, NULL, load

slots = load("slots")
Number, Sequence, Mapping, Object = slots.Number, slots.Sequence, slots.Mapping, slots.Object
TABLE = os.path.join(HERE, "..", "..", "shims", "api", "slots.toml")

# Slots whose tests are elsewhere.
ELSEWHERE = {"bf_getbuffer", "bf_releasebuffer", "mod_create", "mod_exec"}

UNARY = {"nb_absolute": abs, "nb_invert": operator.invert, "nb_negative": operator.neg, "nb_positive": operator.pos}
BINARY = {
    "nb_add": operator.add, "nb_and": operator.and_, "nb_divmod": divmod, "nb_floor_divide": operator.floordiv,
    "nb_lshift": operator.lshift, "nb_multiply": operator.mul, "nb_or": operator.or_, "nb_remainder": operator.mod,
    "nb_rshift": operator.rshift, "nb_subtract": operator.sub, "nb_true_divide": operator.truediv,
    "nb_xor": operator.xor, "nb_matrix_multiply": operator.matmul,
}
IN_PLACE = {
    "nb_inplace_add": operator.iadd, "nb_inplace_and": operator.iand, "nb_inplace_floor_divide": operator.ifloordiv,
    "nb_inplace_lshift": operator.ilshift, "nb_inplace_multiply": operator.imul, "nb_inplace_or": operator.ior,
    "nb_inplace_remainder": operator.imod, "nb_inplace_rshift": operator.irshift,
    "nb_inplace_subtract": operator.isub, "nb_inplace_true_divide": operator.itruediv,
    "nb_inplace_xor": operator.ixor, "nb_inplace_matrix_multiply": operator.imatmul,
}
TESTED = set(UNARY) | set(BINARY) | set(IN_PLACE) | {
    "nb_power", "nb_inplace_power", "nb_bool", "nb_int", "nb_index", "nb_float", "sq_concat", "sq_inplace_concat",
    "sq_item", "sq_repeat", "sq_inplace_repeat", "sq_length", "sq_contains", "sq_ass_item", "mp_length",
    "mp_subscript", "mp_ass_subscript", "tp_call", "tp_descr_get", "tp_hash", "tp_init", "tp_new", "tp_repr",
    "tp_richcompare", "tp_str", "tp_traverse", "tp_finalize", "tp_destroy",
}


def take_called():
    """The slots that were called, without those of other instances, which PyPy collects at any time."""
    return " ".join(name for name in slots.take_called().split(" ") if not name.startswith("tp_"))


class TestTable(unittest.TestCase):
    def test_all_slots_are_tested(self):
        with open(TABLE, encoding="utf-8") as file:
            names = set(re.findall(r'^name = "HPy_(\w+)"', file.read(), re.MULTILINE))
        self.assertEqual(names, TESTED | ELSEWHERE)


class Below(Number):
    """A Python class has the slots too."""


class TestNumber(unittest.TestCase):
    def test_unary(self):
        for name, call in UNARY.items():
            for h in (Number(), Below()):
                self.assertEqual(call(h), (name, h))

    def test_binary(self):
        for name, call in BINARY.items():
            for h in (Number(), Below()):
                self.assertEqual(call(h, 5), (name, h, 5))
                self.assertEqual(call("5", h) if name != "nb_remainder" else call([], h),
                                 (name, "5" if name != "nb_remainder" else [], h))

    def test_in_place(self):
        for name, call in IN_PLACE.items():
            for h in (Number(), Below()):
                self.assertEqual(call(h, 5), (name, h, 5))

    def test_power(self):
        h = Number()
        self.assertEqual(h**5, ("nb_power", h, 5, None))
        self.assertEqual(5**h, ("nb_power", 5, h, None))
        self.assertEqual(pow(h, 5, 7), ("nb_power", h, 5, 7))
        self.assertEqual(operator.ipow(h, 5), ("nb_inplace_power", h, 5, None))

    def test_conversions(self):
        for h in (Number(), Below()):
            self.assertEqual((int(h), operator.index(h), float(h)), (11, 12, 13.5))
            self.assertEqual(hex(h), "0xc")
            take_called()
            self.assertFalse(h)
            self.assertEqual(take_called(), "nb_bool")

    def test_overridden(self):
        class Overrides(Number):
            def __add__(self, other):
                return ("below",) + super().__add__(other)

        h = Overrides()
        self.assertEqual(h + 1, ("below", "nb_add", h, 1))


class TestSequence(unittest.TestCase):
    def test_concat_and_repeat(self):
        h = Sequence()
        self.assertEqual(h + [1], ("sq_concat", h, [1]))
        self.assertEqual(operator.concat(h, [1]), ("sq_concat", h, [1]))
        self.assertEqual(h * 3, ("sq_repeat", h, 3))
        self.assertEqual(3 * h, ("sq_repeat", h, 3))
        self.assertEqual(operator.iadd(h, [1]), ("sq_inplace_concat", h, [1]))
        self.assertEqual(operator.imul(h, 3), ("sq_inplace_repeat", h, 3))
        for call in (lambda: h * 66, lambda: operator.imul(h, 66)):
            with self.assertRaisesRegex(IndexError, "66"):
                call()
        with self.assertRaises(TypeError):
            h * 1.5

    def test_items(self):
        h = Sequence()
        self.assertEqual(len(h), 100)
        self.assertEqual(h[7], ("sq_item", h, 7))
        # The length is added to a negative index.
        self.assertEqual(h[-1], ("sq_item", h, 99))
        with self.assertRaisesRegex(IndexError, "66"):
            h[66]
        self.assertEqual([item[2] for item in h], list(range(66)))
        take_called()
        h[3] = 1
        del h[-1]
        self.assertEqual(take_called(), "sq_ass_item sq_length delete sq_ass_item")
        for change in (lambda: operator.setitem(h, 66, 1), lambda: operator.delitem(h, 66)):
            with self.assertRaisesRegex(IndexError, "66"):
                change()

    def test_contains(self):
        h = Sequence()
        take_called()
        self.assertTrue(5 in h)
        self.assertFalse(-5 in h)
        with self.assertRaises(TypeError):
            "text" in h
        self.assertEqual(take_called(), "sq_contains sq_contains sq_contains")

    def test_truth_is_the_length(self):
        self.assertTrue(Sequence())


class TestMapping(unittest.TestCase):
    def test_items(self):
        h = Mapping()
        for key in (1, "key", None, slice(1, 2)):
            self.assertEqual(h[key], ("mp_subscript", h, key))
        take_called()
        h["key"] = 1
        del h["key"]
        self.assertEqual(take_called(), "mp_ass_subscript delete mp_ass_subscript")
        for change in (lambda: operator.setitem(h, "", 1), lambda: operator.delitem(h, "")):
            with self.assertRaises(KeyError):
                change()

    def test_length_fails(self):
        take_called()
        with self.assertRaisesRegex(ValueError, "no length"):
            len(Mapping())
        self.assertEqual(take_called(), "mp_length")


class TestObject(unittest.TestCase):
    def setUp(self):
        gc.collect()
        slots.take_called()

    def test_new_and_init(self):
        Object()
        # The fields are visited once more, to release them.
        self.assertEqual(slots.take_called(), "tp_new tp_init tp_finalize tp_traverse tp_destroy")
        Object(1, a=2)
        self.assertEqual(slots.take_called(),
                         "tp_new with keywords tp_init with keywords tp_finalize tp_traverse tp_destroy")
        with self.assertRaisesRegex(ValueError, "something true"):
            Object(0)
        self.assertEqual(slots.take_called(), "tp_new tp_init tp_finalize tp_traverse tp_destroy")

    def test_init_alone(self):
        h = Object()
        slots.take_called()
        self.assertIsNone(h.__init__(1))
        self.assertEqual(slots.take_called(), "tp_init")
        with self.assertRaises(TypeError):
            Object.__init__(7)

    def test_new_of_a_python_class(self):
        class Below(Object):
            def __init__(self, *args):
                super().__init__(*args)

        h = Below(1)
        self.assertIs(type(h), Below)
        del h
        self.assertEqual(slots.take_called(), "tp_new tp_init tp_finalize tp_traverse tp_destroy")

    def test_text_and_hash(self):
        h = Object()
        self.assertEqual((repr(h), str(h), hash(h)), ("tp_repr", "tp_str", 77))
        self.assertEqual("%s %r" % (h, h), "tp_str tp_repr")

    def test_compare(self):
        h = Object()
        for number, call in enumerate((operator.lt, operator.le, operator.eq, None, operator.gt, operator.ge)):
            if call:
                self.assertEqual(call(h, "other"), ("tp_richcompare", h, "other", number))
        # NotImplemented asks the other operand, and then compares identities.
        self.assertIs(h != "other", True)
        self.assertEqual(7 < h, ("tp_richcompare", h, 7, 4))

    def test_call(self):
        h = Object()
        self.assertEqual(h(), ("tp_call", h, 0, None, None))
        self.assertEqual(h("a", b=1), ("tp_call", h, 1, "a", ("b",)))

    def test_descr_get(self):
        descriptor = Object()

        class Class:
            attribute = descriptor

        owner = Class()
        self.assertEqual(owner.attribute, ("tp_descr_get", descriptor, owner, Class))
        self.assertEqual(Class.attribute, ("tp_descr_get", descriptor, NULL, Class))

    def test_traverse(self):
        h = Object()
        slots.take_called()
        self.assertEqual(gc.get_referents(h), [Object])
        self.assertEqual(slots.take_called(), "tp_traverse")
