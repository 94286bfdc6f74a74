# abi-tests/python/test_type_flags.py: flags of types, instances whose size varies, and methods in the place of a slot.

import abc
import gc
import inspect
import sys
import unittest
import weakref

import describe
from support import HAS_NATIVE_RUNTIME, NULL, collect, load, needs_native_runtime

module = load("type_flags")
DICT, WEAK, NO_CALL = module.flag_values()


class Value:
    """Something with weak references."""


@needs_native_runtime
class TestManaged(unittest.TestCase):
    def made(self, flags, base=NULL):
        """The types with these flags, and Python classes below them."""
        for make in (module.with_flags, module.own_with_flags):
            made = make(flags, base)
            yield made
            yield type("Below", (made,), {})
            yield type("Slots", (made,), {"__slots__": ()})

    def test_dictionary(self):
        for flags in (DICT, DICT | WEAK):
            for cls in self.made(flags):
                with self.subTest(cls, flags=flags):
                    h = cls()
                    self.assertEqual(vars(h), {})
                    h.x = 1
                    h.__dict__["y"] = 2
                    self.assertEqual((h.x, h.y, vars(h)), (1, 2, {"x": 1, "y": 2}))
                    h.__dict__ = {"z": 3}
                    self.assertEqual(h.z, 3)
                    del h.z
                    with self.assertRaises(AttributeError):
                        h.x
                    with self.assertRaises(TypeError):
                        del h.__dict__

    def test_weak_references(self):
        for flags in (WEAK, DICT | WEAK):
            for cls in self.made(flags):
                with self.subTest(cls, flags=flags):
                    seen, h = [], cls()
                    reference = weakref.ref(h, seen.append)
                    self.assertIs(reference(), h)
                    del h
                    self.assertEqual((reference(), seen), (None, [reference]))

    def test_without_them(self):
        h = module.with_flags(0, NULL)()
        with self.assertRaises(TypeError):
            weakref.ref(h)
        with self.assertRaises(AttributeError):
            h.x = 1
        h = module.with_flags(DICT, NULL)()
        with self.assertRaises(TypeError):
            weakref.ref(h)
        h = module.with_flags(WEAK, NULL)()
        weakref.ref(h)
        with self.assertRaises(AttributeError):
            h.x = 1

    def test_released(self):
        for cls in self.made(DICT | WEAK):
            with self.subTest(cls):
                references = sys.getrefcount(cls)
                h, value = cls(), Value()
                h.value, reference = value, weakref.ref(value)
                del h, value
                self.assertIsNone(reference())
                self.assertEqual(sys.getrefcount(cls), references)

    def test_cycles(self):
        for cls in self.made(DICT | WEAK):
            with self.subTest(cls):
                h = cls()
                self.assertTrue(gc.is_tracked(h))
                h.itself, reference = h, weakref.ref(h)
                del h
                collect()
                self.assertIsNone(reference())

    def test_the_struct_stays(self):
        module.destroyed()
        classes = [module.own_with_flags(DICT | WEAK, NULL)]
        # Before, the dictionary of the base has the place of the struct: HPyType_BuiltinShape_Opaque is for that.
        if sys.version_info >= (3, 12):
            classes.append(module.own_with_flags(DICT | WEAK, module.with_flags(DICT, NULL)))
        for cls in classes:
            h = cls()
            h.number = 7
            for index in range(50):
                setattr(h, "a%d" % index, index)
            self.assertEqual((h.number, h.a49), (7, 49))
            del h
            self.assertEqual(module.destroyed(), 7)

    def test_below_others(self):
        class Python:
            pass

        class Slots:
            __slots__ = ("a",)

        for base in (Python, Slots, ValueError, module.with_flags(DICT, NULL), module.with_flags(WEAK, NULL)):
            with self.subTest(base):
                cls = module.with_flags(DICT | WEAK, base)
                h = cls()
                h.x, reference = 1, weakref.ref(h)
                self.assertEqual(vars(h), {"x": 1})
                del h
                self.assertIsNone(reference())

    def test_refused(self):
        with self.assertRaisesRegex(TypeError, "either HPy_TPFLAGS_MANAGED_DICT or"):
            module.two_places()


@needs_native_runtime
class TestNoInstantiation(unittest.TestCase):
    def test_calls(self):
        for make in (module.with_flags, module.own_with_flags):
            cls = make(NO_CALL, NULL)
            with self.subTest(cls):
                for arguments, keywords in (((), {}), ((1,), {}), ((), {"a": 1})):
                    with self.assertRaisesRegex(TypeError, "cannot create '.*' instances"):
                        cls(*arguments, **keywords)
                with self.assertRaises(TypeError):
                    object.__new__(cls)
                with self.assertRaises(TypeError):
                    type("Below", (cls,), {})()
                self.assertIs(type(module.instance(cls)), cls)

    def test_with_the_others(self):
        cls = module.own_with_flags(NO_CALL | DICT | WEAK, NULL)
        with self.assertRaises(TypeError):
            cls()
        h = module.instance(cls)
        h.x = 1
        self.assertIs(weakref.ref(h)().x, 1)

    def test_refused(self):
        with self.assertRaisesRegex(TypeError, "a type that cannot be instantiated has no HPy_tp_new"):
            module.two_ways()


@needs_native_runtime
class TestItems(unittest.TestCase):
    def classes(self):
        row = module.row_class(NULL)
        longer = module.longer(row)
        for cls in (row, longer, module.longer(longer)):
            yield cls
            yield type("Below", (cls,), {})
            yield type("Slots", (cls,), {"__slots__": ()})
            yield type("Twice", (type("Below", (cls,), {}),), {})

    def test_items(self):
        for cls in self.classes():
            for count in (0, 1, 2, 7, 1000):
                with self.subTest(cls, bases=cls.__mro__, count=count):
                    h = cls(*range(-5, count - 5))
                    if hasattr(cls, "last"):
                        h.last = -1
                    if hasattr(h, "__dict__"):
                        h.x = [1]
                        vars(h).update({str(number): number for number in range(20)})
                    h.other = [h.first]
                    h.first = 9
                    self.assertEqual(len(h), count)
                    self.assertEqual(list(h), list(range(-5, count - 5)))
                    self.assertEqual((h.first, h.other), (9, [1]))
                    self.assertEqual(module.var_size(h), count)
                    self.assertGreaterEqual(sys.getsizeof(h), 8 * count)

    def test_without_a_struct(self):
        made = describe.make(size=0, itemsize=8, shape=describe.OPAQUE, defines=["new"])
        for cls in (made, type("Below", (made,), {}), type("Slots", (made,), {"__slots__": ()})):
            self.assertGreaterEqual(cls.__basicsize__, object.__basicsize__ + 8)
            h = cls()
            if hasattr(h, "__dict__"):
                for number in range(20):
                    setattr(h, "a%d" % number, [number])
                self.assertEqual((h.a0, h.a19, len(vars(h))), ([0], [19], 20))

    def test_destroyed(self):
        for cls in self.classes():
            with self.subTest(cls, bases=cls.__mro__):
                module.destroyed()
                h, value, references = cls(1, 2, 3), Value(), sys.getrefcount(cls)
                reference = weakref.ref(value)
                h.other = value
                del h, value
                self.assertIsNone(reference())
                self.assertEqual(module.destroyed(), 1)
                self.assertEqual(sys.getrefcount(cls), references - 1)

    def test_cycles(self):
        for cls in self.classes():
            with self.subTest(cls, bases=cls.__mro__):
                module.destroyed()
                h = cls(1, 2)
                h.other = h
                del h
                collect()
                self.assertEqual(module.destroyed(), 1)

    def test_new_var(self):
        cls = module.row_class(NULL)
        self.assertEqual(list(module.new_var(cls, 3)), [0, 0, 0])
        for count in (-1, -sys.maxsize - 1):
            self.assertRaises(SystemError, module.new_var, cls, count)
        for count in (sys.maxsize, sys.maxsize // 8, 1 << 60):
            self.assertRaises(MemoryError, module.new_var, cls, count)
        for other in (int, tuple, type, module.with_flags(0, NULL), module.meta(type)):
            self.assertRaisesRegex(TypeError, "have no items", module.new_var, other, 1)
        self.assertRaisesRegex(TypeError, "must be a type", module.new_var, 5, 1)

    def test_other_objects(self):
        for other in (5, (1, 2), int, module.with_flags(0, NULL)(), module.meta(type)("X", (), {})):
            self.assertRaisesRegex(TypeError, "have no items", module.item_data, other)
            self.assertRaisesRegex(TypeError, "have no items", module.var_size, other)
        self.assertIs(module.item_data(module.row_class(NULL)()), True)

    def test_bases_without_room(self):
        for base in (int, tuple, float, ValueError):
            self.assertRaises(TypeError, module.row_class, base)

    def test_a_metaclass_of_any_size(self):
        for base in (type, abc.ABCMeta, type("Meta", (type,), {})):
            with self.subTest(base):
                meta = module.meta(base)
                cls = meta("Made", (), {"a": 1, "__slots__": ("b", "c")})
                cls.number = -1
                h = cls()
                h.b, h.c = 2, 3
                self.assertEqual((cls.number, cls.a, h.b, h.c, type(cls)), (-1, 1, 2, 3, meta))


@needs_native_runtime
class TestSignature(unittest.TestCase):
    def test_of_a_type(self):
        cls = module.own_with_flags(0, NULL)
        self.assertEqual(cls.__doc__, "A class with a signature.")
        self.assertEqual(cls.__text_signature__, "(value, /, *, key=None)")
        self.assertEqual(str(inspect.signature(cls)), "(value, /, *, key=None)")


@needs_native_runtime
class TestCoexisting(unittest.TestCase):
    def test_beside_a_slot(self):
        cls = module.beside()
        h = cls()
        self.assertIs(5 in h, True)
        self.assertEqual(h.__contains__(5), 5)
        self.assertEqual(cls.__contains__(h, None), None)
        self.assertEqual(cls.__contains__.__text_signature__, "($self, item, /)")
        self.assertIs(5 in type("Below", (cls,), {})(), True)

    def test_refused_without_the_slot(self):
        with self.assertRaisesRegex(TypeError, "belongs to a slot: define HPy_sq_contains"):
            module.alone()


@unittest.skipIf(HAS_NATIVE_RUNTIME, "it is about other loaders")
class TestOtherLoaders(unittest.TestCase):
    def test_refused(self):
        for flags in (DICT, WEAK, NO_CALL):
            with self.assertRaisesRegex(ImportError, "hpy-sys' loader"):
                module.with_flags(flags, NULL)
