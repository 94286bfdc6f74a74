# tests/c_extensions/test_compat.py: what compat.c does.
import compat

assert compat.__doc__ == "In the form of HPy 0.0.4." and compat.__name__ == compat.name_of() == "compat"
assert compat.add(2, 3) == 5 and compat.add.__doc__ == "Adds two numbers."
assert compat.power(2, exponent=10) == compat.power(exponent=10, base=2) == compat.power(2, 10) == 1024
assert compat.minus(7, 3) == compat.minus(right=3, left=7) == 4
for call in (lambda: compat.power(2, foo=1), lambda: compat.power(2), lambda: compat.add(1)):
    try:
        call()
        raise AssertionError
    except TypeError:
        pass

array = compat.Array(3)
assert len(array) == array.size == 3 and array[2] == 0.0 and array.half == 1 and repr(array) == "<3 values>"
array.first, array.last = 1.5, 2.0
assert (array.first, array[2], array.sum()) == (1.5, 2.0, 3.5)
assert compat.Array.size.__doc__ == "How many there are."
try:
    array[3]
    raise AssertionError
except IndexError:
    pass

assert type(compat.Other(2)) is not compat.Array and compat.Other(2, 1.5).sum() == 3.0
# A type with CPython's head is there where Python.h is.
if hasattr(compat, "Legacy"):
    legacy = compat.Legacy()
    assert (legacy.next(), legacy.next()) == (1, 2)
else:
    assert ".hpy0." in compat.__file__
# Until HPyModule_Create the function ran once more.
assert compat.calls == 2
