# abi-tests/python/test_capsule.py: the parts of a capsule, its errors, and its destructor.

import sys
import unittest

from support import NULL, load

calls = load("calls")
capsule = load("capsule")
SOME, OTHER, NO_NAME = 0, 1, 2
NO_DESTRUCTOR, NOTE, WITHOUT_FUNCTION = 0, 1, 2


class TestCapsule(unittest.TestCase):
    def test_new(self):
        h = capsule.new(0x1000, SOME, NO_DESTRUCTOR)
        self.assertEqual(type(h).__name__, "PyCapsule")
        self.assertEqual(capsule.get_pointer(h, SOME), 0x1000)
        self.assertEqual(capsule.get_pointer_by_text(h, "some"), 0x1000)
        self.assertEqual((capsule.get_name(h), capsule.get_context(h)), ("some", 0))
        h = capsule.new(0x1000, NO_NAME, NO_DESTRUCTOR)
        self.assertEqual((capsule.get_pointer(h, NO_NAME), capsule.get_name(h)), (0x1000, None))

    def test_null_pointer(self):
        with self.assertRaises(ValueError):
            capsule.new(0, SOME, NO_DESTRUCTOR)
        h = capsule.new(1, SOME, NO_DESTRUCTOR)
        with self.assertRaises(ValueError):
            capsule.set_pointer(h, 0)
        with self.assertRaises(ValueError):
            calls.HPyCapsule_Set(h, 0, 0)
        self.assertEqual(capsule.get_pointer(h, SOME), 1)

    def test_wrong_name(self):
        h = capsule.new(0x1000, SOME, NO_DESTRUCTOR)
        for name in (OTHER, NO_NAME):
            with self.assertRaises(ValueError):
                capsule.get_pointer(h, name)

    def test_set(self):
        h = capsule.new(0x1000, SOME, NO_DESTRUCTOR)
        self.assertEqual(capsule.set_pointer(h, 0x2000), 0)
        self.assertEqual(capsule.set_name(h, OTHER), 0)
        self.assertEqual(capsule.set_context(h, 0x3000), 0)
        self.assertEqual((capsule.get_pointer(h, OTHER), capsule.get_name(h), capsule.get_context(h)),
                         (0x2000, "other", 0x3000))

    def test_is_valid(self):
        h = capsule.new(0x1000, SOME, NO_DESTRUCTOR)
        self.assertEqual([calls.HPyCapsule_IsValid(h, name) for name in ("some", "other", NULL)], [1, 0, 0])
        self.assertEqual(calls.HPyCapsule_IsValid("text", "some"), 0)

    def test_no_capsule(self):
        for h in ("text", 7, None):
            for call in (lambda: capsule.get_pointer(h, SOME), lambda: capsule.get_name(h),
                         lambda: capsule.get_context(h), lambda: capsule.set_pointer(h, 1),
                         lambda: capsule.set_name(h, OTHER), lambda: capsule.set_context(h, 1),
                         lambda: capsule.set_destructor(h, NOTE)):
                with self.assertRaises(ValueError):
                    call()

    def test_keys(self):
        h = capsule.new(0x1000, SOME, NO_DESTRUCTOR)
        capsule.set_context(h, 0x3000)
        self.assertEqual((calls.HPyCapsule_Get(h, 0, "some"), calls.HPyCapsule_Get(h, 2, "some")), (0x1000, 0x3000))
        self.assertNotEqual(calls.HPyCapsule_Get(h, 1, "some"), 0)
        with self.assertRaises(ValueError) as caught:
            calls.HPyCapsule_Get(h, 3, "some")
        self.assertEqual(str(caught.exception), "Invalid operation: get HPyCapsule_key_Destructor")

    def test_set_by_key(self):
        h = capsule.new(0x1000, SOME, NO_DESTRUCTOR)
        self.assertEqual((calls.HPyCapsule_Set(h, 0, 1), calls.HPyCapsule_Set(h, 2, 1)), (0, 0))
        pointer = calls.HPyCapsule_Get(h, 0, "some")
        self.assertNotIn(pointer, (0, 0x1000))
        self.assertEqual(calls.HPyCapsule_Get(h, 2, "some"), pointer)

    def test_context_can_be_null(self):
        h = capsule.new(0x1000, SOME, NO_DESTRUCTOR)
        capsule.set_context(h, 0x3000)
        self.assertEqual((capsule.set_context(h, 0), capsule.get_context(h)), (0, 0))

    def test_arguments_stay_the_callers(self):
        h = capsule.new(0x1000, SOME, NO_DESTRUCTOR)
        before = sys.getrefcount(h)
        for call in (capsule.get_name, capsule.get_context):
            call(h)
        for call in (capsule.get_pointer, capsule.set_name, capsule.set_context):
            call(h, SOME)
        calls.HPyCapsule_IsValid(h, "some")
        self.assertEqual(sys.getrefcount(h), before)


class TestDestructor(unittest.TestCase):
    def test_called(self):
        before = capsule.seen()[0]
        h = capsule.new(0x1000, SOME, NOTE)
        capsule.set_context(h, 0x3000)
        self.assertEqual(capsule.seen()[0], before)
        del h
        self.assertEqual(capsule.seen(), (before + 1, 0, 0x1000, 0x3000))
        capsule.new(0x2000, NO_NAME, NOTE)
        self.assertEqual(capsule.seen(), (before + 2, 1, 0x2000, 0))

    def test_set(self):
        before = capsule.seen()[0]
        h = capsule.new(0x1000, SOME, NO_DESTRUCTOR)
        self.assertEqual(capsule.set_destructor(h, NOTE), 0)
        del h
        self.assertEqual(capsule.seen()[0], before + 1)
        h = capsule.new(0x1000, SOME, NOTE)
        self.assertEqual(capsule.set_destructor(h, NO_DESTRUCTOR), 0)
        del h
        self.assertEqual(capsule.seen()[0], before + 1)

    def test_without_function(self):
        with self.assertRaises(ValueError) as caught:
            capsule.new(0x1000, SOME, WITHOUT_FUNCTION)
        self.assertEqual(str(caught.exception), "Invalid HPyCapsule destructor")
        h = capsule.new(0x1000, SOME, NOTE)
        with self.assertRaises(ValueError) as caught:
            capsule.set_destructor(h, WITHOUT_FUNCTION)
        self.assertEqual(str(caught.exception), "Invalid HPyCapsule destructor")
        before = capsule.seen()[0]
        del h
        self.assertEqual(capsule.seen()[0], before + 1)

    def test_of_what_was_set(self):
        h = capsule.new(0x1000, SOME, NOTE)
        capsule.set_pointer(h, 0x2000)
        capsule.set_name(h, NO_NAME)
        capsule.set_context(h, 0x3000)
        del h
        self.assertEqual(capsule.seen()[1:], (1, 0x2000, 0x3000))

    def test_once(self):
        before = capsule.seen()[0]
        all_ = [capsule.new(number, SOME, NOTE) for number in range(1, 101)]
        other = all_[0]
        del all_
        self.assertEqual(capsule.seen()[0], before + 99)
        del other
        self.assertEqual(capsule.seen(), (before + 100, 0, 1, 0))
