# abi-tests/python/test_members.py: members of every kind, getsets, and methods of every convention.

import sys
import unittest
import warnings
import weakref

from support import NULL, collect
from describe import BASETYPE, DEFAULT, HAVE_GC, make, types

# The name, and the limits of the C type.
INTEGERS = {
    "short": (-(2**15), 2**15 - 1),
    "int": (-(2**31), 2**31 - 1),
    "long": (-(sys.maxsize + 1) if sys.platform != "win32" else -(2**31), None),
    "byte": (-(2**7), 2**7 - 1),
    "ubyte": (0, 2**8 - 1),
    "ushort": (0, 2**16 - 1),
    "uint": (0, 2**32 - 1),
    "ulong": (0, None),
    "longlong": (-(2**63), 2**63 - 1),
    "ulonglong": (0, 2**64 - 1),
    "ssize": (-(sys.maxsize + 1), sys.maxsize),
}
ALL = list(INTEGERS) + ["float", "double", "string", "object", "character", "inplace", "boolean", "object_ex", "none"]


class TestMembers(unittest.TestCase):
    def setUp(self):
        self.type = make(defines=ALL)
        self.h = self.type()

    def test_zero(self):
        for name in INTEGERS:
            self.assertEqual(getattr(self.h, name), 0)
        self.assertEqual((self.h.float, self.h.double), (0.0, 0.0))
        self.assertIsNone(self.h.string)
        self.assertIsNone(self.h.object)
        self.assertIsNone(self.h.none)
        self.assertEqual((self.h.character, self.h.inplace, self.h.boolean), ("\0", "", False))

    def test_integers(self):
        for name, limits in INTEGERS.items():
            for value in limits + (1, 7):
                if value is not None:
                    with self.subTest(name, value=value):
                        setattr(self.h, name, value)
                        self.assertEqual(getattr(self.h, name), value)
        # Each has its own offset.
        for number, name in enumerate(INTEGERS):
            setattr(self.h, name, number)
        for number, name in enumerate(INTEGERS):
            self.assertEqual(getattr(self.h, name), number)

    def test_integers_refuse(self):
        for name in INTEGERS:
            with self.subTest(name):
                with self.assertRaises(OverflowError):
                    setattr(self.h, name, 2**200)
                for value in (None, "1", 1.5):
                    if sys.version_info < (3, 10) and value == 1.5:
                        continue  # A float has __int__.
                    with self.assertRaises(TypeError):
                        setattr(self.h, name, value)
                with self.assertRaises(TypeError):
                    delattr(self.h, name)

    def test_out_of_range_is_a_warning(self):
        for name in ("short", "byte", "ubyte", "ushort", "int", "uint"):
            _, high = INTEGERS[name]
            with self.subTest(name), warnings.catch_warnings(record=True) as caught:
                warnings.simplefilter("always")
                setattr(self.h, name, high + 1)
            self.assertEqual([warning.category for warning in caught], [RuntimeWarning])

    def test_floats(self):
        self.h.double = 0.1
        self.h.float = 0.1
        self.assertEqual(self.h.double, 0.1)
        self.assertNotEqual(self.h.float, 0.1)
        self.assertAlmostEqual(self.h.float, 0.1, places=6)
        self.h.double = 7
        self.assertEqual(self.h.double, 7.0)
        for name in ("float", "double"):
            for value in (None, "1"):
                with self.assertRaises(TypeError):
                    setattr(self.h, name, value)
            with self.assertRaises(TypeError):
                delattr(self.h, name)

    def test_boolean(self):
        self.h.boolean = True
        self.assertIs(self.h.boolean, True)
        self.h.boolean = False
        self.assertIs(self.h.boolean, False)
        for value in (1, None, "true"):
            with self.assertRaises(TypeError):
                self.h.boolean = value

    def test_character(self):
        self.h.character = "x"
        self.assertEqual(self.h.character, "x")
        for value in ("xy", "", 7, None, b"x"):
            with self.assertRaises(TypeError):
                self.h.character = value

    def test_strings_are_read_only(self):
        text = "text é"
        types.set_string(self.h, text)
        self.assertEqual(self.h.string, text)
        types.set_string(self.h, NULL)
        self.assertIsNone(self.h.string)
        for name in ("string", "inplace"):
            with self.assertRaises(TypeError):
                setattr(self.h, name, "x")
            with self.assertRaises(TypeError):
                delattr(self.h, name)

    def test_none(self):
        for change in (lambda: setattr(self.h, "none", 1), lambda: setattr(self.h, "none", None)):
            with self.assertRaises((SystemError, TypeError)):
                change()

    def test_object(self):
        value = [1]
        before = sys.getrefcount(value)
        self.h.object = value
        self.assertEqual(sys.getrefcount(value), before + 1)
        self.assertIs(self.h.object, value)
        self.h.object = None
        self.assertEqual(sys.getrefcount(value), before)
        self.h.object = value
        del self.h.object
        self.assertIsNone(self.h.object)
        self.assertEqual(sys.getrefcount(value), before)

    def test_object_ex(self):
        with self.assertRaisesRegex(AttributeError, "object_ex"):
            self.h.object_ex
        value = [1]
        before = sys.getrefcount(value)
        self.h.object_ex = value
        self.assertIs(self.h.object_ex, value)
        self.assertEqual(sys.getrefcount(value), before + 1)
        del self.h.object_ex
        self.assertEqual(sys.getrefcount(value), before)
        with self.assertRaises(AttributeError):
            self.h.object_ex
        with self.assertRaises(AttributeError):
            del self.h.object_ex

    def test_object_ex_is_released_with_the_instance(self):
        class Value:
            pass

        traversing = make(defines=["object_ex", "object", "traverse"], flags=DEFAULT | BASETYPE | HAVE_GC)
        for class_ in (self.type, traversing):
            below = type("Below", (class_,), {})
            further = type("Further", (below,), {"__slots__": ("a", "b")})
            for last in (class_, below, further):
                h, value = last(), Value()
                h.object_ex = value
                reference = weakref.ref(value)
                del h, value
                self.assertIsNone(reference(), last)

    def test_read_only(self):
        made = make(defines=["readonly_" + name for name in ALL if name != "none"])
        h = made()
        for name in ALL:
            if name == "none":
                continue
            with self.subTest(name):
                if name == "object_ex":
                    with self.assertRaises(AttributeError):
                        h.object_ex
                else:
                    getattr(h, name)
                with self.assertRaises(AttributeError):
                    setattr(h, name, 1)
                with self.assertRaises(AttributeError):
                    delattr(h, name)

    def test_descriptors(self):
        self.assertEqual(self.type.short.__doc__, "a member")
        self.assertIsNone(self.type.none.__doc__)
        self.assertEqual(type(self.type.short).__name__, "member_descriptor")
        self.assertIs(self.type.short.__objclass__, self.type)
        with self.assertRaises(TypeError):
            self.type.short.__get__(object())
        # The type's dictionary has only the definitions.
        names = {name for name in vars(self.type) if not name.startswith("__")}
        self.assertEqual(names, set(ALL))

    def test_in_a_python_class(self):
        class Below(self.type):
            pass

        h = Below()
        h.int, h.object, h.other = 4, "object", "other"
        self.assertEqual((h.int, h.object, h.other), (4, "object", "other"))
        h.object = None


class TestGetSet(unittest.TestCase):
    def setUp(self):
        self.type = make(defines=["get", "get_fails", "set", "both", "double"])
        self.h = self.type()

    def test_get(self):
        self.assertIs(self.h.get, self.h)
        with self.assertRaises(AttributeError):
            self.h.get = 1
        with self.assertRaises(AttributeError):
            del self.h.get
        with self.assertRaisesRegex(KeyError, "get_fails"):
            self.h.get_fails

    def test_set(self):
        self.h.set = 4
        self.assertEqual(self.h.double, 4.0)
        with self.assertRaises(AttributeError):
            self.h.set
        with self.assertRaisesRegex(TypeError, "it stays"):
            del self.h.set
        with self.assertRaises(TypeError):
            self.h.set = "text"

    def test_closure(self):
        self.h.both = 4
        self.assertEqual((self.h.both, self.h.double), (1004.0, 4.0))

    def test_descriptors(self):
        self.assertEqual(self.type.get.__doc__, "a getter")
        self.assertEqual(self.type.both.__doc__, "both ways")
        self.assertIsNone(self.type.set.__doc__)
        self.assertEqual(type(self.type.get).__name__, "getset_descriptor")
        self.assertEqual(self.type.get.__name__, "get")
        self.assertEqual(self.type.get.__qualname__, "T.get")
        with self.assertRaises(TypeError):
            self.type.get.__get__(object())


class TestMethods(unittest.TestCase):
    def setUp(self):
        self.type = make(defines=["noargs", "one", "positional", "keywords", "dunder"])
        self.h = self.type()

    def test_noargs(self):
        self.assertIs(self.h.noargs(), self.h)
        for call in (lambda: self.h.noargs(1), lambda: self.h.noargs(x=1)):
            with self.assertRaises(TypeError):
                call()

    def test_one(self):
        self.assertEqual(self.h.one(5), (self.h, 5))
        for call in (lambda: self.h.one(), lambda: self.h.one(1, 2), lambda: self.h.one(x=1)):
            with self.assertRaises(TypeError):
                call()

    def test_positional(self):
        for args in ((), (1,), (1, 2, 3), tuple(range(300))):
            self.assertEqual(self.h.positional(*args), (self.h, list(args)))
        with self.assertRaises(TypeError):
            self.h.positional(x=1)

    def test_keywords(self):
        self.assertEqual(self.h.keywords(), ([], None))
        self.assertEqual(self.h.keywords(1, 2), ([1, 2], None))
        self.assertEqual(self.h.keywords(1, a=2, b=3), ([1, 2, 3], ("a", "b")))
        self.assertEqual(self.h.keywords(**{"a": 1}), ([1], ("a",)))
        self.assertEqual(self.h.keywords(*(1,), **{}), ([1], None))

    def test_unbound(self):
        self.assertEqual(self.type.one(self.h, 5), (self.h, 5))
        with self.assertRaises(TypeError):
            self.type.one(object(), 5)
        with self.assertRaises(TypeError):
            self.type.one()
        bound = self.h.one
        self.assertEqual(bound(6), (self.h, 6))
        self.assertIs(bound.__self__, self.h)

    def test_special_name(self):
        self.assertEqual(self.h.__reduce__(), "reduced")

    def test_descriptors(self):
        method = self.type.noargs
        self.assertEqual(type(method).__name__, "method_descriptor")
        self.assertEqual((method.__name__, method.__qualname__), ("noargs", "T.noargs"))
        self.assertEqual((method.__doc__, method.__text_signature__), ("No arguments.", "()"))
        self.assertIsNone(self.type.one.__doc__)
        self.assertIs(method.__objclass__, self.type)

    def test_overridden(self):
        class Below(self.type):
            def one(self, arg):
                return ("below",) + super().one(arg)

        h = Below()
        self.assertEqual(h.one(1), ("below", h, 1))

    def test_methods_outlive_the_name_of_the_type(self):
        bound, unbound = self.h.one, self.type.one
        del self.type, self.h
        collect()
        self.assertEqual(bound(1)[1], 1)
        self.assertEqual(unbound.__name__, "one")
