# abi-tests/python/test_arg_owner.py: the unit `O` returns a new handle, which the tracker closes.

import sys
import unittest

from support import load

arg_owner = load("arg_owner")


class TestClosed(unittest.TestCase):
    def test_the_arguments_are_closed_first(self):
        self.assertEqual(arg_owner.closed_names(), ([1], [2]))
        self.assertEqual(arg_owner.closed_dict(), ([1], [2]))

    def test_nothing_stays(self):
        for function in arg_owner.closed_names, arg_owner.closed_dict:
            for item in function():
                # The local variable, the tuple is gone, and the argument of getrefcount; 3.14 borrows more.
                self.assertLessEqual(sys.getrefcount(item), 3)
