# abi-tests/python/test_struct_sequence.py: struct sequences: their fields, their instances, and their errors.

import sys
import time
import unittest

from support import HAS_CONTEXT, load, without_context

struct_sequence = load("struct_sequence")
new = struct_sequence.new


def count(Type):
    """The number of fields: in the loader ABIs, struct sequences are `collections.namedtuple`."""
    return len(Type._fields) if HAS_CONTEXT else Type.n_fields


class StructSequence(unittest.TestCase):
    def refuses(self, exception, message, function, *args):
        with self.assertRaises(exception) as caught:
            function(*args)
        self.assertIs(type(caught.exception), exception)
        self.assertEqual(str(caught.exception), message)

    def test_type(self):
        Named = struct_sequence.named()
        self.assertTrue(issubclass(Named, tuple))
        self.assertEqual((Named.__name__, Named.__module__, Named.__doc__), ("Named", "struct_sequence", "Three fields."))
        self.assertEqual(count(Named), 3)
        if not HAS_CONTEXT:
            self.assertEqual((Named.n_sequence_fields, Named.n_unnamed_fields), (3, 0))
        self.assertEqual(Named.name.__doc__, "what it is called")
        self.assertIsNone(Named.size.__doc__)
        self.assertIsNone(struct_sequence.unnamed().__doc__)
        self.assertIsNone(struct_sequence.unnamed().first.__doc__)

    def test_a_type_whose_slots_python_has_changed(self):
        Named = struct_sequence.named()
        Named.__repr__ = Named.__str__ = lambda self: "changed"
        Named.__hash__ = Named.__eq__ = None
        instance = new(Named, 1, 2, 3)
        self.assertEqual((repr(instance), tuple(instance)), ("changed", (1, 2, 3)))

        class Like(tuple):
            n_fields, _fields = 1, None

        Like.__repr__ = struct_sequence.unnamed().__repr__
        with self.assertRaises(TypeError):
            new(Like, 1)

    def test_instance(self):
        Named = struct_sequence.named()
        value = [1]
        instance = new(Named, value, 2, 3)
        self.assertIs(type(instance), Named)
        self.assertEqual(instance, (value, 2, 3))
        self.assertIs(instance.name, value)
        self.assertEqual((instance.size, instance.größe, len(instance)), (2, 3, 3))
        self.assertEqual(repr(instance).replace("struct_sequence.", ""), "Named(name=[1], size=2, größe=3)")
        with self.assertRaises(AttributeError):
            instance.name = 5
        self.assertEqual(Named(1, 2, 3) if HAS_CONTEXT else Named((1, 2, 3)), (1, 2, 3))

    def test_unnamed_field(self):
        Unnamed = struct_sequence.unnamed()
        instance = new(Unnamed, 1, 2, 3)
        self.assertEqual((instance.first, instance[1], instance.last), (1, 2, 3))
        self.assertEqual(count(Unnamed), 3)
        if HAS_CONTEXT:
            self.assertEqual(instance._1, 2)
        elif sys.version_info >= (3, 11):
            self.assertFalse(hasattr(Unnamed, "_"))
            self.assertEqual(Unnamed.n_unnamed_fields, 1)
        else:
            self.assertEqual(instance._, 2)

    def test_without_fields(self):
        Empty = struct_sequence.empty()
        self.assertEqual(new(Empty), ())
        self.refuses(TypeError, "expected exactly 0 arguments but got 1", new, Empty, 1)

    def test_without_a_name(self):
        message = "Struct sequence descriptor does not define the name field."
        self.refuses(SystemError, message, struct_sequence.nameless)

    def test_wrong_number(self):
        Named = struct_sequence.named()
        self.refuses(TypeError, "expected exactly 3 arguments but got 2", new, Named, 1, 2)
        self.refuses(TypeError, "expected exactly 3 arguments but got 4", new, Named, 1, 2, 3, 4)

    @without_context
    def test_types_of_others(self):
        fields = time.struct_time.n_fields
        self.assertEqual(new(time.struct_time, *range(fields)), tuple(range(time.struct_time.n_sequence_fields)))
        self.refuses(TypeError, f"expected exactly {fields} arguments but got 9", new, time.struct_time, *range(9))

    def test_other_types(self):
        class Pretender(tuple):
            n_fields = n_sequence_fields = 2
            n_unnamed_fields = 0

        for other in int, tuple, Pretender:
            message = f"type '{other.__name__}' does not look like a struct sequence type"
            self.refuses(TypeError, message, new, other, 1, 2)
        self.refuses(TypeError, "type 'str' does not look like a struct sequence type", new, "no type", 1, 2)

    def test_types_go(self):
        for _ in range(100):
            new(struct_sequence.named(), 1, 2, 3)
