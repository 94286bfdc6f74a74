# abi-tests/python/test_nulls.py: HPy_NULL as each handle argument of each function, as the table says.

import collections
import contextvars
import unittest

import calls
from support import NULL, load

# Where the table promises nothing, CPython's own call may end the process.
SAMPLES = {"code": compile("1", "file", "eval"), "context_var": contextvars.ContextVar("hpy")}


class TestNulls(unittest.TestCase):
    def setUp(self):
        self.module = load("calls")
        self.table = calls.table(self.module)

    def arguments(self, function, null):
        """Values for all parameters, and HPy_NULL for one."""
        if function in ("HPy_CallMethod", "HPy_CallMethod_s"):
            return ["__repr__", (1,), 1, NULL]
        if function == "HPyErr_SetFromErrnoWithFilenameObjects":
            return [OSError, "file" if null == "filename2" else NULL, NULL]
        values = [SAMPLES.get(parameter.name, calls.sample(parameter)) for parameter in self.table[function]]
        names = [parameter.name for parameter in self.table[function]]
        values[names.index(null)] = NULL
        return values

    def test_what_the_table_says(self):
        tested = collections.Counter()
        for function, parameters in self.table.items():
            for parameter in parameters:
                if parameter.kind != "handle" or parameter.null == "?":
                    continue
                tested[parameter.null] += 1
                with self.subTest(function=function, null=parameter.name):
                    call = getattr(self.module, function)
                    try:
                        call(*self.arguments(function, parameter.name))
                        raised = None
                    except Exception as error:
                        raised = error
                    if parameter.null != "allowed":
                        self.assertEqual(type(raised).__name__, parameter.null, raised)
                    # A function in Rust whose result contradicts its exception has panicked with a SystemError.
                    elif raised is not None:
                        self.assertNotIsInstance(raised, SystemError)
        # The table has as many records as that.
        self.assertGreater(tested["SystemError"], 40)
        self.assertGreater(tested["allowed"], 25)

    def test_deleting_an_attribute_whose_setter_converts(self):
        """`del obj.attr` passes HPy_NULL to a setter; the conversions raise."""
        for function, raised in [
            ("HPyFloat_AsDouble", TypeError), ("HPyLong_AsInt32_t", SystemError), ("HPyLong_AsUInt32_t", SystemError),
            ("HPyLong_AsInt64_t", SystemError), ("HPyLong_AsUInt64_t", SystemError),
            ("HPyLong_AsSsize_t", SystemError), ("HPyLong_AsSize_t", SystemError), ("HPyLong_AsDouble", SystemError),
        ]:
            with self.subTest(function=function), self.assertRaises(raised):
                getattr(self.module, function)(NULL)

    def test_items_of_nothing(self):
        with self.assertRaises(SystemError):
            self.module.HPy_GetItem_i(NULL, 0)
        with self.assertRaises(SystemError):
            self.module.HPy_GetItem_i(NULL, -1)
        with self.assertRaises(SystemError):
            self.module.HPy_SetItem_i(NULL, 0, 1)
        with self.assertRaises(SystemError):
            self.module.HPy_DelItem_i(NULL, 0)

    def test_setting_an_item_to_nothing_deletes_nothing(self):
        for container in [1, 2, 3], bytearray(b"123"), {0: 1}, collections.UserList([1, 2]), collections.deque([1, 2]):
            length = len(container)
            with self.subTest(type=type(container)), self.assertRaises(SystemError):
                self.module.HPy_SetItem_i(container, 0, NULL)
            self.assertEqual(len(container), length)
