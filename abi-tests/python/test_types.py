# abi-tests/python/test_types.py: HPyType_FromSpec: errors, names, flags, legacy specs.

import gc
import sys
import unittest
import warnings

from describe import (
    BASE, BASES_TUPLE, BASETYPE, DEFAULT, HAVE_GC, IMMUTABLETYPE, LEGACY, METACLASS, SIZE, make, make_legacy, types)
from support import HAS_LEGACY, HAS_NATIVE_RUNTIME, NULL, collect, load, needs_legacy

calls = load("calls")


def generic_new(class_):
    return calls.HPyType_GenericNew(class_, NULL, 0, NULL)


class TestRefused(unittest.TestCase):
    def refused(self, error, text, **description):
        with self.assertRaises(error) as caught:
            make(**description)
        self.assertEqual(str(caught.exception), text)

    def test_parameters(self):
        self.refused(TypeError, "unknown HPyType_SpecParam specification for 'types.T'", params=[(7, object)])
        self.refused(TypeError, "multiple specifications of HPyType_SpecParam_BasesTuple",
                     params=[(BASES_TUPLE, (object,)), (BASES_TUPLE, (object,))])
        text = "cannot specify both HPyType_SpecParam_Base and HPytype_SpecParam_BasesTuple"
        self.refused(TypeError, text, params=[(BASE, object), (BASES_TUPLE, (object,))])
        self.refused(TypeError, text, params=[(BASES_TUPLE, (object,)), (BASE, object)])

    @needs_legacy
    def test_legacy_slots(self):
        text = "cannot specify .legacy_slots without setting .builtin_shape=HPyType_BuiltinShape_Legacy"
        for shape in range(0, 8):
            self.refused(TypeError, text, shape=shape, slots=["repr"])
        text = "legacy tp_dealloc is incompatible with HPy_tp_traverse or HPy_tp_destroy."
        for define in ("traverse", "destroy"):
            self.refused(TypeError, text, shape=LEGACY, slots=["dealloc"], defines=[define])

    def test_collected_without_traverse(self):
        text = "You must provide an HPy_tp_traverse slot if you specify HPy_TPFLAGS_HAVE_GC"
        self.refused(ValueError, text, flags=DEFAULT | HAVE_GC)

    def test_shape(self):
        for shape in (-2, 8, 99):
            self.refused(ValueError, "invalid shape: %d" % shape, shape=shape)

    def test_call_protocol(self):
        self.refused(TypeError, "Cannot use HPy call protocol with var objects", itemsize=4, defines=["call"])
        text = "Cannot have HPy_tp_call and explicit member'__vectorcalloffset__'. Specify just one of them."
        self.refused(TypeError, text, defines=["call", "vectorcalloffset"])

    @needs_legacy
    def test_call_protocol_of_legacy_type(self):
        with self.assertRaisesRegex(TypeError, "Cannot use HPy call protocol with legacy types that inherit the struct."):
            make_legacy(size=0, defines=["call"])

    def test_members_without_struct(self):
        self.refused(TypeError, "Type claims to have basicsize==0 but defines members", size=0, defines=["int"])

    def test_metaclass(self):
        self.refused(ValueError, "metaclass was specified multiple times", params=[(METACLASS, type), (METACLASS, 1)])
        self.refused(TypeError, "Metaclass '1' is not a subclass of 'type'.", params=[(METACLASS, 1)])

    def test_legacy_type_below_a_pure_one(self):
        pure = make()
        self.refused(TypeError, "A legacy type should not inherit its memory layout from a pure type",
                     shape=LEGACY, size=SIZE + 64, params=[(BASE, pure)])

    def test_methods_and_slots(self):
        self.refused(ValueError, "Unsupported HPyMeth signature", defines=["bad_signature"])
        for define in ("bad_slot", "exec"):
            with self.assertRaises(SystemError):
                make(defines=[define])
        with self.assertRaises((ValueError, SystemError)):
            make(defines=["bad_kind"])

    def test_order(self):
        # Each mistake is reported before the ones that come after it.
        mistakes = [
            (dict(params=[(7, object)]), "unknown HPyType_SpecParam"),
            (dict(slots=["repr"]), "cannot specify .legacy_slots"),
            (dict(flags=DEFAULT | HAVE_GC), "You must provide an HPy_tp_traverse"),
            (dict(shape=99), "invalid shape: 99"),
            (dict(itemsize=4, defines=["call", "vectorcalloffset"]), "Cannot use HPy call protocol with var"),
            (dict(defines=["call", "vectorcalloffset"]), "Cannot have HPy_tp_call and explicit"),
            (dict(params=[(METACLASS, 1)]), "Metaclass '1'"),
        ]
        if not HAS_LEGACY:
            mistakes = [(mistake, text) for mistake, text in mistakes if "slots" not in mistake]
        for index, (_, text) in enumerate(mistakes):
            description = {}
            for mistake, _ in mistakes[index:]:
                for key, value in mistake.items():
                    if key == "params" and key in description:
                        value = description[key] + value
                    elif key in description:
                        continue
                    description[key] = value
            with self.assertRaises((TypeError, ValueError)) as caught:
                make(**description)
            self.assertTrue(str(caught.exception).startswith(text), (text, caught.exception))

    def test_negative_sizes(self):
        with self.assertRaises(ValueError):
            make(size=-8)
        with self.assertRaises(ValueError):
            make(itemsize=-8)

    def test_nothing_is_left_of_a_refused_type(self):
        class Base:
            pass

        collect()
        before = sys.getrefcount(Base)
        for description in (dict(defines=["bad_signature"]), dict(defines=["one", "bad_signature"]),
                            dict(params=[(BASE, Base), (METACLASS, 1)]), dict(params=[(BASE, Base), (BASE, bool)])):
            description.setdefault("params", [(BASE, Base)])
            with self.assertRaises((TypeError, ValueError)):
                make(**description)
            del description
        collect()
        self.assertEqual(sys.getrefcount(Base), before)
        self.assertEqual(Base.__subclasses__(), [])


class TestNames(unittest.TestCase):
    def test_module_and_name(self):
        for name, module, short in [("a.T", "a", "T"), ("a.b.c.Long", "a.b.c", "Long"), ("mé.Tü", "mé", "Tü")]:
            made = make(name=name)
            self.assertEqual((made.__module__, made.__name__, made.__qualname__), (module, short, short))
            self.assertEqual(calls.HPyType_GetName(made), short)
            self.assertEqual(repr(made), "<class '%s'>" % name)

    def test_without_module(self):
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            made = types.make_empty("Bare")
        self.assertEqual(made.__name__, "Bare")
        self.assertEqual([warning.category for warning in caught], [DeprecationWarning])
        self.assertEqual(str(caught[0].message), "builtin type Bare has no __module__ attribute")

    def test_without_module_as_an_error(self):
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            with self.assertRaises(DeprecationWarning):
                types.make_empty("Bare")

    def test_changed(self):
        made = make(name="types.Old", defines=["traverse", "object", "destroy"], flags=DEFAULT | BASETYPE | HAVE_GC)
        h = made()
        made.__name__ = "New"
        made.__module__ = "elsewhere"
        made.__qualname__ = "Outer.New"
        self.assertEqual(calls.HPyType_GetName(made), "New")
        self.assertEqual(repr(made), "<class 'elsewhere.Outer.New'>")
        h.object = [h]
        self.assertIs(h.object[0], h)
        del h
        collect()
        other = made()
        self.assertIn("New object", repr(other))

    def test_of_static_types(self):
        for class_, name in [(int, "int"), (dict, "dict"), (type, "type"), (type(None), "NoneType")]:
            self.assertEqual(calls.HPyType_GetName(class_), name)
        import collections

        self.assertEqual(calls.HPyType_GetName(collections.OrderedDict), "OrderedDict")
        self.assertEqual(calls.HPyType_GetName(TestNames), "TestNames")

    def test_the_description_is_not_kept(self):
        names = ["m%d.Name%d" % (n, n) for n in range(50)]
        made = [make(name=name, doc="doc of " + name) for name in names]
        gc.collect()
        for class_, name in zip(made, names):
            self.assertEqual("%s.%s" % (class_.__module__, class_.__name__), name)
            self.assertEqual(class_.__doc__, "doc of " + name)
            with self.assertRaisesRegex(TypeError, "unexpected|arguments"):
                class_(1, 2, x=3)


class TestDoc(unittest.TestCase):
    def test_doc(self):
        self.assertIsNone(make().__doc__)
        self.assertEqual(make(doc="Text é.").__doc__, "Text é.")
        made = make(doc="T(x)\n--\n\nText.")
        self.assertEqual(made.__doc__, "Text.")
        # CPython 3.9 copies the doc without its signature; the native runtime puts it back.
        has_signature = HAS_NATIVE_RUNTIME or sys.version_info >= (3, 10)
        self.assertEqual(made.__text_signature__, "(x)" if has_signature else None)


class TestInstances(unittest.TestCase):
    def test_new(self):
        made = make()
        before = sys.getrefcount(made)
        all_ = [types.new(made), types.new_untyped(made), generic_new(made), made()]
        self.assertEqual(sys.getrefcount(made), before + 4)
        for h in all_:
            self.assertIs(type(h), made)
        del h, all_
        self.assertEqual(sys.getrefcount(made), before)

    def test_new_of_a_python_class(self):
        made = make(defines=["int"])

        class Below(made):
            def __init__(self):
                self.x = 1

        for new in (types.new, types.new_untyped, generic_new):
            h = new(Below)
            self.assertIs(type(h), Below)
            h.int = 4
            h.x = 5
            self.assertEqual((h.int, h.x), (4, 5))

    def test_new_of_no_type(self):
        for call, text in [(types.new, "HPy_New arg 1 must be a type"), (types.new_untyped, "HPy_New arg 1 must be a type"),
                           (generic_new, "HPy_Type_GenericNew arg 1 must be a type")]:
            for value in (7, None, "text"):
                with self.assertRaises(TypeError) as caught:
                    call(value)
                self.assertEqual(str(caught.exception), text)

    def test_generic_new_as_slot(self):
        made = make(defines=["new", "init"])
        self.assertIs(type(made(1, 2, x=3)), made)

    def test_constructor_that_python_changes(self):
        for defines in (["new"], ["new", "init"]):
            made = make(defines=defines)
            for changed in (False, True, False):
                called = []
                if changed:
                    made.__init__ = lambda self, *args, **kw: called.append((type(self), args, kw))
                # Often enough for the interpreter to specialise the call.
                for _ in range(50):
                    made(1, 2)
                    made(1, x=2)
                if changed:
                    del made.__init__
                self.assertEqual(called, 50 * [(made, (1, 2), {}), (made, (1,), {"x": 2})] if changed else [])
            made.__new__ = staticmethod(lambda *args, **kw: (args, kw))
            for _ in range(50):
                self.assertEqual(made(1, x=2), ((made, 1), {"x": 2}))
                self.assertEqual(made(), ((made,), {}))

    def test_immutable(self):
        made = make(flags=DEFAULT | BASETYPE | IMMUTABLETYPE, defines=["new", "int", "one"])
        for _ in range(50):
            self.assertIs(type(made(1, 2)), made)
        h = made(1, x=2)
        h.int = 7
        self.assertEqual(h.int, 7)

        class Below(made):
            pass

        Below.attribute = 7
        self.assertEqual(Below(1).attribute, 7)
        changes = (lambda: setattr(made, "attribute", 7), lambda: delattr(made, "one"),
                   lambda: setattr(made, "__init__", 7))
        if not IMMUTABLETYPE or sys.version_info < (3, 10):
            made.attribute = 7
            self.assertEqual(h.attribute, 7)
            return
        for change in changes:
            with self.assertRaises(TypeError):
                change()
        self.assertFalse(hasattr(h, "attribute"))

    def test_subtype(self):
        base = make()
        below = make(params=[(BASE, base)])
        self.assertEqual(calls.HPyType_IsSubtype(below, base), 1)
        self.assertEqual(calls.HPyType_IsSubtype(base, below), 0)
        self.assertEqual(calls.HPyType_IsSubtype(bool, int), 1)
        self.assertEqual(calls.HPyType_IsSubtype(base, object), 1)

        class Meta(type):
            def __subclasscheck__(cls, other):
                return True

        self.assertEqual(calls.HPyType_IsSubtype(int, Meta("Any", (), {})), 0)

    def test_shape(self):
        self.assertEqual(types.shape(make()), 0)
        if HAS_LEGACY:
            self.assertEqual(types.shape(make_legacy()), -1)
        self.assertEqual(types.shape(int), -1)
        with self.assertRaises(TypeError) as caught:
            types.shape(7)
        self.assertEqual(str(caught.exception), "arg must be a type")

        class Below(make()):
            pass

        self.assertEqual(types.shape(Below), 0)

    def test_types_go(self):
        import weakref

        made = make(defines=["int", "one", "both", "repr", "call"], doc="text")
        h = made()
        reference = weakref.ref(made)
        del h, made
        collect()
        self.assertIsNone(reference())

    def test_flags(self):
        for flags in (DEFAULT, DEFAULT | BASETYPE, 0, BASETYPE):
            made = make(flags=flags)
            self.assertEqual(bool(made.__flags__ & BASETYPE), bool(flags & BASETYPE))
            self.assertFalse(made.__flags__ & HAVE_GC)
        made = make(flags=DEFAULT | HAVE_GC, defines=["traverse_nothing"])
        self.assertTrue(made.__flags__ & HAVE_GC)
        self.assertTrue(gc.is_tracked(made()))

    def test_itemsize(self):
        made = make(itemsize=8)
        self.assertEqual(made.__itemsize__, 8)

    def test_last_of_two_slots(self):
        self.assertEqual(repr(make(defines=["repr", "other_repr"])()), "other repr")


@needs_legacy
class TestLegacy(unittest.TestCase):
    def test_methods_members_getset(self):
        made = make_legacy(slots=["methods", "members", "getset", "repr", "call", "doc"], defines=["noargs", "dunder"])
        h = made()
        self.assertEqual((h.legacy_noargs(), h.noargs()), (h, h))
        self.assertEqual(h.legacy_one(4), (4, 4))
        self.assertEqual(made.legacy_one.__doc__, "a legacy method")
        self.assertEqual(h.__reduce__(), "reduced")
        self.assertEqual(h.legacy_get, 5)
        self.assertEqual(repr(h), "legacy repr")
        self.assertEqual(h(1, 2), (h, (1, 2)))
        self.assertEqual(made.__doc__, "a legacy doc")
        self.assertEqual(h.legacy_number, 0)
        h.legacy_number = 9
        h.legacy_object = [1]
        self.assertEqual((h.legacy_number, h.legacy_object), (9, [1]))
        with self.assertRaises(AttributeError):
            made().legacy_object

    def test_members_are_released(self):
        class Value:
            pass

        import weakref

        for slots, flags in [(["members"], 0), (["members", "dealloc"], 0),
                             (["members", "traverse", "clear", "dealloc"], HAVE_GC),
                             (["members", "traverse", "clear"], HAVE_GC)]:
            with self.subTest(slots=slots):
                made = make_legacy(slots=slots, flags=DEFAULT | BASETYPE | flags)
                h, value = made(), Value()
                before = sys.getrefcount(made)
                h.legacy_object = value
                reference = weakref.ref(value)
                del h, value
                self.assertIsNone(reference())
                self.assertEqual(sys.getrefcount(made), before - 1)
                if flags:
                    h, h2 = made(), made()
                    h.legacy_object, h2.legacy_object = h2, h
                    value = Value()
                    reference = weakref.ref(value)
                    h2.legacy_object = [h, value]
                    del h, h2, value
                    collect()
                    self.assertIsNone(reference())

    def test_below_another(self):
        base = make_legacy(slots=["members"])
        below = make_legacy(size=0, params=[(BASE, base)])
        h = below()
        h.legacy_number = 5
        self.assertEqual(h.legacy_number, 5)

    def test_call_protocol(self):
        # The word of the call protocol comes behind the struct.
        made = make_legacy(slots=["members"], defines=["call"])
        h = made()
        h.legacy_number = 2**31 - 1
        self.assertEqual(h(1), (h, [1]))
        self.assertEqual(h.legacy_number, 2**31 - 1)


if __name__ == "__main__":
    unittest.main()
