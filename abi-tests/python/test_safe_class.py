# abi-tests/python/test_safe_class.py: classes of safe Rust: static and class methods, setters, hooks, operators.

import asyncio
import inspect
import unittest

from support import LANGUAGE, load, needs_native_runtime

if LANGUAGE == "rust":
    try:
        safe = load("safe_class")
    except ValueError as error:
        # HPy 0.9.0 refuses the types, and so the module.
        assert str(error) == "Unsupported HPyMeth signature", error


@needs_native_runtime
@unittest.skipIf(LANGUAGE != "rust", "this is Rust's")
class TestClass(unittest.TestCase):
    def test_static_methods(self):
        for owner in (safe.Size, safe.Size(2), type("Below", (safe.Size,), {})):
            self.assertEqual((owner.greater(3), owner.greater(0.5), owner.greater(right=4, left=2)), (3, 1, 4))
            self.assertIsNone(owner.nothing())
            self.assertEqual((owner.twice(4), owner.named(), owner.named(name="b")), (8, "A", "B"))
        self.assertRaisesRegex(ValueError, "no name", safe.Size.named, name="")
        self.assertRaisesRegex(TypeError, r"greater\(\) missing required argument 'left'", safe.Size.greater)
        self.assertRaises(TypeError, safe.Size.nothing, 1)
        self.assertIsInstance(vars(safe.Size)["greater"], staticmethod)

    def test_class_methods(self):
        below = type("Below", (safe.Size,), {})
        for cls in (safe.Size, below):
            made = cls.of("2.5")
            self.assertEqual((type(made), made.value, cls.name(), made.name()), (cls, 2.5, cls.__name__, cls.__name__))
        self.assertEqual(safe.Size.of(text="1").value, 1)
        self.assertRaisesRegex(ValueError, "invalid float", safe.Size.of, "x")
        self.assertRaises(TypeError, safe.Size.of)
        self.assertRaises(TypeError, safe.Size.name, 1)

    def test_parameters_with_the_name_of_their_function(self):
        self.assertEqual((safe.Size.halved(4), safe.Size.halved(halved=2)), (2, 1))
        self.assertEqual((safe.Size.suffixed("!"), safe.Size.suffixed(suffixed="?")), ("Size!", "Size?"))

    def test_signatures(self):
        self.assertEqual(str(inspect.signature(safe.Size.greater)), "(left, right=1.0)")
        self.assertEqual(str(inspect.signature(safe.Size.twice)), "(number, /)")
        self.assertEqual(str(inspect.signature(safe.Size.named)), "(*, name='a')")
        self.assertEqual(str(inspect.signature(safe.Size.of)), "(text)")
        self.assertEqual((safe.Size.greater.__doc__, safe.Size.of.__doc__), ("The greater one.", "One of this class."))
        self.assertEqual(str(inspect.signature(safe.Size)), "(value=0.0)")

    def test_setters(self):
        size = safe.Size(1)
        size.value = 3
        self.assertEqual(size.value, 3)
        with self.assertRaisesRegex(ValueError, "-1 is negative"):
            size.value = -1
        with self.assertRaises(TypeError):
            size.value = "x"
        with self.assertRaisesRegex(TypeError, "cannot delete the attribute 'value'"):
            del size.value
        self.assertEqual(size.value, 3)
        self.assertEqual(safe.Size.value.__doc__, "What it is.")
        self.assertFalse(hasattr(size, "set_value"))
        shared = safe.Shared()
        shared.count = 5
        self.assertEqual(shared.count, 5)

    def test_reflected_operators(self):
        two, five = safe.Metres(2), safe.Metres(5)
        self.assertEqual(((five - two).n, (9 - two).n, (3 * two).n), (3, 7, 6))
        for wrong in (lambda: two - 1, lambda: "x" - two, lambda: two * 3, lambda: two * two, lambda: "x" * two):
            self.assertRaises(TypeError, wrong)
        self.assertEqual(five % 3, 2)
        self.assertRaisesRegex(ValueError, "zero", lambda: five % 0)
        self.assertRaisesRegex(KeyError, "right", lambda: 1 % five)
        self.assertRaises(TypeError, lambda: five % "x")

        class Other:
            def __rsub__(self, left):
                return "other"

        self.assertEqual(two - Other(), "other")

    def test_attribute_hooks(self):
        for cls in (safe.Hooked, type("Below", (safe.Hooked,), {})):
            h = cls()
            self.assertEqual((h.n12, h.n0, h.sum), (12, 0, 0))
            h.add = 5
            h.add = 2
            self.assertEqual(h.sum, 7)
            h.sum = 1
            self.assertEqual(h.sum, 1)
            for name in ("nx", "other"):
                self.assertRaises(AttributeError, getattr, h, name)
            self.assertFalse(hasattr(h, "x"))
            self.assertRaises(KeyError, getattr, h, "broken")
            self.assertRaises(TypeError, setattr, h, "add", "x")
            with self.assertRaises(TypeError):
                del h.sum
        with self.assertRaises(AttributeError):
            safe.Hooked().other = 1
        h.other = 1
        self.assertEqual(h.other, 1)
        del h.other
        self.assertFalse(hasattr(h, "other"))

    def test_items_set_and_deleted(self):
        table = safe.Table()
        table["a"], table["b"] = 1, 2
        del table["a"]
        self.assertEqual((len(table), table.sum()), (1, 2))
        with self.assertRaisesRegex(KeyError, "no"):
            del table["no"]
        with self.assertRaises(TypeError):
            del table[1]
        with self.assertRaises(TypeError):
            table["a"] = "text"
        stack = safe.Stack(2)
        del stack[0]
        self.assertEqual(stack.left, 1)
        with self.assertRaisesRegex(TypeError, "items cannot be set"):
            stack[0] = 1
        with self.assertRaisesRegex(AttributeError, "left"):
            del stack.other_left

    def test_attributes_deleted(self):
        below = type("Below", (safe.Table,), {})()
        below.x = 1
        del below.x, below.log
        self.assertEqual((vars(below), below.log()), ({}, ["del x", "del log"]))
        with self.assertRaises(AttributeError):
            del below.x

    def test_in_place(self):
        table = same = safe.Table()
        table["a"], table["b"] = 1, 2
        table += 10
        self.assertIs(table, same)
        self.assertEqual(table.sum(), 23)
        table -= "a"
        self.assertEqual((table is same, table.sum()), (True, 12))
        with self.assertRaisesRegex(TypeError, "nothing to take away"):
            table -= "a"
        other = safe.Table()
        other["c"] = 5
        table |= other
        self.assertEqual((table is same, table.sum()), (True, 17))
        # What the parameter does not take is not for it, and the class has no `__add__`.
        with self.assertRaisesRegex(TypeError, r"unsupported operand type\(s\) for \+="):
            table += "text"
        with self.assertRaisesRegex(RuntimeError, "in use"):
            table |= table
        self.assertIs(table.__iadd__("text"), NotImplemented)

    def test_power(self):
        table = safe.Table()
        table["a"], table["b"] = 1, 2
        self.assertEqual((table ** 3, 5 ** table, pow(table, 2)), (27, 25, 9))
        self.assertRaises(TypeError, pow, table, 2, 5)
        self.assertRaises(TypeError, pow, 2, table, 5)
        self.assertRaises(TypeError, lambda: table ** "text")
        table **= 2
        self.assertEqual(table, 9)

    def test_asynchronous(self):
        async def use():
            return [later async for later in safe.Later(3)], await safe.Later(7)

        self.assertEqual(asyncio.run(use()), ([3, 2, 1], 7))
