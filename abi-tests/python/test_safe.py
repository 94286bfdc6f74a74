# abi-tests/python/test_safe.py: the crate's safe Rust: HPyType!, HPyModule!, HPyException!, conversions, borrows.

import gc
import inspect
import sys
import threading
import unittest
import weakref

from support import LANGUAGE, load, not_repeated

if LANGUAGE == "rust":
    safe = load("safe")

NUMBERS = [0, 1, -1, 2**31, 2**63 - 1, -2**63, 2**63, -2**63 - 1, 2**64, -2**64, 2**127 - 1, -2**127]


@unittest.skipIf(LANGUAGE != "rust", "this is Rust's")
class TestConversions(unittest.TestCase):
    def test_integers(self):
        for number in NUMBERS:
            self.assertEqual(safe.big(number), number)
        for number in (0, 1, 2**64 - 1, 2**64, 2**128 - 1):
            self.assertEqual(safe.ubig(number), number)
        self.assertEqual(safe.small(-128), -128)
        for call, number in ((safe.big, 2**127), (safe.ubig, -1), (safe.ubig, 2**128), (safe.small, 128), (safe.byte, [256])):
            self.assertRaises(OverflowError, call, number)
        self.assertRaises(TypeError, safe.small, "1")

    def test_floats_and_truth(self):
        self.assertEqual(safe.half(5), 2.5)
        self.assertRaises(TypeError, safe.half, "5")
        self.assertIs(safe.flag(True), False)
        self.assertIs(safe.flag(False), True)
        self.assertRaisesRegex(TypeError, "^a bool is needed$", safe.flag, 1)

    def test_text_and_bytes(self):
        self.assertEqual(safe.text("añ\0b😀"), "😀b\0ña")
        self.assertEqual(safe.text(""), "")
        self.assertRaises(UnicodeEncodeError, safe.text, "\ud800")
        self.assertRaises(TypeError, safe.text, b"a")
        self.assertEqual(safe.raw(b"a\0b"), b"\0b")
        self.assertRaises(TypeError, safe.raw, "abc")

    def test_builders(self):
        for room in 0, 1, 1000:
            self.assertIsNone(safe.build_text([], room))
            self.assertEqual(safe.build_text(["a"], room), "a\u20ac-\xe912a  7")
            self.assertEqual(safe.build_text([5, "\U0001f600"], room), "5\u20ac-\xe9125  7\U0001f600\u20ac-\xe912\U0001f600 17")
        self.assertRaises(TypeError, safe.build_text, 1, 2)
        self.assertEqual(safe.truncated("ab\u20ac", 2), "ab")
        self.assertRaises(TypeError, safe.truncated, b"ab", 2)
        self.assertEqual(safe.build_bytes([b"ab", b"c"], 5), b"\0c\0ba")
        self.assertEqual(safe.build_bytes([b"ab", b"c"], 2), b"\0c")
        self.assertEqual(safe.build_bytes([b"ab"], 5), b"\0bazz")
        self.assertEqual(safe.build_bytes([], 0), b"")

    def test_sequences(self):
        self.assertEqual(safe.byte(b"abc"), [97, 98, 99])
        self.assertEqual(safe.byte(iter((1, 2))), [1, 2])
        self.assertEqual(safe.byte([]), [])
        self.assertRaises(TypeError, safe.byte, 3)
        self.assertRaises(TypeError, safe.byte, "abc")
        self.assertEqual(safe.arr([1, 2, 3]), [1, 2, 3])
        for wrong in ([1, 2], [1, 2, 3, 4]):
            self.assertRaisesRegex(ValueError, "^exactly 3 items are needed$", safe.arr, wrong)
        self.assertEqual(safe.pair((1, "x")), ("x", 1))
        self.assertRaises(TypeError, safe.pair, [1, "x"])
        self.assertRaises(ValueError, safe.pair, (1,))
        self.assertRaises(TypeError, safe.pair, ("x", 1))

    def test_maps_and_options(self):
        self.assertEqual(safe.count("a b a".split()), {"a": 2, "b": 1})
        self.assertEqual(list(safe.count("b a".split())), ["a", "b"])
        self.assertEqual(safe.lookup({"a": 1}, "a"), 1)
        self.assertIsNone(safe.lookup({"a": 1}, "b"))
        self.assertRaises(TypeError, safe.lookup, {1: 1}, "b")
        self.assertIsNone(safe.nothing())

    def test_iteration(self):
        self.assertEqual(safe.total(range(4)), 6)
        self.assertEqual(safe.total((number for number in (1.5, 2)), start=2), 5.5)
        self.assertRaises(TypeError, safe.total, 3)
        self.assertRaises(TypeError, safe.total, ["x"])
        self.assertEqual(safe.sum_lengths(["ab", (1,)]), 3)

        def broken():
            yield "a"
            raise KeyError("b")

        self.assertRaises(KeyError, safe.sum_lengths, broken())

    def test_objects(self):
        class Plain:
            pass

        plain = Plain()
        self.assertIs(safe.same(plain), plain)
        result = safe.use_object(plain)
        self.assertEqual(result, ({"one": 1, 3: "three"}, [1, 2, True], 3, True, Plain, True))
        self.assertEqual(plain.value, 3)
        self.assertRaises(AttributeError, safe.use_object, 3)


@unittest.skipIf(LANGUAGE != "rust", "this is Rust's")
class TestFunctions(unittest.TestCase):
    def test_module(self):
        self.assertEqual((safe.ANSWER, safe.__version__, safe.__doc__), (42, "1.0", "Safe Rust."))
        self.assertEqual(sys.modules["%s.sub" % safe.__name__].half(2), 1)

    def test_keywords(self):
        self.assertEqual(safe.total(start=1, numbers=[1]), 2)
        for arguments, keywords, message in (
            ((), {}, r"total\(\) missing required argument 'numbers' \(pos 1\)"),
            (([1],), {"foo": 3}, r"total\(\) got an unexpected keyword argument 'foo'"),
            (([1], 2, 3), {}, r"total\(\) takes at most 2 arguments \(3 given\)"),
        ):
            self.assertRaisesRegex(TypeError, message, safe.total, *arguments, **keywords)

    def test_exceptions(self):
        self.assertTrue(issubclass(safe.EmptyError, ValueError))
        self.assertEqual((safe.EmptyError.__doc__, safe.EmptyError.__module__), ("Nothing there.", "safe"))
        self.assertRaisesRegex(safe.EmptyError, "^x$", safe.empty)
        self.assertEqual(safe.parse("12"), 12)
        self.assertRaisesRegex(ValueError, "invalid digit", safe.parse, "x")

    def test_an_exception_is_taken_away(self):
        self.assertIs(safe.catch(lambda: 1), True)
        self.assertIs(safe.catch(lambda: {}[1]), False)
        self.assertRaises(ZeroDivisionError, safe.catch, lambda: 1 // 0)

    def test_a_panic_closes_what_is_open(self):
        self.assertEqual(safe.panics(3), 3)

    def test_other_threads_run_meanwhile(self):
        results = []
        threads = [threading.Thread(target=lambda: results.append(safe.slow(1000))) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(len(set(results)), 1)

    @unittest.skipIf(sys.version_info < (3, 10) or sys.implementation.name != "cpython", "it gives no signature of a class")
    def test_signatures_and_docs(self):
        docs = [safe.Point.__doc__, safe.Point.norm.__doc__, safe.half.__doc__]
        self.assertEqual(docs, ["A point of the plane.\n\nTwo lines.", "The distance.", "Half of it."])
        signatures = (safe.Point, safe.Point.move_by, safe.Point.both, safe.half, safe.total, safe.Node, safe.nothing)
        self.assertEqual([str(inspect.signature(function)) for function in signatures], [
            "(x=0.0, y=-1.5, *, name=None)", "(self, /, dx, *, dy=0.0)", "(self, a, b, /)", "(x)", "(numbers, start=0.0)", "(next)",
            "()",
        ])


@unittest.skipIf(LANGUAGE != "rust", "this is Rust's")
class TestClasses(unittest.TestCase):
    def test_constructor(self):
        point = safe.Point(3, y=4, name="q")
        self.assertEqual((point.x, point.y, repr(point)), (3, 4, 'Point(3, 4, "q")'))
        self.assertEqual(repr(safe.Point()), 'Point(0, -1.5, "p")')
        for arguments, keywords, message in (
            ((1, 2, 3), {}, "takes at most 2 positional arguments"),
            ((), {"z": 1}, "unexpected keyword argument 'z'"),
            ((1,), {"x": 2}, "multiple values for argument 'x'"),
            (("x",), {}, ""),
        ):
            self.assertRaisesRegex(TypeError, message, safe.Point, *arguments, **keywords)

    def test_attributes(self):
        point = safe.Point(3, 4)
        self.assertEqual((point.sum, safe.Point.x.__doc__), (7, "The first coordinate."))
        point.x = 6
        self.assertEqual(point.x, 6)
        self.assertRaises(AttributeError, setattr, point, "y", 3)
        self.assertRaises(TypeError, setattr, point, "x", "a")
        self.assertRaises(TypeError, delattr, point, "x")
        self.assertEqual(point.x, 6)

    def test_parameters_with_the_name_of_their_function(self):
        self.assertEqual(safe.only(4), 5)
        self.assertRaises(TypeError, safe.only, only=4)
        self.assertEqual(safe.named("x"), ("x", 7))
        self.assertEqual(safe.named(named="x", nothing=2), ("x", 2))
        point = safe.Point(3, 4)
        self.assertEqual((point.grown(1), point.grown(grown=1, by=2)), (4, 5))

    def test_methods(self):
        point = safe.Point(3, 4)
        self.assertEqual(point.norm(), 5)
        point.move_by(1, dy=2)
        self.assertEqual((point.x, point.y), (4, 6))
        self.assertRaises(TypeError, point.move_by, 1, 2)
        self.assertRaisesRegex(ValueError, "^NaN 2.5$", point.move_by, float("nan"), dy=2.5)
        self.assertEqual(point.scaled(2).x, 8)
        self.assertEqual(point.both(1, "x"), (1, "x"))
        self.assertRaises(TypeError, point.both, 1)
        self.assertRaises(TypeError, safe.Point.norm, 3)
        self.assertEqual(safe.norm2(safe.Point(3, 4)), 5)
        self.assertRaisesRegex(TypeError, "^an instance of Point is needed$", safe.norm2, 3)

    def test_slots(self):
        point = safe.Point(1, 2)
        self.assertEqual((point + safe.Point(3, 4)).x, 4)
        self.assertRaises(TypeError, lambda: point + 1)
        self.assertRaises(TypeError, lambda: 1 + point)
        self.assertTrue(point == safe.Point(1, 2) and point != safe.Point(1, 3) and point != 3 and not point == 3)
        self.assertRaises(TypeError, lambda: point < point)
        self.assertEqual((len(point), hash(point), point[1], (-point).x, float(safe.Point(3, 4))), (2, 7, 2, -1, 5))
        self.assertRaises(IndexError, lambda: point[5])
        point[1] = 9
        self.assertEqual(point.y, 9)
        self.assertRaises(TypeError, point.__delitem__, 0)
        self.assertEqual((point(2), point(2, b=5)), (6, 10))
        self.assertTrue(1 in point and 5 not in point and point and not safe.Point())

    def test_a_struct_is_changed_by_one(self):
        point = safe.Point(1, 2)
        self.assertRaisesRegex(RuntimeError, "in use", point.call_back, lambda: point.norm())
        self.assertRaisesRegex(RuntimeError, "in use", point.call_back, lambda: point.move_by(1))
        self.assertRaisesRegex(RuntimeError, "in use", safe.move_both, point, point)
        point.move_by(1)
        other = safe.Point(5)
        safe.move_both(point, other)
        self.assertEqual((point.x, other.x), (5, 2))

    def test_no_instance_without_a_value(self):
        self.assertRaisesRegex(TypeError, "cannot create 'Opaque' instances", safe.Opaque)
        for kind, use in ((safe.Opaque, "n"), (safe.Point, "norm"), (safe.Node, "next")):
            # CPython refuses to make one, PyPy makes one without a value.
            self.assertRaises(TypeError, lambda: getattr(object.__new__(kind), use)())

    def test_a_struct_is_dropped(self):
        before = safe.dropped()
        opaque = safe.opaque(4)
        self.assertEqual((opaque.n(), opaque.double), (4, 8))
        self.assertTrue(opaque < safe.opaque(5) and opaque == safe.opaque(4))
        self.assertRaises(TypeError, lambda: opaque < 3)
        del opaque
        for _ in range(3):
            gc.collect()
        self.assertEqual(safe.dropped() - before, 3)

    def test_subclasses(self):
        class Sub(safe.Opaque):
            pass

        self.assertRaises(TypeError, Sub)
        with self.assertRaises(TypeError):
            type("Sub", (safe.Point,), {})

    def test_fields(self):
        class Plain:
            pass

        plain = Plain()
        alive = weakref.ref(plain)
        node = safe.Node(plain)
        self.assertIs(node.next(), plain)
        node.link(node)
        del node, plain
        for _ in range(3):
            gc.collect()
        self.assertIsNone(alive())
        node = safe.Node([1])
        node.link(4)
        node.set(None)
        self.assertEqual(node.next(), [1])
        self.assertRaises(TypeError, safe.Node)


@unittest.skipIf(LANGUAGE != "rust", "this is Rust's")
class TestPanics(unittest.TestCase):
    @not_repeated
    def test_a_panic_is_an_exception(self):
        self.assertRaisesRegex(SystemError, "the extension panicked", safe.panics, None)
