# abi-tests/python/calls.py: the functions of the module `calls`, their facts in the table, and values for them.

import collections
import types

from support import NULL, load

Parameter = collections.namedtuple("Parameter", "name kind null needed")


def table(module):
    """Each function's name with its parameters: those that Python passes."""
    functions = {}
    for line in module.table().splitlines():
        name, *parameters = line.split(" ")
        functions[name] = [Parameter(*parameter.split(":")) for parameter in parameters]
    return functions


# A value that a function accepts, by the name of the parameter and then by its kind.
BY_NAME = {
    "args": (1,), "base": Exception, "callable": len, "category": UserWarning, "container": [1], "dict": {},
    "exc": ValueError, "globals": {}, "h_list": [1], "h_type": ValueError, "kw": {}, "kwnames": (), "locals": {}, "module": types.ModuleType("module"),
    "name": "real", "slice": slice(3), "str": "text", "sub": int, "type": Exception, "type_": Exception,
    "utf8_name": "hpy.name", "encoding": "ascii", "errors": "strict", "utf8_filename": "file", "utf8_source": "1",
}
BY_KIND = {"handle": 1, "handles": (1,), "integer": 0, "double": 1.5, "text": "text", "pointer": 1}


# A value of the type that a function needs and does not check.
BY_TYPE = {"dict": {}, "str": "text", "bytearray": bytearray(b"1"), "exception": ValueError("1")}


def sample(parameter):
    if parameter.needed in BY_TYPE:
        return BY_TYPE[parameter.needed]
    return BY_NAME.get(parameter.name, BY_KIND[parameter.kind])
