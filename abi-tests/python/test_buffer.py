# abi-tests/python/test_buffer.py: views of an object's memory.

import inspect
import io
import struct
import sys
import unittest

from support import load

buffer = load("buffer")


class TestBuffer(unittest.TestCase):
    def test_view(self):
        block = buffer.Block(1, 2, 3, 4, 5, 6)
        before = sys.getrefcount(block)
        view = memoryview(block)
        self.assertEqual(sys.getrefcount(block), before + 1)
        self.assertEqual((view.shape, view.strides, view.format, view.itemsize, view.ndim, view.nbytes, view.readonly),
                         ((2, 3), (3, 1), "B", 1, 2, 6, False))
        self.assertEqual(view.tolist(), [[1, 2, 3], [4, 5, 6]])
        self.assertIs(view.obj, block)
        view[1, 2] = 60
        view.release()
        self.assertEqual(sys.getrefcount(block), before)
        self.assertEqual(block.counts(), (1, 1))
        self.assertEqual(bytes(block), bytes([1, 2, 3, 4, 5, 60]))
        self.assertEqual(block.counts(), (2, 2))

    def test_one_at_a_time(self):
        block = buffer.Block()
        with memoryview(block):
            before = sys.getrefcount(block)
            for _ in range(3):
                with self.assertRaisesRegex(BufferError, "exported already"):
                    memoryview(block)
            self.assertEqual(sys.getrefcount(block), before)
        memoryview(block).release()

    def test_simple(self):
        block = buffer.Block(1, 2, 3, 4, 5, 6)
        self.assertEqual(struct.unpack("6B", block), (1, 2, 3, 4, 5, 6))
        self.assertEqual(b"".join([block, b"x"]), bytes([1, 2, 3, 4, 5, 6]) + b"x")
        self.assertEqual(block.counts()[0], block.counts()[1])

    def test_the_view_keeps_the_object(self):
        view = memoryview(buffer.Block(7))
        self.assertEqual(view[0, 0], 7)
        self.assertEqual(type(view.obj), buffer.Block)
        view.release()

    def test_python_class(self):
        class Below(buffer.Block):
            pass

        block = Below(1, 2)
        with memoryview(block) as view:
            self.assertEqual(view[0, 1], 2)
        self.assertEqual(block.counts(), (1, 1))

    def test_without_release(self):
        block = buffer.OnlyGet(1)
        view = memoryview(block)
        self.assertEqual(view[0, 0], 1)
        view.release()
        self.assertEqual(block.counts(), (1, 0))

    def test_below_with_one_function(self):
        # The function that is not given is inherited.
        block = buffer.get_below(buffer.Block)(1)
        with memoryview(block) as view:
            self.assertTrue(view.readonly)
        self.assertEqual(block.counts(), (1, 1))
        block = buffer.release_below(buffer.Block)(1)
        with memoryview(block) as view:
            self.assertFalse(view.readonly)
        self.assertEqual(block.counts(), (1, 100))

    def test_written_by_others(self):
        block = buffer.Block()
        self.assertEqual(io.BytesIO(b"123456789").readinto(block), 6)
        self.assertEqual(bytes(block), b"123456")
        with self.assertRaises(TypeError):
            io.BytesIO(b"123456789").readinto(buffer.get_below(buffer.Block)())
        self.assertEqual(block.counts(), (2, 2))

    def test_views_of_a_view(self):
        block = buffer.Block(1, 2, 3)
        view = memoryview(block)
        other = memoryview(view)
        view.release()
        self.assertEqual((other[0, 2], block.counts()), (3, (1, 0)))
        other.release()
        self.assertEqual(block.counts(), (1, 1))

    def test_released_with_the_view(self):
        block = buffer.Block()
        before = sys.getrefcount(block)
        view = memoryview(block)
        del view
        self.assertEqual((block.counts(), sys.getrefcount(block)), ((1, 1), before))

    @unittest.skipIf(sys.version_info < (3, 12), "there are no such methods")
    def test_methods(self):
        block = buffer.Block(1)
        view = block.__buffer__(inspect.BufferFlags.FULL_RO)
        self.assertEqual((view.shape, view.strides), ((2, 3), (3, 1)))
        block.__release_buffer__(view)
        self.assertEqual(block.counts(), (1, 1))

    def test_no_buffer(self):
        with self.assertRaises(TypeError):
            memoryview(load("slots").Object())
