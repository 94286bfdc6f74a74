# abi-tests/python/test_depth.py: code that calls itself through a format raises RecursionError, on a stack of 8 MB.

import os
import threading
import unittest

from support import load, not_repeated

depth = load("depth")
# Code without optimisation takes more stack for each call than CPython counts with.
STACK = (8 if os.environ.get("HPY_ABI_TESTS_OPTIMISED") else 64) << 20


class TestDepth(unittest.TestCase):
    def raises_recursion_error(self, function):
        raised = []

        def run():
            try:
                function()
            except BaseException as error:
                raised.append(type(error))

        before = threading.stack_size(STACK)
        try:
            thread = threading.Thread(target=run)
            thread.start()
            thread.join()
        finally:
            threading.stack_size(before)
        self.assertEqual(raised, [RecursionError])

    @not_repeated
    def test_repr(self):
        self.raises_recursion_error(lambda: repr(depth.Deep()))

    @not_repeated
    def test_error(self):
        self.raises_recursion_error(lambda: str(depth.Deep()))

    @not_repeated
    def test_arguments(self):
        class Deep:
            def __index__(self):
                return depth.parse(self)

        self.raises_recursion_error(lambda: depth.parse(Deep()))

    @not_repeated
    def test_keys(self):
        class Deep:
            def __hash__(self):
                return len(depth.build(self))

        self.raises_recursion_error(lambda: depth.build(Deep()))
